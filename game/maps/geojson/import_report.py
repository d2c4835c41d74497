"""What an import leaves out or cannot keep, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from game.maps.geojson.features import Feature, geometry_library
from game.maps.geojson.import_problem import ImportProblem
from game.maps.geojson.raster import SEA, Sheet

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

TOLERANCE = 0.15
"""How far a state's share of the grid's land may be from its share in the source."""


def clipped(features: Sequence[Feature], bounds: Bounds, report: list[str]) -> list[Feature]:
    """The features as far as they lie in `bounds`; adds to the report what was left out."""
    library = geometry_library()
    window = library.box(*bounds)
    kept, out, cut = [], [], []
    for feature in features:
        shape = library.intersection(feature.shape, window)
        parts = [
            part
            for part in library.get_parts(library.get_parts(shape))
            if part.geom_type == "Polygon" and part.area > 0
        ]
        if not parts:
            out.append(feature.name)
            continue
        shape = library.multipolygons(parts)
        share = shape.area / feature.shape.area
        if share > 0.999:
            kept.append(feature)
            continue
        cut.append(f"{feature.name} ({share:.0%} kept)")
        point = shape.representative_point()
        inside = window.covers(library.Point(feature.town))
        kept.append(
            replace(feature, shape=shape, town=feature.town if inside else (point.x, point.y))
        )
    if not kept:
        raise ImportProblem("nothing lies in --clip; it is WEST,SOUTH,EAST,NORTH in degrees")
    if out:
        report.append(f"Outside the clip: {len(out)} of {len(features)} features were left out.")
    if cut:
        report.append(f"Cut by the clip: {', '.join(cut)}.")
    return kept


def land_not_kept(sheet: Sheet, features: Sequence[Feature], names: Mapping[str, str]) -> list[str]:
    """A sentence for each state whose cells are too few or too many for its share of the land."""
    areas = sheet.areas()
    cells = np.bincount(sheet.cells[sheet.cells != SEA], minlength=len(features))
    owners = list(dict.fromkeys(feature.owner for feature in features if feature.owner))
    said = []
    small = 0
    for owner in owners:
        mine = [number for number, feature in enumerate(features) if feature.owner == owner]
        wanted, found = areas[mine].sum(), int(cells[mine].sum())
        wanted *= cells.sum() / areas.sum()
        if abs(found - wanted) <= TOLERANCE * wanted or (found == 1 and wanted < 1.5):
            small += wanted < 1 - TOLERANCE
            continue
        said.append(
            f"{names[owner]} has {found} cells for land worth {wanted:.1f} ({found / wanted:.0%})."
        )
    if small:
        said.append(f"{small} states have less land than a cell; each is drawn as one.")
    return said
