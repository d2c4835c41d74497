"""Charts that are drawn by the page itself: strips over time, matrices, scatters, a path of odds.

Each colours a state by a number that is the same in every chart of a document (`Series.colour`).
"""

from dataclasses import dataclass

from game.page.blocks import Chart, Table, figure


@dataclass(frozen=True, slots=True)
class StripBar:
    """Something that lasted: from one label of the strip to another, both counted from 0."""

    name: str
    first: int
    last: int
    colour: int | None
    """None: about nobody."""


@dataclass(frozen=True, slots=True)
class StripRow:
    """A row of cells, one a label: a short name and a colour, or None for an empty cell."""

    name: str
    cells: tuple[tuple[str, int] | None, ...]


@dataclass(frozen=True, slots=True)
class StripGroup:
    """Rows of one state, with bars below them."""

    name: str
    rows: tuple[StripRow, ...]
    bars: tuple[StripBar, ...]


@dataclass(frozen=True, slots=True)
class Strip(Chart):
    """Groups of rows of coloured cells over time, all on one axis of labels."""

    labels: tuple[str, ...]
    groups: tuple[StripGroup, ...]

    def table(self) -> Table:
        """A row a row of cells: who from when to when; and a row for the bars of each group."""
        rows: list[tuple[str, ...]] = []
        for group in self.groups:
            for row in group.rows:
                rows.append((group.name, row.name, self._spans(row)))
            bars = "; ".join(
                f"{bar.name} {self.labels[bar.first]} to {self.labels[bar.last]}"
                for bar in group.bars
            )
            rows.append((group.name, "pacts", bars or "-"))
        return Table(self.title, ("", "", "from when to when"), tuple(rows))

    def _spans(self, row: StripRow) -> str:
        parts: list[list[int | str]] = []
        for at, cell in enumerate(row.cells):
            word = cell[0] if cell else ""
            if parts and parts[-1][0] == word:
                parts[-1][2] = at
            else:
                parts.append([word, at, at])
        return "; ".join(
            f"{word} {self.labels[int(first)]} to {self.labels[int(last)]}"
            for word, first, last in parts
            if word
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a cell of a matrix; `kind` is one of its chart's kinds."""

    row: str
    column: str
    kind: str


@dataclass(frozen=True, slots=True)
class Matrix(Chart):
    """Rows and columns with marks of some kinds, each with a shape and a colour of its own."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    marks: tuple[Mark, ...]
    kinds: tuple[str, ...]
    """At most four."""

    def table(self) -> Table:
        """A row a row, a column a kind: the columns that have such a mark."""
        rows = tuple((row, *(self._at(row, kind) for kind in self.kinds)) for row in self.rows)
        return Table(self.title, ("", *self.kinds), rows)

    def _at(self, row: str, kind: str) -> str:
        there = {mark.column for mark in self.marks if (mark.row, mark.kind) == (row, kind)}
        return ", ".join(column for column in self.columns if column in there) or "-"


@dataclass(frozen=True, slots=True)
class Trail:
    """A point that moved from a place (x, y) to another; `to` None: it is gone."""

    name: str
    colour: int
    since: tuple[float, float]
    to: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Scatter(Chart):
    """Points in a plane, each with the way that it came. Charts side by side share their tops."""

    trails: tuple[Trail, ...]
    across: str
    """What the horizontal axis measures, in shares of 1."""
    up: str
    tops: tuple[float, float]
    """The highest values of both axes."""

    def table(self) -> Table:
        """A row a point."""
        rows = tuple(
            (
                one.name,
                figure(one.since[0], percent=True),
                figure(one.since[1], even=True),
                figure(None if one.to is None else one.to[0], percent=True),
                figure(None if one.to is None else one.to[1], even=True),
            )
            for one in self.trails
        )
        head = ("", f"{self.across}, start", f"{self.up}, start", "end", "end")
        return Table(self.title, head, rows)


@dataclass(frozen=True, slots=True)
class Balance(Chart):
    """Figures over time above and below 0, with numbered turns; charts side by side share `top`."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    colour: int
    top: float
    above: str
    """What a figure above 0 speaks for."""
    below: str
    numbered: tuple[int, ...]
    """Places of labels that get the numbers 1, 2, ... on the line."""
    mark: float | None = None
    """A value to draw lines at, above and below 0."""

    def table(self) -> Table:
        """A row a label."""
        rows = tuple(
            (label, figure(value, even=True))
            for label, value in zip(self.labels, self.values, strict=True)
        )
        return Table(self.title, ("", f"{self.above} above 0"), rows)
