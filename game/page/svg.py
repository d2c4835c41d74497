"""Shapes and words of drawings as inline SVG, in the colours of the page."""

import math
from xml.etree import ElementTree

from game.world.clean_text import clean_text

Element = ElementTree.Element
WIDE, NARROW = 860.0, 440.0
"""Widths of a drawing that stands alone and of one that stands beside others."""
LETTER = 6.6
"""About the width of a letter of 12 px."""
COLOURS = 12
"""How many colours of series the page's style declares: `--series-0` and so on."""


def canvas(width: float, height: float) -> Element:
    """An empty drawing."""
    return Element("svg", {"viewBox": f"0 0 {number(width)} {number(height)}"})


def number(value: float) -> str:
    """A length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def shape(parent: Element, tag: str, **named: str | float) -> Element:
    """Add a shape; underscores in names of attributes become dashes."""
    attributes = {
        name.replace("_", "-"): value if isinstance(value, str) else number(value)
        for name, value in named.items()
    }
    return ElementTree.SubElement(parent, tag, attributes)


def words(
    parent: Element, text: str, x: float, y: float, *, size: float = 12, anchor: str = "start",
    fill: str = "var(--ink)", strong: bool = False,
) -> Element:  # fmt: skip
    """Add words at a point; `anchor` is `start`, `middle` or `end`."""
    made = shape(
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


def with_room(count: int, room: float, each: float) -> range:
    """The places of those of `count` labels, each so wide, that have room side by side."""
    return range(0, count, max(1, math.ceil(count * each / room)))
