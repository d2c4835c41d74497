"""Influence, economy, repute and the record: what goes on between the crises."""

from dataclasses import replace

from game.engine.phases.influence import bought, chance_found, depth_gained, in_need
from game.world import public_finance
from game.world.capability import capability
from game.world.model import World
from game.world.orders import Aid, Budget, Penetrate, Posture, Sound
from game.world.rules import BP
from tests.worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_world,
    with_province,
    with_state,
    with_treaty,
    with_war,
)


def test_T11_penetration_works_where_society_is_open_and_foundations_exist() -> None:
    """Penetration matters in open societies where foundations exist."""
    ideologies = {"crown": {"name": "Crown"}, "union": {"name": "Union"}}
    world = tiny_world(
        ideologies=ideologies,
        states={
            "AAA": {"ideology": "crown"},
            "BBB": {"ideology": "crown", "openness": 0.8},
            "CCC": {"ideology": "union", "openness": 0.8},
            "DDD": {"ideology": "crown", "openness": 0.1},
        },
    )
    kin, stranger, closed = (
        depth_gained(world, "AAA", of, "lobby") for of in ("BBB", "CCC", "DDD")
    )
    assert kin > stranger > 0
    assert kin > closed
    assert chance_found(world, "DDD", "lobby") > chance_found(world, "BBB", "lobby")
    assert chance_found(world, "BBB", "propaganda") > chance_found(world, "BBB", "envoys")


def test_a_penetration_is_seen_by_its_maker_alone_until_it_is_found_out() -> None:
    kinds = set()
    for seed in range(40):
        turn = play_turn(tiny_world(), {"AAA": (Penetrate("BBB", "propaganda"),)}, seed=seed)
        for event in turn.events:
            if event.kind == "penetration_made":
                assert event.seen_by("AAA")
                assert not event.seen_by("BBB")
                assert turn.world.networks["AAA", "BBB"] == event["depth"]
            if event.kind == "plot_found":
                assert event.seen_by("AAA")
                assert event.seen_by("BBB")
                assert not event.seen_by("CCC")
                assert ("AAA", "BBB") not in turn.world.networks
            kinds.add(event.kind)
    assert {"penetration_made", "plot_found"} <= kinds


def test_a_network_finds_secret_treaties_for_its_owner_alone() -> None:
    found = 0
    for seed in range(40):
        world = with_treaty(tiny_world(), "BBB", "CCC", secret=True)
        world = replace(world, networks={("AAA", "BBB"): 9_000})
        turn = play_turn(world, seed=seed)
        (treaty,) = turn.world.treaties
        if "AAA" in treaty.known_to:
            found += 1
            (leak,) = events_of(turn, "treaty_leaked")
            assert leak.seen_by("AAA")
            assert not leak.seen_by("DDD")
            assert treaty.seen_by("AAA")
            assert not treaty.seen_by("DDD")
    assert 0 < found < 40


def needy(world: World) -> World:
    return with_state(world, "BBB", treasury=0)


def test_T10_aid_buys_leverage_only_with_dependence_monopoly_and_need() -> None:
    """Aid has effect only under conditions: monopoly, dependence, need."""
    world = tiny_world()
    income = public_finance.revenue(world, "BBB")
    given = {("AAA", "BBB"): income * 3 // 10}
    best = bought(replace(needy(world), aid=given), "AAA", "BBB")
    assert abs(best - world.atlas.rules.leverage_cap) <= 1
    small = bought(replace(needy(world), aid={("AAA", "BBB"): income // 20}), "AAA", "BBB")
    idle = bought(replace(world, aid=given), "AAA", "BBB")
    shared = {**given, ("CCC", "BBB"): income // 10}
    halved = bought(replace(needy(world), aid=shared), "AAA", "BBB")
    more = {("AAA", "BBB"): income}
    assert small < best // 4
    assert idle <= best // 4
    assert halved == best // 2
    assert bought(replace(needy(world), aid=more), "AAA", "BBB") <= world.atlas.rules.leverage_cap


def test_T10_need_is_want_of_money_or_a_war() -> None:
    """The rich are in need too while they are at war, or spend more than comes in."""
    world = tiny_world()
    rich = with_state(world, "BBB", treasury=10 * public_finance.revenue(world, "BBB"))
    assert not in_need(rich, "BBB")
    assert in_need(needy(world), "BBB")
    assert in_need(with_war(rich, ["AAA"], ["BBB"]), "BBB")
    assert not in_need(with_war(rich, ["AAA"], ["CCC"]), "BBB")
    overspent = with_state(rich, "BBB", army=rich.state("BBB").army * 5)
    assert public_finance.surplus(overspent, "BBB") < 0
    assert in_need(overspent, "BBB")


def test_leverage_wears_off() -> None:
    turn = play_turn(needy(tiny_world()), {"AAA": (Aid("BBB", 300_000),)}, {"aid": "accept"})
    figures = [turn.world.leverage["AAA", "BBB"]]
    while turn.world.leverage:
        turn = play_turn(turn.world)
        figures.append(turn.world.leverage.get(("AAA", "BBB"), 0))
    assert figures[0] > 0
    assert figures == sorted(figures, reverse=True)
    assert len(figures) < 40


def test_soundings_are_kept() -> None:
    turn = play_turn(tiny_world(), {"AAA": (Sound("BBB"),)})
    assert turn.world.soundings["AAA", "BBB"] == 1
    assert [(e.actor, e.target) for e in events_of(turn, "sounding_made")] == [("AAA", "BBB")]


def test_an_unused_envoy_hears_the_strongest_of_those_unheard_for_longest() -> None:
    """An envoy without an errand narrows an estimate; one with an errand does not."""
    world = tiny_world(rules={"envoys_great": 1, "envoys_lesser": 1}, states={"CCC": {"army": 300}})
    first = play_turn(world, {"BBB": (Penetrate("AAA"),)}).world
    assert first.soundings["AAA", "CCC"] == 1
    assert not any(who == "BBB" for who, _ in first.soundings)
    second = play_turn(first).world
    assert second.soundings["AAA", "CCC"] == 1
    assert {of for who, of in second.soundings if who == "AAA"} > {"CCC"}
    assert not events_of(play_turn(first), "sounding_made")
    late = replace(first, turn=1 + world.atlas.rules.sounding_kept)
    busy = play_turn(late, {state: (Penetrate("BBB"),) for state in ("AAA", "CCC", "DDD")}).world
    assert not any(who == "AAA" for who, _ in busy.soundings)


def test_every_state_can_live_as_last_year() -> None:
    """A fifth of revenue is free at the start."""
    world = tiny_world()
    turn = play_turn(world)
    for state in world.states:
        revenue = public_finance.revenue(world, state.id)
        gained = state_of(turn, state.id).treasury - state.treasury
        assert abs(gained * 10 - revenue * 2) < revenue // 10


def test_forces_grow_by_the_cap_and_dearer_the_faster() -> None:
    world = tiny_world()
    turn = play_turn(world, {"AAA": (Budget(army=1_200),)})
    grown = state_of(turn, "AAA").army - world.state("AAA").army
    assert grown == public_finance.growth_cap(world, "AAA", "army")
    assert events_of(turn, "forces_raised")[0]["army"] == grown
    full = public_finance.arms_price(world, "AAA", "army", grown)
    assert full > 2 * public_finance.arms_price(world, "AAA", "army", grown // 2)


def test_investment_raises_revenue_for_good() -> None:
    world = tiny_world()
    turn = play_turn(world, {"AAA": (Budget(invest=2_000),)})
    more = public_finance.revenue(turn.world, "AAA") - public_finance.revenue(world, "AAA")
    assert 0 < more == state_of(turn, "AAA").invested


def test_bankruptcy_disbands_what_cannot_be_kept_and_a_ruined_state_recovers() -> None:
    world = with_state(tiny_world(), "AAA", army=30_000_000, treasury=0)
    turn = play_turn(world)
    assert [event.actor for event in events_of(turn, "bankrupt")] == ["AAA"]
    assert state_of(turn, "AAA").treasury == 0
    assert state_of(turn, "AAA").army < 30_000_000
    assert public_finance.surplus(turn.world, "AAA") >= 0
    after = play_turn(turn.world)
    assert not events_of(after, "bankrupt")


def test_posture_moves_one_step_a_turn_for_all_to_see() -> None:
    turn = play_turn(tiny_world(), {"AAA": (Posture(3),), "BBB": (Posture(4),)})
    assert (state_of(turn, "AAA").posture, state_of(turn, "BBB").posture) == (3, 2)
    (changed,) = events_of(turn, "posture_changed")
    assert (changed["before"], changed["step"], changed.witnesses) == (2, 3, None)


def test_a_conquest_yields_more_from_year_to_year() -> None:
    world = with_province(tiny_world(), "bbb-north", owner="AAA", holder="AAA", annexed=1)
    figures = [public_finance.revenue(replace(world, turn=turn), "AAA") for turn in (1, 2, 3, 4, 5)]
    assert figures[0] == figures[1] < figures[2] < figures[3] < figures[4]


def test_reputation_and_resolve_drift_back_and_peace_rests() -> None:
    world = with_state(
        tiny_world(), "AAA", reliability=5_000, resolve=9_000, exhaustion=5_000, mobilised=True
    )
    after = state_of(play_turn(world), "AAA")
    rules = world.atlas.rules
    assert after.reliability == 5_000 + rules.reliability_recovers
    assert after.resolve == 9_000 - rules.resolve_recovers
    assert after.exhaustion == 5_000 - rules.exhaustion_recovers
    assert not after.mobilised


def test_treaties_run_on_after_their_term_unless_it_is_fixed() -> None:
    world = with_treaty(tiny_world(), "AAA", "BBB", until=1)
    world = with_treaty(world, "AAA", "CCC", until=1)
    open_end, fixed = world.treaties
    world = replace(world, treaties=(open_end, replace(fixed, fixed=True)))
    turn = play_turn(world)
    assert [treaty.parties for treaty in turn.world.treaties] == [("AAA", "BBB")]
    assert turn.world.treaties[0].past_term(turn.world.turn)
    (ended,) = events_of(turn, "treaty_ended")
    assert (ended.target, ended["why"]) == ("CCC", "expired")


def test_partners_who_find_themselves_enemies_are_partners_no_more() -> None:
    world = with_war(tiny_world(), ("AAA",), ("BBB",))
    world = with_treaty(world, "AAA", "BBB", obligations=("consultation",))
    turn = play_turn(world)
    assert not turn.world.treaties
    assert events_of(turn, "treaty_ended")[0]["why"] == "war"


def test_great_powers_rise_and_fall_by_their_share() -> None:
    world = tiny_world(states={"DDD": {"great": False}, "CCC": {"great": True}})
    assert [state.great for state in world.states] == [True, True, True, False]
    poor = {"population": 0.01, "industry": 0.01}
    small = tiny_world(
        provinces={
            f"{name}-{part}": poor for name in ("bbb", "ccc") for part in ("north", "south")
        },
        states={"CCC": {"great": True}},
    )
    for name in ("BBB", "CCC"):
        small = with_state(small, name, army=1_000, fleet=0, great=True)
    turn = play_turn(small)
    assert int(capability(turn.world)[1]) < small.atlas.rules.pole_falls
    assert [event.actor for event in events_of(turn, "pole_fallen")] == ["BBB"]
    assert state_of(turn, "CCC").great


def test_two_great_powers_stand_while_two_states_live() -> None:
    world = tiny_world(("AAA", "BBB"), states={"BBB": {"army": 0, "fleet": 0}})
    world = with_state(world, "AAA", army=10**12)
    assert [state.great for state in play_turn(world).world.states] == [True, True]


def test_a_power_off_the_map_enters_when_the_map_says_so() -> None:
    world = tiny_world(states={"DDD": {"committed": [[1, 0], [3, 0.5]]}})
    assert world.playing() == ("AAA", "BBB", "CCC")
    turn = play_turn(world)
    assert not events_of(turn, "power_committed")
    turn = play_turn(turn.world)
    assert events_of(turn, "power_committed")[0]["share"] == BP // 2
    assert turn.world.turn == 3
    assert "DDD" in turn.world.playing()


def test_what_has_rested_long_enough_is_forgotten() -> None:
    world = replace(
        tiny_world(), cooldowns={("demand", "AAA", "BBB"): 1, ("offer", "AAA", "BBB"): 2}
    )
    assert play_turn(world).world.cooldowns == {("offer", "AAA", "BBB"): 2}
