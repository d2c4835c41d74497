"""Bars made of block characters, for shares, probabilities and gains."""

from collections.abc import Sequence

from game.tui.safe_text import bar

SPARKS = "▁▂▃▄▅▆▇█"


def meter(share: float, width: int) -> str:
    """A bar of `width` cells, filled up to `share` (0 to 1)."""
    return bar(share, width).replace(" ", "·")


def sway(value: float, reach: float, half: int) -> str:
    """A bar of `2 * half + 1` cells, to the right of its middle for a gain, to the left for a loss.

    It is full at `reach`; any value other than 0 has at least one cell.
    """
    cells = round(max(-1.0, min(1.0, value / reach)) * half)
    if cells == 0 and abs(value) >= 0.005:
        cells = 1 if value > 0 else -1
    left = ("█" * -cells if cells < 0 else "").rjust(half, "·")
    right = ("█" * cells if cells > 0 else "").ljust(half, "·")
    return f"{left}│{right}"


def sparkline(values: Sequence[float], width: int) -> str:
    """The last `width` of some shares (0 to 1) as a row of small bars."""
    top = len(SPARKS) - 1
    return "".join(SPARKS[max(0, min(top, int(value * len(SPARKS))))] for value in values[-width:])
