"""Diagnostic turns: what is told of a decision is in the decision, seen through the lens itself."""

import re
from functools import cache

import pytest

from game import Campaign, load_map
from game.debrief.counterfactual import under
from game.debrief.decision_replay import DecisionReplay
from game.debrief.diagnostic_turns import THEORIES, explained, telling
from game.debrief.explanation import explain
from game.debrief.report_types import DiagnosticTurn
from game.inference.evidence import Evidence, gather
from game.inference.posterior import chance_of
from game.theory.doctrine import TERMS, term_weights
from game.words.claims import CLAIMS
from game.words.doctrine_readings import (
    LEDGER,
    MARKS,
    MORE,
    Cause,
    Portrait,
    because,
    cited,
    claims,
    described,
    reading,
)
from game.words.grammar import Speech
from game.world.orders import Denounce, Guarantee, Offer
from game.world.questions import JoinQuestion

UNSEEN_BY_POWER = re.compile(
    "|".join(words for factor, words in {**MARKS, **MORE}.items() if factor != "power")
    + "|near|hostile|armed for attack|own kind|spoils"
)


@cache
def played() -> tuple[DecisionReplay, tuple[Evidence, ...]]:
    campaign = Campaign.new(load_map("five-crowns"), seed=11, turns=20)
    while not campaign.over:
        campaign.submit()
    return DecisionReplay(campaign.history), tuple(gather(campaign.history))


def told() -> list[tuple[Evidence, DiagnosticTurn]]:
    moments, evidence = played()
    states = dict.fromkeys(one.state for one in evidence)
    return [
        (row[0], explained(moments, *row))
        for state in states
        for row in telling([one for one in evidence if one.state == state], most=6)
    ]


def test_every_state_has_turns_that_tell_the_theories_apart() -> None:
    _, evidence = played()
    for state in {one.state for one in evidence}:
        rows = telling([one for one in evidence if one.state == state])
        turns = [one.turn for one, _, _ in rows]
        assert 1 <= len(rows) <= 3
        assert turns == sorted(set(turns))
        assert all(max(power / threat, threat / power) > 1.5 for _, power, threat in rows)


def test_what_neither_theory_would_have_done_gives_way_to_what_one_would() -> None:
    _, evidence = played()
    for state in {one.state for one in evidence}:
        chosen = telling([one for one in evidence if one.state == state])
        assert min(max(power, threat) for _, power, threat in chosen) > 0.1


@pytest.mark.parametrize("theory", THEORIES)
def test_a_reason_is_a_term_of_the_decision_and_tells_the_way_the_choice_went(theory: str) -> None:
    moments, evidence = played()
    weights = term_weights(moments.frame.doctrines[theory].weights, 0.5)
    seen = 0
    for one in evidence:
        (made,) = (row for row in explain(moments, one, THEORIES) if row.doctrine == theory)
        if made.cause is None or not one.taken:
            continue
        seen += 1
        _, appraisal = moments.weighed(one, theory)
        row = (appraisal.terms[one.taken] - appraisal.terms[0]) * weights
        value = float(row[TERMS.index(made.cause.term)])
        assert made.cause.value == pytest.approx(value)
        if made.chance >= made.instead_chance:
            assert value > 0
        elif made.chance < made.instead_chance / 2 and made.cause.but is None:
            assert value < 0.002
        elif made.cause.but is not None:
            assert value > 0 > made.cause.but.value
    assert seen > 50


def test_whom_a_reason_calls_more_feared_is_faced_more_through_that_lens() -> None:
    moments, evidence = played()
    checked = 0
    for one in evidence:
        if one.family not in ("pledge", "join", "call"):
            continue
        for made in explain(moments, one, THEORIES):
            cause = made.cause
            if cause is None or cause.term != "security" or abs(cause.value) < 0.01:
                continue
            sight = moments.sight(one.turn, one.state, one.question)
            faced = moments.view(sight, made.doctrine).faced[sight.index]
            index = sight.world.atlas.state_index
            sides = {cause.friend: (cause.friend,), cause.foe: (cause.foe,)}
            if isinstance(one.question, JoinQuestion):
                war = sight.world.war(one.question.war)
                assert war is not None
                sides = {side[0]: side for side in (war.attackers, war.defenders)}
            dreaded = faced * faced
            weight = {
                leader: sum(float(dreaded[index[member]]) for member in side)
                for leader, side in sides.items()
            }
            if one.family != "call":
                assert (weight[cause.foe] > weight[cause.friend]) == (cause.value > 0)
                checked += 1
    assert checked > 5


@pytest.mark.parametrize(("value", "more", "less"), [(0.1, "VOR", "ARD"), (-0.1, "ARD", "VOR")])
def test_the_more_feared_is_named_first_with_what_made_it_so(
    value: float, more: str, less: str
) -> None:
    seen = Portrait(more, 1, 5, 0.2, True, False, True, ("power",), ("power", "proximity"))
    cause = Cause("security", value, "ARD", "VOR", seen, less)
    words = because("BOT", "pledge", cause, str)
    assert words == f"{more} was more to be feared than {less} (stronger and nearer)"
    sides = because("BOT", "join", cause, str)
    assert sides == f"the side of {more} was more to be feared than that of {less}"


@pytest.mark.parametrize(
    ("behind", "words"),
    [
        (False, "VOR led (20% of the world's means)"),
        (True, "VOR was the strongest of the others (20% of the world's means)"),
    ],
)
def test_nobody_is_said_to_have_led_to_one_that_was_stronger_still(
    behind: bool, words: str
) -> None:
    seen = Portrait("VOR", 1, 5, 0.2, True, behind, True, ("power",), ())
    assert described("BOP", seen, str) == words


def test_balance_of_power_speaks_of_power_alone_and_each_theory_of_its_own_claims() -> None:
    moments, evidence = played()
    cites: dict[str, set[str]] = {"BOP": set(), "BOT": set()}
    for one in evidence:
        for made in explain(moments, one, THEORIES):
            words = reading(made.doctrine, one.family, made.chance, made.cause, str)
            if made.doctrine == "BOP":
                assert not UNSEEN_BY_POWER.search(words), words
            cites[made.doctrine] |= set(claims(made.doctrine, made.cause))
    assert cites["BOP"] <= set(CLAIMS)
    assert not cites["BOP"] & {"T1", "T2", "T3", "T6", "T8"}
    assert not cites["BOT"] & {"W1", "W2", "W5", "W8"}
    assert {"W1", "W8"} <= cites["BOP"]
    assert {"T1", "T2"} <= cites["BOT"]


def test_a_told_turn_has_both_readings_with_claims_and_reads_as_sentences() -> None:
    rows = told()
    assert len(rows) > 12
    for one, entry in rows:
        assert entry.turn == one.turn
        assert list(entry.readings) == list(THEORIES)
        assert entry.text.startswith(f"{entry.date}: ")
        assert re.search(
            r"Balance of power: (<1|\d+)%, .*Balance of threat: (<1|\d+)%, ", entry.text
        )
        assert "resembled" in entry.text
        assert set(entry.ledger) <= set(CLAIMS)
        for theory, row in entry.readings.items():
            assert row.probability == entry.probability[theory]
            assert row.ledger
            assert row.reason
        assert not re.search(r"have (gave|broke|fell|took)\b", entry.text)
        assert "  " not in entry.text
        assert "{" not in entry.text


def test_what_a_theory_would_rather_have_done_is_likelier_under_it() -> None:
    moments, evidence = played()
    for one in evidence:
        for made in explain(moments, one, THEORIES):
            assert made.chance + made.instead_chance <= 1 + 1e-9
            if not made.instead_chance:
                continue
            assert made.instead != one.chosen


def test_a_reading_s_chance_is_the_one_that_the_verdict_rests_on() -> None:
    """A turn has one figure under a theory, among the diagnostic turns and in what if alike."""
    moments, evidence = played()
    for one in evidence[::5]:
        for made in explain(moments, one, THEORIES):
            assert made.chance == pytest.approx(chance_of(one, made.doctrine), abs=1e-3)


DONE = re.compile(r"\bit (gave up|ceased|added|was rid|was its own master|cost|would strengthen)\b")


def test_a_doctrine_that_does_not_weigh_safety_is_given_no_reason_of_safety() -> None:
    moments, evidence = played()
    asked = ("BANDWAGON", "SOLIDARITY")
    for one in evidence[::3]:
        for made in explain(moments, one, asked):
            assert made.cause is None or made.cause.term != "security"


def test_what_was_left_undone_is_named_and_never_told_as_done() -> None:
    moments, evidence = played()
    undone = [one for one in evidence if one.family == "alignment" and not one.taken]
    named = set()
    for one in undone:
        for row in explained(moments, one, 0.5, 0.2).readings.values():
            assert not DONE.search(row.sentence), row.sentence
            if "nothing else was worth" not in row.sentence:
                (form,) = re.findall(r"rather than|it would rather have", row.sentence)
                named.add(form)
    assert named == {"rather than", "it would rather have"}


def test_under_another_doctrine_the_reason_stands_beside_what_it_is_about() -> None:
    moments, evidence = played()
    ends = set()
    for one in evidence:
        for doctrine in THEORIES:
            row = under(moments, one, doctrine)
            if row.same or one.taken:
                continue
            (made,) = (
                made for made in explain(moments, one, THEORIES) if made.doctrine == doctrine
            )
            last = re.search(r"what it did had (<1|\d+)%\.$", row.text) is not None
            assert last is not made.likely
            ends.add(last)
    assert ends == {True, False}


def test_one_that_moved_in_the_same_turn_is_not_said_to_have_sought_or_left_nothing() -> None:
    moments, evidence = played()
    told = set()
    for one in evidence:
        if one.family != "alignment" or one.taken:
            continue
        orders = moments.record(one.turn).orders.get(one.state, ())
        moved = any(isinstance(order, Offer | Denounce | Guarantee) for order in orders)
        deed = explained(moments, one, 0.5, 0.2).deed
        assert ("sought no pact and left none" in deed) is not moved
        assert ("sought no further pact and left no other" in deed) is moved
        told.add(moved)
    assert told == {True, False}


def test_a_deed_begins_with_a_capital_after_its_date() -> None:
    campaign = Campaign.new(load_map("five-crowns"), seed=11, turns=2)
    while not campaign.over:
        campaign.submit()
    moments = DecisionReplay(campaign.history)
    one = next(one for one in gather(campaign.history) if one.state == "TAR")
    assert explained(moments, one, 0.5, 0.2).text.startswith(f"{campaign.atlas.date(1)}: The ")


def test_an_offer_says_what_became_of_it() -> None:
    moments, evidence = played()
    ends = set()
    for one in evidence:
        if isinstance(one.chosen, Offer) and one.chosen.joins is None:
            deed = explained(moments, one, 0.5, 0.2).deed
            signed = any(
                event.kind == "treaty_signed"
                and {event.actor, event.target} == {one.state, one.chosen.to}
                for event in moments.record(one.turn).events
            )
            assert ("signed" in deed) is signed
            ends.add(signed)
    assert ends == {True, False}


def test_every_term_has_words_either_way_and_a_claim() -> None:
    name = Speech(played()[0].history.start.atlas).plain
    for term in TERMS:
        for value in (0.1, -0.1):
            cause = Cause(term, value, "ALD", "ARD", None)
            if term != "security":
                assert because("BOT", "alignment", cause, name)
            assert claims("BOT", cause)
    assert set(TERMS) - set(LEDGER) == {"security", "feeding"}
    assert cited(("W1", "T2")) == "W1, p. 47, 49; T2, p. 48-49"
