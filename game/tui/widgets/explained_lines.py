"""Figures on the screen, taken apart: each with its rule, its parts and what they give."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.dom import DOMNode
from textual.widgets import Button, OptionList, Static

from game.advice.explained_form import Explained
from game.tui.safe_text import Part, fit, line, lines

SIGNS = {"sum": "+", "product": "×", "mean": " "}
WIDEST = 60
"""The most cells of a part's label."""
MOST_ON_HOVER = 5
"""The most figures that are explained beside the mouse; the key `e` explains all."""


def explain_on_hover(node: DOMNode, figures: Callable[[], Sequence[Explained]]) -> None:
    """Explain figures beside the mouse while it rests on a text or a list, where there are any.

    `figures` is asked anew whenever the mouse enters it, for they change with the screen.
    """
    if isinstance(node, Static | OptionList) and not isinstance(node, Button):
        found = figures()
        node.tooltip = hover_lines(found) if found else None


def hover_lines(figures: Sequence[Explained]) -> Content:
    """A line a figure, with its parts, and how to see the rules."""
    rows = [
        line(
            (figure.title, "bold"), " ", (figure.text, "bold $text-accent"), _parts_in_line(figure)
        )
        for figure in figures[:MOST_ON_HOVER]
    ]
    more = len(figures) - MOST_ON_HOVER
    rest = f"; {more} more" if more > 0 else ""
    return lines(*rows, line((f"e shows the rules{rest}.", "$text-muted")))


def _parts_in_line(figure: Explained) -> tuple[str, str]:
    """The parts of a figure that has several, behind it: ": people 12%, industry 17% (mean)"."""
    if len(figure.parts) < 2:
        return ("", "")
    named = ", ".join(f"{part.label} {part.text}" for part in figure.parts)
    return (f": {named} ({figure.how})", "$text-muted")


def explained_lines(figures: Sequence[Explained], width: int) -> list[Content]:
    """All figures in a given width, with an empty line between two.

    A rule that holds of several figures in a row stands once, below the last.
    """
    rows: list[Content] = []
    for at, figure in enumerate(figures):
        following = figures[at + 1] if at + 1 < len(figures) else None
        rows.append(line((figure.title, "bold"), "  ", (figure.text, "bold $text-accent")))
        rows += part_lines(figure, width)
        if following is None or following.rule != figure.rule:
            rows.append(line((figure.rule, "$text-muted")))
        if following is not None:
            rows.append(Content(""))
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
    # The factors of a product are rounded one by one, so that it is not to the last decimal theirs.
    made = {"mean": "mean", "sum": "=", "product": "≈"}[figure.how]
    if len(figure.parts) > 1:
        rows.append(line((f"    {fit(made, room)}", "$text-muted"), (f"{figure.text:>8}", "bold")))
    return rows
