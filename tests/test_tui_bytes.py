"""How much the screen writes to the terminal: little for a step of the cursor, nothing at rest."""

import sys
from pathlib import Path

import pytest
from played_in_a_terminal import Terminal

from game import Campaign, load_map
from game.world.questions import SILENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

STEP, TO_ANOTHER_STATE = 4_096, 15_000
"""The most bytes that one arrow key may write at 120x40 in full colour: to another province of the
same state, and of another, whose card is shown. To paint the whole screen takes 50,000.
"""
ARROWS = {"right": b"\x1b[C", "left": b"\x1b[D", "up": b"\x1b[A", "down": b"\x1b[B"}
STEPS = ("right", "left", "right", "right", "right", "right", "down", "up", "up", "left")


def written_for(terminal: Terminal, keys: bytes) -> int:
    """The bytes that are written until the screen is at rest again."""
    before = len(terminal.written)
    terminal.press(keys)
    terminal.read(1.0)
    return len(terminal.written) - before


def test_a_step_of_the_cursor_paints_what_changed_and_rest_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    campaign = Campaign.new(load_map("europe-1909"), player="GMY", seed=7)
    campaign.submit()  # A campaign whose first turn is played opens without its briefing.
    while asked := campaign.questions():
        campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    save = campaign.save(tmp_path / "step.json")
    terminal = Terminal(save)
    try:
        terminal.until("ready")
        terminal.read(2.0)
        steps = [written_for(terminal, ARROWS[name]) for name in STEPS]
        steps = [spent for spent in steps if spent]  # At the edge of the map there is no step.
        assert len(steps) > len(STEPS) / 2
        assert max(steps) <= TO_ANOTHER_STATE, steps
        assert sum(spent <= STEP for spent in steps) >= len(steps) / 2, steps
        assert written_for(terminal, b"") == 0
    finally:
        terminal.close()
