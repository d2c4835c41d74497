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

MOST_COLUMNS = 200
MOST_ROWS = 112
FEWEST_ROWS = 12

CELLS_WANTED = 5.0
"""How many cells the smallest province should have, within the limits of the grid's size."""

MORE_ROWS = 1.25
"""The factor by which a sheet with too few cells is enlarged."""

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

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """The row and column of a point; of the nearest cell if it is outside of the sheet."""
        x, y = self.project(np.array([[longitude, latitude]]))[0]
        rows, columns = self.cells.shape
        row = math.floor((self.origin[1] - y) * self.scale)
        column = math.floor((x - self.origin[0]) * self.scale)
        return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)


def lay_out(features: Sequence[Feature], project: Projection, rows: int | None = None) -> Sheet:
    """A sheet on which every province has a cell.

    Without `rows` the size is chosen so that the smallest province fills `CELLS_WANTED` cells, or
    larger if a province still has no cell, up to 200 columns and 112 rows. A province that has no
    cell even then gets the cell of its town. There are more rows than `rows` if the sheet would
    have fewer cells than there are provinces.
    """
    library = geometry_library()
    shapes = [projected(library, feature.shape, project) for feature in features]
    towns = project(np.array([feature.town for feature in features]))
    bounds = library.total_bounds(shapes)
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    most = min(MOST_ROWS / height, MOST_COLUMNS / width)
    if rows is not None:
        scales = [rows / height]
    else:
        smallest = min(shape.area for shape in shapes)
        first = max(math.sqrt(CELLS_WANTED / smallest), FEWEST_ROWS / height)
        scales = [min(first * factor, most) for factor in (1.0, 1.25, 1.5)]
    for scale in scales:
        sheet = _sheet(library, shapes, towns, project, tuple(bounds), scale)
        if len(np.unique(sheet.cells[sheet.cells != SEA])) == len(features):
            break
    while sheet.cells.size < len(features):
        scale *= MORE_ROWS
        sheet = _sheet(library, shapes, towns, project, tuple(bounds), scale)
    _give_every_province_a_cell(sheet)
    return sheet


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
    for index, shape in enumerate(placed):
        left, top, right, bottom = shape.bounds
        first_row, last_row = max(0, math.floor(top)), min(rows, math.ceil(bottom))
        first_column, last_column = max(0, math.floor(left)), min(columns, math.ceil(right))
        window = np.s_[first_row:last_row, first_column:last_column]
        share = _coverage(library, shape, first_row, last_row, first_column, last_column)
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
