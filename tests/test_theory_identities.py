"""The ledger's identities: what is true by the rule, each with the break that its test catches.

The checks are the laboratory's own (`game.lab.scorecard.identities`): it runs them on worlds in the
midst of campaigns, and here they run on openings, and are broken on purpose.
"""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.campaign import Campaign
from game.lab.conduct import Conduct
from game.lab.scorecard import identities
from game.lab.scorecard.shared_rows import at_odds, measure_s1, ordered
from game.maps.load import load_map
from game.theory.choices import alignment_appraisal
from game.theory.doctrine import BUILT_IN, Doctrine, Habits, Lens
from game.theory.families.alignment import AlignmentMenu
from game.theory.frame import frame
from game.theory.lens import Scale, averted, prevailing, view
from game.world.orders import Aid, DeclareWar, Demand, Guarantee, Offer, Order, Terms
from game.world.sight import Sight, seen_by
from game.world.world_setup import build_world
from tests.lab_case import conduct

MAPS = ("five-crowns", "europe-1909")
SEEDS = st.integers(0, 10_000)


@cache
def opening(name: str) -> tuple[tuple[Sight, ...], dict[str, Scale]]:
    """Every great power's sight of a map's first turn, and the scales of its doctrines."""
    doc = load_map(name)
    world, beliefs = build_world(doc)
    measured = frame(doc, world, beliefs)
    sights = tuple(seen_by(world, beliefs, state.id) for state in world.states if state.great)
    return sights, dict(measured.scales)


def everywhere(check: "identities.Check", name: str, seed: int, *doctrine: Doctrine) -> bool:
    """Whether a check passes for every great power of a map's opening."""
    sights, scales = opening(name)
    return all(check(sight, scales, seed, *doctrine) for sight in sights)


@pytest.mark.parametrize("name", MAPS)
@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_W1_power_alone(name: str, seed: int) -> None:
    """States that balance power see capability alone: nothing else changes their alignments."""
    assert everywhere(identities.power_alone, name, seed)


@pytest.mark.parametrize("exponents", [(1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1)])
def test_W1_is_seen_to_fail_when_the_lens_sees_more(exponents: tuple[float, ...]) -> None:
    """A BOP lens that also saw nearness, arms or intentions would be caught."""
    broken = replace(BUILT_IN["BOP"], lens=Lens(exponents, True))
    assert not everywhere(identities.power_alone, "europe-1909", 1, broken)


def test_W3_no_weight_on_ideology() -> None:
    """Ally with the devil: a balancer of power cares for nobody's ideology; one who did is seen."""
    assert BUILT_IN["BOP"].weights.ideology == 0
    pious = replace(BUILT_IN["BOP"], weights=replace(BUILT_IN["BOP"].weights, ideology=1.0))
    assert not everywhere(identities.power_alone, "europe-1909", 1, pious)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_W13_great_powers_only(seed: int) -> None:
    """Lesser states are outside Waltz's theory: what they are changes no balancer's choice."""
    assert everywhere(identities.great_powers_alone, "europe-1909", seed)


def test_W13_is_seen_to_fail_when_all_states_count() -> None:
    """A BOP lens over all states would be caught."""
    broken = replace(BUILT_IN["BOP"], lens=Lens((1, 0, 0, 0), False))
    assert not everywhere(identities.great_powers_alone, "europe-1909", 1, broken)


@pytest.mark.parametrize("name", MAPS)
@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_T1_no_factor_calms(name: str, seed: int) -> None:
    """Threat grows with power, nearness, offence and hostility: raising one never lowers it."""
    assert everywhere(identities.no_factor_calms, name, seed)


@pytest.mark.parametrize("exponents", [(-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, -0.5, 1), (1, 1, 1, 0)])
def test_T1_is_seen_to_fail_when_a_factor_does_not_frighten(exponents: tuple[float, ...]) -> None:
    """A BOT lens to which one of the four meant nothing, or calm, would be caught."""
    broken = replace(BUILT_IN["BOT"], lens=Lens(exponents, False))
    assert not everywhere(identities.no_factor_calms, "europe-1909", 1, broken)


@pytest.mark.parametrize("name", MAPS)
def test_T13_choices_follow_beliefs(name: str) -> None:
    """Perception stands between facts and choices: with other beliefs the same world is feared
    otherwise, and a balancer of threat binds itself otherwise."""
    assert everywhere(identities.choices_follow_beliefs, name, 0)


def test_T13_is_seen_to_fail_when_the_lens_reads_no_beliefs() -> None:
    """A lens that saw the world past all belief would be caught."""
    broken = replace(BUILT_IN["BOT"], lens=Lens((1, 1, 1, 0), False))
    assert not everywhere(identities.choices_follow_beliefs, "europe-1909", 0, broken)


def test_W14_conduct_resembled() -> None:
    """The theory does not purport to explain what individual states will do; no verdict does."""
    assert everywhere(identities.worded_modestly, "five-crowns", 0)


def test_W14_is_seen_to_fail_when_a_verdict_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict that said why would be caught, and one that said nothing of resemblance."""
    for words in ("Its conduct resembled it because it feared power.", "It is a balancer."):
        monkeypatch.setattr(identities, "verdict", lambda *_, words=words: words)
        assert not everywhere(identities.worded_modestly, "five-crowns", 0)


def test_S1_what_is_worth_more_is_likelier() -> None:
    """States are rational unitary actors: no option is likelier than one that is worth more, and no
    state gives orders of two minds. The noise is small, not absent: the likeliest is usually done.
    """
    sums = measure_s1(conduct("mixed", turns=6))
    assert sums["ordered"] == sums["n"] > 100
    assert sums["at_odds"] == 0
    assert 0.5 < float(sums["likeliest"]) / float(sums["n"]) < 1


def test_S1_a_word_that_may_be_a_lie_is_no_decision_of_what_is_worth_more() -> None:
    """An assurance is given by candour: its record says what the deed would be worth."""
    whole = conduct("mixed", turns=6)
    seen, record = whole.records[0]
    terms = np.zeros((3, record.terms.shape[1]))
    terms[1:, 0] = 1.0, -1.0
    chances = np.array([0.1, 0.1, 0.8])
    lie = replace(record, options=("none", "AAA", "BBB"), terms=terms, probabilities=chances)
    assert not ordered(lie)
    for family, counted in (("assurance", 0), ("answers", 1)):
        whole_with = SimpleNamespace(
            records=[(seen, replace(lie, family=family))], history=whole.history
        )
        assert measure_s1(cast(Conduct, whole_with))["n"] == counted


def test_S1_is_seen_to_fail_when_chances_do_not_follow_worth() -> None:
    """The same menus with their chances dealt anew would be caught."""
    random = np.random.default_rng(1)
    caught = 0
    for _, record in conduct("mixed", turns=6).records:
        if len(record.options) > 5:
            mixed = replace(record, probabilities=random.permutation(record.probabilities))
            caught += not ordered(mixed)
    assert caught > 50


@pytest.mark.parametrize(
    ("orders", "two_minds"),
    [
        ((Demand("BBB", "stand_down"), Aid("BBB", 1)), True),
        ((DeclareWar("BBB"), Offer("BBB", Terms(("defense",)))), True),
        ((DeclareWar("BBB"), Guarantee("BBB")), True),
        ((DeclareWar("BBB"), Offer("CCC", Terms(("defense",)))), False),
        ((Demand("BBB", "stand_down"), Offer("BBB", Terms(("nonaggression",)))), False),
    ],
)
def test_S1_a_state_of_two_minds_about_another_is_found(
    orders: tuple[Order, ...], two_minds: bool
) -> None:
    assert at_odds(orders) is two_minds


def test_S12_standing_alone_is_a_choice() -> None:
    """Every state has an alliance policy, even if only to avoid alliances: "nothing" is on every
    menu, and chosen a non-trivial share of the time."""
    campaign = Campaign.new(load_map("europe-1909"), seed=3, turns=3)
    while not campaign.over:
        campaign.submit()
    picks = [
        record.pick
        for turn in (1, 2, 3)
        for records in campaign.debriefing.decisions(turn).values()
        for record in records
        if record.family == "alignment"
    ]
    assert 0.05 < picks.count(0) / len(picks) < 0.95


def test_a_record_sums_to_its_utility() -> None:
    """Reasons are real: the signed terms of an option sum to the utility by which it was picked."""
    campaign = Campaign.new(load_map("five-crowns"), seed=5, turns=2)
    while not campaign.over:
        campaign.submit()
    for turn in (1, 2):
        for records in campaign.debriefing.decisions(turn).values():
            for record in records:
                utility = record.terms.sum(axis=1)
                if record.family in ("answers", "exchange"):
                    best = record.probabilities.argmax()
                    assert utility[best] == pytest.approx(utility.max(), abs=1e-9)
                assert record.probabilities.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    "habits",
    [Habits(allies=0.5), Habits(contest=2.0), Habits(feeding=2.0), Habits(entanglement=0.5)],
)
def test_a_habit_changes_what_pacts_are_worth_and_no_menu(habits: Habits) -> None:
    """Each habit weighs some option otherwise; what can be chosen stays the same."""
    sights, scales = opening("europe-1909")
    own = BUILT_IN["BOT"].lens
    for sight in sights:
        plain = alignment_appraisal(view(sight, own, scales["BOT"]), sight)
        odd = alignment_appraisal(view(sight, replace(own, habits=habits), scales["BOT"]), sight)
        places = range(max(len(odd.options), len(plain.options)))
        assert [odd.options[at] for at in places] == [plain.options[at] for at in places]
        assert np.abs(odd.terms - plain.terms).max() > 1e-6
        assert np.isfinite(odd.terms).all()


@given(st.floats(1e-3, 1.0), st.floats(1e-3, 1.0), st.floats(1e-3, 1.0))
def test_the_general_contest_agrees_with_the_plain_one(
    hostile: float, own: float, more: float
) -> None:
    """An exponent of the contest next to 1 gives what 1 itself does."""
    theirs, mine, added = (np.array([value]) for value in (hostile, own, more))
    plain, near = (prevailing(theirs, mine, contest) for contest in (1.0, 1.0 + 1e-9))
    assert near == pytest.approx(plain, abs=1e-6)
    fallen = [averted(theirs, mine, plain, added, contest) for contest in (1.0, 1.0 + 1e-9)]
    assert fallen[1] == pytest.approx(fallen[0], abs=1e-6)


def test_the_alignment_menu_ends_like_any_sequence() -> None:
    sight = opening("five-crowns")[0][0]
    menu = AlignmentMenu(sight)
    assert list(menu) == [menu[place] for place in range(len(menu))]
    assert menu[-1] == menu[len(menu) - 1]
    with pytest.raises(IndexError):
        menu[len(menu)]
