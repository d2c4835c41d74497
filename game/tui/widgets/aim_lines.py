"""An aim on the screen: how much of it is reached, and each condition with its value."""

from textual.content import Content

from game import words
from game.advice.aim_words import status_words
from game.scoring import AimStatus
from game.tui.safe_text import bar, fit, line
from game.world.atlas import Atlas

WIDE, GAP = 70, 3
"""The width from which conditions stand beside each other, and what is between, in cells."""


def aim_lines(status: AimStatus, atlas: Atlas, turns: int, width: int) -> list[Content]:
    """The aim's title with a meter, then its conditions: ✓ what is met, ✗ what is missing."""
    meter = bar(status.reached, 6).replace(" ", "·")
    title = fit(status.aim.title, max(8, width - 12))
    reached = f" {words.percent(status.reached)}"
    rows = [line((title, "bold"), " ", (meter, "$success"), reached)]
    signs = {True: ("✓ ", "$success"), False: ("✗ ", "$error"), None: ("  ", "")}
    said = [
        line(signs[met], (told, "$text-muted")) for met, told in status_words(status, atlas, turns)
    ]
    return rows + (_beside_each_other(said, width) if width >= WIDE else said)


def _beside_each_other(rows: list[Content], width: int) -> list[Content]:
    """As many of the rows in one line as it holds."""
    found: list[Content] = []
    for row in rows:
        if found and found[-1].cell_length + GAP + row.cell_length <= width:
            found[-1] = line(found[-1], " " * GAP, row)
        else:
            found.append(row)
    return found
