"""What goes wrong is said in a sentence: faults of the program, two windows on one save."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.css.query import NoMatches
from textual.widgets import Static
from textual.worker import WorkerFailed

from game import play
from game.campaign import Campaign
from game.files.crash_log import write_crash_log
from game.files.file_problems import SaveInUse
from game.saves.save_file import read
from game.tui.app import Intent, RealpolitikApp
from game.world.orders import Aid
from tests.test_tui_app import until
from tests.tui_maps import small_map


def _saved(folder: Path) -> Path:
    path = folder / "small.json"
    campaign = Campaign.new(small_map(), player="ALF", seed=1)
    campaign.order(Aid("BRA", 1000))
    campaign.save(path)
    return path


async def test_a_fault_in_a_turn_ends_with_a_sentence_a_log_and_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("the engine [b]stalled[/b]")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = _saved(tmp_path)
    app = RealpolitikApp(Intent("resume", save=path, saves=tmp_path))
    monkeypatch.setattr(app, "_print_error_renderables", lambda: None)

    async def play_into_it() -> None:
        async with app.run_test() as pilot:
            await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
            monkeypatch.setattr(play, "begin", fails)
            # `pilot.press` would wait for the screen, which goes down, until its own time is up.
            app.simulate_key("space")
            async with asyncio.timeout(30):
                while app._exception is None:
                    await asyncio.sleep(0.01)

    with pytest.raises(WorkerFailed):
        await play_into_it()
    (said,) = [str(one) for one in app._exit_renderables]
    log = tmp_path / "state" / "realpolitik" / "crash.log"
    assert str(path) in said
    assert str(log) in said
    assert "Traceback" not in said
    assert "the engine [b]stalled[/b]" in log.read_text()
    assert app.return_code == 1
    assert read(path).pending == (Aid("BRA", 1000),)


def test_a_log_that_cannot_be_written_brings_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert write_crash_log(RuntimeError(), tmp_path / "file" / "crash.log") is None


async def test_a_second_window_on_a_save_gets_a_sentence(tmp_path: Path) -> None:
    path = _saved(tmp_path)
    first = Campaign.load(path, hold=True)
    with pytest.raises(SaveInUse):
        Campaign.load(path, hold=True)
    app = RealpolitikApp(Intent("resume", save=path, saves=tmp_path))
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app._notifications))
        assert type(app.screen).__name__ == "TitleScreen"
        first.file.release()
        await pilot.press("c")
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)


async def test_leaving_lets_others_have_the_save(tmp_path: Path) -> None:
    path = _saved(tmp_path)
    app = RealpolitikApp(Intent("resume", save=path, saves=tmp_path))
    async with app.run_test() as pilot:
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        with pytest.raises(SaveInUse):
            Campaign.load(path, hold=True)
        await pilot.press("escape")
        await pilot.press("right", "enter")
        await until(pilot, lambda: type(app.screen).__name__ == "TitleScreen")
        Campaign.load(path, hold=True).file.release()


class Opening(Static):
    """A part that is still opening, and looks for another that is gone."""

    def __init__(self, *, once_left: bool) -> None:
        super().__init__()
        self._once_left = once_left

    async def on_mount(self) -> None:
        while self._once_left and self.app.is_running:
            await asyncio.sleep(0.01)
        self.query_one("#gone")


async def test_a_part_missed_while_the_game_is_left_is_no_fault(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test():
        app.screen.mount(Opening(once_left=True))
    assert app.return_code != 1


async def test_a_part_missed_while_the_game_goes_on_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    app = RealpolitikApp(Intent(saves=tmp_path))
    monkeypatch.setattr(app, "_print_error_renderables", lambda: None)

    async def look() -> None:
        async with app.run_test() as pilot:
            app.screen.mount(Opening(once_left=False))
            await pilot.pause()

    with pytest.raises(NoMatches):
        await look()
    assert app.return_code == 1
