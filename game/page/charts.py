"""Charts as inline SVG, made with pygal: no scripts, no links, the colours of the page.

The same chart always gives the same bytes.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import pygal
from pygal.style import Style

from game.page.axes import TICKS, round_steps
from game.page.blocks import Bars, Chart, Lines, Network, Series, Whiskers, figure
from game.page.diagrams import Balance, Matrix, Scatter, Strip
from game.page.matrix_drawing import matrix
from game.page.plane_drawing import balance, scatter
from game.page.strip_drawing import strip
from game.page.svg import COLOURS, colour
from game.world.clean_text import clean_text

DASHES = ("0", "7,3", "2,3", "9,3,2,3", "14,4", "1,5", "9,3,2,3,2,3", "4,2,12,2")
"""Dash patterns. Each colour has another one, so that lines differ without colour too."""
MARK = "2,4"
"""The dash pattern of a line that marks a value."""
LABELLED = 0.3
"""The shortest part of a stacked bar, as a share of the axis, that has room for a name."""
FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
WIDTH = 860
NARROW = 440
"""The width of a chart that stands beside others."""
SVG = "{http://www.w3.org/2000/svg}"
LEGEND_COLUMNS = 4
LEGEND_ROW = 21
NETWORK = (460, 340)
"""Width and height of a network without its legend."""
ROOM = (1.15, 1.32)
"""How far the axes of a network reach beyond its circle of radius 1, across and down."""
LETTER = 0.066
"""The width of one letter of the longest name, in the same unit."""
CAPITAL = 2.5
"""How much wider in px a capital of a label is than the letter for which pygal leaves room."""
LABEL_SIZE = 13
"""The size of a label's letters in px; pygal leaves 0.6 of it for each."""
BESIDE = 0.6
"""The largest share of a chart's width that the names beside its bars take: pygal never comes to an
end with a chart whose axis has a title and no width."""
NODE_GAP = 12
"""The distance of a node from its name."""


def drawn(chart: Chart, anchor: str, *, narrow: bool = False) -> ElementTree.Element:
    """A chart as an `svg` element; `anchor` is unique in the document.

    A `narrow` chart is shown beside others; its letters are as large as those of a wide one.
    """
    own = _drawn_by_the_page(chart)
    if own is not None:
        return own
    width = NARROW if narrow else WIDTH
    match chart:
        case Lines():
            made = _lines(chart, width)
        case Bars():
            made = _bars(chart, width)
        case Whiskers():
            made = _whiskers(chart, width)
        case Network():
            made = _network(chart)
        case _:
            raise TypeError(f"no drawing for {type(chart).__name__}")
    made.uuid = anchor
    root = ElementTree.fromstring(made.render(is_unicode=True, disable_xml_declaration=True))
    _clean(root)
    if isinstance(chart, Lines):
        _dash_legend(root, [_dash(number) for number in _numbers(chart.series)])
    if isinstance(chart, Network):
        _dash_legend(root, [_dash(index) for index in range(len(chart.kinds))])
        _name_nodes(root, len(chart.nodes))
    kind = f"chart {type(chart).__name__.lower()}"
    root.attrib |= {"class": kind, "role": "img", "aria-label": _label(chart)}
    root.attrib["style"] = f"--width: {made.config.width}px"
    return root


def _label(chart: Chart) -> str:
    """What a chart is about, for its attribute: without what looks like a tag."""
    return clean_text(chart.about).replace("<", "‹").replace(">", "›")


def _drawn_by_the_page(chart: Chart) -> ElementTree.Element | None:
    """The chart where it is one of `diagrams`; else None."""
    match chart:
        case Strip():
            root = strip(chart)
        case Matrix():
            root = matrix(chart)
        case Scatter():
            root = scatter(chart)
        case Balance():
            root = balance(chart)
        case _:
            return None
    kind = type(chart).__name__.lower()
    root.attrib |= {"class": f"chart {kind}", "role": "img", "aria-label": _label(chart)}
    root.attrib["style"] = f"--width: {root.attrib['viewBox'].split()[2]}px"
    return root


def _series_colours(count: int) -> tuple[str, ...]:
    return tuple(colour(index) for index in range(count))


def _numbers(series: Sequence[Series]) -> list[int]:
    """The number of each series, by which its colour and its dashes go: its own, or its place."""
    return [at if one.colour is None else one.colour for at, one in enumerate(series)]


def _dash(index: int) -> str:
    """The dash pattern of a series; where colours repeat, the patterns differ."""
    return DASHES[(index + index // COLOURS) % len(DASHES)]


def _named_parts(chart: Bars) -> bool:
    """Whether long parts of bars show their series' names, so that colour is not needed."""
    return chart.stacked and chart.percent


def _style(count: int, colours: tuple[str, ...] = (), label: str = "var(--ink)") -> Style:
    """Colours as the page's variables, so that a dark page has a dark chart."""
    series = colours or _series_colours(max(count, 1))
    return Style(
        background="transparent",
        plot_background="transparent",
        value_background="transparent",
        foreground="var(--soft)",
        foreground_strong="var(--ink)",
        foreground_subtle="var(--rule)",
        guide_stroke_color="var(--rule)",
        major_guide_stroke_color="var(--rule)",
        guide_stroke_dasharray="0",
        major_guide_stroke_dasharray="0",
        font_family=FONT,
        label_font_size=LABEL_SIZE,
        major_label_font_size=LABEL_SIZE,
        value_font_size=12,
        value_label_font_size=13,
        title_font_size=14,
        legend_font_size=14,
        no_data_font_size=18,
        opacity="1",
        opacity_hover="1",
        stroke_opacity="1",
        stroke_opacity_hover="1",
        stroke_width="2",
        stroke_width_hover="2",
        transition="0s",
        colors=series,
        value_colors=(label,) * len(series),
    )


def _common(count: int, body: int, **named: Any) -> dict[str, Any]:
    """Settings of all charts; `body` is the height without the legend of `count` entries."""
    fitting = LEGEND_COLUMNS if named.get("width", WIDTH) >= WIDTH else LEGEND_COLUMNS // 2
    columns = min(named.pop("columns", fitting), max(count, 1))
    rows = math.ceil(count / columns) if count > 1 else 0
    return {
        "style": _style(count),
        "width": WIDTH,
        "height": body + LEGEND_ROW * rows,
        "js": [],
        "margin": 8,
        "margin_bottom": 8 + LEGEND_ROW * (rows > 1),
        "legend_at_bottom": True,
        "legend_at_bottom_columns": columns,
        "legend_box_size": 14,
        "truncate_legend": -1,
        "truncate_label": -1,
        "show_legend": count > 1,
        "no_data_text": "nothing to draw",
        **named,
    }


def _ticks(low: float, high: float) -> list[float]:
    """Round values along an axis: whole numbers if there are at least three, else finer ones."""
    whole = list(range(math.ceil(low), math.floor(high) + 1))
    if 3 <= len(whole) <= 2 * TICKS:
        return list(map(float, whole))
    step = round_steps(max(high - low, 1e-9))[1]
    first = math.ceil(low / step - 1e-9)
    return [round(step * index, 10) for index in range(first, math.floor(high / step + 1e-9) + 1)]


def _formatter(percent: bool, digits: int = 2) -> Callable[[float | None], str]:
    def format_(value: float | None) -> str:
        return figure(value, percent=percent, digits=digits)

    return format_


def _largest(series: Sequence[Series]) -> float:
    return max((value for one in series for value in one.values if value is not None), default=0)


def _longest(chart: Bars) -> float:
    """The length of the longest bar; a stacked bar is the sum of its parts."""
    if not chart.stacked:
        return _largest(chart.series)
    return max(
        (sum(one.values[index] or 0 for one in chart.series) for index in range(len(chart.labels))),
        default=0,
    )


def _lines(chart: Lines, width: int) -> Any:
    """A line chart in pygal."""
    count = len(chart.series) + (chart.mark is not None)
    steps = round_steps(chart.top or max(_largest(chart.series), chart.mark or 0))
    made = pygal.Line(
        **_common(
            count,
            320 if width == WIDTH else 230,
            width=width,
            show_dots=False,
            y_title=clean_text(chart.axis) or None,
            value_formatter=_formatter(chart.percent),
            range=(0, steps[-1]),
            show_minor_x_labels=False,
        )
    )
    labels = [clean_text(label) for label in chart.labels]
    made.x_labels = labels
    made.x_labels_major = labels[:: max(1, math.ceil(len(labels) * 86 / width))]
    made.y_labels = steps if _largest(chart.series) else None
    numbers = _numbers(chart.series)
    made.config.style = _style(count, tuple(colour(number) for number in numbers))
    for number, one in zip(numbers, chart.series, strict=True):
        dash = _dash(number)
        made.add(
            clean_text(one.name), list(one.values), stroke_style={"width": 2.2, "dasharray": dash}
        )
    if chart.mark is not None:
        colours = (*(colour(number) for number in numbers), "var(--soft)")
        made.config.style = _style(count, colours)
        name = figure(chart.mark, percent=chart.percent)
        level = [chart.mark] * len(chart.labels)
        made.add(name, level, stroke_style={"width": 1, "dasharray": MARK})
    return made


def _bars(chart: Bars, width: int) -> Any:
    """A bar chart in pygal."""
    count = len(chart.series)
    kind = pygal.HorizontalStackedBar if chart.stacked else pygal.HorizontalBar
    thick = 26 if chart.stacked else max(30, 18 * count)
    largest = 1.0 if chart.percent and chart.stacked else _longest(chart)
    steps = round_steps(largest)
    if not chart.percent:
        whole = [step for step in steps if float(step).is_integer()]
        steps = whole if len(whole) > 1 else steps
    labels = [_beside(label, width) for label in chart.labels]
    made = kind(
        **_common(
            count,
            60 + thick * len(chart.labels),
            width=width,
            x_title=clean_text(chart.axis) or None,
            value_formatter=_formatter(chart.percent),
            range=(0, steps[-1]),
            print_labels=_named_parts(chart),
            margin_left=8 + CAPITAL * max(map(_capitals, labels), default=0),
        )
    )
    if _named_parts(chart):
        made.config.style = _style(count, label="var(--card)")
    made.x_labels = labels[::-1]
    made.y_labels = steps if _largest(chart.series) else None
    for one in chart.series:
        name = clean_text(one.name)
        values = list(reversed(one.values))
        if _named_parts(chart):
            made.add(name, [_part(name, value) for value in values])
        else:
            made.add(name, values)
    return made


def _beside(name: str, width: int) -> str:
    """A name beside the bars of a chart so wide, cut where it would leave them no room."""
    label = clean_text(name)
    room = BESIDE * width
    if _across(label) <= room:
        return label
    while _across(label) > room:
        label = label[:-1]
    return f"{label[:-1].rstrip()}…"


def _across(label: str) -> float:
    """The width of a label, px."""
    return 0.6 * LABEL_SIZE * len(label) + CAPITAL * _capitals(label)


def _capitals(label: str) -> int:
    return sum(letter.isupper() for letter in label)


def _part(name: str, value: float | None) -> dict[str, Any]:
    """A part of a stacked bar with its series' name, where there is room for it."""
    return {"value": value, "label": name if (value or 0) >= LABELLED else " "}


def _whiskers(chart: Whiskers, width: int) -> Any:
    """Estimates with intervals in pygal."""
    low, high = chart.span
    made = pygal.HorizontalLine(
        **_common(
            1,
            70 + 34 * len(chart.points),
            width=width,
            stroke=False,
            dots_size=5,
            range=chart.span,
            show_x_guides=True,
            value_formatter=_formatter(False, chart.digits),
        )
    )
    made.x_labels = ["", *(_beside(one.name, width) for one in chart.points), ""]
    made.y_labels = _ticks(low, high)
    if chart.mark is not None:
        name = figure(chart.mark, digits=chart.digits)
        made.y_labels = [
            *(one for one in made.y_labels if abs(one - chart.mark) > (high - low) / 12),
            {"value": chart.mark, "label": f"| {name}"},
        ]
        made.y_labels_major = [chart.mark]
    values: list[Mapping[str, Any] | None] = [None]
    for one in chart.points:
        if one.estimate is None:
            values.append(None)
            continue
        ends = {
            "low": low if one.low is None else max(low, one.low),
            "high": high if one.high is None else min(high, one.high),
        }
        values.append({"value": min(high, max(low, one.estimate)), "ci": ends})
    made.config.style = _style(1, (colour(chart.colour or 0),))
    made.add("", [*values, None])
    return made


def _network(chart: Network) -> Any:
    """A network in pygal: nodes on a circle, with a line for each tie."""
    points = _circle(len(chart.nodes))
    where = dict(zip(chart.nodes, points, strict=True))
    kinds = len(chart.kinds)
    width, height = NETWORK
    across = ROOM[0] + LETTER * max((len(clean_text(name)) for name in chart.nodes), default=0)
    made = pygal.XY(
        **_common(
            kinds,
            height,
            width=width,
            columns=2,
            show_legend=kinds > 0,
            show_x_labels=False,
            show_y_labels=False,
            show_x_guides=False,
            show_y_guides=False,
            range=(-ROOM[1], ROOM[1]),
            xrange=(-across, across),
            print_labels=True,
            dots_size=6,
        )
    )
    made.config.style = _style(kinds + 1, (*_series_colours(kinds), "var(--ink)"))
    for index, kind in enumerate(chart.kinds):
        line: list[tuple[float, float] | tuple[None, None]] = []
        for edge in chart.edges:
            if edge.kind == kind:
                line += [where[edge.one], where[edge.other], (None, None)]
        style = {"width": 2.6, "dasharray": _dash(index)}
        made.add(
            clean_text(kind), line, allow_interruptions=True, show_dots=False, stroke_style=style
        )
    nodes = [{"value": where[name], "label": clean_text(name)} for name in chart.nodes]
    made.add(None, nodes, stroke=False)
    return made


def _circle(count: int) -> list[tuple[float, float]]:
    """Points (x, y) on a circle of radius 1, clockwise from the top."""
    step = 2 * math.pi / max(1, count)
    return [
        (round(math.sin(index * step), 4), round(math.cos(index * step), 4))
        for index in range(count)
    ]


# after pygal


def _clean(element: ElementTree.Element) -> None:
    """Remove comments, scripts, ids and hidden data; the label of a dot becomes its title."""
    element.tag = element.tag.removeprefix(SVG)
    if element.tag == "g":
        element.attrib.pop("id", None)
    for child in list(element):
        name = child.tag.removeprefix(SVG) if isinstance(child.tag, str) else ""
        hidden = "tooltip-overlay" in (child.get("class") or "")
        if name in ("", "script", "title", "desc") or hidden:
            element.remove(child)
        else:
            _clean(child)


def _dash_legend(root: ElementTree.Element, dashes: Sequence[str]) -> None:
    """Replace a legend's boxes by strokes with these dashes; what is beyond them marks a value."""
    for box in root.iterfind(".//g[@class='legend reactive activate-serie']/rect"):
        x, size = float(box.get("x", 0)), float(box.get("width", 0))
        y = float(box.get("y", 0)) + size / 2
        number = int((box.get("class") or "color-0").split()[0].removeprefix("color-"))
        kind = box.get("class") or ""
        box.tag = "path"
        box.attrib.clear()
        box.attrib |= {
            "class": kind,
            "d": f"M{x - 14} {y} L{x + size} {y}",
            "style": "stroke-width: 1; stroke-dasharray: " + MARK
            if number >= len(dashes)
            else f"stroke-width: 3; stroke-dasharray: {dashes[number]}",
        }


def _name_nodes(root: ElementTree.Element, count: int) -> None:
    """Put each node's name outside the circle."""
    labels = [text for text in root.iter("text") if text.get("class") == "label"]
    dots = list(root.iter("circle"))
    for text, dot, (across, up) in zip(labels, dots, _circle(count), strict=True):
        side = 0 if abs(across) < 0.05 else 1 if across > 0 else -1
        text.set("x", f"{float(dot.get('cx', 0)) + NODE_GAP * side:.2f}")
        below = 5 if side else -NODE_GAP if up > 0 else NODE_GAP + 9
        text.set("y", f"{float(dot.get('cy', 0)) + below:.2f}")
        text.set("style", f"text-anchor: {('middle', 'start', 'end')[side]}")
