"""Shapes that cross the date line, cut in two along it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

HALF = 180.0
WORLD = 360.0


def across_the_date_line(library: Any, shape: Any) -> Any:
    """`shape` (in degrees), each polygon that jumps from one edge of the world to the other cut.

    A ring whose longitude jumps by more than half the world between two points is followed across
    the line instead, and what lies beyond is put on the other side. A ring around a pole is left
    as it is.
    """
    west, _, east, _ = shape.bounds
    if not HALF < east - west <= WORLD + 1e-6:
        return shape
    parts = []
    for part in library.get_parts(shape):
        rings = [part.exterior, *part.interiors]
        lines = [_followed(np.asarray(ring.coords)) for ring in rings]
        if all(line is None for line in lines) or lines[0] is None:
            parts.append(part)
            continue
        holes = [line for line in lines[1:] if line is not None]
        whole = library.make_valid(library.Polygon(lines[0], holes))
        for turn in (-WORLD, 0.0, WORLD):
            window = library.box(-HALF + turn, -90.0, HALF + turn, 90.0)
            inside = library.intersection(whole, window)
            if inside.area > 0:
                moved = library.transform(inside, lambda points, by=turn: points - [by, 0.0])
                pieces = library.get_parts(library.get_parts(moved))
                parts += [one for one in pieces if one.geom_type == "Polygon"]
    return library.multipolygons(parts)


def _followed(points: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The ring with its jumps undone; None if it has none, or runs around a pole."""
    longitude = points[:, 0]
    turns = np.round(np.diff(longitude) / WORLD)
    jumps = np.abs(np.diff(longitude)) > HALF
    if not jumps.any():
        return None
    shift = np.concatenate([[0.0], -np.cumsum(np.where(jumps, np.sign(turns), 0.0)) * WORLD])
    if shift[-1] != 0:
        return None
    return np.column_stack([longitude + shift, points[:, 1]])
