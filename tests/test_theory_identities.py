"""The ledger's identities: what is true by the rule, each with the break that its test catches."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.campaign import Campaign
from game.store.maps.read import load_map
from game.theory import choice
from game.theory.doctrine import BUILT_IN, Doctrine, Lens, term_weights
from game.theory.families import alignment
from game.theory.frame import frame
from game.theory.lens import Scale, view
from game.world.founding import found
from game.world.sight import Facts, Sight, seen_by

MAPS = ("five-crowns", "europe-1909")


@cache
def opening(name: str) -> tuple[tuple[Sight, ...], dict[str, Scale]]:
    """Every great power's sight of a map's first turn, and the scales of its doctrines."""
    doc = load_map(name)
    world, beliefs = found(doc)
    measured = frame(doc, world, beliefs)
    sights = tuple(seen_by(world, beliefs, state.id) for state in world.states if state.great)
    return sights, dict(measured.scales)


def with_facts(sight: Sight, hostile: np.ndarray | None = None, **changes: np.ndarray) -> Sight:
    """A sight of other figures, computed afresh."""
    facts = replace(sight.facts, cache={}, **changes)
    return Sight(sight.me, sight.world, sight.hostile if hostile is None else hostile, facts)


def alignment_chances(sight: Sight, held: Sight, doctrine: Doctrine, scale: Scale) -> np.ndarray:
    """A state's alignment probabilities on the menu of `held`."""
    seen = view(sight, doctrine.lens, scale)
    appraisal = alignment.appraise(seen, alignment.AlignmentMenu(held))
    utility = choice.utilities(appraisal.terms, term_weights(doctrine.weights, 0.5))
    return choice.probabilities(utility, choice.TEMPERATURE, True)


def shuffled(facts: Facts, seed: int) -> dict[str, np.ndarray]:
    """Everything but capability, permuted."""
    random = np.random.default_rng(seed)
    order = random.permutation(len(facts.c))
    return {
        "D": facts.D[np.ix_(order, order)],
        "O": facts.O[order],
        "affinity": facts.affinity[np.ix_(order, order)],
    }


def power_alone(doctrine: Doctrine, name: str, seed: int) -> bool:
    """Whether a doctrine's alignments depend on capability alone."""
    sights, scales = opening(name)
    for sight in sights:
        hostile = np.random.default_rng(seed).permutation(sight.hostile)
        other = with_facts(sight, hostile, **shuffled(sight.facts, seed))
        before = alignment_chances(sight, sight, doctrine, scales["BOP"])
        after = alignment_chances(other, sight, doctrine, scales["BOP"])
        if not np.array_equal(before, after):
            return False
    return True


@pytest.mark.parametrize("name", MAPS)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_W1_power_alone(name: str, seed: int) -> None:
    """States that balance power see capability alone: nothing else changes their alignments."""
    assert power_alone(BUILT_IN["BOP"], name, seed)


@pytest.mark.parametrize("exponents", [(1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1)])
def test_W1_is_seen_to_fail_when_the_lens_sees_more(exponents: tuple[float, ...]) -> None:
    """A BOP lens that also saw nearness, arms or intentions would be caught."""
    broken = replace(BUILT_IN["BOP"], lens=Lens(exponents, True))  # type: ignore[arg-type]
    assert not power_alone(broken, "europe-1909", 1)


def test_W3_no_weight_on_ideology() -> None:
    """Ally with the devil: a balancer of power cares for nobody's ideology; one who did is seen."""
    assert BUILT_IN["BOP"].weights.ideology == 0
    pious = replace(BUILT_IN["BOP"], weights=replace(BUILT_IN["BOP"].weights, ideology=1.0))
    assert not power_alone(pious, "europe-1909", 1)


def great_powers_alone(doctrine: Doctrine, name: str, seed: int) -> bool:
    """Whether what lesser states are leaves a doctrine's alignments as they were."""
    sights, scales = opening(name)
    random = np.random.default_rng(seed)
    for sight in sights:
        lesser = ~sight.facts.poles
        c = np.where(lesser, random.uniform(0.0, 0.5, len(sight.facts.c)), sight.facts.c)
        o = np.where(lesser, random.uniform(0.0, 1.0, len(c)), sight.facts.O)
        other = with_facts(sight, c=c, O=o)
        before = alignment_chances(sight, sight, doctrine, scales["BOP"])
        after = alignment_chances(other, sight, doctrine, scales["BOP"])
        if not np.array_equal(before, after):
            return False
    return True


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_W13_great_powers_only(seed: int) -> None:
    """Lesser states are outside Waltz's theory: what they are changes no balancer's choice."""
    assert great_powers_alone(BUILT_IN["BOP"], "europe-1909", seed)


def test_W13_is_seen_to_fail_when_all_states_count() -> None:
    """A BOP lens over all states would be caught."""
    broken = replace(BUILT_IN["BOP"], lens=Lens((1, 0, 0, 0), False))
    assert not great_powers_alone(broken, "europe-1909", 1)


@pytest.mark.parametrize("name", MAPS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_T1_no_factor_calms(name: str, data: st.DataObject) -> None:
    """Threat grows with power, nearness, offence and hostility: raising one never lowers it."""
    sights, scales = opening(name)
    sight = data.draw(st.sampled_from(sights))
    facts = sight.facts
    factor = data.draw(st.sampled_from(("c", "D", "O", "hostile")))
    place = data.draw(st.integers(0, len(facts.c) - 1))
    if place == sight.index or not facts.there[place]:
        return
    before = view(with_facts(sight), BUILT_IN["BOT"].lens, scales["BOT"]).tau
    if factor == "hostile":
        raised = sight.hostile.copy()
        raised[place] = min(1.0, raised[place] * 1.5)
        other = with_facts(sight, raised)
    else:
        values = getattr(facts, factor).copy()
        where = (sight.index, place) if factor == "D" else place
        values[where] *= 1.5
        other = with_facts(sight, **{factor: values})
    after = view(other, BUILT_IN["BOT"].lens, scales["BOT"]).tau
    assert (after >= before - 1e-15).all()
    assert after[place] > before[place]


def test_T13_choices_follow_beliefs() -> None:
    """Perception stands between facts and choices: with other beliefs the same world is feared
    otherwise, and a balancer of threat binds itself otherwise."""
    sights, scales = opening("europe-1909")
    germany = next(sight for sight in sights if sight.me == "GMY")
    trusting = germany.hostile.copy()
    trusting[germany.world.atlas.state_index["RUS"]] = 0.01
    other = with_facts(germany, trusting)
    bot = BUILT_IN["BOT"]
    before = alignment_chances(germany, germany, bot, scales["BOT"])
    after = alignment_chances(other, germany, bot, scales["BOT"])
    assert not np.allclose(before, after)
    menu = alignment.AlignmentMenu(germany)
    worth = [
        alignment.appraise(view(sight, bot.lens, scales["BOT"]), menu).terms[:, 0]
        for sight in (germany, other)
    ]
    russia = germany.world.atlas.state_index["RUS"]
    against = np.zeros(len(menu), dtype=bool)
    against[1 : 1 + len(menu.pacts.partner)] = menu.pacts.against == russia
    assert (worth[1][against] < worth[0][against]).all()


def test_S1_the_best_is_usually_done() -> None:
    """States are rational unitary actors: the median rank of what they choose is 1."""
    campaign = Campaign.new(load_map("five-crowns"), seed=3, turns=6)
    while not campaign.over:
        campaign.submit()
    ranks = [
        1 + int((record.probabilities > record.probabilities[record.pick]).sum())
        for turn in campaign.decisions
        for records in turn.values()
        for record in records
    ]
    assert np.median(ranks) == 1
    assert max(ranks) > 1, "the noise is small, not absent"


def test_S12_standing_alone_is_a_choice() -> None:
    """Every state has an alliance policy, even if only to avoid alliances: "nothing" is on every
    menu, and chosen a non-trivial share of the time."""
    campaign = Campaign.new(load_map("europe-1909"), seed=3, turns=3)
    while not campaign.over:
        campaign.submit()
    picks = [
        record.pick
        for turn in campaign.decisions
        for records in turn.values()
        for record in records
        if record.family == "alignment"
    ]
    assert 0.05 < picks.count(0) / len(picks) < 0.95


def test_a_record_sums_to_its_utility() -> None:
    """Reasons are real: the signed terms of an option sum to the utility by which it was picked."""
    campaign = Campaign.new(load_map("five-crowns"), seed=5, turns=2)
    while not campaign.over:
        campaign.submit()
    for turn in campaign.decisions:
        for records in turn.values():
            for record in records:
                utility = record.terms.sum(axis=1)
                if record.family in ("answers", "exchange"):
                    best = record.probabilities.argmax()
                    assert utility[best] == pytest.approx(utility.max(), abs=1e-9)
                assert record.probabilities.sum() == pytest.approx(1.0)
