"""The ledger's claims of balance of power: each docstring is the claim in plain words."""

from dataclasses import replace
from itertools import permutations

import pytest

from game.dice import dice
from game.engine.phases.peace import quit_war
from game.engine.turn_context import TurnContext
from game.maps.load import load_map
from game.theory.families.pact_worth import INERTIA_CAP
from game.world.model import World
from game.world.orders import Denounce, Terms
from game.world.questions import OfferQuestion
from tests.forks import Moment, moment
from tests.worlds import (
    events_of,
    play_turn,
    tiny_doc,
    tiny_world,
    with_state,
    with_treaty,
    with_war,
)

DOCTRINES = ("BOP", "BOT")
NAMES = ("AAA", "BBB", "CCC", "DDD")


def allied(against: str = "CCC", age: int = 1, **parts: object) -> Moment:
    """AAA and BBB bound to each other's defence against CCC, which both fear."""
    parts = {"states": {"CCC": {"army": 400, "posture": 0.75}}, **parts}
    start = moment(tiny_doc(NAMES, **parts))
    world = with_treaty(replace(start.world, turn=12), "AAA", "BBB", against=against, until=30)
    treaty = replace(world.treaties[-1], signed=12 - age)
    return start.with_world(replace(world, treaties=(treaty,)))


def leaves(at: Moment, state: str, doctrine: str) -> float:
    """How much a state wishes to end its first treaty by notice: its utility over doing nothing."""
    wishes = at.wishes(state, doctrine)
    return wishes[Denounce(at.world.treaties_of(state)[0].id)]


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_W8_no_alliance_without_its_adversary(doctrine: str) -> None:
    """The common interest is negative, fear of others: with the adversary weakened, the same
    alliance is left sooner."""
    feared = allied()
    weak = with_state(feared.world, "CCC", army=feared.world.state("CCC").army // 20, posture=0)
    assert leaves(feared.with_world(weak), "AAA", doctrine) > leaves(feared, "AAA", doctrine)


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_W8_a_pact_is_worth_what_its_adversary_is_feared(doctrine: str) -> None:
    """Who would sign against a strong foe would sign less against the same foe when it is weak."""
    strong = moment(tiny_doc(NAMES, states={"CCC": {"army": 300, "posture": 0.75}}))
    weak = strong.with_world(with_state(strong.world, "CCC", army=1_000, fleet=0))
    question = OfferQuestion("q", "AAA", "BBB", Terms(("defense",), "CCC", 6))
    signs = [at.answers(question, doctrine)["accept"] for at in (weak, strong)]
    assert signs[0] < signs[1]


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_W10_who_settles_with_a_rival_makes_its_allies_uneasy(doctrine: str) -> None:
    """A member that settles with a rival makes its allies uneasy: without the rapprochement the
    pact is left later."""
    start = moment(load_map("five-crowns"))
    bare = replace(start.world, treaties=())
    uneasy = []
    for ally, other, foe in permutations([state.id for state in bare.states], 3):
        pact = with_treaty(bare, ally, other, against=foe)
        settled = with_treaty(pact, other, foe, obligations=("nonaggression",))
        before, after = (
            leaves(start.with_world(world), ally, doctrine) for world in (pact, settled)
        )
        uneasy.append(after - before)
    assert sum(uneasy) / len(uneasy) > 0
    assert sum(wish > 0 for wish in uneasy) > 2 * sum(wish < 0 for wish in uneasy)


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_W11_age_holds_a_treaty_a_little_and_its_adversary_much(doctrine: str) -> None:
    """Institutions add little longevity: a treaty's age makes its members reluctant to leave, less
    than its adversary does, and never by more than a bound."""
    young, old, ancient = (allied(age=age) for age in (0, 6, 11))
    without = with_state(young.world, "CCC", army=1_000, fleet=0, posture=0)
    of_age = leaves(young, "AAA", doctrine) - leaves(old, "AAA", doctrine)
    of_the_adversary = leaves(young.with_world(without), "AAA", doctrine) - leaves(
        young, "AAA", doctrine
    )
    assert 0 < of_age < of_the_adversary
    assert leaves(ancient, "AAA", doctrine) == pytest.approx(leaves(old, "AAA", doctrine))
    assert INERTIA_CAP < 0.05


def league() -> World:
    """Three allies, of whom AAA is by far the strongest."""
    world = tiny_world(states={"AAA": {"army": 400, "fleet": 40}})
    return with_treaty(world, "BBB", "AAA", "CCC")


@pytest.mark.parametrize("breach", [True, False])
@pytest.mark.parametrize(("leaver", "left"), [("AAA", 0), ("BBB", 2), ("CCC", 2)])
def test_W12_the_strongest_members_exit_ends_the_alliance(
    leaver: str, left: int, breach: bool
) -> None:
    """The strongest member controls disintegration: its exit, by notice or by breach, ends the
    alliance for all; another's leaves the rest bound. Fork: who goes."""
    turn = play_turn(league(), {leaver: (Denounce(1, breach=breach),)})
    if not breach:
        turn = play_turn(turn.world)
    assert sum(len(treaty.parties) for treaty in turn.world.treaties) == left
    told = [event for event in events_of(turn, "treaty_ended") if event["why"] == "leader"]
    assert len(told) == (leaver == "AAA")


def test_W12_the_strongest_leads_its_side_whoever_began_the_war() -> None:
    """Weight in a side's decisions goes with capability: the strongest that joins takes the lead,
    and what its side began the war for stays its beginner's."""
    joined = with_war(tiny_world(states={"CCC": {"army": 400}}), ("AAA", "CCC"), ("BBB",))
    later = play_turn(joined)
    (passed,) = events_of(later, "lead_passed")
    assert (passed.actor, passed.target, passed["side"]) == ("CCC", "AAA", "attackers")
    (war,) = later.world.wars
    assert war.attackers == ("CCC", "AAA")
    assert war.opener == "AAA"
    assert not events_of(play_turn(later.world), "lead_passed")


def test_W12_between_equals_the_lead_does_not_change_hands() -> None:
    """Only a clearly stronger comrade takes a lead over: no to and fro between equals."""
    world = with_war(tiny_world(states={"CCC": {"army": 104}}), ("AAA", "CCC"), ("BBB",))
    assert not events_of(play_turn(world), "lead_passed")


def test_W12_when_a_leader_is_gone_the_strongest_of_the_rest_leads() -> None:
    """A side that loses its leader follows its strongest member, not the next in line."""
    world = tiny_world(states={"DDD": {"army": 108}})
    world = with_war(world, ("AAA",), ("BBB", "CCC", "DDD"))
    context = TurnContext(world, {}, {}, dice(1))
    quit_war(context, world.wars[0], "BBB")
    (war,) = context.world.wars
    assert war.defenders == ("DDD", "CCC")
    assert war.victim == "BBB"
    (passed,) = context.events
    assert (passed.kind, passed.actor, passed.target) == ("lead_passed", "DDD", "BBB")
    follower = TurnContext(world, {}, {}, dice(1))
    quit_war(follower, world.wars[0], "CCC")
    assert follower.world.wars[0].defenders == ("BBB", "DDD")
    assert not follower.events
