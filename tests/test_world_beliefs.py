"""How states learn what to believe of each other: event by event, from what each could see."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import Campaign, load_map
from game.inference.rebuilt_beliefs import rebuilt
from game.world.beliefs import LEAST, MOST, Beliefs, learn
from game.world.capability import proximity
from game.world.events import FACTS, Event, event
from game.world.knowledge import visible
from game.world.model import World
from game.world.rules import BP, Rules
from tests.worlds import tiny_world, with_state, with_treaty

STATES = ("AAA", "BBB", "CCC", "DDD")
RULES = Rules()
GROUND = 1_800
"""Where beliefs start and drift back to: far enough from the bounds for every change."""


def far_world() -> World:
    """States in a row: each neighbour is as near as can be, the next is not."""
    return tiny_world(STATES)


def plain_beliefs(hostile: int = GROUND, ground: int = GROUND) -> Beliefs:
    """Everybody believes the same of everybody."""
    count = len(STATES)
    return Beliefs(np.full((count, count), hostile), np.full((count, count), ground))


def moved(world: World, *events: Event, beliefs: Beliefs | None = None) -> dict[str, int]:
    """By how much each belief changed in a turn without drift: "observer observed" -> bp."""
    start = beliefs or plain_beliefs()
    still = replace(world, atlas=replace(world.atlas, rules=replace(RULES, hostile_drift=0)))
    after = learn(start, still, events).hostile
    return {
        f"{one} {other}": int(after[i, j] - start.hostile[i, j])
        for i, one in enumerate(STATES)
        for j, other in enumerate(STATES)
        if i != j and after[i, j] != start.hostile[i, j]
    }


def near(world: World, observer: str, actor: str, change: int) -> int:
    index = world.atlas.state_index
    return int(proximity(world)[index[observer], index[actor]]) * change // BP


def seen(world: World, actor: str, change: int, *observers: str) -> dict[str, int]:
    """What those who see an actor's deed make of it, each by how near it is."""
    return {
        f"{state} {actor}": near(world, state, actor, change)
        for state in observers or STATES
        if state != actor
    }


FACTS_OF: dict[str, dict[str, Any]] = {
    "posture_changed": {"step": 3, "before": 2},
    "demand_made": {"crisis": 1, "stake": "stand_down", "subject": "", "interest": "border"},
    "mobilised": {"crisis": 1},
    "demand_withdrawn": {"crisis": 1, "stake": "stand_down", "subject": "", "rung": 0},
    "war_declared": {"war": 1, "aim": "", "surprise": 0},
    "war_joined": {"war": 1, "side": "attackers"},
    "province_annexed": {"province": "bbb-north", "from": "BBB"},
    "treaty_signed": {
        "treaty": 1,
        "obligations": ("defense",),
        "against": "",
        "term": 6,
        "secret": 0,
        "burden": 0,
        "renews": 0,
    },
    "treaty_broken": {"treaty": 1, "obligations": ("defense",), "why": "breach"},
    "call_honoured": {"war": 1, "enemy": "CCC", "treaty": 1},
    "call_refused": {"war": 1, "enemy": "CCC", "treaty": 1},
    "pledge_made": {"crisis": 1, "against": "CCC"},
    "guarantee_given": {"treaty": 1, "term": 6},
    "plot_found": {"means": "envoys"},
    "aid_given": {"amount": 1},
    "treaty_declined": {"obligations": ("defense",), "against": ""},
    "offer_told": {"by": "CCC", "obligations": ("defense",), "against": "BBB"},
}
"""Every kind of event from which states learn, and facts for it."""


def did(kind: str, witnesses: Sequence[str] | None = None, **facts: Any) -> Event:
    """AAA did something to BBB."""
    return event(kind, "AAA", "BBB", witnesses, **{**FACTS_OF.get(kind, {}), **facts})


# what each kind of event does


def test_the_nearest_are_near_and_the_farther_less_so() -> None:
    """What the cases below rest on: a neighbour counts whole, the others by their distance."""
    world = far_world()
    shares = [near(world, state, "AAA", BP) for state in STATES[1:]]
    assert shares[0] == BP > shares[1] > shares[2] > 0


@pytest.mark.parametrize(
    ("kind", "facts", "to_all", "to_target"),
    [
        ("posture_changed", {}, RULES.hostile_posture, 0),
        ("posture_changed", {"step": 0}, -2 * RULES.hostile_posture, 0),
        ("demand_made", {}, RULES.hostile_bullying // 3, RULES.hostile_bullying),
        ("mobilised", {}, RULES.hostile_posture // 2, 0),
        ("demand_withdrawn", {}, 0, -RULES.hostile_kept_promise // 2),
        ("war_declared", {}, RULES.hostile_bullying, RULES.hostile_war),
        (
            "war_declared",
            {"surprise": 1},
            RULES.hostile_surprise_war + RULES.hostile_bullying,
            RULES.hostile_war,
        ),
        ("war_joined", {}, 0, RULES.hostile_war // 2),
        ("province_annexed", {}, RULES.hostile_bullying, RULES.hostile_bullying),
        ("treaty_broken", {}, RULES.hostile_kept_promise // 2, RULES.hostile_bullying),
        ("call_refused", {}, 0, RULES.hostile_kept_promise),
        ("pledge_made", {}, 0, -RULES.hostile_kept_promise),
        ("guarantee_given", {}, 0, -RULES.hostile_kept_promise),
        ("plot_found", {}, 0, RULES.hostile_bullying),
    ],
)
def test_what_one_did_is_held_against_it_by_all_who_saw_and_by_whom_it_was_done_to(
    kind: str, facts: dict[str, Any], to_all: int, to_target: int
) -> None:
    """Those who saw it weigh it by their distance; whom it was done to does not (THEORY S10)."""
    world = far_world()
    expected = seen(world, "AAA", to_all) if to_all else {}
    if to_target:
        expected["BBB AAA"] = expected.get("BBB AAA", 0) + to_target
    assert moved(world, did(kind, **facts)) == expected


@pytest.mark.parametrize("kind", ["treaty_signed", "call_honoured"])
def test_a_kept_or_given_word_calms_both_who_deal_and_nobody_else(kind: str) -> None:
    change = -RULES.hostile_kept_promise
    assert moved(far_world(), did(kind)) == {"AAA BBB": change, "BBB AAA": change}


@pytest.mark.parametrize(
    ("witnesses", "knows"),
    [(None, True), (("AAA", "BBB"), False), (("AAA", "BBB", "CCC"), True)],
)
def test_whom_a_pact_names_holds_it_against_both_signers_if_it_knows(
    witnesses: tuple[str, ...] | None, knows: bool
) -> None:
    alarmed = {f"CCC {signer}": RULES.hostile_pact for signer in ("AAA", "BBB")}
    changed = moved(far_world(), did("treaty_signed", witnesses, against="CCC"))
    assert {pair: by for pair, by in changed.items() if by > 0} == (alarmed if knows else {})


@pytest.mark.parametrize(
    ("of_target", "of_actor", "weaker"),
    [
        ({}, {}, False),
        ({"great": False}, {"great": True}, True),
        ({"great": True}, {"great": False}, False),
        ({"great": False}, {"great": False}, False),
        ({"army": 499}, {"army": 1_000}, True),
        ({"army": 500}, {"army": 1_000}, False),
    ],
)
def test_a_demand_on_a_weaker_state_is_bullying_to_all_who_see_it(
    of_target: dict[str, Any], of_actor: dict[str, Any], weaker: bool
) -> None:
    """Weaker: not a great power before one, or with less than half its army."""
    world = with_state(far_world(), "BBB", **{"great": True, **of_target})
    world = with_state(world, "AAA", **{"great": True, **of_actor})
    change = RULES.hostile_bullying if weaker else RULES.hostile_bullying // 3
    assert moved(world, did("demand_made"))["CCC AAA"] == near(world, "CCC", "AAA", change)


# refused offers


@pytest.mark.parametrize(
    ("witnesses", "knows"), [(("AAA", "BBB"), False), (("AAA", "BBB", "CCC"), True)]
)
def test_who_learns_of_a_refused_pact_against_it_holds_that_against_its_maker(
    witnesses: tuple[str, ...], knows: bool
) -> None:
    declined = did("treaty_declined", witnesses, against="CCC")
    expected = {"CCC AAA": RULES.hostile_offer} if knows else {}
    assert moved(far_world(), declined) == expected


def test_a_refused_offer_of_an_older_campaign_in_which_all_were_public_alarms_nobody() -> None:
    assert moved(far_world(), did("treaty_declined", None, against="CCC")) == {}


def test_who_tells_is_thanked_by_whom_it_told_and_blamed_by_whose_offer_it_was() -> None:
    told = did("offer_told", ("AAA", "BBB", "CCC"))
    expected = {"BBB AAA": -RULES.hostile_told, "CCC AAA": RULES.hostile_told}
    assert moved(far_world(), told) == expected


# aid


def calmed(amount: int, hostile: int = GROUND) -> int:
    """By how much aid calms who takes it, where the belief stands at `hostile`."""
    changed = moved(far_world(), did("aid_given", amount=amount), beliefs=plain_beliefs(hostile))
    assert set(changed) <= {"BBB AAA"}
    return -changed.get("BBB AAA", 0)


def test_aid_calms_by_its_share_of_revenue_and_never_by_more_than_one_and_a_half_tenths() -> None:
    tenth = far_world().atlas.sheet("BBB").start_revenue // 10
    assert calmed(tenth // 2, 9_000) == RULES.hostile_aid * (tenth // 2) // tenth
    assert calmed(tenth, 9_000) == RULES.hostile_aid
    assert calmed(9 * tenth, 9_000) == 3 * RULES.hostile_aid // 2


def test_aid_mends_no_belief_further_than_to_its_ground_and_raises_none() -> None:
    """Aid makes no allies (THEORY T10)."""
    tenth = far_world().atlas.sheet("BBB").start_revenue // 10
    assert calmed(9 * tenth, GROUND + 300) == 300
    assert calmed(9 * tenth, GROUND) == 0
    assert calmed(9 * tenth, GROUND - 200) == 0


# the calm of a pact


def signed(number: int = 1, *kinds: str, renews: int = 0) -> Event:
    """AAA signed a pact with BBB."""
    return did("treaty_signed", treaty=number, obligations=kinds or ("defense",), renews=renews)


def test_a_consultation_calms_nobody_however_often_it_is_signed_again() -> None:
    """It may run for one turn, and be signed again every turn."""
    world, beliefs = far_world(), plain_beliefs()
    for number in range(1, 11):
        again = did("treaty_ended", treaty=number - 1, obligations=("consultation",), why="renewed")
        happened = signed(number, "consultation", renews=number - 1)
        beliefs = learn(beliefs, world, [again, happened])
    assert (beliefs.hostile[0, 1], beliefs.hostile[1, 0]) == (GROUND, GROUND)


@pytest.mark.parametrize("kind", ["defense", "offense", "nonaggression", "neutrality"])
def test_a_partner_s_goodwill_counts_once_however_many_pacts_are_signed(kind: str) -> None:
    """Neither a second pact beside the first, nor its renewal, nor one signed after it ended."""
    once = {"AAA BBB": -RULES.hostile_kept_promise, "BBB AAA": -RULES.hostile_kept_promise}
    high = plain_beliefs(GROUND + 5_000)
    beside = with_treaty(far_world(), "AAA", "BBB", obligations=(kind,))
    ended = did("treaty_ended", treaty=1, obligations=(kind,), why="renewed")
    assert moved(far_world(), signed(2, kind), beliefs=high) == once
    assert moved(beside, signed(2, "defense"), beliefs=high) == {}
    assert moved(far_world(), ended, signed(2, kind, renews=1), beliefs=high) == {}
    calm = plain_beliefs(GROUND - RULES.hostile_pact_most)
    assert moved(far_world(), signed(2, kind), beliefs=calm) == {}


def test_an_alliance_in_place_of_a_consultation_calms() -> None:
    ended = did("treaty_ended", treaty=1, obligations=("consultation",), why="renewed")
    calmed_by = moved(far_world(), ended, signed(2, renews=1))
    assert calmed_by["AAA BBB"] == -RULES.hostile_kept_promise


def test_two_pacts_of_one_turn_calm_once_and_who_joins_a_treaty_calms_its_host() -> None:
    world = with_treaty(with_treaty(far_world(), "AAA", "BBB"), "AAA", "BBB", against="DDD")
    first, second = (treaty.id for treaty in world.treaties)
    expected = -RULES.hostile_kept_promise
    high = plain_beliefs(GROUND + 5_000)
    both = moved(world, signed(first), signed(second), beliefs=high)
    assert both == {"AAA BBB": expected, "BBB AAA": expected}
    host = with_treaty(far_world(), "AAA", "CCC", "BBB")
    joined = signed(host.treaties[0].id, renews=host.treaties[0].id)
    assert moved(host, joined) == both


@given(
    kinds=st.lists(st.sampled_from(["defense", "nonaggression", "consultation"]), max_size=12),
    start=st.integers(GROUND - 600, 9_000),
)
def test_no_sequence_of_signatures_calms_below_one_step_under_the_ground(
    kinds: list[str], start: int
) -> None:
    world, beliefs = far_world(), plain_beliefs(start)
    for number, kind in enumerate(kinds, 1):
        beliefs = learn(beliefs, world, [signed(number, kind)])
    assert beliefs.hostile[0, 1] >= GROUND - RULES.hostile_pact_most


# who sees what


def test_who_did_not_see_a_deed_learns_nothing_of_it() -> None:
    world = far_world()
    broken = did("treaty_broken", ("AAA", "BBB", "DDD"))
    expected = seen(world, "AAA", RULES.hostile_kept_promise // 2, "BBB", "DDD")
    expected["BBB AAA"] += RULES.hostile_bullying
    assert moved(world, broken) == expected


@st.composite
def some_events(draw: st.DrawFn) -> list[Event]:
    """Events of every kind from which states learn, some of them secret."""
    events = []
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(sorted(FACTS_OF)))
        actor, target = draw(st.permutations(STATES))[:2]
        facts = dict(FACTS_OF[kind])
        for fact in {"against", "by"} & facts.keys():
            facts[fact] = draw(st.sampled_from([s for s in STATES if s not in (actor, target)]))
        more = draw(st.none() | st.sets(st.sampled_from(STATES)))
        witnesses = None if more is None else {actor, target} | more
        events.append(event(kind, actor, target, witnesses, **facts))
    return events


@given(some_events())
def test_nobody_learns_from_what_it_could_not_see(events: list[Event]) -> None:
    """What a state believes is the same when it is given only the events that it saw."""
    world = far_world()
    whole = learn(plain_beliefs(), world, events).hostile
    for place, state in enumerate(STATES):
        own = learn(plain_beliefs(), world, visible(events, state)).hostile
        assert own[place].tolist() == whole[place].tolist()


def test_from_every_other_kind_of_event_nobody_learns() -> None:
    silent = set(FACTS) - set(FACTS_OF)
    assert len(silent) > 30
    facts: dict[type, Any] = {str: "AAA", int: 7, tuple: ("defense",)}
    for kind in silent:
        for value in facts.values():
            happened = event(kind, "AAA", "BBB", **dict.fromkeys(FACTS[kind], value))
            assert moved(far_world(), happened) == {}, kind


# drift and bounds


def test_a_belief_drifts_back_to_its_ground_by_a_share_of_the_way() -> None:
    world = far_world()
    for hostile in (GROUND + 4_000, GROUND - 1_000):
        after = learn(plain_beliefs(hostile), world, ()).hostile
        step = (GROUND - hostile) * RULES.hostile_drift // BP
        assert step != 0
        assert set(after[~np.eye(len(STATES), dtype=bool)]) == {hostile + step}


def test_a_belief_is_never_certain_and_nobody_fears_itself() -> None:
    world = far_world()
    attacks = [did("war_declared", surprise=1)] * 5
    frightened = learn(plain_beliefs(), world, attacks).hostile
    assert frightened[1, 0] == MOST
    kept = [did("call_honoured")] * 20
    calm = learn(plain_beliefs(), world, kept).hostile
    assert calm[0, 1] == calm[1, 0] == LEAST
    assert set(np.diag(calm)) == set(np.diag(frightened)) == {LEAST}


def test_learning_changes_neither_what_was_believed_nor_its_ground() -> None:
    before = plain_beliefs()
    after = learn(before, far_world(), [did("war_declared")])
    assert (before.hostile == GROUND).all()
    assert after.ground is before.ground
    assert (after.hostile != GROUND).any()


# in a campaign


def test_beliefs_of_a_campaign_are_rebuilt_from_its_events() -> None:
    """Whoever has the archives can rebuild every belief."""
    campaign = Campaign.new(load_map("five-crowns"), seed=5)
    while not campaign.over:
        campaign.submit()
    position = campaign._position
    again = rebuilt(position.history)
    assert len(again) == len(position.beliefs) == len(position.history.turns) + 1
    for one, other in zip(again, position.beliefs, strict=True):
        np.testing.assert_array_equal(one.hostile, other.hostile)
        np.testing.assert_array_equal(one.ground, other.ground)
    assert len({one.hostile.tobytes() for one in again}) > len(again) // 2


def test_the_order_of_a_turn_s_events_moves_no_belief() -> None:
    """Events of one turn add up, so that the order in which they are told decides nothing."""
    world, lot = far_world(), random.Random(1)
    events = [did(kind) for kind in FACTS_OF if kind != "aid_given"]
    events += [did("aid_given", amount=world.atlas.sheet("BBB").start_revenue)] * 2
    first = moved(world, *events)
    for _ in range(5):
        lot.shuffle(events)
        assert moved(world, *events) == first
