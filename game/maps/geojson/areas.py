"""Cells given back, after the borders are mended, to whoever has fewer than its area."""

import numpy as np
from numpy.typing import NDArray

from game.maps.geojson.borders import (
    Borders,
    cuts,
    fall_of_cost,
    grid_borders,
    neighbours,
    put_cell,
)
from game.maps.geojson.raster import FAINTEST, SEA, Sheet

PASSES = 3
"""Times that all provinces are gone through."""


def restore_areas(sheet: Sheet, borders: Borders) -> None:
    """Changes `sheet`: cells move from provinces with too many to those beside with too few.

    The sea counts as having too many where land covers a part of the cell, and takes back cells
    that are partly water. A cell moves only where no border gets worse and no province is cut.
    """
    work = _Areas(sheet, borders)
    for _ in range(PASSES):
        short = np.argsort(work.excess() / work.areas, kind="stable").tolist()
        moved = sum([work.take(index) for index in short])
        long = np.argsort(-work.excess() / work.areas, kind="stable").tolist()
        if not moved + sum([work.give(index) for index in long]):
            return


class _Areas:
    """A sheet, and how many cells each province has and should have."""

    def __init__(self, sheet: Sheet, borders: Borders) -> None:
        self.sheet = sheet
        self.cells = sheet.cells
        self.borders = borders
        self.edges = grid_borders(sheet.cells)
        self.areas = sheet.areas()
        land = sheet.cells[sheet.cells != SEA]
        self.counts = np.bincount(land, minlength=len(self.areas)).astype(float)

    def excess(self) -> NDArray[np.float64]:
        """Cells that each province has above its area."""
        return np.asarray(self.counts - self.areas)

    def take(self, index: int) -> int:
        """Take cells for a province that is short of them; how many."""
        top, left, share = self.sheet.coverage[index]
        moved = 0
        for place in np.argsort(-share, axis=None, kind="stable").tolist():
            if self.counts[index] + 0.5 > self.areas[index] or share.flat[place] < FAINTEST:
                break
            row, column = top + place // share.shape[1], left + place % share.shape[1]
            holder = int(self.cells[row, column])
            if holder == index or index not in neighbours(self.cells, row, column):
                continue
            if holder == SEA or self.counts[holder] - 0.5 >= self.areas[holder]:
                moved += self.move(row, column, index)
        return moved

    def give(self, index: int) -> int:
        """Give cells of a province that has too many to those beside; how many."""
        moved = 0
        for row, column in np.argwhere(self.cells == index).tolist():
            if self.counts[index] - 0.5 < self.areas[index]:
                break
            for other in sorted(set(neighbours(self.cells, row, column)) - {index}):
                wet = other == SEA and self.sheet.land[row, column] < 1 - FAINTEST
                if wet or (other != SEA and self.counts[other] + 0.5 <= self.areas[other]):
                    moved += self.move(row, column, other)
                    break
        return moved

    def move(self, row: int, column: int, value: int) -> bool:
        """Give a cell to `value` unless that cuts a province or makes a border worse."""
        holder = int(self.cells[row, column])
        worse = fall_of_cost(self.cells, self.borders, self.edges, row, column, value) < 0
        if worse or cuts(self.cells, row, column):
            return False
        put_cell(self.cells, self.edges, row, column, value)
        for one, by in ((holder, -1), (value, 1)):
            if one != SEA:
                self.counts[one] += by
        return True
