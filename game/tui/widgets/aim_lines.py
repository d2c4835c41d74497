"""An aim on the screen: how much of it is reached, and each condition with its value."""

from textual.content import Content

from game import words
from game.advice.aim_words import status_words
from game.scoring import AimStatus
from game.tui.safe_text import bar, fit, line
from game.world.atlas import Atlas


def aim_lines(status: AimStatus, atlas: Atlas, turns: int, width: int) -> list[Content]:
    """The aim's title with a meter, then its conditions: ✓ what is met, ✗ what is missing."""
    meter = bar(status.reached, 6).replace(" ", "·")
    title = fit(status.aim.title, max(8, width - 12))
    reached = f" {words.percent(status.reached)}"
    rows = [line((title, "bold"), " ", (meter, "$success"), reached)]
    signs = {True: ("✓ ", "$success"), False: ("✗ ", "$error"), None: ("  ", "")}
    rows += [
        line(signs[met], (said, "$text-muted")) for met, said in status_words(status, atlas, turns)
    ]
    return rows
