"""A matrix of marks as inline SVG."""

from game.page.diagrams import Matrix
from game.page.svg import LETTER, NARROW, Element, canvas, number, shape, words

LONGEST_ROW, LONGEST_COLUMN = 330.0, 160.0
"""The most room for a name of a row, and of a column; a longer name is shortened."""


def matrix(chart: Matrix) -> Element:
    """Marks in cells, with the columns' names upright above them."""
    left = 12 + min(LONGEST_ROW, LETTER * max((len(name) for name in chart.rows), default=0))
    high = 10 + min(LONGEST_COLUMN, LETTER * max((len(name) for name in chart.columns), default=0))
    size = max(13.0, min(22.0, (NARROW * 1.3 - left) / max(1, len(chart.columns))))
    width = left + size * len(chart.columns) + 12
    height = high + size * len(chart.rows) + 26
    root = canvas(max(width, NARROW), height)
    x = {name: left + size * (at + 0.5) for at, name in enumerate(chart.columns)}
    y = {name: high + size * (at + 0.5) for at, name in enumerate(chart.rows)}
    for name, at in x.items():
        text = words(root, _fitting(name, LONGEST_COLUMN), 0, 0, size=11)
        text.set("transform", f"translate({number(at + 4)} {number(high - 5)}) rotate(-90)")
        shape(
            root, "line", x1=at, x2=at, y1=high, y2=high + size * len(y), stroke="var(--rule)",
            stroke_width=0.7,
        )  # fmt: skip
    for name, at in y.items():
        words(root, _fitting(name, LONGEST_ROW), left - 6, at + 4, size=11, anchor="end")
        shape(
            root, "line", x1=left, x2=left + size * len(x), y1=at, y2=at, stroke="var(--rule)",
            stroke_width=0.7,
        )  # fmt: skip
    for mark in chart.marks:
        _mark(root, x[mark.column], y[mark.row], size, chart.kinds.index(mark.kind))
    at = 4.0
    for index, kind in enumerate(chart.kinds):
        _mark(root, at + 7, height - 10, 15, index)
        words(root, kind, at + 18, height - 6, size=11, fill="var(--soft)")
        at += 34 + 6.1 * len(kind)
    root.set("viewBox", f"0 0 {number(max(width, NARROW, at))} {number(height)}")
    return root


def _fitting(name: str, room: float) -> str:
    """A name, shortened where it is longer than its room."""
    most = int(room / LETTER)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _mark(root: Element, x: float, y: float, size: float, kind: int) -> None:
    """A mark of a kind: a full square, a hollow one, a cross, a ring."""
    half = size * 0.32
    match kind:
        case 0:
            shape(
                root, "rect", x=x - half, y=y - half, width=2 * half, height=2 * half,
                fill="var(--series-0)",
            )  # fmt: skip
        case 1:
            shape(
                root, "rect", x=x - half, y=y - half, width=2 * half, height=2 * half,
                fill="var(--card)", stroke="var(--series-2)", stroke_width=1.6,
            )  # fmt: skip
        case 2:
            far = half * 0.9
            path = (
                f"M{number(x - far)} {number(y - far)} L{number(x + far)} {number(y + far)} "
                f"M{number(x - far)} {number(y + far)} L{number(x + far)} {number(y - far)}"
            )
            shape(root, "path", d=path, stroke="var(--series-1)", stroke_width=2.4, fill="none")
        case _:
            shape(
                root, "circle", cx=x, cy=y, r=half, fill="var(--card)", stroke="var(--soft)",
                stroke_width=1.4, stroke_dasharray="2,2",
            )  # fmt: skip
