"""The key that takes figures apart, on the campaign screen and on cards."""

from pathlib import Path

import pytest
from textual.widgets import Button, Static, Tooltip
from tui_fake import settle, text_of, until

from game.tui.app import Intent, RealpolitikApp
from game.tui.map_view import MapView
from game.tui.panels.matters_panel import MatterLink, Matters
from game.tui.panels.state_card import StateCard
from game.tui.screens.campaign_screen import CampaignScreen
from game.tui.screens.matter_dialog import MatterDialog
from game.tui.widgets.forecast_card import ForecastCard
from game.world.orders import Offer


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


async def test_e_explains_the_selected_state_ones_points_and_the_offer_on_the_desk(
    tmp_path: Path,
) -> None:
    app = RealpolitikApp(Intent("play", "five-crowns", "ALD", seed=12, saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen))
        screen = app.screen
        await settle(app, pilot)
        await pilot.press("e")
        await pilot.pause(0.1)
        assert "Points so far" in text_of(app)
        assert "broken treaties" in text_of(app)
        await pilot.press("escape")
        screen.query_one(MapView).select("VOR")
        await pilot.pause(0.1)
        await pilot.press("e")
        await pilot.pause(0.1)
        assert "What we face from Vorrund, by threat" in text_of(app)
        await pilot.press("escape", "o", "e")
        await until(pilot, lambda: "Treaty desk: the figures" in text_of(app))
        assert "Would Vorrund say yes" in text_of(app)
        assert "safety" in text_of(app)
        await pilot.press("escape", "escape", "m")
        await until(pilot, lambda: type(app.screen).__name__ == "DossierScreen")
        assert "a match at" in text_of(app)


async def test_figures_are_explained_beside_a_mouse_that_rests_on_them(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent("play", "five-crowns", "ALD", seed=12, saves=tmp_path))
    async with app.run_test(size=(120, 40), tooltips=True) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen))
        await settle(app, pilot)
        app.screen.query_one(MapView).select("VOR")
        app.screen.query_one(StateCard).turn_to("VOR")
        await settle(app, pilot)

        def explained() -> str:
            tooltip = app.screen.query_one(Tooltip)
            return str(tooltip.content) if tooltip.display else ""

        await pilot.hover("#card Static")
        await until(pilot, lambda: "What we face from Vorrund, by threat" in explained())
        assert "e shows the rules" in explained()
        await pilot.hover("#readings Static")
        await until(pilot, lambda: "Points so far" in explained())
        await pilot.hover("#header")
        await until(pilot, lambda: "Money left over each turn" in explained())
        await pilot.hover("#states", offset=(4, 3))
        await until(pilot, lambda: "What we face from Vorrund" in explained())
        await pilot.hover("#states", offset=(4, 2))
        await until(pilot, lambda: "What we face from Kharvast" in explained())
        await pilot.hover("#orders", offset=(4, 2))
        await until(pilot, lambda: "Envoys left" in explained())
        matters = app.screen.query_one(Matters).snapshot.matters
        met = next(at for at, one in enumerate(matters) if isinstance(one.order, Offer))
        figures = app.screen.campaign.adviser.explanations.matter(matters[met])
        assert figures[-1].title == "Worth to our security, read by threat"
        await pilot.hover(app.screen.query(MatterLink)[met])
        await until(pilot, lambda: figures[0].title in explained())
        await pilot.press(str(met + 1))
        await until(pilot, lambda: isinstance(app.screen, MatterDialog))
        await pilot.hover("#ask Static")
        await until(pilot, lambda: figures[0].title in explained())
        await pilot.press("e")
        await until(pilot, lambda: type(app.screen).__name__ == "HelpScreen")
        told = str(app.screen.query_one("#figures", Static).content)
        for figure in figures:
            assert figure.title in told
            missing = [part.label for part in figure.parts if part.label not in told]
            assert not missing, told
        await pilot.press("escape", "escape")
        await pilot.hover("#map")
        await until(pilot, lambda: not explained())
        await pilot.press("o")
        await until(pilot, lambda: bool(app.screen.query(ForecastCard)))
        await settle(app, pilot)
        await pilot.hover(ForecastCard)
        await until(pilot, lambda: "Would Vorrund say yes" in explained())
        await pilot.hover(Button)
        await until(pilot, lambda: not explained())


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_every_button_of_a_matter_is_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    app = RealpolitikApp(Intent("play", "five-crowns", "ALD", seed=12, saves=tmp_path))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen))
        await settle(app, pilot)
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, MatterDialog))
        await settle(app, pilot)
        frame = app.screen.query_one("#ask").region
        buttons = list(app.screen.query(Button))
        assert len(buttons) == 6
        for button in buttons:
            assert frame.contains_region(button.region)
            assert str(button.label) in text_of(app)
