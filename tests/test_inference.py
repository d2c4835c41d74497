"""The inference: likelihoods by hand and by table, posteriors by turn, lenses, modest verdicts."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from game.debrief.decision_replay import DecisionReplay
from game.inference.choice_sets import ChoiceSet, choice_sets
from game.inference.evidence import CARELESS, DOCTRINES, Evidence, gather
from game.inference.likelihood import LAPSE, chances, table
from game.inference.option_figures import SEEN
from game.inference.posterior import (
    CHANCE,
    LENSES,
    SURE,
    UNDECIDED,
    chance_of,
    finding,
    findings,
    lens_posteriors_by_turn,
    posteriors_by_turn,
    verdict_of,
)
from game.maps.load import load_map
from game.theory.choice_rule import probabilities
from game.theory.doctrine import BUILT_IN, term_weights
from tests.conduct import Played, drawn, play_out

TURNS = 10


@cache
def played() -> Played:
    doc = load_map("five-crowns")
    return play_out(doc, 5, TURNS, drawn(doc, 5))


@cache
def conduct() -> dict[str, list[Evidence]]:
    result: dict[str, list[Evidence]] = {}
    for one in gather(played().history):
        result.setdefault(one.state, []).append(one)
    return result


@cache
def choices() -> dict[str, list[ChoiceSet]]:
    result: dict[str, list[ChoiceSet]] = {}
    for one in choice_sets(played().history):
        result.setdefault(one.state, []).append(one)
    return result


def test_the_table_agrees_with_the_rule_of_choice() -> None:
    """What was taken is as likely as `theory.choice_rule` makes it, but for the lapse."""
    decisions = [one for own in conduct().values() for one in own]
    weights = term_weights(BUILT_IN["BOT"].weights, 0.5)
    laid = table((one.terms["BOT"], one.taken, one.allowed, one.hesitant) for one in decisions)
    noises = np.array([0.01, 0.02, 0.08])
    found = chances(laid, weights[None, :], noises)
    for at, one in enumerate(decisions):
        for place, noise in enumerate(noises):
            rule = probabilities(one.terms["BOT"] @ weights, noise, one.hesitant, one.allowed)
            open_to_it = len(rule) if one.allowed is None else int(one.allowed.sum())
            expected = (1 - LAPSE) * rule[one.taken] + LAPSE / open_to_it
            assert found[at, 0, place] == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize("name", ["five-crowns", "random:7:7:7"])
def test_what_doctrines_share_is_what_each_would_have_made(name: str) -> None:
    """Each doctrine's terms, weighed by itself; one without a care for security is lent BOT's."""
    doc = load_map(name)
    history = play_out(doc, 5, 6, drawn(doc, 5)).history
    moments = DecisionReplay(history)
    for one in gather(history):
        for doctrine, terms in one.terms.items():
            lent = one.family in CARELESS and BUILT_IN[doctrine].weights.security == 0
            _, alone = moments.weighed(one, "BOT" if lent else doctrine)
            assert (terms == alone.terms).all()


def test_posteriors_by_turn_end_in_the_finding() -> None:
    for state, own in choices().items():
        found = finding(state, own)
        by_turn = posteriors_by_turn(own)
        assert list(by_turn) == sorted({one.turn for one in own})
        last = max(by_turn)
        assert found.posterior == by_turn[last] == found.by_turn[last]
        by_lens = lens_posteriors_by_turn(own)
        if by_lens:  # One fit begins where the turn before ended, the other anew.
            assert found.lens == pytest.approx(by_lens[max(by_lens)], abs=1e-2)
        doctrine = verdict_of(found.posterior)
        failed = found.check is not None and not found.check.passed
        assert found.verdict == ("NONE" if failed and doctrine in BUILT_IN else doctrine)
        assert set(found.lens) == set(LENSES)
        for shares in (*by_turn.values(), found.lens):
            assert sum(shares.values()) == pytest.approx(1.0)


def test_what_comes_later_changes_nothing_before() -> None:
    own = max(choices().values(), key=len)
    early = [one for one in own if one.turn <= 4]
    whole, part = posteriors_by_turn(own), posteriors_by_turn(early)
    assert part
    for turn in part:
        assert part[turn] == pytest.approx(whole[turn], abs=1e-6)


def test_nothing_is_told_of_a_state_that_never_chose() -> None:
    found = finding("ALD", [])
    assert found.verdict == found.lens_verdict == UNDECIDED
    assert len(set(found.posterior.values())) == 1


def test_a_verdict_needs_its_share_and_chance_has_a_name() -> None:
    rest = dict.fromkeys(DOCTRINES, 0.0)
    assert verdict_of({**rest, "BOP": SURE, "BOT": 1 - SURE}) == "BOP"
    assert verdict_of({**rest, "BOP": SURE - 0.01, "BOT": 1.01 - SURE}) == UNDECIDED
    assert verdict_of({**rest, "RANDOM": 0.9, "BOT": 0.1}) == CHANCE


def test_states_that_choose_by_lot_are_given_no_theory() -> None:
    doc = load_map("five-crowns")
    lot = play_out(doc, 4, TURNS, dict.fromkeys(drawn(doc, 4), "RANDOM"))
    verdicts = [found.verdict for found in findings(choice_sets(lot.history)).values()]
    assert verdicts
    assert not {"BOP", "BOT"} & set(verdicts)
    assert verdicts.count(CHANCE) + verdicts.count(UNDECIDED) >= len(verdicts) - 2


def test_the_lens_alone_reads_what_each_lens_shows_of_adversaries_and_no_more() -> None:
    """Where both lenses show the same danger of whom it could name, it tells them not apart."""
    own = max(choices().values(), key=len)
    adversary = [SEEN.index(name) for name in ("opposed", "faced")]
    alike = []
    for one in own:
        seen = {lens: rows.copy() for lens, rows in one.seen.items()}
        seen["BOP"][:, adversary] = seen["BOT"][:, adversary]
        alike.append(replace(one, seen=seen))
    found = finding("X", alike)
    assert found.lens["BOP"] == pytest.approx(found.lens["BOT"], abs=1e-12)
    assert found.posterior["BOP"] != pytest.approx(found.posterior["BOT"], abs=1e-3)
    told = finding("X", own)
    assert told.lens["BOP"] != pytest.approx(told.lens["BOT"], abs=1e-3)


def test_chance_of_is_the_declared_doctrine() -> None:
    one = next(one for own in conduct().values() for one in own if one.family == "alignment")
    weights = term_weights(BUILT_IN["BOP"].weights, 0.5)
    rule = probabilities(one.terms["BOP"] @ weights, 0.02, True, one.allowed)
    assert chance_of(one, "BOP") == pytest.approx(float(rule[one.taken]), abs=LAPSE)
