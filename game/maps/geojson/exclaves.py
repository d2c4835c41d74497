"""Gives small detached parts of a province to the neighbour that they touch.

Provinces drawn by "nearest town" often have a strip on the other side of a narrow water, on
another country's coast. Such strips would make borders that do not exist.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from game.maps.geojson.features import Feature, geometry_library

SLIVER = 0.5
"""A sliver is smaller than this share of the part with the town."""


def without_slivers(features: Sequence[Feature]) -> tuple[list[Feature], list[str]]:
    """(the features with slivers given to neighbours, a sentence about each).

    A sliver is a detached part, smaller than `SLIVER` of the part its town is in, that touches
    another province along an edge. Islands touch nothing and stay.
    """
    library = geometry_library()
    tree = library.STRtree([feature.shape for feature in features])
    mains = [_main_part(library, feature) for feature in features]
    shapes = [feature.shape for feature in features]
    report = []
    for index, feature in enumerate(features):
        for part in library.get_parts(feature.shape):
            if part.equals(mains[index]) or part.area > SLIVER * mains[index].area:
                continue
            edges = {
                int(other): _shared(shapes[other], part)
                for other in tree.query(part)
                if int(other) != index
            }
            taker = max(edges, key=lambda other: edges[other], default=index)
            if taker == index or edges[taker] <= 0:
                continue
            shapes[index] = shapes[index].difference(part)
            shapes[taker] = shapes[taker].union(part)
            report.append(
                f"A sliver of {feature.name} beside {features[taker].name} "
                f"was given to {features[taker].name}."
            )
    cleaned = [
        replace(feature, shape=_as_areas(library, shape))
        for feature, shape in zip(features, shapes, strict=True)
    ]
    return cleaned, report


def _main_part(library: Any, feature: Feature) -> Any:
    parts = library.get_parts(feature.shape)
    town = library.Point(feature.town)
    holding = [part for part in parts if part.covers(town)]
    return holding[0] if holding else max(parts, key=lambda part: part.area)


def _shared(shape: Any, part: Any) -> float:
    return float(shape.buffer(1e-6).intersection(part.exterior).length) - 1e-5


def _as_areas(library: Any, shape: Any) -> Any:
    parts = library.get_parts(library.get_parts(shape))
    return library.multipolygons([part for part in parts if part.geom_type == "Polygon"])
