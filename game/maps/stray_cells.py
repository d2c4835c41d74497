"""Warnings about pieces of a province that lie in another's land: most are slips of a letter."""

from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from game.maps.grid import Grid, cell_numbers
from game.maps.map_problem import Issue, shown
from game.world.map_document import MapDoc

SLIP = 2
"""Cells up to which a piece beside the sea is taken for a slip."""

NEAR = 3
"""Cells from its province within which a small piece is taken for its own."""

MOST_TOLD = 20
"""Pieces told one by one."""

MOST_LOOKED_AT = 5_000
"""Pieces looked at one by one: a grid of noise has millions."""

WATER = -1
"""What stands for water, and for what lies beyond the grid."""


def stray_cells(doc: MapDoc) -> Iterator[Issue]:
    """A warning for each piece enclosed in the land of others, and for small ones far off.

    A piece beside the sea is a slip if it has `SLIP` cells at most, touches land of another
    province that its own does not border otherwise, and lies more than `NEAR` cells away.
    """
    places = list(doc.provinces)
    number = {name: index for index, name in enumerate(places)}
    cells = cell_numbers(
        doc.grid,
        {
            key: WATER if entry.province is None else number[entry.province]
            for key, entry in doc.legend.items()
        },
    )
    width = len(next(iter(doc.legend)))
    pieces = _Pieces(cells)
    for piece in islice(filter(pieces.is_stray, pieces.suspects), MOST_TOLD):
        row, column = pieces.first_cell(piece)
        around = pieces.around(piece)
        land = max((place for place in around if place != WATER), key=lambda one: around[one])
        size = int(pieces.sizes[piece])
        many = "1 cell" if size == 1 else f"{size} cells"
        lies = "far from the rest and beside" if pieces.wet[piece] else "enclosed in"
        mine = shown(places[pieces.places[piece]])
        message = f"{many} of {mine} {lies} {shown(places[land])}"
        hint = "a letter mistyped? it makes neighbours of provinces that are far apart"
        yield Issue(("grid", row), message, hint, "warning", offset=column * width)


class _Pieces:
    """The connected pieces of a grid, each by the number that `_labels` gives it."""

    def __init__(self, cells: Grid) -> None:
        self.cells = np.pad(cells, NEAR, constant_values=WATER)
        labels = _labels(cells)
        self.labels = np.pad(labels, NEAR, constant_values=-1)
        flat = labels.ravel()
        self.sizes = np.bincount(flat)
        self.places = np.full(len(self.sizes), WATER)
        self.places[flat] = cells.ravel()
        self.firsts = np.zeros(len(self.sizes), dtype=np.int64)
        # Of several values for one place the last stays: that of the first cell.
        self.firsts[flat[::-1]] = np.arange(flat.size)[::-1]
        self.columns = cells.shape[1]
        self.largest = self._largest()
        piece, beside = self._edges()
        self.wet = np.zeros(len(self.sizes), dtype=bool)
        self.wet[piece[beside == WATER]] = True
        self.suspects = self._suspects(piece[beside != WATER])
        self._keep(piece, beside)

    def _largest(self) -> Grid:
        """The largest piece of each place, the first of equal ones."""
        land = np.flatnonzero((self.places != WATER) & (self.sizes > 0))
        count = int(self.places.max(initial=WATER)) + 1
        most = np.zeros(count, dtype=np.int64)
        np.maximum.at(most, self.places[land], self.sizes[land])
        first = np.full(count, len(self.sizes))
        full = land[self.sizes[land] == most[self.places[land]]]
        np.minimum.at(first, self.places[full], full)
        return first

    def _edges(self) -> tuple[Grid, Grid]:
        """(piece of land, other place that touches it) for each edge of a cell between two."""
        inner = slice(NEAR, -NEAR)
        here, labels = self.cells[inner, inner], self.labels[inner, inner]
        pieces, besides = [], []
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            there = np.roll(self.cells, (-down, -right), (0, 1))[inner, inner]
            edge = (here != there) & (here != WATER)
            pieces.append(labels[edge])
            besides.append(there[edge])
        return np.concatenate(pieces), np.concatenate(besides)

    def _suspects(self, by_land: Grid) -> list[int]:
        """The pieces that may be stray, those of a province together, the larger first."""
        may_be = np.zeros(len(self.sizes), dtype=bool)
        may_be[by_land] = True
        may_be &= ~self.wet | (self.sizes <= SLIP)
        may_be[self.largest[self.largest < len(may_be)]] = False
        found = np.flatnonzero(may_be)[:MOST_LOOKED_AT]
        order = np.lexsort((found, -self.sizes[found], self.places[found]))
        return [int(piece) for piece in found[order]]

    def _keep(self, piece: Grid, beside: Grid) -> None:
        """Keep the edges of the suspects and of the largest pieces, sorted by piece."""
        wanted = np.zeros(len(self.sizes), dtype=bool)
        wanted[self.suspects] = True
        wanted[self.largest[self.places[self.suspects]]] = True
        kept = wanted[piece]
        order = np.argsort(piece[kept], kind="stable")
        self._pieces, self._besides = piece[kept][order], beside[kept][order]

    def around(self, piece: int) -> Mapping[int, int]:
        """How many cell edges a suspect or a largest piece shares with each other place."""
        begin, end = np.searchsorted(self._pieces, [piece, piece + 1])
        places, counts = np.unique(self._besides[begin:end], return_counts=True)
        return dict(zip(places.tolist(), counts.tolist(), strict=True))

    def first_cell(self, piece: int) -> tuple[int, int]:
        """The row and column of a piece's first cell."""
        row, column = divmod(int(self.firsts[piece]), self.columns)
        return row, column

    def is_stray(self, piece: int) -> bool:
        """Whether a suspect is enclosed, or is a slip beside the sea."""
        if not self.wet[piece]:
            return True
        rest = int(self.largest[self.places[piece]])
        if self.sizes[rest] <= self.sizes[piece]:
            return False
        row, column = self.first_cell(piece)
        window = self.labels[row : row + 2 * NEAR + 1, column : column + 2 * NEAR + 1]
        if (window[_WITHIN] == rest).any():
            return False
        return any(
            place != WATER and place not in self.around(rest) for place in self.around(piece)
        )


_ACROSS = np.abs(np.arange(-NEAR, NEAR + 1))
_WITHIN: NDArray[np.bool_] = _ACROSS[:, None] + _ACROSS <= NEAR
"""Which cells of a window are within `NEAR` of its middle."""


def _labels(cells: Grid) -> Grid:
    """A number for each connected piece: that of its first run of equal cells in a row.

    Runs that touch take the least number among them and among those that they took theirs from,
    until none changes: a few rounds, since the chains are halved in each.
    """
    starts = np.ones(cells.shape, dtype=bool)
    starts[:, 1:] = cells[:, 1:] != cells[:, :-1]
    runs = np.cumsum(starts).reshape(cells.shape) - 1
    same = cells[1:] == cells[:-1]
    # Of cells that touch the row below, the first of each pair of runs will do.
    same[:, 1:] &= ~(same[:, :-1] & ~starts[1:, 1:] & ~starts[:-1, 1:])
    upper, lower = runs[:-1][same], runs[1:][same]
    label = np.arange(int(runs[-1, -1]) + 1)
    while True:
        above, below = label[upper], label[lower]
        least = np.minimum(above, below)
        if (above == below).all():
            return np.asarray(label[runs])
        for ends in (upper, lower, above, below):
            np.minimum.at(label, ends, least)
        label = label[label]
