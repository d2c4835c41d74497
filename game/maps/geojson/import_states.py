"""The states of an imported map: from their table, or from the owners that the provinces name."""

import math
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from game.maps.geojson.csv_tables import StateRow, read_states
from game.maps.geojson.features import Feature
from game.maps.geojson.import_problem import ImportProblem
from game.world.map_document import MOST_STATES

Found = tuple[list[Feature], dict[str, StateRow]]


def with_states(path: Path | None, features: Sequence[Feature], report: list[str]) -> Found:
    """The features with their owners' final ids, and the states by id.

    Adds to the report what was assumed. Raises `ImportProblem`.
    """
    found = _without_table(features, report) if path is None else _from_table(path, features)
    if len(found[1]) > MOST_STATES:
        raise ImportProblem(f"{len(found[1])} states; a map has room for {MOST_STATES}")
    if len(found[1]) < 2:
        raise ImportProblem("a map needs two states or more; the provinces name fewer owners")
    return found


def _without_table(features: Sequence[Feature], report: list[str]) -> Found:
    """A state for each owner, named after it, with figures after the land it holds."""
    features = list(features)
    size = {feature.id: _square_kilometres(feature) for feature in features}
    if not any(feature.weighted for feature in features):
        features = [
            replace(
                feature,
                population_weight=size[feature.id],
                industry_weight=size[feature.id],
            )
            for feature in features
        ]
        report.append("No table of states and no weights: population and industry follow area.")
    else:
        report.append("No table of states: population and industry follow the weights.")
    held: dict[str, list[Feature]] = {}
    for feature in features:
        if feature.owner is not None:
            held.setdefault(feature.owner, []).append(feature)
    if len(held) > MOST_STATES:
        area = {owner: sum(size[one.id] for one in own) for owner, own in held.items()}
        kept = set(sorted(held, key=lambda owner: (-area[owner], owner))[:MOST_STATES])
        report.append(
            f"{len(held)} owners; a map has room for {MOST_STATES} states. The smallest are "
            "nobody's land: "
            + ", ".join(held[owner][0].name for owner in held if owner not in kept)
            + "."
        )
        features = [
            feature if feature.owner in kept else replace(feature, owner=None)
            for feature in features
        ]
        held = {owner: own for owner, own in held.items() if owner in kept}
    table = {}
    for owner, own in held.items():
        named = own[0].name if len(own) == 1 and own[0].id == owner else owner
        table[owner] = StateRow(
            id=owner, name=named, capital="", year=None,
            population=math.fsum(feature.population_weight for feature in own),
            industry=math.fsum(feature.industry_weight for feature in own),
            army=None, fleet=None, polity=None, on_map=True,
        )  # fmt: skip
    return features, table


def _from_table(path: Path, features: Sequence[Feature]) -> Found:
    rows = read_states(path)
    by_name = {row.name.casefold(): row.id for row in rows}
    ids = {row.id for row in rows}
    owned = []
    for feature in features:
        owner = feature.owner
        if owner is not None and owner not in ids:
            owner = by_name.get(owner.casefold()) or by_name.get(feature.name.casefold())
            if owner is None:
                assert feature.owner is not None
                names = [*sorted(ids), *sorted(row.name for row in rows)]
                close = get_close_matches(feature.owner, names, n=1, cutoff=0.6)
                meant = f"; did you mean {close[0]!r}?" if close else ""
                raise ImportProblem(
                    f"{path}: column 'id' has no {feature.owner!r}, which owns the province "
                    f"{feature.id!r} ({feature.name}){meant}"
                )
        owned.append(replace(feature, owner=owner))
    owners = {feature.owner for feature in owned}
    for row in rows:
        if row.on_map and row.id not in owners:
            raise ImportProblem(
                f"{path}: the state {row.id!r} owns no province; "
                "give it one or put off in its column 'map'"
            )
        if not row.on_map and row.id in owners:
            raise ImportProblem(
                f"{path}: the state {row.id!r} owns provinces; put on in its column 'map'"
            )
    return owned, {row.id: row for row in rows}


def _square_kilometres(feature: Feature) -> float:
    """The area of a shape in degrees, taken as flat at its middle latitude; whole thousands."""
    _, south, _, north = feature.shape.bounds
    kilometres: float = feature.shape.area * 111.2**2 * math.cos(math.radians((south + north) / 2))
    return max(0.001, round(kilometres / 1000, 3))
