"""The inference: likelihoods by hand and by table, posteriors by turn, lenses, modest verdicts."""

import subprocess
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from game.debrief.decision_replay import DecisionReplay
from game.inference import exponents
from game.inference.evidence import CARELESS, DOCTRINES, Evidence, gather
from game.inference.likelihood import LAPSE, chances, slope, table
from game.inference.posterior import (
    CHANCE,
    LENSES,
    SURE,
    UNDECIDED,
    chance_of,
    finding,
    lens_posteriors_by_turn,
    posteriors_by_turn,
    verdict_of,
)
from game.inference.priors import FACTOR, NOISES, lens_sets, over_noise, weight_sets
from game.inference.weighing import Weighing
from game.maps.load import load_map
from game.theory.choice_rule import probabilities
from game.theory.doctrine import BUILT_IN, TERMS, term_weights
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


def test_the_slope_is_the_slope() -> None:
    own = max(conduct().values(), key=len)
    laid = table((one.terms["BOT"], one.taken, one.allowed, one.hesitant) for one in own)
    worth = laid.terms @ term_weights(BUILT_IN["BOT"].weights, 0.5)
    value, steep = slope(laid, worth, 0.03)
    exact = chances(laid, term_weights(BUILT_IN["BOT"].weights, 0.5)[None, :], np.array([0.03]))
    assert value == pytest.approx(float(np.log(exact).sum()), rel=1e-4)
    for seed in range(3):
        way = np.random.default_rng(seed).normal(size=len(worth))
        up, down = (slope(laid, worth + step * way, 0.03)[0] for step in (1e-6, -1e-6))
        assert (up - down) / 2e-6 == pytest.approx(float(steep @ way), rel=1e-4)


def test_priors_are_bounded_and_hold_what_is_declared() -> None:
    for name in DOCTRINES:
        sets, own = weight_sets(name), term_weights(BUILT_IN[name].weights, 0.5)
        assert (sets[0] == own).all()
        scaled = [place for place, term in enumerate(TERMS) if term in ("feeding", "gains")]
        for place in scaled:
            if own[place]:
                ratio = sets[:, place] / own[place]
                assert (ratio >= 1 / FACTOR).all()
                assert (ratio <= FACTOR).all()
    assert NOISES[0] < 0.02 / 2 < 0.02 * 2 < NOISES[-1]
    assert (lens_sets() >= 0).all()


def test_the_mean_over_the_noise_is_of_the_curve_between_its_points() -> None:
    """A parabola in the log of the noise is integrated as it would be point by point."""
    points = np.arange(len(NOISES), dtype=float)
    curve = -30.0 * (points - 4.37) ** 2
    fine = np.linspace(0, len(NOISES) - 1, 8 * (len(NOISES) - 1) + 1)
    expected = np.log(np.exp(-30.0 * (fine - 4.37) ** 2).mean())
    assert over_noise(curve[None, :])[0] == pytest.approx(float(expected), abs=0.2)


def test_posteriors_by_turn_end_in_the_finding() -> None:
    for state, own in conduct().items():
        found = finding(state, own)
        by_turn = posteriors_by_turn(own)
        assert list(by_turn) == sorted({one.turn for one in own})
        assert found.posterior == by_turn[TURNS] == found.by_turn[TURNS]
        assert found.lens == lens_posteriors_by_turn(own)[TURNS]
        assert found.verdict == verdict_of(found.posterior)
        assert set(found.lens) == set(LENSES)
        for shares in (*by_turn.values(), found.lens):
            assert sum(shares.values()) == pytest.approx(1.0)


def test_what_comes_later_changes_nothing_before() -> None:
    own = max(conduct().values(), key=len)
    early = [one for one in own if one.turn <= 4]
    whole, part = posteriors_by_turn(own), posteriors_by_turn(early)
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


def test_states_that_choose_by_lot_are_told_from_none() -> None:
    doc = load_map("five-crowns")
    lot = play_out(doc, 4, TURNS, dict.fromkeys(drawn(doc, 4), "RANDOM"))
    by_state: dict[str, list[Evidence]] = {}
    for one in gather(lot.history):
        by_state.setdefault(one.state, []).append(one)
    verdicts = [finding(state, own).verdict for state, own in by_state.items()]
    assert verdicts.count(CHANCE) >= len(verdicts) - 2
    assert set(verdicts) <= {CHANCE, UNDECIDED}


def test_the_lens_alone_does_not_read_side_weights() -> None:
    """A term that only side weights count tells doctrines apart, and lenses not."""
    own = max(conduct().values(), key=len)
    stripped = [
        Evidence(
            one.turn,
            one.state,
            one.family,
            one.taken,
            one.allowed,
            one.hesitant,
            dict.fromkeys(DOCTRINES, one.terms["BOT"]),
            one.chosen,
            one.question,
            one.feared,
        )
        for one in own
    ]
    found = finding("X", stripped)
    assert found.lens["BOP"] == pytest.approx(found.lens["BOT"], abs=0)
    assert found.posterior["BOP"] != pytest.approx(found.posterior["BOT"], abs=0)


def test_chance_of_is_the_declared_doctrine() -> None:
    one = next(one for own in conduct().values() for one in own if one.family == "alignment")
    weights = term_weights(BUILT_IN["BOP"].weights, 0.5)
    rule = probabilities(one.terms["BOP"] @ weights, 0.02, True, one.allowed)
    assert chance_of(one, "BOP") == pytest.approx(float(rule[one.taken]), abs=LAPSE)


def test_a_weighing_is_the_evidence_weighed_again() -> None:
    """Through BOT's own lens and BOP's, the fit's terms are those of the evidence."""
    for state in ("ALD", "OMB"):
        weighing = Weighing(played().history, state)
        for doctrine in ("BOT", "BOP"):
            again = weighing.terms(BUILT_IN[doctrine].lens)
            families = ("alignment", "answers", "pledge", "call", "join")
            rows = [
                one.terms[doctrine] if one.allowed is None else one.terms[doctrine][one.allowed]
                for one in conduct()[state]
                if one.family in families and one.question.__class__.__name__ != "AidQuestion"
            ]
            np.testing.assert_allclose(again, np.concatenate(rows), atol=1e-12)


def test_exponents_are_told_with_intervals_progress_and_an_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A short search: the estimate lies in its interval, progress grows, and it can be stopped."""
    monkeypatch.setattr(exponents, "STARTS", exponents.STARTS[:1])
    monkeypatch.setattr(exponents, "ROUNDS", 1)
    monkeypatch.setattr(exponents, "LOOKED_AT", 4)
    monkeypatch.setattr(exponents, "PEAKS", 1)
    monkeypatch.setattr(exponents, "BOUNDS", (0.0, 2.0))
    history = replace(played().history, turns=played().history.turns[:5])
    told: list[tuple[int, int]] = []
    found = exponents.fits(history, ["ALD"], lambda done, total: told.append((done, total)))["ALD"]
    assert found.decisions >= exponents.FEWEST
    for one in found.exponents.values():
        assert one.estimate is not None
        assert one.low is None or one.low <= one.estimate
        assert one.high is None or one.high >= one.estimate
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]
    with pytest.raises(exponents.Cancelled):
        exponents.fits(history, ["ALD"], cancelled=lambda: True)


def test_a_state_that_hardly_chose_has_no_exponents() -> None:
    doc = load_map("five-crowns")
    short = play_out(doc, 2, 1, drawn(doc, 2))
    found = exponents.fits(short.history, ["ALD"])["ALD"]
    assert found.decisions < exponents.FEWEST
    assert all(one == exponents.NOTHING for one in found.exponents.values())


def test_an_expansion_is_the_terms_near_its_centre() -> None:
    """A little from its centre, the terms that are expanded are nearly those weighed.

    But for a few options at which the exponents change a maximum or a menu, which no expansion
    follows: at most one in fifty.
    """
    weighing = Weighing(played().history, "ALD")
    fitter = exponents._Fitter(weighing, False, lambda: None)
    centre, away = np.ones(4), np.array([0.02, -0.02, 0.02, 0.02])
    around = fitter.expand(centre)
    rates = around.first + around.second * away[:, None, None] / 2
    expanded = around.base * np.exp((rates * away[:, None, None]).sum(axis=0))
    exact = fitter.terms(centre + away)
    missed = np.linalg.norm(expanded - exact, axis=1)
    near = missed <= np.quantile(missed, 0.98)
    moved = np.linalg.norm(exact - around.base, axis=1)
    assert float(np.linalg.norm(missed[near])) < 0.2 * float(np.linalg.norm(moved[near]))


def test_the_fit_needs_scipy_only_when_it_runs() -> None:
    code = "import game.inference.exponents, sys; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
