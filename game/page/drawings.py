"""Charts of `diagrams` as inline SVG: shapes and text in the colours of the page, and no more."""

from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree

from game.page.axes import round_steps
from game.page.blocks import figure
from game.page.diagrams import Balance, Matrix, Scatter, Strip, StripBar, StripGroup, Trail
from game.world.clean_text import clean_text

Element = ElementTree.Element
WIDE, NARROW = 860.0, 440.0
"""Widths of a drawing that stands alone and of one that stands beside others."""
LETTER = 6.6
"""About the width of a letter of 12 px."""
CELL = 17.0
"""The height of a cell of a strip."""
BAR = 5.0
"""The height of a bar below a strip's cells."""
LANES = 4
"""The most bars that stand below one another; what finds no lane is in the table."""
COLOURS = 12
SHADE = "0.85"
"""How opaque a coloured cell is."""


def canvas(width: float, height: float) -> Element:
    """An empty drawing."""
    return Element("svg", {"viewBox": f"0 0 {width:g} {_number(height)}"})


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _add(parent: Element, tag: str, **named: str | float) -> Element:
    """A shape; underscores in names of attributes become dashes."""
    attributes = {
        name.replace("_", "-"): value if isinstance(value, str) else _number(value)
        for name, value in named.items()
    }
    return ElementTree.SubElement(parent, tag, attributes)


def _words(
    parent: Element, text: str, x: float, y: float, *, size: float = 12, anchor: str = "start",
    fill: str = "var(--ink)", strong: bool = False,
) -> Element:  # fmt: skip
    made = _add(
        parent,
        "text",
        x=x,
        y=y,
        fill=fill,
        font_size=size,
        text_anchor=anchor,
        font_weight="600" if strong else "400",
    )
    made.text = clean_text(text)
    return made


def colour(index: int) -> str:
    """The page's colour of a number."""
    return f"var(--series-{index % COLOURS})"


def _steps(count: int, room: float, each: float) -> range:
    """Which of some labels have room."""
    return range(0, count, max(1, -(-count * each // room).__int__()))


# strips


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
    for at in _steps(count, WIDE - left, 46):
        _words(
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
    words = whole.replace("-", " ").split()
    short = "".join(word[0] for word in words) if len(words) > 1 else whole[:3]
    return next((one for one in (whole, short) if len(one) * LETTER * 0.95 <= room), "")


def _strip_group(root: Element, group: StripGroup, left: float, cell: float, y: float) -> None:
    _words(root, group.name, 0, y + CELL - 4, size=13, strong=True)
    for number, row in enumerate(group.rows):
        top = y + number * (CELL + 1)
        _words(
            root, row.name, left - 6, top + CELL - 4.5, size=11, anchor="end", fill="var(--soft)"
        )
        for first, length, what in _runs(row.cells):
            x, width = left + first * cell, length * cell
            if what is None:
                _add(root, "rect", x=x, y=top, width=width, height=CELL, fill="var(--wash)")
                continue
            box = _add(
                root, "rect", x=x, y=top, width=width - 0.7, height=CELL, fill=colour(what[1]),
                fill_opacity=SHADE,
            )  # fmt: skip
            _add(box, "title").text = clean_text(what[0])
            short = _fitting(what[0], width - 4)
            if short:
                _words(root, short, x + 3, top + CELL - 4.5, size=11, fill="var(--on-series)")
    below = y + len(group.rows) * (CELL + 1) + 1
    for lane, bar in _lanes(group.bars):
        x, width = left + bar.first * cell, (bar.last - bar.first + 1) * cell - 1
        fill = "none" if bar.colour is None else colour(bar.colour)
        line = _add(
            root, "rect", x=x, y=below + lane * (BAR + 2), width=max(2.0, width), height=BAR,
            rx=1.5, fill=fill, stroke="var(--ink)", stroke_width=0.6,
        )  # fmt: skip
        _add(line, "title").text = clean_text(bar.name)


# matrices


def matrix(chart: Matrix) -> Element:
    """Marks in cells, with the columns' names upright above them."""
    longest = LETTER * max((len(name) for name in chart.rows), default=0)
    high = min(130.0, 10 + LETTER * max((len(name) for name in chart.columns), default=0))
    left = min(longest + 12, 230.0)
    size = max(13.0, min(22.0, (NARROW * 1.3 - left) / max(1, len(chart.columns))))
    width = left + size * len(chart.columns) + 12
    height = high + size * len(chart.rows) + 26
    root = canvas(max(width, NARROW), height)
    x = {name: left + size * (at + 0.5) for at, name in enumerate(chart.columns)}
    y = {name: high + size * (at + 0.5) for at, name in enumerate(chart.rows)}
    for name, at in x.items():
        text = _words(root, name, 0, 0, size=11)
        text.set("transform", f"translate({_number(at + 4)} {_number(high - 5)}) rotate(-90)")
        _add(
            root, "line", x1=at, x2=at, y1=high, y2=high + size * len(y), stroke="var(--rule)",
            stroke_width=0.7,
        )  # fmt: skip
    for name, at in y.items():
        _words(root, name, left - 6, at + 4, size=11, anchor="end")
        _add(
            root, "line", x1=left, x2=left + size * len(x), y1=at, y2=at, stroke="var(--rule)",
            stroke_width=0.7,
        )  # fmt: skip
    for mark in chart.marks:
        _mark(root, x[mark.column], y[mark.row], size, chart.kinds.index(mark.kind))
    at = 4.0
    for index, kind in enumerate(chart.kinds):
        _mark(root, at + 7, height - 10, 15, index)
        _words(root, kind, at + 18, height - 6, size=11, fill="var(--soft)")
        at += 34 + 6.1 * len(kind)
    root.set("viewBox", f"0 0 {_number(max(width, NARROW, at))} {_number(height)}")
    return root


def _mark(root: Element, x: float, y: float, size: float, kind: int) -> None:
    """A mark of a kind: a full square, a hollow one, a cross, a ring."""
    half = size * 0.32
    match kind:
        case 0:
            _add(
                root, "rect", x=x - half, y=y - half, width=2 * half, height=2 * half,
                fill="var(--series-0)",
            )  # fmt: skip
        case 1:
            _add(
                root, "rect", x=x - half, y=y - half, width=2 * half, height=2 * half,
                fill="var(--card)", stroke="var(--series-2)", stroke_width=1.6,
            )  # fmt: skip
        case 2:
            far = half * 0.9
            path = (
                f"M{_number(x - far)} {_number(y - far)} L{_number(x + far)} {_number(y + far)} "
                f"M{_number(x - far)} {_number(y + far)} L{_number(x + far)} {_number(y - far)}"
            )
            _add(root, "path", d=path, stroke="var(--series-1)", stroke_width=2.4, fill="none")
        case _:
            _add(
                root, "circle", cx=x, cy=y, r=half, fill="var(--card)", stroke="var(--soft)",
                stroke_width=1.4, stroke_dasharray="2,2",
            )  # fmt: skip


# planes


def scatter(chart: Scatter) -> Element:
    """Points with the way that they came, and their names beside them where there is room."""
    width, height, left, low = NARROW, 330.0, 44.0, 40.0
    root = canvas(width, height)
    steps_x, steps_y = (round_steps(top) for top in chart.tops)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        across = left + (width - left - 66) * min(1.0, point[0] / steps_x[-1])
        return across, height - low - (height - low - 16) * min(1.0, point[1] / steps_y[-1])

    for step in steps_x:
        x, y = place((step, 0))
        _add(root, "line", x1=x, x2=x, y1=16, y2=y, stroke="var(--rule)", stroke_width=0.7)
        _words(
            root, figure(step, percent=True), x, y + 15, size=11, anchor="middle",
            fill="var(--soft)",
        )  # fmt: skip
    for step in steps_y:
        x, y = place((0, step))
        _add(root, "line", x1=x, x2=width - 66, y1=y, y2=y, stroke="var(--rule)", stroke_width=0.7)
        _words(
            root, figure(step, digits=1, even=True), x - 6, y + 4, size=11, anchor="end",
            fill="var(--soft)",
        )  # fmt: skip
    _words(
        root, chart.across, (left + width - 66) / 2, height - 6, size=11, anchor="middle",
        fill="var(--soft)",
    )  # fmt: skip
    _words(root, chart.up, left, 10, size=11, fill="var(--soft)")
    for one in chart.trails:
        _trail(root, one, place(one.since), None if one.to is None else place(one.to))
    ends = [(one, place(one.to or one.since)) for one in chart.trails]
    dots = [place(one.since) for one in chart.trails] + [end for _, end in ends]
    taken = [(x - 5, x + 5, y - 5, y + 5) for x, y in dots]
    for one, (x, y) in sorted(ends, key=lambda pair: pair[1][1]):
        _name_trail(root, one.name, x, y, taken)
    return root


def _trail(
    root: Element, one: Trail, since: tuple[float, float], to: tuple[float, float] | None
) -> None:
    paint = colour(one.colour)
    if to is not None:
        _add(
            root, "line", x1=since[0], y1=since[1], x2=to[0], y2=to[1], stroke=paint,
            stroke_width=1.4, stroke_opacity="0.7",
        )  # fmt: skip
        _add(root, "circle", cx=to[0], cy=to[1], r=4.4, fill=paint)
    _add(
        root, "circle", cx=since[0], cy=since[1], r=2.6, fill="var(--card)", stroke=paint,
        stroke_width=1.2,
    )  # fmt: skip


def _name_trail(
    root: Element, name: str, x: float, y: float, taken: list[tuple[float, float, float, float]]
) -> None:
    """A name to the right or the left of its point, where it covers no other name or point."""
    long = LETTER * 0.9 * len(name)
    for below in (4, -6, 14, -16, 24, -26):
        for left in (x + 8, x - 8 - long):
            box = left, left + long, y + below - 9, y + below + 2
            free = all(
                box[1] < other[0] or box[0] > other[1] or box[3] < other[2] or box[2] > other[3]
                for other in taken
            )
            if free and left > 0:
                taken.append(box)
                _words(root, name, left, y + below, size=11)
                return


# odds


def balance(chart: Balance) -> Element:
    """A line above and below 0, with numbers at the turns that are named beside it."""
    width, height, left = NARROW, 170.0, 34.0
    root = canvas(width, height)
    count = max(1, len(chart.labels) - 1)
    middle, half = 74.0, 62.0
    top = max(chart.top, 1e-9)

    def place(at: int, value: float) -> tuple[float, float]:
        return left + (width - left - 14) * at / count, middle - half * max(-1, min(1, value / top))

    levels = [0.0, *((chart.mark, -chart.mark) if chart.mark else ())]
    for level in levels:
        _, y = place(0, level)
        _add(
            root, "line", x1=left, x2=width - 14, y1=y, y2=y, stroke="var(--rule)",
            stroke_width=1.2 if level == 0 else 0.8,
            stroke_dasharray="0" if level == 0 else "3,4",
        )  # fmt: skip
    for value in (top, 0.0, -top):
        _words(
            root, f"{value:+.0f}".replace("-", "−") if value else "0", left - 5,
            place(0, value)[1] + 4, size=11.5, anchor="end", fill="var(--soft)",
        )  # fmt: skip
    _words(root, f"↑ {chart.above}", width - 14, 11, size=11.5, anchor="end", fill="var(--soft)")
    _words(
        root, f"↓ {chart.below}", width - 14, 2 * middle - 3, size=11.5, anchor="end",
        fill="var(--soft)",
    )  # fmt: skip
    points = [place(at, value) for at, value in enumerate(chart.values) if value is not None]
    if points:
        path = "M" + " L".join(f"{_number(x)} {_number(y)}" for x, y in points)
        _add(root, "path", d=path, fill="none", stroke=colour(chart.colour), stroke_width=2.2)
    for number, at in enumerate(chart.numbered, start=1):
        x, y = place(at, chart.values[at] or 0.0)
        _add(
            root, "circle", cx=x, cy=y, r=8, fill="var(--card)", stroke=colour(chart.colour),
            stroke_width=1.6,
        )  # fmt: skip
        _words(root, f"{number}", x, y + 4, size=11, anchor="middle", strong=True)
    for at in _steps(len(chart.labels), width - left, 64):
        _words(
            root, chart.labels[at], place(at, 0)[0], height - 4, size=11.5, anchor="middle",
            fill="var(--soft)",
        )  # fmt: skip
    return root
