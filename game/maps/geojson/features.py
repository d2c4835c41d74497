"""Reading provinces from a GeoJSON file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from game.maps.geojson.import_problem import ImportProblem
from game.world.clean_text import clean_text
from game.world.map_document import TERRAINS

MOST_PROVINCES = 2_000
"""The most provinces."""

LONGEST_ID = 64
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Feature:
    """A province as read from GeoJSON.

    `shape` is a shapely polygon or multipolygon in degrees. A state's totals are divided among its
    provinces in proportion to their weights.
    """

    id: str
    name: str
    owner: str | None
    terrain: str
    town: tuple[float, float]
    population_weight: float
    industry_weight: float
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


def read_text(path: Path) -> str:
    """The text of a file. Raises `ImportProblem` if it cannot be read as UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ImportProblem(f"{path}: {reason}") from None
    except UnicodeDecodeError:
        raise ImportProblem(f"{path}: not a text file in UTF-8") from None


def read_features(path: Path) -> list[Feature]:
    """The provinces of a GeoJSON FeatureCollection, in file order.

    Raises `ImportProblem` naming file, feature and property.
    """
    library = geometry_library()
    try:
        data = json.loads(read_text(path))
    except ValueError as error:
        raise ImportProblem(f"{path}: not JSON: {error}") from None
    except RecursionError:
        raise ImportProblem(f"{path}: not GeoJSON: it is nested too deeply") from None
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise ImportProblem(f"{path}: not GeoJSON: a FeatureCollection is expected")
    entries = data.get("features")
    if not isinstance(entries, list) or not entries:
        raise ImportProblem(f"{path}: holds no features; each province is one feature")
    if len(entries) > MOST_PROVINCES:
        raise ImportProblem(
            f"{path}: {len(entries)} features; a map has room for {MOST_PROVINCES} provinces"
        )
    features: list[Feature] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        feature = _feature(path, number, entry, library)
        if feature.id in seen:
            raise ImportProblem(f"{path}: feature {number}: the id {feature.id!r} is used twice")
        seen.add(feature.id)
        features.append(feature)
    return features


def is_id(text: str) -> bool:
    """Whether `text` may be an id: every character printable, and not too long."""
    return 0 < len(text) <= LONGEST_ID and text.isprintable() and clean_text(text) == text


def shown_name(text: str, otherwise: str) -> str:
    """`text` without invisible characters; `otherwise` if nothing is left."""
    return clean_text(text)[:LONGEST_NAME].strip() or otherwise


def _feature(path: Path, number: int, entry: object, library: ModuleType) -> Feature:
    """One province of the file. Raises `ImportProblem`."""
    where = f"{path}: feature {number}"
    properties = entry.get("properties") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(properties, dict):
        raise ImportProblem(f"{where}: no properties")
    identity = properties.get("id")
    if not isinstance(identity, str) or not is_id(identity):
        raise ImportProblem(
            f"{where}: property 'id' must be 1 to {LONGEST_ID} printable characters"
        )
    where = f"{where} ({identity})"
    shape = _shape(where, entry.get("geometry"), library)
    owner = properties.get("owner")
    if owner is not None and (not isinstance(owner, str) or not is_id(owner)):
        raise ImportProblem(f"{where}: property 'owner' must be a state's id or null")
    name = properties.get("name", identity)
    if not isinstance(name, str):
        raise ImportProblem(f"{where}: property 'name' must be text")
    terrain = properties.get("terrain", "plain")
    if terrain not in TERRAINS:
        raise ImportProblem(
            f"{where}: property 'terrain' is {terrain!r}; expected one of {', '.join(TERRAINS)}"
        )
    return Feature(
        id=identity,
        name=shown_name(name, identity),
        owner=owner,
        terrain=terrain,
        town=_town(where, properties.get("town"), shape),
        population_weight=_weight(where, properties, "population_weight"),
        industry_weight=_weight(where, properties, "industry_weight"),
        shape=shape,
    )


def _shape(where: str, geometry: object, library: ModuleType) -> Any:
    """The polygon of a feature. Raises `ImportProblem`."""
    kinds = ("Polygon", "MultiPolygon")
    if not isinstance(geometry, dict) or geometry.get("type") not in kinds:
        raise ImportProblem(f"{where}: its geometry must be a Polygon or a MultiPolygon")
    try:
        shape = library.from_geojson(json.dumps(geometry))
        shape = shape if shape.is_valid else library.make_valid(shape)
        parts = library.get_parts(library.get_parts(shape))
    except (library.errors.ShapelyError, ValueError, TypeError):
        raise ImportProblem(f"{where}: its geometry cannot be read") from None
    areas = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    if not areas:
        raise ImportProblem(f"{where}: its geometry has no area")
    shape = library.multipolygons(areas)
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
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


def _weight(where: str, properties: Mapping[str, object], name: str) -> float:
    value = properties.get(name, 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise ImportProblem(f"{where}: property '{name}' must be a number, 0 or more")
    return float(value)
