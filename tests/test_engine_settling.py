"""What ends a war beside a plain peace: who leads a side, who deserts it, who rises again."""

from dataclasses import replace

from game.world.legality import refusal
from game.world.model import World
from game.world.orders import Front, OfferPeace, PeaceTerms
from game.world.rules import BP
from tests.worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_world,
    with_province,
    with_state,
    with_war,
)

QUIET = {
    state: tuple(Front(other, 0, attack=False) for other in ("AAA", "BBB", "CCC"))
    for state in ("AAA", "BBB", "CCC", "DDD")
}


def test_a_leader_disposes_of_the_land_of_its_side_for_its_side() -> None:
    """Land of an ally of the leader can be moved by the leaders' peace, and by no other."""
    world = with_war(tiny_world(), ("AAA", "DDD"), ("BBB", "CCC"))
    terms = PeaceTerms(takes=("ccc-north",))
    assert refusal(world, "AAA", OfferPeace(1, "BBB", terms)) is None
    apart = refusal(world, "DDD", OfferPeace(1, "BBB", terms))
    assert apart is not None
    assert apart.code == "not_theirs"
    turn = play_turn(world, {**QUIET, "AAA": (OfferPeace(1, "BBB", terms),)}, {"peace": "accept"})
    assert turn.world.province("ccc-north").owner == "AAA"


def test_who_leaves_its_side_in_a_war_is_believed_less_unless_it_is_exhausted() -> None:
    cost = tiny_world().atlas.rules.reliability_separate_peace
    start = tiny_world().atlas.rules.reliability_start
    for tired, lost in ((0, cost), (6_100, 0), (BP, 0)):
        world = with_war(tiny_world(), ("AAA",), ("BBB", "CCC"))
        world = with_state(world, "CCC", exhaustion=tired)
        orders = {**QUIET, "CCC": (OfferPeace(1, "AAA"),)}
        turn = play_turn(world, orders, {"peace": "accept"})
        drift = min(lost, world.atlas.rules.reliability_recovers)
        assert state_of(turn, "CCC").reliability == start - lost + drift
        assert state_of(turn, "AAA").reliability == start


def partitioned() -> World:
    """CCC is no more: BBB owns the north of it, DDD the south; AAA is at war with BBB."""
    world = tiny_world()
    for province, owner in (("ccc-north", "BBB"), ("ccc-south", "DDD")):
        world = with_province(world, province, owner=owner, holder=owner, annexed=1)
    world = with_state(world, "CCC", alive=False, army=0, fleet=0, treasury=0, great=False)
    return with_war(world, ("AAA",), ("BBB",))


def test_a_dead_state_rises_again_on_what_the_loser_owns_of_its_land() -> None:
    offer = OfferPeace(1, "BBB", PeaceTerms(restores=("CCC",)))
    turn = play_turn(partitioned(), {**QUIET, "AAA": (offer,)}, {"peace": "accept"})
    risen = state_of(turn, "CCC")
    assert risen.alive
    assert 0 < risen.army < turn.world.state("BBB").army
    north = turn.world.province("ccc-north")
    assert (north.owner, north.holder, north.annexed) == ("CCC", "CCC", -1)
    assert turn.world.province("ccc-south").owner == "DDD"
    (told,) = events_of(turn, "state_restored")
    assert (told.actor, told.target, told["from"]) == ("CCC", "AAA", "BBB")
    assert play_turn(turn.world).world.state("CCC").alive


def test_the_restoration_of_a_state_has_its_price_and_its_bounds() -> None:
    world = partitioned()
    rules = world.atlas.rules
    for score, stands in ((rules.score_restore, True), (rules.score_restore - 1, False)):
        fought = replace(world, wars=(replace(world.wars[0], score=score),))
        beaten = with_state(fought, "BBB", exhaustion=BP)
        offer = OfferPeace(1, "BBB", PeaceTerms(restores=("CCC",)))
        turn = play_turn(beaten, {**QUIET, "AAA": (offer,)}, {"peace": "decline"})
        assert state_of(turn, "CCC").alive is stands
    for name in ("DDD", "nobody"):
        refused = refusal(world, "AAA", OfferPeace(1, "BBB", PeaceTerms(restores=(name,))))
        assert refused is not None
        assert refused.code == "not_restorable"
