"""What the engine's sums come to, to the last unit: the figures that rules only name elsewhere."""

from dataclasses import replace

import pytest

from game.dice import dice
from game.engine.phases.influence import depth_gained
from game.engine.turn import Asking, resolve
from game.engine.turn_context import TurnContext
from game.world import public_finance
from game.world.orders import Aid, Budget, DeclareWar, Demand, Front, Offer, Penetrate, Terms
from game.world.rules import BP
from tests.worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_world,
    with_state,
    with_treaty,
    with_war,
)

HOLD = {
    state: tuple(Front(other, 1, attack=False) for other in ("AAA", "BBB", "CCC", "DDD"))
    for state in ("AAA", "BBB", "CCC", "DDD")
}


# wars


def test_an_honoured_call_raises_reliability() -> None:
    world = with_treaty(with_state(tiny_world(), "CCC", reliability=5_000), "BBB", "CCC")
    turn = play_turn(world, {"AAA": (DeclareWar("BBB"),)}, {"call": "honour"})
    assert len(events_of(turn, "call_honoured")) == 1
    rules = world.atlas.rules
    gained = rules.reliability_honoured_call + rules.reliability_recovers
    assert rules.reliability_honoured_call > 0
    assert state_of(turn, "CCC").reliability == 5_000 + gained


@pytest.mark.parametrize("stronger", ["AAA", "BBB"])
def test_a_won_battle_moves_the_score_for_its_winner_and_is_the_war_s_last(stronger: str) -> None:
    """Below 0 the defenders are winning; the fizzling of a war counts from its last battle."""
    world = with_state(tiny_world(), stronger, army=20_000_000)
    war = {"since": world.turn - 2, "last_battle": world.turn - 2}
    turn = play_turn(with_war(world, ("AAA",), ("BBB",), **war), {})
    fought = events_of(turn, "battle_fought")
    assert {event.actor for event in fought if event["won"]} == {stronger}
    (after,) = turn.world.wars
    assert after.last_battle == world.turn
    assert (after.score > 0) == (stronger == "AAA")
    assert abs(after.score) >= world.atlas.rules.score_battle


@pytest.mark.parametrize(
    ("attacker", "defender", "ends"), [(BP, BP, True), (BP - 1_000, BP, False)]
)
def test_a_war_ends_by_itself_once_both_leaders_are_wholly_exhausted(
    attacker: int, defender: int, ends: bool
) -> None:
    world = with_war(tiny_world(), ("AAA",), ("BBB",))
    world = with_state(with_state(world, "AAA", exhaustion=attacker), "BBB", exhaustion=defender)
    turn = play_turn(world, HOLD)
    assert (not turn.world.wars) is ends


# money


def test_a_burden_is_paid_by_its_payer_to_its_partner() -> None:
    plain = play_turn(tiny_world())
    world = with_treaty(tiny_world(), "AAA", "BBB", burden=500, payer="AAA")
    paid = public_finance.revenue(world, "AAA") * 500 // BP
    turn = play_turn(world)
    assert paid > 0
    for state, change in (("AAA", -paid), ("BBB", paid), ("CCC", 0)):
        assert state_of(turn, state).treasury - state_of(plain, state).treasury == change, state


def test_who_cannot_pay_sends_home_the_share_of_its_forces_that_is_not_paid_for() -> None:
    """What is missing in a turn counts with its burdens; no more than that share goes home."""
    world = with_state(tiny_world(), "AAA", army=15_000_000, treasury=0)
    tribute = with_treaty(world, "AAA", "BBB", burden=2_000, payer="AAA")
    for one in (world, tribute):
        missing = -public_finance.surplus(one, "AAA")
        upkeep = public_finance.upkeep(one, "AAA")
        assert 0 < missing < upkeep
        share = missing * BP // upkeep + 1
        turn = play_turn(one)
        (home,) = events_of(turn, "forces_disbanded")
        before, after = one.state("AAA"), state_of(turn, "AAA")
        assert home["army"] == before.army * share // BP == before.army - after.army
        assert home["fleet"] == before.fleet * share // BP == before.fleet - after.fleet


def test_a_fleet_is_cut_as_it_is_ordered_and_nothing_else_changes() -> None:
    world = tiny_world()
    turn = play_turn(world, {"AAA": (Budget(fleet=-1_000),)})
    (cut,) = events_of(turn, "forces_cut")
    before, after = world.state("AAA"), state_of(turn, "AAA")
    assert cut["army"] == 0 == before.army - after.army
    assert cut["fleet"] == before.fleet - after.fleet == before.fleet // 10
    assert not events_of(turn, "forces_raised")


def test_what_can_no_longer_be_paid_is_left_undone_whole() -> None:
    """A tribute that is agreed on in the same turn takes the money that was meant for forces."""
    world = with_state(tiny_world(), "AAA", treasury=0)
    free = public_finance.surplus(world, "AAA")
    army = public_finance.arms_price(
        world, "AAA", "army", public_finance.growth_units(world, "AAA", "army", 300)
    )
    rest = (free - army) * BP // public_finance.revenue(world, "AAA")
    assert rest > 0
    offer = Offer("BBB", Terms(("defense",), term=6, burden=500))
    orders = {"AAA": (Budget(army=300, invest=rest), offer)}
    paid = play_turn(world, orders)
    assert state_of(paid, "AAA").army > world.state("AAA").army
    assert state_of(paid, "AAA").invested > 0
    turn = play_turn(world, orders, {"offer": "accept"})
    (refused,) = events_of(turn, "order_refused")
    assert (refused["order"], refused["reason"]) == ("budget", "no_money")
    after = state_of(turn, "AAA")
    assert (after.army, after.fleet) == (world.state("AAA").army, world.state("AAA").fleet)
    assert (after.invested, events_of(turn, "forces_raised")) == (0, [])
    tribute = public_finance.revenue(world, "AAA") * 500 // BP
    assert after.treasury == free - tribute


# influence


def test_a_network_deepens_by_what_is_left_to_reach() -> None:
    world = tiny_world()
    alone = depth_gained(world, "AAA", "BBB", "lobby")
    half = replace(world, networks={("AAA", "BBB"): BP // 2})
    whole = replace(world, networks={("AAA", "BBB"): BP})
    assert 0 < alone < BP
    assert depth_gained(half, "AAA", "BBB", "lobby") == alone * (BP // 2) // BP
    assert depth_gained(whole, "AAA", "BBB", "lobby") == 0


def test_a_network_that_is_found_out_keeps_a_third() -> None:
    """None comes of a plot that had no network behind it."""
    for depth in (0, 6_000):
        networks = {("AAA", "BBB"): depth} if depth else {}
        world = replace(tiny_world(), networks=networks)
        left = (depth - world.atlas.rules.network_fades) // 3 if depth else None
        found = 0
        for seed in range(20):
            turn = play_turn(world, {"AAA": (Penetrate("BBB", "propaganda"),)}, seed=seed)
            if events_of(turn, "plot_found"):
                assert turn.world.networks.get(("AAA", "BBB")) == left
                found += 1
        assert found > 0


def test_aid_and_leverage_fade_by_their_share_until_nothing_is_left() -> None:
    """Aid that was given this turn does not fade yet."""
    keep = BP - tiny_world().atlas.rules.leverage_fades
    one_left = -(-BP // keep)
    small = {("BBB", "CCC"): one_left, ("CCC", "DDD"): 1}
    world = replace(
        tiny_world(),
        aid={("AAA", "BBB"): 200_000, **small},
        leverage={("AAA", "BBB"): 1_000, **small},
    )
    turn = play_turn(world)
    assert turn.world.aid == {("AAA", "BBB"): 200_000 * keep // BP, ("BBB", "CCC"): 1}
    assert turn.world.leverage == {("AAA", "BBB"): 1_000 * keep // BP, ("BBB", "CCC"): 1}
    given = play_turn(world, {"AAA": (Aid("BBB", 50_000),)}, {"aid": "accept"})
    assert given.world.aid["AAA", "BBB"] == 250_000


# the turn


def test_the_dead_neither_rest_nor_regain_a_name() -> None:
    dead = {
        "alive": False,
        "great": False,
        "army": 0,
        "fleet": 0,
        "treasury": 0,
        "reliability": 1_000,
    }
    world = with_state(tiny_world(), "DDD", **dead, resolve=1_000, exhaustion=5_000)
    assert state_of(play_turn(world), "DDD") == world.state("DDD")


def test_a_turn_goes_on_from_where_it_asked_in_its_own_world_alone() -> None:
    """What was worked out for one world is not taken for another."""
    world = tiny_world()
    orders = {"AAA": (Offer("BBB", Terms(("defense",), term=6)),)}
    asked = resolve(world, orders, {}, dice(1))
    assert isinstance(asked, Asking)
    answers = {question.id: "accept" for question in asked.questions}
    assert asked.begun.leads_to(world, orders, answers)
    richer = with_state(world, "AAA", treasury=7)
    assert not asked.begun.leads_to(richer, orders, answers)
    assert not asked.begun.leads_to(world, dict(orders), answers)
    with_it = resolve(richer, orders, answers, dice(1), asked)
    without = resolve(richer, orders, answers, dice(1))
    assert with_it.world.states == without.world.states


def test_a_world_that_is_changed_shares_what_reads_nothing_of_the_change() -> None:
    world = tiny_world()
    revenue = public_finance.revenue(world, "AAA")
    context = TurnContext(world, {}, {}, dice(1))
    context.change_state("AAA", treasury=1)
    assert context.world.memo[public_finance.revenue.__wrapped__] == {("AAA",): revenue}  # type: ignore[attr-defined]
    context.change_state("AAA", army=1)
    assert not context.world.memo[public_finance.revenue.__wrapped__]  # type: ignore[attr-defined]


def test_of_two_demands_that_cross_the_higher_ranked_opens_the_crisis() -> None:
    """Whatever the draw."""
    claims = [
        {"of": "AAA", "province": "bbb-south"},
        {"of": "BBB", "province": "aaa-south"},
        {"of": "BBB", "province": "ccc-south"},
    ]
    world = tiny_world(claims=claims)
    orders = {
        "AAA": (Demand("BBB", "cede", "bbb-south"),),
        "BBB": (Demand("CCC", "cede", "ccc-south"), Demand("AAA", "cede", "aaa-south")),
    }
    for seed in range(8):
        turn = play_turn(world, orders, seed=seed)
        made = [(event.actor, event.target) for event in events_of(turn, "demand_made")]
        assert sorted(made) == [("AAA", "BBB"), ("BBB", "CCC")]
