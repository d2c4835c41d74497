"""Projections from degrees to a plane."""

import math
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Projection = Callable[[Floats], Floats]
"""A function from longitude and latitude in degrees, [n, 2], to x (east) and y (north), [n, 2]."""

ProjectionName = Literal["flat", "conic"]


def projection_for(
    name: ProjectionName,
    bounds: tuple[float, float, float, float],
    true_latitude: float | None = None,
) -> Projection:
    """A projection for what lies in `bounds` (west, south, east, north in degrees).

    "flat" is equirectangular, true to scale in `true_latitude` or the middle one, and keeps the
    sheet's edges straight; "conic" is an equidistant cone through a quarter and three quarters of
    the height, which keeps the shapes of northern lands.
    """
    west, south, east, north = bounds
    if name == "flat":
        middle = (south + north) / 2 if true_latitude is None else true_latitude
        return _flat(math.cos(math.radians(middle)))
    quarter = (north - south) / 4
    return _conic(math.radians(south + quarter), math.radians(north - quarter), (west + east) / 2)


def _flat(stretch: float) -> Projection:
    factors = np.array([stretch, 1.0])

    def project(points: Floats) -> Floats:
        return np.asarray(points * factors)

    return project


def _conic(low: float, high: float, meridian: float) -> Projection:
    cone = (math.cos(low) - math.cos(high)) / (high - low)
    apex = math.cos(low) / cone + low

    def project(points: Floats) -> Floats:
        radius = apex - np.radians(points[:, 1])
        angle = cone * np.radians(points[:, 0] - meridian)
        across = radius * np.sin(angle)
        up = apex - radius * np.cos(angle)
        return np.degrees(np.column_stack([across, up]))

    return project


def projected(library: Any, shape: Any, project: Projection) -> Any:
    """`shape` in the plane; long edges get extra points, so that they follow the projection."""
    return library.transform(library.segmentize(shape, 1.0), project)
