"""Figures on the screen, taken apart: each with its rule, its parts and what they give."""

from collections.abc import Sequence

from textual.content import Content

from game.advice.explained import Explained
from game.tui.safe_text import Part, fit, line

SIGNS = {"sum": "+", "product": "×", "mean": " "}
WIDEST = 60
"""The most cells of a part's label."""


def explained_lines(figures: Sequence[Explained], width: int) -> list[Content]:
    """All figures in a given width, with an empty line between two."""
    rows: list[Content] = []
    for figure in figures:
        if rows:
            rows.append(Content(""))
        rows.append(line((figure.title, "bold"), "  ", (figure.text, "bold $text-accent")))
        rows += part_lines(figure, width)
        rows.append(line((figure.rule, "$text-muted")))
    return rows


def part_lines(figure: Explained, width: int) -> list[Content]:
    """The parts of a figure, one a line, and the line with what they give."""
    longest = max((len(part.label) for part in figure.parts), default=0)
    room = max(12, min(WIDEST, longest, width - 14))
    rows = []
    for at, part in enumerate(figure.parts):
        sign = SIGNS[figure.how] if at else " "
        if figure.how == "sum" and part.text.startswith(("+", "-", "−")):
            sign = " "
        cells: list[Part] = [
            (f"  {sign} ", "$text-muted"),
            fit(part.label, room),
            f"{part.text:>8}",
        ]
        rows.append(line(*cells))
    made = "mean" if figure.how == "mean" else "="
    if len(figure.parts) > 1:
        rows.append(line((f"    {fit(made, room)}", "$text-muted"), (f"{figure.text:>8}", "bold")))
    return rows
