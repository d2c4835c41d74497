"""Faults that players met on single screens, each held so that it does not come back."""

import re
from dataclasses import replace
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static
from tui_fake import FakeCampaign, Host, text_of, world_of

from game import Campaign, load_map
from game.advice.aim_words import turns_words
from game.tui.debrief.score_lines import score_lines
from game.tui.map_text import seat
from game.tui.screens.answers_screen import AnswersScreen
from game.tui.screens.budget_dialog import BudgetDialog
from game.tui.screens.demand_dialog import DemandDialog
from game.tui.screens.treaties_screen import TreatiesScreen
from game.tui.screens.treaty_dialog import TreatyDialog
from game.tui.widgets.fields import Field
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import order_labels
from game.words.grammar import Speech
from game.words.phrases import pact
from game.words.question_sentences import ask
from game.world.orders import Budget, Posture, Terms
from game.world.questions import OfferQuestion
from tests.test_tui_screens_answers import AID, OFFER, campaign_of


async def test_a_budget_says_the_same_growth_in_its_slider_and_in_its_order() -> None:
    shown = BudgetDialog(FakeCampaign())
    app = Host(shown)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        field: Any = shown.query_one("#army", Field)
        field.value = field.high
        await pilot.pause(0.1)
        said = str(shown.query_one("#said", Static).visual)
        growth = field.say(field.value).split("(")[1]
        assert f"army {growth.rstrip(')')}" in text_of(app), said


def test_an_arm_of_next_to_nothing_has_no_percentage() -> None:
    assert order_labels.growth_words(0.14) == "+14%"
    assert "%" not in order_labels.growth_words(9332.0)


def test_articles_stand_before_vowels_in_posture_orders() -> None:
    assert order_labels.say(Posture(4), world_of()) == "Move to an offensive posture"


def test_only_pacts_to_fight_are_against_somebody() -> None:
    speech = Speech(world_of().atlas)
    assert pact(speech, ("nonaggression",), "FRN") == "a nonaggression pact concerning France"
    assert pact(speech, ("defense",), "FRN") == "a defense pact against France"


async def test_a_demand_forgets_whom_nothing_could_be_demanded_of_once_another_is_chosen() -> None:
    shown = DemandDialog(FakeCampaign(), "ITA")
    app = Host(shown)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        first = "there is nothing to demand" in text_of(app)
        field: Any = shown.query_one("#of", Field)
        if first and len(field.choices) > 1:
            field.value = next(one for one, _ in field.choices if one != field.value)
            await pilot.pause(0.1)
        assert "there is nothing to demand" not in text_of(app)


async def test_a_declined_offer_has_another_sign_than_one_that_was_signed() -> None:
    shown = AnswersScreen(campaign_of(), (OFFER, AID))
    app = Host(shown)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        await pilot.press("down", "enter")  # decline
        await pilot.pause(0.1)
        assert "✗" in text_of(app)
        assert "✓" not in text_of(app)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert "✓" in text_of(app)


async def test_a_counter_offer_says_that_they_pay() -> None:
    terms = replace(OFFER.terms, burden=300)
    shown = TreatyDialog(campaign_of(), "ITA", terms, countering=True)
    app = Host(shown)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        assert "for which Italy pays 3%" in " ".join(text_of(app).split())
        assert "you pay" not in text_of(app)


async def test_a_treaty_that_notice_was_given_of_ends_next_turn() -> None:
    campaign: Any = FakeCampaign()
    first = campaign.world.treaties[0]
    left = first.with_leavers({first.parties[0]: ""})
    campaign.world = replace(campaign.world, treaties=(left,))
    app = Host(TreatiesScreen(campaign))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        assert "(ends next turn)" in text_of(app)
        assert "turns left" not in text_of(app)


def test_no_state_is_feared_in_a_place_beyond_their_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1)
    sight = campaign.sight
    there = sight.facts.there.copy()
    there[sight.world.atlas.state_index["VOR"]] = False
    fallen = replace(sight, facts=replace(sight.facts, there=there))
    monkeypatch.setattr(Campaign, "sight", property(lambda _: fallen))
    for lens in ("BOP", "BOT"):
        found = campaign.adviser.readings(lens)
        assert "VOR" not in found
        assert sorted(one.rank for one in found.values()) == list(range(1, len(found) + 1))


def test_a_state_that_lost_its_capital_is_marked_in_what_it_has() -> None:
    world = world_of()
    capital = world.atlas.sheet("AUH").capital
    lost = tuple(
        replace(place, owner="GMY", holder="GMY") if place.id == capital else place
        for place in world.provinces
    )
    moved = replace(world, provinces=lost)
    assert seat(world, "AUH") == capital
    assert moved.province(seat(moved, "AUH")).owner == "AUH"


def test_an_invitation_does_not_name_the_member_twice() -> None:
    world = world_of()
    treaty = world.treaties[0]
    question = OfferQuestion(
        "o", treaty.parties[1], treaty.parties[0], Terms(("defense",)), joins=treaty.id,
        newcomer="ITA",
    )  # fmt: skip
    said = ask(question, world)
    assert said.count(world.atlas.name(treaty.parties[0])) == 1
    assert "your defense pact" in said


def test_a_budget_order_without_a_giver_says_its_own_figure() -> None:
    assert order_labels.say(Budget(army=600), world_of()) == "Budget: army +6%"


async def test_a_list_without_room_has_no_pages_to_turn() -> None:
    listed = ListWithEnds("one", "two", "three", markup=False)

    class Hidden(App[None]):
        CSS = "ListWithEnds { height: 0; width: 0; border: none; }"

        def compose(self) -> ComposeResult:
            yield listed

    async with Hidden().run_test() as pilot:
        listed.highlighted = 1
        listed.focus()
        await pilot.press("pageup", "pagedown")
        assert listed.highlighted == 1


async def test_two_offers_that_exclude_each_other_say_so_until_one_is_declined() -> None:
    theirs = OfferQuestion("o2", asked="GMY", by="FRN", terms=Terms(("defense",), "RUS"))
    against = OfferQuestion("o1", asked="GMY", by="ITA", terms=Terms(("defense",), "FRN"))
    shown = AnswersScreen(campaign_of(), (against, theirs))
    app = Host(shown)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        assert "only one of the two can be signed" in text_of(app)
        await pilot.press("n")
        await pilot.pause(0.1)
        await pilot.press("down", "enter")  # decline
        await pilot.pause(0.1)
        assert "only one of the two" not in text_of(app)


def test_an_aim_that_stood_longer_than_needed_says_so() -> None:
    status = FakeCampaign().aim_status
    assert turns_words(status, 12) == "stood 4 of 10 turns, from turn 5"
    assert turns_words(replace(status, turns_stood=11), 12).startswith("stood 11 turns, 10 needed")


def test_the_parts_of_a_score_stand_beside_it_and_add_up() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1, turns=5)
    while not campaign.over:
        campaign.submit()
        while waiting := campaign.questions():
            campaign.answer({one.id: one.options[0] for one in waiting})
    shown = score_lines(campaign).plain.splitlines()[0]
    head, _, parts = shown.partition(" of 100")
    points = [int(value) for value in re.findall(r"(?:aim|security|insight) (\d+) of", parts)]
    assert len(points) == 3
    lost = sum(int(value) for value in re.findall(r"less (\d+)", parts))
    assert sum(points) - lost == round(float(head.split()[1]))
