"""Dossier, treaties, war room, report and notebook: what is known, and the orders made from it."""

from typing import Any

import pytest
from textual.widgets import Button, OptionList
from tui_fake import (
    HOSTILE,
    SIZES,
    FakeCampaign,
    Host,
    some_events,
    text_of,
    until,
    with_a_dead_state,
    with_crisis,
    with_war,
    world_of,
)

from game import Campaign, load_map
from game.tui.screens.aid_dialog import AidDialog
from game.tui.screens.dossier_screen import DossierScreen
from game.tui.screens.invite_dialog import InviteDialog
from game.tui.screens.notebook_screen import NotebookRow, NotebookScreen
from game.tui.screens.report_screen import FIRST, ReportScreen
from game.tui.screens.treaties_screen import TreatiesScreen
from game.tui.screens.treaty_dialog import TreatyDialog
from game.tui.screens.war_dialogs import DeclareDialog, FrontsDialog, PeaceDialog
from game.tui.screens.war_room_screen import WarRoom
from game.tui.widgets.checklist import CheckList
from game.world.orders import DeclareWar, Denounce, Front, Offer, OfferPeace, PeaceTerms, Sound
from game.world.questions import SILENCE


def campaign_of(hostile: bool = False) -> Any:
    return FakeCampaign(world=with_crisis(with_war(world_of(hostile))), happened=some_events())


SCREENS = (
    lambda campaign: DossierScreen(campaign, "FRN"),
    lambda campaign: TreatiesScreen(campaign, "FRN"),
    lambda campaign: WarRoom(campaign, "FRN"),
    lambda campaign: FrontsDialog(campaign),
    lambda campaign: PeaceDialog(campaign, "FRN"),
    lambda campaign: InviteDialog(campaign, "FRN", 1),
    lambda campaign: ReportScreen(campaign, 3),
    lambda campaign: NotebookScreen(campaign),
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", range(len(SCREENS)))
async def test_screen_fits_and_shows_hostile_names_as_text(place: int, size: Any) -> None:
    screen: Any = SCREENS[place](campaign_of(hostile=True))
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: text_of(app).splitlines()[-1].strip())
        shown = text_of(app)
        assert HOSTILE[0][:20] in shown
        for button in screen.query(Button):
            if button.display:
                assert screen.region.contains_region(button.region), button
                assert str(button.label) in shown
        assert "esc" in shown.splitlines()[-1] or "space" in shown.splitlines()[-1]
        await pilot.click("#heading")
        await pilot.click("#card", offset=(5, 4))
        await pilot.pause()
        assert app.is_running
        for _ in range(3):  # the click may have opened what was clicked
            if not app.done:
                await pilot.press("escape")
                await pilot.pause()
        assert app.done
        assert app.result is None


async def test_dossier_shows_factors_deeds_and_levers() -> None:
    app = Host(DossierScreen(campaign_of(), "FRN"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        for words in (
            "Armand Fallières", "Power", "Proximity", "Offence", "Intentions", "By threat",
            "if it fears power", "Stand down", "fear of Russia +.31", "with Russia",
            "France demands that you cede",
        ):  # fmt: skip
            assert words in shown
        assert "raises its army" not in shown  # a footnote between others


async def test_dossier_writes_the_notebook_and_pins() -> None:
    campaign = campaign_of()
    screen = DossierScreen(campaign, "FRN")
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("p")
        await pilot.press("p")
        assert [turn for turn, _ in campaign.notebook.pinned("FRN")] == [3]
        screen.query_one("#note").focus()
        await pilot.press("right", "right")
        await pilot.pause()
        assert "power 60%" in text_of(app)
    assert campaign.notebook.now == {"FRN": 0.6}


async def test_dossier_opens_dialogs_and_hands_their_orders_on() -> None:
    app = Host(DossierScreen(campaign_of(), "ITA"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, AidDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert not app.done
        await pilot.click("#influence")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [Sound("ITA")]


async def test_treaties_are_left_with_notice_or_broken_after_asking() -> None:
    app = Host(TreatiesScreen(campaign_of()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 of them ours" in text_of(app)
        await pilot.press("g")
        await pilot.pause()
    assert app.result == [Denounce(1)]
    app = Host(TreatiesScreen(campaign_of()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b", "enter")
        await pilot.pause()
        assert not app.done
        await pilot.press("b", "y")
        await pilot.pause()
    assert app.result == [Denounce(1, breach=True)]


async def test_treaty_of_others_cannot_be_left_but_ours_can_be_renewed() -> None:
    app = Host(TreatiesScreen(campaign_of(), "FRN"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert "only a party can leave it" in text_of(app)
        await pilot.press("up", "o")
        await pilot.pause()
        assert isinstance(app.screen, TreatyDialog)
        assert "against Russia" in text_of(app)


async def test_war_room_shows_sides_odds_and_score() -> None:
    app = Host(WarRoom(campaign_of()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        for words in ("at war with France", "Austria-Hungary", "weary", "21%", "odds", "+.12"):
            assert words in shown
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, FrontsDialog)
        await pilot.press("right", "down", "space", "s")
        await pilot.pause()
    assert app.result == [Front("FRN", 2, attack=False)]


async def test_a_front_that_is_set_back_is_no_order_any_more() -> None:
    campaign = campaign_of()
    campaign.pending = (Sound("ITA"), Front("FRN", 2))
    app = Host(FrontsDialog(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left", "s")
        await pilot.pause()
    assert app.result == []
    assert campaign.pending == (Sound("ITA"),)


async def test_war_is_declared_with_its_odds_in_view() -> None:
    app = Host(DeclareDialog(FakeCampaign(), "ITA"))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = " ".join(text_of(app).replace("│", " ").split())
        assert "Our chance is 42%: we alone against Italy and SPA" in shown
        assert "it is 31% if all of them fear power, 53% if all fear threat" in shown
        assert "against us (80%) if it fears power, with us (70%) if threat" in shown
        await pilot.press("down", "right", "s")
        await pilot.pause()
    assert app.result == [DeclareWar("ITA", "pk")]


async def test_peace_terms_are_ticked_and_priced() -> None:
    app = Host(PeaceDialog(campaign_of()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "a white peace" in text_of(app)
        await pilot.press("tab", "tab", "tab", "space")
        await pilot.pause()
        assert "cost .15 of war score" in text_of(app)
        assert "[x] France core" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [OfferPeace(7, "FRN", PeaceTerms(takes=("pc",)))]


async def test_peace_can_restore_a_state_whose_land_they_own() -> None:
    campaign: Any = FakeCampaign(world=with_a_dead_state(with_war(world_of())))
    app = Host(PeaceDialog(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        restores = app.screen.query_one("#restores", CheckList)
        restores.focus()
        await pilot.press("space")
        await pilot.pause()
        shown = text_of(app)
        assert "[x] Italy" in shown
        assert "France gives Italy its land back" in shown
        assert "cost .25 of war score" in shown
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [OfferPeace(7, "FRN", PeaceTerms(restores=("ITA",)))]


async def test_nobody_is_restored_where_nobody_is_gone() -> None:
    app = Host(PeaceDialog(campaign_of()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not app.screen.query_one("#restoring").display
        assert "restore" not in text_of(app)


async def test_the_leader_of_a_side_disposes_of_its_allies_land() -> None:
    app = Host(PeaceDialog(campaign_of()))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        gives = app.screen.query_one("#gives", CheckList)
        assert "Austria-Hungary core, Austria-Hungary" in text_of(app)
        gives.focus()
        await pilot.press("end", "space", "s")
        await pilot.pause()
    assert app.result == [OfferPeace(7, "FRN", PeaceTerms(gives=("pj",)))]


async def test_a_state_is_invited_into_a_treaty_that_stands() -> None:
    app = Host(TreatiesScreen(campaign_of(), "ITA"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(app.screen, InviteDialog)
        shown = text_of(app)
        assert "Invite Italy into the defense pact with Austria-Hungary against Russia" in shown
        assert "Would Italy join?" in shown
        assert "Austria-Hungary" in shown
        assert "That all agree, by our notebook: 21%" in shown  # the fake's 46% twice
        await pilot.press("s")
        await pilot.pause()
    treaty = campaign_of().world.treaty(1)
    assert app.result == [Offer("ITA", treaty.terms, joins=1)]


async def test_an_invitation_that_cannot_stand_is_refused_in_words() -> None:
    app = Host(InviteDialog(campaign_of(), "RUS", 1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "✗" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
        assert not app.done
        await pilot.press("down", "right")
        await pilot.pause()
        assert "Would the United Kingdom join?" in text_of(app)
    app = Host(TreatiesScreen(campaign_of(), "FRN"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "You are no party to that treaty" in text_of(app)
        assert isinstance(app.screen, TreatiesScreen)


async def test_report_leads_with_seven_lines_and_tells_all_on_a_key() -> None:
    screen = ReportScreen(campaign_of(), 3)
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        listed = screen.query_one(OptionList)
        assert listed.option_count == FIRST
        assert "France demands that you cede" in text_of(app)
        await pilot.press("m")
        assert listed.option_count == 15
        await pilot.press("left")
        await pilot.pause()
        assert "turn 2 of 3" in text_of(app)
        await pilot.press("left", "left", "left")
        await pilot.pause()
        assert "turn 1 of 3" in text_of(app)
        await pilot.press("space")
        await pilot.pause()
    assert app.done


async def test_report_of_a_quiet_turn_says_so() -> None:
    app = Host(ReportScreen(FakeCampaign(), 3))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "A quiet turn" in text_of(app)


async def test_notebook_moves_a_page_and_resets_it() -> None:
    campaign = campaign_of()
    screen = NotebookScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "right", "down", "left")
        await pilot.pause()
        rows = list(screen.query(NotebookRow))
        assert campaign.notebook.now == {rows[0].state: 0.6, rows[1].state: 0.45}
        await pilot.press("r")
        await pilot.pause()
        assert campaign.notebook.now[rows[1].state] == 0.5


@pytest.mark.parametrize("size", SIZES)
async def test_an_invitation_is_answered_when_the_turn_is_played(size: Any) -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=2)
    treaty = next(one for one in campaign.world.treaties_of("ALD") if one.id == 3)
    app = Host(InviteDialog(campaign, None, treaty.id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Would the members agree?" in text_of(app)
        await pilot.click("#send")
        await pilot.pause()
    (invitation,) = app.result
    campaign.submit([invitation])
    while asked := campaign.questions():
        campaign.answer({question.id: SILENCE[question.kind] for question in asked})
    told = {
        (one.kind, one.target if one.kind == "treaty_signed" else one.actor)
        for one in campaign.report()
        if one.kind in ("treaty_signed", "accession_refused")
    }
    declined = {one.target for one in campaign.report() if one.kind == "treaty_declined"}
    assert told or invitation.to in declined
