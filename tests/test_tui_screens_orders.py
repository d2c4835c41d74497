"""The dialogs that make orders: by key, by mouse, in the least window, with hostile names."""

from dataclasses import replace
from typing import Any

import pytest
from textual.widgets import Button
from tui_fake import HOSTILE, SIZES, FakeCampaign, Host, text_of, until, world_of

from game import Campaign, load_map
from game.tui.screens.aid_dialog import AidDialog
from game.tui.screens.budget_dialog import BudgetDialog
from game.tui.screens.demand_dialog import DemandDialog
from game.tui.screens.guarantee_dialog import GuaranteeDialog
from game.tui.screens.influence_dialog import InfluenceDialog
from game.tui.screens.invite_dialog import InviteDialog
from game.tui.screens.treaty_dialog import TreatyDialog
from game.tui.widgets.fields import ChoiceField, PickList, SliderField
from game.world.orders import (
    Aid,
    Budget,
    Demand,
    Guarantee,
    Offer,
    Penetrate,
    Posture,
    Sound,
    Terms,
)

DIALOGS = (
    TreatyDialog,
    InviteDialog,
    AidDialog,
    InfluenceDialog,
    DemandDialog,
    BudgetDialog,
    GuaranteeDialog,
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dialog", DIALOGS)
async def test_dialog_fits_and_shows_hostile_names_as_text(dialog: Any, size: Any) -> None:
    campaign: Any = FakeCampaign(world=world_of(hostile=True))
    screen = dialog(campaign) if dialog is BudgetDialog else dialog(campaign, "FRN")
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Back" in text_of(app).splitlines()[-1])
        shown = text_of(app)
        buttons = list(screen.query(Button))
        assert buttons
        for button in buttons:
            assert screen.region.contains_region(button.region), button
            assert str(button.label) in shown
        assert "Back" in shown.splitlines()[-1]
        if dialog is not BudgetDialog:
            assert HOSTILE[0] in shown
        await pilot.click(screen.query_one("#card"))
        assert app.is_running
        await pilot.press("escape")
        await pilot.pause()
        assert app.done
        assert app.result is None


async def test_treaty_desk_builds_an_offer_by_key() -> None:
    app = Host(TreatyDialog(FakeCampaign(), "ITA"))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "defense pact against France for 6 turns" in text_of(app)
        await pilot.press("down", "space")  # defense off: nothing is left
        await pilot.pause()
        assert "needs at least one obligation" in text_of(app)
        await pilot.press("s")
        assert not app.done
        for _ in range(3):
            await pilot.press("down")
        await pilot.press("space")  # nonaggression
        for _ in range(3):
            await pilot.press("down")
        await pilot.press("right")  # term
        await pilot.pause()
        assert "7 turns" in text_of(app)
        assert "56%" in text_of(app)  # the fake's chance falls with the term
        await pilot.press("s")
        await pilot.pause()
    assert app.result == Offer("ITA", Terms(("nonaggression",), "FRN", 7))


async def test_treaty_desk_lists_partners_and_takes_a_click() -> None:
    screen = TreatyDialog(FakeCampaign(), "ITA")  # type: ignore[arg-type]
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PickList)
        assert "United Kingdom" in text_of(app)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert screen.query_one("#partner", ChoiceField).value == "UKG"
        term = screen.query_one("#term", SliderField)
        await pilot.click(term, offset=(16, 0))
        assert term.value == 1
        await pilot.click("#offense")
        await pilot.pause()
        assert "offense" in screen.terms().obligations
        assert "offense" in text_of(app)


async def test_counter_offer_dismisses_with_terms() -> None:
    prefill = Terms(("defense",), "FRN", 6, burden=300)
    app = Host(TreatyDialog(FakeCampaign(), "ITA", prefill, countering=True))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Counter-offer to Italy" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
    assert app.result == prefill


async def test_illegal_offer_is_refused_in_words_and_not_sent() -> None:
    campaign: Any = FakeCampaign()
    app = Host(TreatyDialog(campaign, "FRN", Terms(("defense",), "AUH", 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "is barred" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
        assert not app.done


async def test_aid_stays_inside_the_purse() -> None:
    campaign: Any = FakeCampaign()
    app = Host(AidDialog(campaign, "ITA"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "end")
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [Aid("ITA", campaign.purse)]


async def test_influence_sounds_by_default_and_penetrates() -> None:
    app = Host(InfluenceDialog(FakeCampaign(), "ITA"))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [Sound("ITA")]
    app = Host(InfluenceDialog(FakeCampaign(), "ITA"))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "right", "right", "s")
        await pilot.pause()
    assert app.result == [Penetrate("ITA", "lobby")]


async def test_a_guarantee_shows_whom_it_would_deter_and_what_it_asks() -> None:
    app = Host(GuaranteeDialog(FakeCampaign(), "ITA"))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "Guarantee Italy, in public, against anybody" in shown
        assert "An attacker's chance, now and with us" in shown
        (row,) = [line for line in shown.splitlines() if "France" in line and "→" in line]
        now, then = (int(part.split("%")[0]) for part in row.split("France")[1].split("→"))
        assert then < now
        assert "To refuse breaks our word" in shown
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [Guarantee("ITA")]


async def test_a_guarantee_begins_where_it_is_worth_most() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=3)
    screen = GuaranteeDialog(campaign)
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        chosen = str(screen.value_of("to"))
        gains = {
            state: sum(campaign.adviser.order_gain(Guarantee(state)).values())
            for state in campaign.world.playing()
            if state != "ALD"
        }
        assert chosen == max(gains, key=lambda state: gains[state])
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [Guarantee(chosen)]


async def test_the_desk_proposes_anew_for_another_partner_until_terms_are_changed() -> None:
    """What suits one state, such as a pact against its neighbour, may be barred to another."""
    campaign = Campaign.new(load_map("five-crowns"), player="OMB", seed=7)
    screen = TreatyDialog(campaign, "VOR")
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for partner in ("ALD", "KHA"):
            screen.query_one("#partner", ChoiceField).value = partner
            await pilot.pause()
            best = campaign.adviser.best_offer([partner])
            assert best is not None
            assert screen.terms() == best.terms
            assert campaign.refusal(Offer(partner, screen.terms())) is None
        screen.query_one("#term", SliderField).value = 3
        await pilot.pause()
        own = screen.terms()
        screen.query_one("#partner", ChoiceField).value = "SAR"
        await pilot.pause()
        assert screen.terms() == own


async def test_demand_offers_only_what_is_legal() -> None:
    campaign: Any = FakeCampaign()
    screen = DemandDialog(campaign, "ITA")
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Of Italy there is nothing to demand" in text_of(app)
        able = [state for state, _ in screen.query_one("#of", ChoiceField).choices]
        assert able == ["FRN", "RUS"]
        stakes = [order for order, _ in screen.query_one("#stake", ChoiceField).choices]
        assert Demand("FRN", "cede", "pd") in stakes
        assert all(campaign.refusal(order) is None for order in stakes)
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [stakes[0]]


async def test_a_demand_from_a_calm_posture_says_that_it_cannot_be_pressed() -> None:
    """The card tells of an ultimatum, which a calm posture never delivers."""
    campaign: Any = FakeCampaign()
    for posture, warned in ((1, True), (2, False)):
        states = tuple(
            replace(one, posture=posture) if one.id == "GMY" else one
            for one in campaign.world.states
        )
        campaign.world = replace(campaign.world, states=states)
        app = Host(DemandDialog(campaign, "FRN"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            said = " ".join(text_of(app).split())
            assert ("not climb to an ultimatum: that takes a balanced one" in said) == warned


async def test_where_no_demand_is_legal_the_rule_in_the_way_is_told() -> None:
    """In the opening of a map there is something to ask for, and it is too early to ask."""
    app = Host(DemandDialog(Campaign.new(load_map("five-crowns"), player="VOR", seed=7)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "too early to threaten" in " ".join(text_of(app).split())


async def test_budget_is_as_last_year_until_changed() -> None:
    campaign: Any = FakeCampaign()
    app = Host(BudgetDialog(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "as last year" in text_of(app)
        await pilot.press("right", "down", "down", "right", "down", "right")
        await pilot.pause()
        assert "This budget" in text_of(app)
        assert "insecurity by power 1.04 to 1.01, by threat .92 to .95" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
    assert app.result == [Budget(army=200, invest=200), Posture(3)]


async def test_budget_beyond_the_purse_is_refused() -> None:
    campaign: Any = FakeCampaign()
    app = Host(BudgetDialog(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "down", "end", "down", "end")
        await pilot.pause()
        assert "your purse holds" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
        assert not app.done
        await pilot.press("l")
        await pilot.pause()
        assert "as last year" in text_of(app)


@pytest.mark.parametrize("dialog", DIALOGS)
async def test_question_mark_explains_the_dialog(dialog: Any) -> None:
    campaign: Any = FakeCampaign()
    app = Host(dialog(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert dialog.about[:30] in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, dialog)
