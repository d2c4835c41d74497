"""Wars: how they begin, who is drawn in, how they are fought, and that they end."""

from typing import Any

import pytest

from game.world.fronts import Strike, deploy, occupation, strike_odds, strikes
from game.world.model import World
from game.world.orders import Budget, DeclareWar, Front, OfferPeace, PeaceTerms, Posture
from game.world.questions import Answer, CallQuestion, Question
from game.world.rules import BP
from tests.worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_world,
    with_crisis,
    with_province,
    with_state,
    with_treaty,
    with_war,
)

WAR = {"AAA": (DeclareWar("BBB"),)}
ULTIMATUM = {"stake": "cede", "subject": "bbb-north", "rung": 2}


def calls(**ways: str) -> Any:
    """Who honours a call; crises climb for AAA alone; nobody joins."""

    def answering(question: Question) -> Answer:
        if question.kind == "crisis":
            return "climb" if question.asked == "AAA" else "hold"
        if question.kind == "call":
            return ways.get(question.asked, "refuse")
        return "none"

    return answering


def called(questions: list[CallQuestion]) -> list[tuple[str, str, str]]:
    return [(question.asked, question.by, question.enemy) for question in questions]


def hold(*states: str) -> dict[str, tuple[Front, ...]]:
    return {state: (Front("BBB" if state == "AAA" else "AAA", 1, False),) for state in states}


def test_a_surprise_war_costs_reliability_and_breaks_treaties() -> None:
    world = with_treaty(tiny_world(), "AAA", "BBB", obligations=("nonaggression",))
    turn = play_turn(world, WAR)
    (declared,) = events_of(turn, "war_declared")
    assert declared["surprise"] == 1
    (broken,) = events_of(turn, "treaty_broken")
    assert (broken.actor, broken["why"]) == ("AAA", "war")
    rules = world.atlas.rules
    lost = rules.reliability_surprise_war + rules.reliability_breach - rules.reliability_recovers
    assert state_of(turn, "AAA").reliability == rules.reliability_start - lost
    assert not turn.world.treaties


def test_the_calm_may_not_declare_war() -> None:
    turn = play_turn(with_state(tiny_world(), "AAA", posture=1), WAR)
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["too_calm"]


def test_from_a_standing_ultimatum_a_declaration_is_no_surprise() -> None:
    world = with_crisis(tiny_world(), "AAA", "BBB", **ULTIMATUM)
    turn = play_turn(world, WAR)
    assert events_of(turn, "war_declared")[0]["surprise"] == 0
    assert not turn.world.crises


def test_a_defence_pact_falls_due_for_the_attacked() -> None:
    """And not for a pact that names another adversary, nor for a partner of the attacker."""
    world = with_treaty(tiny_world(), "BBB", "CCC")
    world = with_treaty(world, "BBB", "DDD", against="CCC")
    world = with_treaty(world, "AAA", "DDD")
    turn = play_turn(world, WAR, {"call": "honour"})
    assert [event.target for event in events_of(turn, "call_made")] == ["CCC"]
    (honoured,) = events_of(turn, "call_honoured")
    assert (honoured.actor, honoured.target, honoured["enemy"]) == ("CCC", "BBB", "AAA")
    assert turn.world.wars == () or "CCC" in turn.world.wars[0].defenders


def test_T14_a_refused_call_is_learned_by_all() -> None:
    """A signature says little of the actual commitment: who refuses is believed less, and loses
    the treaty."""
    world = with_treaty(tiny_world(), "BBB", "CCC")
    turn = play_turn(world, WAR, {"call": "refuse"})
    (refused,) = events_of(turn, "call_refused")
    assert refused.witnesses is None
    assert [event["why"] for event in events_of(turn, "treaty_broken")] == ["refused"]
    rules = world.atlas.rules
    lost = rules.reliability_refused_call - rules.reliability_recovers
    assert state_of(turn, "CCC").reliability == rules.reliability_start - lost


def test_partners_of_a_surprise_attacker_owe_nothing() -> None:
    for surprise, asked in ((True, []), (False, ["CCC"])):
        world = with_treaty(tiny_world(), "AAA", "CCC", obligations=("offense",), against="BBB")
        if surprise:
            turn = play_turn(world, WAR, calls(CCC="honour"))
        else:
            world = with_crisis(world, "AAA", "BBB", **ULTIMATUM)
            turn = play_turn(world, {}, calls(CCC="honour"))
        assert len(events_of(turn, "war_declared")) == 1
        assert [event.target for event in events_of(turn, "call_made")] == asked


def test_S11_calls_go_out_in_waves_and_chain_states_into_war() -> None:
    """Alliances chain states into wars: A attacks B, C stands by B, and so D by A against C."""
    world = with_crisis(tiny_world(), "AAA", "BBB", **ULTIMATUM)
    world = with_treaty(world, "BBB", "CCC", against="AAA")
    world = with_treaty(world, "AAA", "DDD", against="CCC")
    turn = play_turn(world, {}, calls(CCC="honour", DDD="honour"))
    made = [(event.actor, event.target, event["enemy"]) for event in events_of(turn, "call_made")]
    assert made == [("BBB", "CCC", "AAA"), ("AAA", "DDD", "CCC")]
    joined = {event.actor: event["side"] for event in events_of(turn, "war_joined")}
    assert joined == {"CCC": "defenders", "DDD": "attackers"}


def test_a_state_bound_to_both_sides_is_asked_once_by_the_stronger_bond() -> None:
    world = with_crisis(tiny_world(), "AAA", "BBB", **ULTIMATUM)
    world = with_treaty(world, "BBB", "CCC")
    world = with_treaty(world, "AAA", "CCC", obligations=("offense",), against="BBB")
    asked: list[CallQuestion] = []

    def answering(question: Question) -> Answer:
        if isinstance(question, CallQuestion):
            asked.append(question)
        return calls()(question)

    play_turn(world, {}, answering)
    assert called(asked) == [("CCC", "AAA", "BBB")]


def test_a_pledge_is_called_as_an_obligation_is() -> None:
    world = with_crisis(tiny_world(), "AAA", "BBB", pledges=(("CCC", "BBB"),), **ULTIMATUM)
    turn = play_turn(world, {}, calls())
    (made,) = events_of(turn, "call_made")
    assert (made.actor, made.target, made["treaty"]) == ("BBB", "CCC", -1)
    rules = world.atlas.rules
    assert state_of(turn, "CCC").reliability < rules.reliability_start
    assert state_of(turn, "CCC").resolve < rules.resolve_start


def test_T6_bystanders_may_join_either_side_and_are_asked_again_later() -> None:
    """Bandwagoning for spoils, in wartime: who is in reach may join, also once the victor shows."""
    asked: list[tuple[int, str]] = []

    def answering(question: Question) -> Answer:
        if question.kind == "join":
            asked.append((turn_number, question.asked))
            return "attackers" if turn_number > 1 else "none"
        return "decline" if question.kind == "peace" else "refuse"

    world = tiny_world()
    turn_number = 1
    turn = play_turn(world, {**WAR, **hold("BBB")}, answering)
    for turn_number in (2, 3, 4):  # noqa: B007 (read by `answering`)
        held = with_war(turn.world, ("AAA",), ("BBB",)) if not turn.world.wars else turn.world
        turn = play_turn(held, hold("AAA", "BBB"), answering)
    assert {state for number, state in asked if number == 1} == {"CCC", "DDD"}
    assert {number for number, state in asked if state == "DDD"} == {1, 4}
    assert {event.actor for event in events_of(turn, "war_joined")} == {"CCC", "DDD"}


def test_the_odds_shown_are_the_odds_used() -> None:
    world = with_war(
        with_state(tiny_world(), "AAA", posture=4), ("AAA",), ("BBB",), aim="bbb-south"
    )
    (strike,) = strikes(world, world.wars[0], "AAA", "BBB")[0]
    assert strike == Strike("bbb-south", False)
    army = deploy(world, "AAA", {}).attacking("BBB")
    facing = deploy(world, "BBB", {}).defending("AAA")
    shown = strike_odds(world, "AAA", "BBB", strike, army, facing)
    turn = play_turn(world, {"BBB": (Front("AAA", 1, False),)})
    assert events_of(turn, "battle_fought")[0]["odds"] == shown


def test_odds_rise_with_forces_and_fall_with_the_defenders_ground() -> None:
    strike = Strike("bbb-north", False)
    plain = tiny_world()
    hills = tiny_world(provinces={"bbb-north": {"terrain": "mountain"}})
    even = strike_odds(plain, "AAA", "BBB", strike, 1_000, 1_000)
    assert even == 5_000
    assert strike_odds(plain, "AAA", "BBB", strike, 2_000, 1_000) > even
    assert strike_odds(hills, "AAA", "BBB", strike, 1_000, 1_000) < even


def test_battles_cost_both_and_won_ground_is_held() -> None:
    world = with_state(tiny_world(), "AAA", army=20_000_000)
    turn = play_turn(world, WAR)
    fought, taken = events_of(turn, "battle_fought"), events_of(turn, "province_taken")
    assert fought
    assert taken
    assert all(event.number("attacker_losses") > 0 for event in fought)
    for event in taken:
        province = turn.world.province(event.text("province"))
        assert province.holder == "AAA" or not turn.world.wars
    lost = sum(event.number("defender_losses") for event in fought)
    assert state_of(turn, "BBB").army <= world.state("BBB").army - lost


def test_an_army_is_divided_by_weight_and_by_the_danger_faced() -> None:
    world = with_war(with_war(tiny_world(), ("BBB",), ("AAA",)), ("BBB",), ("CCC",))
    even = deploy(world, "BBB", {}).lines
    assert even["AAA"] == even["CCC"]
    weighed = deploy(world, "BBB", {"AAA": Front("AAA", 3), "CCC": Front("CCC", 1)}).lines
    assert weighed["AAA"] == 3 * weighed["CCC"]
    assert deploy(world, "BBB", {"CCC": Front("CCC", 0)}).lines["CCC"] == 0
    stronger = deploy(with_state(world, "CCC", army=9_000_000), "BBB", {}).lines
    assert stronger["CCC"] > stronger["AAA"]


def test_a_reserve_stands_behind_fronts_by_danger_and_attacks_on_the_main_one() -> None:
    world = with_war(with_war(tiny_world(), ("BBB",), ("AAA",)), ("BBB",), ("CCC",))
    army = deploy(with_state(world, "CCC", army=100_000), "BBB", {})
    assert army.main == "AAA"
    assert army.attacking("AAA") == army.lines["AAA"] + army.reserve
    assert army.attacking("CCC") == army.lines["CCC"]
    behind = {enemy: army.defending(enemy) - army.lines[enemy] for enemy in army.lines}
    assert army.reserve - 1 <= sum(behind.values()) <= army.reserve
    assert behind["AAA"] > 10 * behind["CCC"] > 0
    assert army.reserve * 3 > world.state("BBB").army // 2


def test_a_front_without_weight_is_still_defended_by_the_reserve() -> None:
    world = with_war(with_war(tiny_world(), ("BBB",), ("AAA",)), ("BBB",), ("CCC",))
    army = deploy(world, "BBB", {"CCC": Front("CCC", 0)})
    assert army.lines["CCC"] == 0
    assert army.defending("CCC") == army.reserve // 2


def test_enemies_on_several_sides_add_up() -> None:
    """Two that are each as strong as a third outweigh it on both fronts (THEORY S7, p. 44)."""
    world = with_war(tiny_world(), ("BBB",), ("AAA", "CCC"))
    army = deploy(world, "BBB", {})
    for enemy in ("AAA", "CCC"):
        against = deploy(world, enemy, {})
        assert against.attacking("BBB") > 3 * army.defending(enemy) // 2


def test_armies_march_through_their_own_sides_land_alone() -> None:
    """CCC cannot strike AAA across neutral BBB; beside BBB it can, less strongly from afar."""
    apart = with_war(tiny_world(), ("CCC",), ("AAA",))
    assert strikes(apart, apart.wars[0], "CCC", "AAA") == []
    together = with_war(tiny_world(), ("CCC", "BBB"), ("AAA",))
    (group,) = strikes(together, together.wars[0], "CCC", "AAA")
    for strike in group:
        near, far = (
            strike_odds(together, who, "AAA", strike, 10**6, 10**6) for who in ("BBB", "CCC")
        )
        assert near > far


def test_ground_is_taken_only_by_an_army_that_can_hold_it() -> None:
    world = with_state(with_war(tiny_world(), ("AAA",), ("BBB",)), "BBB", army=0)
    small = with_state(world, "AAA", army=occupation(world, "bbb-north") - 1)
    assert not events_of(play_turn(small), "battle_fought")
    large = with_state(world, "AAA", army=occupation(world, "bbb-north") * 3)
    assert events_of(play_turn(large), "province_taken")


def test_where_both_hold_nobody_fights_and_the_war_ends_by_itself() -> None:
    world = with_war(tiny_world(), ("AAA",), ("BBB",))
    turn = play_turn(world, hold("AAA", "BBB"))
    while turn.world.wars:
        assert not events_of(turn, "battle_fought")
        assert turn.world.turn < 10
        turn = play_turn(turn.world, hold("AAA", "BBB"))
    (made,) = events_of(turn, "peace_made")
    assert made["takes"] == made["gives"] == ()


def test_no_war_runs_for_ever() -> None:
    """Even where nobody offers or accepts anything."""
    for seed in range(6):
        world = with_war(tiny_world(), ("AAA", "DDD"), ("BBB", "CCC"))
        for _ in range(21):
            world = play_turn(world, {}, {"peace": "decline"}, seed).world
        assert not world.wars


def test_sea_separates_those_without_a_fleet() -> None:
    """An army crosses the sea only with a fleet, and a landing must win at sea as well."""
    world = tiny_world(("AAA", "BBB", "CCC"), sea=True, calendar={"step": "month"})
    war = with_war(world, ("AAA",), ("CCC",))
    landings = strikes(war, war.wars[0], "AAA", "CCC")
    assert landings == [[Strike("ccc-north", True)]]
    assert strikes(with_state(war, "AAA", fleet=0), war.wars[0], "AAA", "CCC") == []
    held = strike_odds(war, "AAA", "CCC", landings[0][0], 10**6, 10**5)
    open_sea = with_state(war, "CCC", fleet=0)
    assert strike_odds(open_sea, "AAA", "CCC", landings[0][0], 10**6, 10**5) > held


PEACE = OfferPeace(1, "BBB", PeaceTerms(takes=("bbb-north",), indemnity=5_000, disarm=True))


def at_war(**changes: Any) -> World:
    return with_war(tiny_world(), ("AAA",), ("BBB",), **changes)


def test_peace_between_leaders_ends_the_war_and_carries_out_its_terms() -> None:
    world = at_war()
    orders = {**hold("BBB"), "AAA": (PEACE,)}
    turn = play_turn(world, orders, {"peace": "accept"})
    assert not turn.world.wars
    assert turn.world.province("bbb-north").owner == "AAA"
    assert turn.world.province("bbb-north").annexed == 1
    assert state_of(turn, "BBB").army == (world.state("BBB").army + 1) // 2
    plain = play_turn(tiny_world())
    paid = tiny_world().atlas.sheet("BBB").start_revenue // 2
    gained = state_of(turn, "AAA").treasury - state_of(plain, "AAA").treasury
    assert gained >= paid * 9 // 10
    (ended,) = events_of(turn, "war_ended")
    assert (ended.actor, ended.target) == ("AAA", "BBB")


def test_a_truce_follows_a_peace() -> None:
    turn = play_turn(at_war(), {"AAA": (OfferPeace(1, "BBB"),)}, {"peace": "accept"})
    again = play_turn(turn.world, WAR)
    assert [event["reason"] for event in events_of(again, "order_refused")] == ["truce"]


def test_a_refused_peace_changes_nothing() -> None:
    orders = {"AAA": (OfferPeace(1, "BBB"), Front("BBB", 1, False)), **hold("BBB")}
    turn = play_turn(at_war(), orders, {"peace": "decline"})
    assert len(events_of(turn, "peace_refused")) == 1
    assert turn.world.wars


def test_the_exhausted_must_take_a_white_peace() -> None:
    world = with_state(at_war(), "BBB", exhaustion=6_100)
    turn = play_turn(world, {"AAA": (OfferPeace(1, "BBB"),)}, {"peace": "decline"})
    assert not turn.world.wars
    dear = play_turn(
        world, {**hold("BBB"), "AAA": (PEACE, Front("BBB", 1, False))}, {"peace": "decline"}
    )
    assert dear.world.wars


@pytest.mark.parametrize(("tired", "stands"), [(6_100, False), (BP, True)])
def test_who_is_winning_need_not_take_a_white_peace_before_it_is_spent(
    tired: int, stands: bool
) -> None:
    world = with_state(at_war(score=-3_000), "BBB", exhaustion=tired)
    offer = (OfferPeace(1, "BBB"), Front("BBB", 1, False))
    turn = play_turn(world, {**hold("BBB"), "AAA": offer}, {"peace": "decline"})
    assert (not turn.world.wars) is stands


@pytest.mark.parametrize(("score", "stands"), [(9_000, True), (1_000, False)])
def test_at_full_exhaustion_what_the_score_buys_stands(score: int, stands: bool) -> None:
    world = with_state(at_war(score=score), "BBB", exhaustion=BP)
    orders = {**hold("BBB"), "AAA": (PEACE, Front("BBB", 1, False))}
    turn = play_turn(world, orders, {"peace": "decline"})
    assert (turn.world.province("bbb-north").owner == "AAA") is stands


def test_one_peace_takes_a_fifth_or_a_single_province() -> None:
    both = OfferPeace(1, "BBB", PeaceTerms(takes=("bbb-north", "bbb-south")))
    turn = play_turn(at_war(), {"AAA": (both,)}, {"peace": "accept"})
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["too_much"]


def test_one_peace_with_several_takes_a_fifth_of_all_or_a_single_province() -> None:
    world = with_war(tiny_world(), ("AAA",), ("BBB", "CCC"))
    each = OfferPeace(1, "BBB", PeaceTerms(takes=("bbb-north", "ccc-north")))
    turn = play_turn(world, {"AAA": (each,)}, {"peace": "accept"})
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["too_much_at_once"]


def test_what_was_taken_from_a_comrade_goes_back_to_it() -> None:
    world = with_war(tiny_world(), ("AAA", "CCC"), ("BBB",))
    world = with_province(world, "ccc-north", owner="BBB", holder="AAA", annexed=1)
    offer = OfferPeace(1, "BBB", PeaceTerms(takes=("ccc-north",)))
    turn = play_turn(world, {"AAA": (offer,)}, {"peace": "accept"})
    back = turn.world.province("ccc-north")
    assert (back.owner, back.annexed) == ("CCC", -1)


def test_a_separate_peace_takes_one_out() -> None:
    world = with_war(tiny_world(), ("AAA",), ("BBB", "CCC"))
    orders = {"CCC": (OfferPeace(1, "AAA"),), **hold("AAA", "BBB")}
    turn = play_turn(world, orders, {"peace": "accept"})
    (war,) = turn.world.wars
    assert war.defenders == ("BBB",)
    assert events_of(turn, "peace_made")[0]["separate"] == 1
    refused = play_turn(
        with_war(tiny_world(), ("AAA", "DDD"), ("BBB", "CCC")), {"CCC": (OfferPeace(1, "DDD"),)}
    )
    assert events_of(refused, "order_refused")[0]["reason"] == "not_leader"


def test_occupied_land_goes_back_at_a_white_peace() -> None:
    world = with_province(at_war(), "bbb-north", holder="AAA")
    turn = play_turn(world, {"AAA": (OfferPeace(1, "BBB"),)}, {"peace": "accept"})
    assert turn.world.province("bbb-north").holder == "BBB"


def test_a_wholly_occupied_state_surrenders_what_the_cap_allows() -> None:
    world = at_war(score=9_000)
    for province in ("bbb-north", "bbb-south"):
        world = with_province(world, province, holder="AAA")
    turn = play_turn(world, {}, {"peace": "accept"})
    (made,) = events_of(turn, "peace_made")
    assert made.actor == "BBB"
    assert len(made.names("gives")) == 1
    assert state_of(turn, "BBB").alive
    assert not turn.world.wars


def test_a_state_without_land_is_no_more() -> None:
    """Its wars, treaties, crises and money end with it."""
    world = with_province(at_war(score=9_000), "bbb-south", owner="CCC", holder="CCC")
    world = with_province(world, "bbb-north", holder="AAA")
    world = with_crisis(with_treaty(world, "BBB", "DDD"), "CCC", "BBB", rung=1)
    turn = play_turn(world, {}, {"peace": "accept", "call": "refuse"})
    assert [event.actor for event in events_of(turn, "state_eliminated")] == ["BBB"]
    gone = state_of(turn, "BBB")
    assert (gone.alive, gone.army, gone.treasury) == (False, 0, 0)
    assert not turn.world.wars
    assert not turn.world.crises
    assert not turn.world.treaties
    idle = play_turn(turn.world, {"BBB": (Budget(army=100),), "AAA": (Posture(3),)})
    assert events_of(idle, "order_refused")[0]["reason"] == "dead"


def test_lost_ground_is_freed_for_its_owner() -> None:
    world = with_war(tiny_world(), ("AAA",), ("BBB",))
    world = with_state(with_province(world, "aaa-north", holder="BBB"), "AAA", army=30_000_000)
    turn = play_turn(world, {}, {"peace": "decline"})
    freed = events_of(turn, "province_taken")
    assert freed[0]["province"] == "aaa-north"
    assert turn.world.province("aaa-north").holder == "AAA"


def test_T6_spoils_go_by_contribution_and_the_aim_to_the_leader() -> None:
    """Who joins for spoils gets what it won; the leader keeps the leader's share."""
    for aim, owner in (("", "CCC"), ("bbb-north", "AAA")):
        world = with_war(tiny_world(), ("AAA", "CCC"), ("BBB",), aim=aim)
        world = with_province(world, "bbb-north", holder="CCC")
        offer = OfferPeace(1, "BBB", PeaceTerms(takes=("bbb-north",)))
        turn = play_turn(world, {"AAA": (offer,)}, {"peace": "accept"})
        assert turn.world.province("bbb-north").owner == owner
