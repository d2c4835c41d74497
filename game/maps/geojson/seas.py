"""Divides water into seas."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.maps.geojson.raster import SEA, Sheet

SMALLEST_SEA = 4
"""Water that no named sea reaches stays unnamed if it has fewer cells than this."""


@dataclass(frozen=True, slots=True)
class SeaPoint:
    """A point in a named sea, in degrees; a sea may have several points."""

    longitude: float
    latitude: float
    name: str


def sea_id(name: str) -> str:
    """The id of a sea of that name: lower case, words joined by hyphens."""
    letters = "".join(mark if mark.isalnum() else " " for mark in name.lower())
    return "-".join(letters.split()) or "sea"


def part_seas(sheet: Sheet, points: Sequence[SeaPoint]) -> tuple[dict[str, str], list[list[str]]]:
    """(sea id -> name, the id of the sea of each cell: "" for land or unnamed water).

    Each water cell belongs to the named point that is nearest by water. Water that no point
    reaches becomes a numbered sea, unless it has too few cells.
    """
    rows, columns = sheet.cells.shape
    water = sheet.cells == SEA
    found = [["" for _ in range(columns)] for _ in range(rows)]
    names: dict[str, str] = {}
    queue: deque[tuple[int, int]] = deque()
    for point in points:
        start = _nearest_water(sheet, point)
        if start is not None and not found[start[0]][start[1]]:
            names[sea_id(point.name)] = point.name
            found[start[0]][start[1]] = sea_id(point.name)
            queue.append(start)
    _flood(water, found, queue)
    number = 0
    for row, column in zip(*np.nonzero(water), strict=True):
        if found[row][column]:
            continue
        trial = [["" for _ in range(columns)] for _ in range(rows)]
        trial[row][column] = "new"
        size = _flood(water, trial, deque([(int(row), int(column))]))
        number += size >= SMALLEST_SEA
        identity = f"sea-{number}" if size >= SMALLEST_SEA else "?"
        if size >= SMALLEST_SEA:
            names[identity] = f"Sea {number}"
        for r in range(rows):
            for c in range(columns):
                if trial[r][c]:
                    found[r][c] = identity
    return names, [["" if sea == "?" else sea for sea in line] for line in found]


def _nearest_water(sheet: Sheet, point: SeaPoint) -> tuple[int, int] | None:
    row, column = sheet.place(point.longitude, point.latitude)
    wet = np.argwhere(sheet.cells == SEA)
    if not len(wet):
        return None
    away = ((wet - np.array([row, column])) ** 2).sum(axis=1)
    nearest = wet[int(np.argmin(away))]
    return int(nearest[0]), int(nearest[1])


def _flood(water: NDArray[np.bool_], found: list[list[str]], queue: deque[tuple[int, int]]) -> int:
    """Spread the ids in `found` over `water` from the cells in `queue`; returns how many cells."""
    rows, columns = water.shape
    size = len(queue)
    while queue:
        row, column = queue.popleft()
        for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if 0 <= r < rows and 0 <= c < columns and water[r, c] and not found[r][c]:
                found[r][c] = found[row][column]
                size += 1
                queue.append((r, c))
    return size
