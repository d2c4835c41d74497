"""Crises: demands, pledges, and the ladder that either side can leave."""

from typing import Any

import pytest

from game.world.model import World
from game.world.orders import DeclareWar, Demand, Posture
from game.world.questions import Answer, CrisisQuestion, PledgeQuestion, Question
from tests.worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_world,
    with_crisis,
    with_state,
    with_treaty,
)

CEDE = Demand("BBB", "cede", "bbb-south")
FAR = Demand("DDD", "cede", "ddd-south")
CLAIM = [{"of": "AAA", "province": "bbb-south"}]


def claimed(**parts: Any) -> World:
    return tiny_world(claims=CLAIM, **parts)


def steps(**ways: str) -> Any:
    """Each side's answers by exchange, "yield hold"; what is not given is hold, no pledges."""

    def answering(question: Question) -> Answer:
        if isinstance(question, CrisisQuestion):
            given = ways.get(question.asked, "").split()
            return given[question.exchange - 1] if question.exchange <= len(given) else "hold"
        return {"call": "refuse"}.get(question.kind, "none")

    return answering


def test_a_demand_needs_an_interest_and_then_rests() -> None:
    turn = play_turn(tiny_world(), {"AAA": (FAR,)})
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["no_interest"]
    turn = play_turn(tiny_world(), {"AAA": (CEDE,)})
    (made,) = events_of(turn, "demand_made")
    assert made["interest"] == "border"
    turn = play_turn(claimed(), {"AAA": (CEDE,)})
    (made,) = events_of(turn, "demand_made")
    assert (made.actor, made.target, made["interest"]) == ("AAA", "BBB", "claim")
    assert (
        turn.world.cooldown_until("demand", "AAA", "BBB") == 1 + turn.world.atlas.rules.demand_rest
    )


def test_a_map_may_keep_its_opening_free_of_demands_and_surprise_wars() -> None:
    world = claimed(rules={"opening": 1})
    turn = play_turn(world, {"AAA": (CEDE, DeclareWar("BBB"))})
    reasons = [event["reason"] for event in events_of(turn, "order_refused")]
    assert reasons == ["opening", "opening"]
    later = play_turn(turn.world, {"AAA": (CEDE,)})
    assert events_of(later, "demand_made")


def test_hold_against_hold_freezes_a_crisis_until_next_turn() -> None:
    asked: list[Question] = []

    def answering(question: Question) -> Answer:
        asked.append(question)
        return "hold" if question.kind == "crisis" else "none"

    turn = play_turn(claimed(), {"AAA": (CEDE,)}, answering)
    assert sum(question.kind == "crisis" for question in asked) == 2
    assert len(turn.world.crises) == 1
    again = play_turn(turn.world, {}, steps(BBB="yield"))
    assert len(events_of(again, "demand_yielded")) == 1


def test_yielding_gives_the_stake_and_costs_some_resolve() -> None:
    turn = play_turn(claimed(), {"AAA": (CEDE,)}, steps(BBB="yield"))
    province = turn.world.province("bbb-south")
    assert (province.owner, province.holder, province.annexed) == ("AAA", "AAA", 1)
    rules = turn.world.atlas.rules
    lost = rules.resolve_yield - rules.resolve_recovers
    assert state_of(turn, "BBB").resolve == rules.resolve_start - lost
    assert not turn.world.crises


@pytest.mark.parametrize(
    ("way", "rung"), [("yield", 0), ("climb yield", 1), ("climb climb yield", 2)]
)
def test_backing_down_costs_the_more_resolve_the_higher_the_rung(way: str, rung: int) -> None:
    turn = play_turn(claimed(), {"AAA": (CEDE,)}, steps(AAA=way))
    rules = turn.world.atlas.rules
    lost = rules.resolve_back_down[rung] - rules.resolve_recovers
    assert state_of(turn, "AAA").resolve == rules.resolve_start - lost
    (withdrawn,) = events_of(turn, "demand_withdrawn")
    assert withdrawn["rung"] == rung
    assert turn.world.province("bbb-south").owner == "BBB"


def test_climbing_mobilises_and_past_the_ultimatum_is_war() -> None:
    turn = play_turn(claimed(), {"AAA": (CEDE,)}, steps(AAA="climb climb climb"))
    assert [event["rung"] for event in events_of(turn, "crisis_climbed")] == [1, 2, 3]
    assert [event.actor for event in events_of(turn, "mobilised")] == ["AAA"]
    (declared,) = events_of(turn, "war_declared")
    assert (declared.actor, declared.target) == ("AAA", "BBB")
    assert (declared["aim"], declared["surprise"]) == ("bbb-south", 0)
    rules = turn.world.atlas.rules
    assert state_of(turn, "AAA").reliability == rules.reliability_start


def test_only_who_set_an_ultimatum_can_make_war_of_it() -> None:
    """The other refuses it by holding, and begins no war by that."""
    world = with_crisis(claimed(), "AAA", "BBB", stake="cede", subject="bbb-south", rung=2)
    turn = play_turn(world, {}, steps(BBB="climb"))
    assert not events_of(turn, "war_declared")
    (asked,) = [one for one in turn.stages[0].questions if one.asked == "BBB"]
    assert asked.options == ("yield", "hold")
    turn = play_turn(world, {}, steps(AAA="climb", BBB="hold"))
    (declared,) = events_of(turn, "war_declared")
    assert (declared.actor, declared.target) == ("AAA", "BBB")


def test_no_capital_and_no_last_province_is_ceded_short_of_war() -> None:
    turn = play_turn(claimed(), {"AAA": (Demand("BBB", "cede", "bbb-north"),)})
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["capital"]


def test_the_calm_may_not_climb() -> None:
    """The two lowest postures may not mobilise."""
    options = {}

    def answering(question: Question) -> Answer:
        if isinstance(question, CrisisQuestion):
            options[question.asked] = question.options
        return "hold" if question.kind == "crisis" else "none"

    play_turn(with_state(claimed(), "AAA", posture=1), {"AAA": (CEDE,)}, answering)
    assert options == {"AAA": ("yield", "hold"), "BBB": ("yield", "hold", "climb")}


def test_where_a_turn_is_a_month_a_crisis_has_one_exchange() -> None:
    world = claimed(calendar={"step": "month"})
    turn = play_turn(world, {"AAA": (CEDE,)}, steps(AAA="climb climb climb"))
    assert [crisis.rung for crisis in turn.world.crises] == [1]
    assert state_of(turn, "AAA").mobilised


def test_pledges_are_published_before_the_first_exchange() -> None:
    """Neighbours, partners and great powers in reach are asked; what they pledge all see."""
    world = with_treaty(claimed(), "AAA", "DDD", obligations=("consultation",))
    order: list[str] = []

    def answering(question: Question) -> Answer:
        order.append(question.kind)
        if isinstance(question, PledgeQuestion):
            assert question.options == ("none", "AAA", "BBB")
            return {"CCC": "BBB", "DDD": "AAA"}[question.asked]
        return "hold"

    turn = play_turn(world, {"AAA": (CEDE,)}, answering)
    assert order[:2] == ["pledge", "pledge"]
    made = {
        (event.actor, event.target, event["against"]) for event in events_of(turn, "pledge_made")
    }
    assert made == {("CCC", "BBB", "AAA"), ("DDD", "AAA", "BBB")}
    assert all(event.witnesses is None for event in events_of(turn, "pledge_made"))
    assert set(turn.world.crises[0].pledges) == {("CCC", "BBB"), ("DDD", "AAA")}


def test_to_renounce_is_to_leave_the_treaty() -> None:
    world = with_treaty(tiny_world(), "BBB", "CCC", against="AAA")
    turn = play_turn(world, {"AAA": (Demand("BBB", "renounce", "1"),)}, steps(BBB="yield"))
    assert not turn.world.treaties
    assert events_of(turn, "treaty_ended")[0]["why"] == "demand"


def test_to_stand_down_is_one_step_calmer_whatever_was_ordered() -> None:
    world = with_state(tiny_world(), "BBB", posture=4)
    orders = {"AAA": (Demand("BBB", "stand_down"),), "BBB": (Posture(3),)}
    turn = play_turn(world, orders, steps(BBB="yield"))
    assert state_of(turn, "BBB").posture == 3
    assert len(events_of(turn, "posture_changed")) == 1


def test_of_two_demands_that_cross_one_opens_a_crisis_by_draw() -> None:
    world = tiny_world(claims=[*CLAIM, {"of": "BBB", "province": "aaa-south"}])
    orders = {"AAA": (CEDE,), "BBB": (Demand("AAA", "cede", "aaa-south"),)}
    makers = set()
    for seed in range(12):
        (made,) = events_of(play_turn(world, orders, steps(), seed), "demand_made")
        makers.add(made.actor)
    assert makers == {"AAA", "BBB"}


def test_a_crisis_that_nobody_moves_fades_without_cost() -> None:
    turn = play_turn(claimed(), {"AAA": (CEDE,)})
    for _ in range(turn.world.atlas.rules.crisis_fades):
        assert turn.world.crises
        turn = play_turn(turn.world)
    assert not turn.world.crises
    assert state_of(turn, "AAA").resolve == turn.world.atlas.rules.resolve_start


def test_mobilisation_costs_upkeep_and_ends_with_the_crisis() -> None:
    world = claimed()
    held = play_turn(world, {"AAA": (CEDE,)})
    turn = play_turn(world, {"AAA": (CEDE,)}, steps(AAA="climb hold"))
    sheet = world.atlas.sheet("AAA")
    army = world.state("AAA").army * sheet.army_upkeep // 1_000_000
    extra = army * world.atlas.rules.mobilisation_cost // 10_000
    assert state_of(held, "AAA").treasury - state_of(turn, "AAA").treasury == extra
    over = play_turn(turn.world, {}, steps(AAA="yield"))
    assert not state_of(over, "AAA").mobilised
    assert [event.actor for event in events_of(over, "demobilised")] == ["AAA"]
