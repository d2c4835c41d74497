"""What signing changes for the aim is told before it is signed, and is what comes of it."""

from dataclasses import replace

import pytest

from game import Campaign, load_map
from game.advice.aim_if_signed import aim_if_signed
from game.campaign import answer_choices
from game.scoring import hostile_bloc, own_side
from game.words import percent
from game.world.atlas import Aim
from game.world.memo import changed
from game.world.model import Treaty, World
from game.world.orders import Offer, Terms
from game.world.questions import OfferQuestion
from tests.worlds import tiny_world

PEACE = Aim("calm", "Calm", "peace", 0, 5)
RING = Aim("ring", "Break the ring", "break_ring", 0.3, 5)
DEFENSE = Terms(("defense",), "CCC", 6)


def joined(world: World, *pacts: tuple[str, str, str]) -> World:
    """The world with defence pacts: (party, party, against)."""
    made = tuple(
        Treaty(20 + at, (one, other), Terms(("defense",), against), 1, 7)
        for at, (one, other, against) in enumerate(pacts)
    )
    return changed(world, treaties=(*world.treaties, *made))


def test_a_pact_tells_the_side_and_the_great_power_that_it_brings() -> None:
    world = tiny_world()
    said = aim_if_signed(PEACE, world, "AAA", Offer("BBB", DEFENSE))
    after = joined(world, ("AAA", "BBB", "CCC"))
    was, now = percent(own_side(world, "AAA")), percent(own_side(after, "AAA"))
    assert f"our side {was}, then {now}, a match at " in said
    assert said.startswith("For your aim: ")
    assert said.endswith(".")
    # The same put before us says the same.
    asked = OfferQuestion("q", "AAA", "BBB", DEFENSE)
    assert aim_if_signed(PEACE, world, "AAA", asked) == said


def test_a_partner_won_out_of_the_ring_makes_it_smaller() -> None:
    world = joined(tiny_world(), ("CCC", "DDD", "AAA"))
    was = hostile_bloc(world, "AAA")
    said = aim_if_signed(RING, world, "AAA", Offer("DDD", Terms(("defense",), "", 6)))
    now = hostile_bloc(joined(world, ("AAA", "DDD", "")), "AAA")
    assert now < was
    assert f"hostile bloc {percent(was)}, then {percent(now)}, wanted at most 30%" in said


@pytest.mark.parametrize("kind", ["take", "grow", "broker"])
def test_aims_that_ask_for_no_side_say_nothing(kind: str) -> None:
    aim = Aim("other", "Other", kind, "ccc-north" if kind == "take" else 1, 0)
    assert aim_if_signed(aim, tiny_world(), "AAA", Offer("BBB", DEFENSE)) == ""


def test_terms_that_bind_nobody_to_fight_change_nothing() -> None:
    offer = Offer("BBB", Terms(("consultation",), "", 6))
    assert aim_if_signed(PEACE, tiny_world(), "AAA", offer) == ""


def test_an_invitation_is_told_by_what_the_treaty_would_be_then() -> None:
    world = joined(tiny_world(), ("BBB", "CCC", "DDD"))
    terms = world.treaties[-1].terms
    asked = OfferQuestion("q", "AAA", "BBB", terms, joins=20, newcomer="AAA")
    said = aim_if_signed(PEACE, world, "AAA", asked)
    three = replace(world.treaties[-1], parties=("BBB", "CCC", "AAA"))
    after = changed(world, treaties=(*world.treaties[:-1], three))
    assert f", then {percent(own_side(after, 'AAA'))}, a match at " in said
    assert aim_if_signed(PEACE, world, "AAA", replace(asked, joins=99)) == ""


def test_the_answer_to_an_offer_tells_it_and_to_decline_does_not() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="OMB", seed=7)
    assert campaign.aim is not None
    asked = OfferQuestion("q", "OMB", "KHA", Terms(("defense",), "VOR", 6))
    world = campaign.world
    told = answer_choices.what_follows(asked, "accept", world, campaign.aim)
    assert any(line.startswith("For your aim: ") for line in told)
    declined = answer_choices.what_follows(asked, "decline", world, campaign.aim)
    assert not any("For your aim" in line for line in declined)
