"""Converts provinces to cells: chooses the size of the grid and the province of each cell."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.maps.geojson.features import Feature, geometry_library
from game.maps.geojson.projection import Projection, projected

SEA = -1
"""The value of a cell without a province."""

MOST_COLUMNS = 300
MOST_ROWS = 168
FEWEST_ROWS = 12

CELLS_WANTED = 5.0
"""How many cells the smallest province should have, within the limits of the grid's size."""

MORE_ROWS = 1.25
"""The factor by which a sheet with too few cells is enlarged."""

FAINTEST = 0.1
"""Share of a cell that a province must cover to take it for its area's sake."""

SAMPLES = 3
"""Sample points along each side of a cell."""

Cells = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Provinces on a grid of square cells.

    `cells[row, column]` is the index of a province or `SEA`; row 0 is north. `shapes` and `towns`
    are in cells: x from the west edge, y from the north edge. `land[row, column]` is the share of
    the cell that any province covers.
    """

    cells: Cells
    land: NDArray[np.float64]
    shapes: list[Any]
    towns: NDArray[np.float64]
    project: Projection
    origin: tuple[float, float]
    scale: float
    coverage: list[tuple[int, int, NDArray[np.float64]]]
    """For each province: first row, first column, and the share that it covers of each cell."""
    worth: float
    """Cells of land there should be: as many as land covers, or as are half covered, if more."""

    def areas(self) -> NDArray[np.float64]:
        """The area of each province, in cells; together `worth`."""
        areas = np.array([shape.area for shape in self.shapes])
        return np.asarray(areas * (self.worth / areas.sum()))

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """The row and column of a point; of the nearest cell if it is outside of the sheet."""
        x, y = self.project(np.array([[longitude, latitude]]))[0]
        rows, columns = self.cells.shape
        row = math.floor((self.origin[1] - y) * self.scale)
        column = math.floor((x - self.origin[0]) * self.scale)
        return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)


def lay_out(
    features: Sequence[Feature],
    project: Projection,
    rows: int | None = None,
    grown: float = 1.0,
) -> Sheet:
    """The sheet on which no province vanishes and each has about the cells its area asks for.

    Without `rows` the size is chosen: large enough for the smallest province to fill
    `CELLS_WANTED` cells, `grown` times that, within `MOST_COLUMNS` and `MOST_ROWS`. A province that
    finds no cell even then gets the cell of its town. Where so many `rows` have fewer cells than
    there are provinces, there are more rows.
    """
    library = geometry_library()
    shapes = [projected(library, feature.shape, project) for feature in features]
    towns = project(np.array([feature.town for feature in features]))
    bounds = library.total_bounds(shapes)
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    most = min(MOST_ROWS / height, MOST_COLUMNS / width)
    if rows is not None:
        scale = rows / height
    else:
        smallest = min(shape.area for shape in shapes)
        first = max(math.sqrt(CELLS_WANTED / smallest), FEWEST_ROWS / height)
        scale = min(first * grown, most)
    sheet = _sheet(library, shapes, towns, project, tuple(bounds), scale)
    while sheet.cells.size < len(features):
        scale *= MORE_ROWS
        sheet = _sheet(library, shapes, towns, project, tuple(bounds), scale)
    _keep_areas(sheet)
    _give_every_province_a_cell(sheet)
    return sheet


def at_most(sheet: Sheet) -> bool:
    """Whether the sheet is as large as it may grow."""
    rows, columns = sheet.cells.shape
    return bool(rows >= MOST_ROWS - 1 or columns >= MOST_COLUMNS - 1)


def _sheet(
    library: Any,
    shapes: Sequence[Any],
    towns: NDArray[np.float64],
    project: Projection,
    bounds: tuple[float, ...],
    scale: float,
) -> Sheet:
    """The provinces on a grid of a given size."""
    west, south, east, north = bounds
    rows = max(1, round((north - south) * scale))
    columns = max(1, round((east - west) * scale))

    def to_cells(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([(points[:, 0] - west) * scale, (north - points[:, 1]) * scale])

    placed = [library.transform(shape, to_cells) for shape in shapes]
    best = np.zeros((rows, columns))
    covered = np.zeros((rows, columns))
    cells = np.full((rows, columns), SEA, dtype=np.int32)
    coverage = []
    for index, shape in enumerate(placed):
        left, top, right, bottom = shape.bounds
        first_row, last_row = max(0, math.floor(top)), min(rows, math.ceil(bottom))
        first_column, last_column = max(0, math.floor(left)), min(columns, math.ceil(right))
        window = np.s_[first_row:last_row, first_column:last_column]
        share = _coverage(library, shape, first_row, last_row, first_column, last_column)
        coverage.append((first_row, first_column, share))
        covered[window] += share
        wins = share > best[window]
        best[window] = np.where(wins, share, best[window])
        cells[window] = np.where(wins, index, cells[window])
    cells[covered < 0.5 - 1e-9] = SEA
    return Sheet(
        cells=cells,
        land=np.minimum(covered, 1.0),
        shapes=placed,
        towns=to_cells(towns),
        project=project,
        origin=(west, north),
        scale=scale,
        coverage=coverage,
        worth=max(float(np.minimum(covered, 1.0).sum()), float((cells != SEA).sum())),
    )


def _coverage(
    library: Any, shape: Any, first_row: int, last_row: int, first_column: int, last_column: int
) -> NDArray[np.float64]:
    """The share of each cell of a window that `shape` covers, by `SAMPLES` squared points."""
    offsets = (np.arange(SAMPLES) + 0.5) / SAMPLES
    ys = (np.arange(first_row, last_row)[:, None] + offsets).ravel()
    xs = (np.arange(first_column, last_column)[:, None] + offsets).ravel()
    library.prepare(shape)
    grid_x, grid_y = np.meshgrid(xs, ys)
    inside = library.contains_xy(shape, grid_x, grid_y)
    height, width = last_row - first_row, last_column - first_column
    return np.asarray(
        inside.reshape(height, SAMPLES, width, SAMPLES).mean(axis=(1, 3)), dtype=np.float64
    )


def _keep_areas(sheet: Sheet) -> None:
    """Changes `sheet.cells`: a province short of cells takes some that it covers in part.

    Thin lands lose most of their cells where each cell goes to whoever covers most of it. They
    take them from the sea and from provinces that have more cells than their area, beside their
    own cells first.
    """
    cells = sheet.cells
    wanted = np.maximum(1, np.round(sheet.areas())).astype(int)
    counts = np.bincount(cells[cells != SEA], minlength=len(sheet.shapes))
    for index in np.argsort((counts - wanted) / wanted, kind="stable").tolist():
        top, left, share = sheet.coverage[index]
        while counts[index] < wanted[index]:
            window = cells[top : top + share.shape[0], left : left + share.shape[1]]
            free = (window == SEA) | ((counts > wanted)[window] & (window != index))
            worth = np.where(free & (share >= FAINTEST), share + _beside(window == index), 0.0)
            if not worth.any():
                break
            row, column = np.unravel_index(int(np.argmax(worth)), worth.shape)
            holder = int(window[row, column])
            if holder != SEA:
                counts[holder] -= 1
            window[row, column] = index
            counts[index] += 1


def _beside(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells that share an edge with one of the mask."""
    near = np.zeros_like(mask)
    near[1:] |= mask[:-1]
    near[:-1] |= mask[1:]
    near[:, 1:] |= mask[:, :-1]
    near[:, :-1] |= mask[:, 1:]
    return near


def _give_every_province_a_cell(sheet: Sheet) -> None:
    """Change `sheet.cells`: a province without a cell takes one near its town from another."""
    rows, columns = sheet.cells.shape
    for index in range(len(sheet.shapes)):
        if (sheet.cells == index).any():
            continue
        x, y = sheet.towns[index]
        counts = np.bincount(sheet.cells[sheet.cells != SEA], minlength=len(sheet.shapes))
        down, across = np.mgrid[0:rows, 0:columns]
        away = (down + 0.5 - y) ** 2 + (across + 0.5 - x) ** 2
        spared = (sheet.cells == SEA) | (counts[sheet.cells] > 1)
        away[~spared] = np.inf
        if np.isfinite(away).any():
            sheet.cells[np.unravel_index(np.argmin(away), away.shape)] = index
