"""Answers and crises: nothing that waits can be slipped past, every consequence is in view."""

from typing import Any

import pytest
from textual.widgets import Button
from tui_fake import HOSTILE, SIZES, FakeCampaign, Host, text_of, with_crisis, world_of

from game.tui.screens.answers_screen import AnswersScreen
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.crisis_screen import CrisisScreen
from game.tui.screens.treaty_dialog import TreatyDialog
from game.world.orders import PeaceTerms, Terms
from game.world.questions import (
    AidQuestion,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    tell_id,
)

OFFER = OfferQuestion("o", "GMY", "ITA", Terms(("defense", "consultation"), "FRN", 6))
AID = AidQuestion("a", "GMY", "UKG", 50_000)
CRISIS = CrisisQuestion("c", "GMY", "FRN", 9, 1)
PLEDGE = PledgeQuestion("p", "GMY", "FRN", "ITA", 11, ("none", "FRN", "ITA"))
OTHERS = (
    CallQuestion("call", "GMY", "AUH", 7, "FRN", 1),
    JoinQuestion("join", "GMY", "UKG", "FRN", 7),
    PeaceQuestion("peace", "GMY", "FRN", 7, PeaceTerms()),
)


def campaign_of(hostile: bool = False) -> Any:
    return FakeCampaign(world=with_crisis(world_of(hostile)))


async def test_answers_are_given_one_by_one_and_sent() -> None:
    app = Host(AnswersScreen(campaign_of(), (OFFER, AID)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "2 of 2 wait" in text_of(app)
        assert "It runs to 1915" in text_of(app)
        assert "+.21" in text_of(app)
        await pilot.press("s")
        assert not app.done
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "1 of 2 wait" in text_of(app)
        await pilot.press("enter", "enter")
        await pilot.pause()
    assert app.result == {"o": "decline", tell_id("o"): "decline", "a": "accept"}


async def test_who_holds_in_a_crisis_is_not_marked_as_one_who_refuses() -> None:
    """To hold is what silence does there, and it gives up nothing."""
    screen = AnswersScreen(campaign_of(), (CRISIS, AID))
    async with Host(screen).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for given, mark in (("hold", "✓ "), ("climb", "✓ "), ("yield", "✗ ")):
            screen._answers = {CRISIS.id: given}
            assert screen._mark_of(CRISIS)[0] == mark


async def test_escape_asks_before_it_keeps_silent() -> None:
    app = Host(AnswersScreen(campaign_of(), (OFFER, AID)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        assert "offers you 5.0 in aid" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not app.done
        await pilot.press("escape", "y")
        await pilot.pause()
    assert app.result == {"o": "accept", "a": "decline"}


async def test_counter_opens_the_desk_with_their_terms() -> None:
    app = Host(AnswersScreen(campaign_of(), (OFFER,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TreatyDialog)
        for _ in range(6):
            await pilot.press("down")
        await pilot.press("right", "s")
        await pilot.pause()
        assert "Counter with" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
    assert app.result == {"o": Terms(("defense", "consultation"), "FRN", 7)}


async def test_final_offer_has_no_counter() -> None:
    final = OfferQuestion("f", "GMY", "ITA", OFFER.terms, final=True)
    app = Host(AnswersScreen(campaign_of(), (final,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Counter" not in text_of(app)


async def test_crisis_opens_its_ladder_with_odds_and_prices() -> None:
    app = Host(AnswersScreen(campaign_of(), (CRISIS,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, CrisisScreen)
        shown = text_of(app)
        for word in ("War", "Ultimatum", "Mobilisation ◂ it stands here", "Demand", "odds for"):
            assert word in shown
        assert "pledged" in shown
        assert "costs us .05" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert not app.done
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("down", "enter")  # from hold to climb, which is confirmed
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
    assert app.result == {"c": "climb"}


async def test_pledge_names_both_sides() -> None:
    app = Host(CrisisScreen(campaign_of(), PLEDGE))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "Stand by France" in shown
        assert "Stand aside" in shown
        await pilot.press("enter")
        await pilot.pause()
    assert app.result == "none"


@pytest.mark.parametrize("size", SIZES)
async def test_every_kind_of_question_fits(size: Any) -> None:
    for question in (OFFER, AID, *OTHERS):
        screen = AnswersScreen(campaign_of(hostile=True), (question,))
        app = Host(screen)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for button in screen.query(Button):
                assert screen.region.contains_region(button.region)
            if getattr(question, "by", "") == "FRN":
                assert HOSTILE[0] in text_of(app)
            await pilot.click("#question")
            assert app.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_crisis_fits_and_shows_hostile_names_as_text(size: Any) -> None:
    screen = CrisisScreen(campaign_of(hostile=True), CRISIS)
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert HOSTILE[0][:10] in text_of(app)
        for button in screen.query(Button):
            assert screen.region.contains_region(button.region)
        await pilot.click("#sides")
        await pilot.click("#choose")
        await pilot.pause()
    assert app.result == "hold"


# telling whom an offer is against


def offer(id: str, by: str, against: str = "RUS", **other: Any) -> OfferQuestion:
    return OfferQuestion(id, asked="GMY", by=by, terms=Terms(("defense",), against), **other)


async def given_by(*keys: str, asked: tuple[OfferQuestion, ...]) -> dict[str, Any]:
    app = Host(AnswersScreen(campaign_of(), asked))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
    result = app.result
    assert isinstance(result, dict)
    return result


async def test_to_decline_says_with_it_whether_the_adversary_is_told() -> None:
    both = (offer("o1", "ITA"), offer("o2", "UKG"))
    told = await given_by("end", "enter", "down", "enter", "s", asked=both)
    assert told == {"o1": "decline", tell_id("o1"): "accept", "o2": "decline",
                    tell_id("o2"): "decline"}  # fmt: skip


async def test_who_signs_or_keeps_silent_tells_nobody() -> None:
    assert await given_by("enter", "s", asked=(offer("o1", "ITA"),)) == {"o1": "accept"}
    silent = await given_by("escape", "y", asked=(offer("o1", "ITA"),))
    assert silent == {"o1": "decline", tell_id("o1"): "decline"}


async def test_nobody_is_told_of_an_offer_against_nobody_or_of_an_invitation() -> None:
    for asked in (offer("o1", "ITA", ""), offer("o1", "ITA", joins=3, newcomer="GMY")):
        app = Host(AnswersScreen(campaign_of(), (asked,)))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(0.1)
            assert "and tell" not in text_of(app)
