"""What the theory's sums come to where small faults went unseen: sides, land, gifts, counters."""

from dataclasses import replace

import pytest

from game.maps.load import load_map
from game.theory.choices import classify_answer, question_appraisal
from game.theory.families.crisis import _growth
from game.theory.families.expected_coalitions import chance_of_war
from game.theory.families.influence import AID_STEPS, _gifts
from game.theory.families.war import _sides_of
from game.world import public_finance
from game.world.model import War
from game.world.odds import war_odds
from game.world.orders import Demand, Terms
from game.world.questions import OfferQuestion
from game.world.rules import BP
from tests.forks import moment
from tests.worlds import with_province, with_state


def test_the_sides_of_a_war_are_seen_from_the_friend_s() -> None:
    war = War(1, ("AAA", "BBB"), ("CCC", "DDD"), 1, "", False)
    assert _sides_of(war, "BBB", "CCC") == (("AAA", "BBB"), ("CCC", "DDD"))
    assert _sides_of(war, "DDD", "AAA") == (("CCC", "DDD"), ("AAA", "BBB"))
    assert _sides_of(None, "BBB", "CCC") == (("BBB",), ("CCC",))


def test_the_chance_of_a_war_is_that_of_the_war_room_and_never_certain() -> None:
    """Who would fight on both sides is counted on one's own; against nobody it is nearly sure."""
    at = moment()
    sight = at.sight("AAA")
    shown = war_odds(at.world, ("AAA", "BBB"), ("CCC",)) / BP
    assert chance_of_war(sight, ("AAA", "BBB"), ("CCC",)) == shown
    assert chance_of_war(sight, ("AAA", "BBB", "AAA"), ("CCC", "BBB")) == shown
    assert shown < chance_of_war(sight, ("AAA", "BBB"), ("BBB",)) < 1


def test_growth_by_land_is_a_part_of_oneself_and_never_more_than_the_whole() -> None:
    at = moment()
    sight, view = at.sight("AAA"), at.view("AAA", "BOT")
    land = Demand("BBB", "cede", "bbb-north")
    ordinary = _growth(view, sight, land, "AAA")
    assert 0 < ordinary < 1
    assert _growth(view, sight, Demand("BBB", "stand_down"), "AAA") == 0
    world = with_state(at.world, "CCC", army=0, fleet=0)
    for province in ("ccc-north", "ccc-south"):
        world = with_province(world, province, owner="BBB", holder="BBB")
    ruined = at.with_world(world)
    assert _growth(ruined.view("CCC", "BOT"), ruined.sight("CCC"), land, "CCC") == 1


def test_a_gift_is_weighed_by_what_it_is_to_its_taker_and_to_its_giver() -> None:
    """As a share of the taker's revenue up to three tenths, and of the giver's own as its cost."""
    at = moment()
    rich = at.with_world(with_state(at.world, "AAA", treasury=10**9))
    gifts = _gifts(rich.sight("AAA"))
    options = gifts.options[1:]
    income = public_finance.revenue(rich.world, "AAA")
    assert {option.amount for option in options} == {income * step // BP for step in AID_STEPS}
    for place, option in enumerate(options):
        theirs = public_finance.revenue(rich.world, option.to)
        assert gifts.strengthened[place] == min(0.3, option.amount / theirs)
    assert gifts.strengthened.min() < 0.3


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_a_counter_off_the_menu_counts_as_the_one_against_the_same_adversary(doctrine: str) -> None:
    at = moment(load_map("five-crowns"))
    question = OfferQuestion("q", "ALD", "KHA", Terms(("defense",), term=6))
    sight = at.sight("ALD")
    appraisal = question_appraisal(at.view("ALD", doctrine), sight, question)
    counters = [option for option in appraisal.options if isinstance(option, Terms)]
    adversaries = list(dict.fromkeys(option.against for option in counters))
    assert len(adversaries) >= 2
    for adversary in adversaries:
        off = Terms(("consultation",), against=adversary, term=11, burden=7)
        assert off not in counters
        taken = appraisal.options[classify_answer(appraisal, off).pick]
        assert isinstance(taken, Terms)
        assert taken.against == adversary
    nobody = replace(counters[0], against="VOR", term=11)
    if "VOR" not in adversaries:
        taken = appraisal.options[classify_answer(appraisal, nobody).pick]
        assert taken == counters[0]
