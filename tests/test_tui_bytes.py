"""How much the screen writes to the terminal: little for a step of the cursor, nothing at rest."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from emulated_terminal import EmulatedTerminal
from played_in_a_terminal import Terminal

from game import Campaign, load_map
from game.world.questions import SILENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

STEP = 4_096
"""The most bytes that one arrow key may write at 120x40 in full colour, also to a province of
another state, whose card is then shown. To paint the whole screen takes 50,000.
"""
ARROWS = {"right": b"\x1b[C", "left": b"\x1b[D", "up": b"\x1b[A", "down": b"\x1b[B"}
CTRL_L = b"\x0c"
STEPS = ("right", "left", "right", "right", "right", "right", "down", "up", "up", "left")


def written_for(terminal: Terminal, keys: bytes) -> int:
    """The bytes that are written until the screen is at rest again."""
    before = len(terminal.written)
    terminal.press(keys)
    terminal.read(1.0)
    return len(terminal.written) - before


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A campaign of Europe in its second turn, on a terminal of 120x40 in full colour."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    campaign = Campaign.new(load_map("europe-1909"), player="GMY", seed=7)
    campaign.submit()  # A campaign whose first turn is played opens without its briefing.
    while asked := campaign.questions():
        campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    opened = Terminal(campaign.save(tmp_path / "step.json"))
    try:
        opened.until("ready")
        opened.read(2.0)
        yield opened
    finally:
        opened.close()


def test_a_step_of_the_cursor_writes_what_changed_and_rest_nothing(terminal: Terminal) -> None:
    steps = [written_for(terminal, ARROWS[name]) for name in STEPS]
    steps = [spent for spent in steps if spent]  # At the edge of the map there is no step.
    assert len(steps) > len(STEPS) / 2
    assert max(steps) <= STEP, steps
    assert written_for(terminal, b"") == 0


def test_the_terminal_looks_as_if_the_whole_screen_had_been_written(terminal: Terminal) -> None:
    for keys in (ARROWS["right"], ARROWS["down"], b"v", b"\t", ARROWS["down"], b"b", b"\x1b", b"s"):
        written_for(terminal, keys)
    seen = EmulatedTerminal(120, 40)
    seen.feed(terminal.written.decode())
    assert written_for(terminal, CTRL_L) > STEP
    whole = EmulatedTerminal(120, 40)
    whole.feed(terminal.written.decode())
    assert seen.cells == whole.cells
