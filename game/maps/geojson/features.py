"""Provinces from the features of a file of shapes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from game.maps.geojson.date_line import across_the_date_line
from game.maps.geojson.import_problem import ImportProblem
from game.maps.geojson.property_names import PropertyNames, named_owner, named_text, own_id
from game.maps.geojson.read_collection import read_collection
from game.world.clean_text import clean_text
from game.world.map_document import MOST_PROVINCES, TERRAINS

LONGEST_ID = 64
LONGEST_NAME = 120

WEIGHTS = {
    "population": ("population_weight", "POP_EST", "pop_est"),
    "industry": ("industry_weight", "GDP_MD", "GDP_MD_EST", "gdp_md_est"),
}
"""Properties that say how a state's totals are spread, the first that is there counts."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A province as the file tells it.

    `shape` is a shapely polygon or multipolygon in degrees; the weights say how a state's totals
    are spread over its provinces (`weighted`: the file states one of them).
    """

    id: str
    name: str
    owner: str | None
    terrain: str
    town: tuple[float, float]
    population_weight: float
    industry_weight: float
    weighted: bool
    shape: Any


def geometry_library() -> ModuleType:
    """The optional library shapely.

    Raises `ImportProblem` where it is not installed.
    """
    try:
        return import_module("shapely")
    except ImportError:
        raise ImportProblem(
            "importing a map needs the library shapely: install it with "
            "pip install 'realpolitik[geo]'"
        ) from None


def read_features(
    path: Path, names: PropertyNames | None = None, layer: str | None = None
) -> list[Feature]:
    """The provinces of a GeoJSON FeatureCollection or a TopoJSON layer, in file order.

    `names` says which properties hold id, name and owner. A file in which no feature has an owner
    property gives every feature a state of its own. Raises `ImportProblem` naming file, feature
    and property.
    """
    names = names or PropertyNames()
    library = geometry_library()
    entries = read_collection(path, layer)
    if not entries:
        raise ImportProblem(f"{path}: holds no features; each province is one feature")
    if len(entries) > MOST_PROVINCES:
        raise ImportProblem(
            f"{path}: {len(entries)} features; a map has room for {MOST_PROVINCES} provinces"
        )
    names.must_occur(path, entries)
    owned = names.owner is not None or names.any_owner(entries)
    features: list[Feature] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        feature = _feature(path, number, entry, names, library, seen)
        if not owned:
            feature = replace(feature, owner=feature.id)
        seen.add(feature.id)
        features.append(feature)
    return features


def is_id(text: str) -> bool:
    """Whether `text` may be an id: every character printable, and not too long."""
    return 0 < len(text) <= LONGEST_ID and text.isprintable() and clean_text(text) == text


def shown_name(text: str, otherwise: str) -> str:
    """`text` without invisible characters; `otherwise` if nothing is left."""
    return clean_text(text)[:LONGEST_NAME].strip() or otherwise


def _feature(
    path: Path, number: int, entry: object, names: PropertyNames, library: ModuleType,
    seen: set[str],
) -> Feature:  # fmt: skip
    where = f"{path}: feature {number}"
    properties = entry.get("properties") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(properties, dict):
        raise ImportProblem(f"{where}: no properties")
    identity = own_id(where, entry, properties, names, seen)
    if not is_id(identity):
        raise ImportProblem(f"{where}: its id must be 1 to {LONGEST_ID} printable characters")
    where = f"{where} ({identity})"
    if identity in seen:
        raise ImportProblem(
            f"{where}: the id {identity!r} is used twice; choose another property with --id"
        )
    shape = _shape(where, entry.get("geometry"), library)
    owner = named_owner(where, properties, names)
    if owner is not None and not is_id(owner):
        raise ImportProblem(f"{where}: its owner must be a state's id or null")
    terrain = properties.get("terrain", "plain")
    if terrain not in TERRAINS:
        raise ImportProblem(
            f"{where}: property 'terrain' is {terrain!r}; expected one of {', '.join(TERRAINS)}"
        )
    stated = {what: _weight(where, properties, known) for what, known in WEIGHTS.items()}
    return Feature(
        id=identity,
        name=shown_name(named_text(where, properties, names) or identity, identity),
        owner=owner,
        terrain=terrain,
        town=_town(where, properties.get("town"), shape),
        population_weight=1.0 if stated["population"] is None else stated["population"],
        industry_weight=1.0 if stated["industry"] is None else stated["industry"],
        weighted=any(weight is not None for weight in stated.values()),
        shape=shape,
    )


def _shape(where: str, geometry: object, library: ModuleType) -> Any:
    """The polygon of a feature. Raises `ImportProblem`."""
    kinds = ("Polygon", "MultiPolygon")
    if not isinstance(geometry, dict) or geometry.get("type") not in kinds:
        raise ImportProblem(f"{where}: its geometry must be a Polygon or a MultiPolygon")
    try:
        shape = library.from_geojson(json.dumps(geometry))
        shape = across_the_date_line(library, shape)
        shape = shape if shape.is_valid else library.make_valid(shape)
        parts = library.get_parts(library.get_parts(shape))
    except (library.errors.ShapelyError, ValueError, TypeError):
        raise ImportProblem(f"{where}: its geometry cannot be read") from None
    areas = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    if not areas:
        raise ImportProblem(f"{where}: its geometry has no area")
    shape = library.multipolygons(areas)
    west, south, east, north = shape.bounds
    edge = 1e-6
    if west < -180 - edge or east > 180 + edge or south < -90 - edge or north > 90 + edge:
        raise ImportProblem(f"{where}: its geometry is not in degrees of longitude and latitude")
    return shape


def _town(where: str, town: object, shape: Any) -> tuple[float, float]:
    if town is None:
        point = shape.representative_point()
        return point.x, point.y
    if (
        not isinstance(town, list)
        or len(town) != 2
        or not all(isinstance(value, int | float) for value in town)
    ):
        raise ImportProblem(f"{where}: property 'town' must be [longitude, latitude]")
    return float(town[0]), float(town[1])


def _weight(where: str, properties: Mapping[str, object], known: tuple[str, ...]) -> float | None:
    for name in known:
        value = properties.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
            raise ImportProblem(f"{where}: property '{name}' must be a number, 0 or more")
        return float(value)
    return None
