"""A file of shapes as GeoJSON features: GeoJSON as it is, TopoJSON decoded."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.maps.geojson.import_problem import ImportProblem


def read_bytes_as_text(path: Path) -> str:
    """The text of a file. Raises `ImportProblem` if it cannot be read as UTF-8 text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ImportProblem(f"{path}: {reason}") from None
    if data[:4] == b"PK\x03\x04":
        raise ImportProblem(f"{path}: a zip archive; unpack it and name the file inside")
    if data[:4] == b"\x00\x00\x27\x0a":
        raise ImportProblem(
            f"{path}: a shapefile; convert it first: ogr2ogr provinces.geojson {path.name}"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportProblem(f"{path}: not a text file in UTF-8") from None


def read_collection(path: Path, layer: str | None = None) -> list[Any]:
    """The features of a GeoJSON FeatureCollection, or of a layer of a TopoJSON file.

    `layer` names the TopoJSON object; without it the one with the most geometries that have
    properties is read. Raises `ImportProblem`.
    """
    try:
        data = json.loads(read_bytes_as_text(path))
    except ValueError as error:
        raise ImportProblem(f"{path}: not JSON: {error}") from None
    except RecursionError:
        raise ImportProblem(f"{path}: not GeoJSON: it is nested too deeply") from None
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        return _topology_features(path, data, layer)
    if layer is not None:
        raise ImportProblem(f"{path}: only TopoJSON has layers; leave --layer out")
    if kind == "FeatureCollection":
        features = data.get("features")
        return features if isinstance(features, list) else []
    if isinstance(data, dict) and "grid" in data and "legend" in data:
        raise ImportProblem(f"{path}: this is a map already; check it with realpolitik maps check")
    found = f"found {kind!r}" if isinstance(kind, str) else "it has no type"
    raise ImportProblem(
        f"{path}: not GeoJSON: a FeatureCollection (or TopoJSON) is expected, {found}"
    )


def _topology_features(path: Path, data: dict[str, Any], layer: str | None) -> list[Any]:
    objects = data.get("objects")
    if not isinstance(objects, dict) or not objects:
        raise ImportProblem(f"{path}: TopoJSON without objects")
    if layer is not None and layer not in objects:
        raise ImportProblem(f"{path}: no layer {layer!r}; its layers: {', '.join(objects)}")
    chosen = layer if layer is not None else max(objects, key=lambda name: _named(objects[name]))
    entries = objects[chosen]
    listed = isinstance(entries, dict) and isinstance(entries.get("geometries"), list)
    geometries: list[Any] = entries["geometries"] if listed else [entries]
    try:
        arcs = _arcs(data)
        return [_feature(geometry, arcs) for geometry in geometries]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise ImportProblem(
            f"{path}: TopoJSON whose arcs or transform cannot be followed"
        ) from None


def _named(entries: Any) -> int:
    geometries = entries.get("geometries") if isinstance(entries, dict) else None
    if not isinstance(geometries, list):
        return 0
    return sum(bool(one.get("properties")) for one in geometries if isinstance(one, dict))


def _arcs(data: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs in degrees; with a transform they are stored as whole-number differences."""
    transform = data.get("transform")
    arcs = []
    for arc in data["arcs"]:
        if transform is None:
            arcs.append([(float(point[0]), float(point[1])) for point in arc])
            continue
        (wide, high), (west, south) = transform["scale"], transform["translate"]
        x = y = 0
        line = []
        for point in arc:
            x, y = x + point[0], y + point[1]
            line.append((x * wide + west, y * high + south))
        arcs.append(line)
    return arcs


def _feature(geometry: dict[str, Any], arcs: Sequence[Any]) -> dict[str, Any]:
    kind = geometry.get("type")
    shape: dict[str, Any] | None = None
    if kind == "Polygon":
        shape = {"type": kind, "coordinates": _rings(geometry["arcs"], arcs)}
    elif kind == "MultiPolygon":
        parts = [_rings(part, arcs) for part in geometry["arcs"]]
        shape = {"type": kind, "coordinates": parts}
    feature = {
        "type": "Feature",
        "properties": geometry.get("properties") or {},
        "geometry": shape if shape is not None else {"type": kind},
    }
    if "id" in geometry:
        feature["id"] = geometry["id"]
    return feature


def _rings(rings: Any, arcs: Sequence[Any]) -> list[list[tuple[float, float]]]:
    """Rings from numbers of arcs; a number below 0 is the arc ~number backwards."""
    result = []
    for ring in rings:
        points: list[tuple[float, float]] = []
        for number in ring:
            line = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += line[1:] if points else line
        result.append(points)
    return result
