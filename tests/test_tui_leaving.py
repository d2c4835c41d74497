"""The real screen in a terminal: however it is left, what was ordered is on disk."""

import os
import random
import signal
import sys
from pathlib import Path

import pytest
from golden_saves import unpacked
from played_in_a_terminal import Terminal
from test_saves_hostile import populations

from game import Campaign
from game.saves.save_file import SaveFile
from game.world.orders import Sound

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

F8 = b"\x1b[19~"
ENDS = {
    "ctrl+c": (b"\x03", None, 0),
    "ctrl+q": (b"\x11", None, 0),
    "SIGTERM": (b"", signal.SIGTERM, 143),
    "SIGHUP": (b"", signal.SIGHUP, 129),
    "SIGINT": (b"", signal.SIGINT, 130),
}


def _save(folder: Path) -> Path:
    path = unpacked("format-1-revision-4-player", folder)
    campaign = Campaign.load(path)
    while campaign.pending:
        campaign.replace([0], [])
    return campaign.save(folder / "a.json")


@pytest.mark.parametrize("way", ENDS)
def test_an_order_given_just_before_leaving_is_on_disk(tmp_path: Path, way: str) -> None:
    keys, number, status = ENDS[way]
    path = _save(tmp_path)
    terminal = Terminal(path)
    try:
        terminal.until("ready")
        terminal.press(b"\x1b[20~")
        terminal.until("given")
        if number is None:
            terminal.press(keys)
        else:
            terminal.signal(number)
        assert terminal.end() == status, terminal.written[-1_500:]
        assert any(isinstance(one, Sound) for one in Campaign.load(path).pending)
        assert b"Traceback" not in terminal.written
        assert terminal.is_restored
        SaveFile(path).close()
    finally:
        terminal.close()


def test_a_program_that_is_left_waits_for_no_thread(tmp_path: Path) -> None:
    terminal = Terminal(_save(tmp_path))
    try:
        terminal.until("ready")
        terminal.press(F8)
        terminal.until("working")
        terminal.press(b"\x03")
        assert terminal.end(30) == 0
        assert terminal.is_restored
    finally:
        terminal.close()


@pytest.mark.parametrize("told", [(), (signal.SIGHUP,), (signal.SIGHUP, signal.SIGCONT)])
def test_a_terminal_that_is_closed_loses_no_order(
    tmp_path: Path, told: tuple[signal.Signals, ...]
) -> None:
    """Who loses its terminal is told to hang up, or nothing, and may be told to go on."""
    path = _save(tmp_path)
    terminal = Terminal(path)
    try:
        terminal.until("ready")
        terminal.press(b"\x1b[20~")
        terminal.until("given")
    finally:
        os.close(terminal._leader)
        for number in told:
            terminal.signal(number)
    terminal.child.wait(30)
    assert any(isinstance(one, Sound) for one in Campaign.load(path).pending)


@populations(2, 100)
def test_a_screen_that_is_killed_leaves_a_whole_save(tmp_path: Path, cases: int) -> None:
    path = _save(tmp_path)
    turns = 3
    for number in range(cases):
        luck = random.Random(f"kill {number}")
        terminal = Terminal(path)
        try:
            terminal.until("ready")
            terminal.press(b"\x1b[20~" if luck.random() < 0.5 else b" ")
            terminal.read(luck.random() * 2.5)
            terminal.signal(signal.SIGKILL)
            terminal.child.wait()
        finally:
            terminal.close()
        campaign = Campaign.load(path)
        assert turns <= len(campaign.history.turns) <= turns + 1
        turns = len(campaign.history.turns)
        if turns >= campaign.setup.turns - 2:
            path.unlink()
            path, turns = _save(tmp_path), 3
