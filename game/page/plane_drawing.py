"""Points in a plane, and a line above and below 0, as inline SVG."""

from game.page.axes import round_steps
from game.page.blocks import figure
from game.page.diagrams import Balance, Scatter, Trail
from game.page.svg import (
    LETTER,
    NARROW,
    Element,
    canvas,
    colour,
    number,
    shape,
    with_room,
    words,
)


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
        shape(root, "line", x1=x, x2=x, y1=16, y2=y, stroke="var(--rule)", stroke_width=0.7)
        words(
            root, figure(step, percent=True), x, y + 15, size=11, anchor="middle",
            fill="var(--soft)",
        )  # fmt: skip
    for step in steps_y:
        x, y = place((0, step))
        shape(root, "line", x1=x, x2=width - 66, y1=y, y2=y, stroke="var(--rule)", stroke_width=0.7)
        words(
            root, figure(step, digits=1, even=True), x - 6, y + 4, size=11, anchor="end",
            fill="var(--soft)",
        )  # fmt: skip
    words(
        root, chart.across, (left + width - 66) / 2, height - 6, size=11, anchor="middle",
        fill="var(--soft)",
    )  # fmt: skip
    words(root, chart.up, left, 10, size=11, fill="var(--soft)")
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
        shape(
            root, "line", x1=since[0], y1=since[1], x2=to[0], y2=to[1], stroke=paint,
            stroke_width=1.4, stroke_opacity="0.7",
        )  # fmt: skip
        shape(root, "circle", cx=to[0], cy=to[1], r=4.4, fill=paint)
    shape(
        root, "circle", cx=since[0], cy=since[1], r=2.6, fill="var(--card)", stroke=paint,
        stroke_width=1.2,
    )  # fmt: skip


def _name_trail(
    root: Element, name: str, x: float, y: float, taken: list[tuple[float, float, float, float]]
) -> None:
    """A name to the right or the left of its point, where it covers no other name or point."""
    long = LETTER * len(name)
    for below in (4, -6, 14, -16, 24, -26):
        for left in (x + 8, x - 8 - long):
            box = left, left + long, y + below - 9, y + below + 2
            free = all(
                box[1] < other[0] or box[0] > other[1] or box[3] < other[2] or box[2] > other[3]
                for other in taken
            )
            if free and left > 0:
                taken.append(box)
                words(root, name, left, y + below, size=11)
                return


def balance(chart: Balance) -> Element:
    """A line above and below 0, with numbers at the turns that are named beside it."""
    width, height, left = NARROW, 170.0, 42.0
    root = canvas(width, height)
    count = max(1, len(chart.labels) - 1)
    middle, half = 74.0, 62.0
    top = max(chart.top, 1e-9)

    def place(at: int, value: float) -> tuple[float, float]:
        return left + (width - left - 14) * at / count, middle - half * max(-1, min(1, value / top))

    levels = [0.0, *((chart.mark, -chart.mark) if chart.mark else ())]
    for level in levels:
        _, y = place(0, level)
        shape(
            root, "line", x1=left, x2=width - 14, y1=y, y2=y, stroke="var(--rule)",
            stroke_width=1.2 if level == 0 else 0.8,
            stroke_dasharray="0" if level == 0 else "3,4",
        )  # fmt: skip
    for value in (top, 0.0, -top):
        words(
            root, f"{value:+.0f}".replace("-", "−") if value else "0", left - 13,
            place(0, value)[1] + 4, size=11.5, anchor="end", fill="var(--soft)",
        )  # fmt: skip
    words(root, f"↑ {chart.above}", left, 11, size=11.5, fill="var(--soft)")
    words(root, f"↓ {chart.below}", left, 2 * middle - 3, size=11.5, fill="var(--soft)")
    points = [place(at, value) for at, value in enumerate(chart.values) if value is not None]
    if points:
        path = "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points)
        shape(root, "path", d=path, fill="none", stroke=colour(chart.colour), stroke_width=2.2)
    for place_number, at in enumerate(chart.numbered, start=1):
        x, y = place(at, chart.values[at] or 0.0)
        shape(
            root, "circle", cx=x, cy=y, r=8, fill="var(--card)", stroke=colour(chart.colour),
            stroke_width=1.6,
        )  # fmt: skip
        words(root, f"{place_number}", x, y + 4, size=11, anchor="middle", strong=True)
    for at in with_room(len(chart.labels), width - left, 64):
        words(
            root, chart.labels[at], place(at, 0)[0], height - 4, size=11.5, anchor="middle",
            fill="var(--soft)",
        )  # fmt: skip
    return root
