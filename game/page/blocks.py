"""A document as a value: sections of text, tables and charts, independent of the output format.

All text is plain text; the writer of a format escapes it. Every chart can be shown as a table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

FIGURE = re.compile(r"^(?:[<+\-−]?[\d.,]+(?: ?%)?|-|unbounded|)$")
"""A cell of a table that is a figure, or says that there is none."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised words."""

    words: str


@dataclass(frozen=True, slots=True)
class Faint:
    """Less visible words: sources, ids."""

    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a section of the same document, by its `anchor`."""

    words: str
    anchor: str


Inline = str | Strong | Faint | Link
Text = Inline | tuple[Inline, ...]
"""A text: plain words, or several pieces in a row."""


def pieces(text: Text) -> tuple[Inline, ...]:
    """The pieces of a text."""
    return text if isinstance(text, tuple) else (text,)


def words_of(text: Text) -> str:
    """A text as plain words."""
    return "".join(piece if isinstance(piece, str) else piece.words for piece in pieces(text))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` opens a section, `note` is small print."""

    text: Text
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points, numbered where the order counts."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading. Columns of numbers are aligned to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Named figures, one for each label of the chart; None where a figure is missing."""

    name: str
    values: tuple[float | None, ...]
    colour: int | None = None
    """The number of its colour, the same in every chart of a document; None: by its place."""


@dataclass(frozen=True, slots=True)
class Point:
    """An estimate with its interval; an end that is None is unbounded."""

    name: str
    low: float | None
    estimate: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two nodes of a network; `kind` is one of its chart's kinds."""

    one: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The base of charts: a title, and a sentence for readers who cannot see the chart."""

    title: str
    about: str

    def table(self) -> Table:
        """The same figures as a table."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Lines(Chart):
    """Figures over time, one line a series. With `percent` they are shares, 0 to 1."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = False
    top: float | None = None
    """The highest value of the axis; None: computed from the figures."""
    mark: float | None = None
    """A value to draw a line at."""
    axis: str = ""

    def table(self) -> Table:
        """A row a label, a column a series."""
        return _by_label(self.title, self.labels, self.series, self.percent)


@dataclass(frozen=True, slots=True)
class Bars(Chart):
    """Bars side by side, or `stacked`. With `percent` the figures are shares, 0 to 1."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = False
    stacked: bool = False
    axis: str = ""

    def table(self) -> Table:
        """A row a label, a column a series."""
        return _by_label(self.title, self.labels, self.series, self.percent)


@dataclass(frozen=True, slots=True)
class Whiskers(Chart):
    """Estimates as dots with intervals; `span` is (lowest, highest) value of the axis."""

    points: tuple[Point, ...]
    span: tuple[float, float]
    mark: float | None = None
    """A value to draw a line at."""
    digits: int = 2
    """How many decimals the figures have."""
    colour: int | None = None
    """The number of its colour in every chart of a document."""

    def table(self) -> Table:
        """A row an estimate."""
        rows = tuple(
            (
                one.name,
                figure(one.estimate, digits=self.digits, even=True),
                _end(one.low, self.digits),
                _end(one.high, self.digits),
            )
            for one in self.points
        )
        return Table(self.title, ("", "estimate", "from", "to"), rows)


@dataclass(frozen=True, slots=True)
class Network(Chart):
    """Nodes on a circle and the ties between them, by kind."""

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    kinds: tuple[str, ...]

    def table(self) -> Table:
        """A row a node, a column a kind: with whom."""
        rows = tuple(
            (node, *(self._tied(node, kind) for kind in self.kinds)) for node in self.nodes
        )
        return Table(self.title, ("", *self.kinds), rows)

    def _tied(self, node: str, kind: str) -> str:
        pairs = [{edge.one, edge.other} for edge in self.edges if edge.kind == kind]
        return ", ".join(other for other in self.nodes if {node, other} in pairs) or "-"


@dataclass(frozen=True, slots=True)
class Grid:
    """Blocks side by side, as many as fit."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A boxed group of blocks under a heading of its own; an `anchor` is unique in the document."""

    title: Text
    blocks: tuple["Block", ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks that are hidden until a line is clicked; printed where they were opened."""

    summary: str
    blocks: tuple["Block", ...]


Block = Paragraph | Bullets | Table | Chart | Grid | Card | Folded


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with a unique `anchor`; in print it may begin a new page."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page."""

    title: str
    lead: tuple[Text, ...]
    sections: tuple[Section, ...]
    foot: str = ""
    handout: bool = False
    """Whether it is printed for others to write on: in large letters, with wide rows."""


def figure_columns(table: Table) -> list[bool]:
    """Which columns of a table hold figures alone, and so stand to the right; never the first."""
    return [
        bool(index and table.rows) and all(FIGURE.match(words_of(row[index])) for row in table.rows)
        for index in range(len(table.head))
    ]


def figure(
    value: float | None, *, percent: bool = False, digits: int = 2, even: bool = False
) -> str:
    """A figure in a table: "0.42", "42%", "1,200"; "-" where there is none.

    `even`: whole numbers get decimals too, to align with others in the column. No figure is
    written as "-0".
    """
    if value is None:
        return "-"
    if percent:
        return "<1%" if 0 < value < 0.005 else f"{value:z.0%}"
    if not even and float(value).is_integer() and abs(value) < 1e15:
        return f"{value:z,.0f}"
    return f"{value:z,.{digits}f}"


def _end(value: float | None, digits: int) -> str:
    return "unbounded" if value is None else figure(value, digits=digits, even=True)


def _by_label(
    caption: str, labels: Sequence[str], series: Sequence[Series], percent: bool
) -> Table:
    even = any(value is not None and value % 1 for one in series for value in one.values)
    rows = tuple(
        (label, *(figure(one.values[index], percent=percent, even=even) for one in series))
        for index, label in enumerate(labels)
    )
    return Table(caption, ("", *(one.name for one in series)), rows)
