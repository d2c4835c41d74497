"""A strip over time as inline SVG: rows of coloured cells, with bars below them."""

from collections.abc import Iterator
from itertools import groupby

from game.page.diagrams import Strip, StripBar, StripGroup
from game.page.svg import LETTER, WIDE, Element, canvas, colour, shape, with_room, words
from game.world.clean_text import clean_text

CELL = 17.0
"""The height of a cell."""
BAR = 5.0
"""The height of a bar below the cells."""
LANES = 4
"""The most bars that stand below one another; what finds no lane is in the table."""
SHADE = "0.85"
"""How opaque a coloured cell is."""


def strip(chart: Strip) -> Element:
    """Rows of cells over time; a cell's short name stands at the beginning of its run."""
    left = 30 + LETTER * max((len(group.name) for group in chart.groups), default=0) + 52
    left = min(left, 220)
    count = max(1, len(chart.labels))
    cell = (WIDE - left - 8) / count
    heights = [_group_height(group) for group in chart.groups]
    root = canvas(WIDE, sum(heights) + 26)
    y = 4.0
    for group, height in zip(chart.groups, heights, strict=True):
        _strip_group(root, group, left, cell, y)
        y += height
    for at in with_room(count, WIDE - left, 46):
        words(
            root, chart.labels[at], left + cell * (at + 0.5), y + 12, size=11, anchor="middle",
            fill="var(--soft)",
        )  # fmt: skip
    return root


def _lanes(bars: tuple[StripBar, ...]) -> Iterator[tuple[int, StripBar]]:
    """(lane, bar) so that no two bars of a lane overlap; what finds no lane is left out."""
    ends = [-1] * LANES
    for bar in sorted(bars, key=lambda one: (one.first, one.last)):
        free = next((lane for lane, end in enumerate(ends) if end < bar.first), None)
        if free is not None:
            ends[free] = bar.last
            yield free, bar


def _group_height(group: StripGroup) -> float:
    lanes = 1 + max((lane for lane, _ in _lanes(group.bars)), default=-1)
    return (CELL + 1) * len(group.rows) + (BAR + 2) * lanes + 12


def _runs(
    cells: tuple[tuple[str, int] | None, ...],
) -> Iterator[tuple[int, int, tuple[str, int] | None]]:
    """(place of the first, how many, what) for each run of equal cells."""
    at = 0
    for what, run in groupby(cells):
        length = len(list(run))
        yield at, length, what
        at += length


def _fitting(name: str, room: float) -> str:
    """A name as it fits into some room: whole, its initials or first letters, or nothing."""
    whole = clean_text(name)
    parts = whole.replace("-", " ").split()
    short = "".join(part[0] for part in parts) if len(parts) > 1 else whole[:3]
    return next((one for one in (whole, short) if len(one) * LETTER * 0.95 <= room), "")


def _strip_group(root: Element, group: StripGroup, left: float, cell: float, y: float) -> None:
    words(root, group.name, 0, y + CELL - 4, size=13, strong=True)
    for number, row in enumerate(group.rows):
        top = y + number * (CELL + 1)
        words(root, row.name, left - 6, top + CELL - 4.5, size=11, anchor="end", fill="var(--soft)")
        for first, length, what in _runs(row.cells):
            x, width = left + first * cell, length * cell
            if what is None:
                shape(root, "rect", x=x, y=top, width=width, height=CELL, fill="var(--wash)")
                continue
            box = shape(
                root, "rect", x=x, y=top, width=width - 0.7, height=CELL, fill=colour(what[1]),
                fill_opacity=SHADE,
            )  # fmt: skip
            shape(box, "title").text = clean_text(what[0])
            short = _fitting(what[0], width - 4)
            if short:
                words(root, short, x + 3, top + CELL - 4.5, size=11, fill="var(--on-series)")
    below = y + len(group.rows) * (CELL + 1) + 1
    for lane, bar in _lanes(group.bars):
        x, width = left + bar.first * cell, (bar.last - bar.first + 1) * cell - 1
        fill = "none" if bar.colour is None else colour(bar.colour)
        line = shape(
            root, "rect", x=x, y=below + lane * (BAR + 2), width=max(2.0, width), height=BAR,
            rx=1.5, fill=fill, stroke="var(--ink)", stroke_width=0.6,
        )  # fmt: skip
        shape(line, "title").text = clean_text(bar.name)
