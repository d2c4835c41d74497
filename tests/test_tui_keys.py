"""Keys of the player's own: chosen on a screen, used at once, shown everywhere, kept."""

from pathlib import Path

import pytest
from textual.widgets import OptionList
from tui_fake import text_of, until

from game import Campaign
from game.files.settings import Settings, read_settings, write_settings
from game.tui.actions import ACTIONS
from game.tui.app import Intent, RealpolitikApp
from game.tui.screens.keys_screen import KeysScreen
from tests.tui_maps import small_map


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


async def test_a_key_is_chosen_kept_and_a_taken_one_refused(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    budget = [action.id for action in ACTIONS].index("budget")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = KeysScreen()
        app.push_screen(shown)
        await until(pilot, lambda: app.screen is shown)
        await pilot.pause(0.1)
        listed = shown.query_one(OptionList)
        listed.highlighted = budget
        await pilot.press("enter")
        await pilot.pause(0.1)
        await pilot.press("o")
        await pilot.pause(0.1)
        assert read_settings().keys == {}
        await pilot.press("enter")
        await pilot.pause(0.1)
        await pilot.press("z")
        await pilot.pause(0.1)
        assert read_settings().keys == {"budget": "z"}
        assert listed.highlighted == budget
        await pilot.press("delete")
        await pilot.pause(0.1)
        assert read_settings().keys == {}
        assert app.screen is shown


async def test_a_key_of_ones_own_opens_the_dialog_and_stands_in_the_footer(tmp_path: Path) -> None:
    write_settings(Settings(keys={"budget": "z", "no such action": "y"}))
    Campaign.new(small_map(), player="ALF", seed=1).save(tmp_path / "small.json")
    app = RealpolitikApp(Intent("resume", save=tmp_path / "small.json", saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        await pilot.pause(0.1)
        assert "z Budget" in text_of(app)
        await pilot.press("b")
        await pilot.pause(0.1)
        assert type(app.screen).__name__ == "CampaignScreen"
        await pilot.press("z")
        await until(pilot, lambda: type(app.screen).__name__ == "BudgetDialog")


def test_damaged_keys_in_the_settings_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"keys": {"budget": 7, "war": "x"}, "theme": "a"}')
    assert read_settings(path) == Settings(theme="a", keys={"war": "x"})
