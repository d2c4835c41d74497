"""Changes the grid so that provinces border each other as in the source."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.maps.geojson.features import Feature, geometry_library
from game.maps.geojson.raster import SEA, Cells, Sheet

Pair = tuple[int, int]
Mask = NDArray[np.bool_]

GAP = 0.03
"""Shapes closer than this distance, in cells, touch."""

SHORTEST = 0.2
"""A border of at least this length, in cells, must be on the grid; a shorter one is optional."""

REACH = 2
"""Cells around a wrong border that may be given to another owner to mend it."""

PUDDLE = 4
"""Inland water of fewer cells than this becomes land."""

ROUNDS = 6
"""The most passes over all wrong borders; straits replace the borders still missing."""

_SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))


@dataclass(slots=True)
class Borders:
    """Which provinces must border each other, which may, and the cost of a wrong border.

    Borders between owners (None: nobody) weigh more than those within a state.
    """

    owners: Sequence[str | None]
    required: set[Pair] = field(default_factory=set)
    allowed: set[Pair] = field(default_factory=set)

    def cost(self, pair: Pair, edges: int) -> int:
        """The cost of `edges` cell edges between a pair; 0 if that agrees with the source."""
        wrong = edges == 0 if pair in self.required else edges > 0 and pair not in self.allowed
        if not wrong:
            return 0
        foreign = self.owners[pair[0]] != self.owners[pair[1]]
        return (20 if foreign else 4) + (edges if pair not in self.required else 0)


def source_borders(sheet: Sheet, features: Sequence[Feature]) -> Borders:
    """The borders of the source's shapes, with lengths in cells of `sheet`."""
    library = geometry_library()
    grown = [shape.buffer(GAP) for shape in sheet.shapes]
    tree = library.STRtree(grown)
    borders = Borders([feature.owner for feature in features])
    for one, shape in enumerate(grown):
        for found in tree.query(shape):
            other = int(found)
            if other <= one:
                continue
            length = float(shape.intersection(grown[other]).area) / (2 * GAP)
            if length > 0:
                borders.allowed.add((one, other))
            if length >= SHORTEST:
                borders.required.add((one, other))
    return borders


def grid_borders(cells: Cells) -> Counter[Pair]:
    """How many cell edges each pair of provinces shares."""
    edges: Counter[Pair] = Counter()
    for one, other in ((cells[:-1], cells[1:]), (cells[:, :-1], cells[:, 1:])):
        differs = (one != other) & (one != SEA) & (other != SEA)
        low = np.minimum(one[differs], other[differs])
        high = np.maximum(one[differs], other[differs])
        edges.update(zip(low.tolist(), high.tolist(), strict=True))
    return edges


def mend(sheet: Sheet, borders: Borders) -> None:
    """Change single cells of `sheet` as long as that lowers the cost of its borders.

    A cell may become sea or go to a province beside it. The last cell of a province stays, and so
    does a cell that holds a province together.
    """
    for _ in range(ROUNDS):
        edges = grid_borders(sheet.cells)
        wrong = sorted(
            pair for pair in borders.required | set(edges) if borders.cost(pair, edges[pair])
        )
        if not sum(_mend_pair(sheet, borders, edges, pair) for pair in wrong):
            return


def _mend_pair(sheet: Sheet, borders: Borders, edges: Counter[Pair], pair: Pair) -> bool:
    """Change cells near one wrong border while that lowers the cost; whether any changed."""
    mended = False
    while borders.cost(pair, edges[pair]):
        best: tuple[float, int, int, int] | None = None
        for row, column in _cells_about(sheet, pair, edges[pair] > 0):
            for value in _values_about(sheet, row, column, pair):
                gain = _gain(sheet, borders, edges, row, column, value)
                if gain > 0 and (best is None or (gain, -row, -column) > best[:3]):
                    best = (gain, -row, -column, value)
        if best is None:
            return mended
        _, row, column, value = best
        _put(sheet.cells, edges, -row, -column, value)
        mended = True
    return mended


def _cells_about(sheet: Sheet, pair: Pair, touching: bool) -> Iterator[tuple[int, int]]:
    """The cells to try for a pair: near its border, or near where it should be."""
    cells = sheet.cells
    rows, columns = cells.shape
    near = np.zeros(cells.shape, dtype=bool)
    if touching:
        near |= _touching(cells == pair[0], cells == pair[1])
    else:
        shared = sheet.shapes[pair[0]].buffer(GAP).intersection(sheet.shapes[pair[1]].buffer(GAP))
        for x, y in _points(shared):
            row = min(max(int(y), 0), rows - 1)
            column = min(max(int(x), 0), columns - 1)
            near[
                max(0, row - REACH + 1) : row + REACH, max(0, column - REACH + 1) : column + REACH
            ] = True
    for row, column in zip(*np.nonzero(near), strict=True):
        yield int(row), int(column)


def _touching(one: Mask, other: Mask) -> Mask:
    """The cells of each mask that share an edge with a cell of the other."""
    near = np.zeros_like(one)
    down = (one[:-1] & other[1:]) | (other[:-1] & one[1:])
    near[:-1] |= down
    near[1:] |= down
    across = (one[:, :-1] & other[:, 1:]) | (other[:, :-1] & one[:, 1:])
    near[:, :-1] |= across
    near[:, 1:] |= across
    return near


def _points(shape: Any) -> Iterable[tuple[float, float]]:
    library = geometry_library()
    return [tuple(point) for point in library.get_coordinates(library.segmentize(shape, 0.5))]


def _values_about(sheet: Sheet, row: int, column: int, pair: Pair) -> Iterator[int]:
    cells = sheet.cells
    block = cells[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
    for value in np.unique(block).tolist():
        if value not in (cells[row, column], SEA):
            yield value
    if cells[row, column] != SEA:
        yield SEA
    for value in pair:
        if value not in block:
            yield value


def _gain(
    sheet: Sheet, borders: Borders, edges: Counter[Pair], row: int, column: int, value: int
) -> float:
    """By how much the total cost falls if the cell becomes `value`; at most 0 if forbidden."""
    cells = sheet.cells
    if _cuts(cells, row, column) or not _joins(cells, row, column, value):
        return 0
    change: Counter[Pair] = Counter()
    old = int(cells[row, column])
    for neighbour in _neighbours(cells, row, column):
        if neighbour == SEA:
            continue
        if old not in (SEA, neighbour):
            change[_ordered(old, neighbour)] -= 1
        if value not in (SEA, neighbour):
            change[_ordered(value, neighbour)] += 1
    gain = 0.0
    for pair, by in change.items():
        gain += borders.cost(pair, edges[pair]) - borders.cost(pair, edges[pair] + by)
    untrue = 0.1
    if old == SEA:
        untrue = 0.4
    elif value == SEA:
        untrue = 0.4 if sheet.land[row, column] < 1 else 0.9
    return gain - untrue


def _cuts(cells: Cells, row: int, column: int) -> bool:
    """Whether a province would lose its last cell, or fall apart, without this one."""
    owner = cells[row, column]
    if owner == SEA:
        return False
    mine = {(int(r), int(c)) for r, c in zip(*np.nonzero(cells == owner), strict=True)}
    beside = [cell for cell in _around(row, column) if cell in mine]
    mine.discard((row, column))
    if not mine:
        return True
    if len(beside) < 2:
        return False
    reached, queue = {beside[0]}, [beside[0]]
    while queue:
        for cell in _around(*queue.pop()):
            if cell in mine and cell not in reached:
                reached.add(cell)
                queue.append(cell)
    return not reached.issuperset(beside)


def _joins(cells: Cells, row: int, column: int, value: int) -> bool:
    return value == SEA or value in _neighbours(cells, row, column)


def _around(row: int, column: int) -> list[tuple[int, int]]:
    return [(row + down, column + across) for down, across in _SIDES]


def _neighbours(cells: Cells, row: int, column: int) -> list[int]:
    rows, columns = cells.shape
    return [int(cells[r, c]) for r, c in _around(row, column) if 0 <= r < rows and 0 <= c < columns]


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _put(cells: Cells, edges: Counter[Pair], row: int, column: int, value: int) -> None:
    old = int(cells[row, column])
    for neighbour in _neighbours(cells, row, column):
        if neighbour == SEA:
            continue
        if old not in (SEA, neighbour):
            edges[_ordered(old, neighbour)] -= 1
        if value not in (SEA, neighbour):
            edges[_ordered(value, neighbour)] += 1
    cells[row, column] = value


def clear_scraps(sheet: Sheet) -> None:
    """Change `sheet`: detached cells of a province inside another province go to that one.

    A province keeps its largest piece, and every piece that touches the sea (an island).
    """
    cells = sheet.cells
    for index in range(len(sheet.shapes)):
        pieces = sorted(_pieces(cells == index), key=len, reverse=True)
        for piece in pieces[1:]:
            around = Counter(
                value
                for row, column in piece
                for value in _neighbours(cells, row, column)
                if value not in (index, SEA)
            )
            if around:
                taker = max(around, key=lambda value: (around[value], -value))
                for row, column in piece:
                    cells[row, column] = taker


def fill_puddles(sheet: Sheet) -> None:
    """Change `sheet`: inland water of fewer than `PUDDLE` cells goes to the land around it."""
    cells = sheet.cells
    rows, columns = cells.shape
    for piece in _pieces(cells == SEA):
        inland = all(0 < row < rows - 1 and 0 < column < columns - 1 for row, column in piece)
        if len(piece) >= PUDDLE or not inland:
            continue
        for row, column in piece:
            beside = Counter(value for value in _neighbours(cells, row, column) if value != SEA)
            if beside:
                cells[row, column] = max(beside, key=lambda value: (beside[value], -value))


def _pieces(mask: Mask) -> list[list[tuple[int, int]]]:
    """The connected pieces of a mask, each as its cells."""
    left = {(int(r), int(c)) for r, c in zip(*np.nonzero(mask), strict=True)}
    pieces = []
    while left:
        start = min(left)
        left.discard(start)
        piece, queue = [start], [start]
        while queue:
            for cell in _around(*queue.pop()):
                if cell in left:
                    left.discard(cell)
                    piece.append(cell)
                    queue.append(cell)
        pieces.append(piece)
    return pieces


def straits_for(sheet: Sheet, borders: Borders) -> tuple[list[Pair], list[Pair]]:
    """The borders still wrong after `mend`: (missing ones, replaced by straits; false ones)."""
    edges = grid_borders(sheet.cells)
    lost = sorted(pair for pair in borders.required if edges[pair] <= 0)
    false = sorted(pair for pair in edges if edges[pair] > 0 and pair not in borders.allowed)
    return lost, false
