"""From files to a map: `import_map`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.maps.geojson.borders import (
    Pair,
    clear_scraps,
    fill_puddles,
    mend,
    source_borders,
    straits_for,
)
from game.maps.geojson.csv_tables import (
    StateRow,
    TreatyRow,
    read_rivalries,
    read_states,
    read_treaties,
)
from game.maps.geojson.exclaves import without_slivers
from game.maps.geojson.features import Feature, geometry_library, read_features
from game.maps.geojson.import_figures import IDEOLOGIES, province_figures, state_entry
from game.maps.geojson.import_problem import ImportProblem
from game.maps.geojson.legend import legend_keys
from game.maps.geojson.projection import ProjectionName, projection_for
from game.maps.geojson.raster import SEA, Sheet, lay_out
from game.maps.geojson.seas import SeaPoint, part_seas
from game.world.map_document import MOST_STATES

RIVAL_HOSTILITY = 0.65
"""How hostile rivals believe each other to be at the start, 0 to 1, unless a table says."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A map in format 1 as JSON values, and sentences about what was changed to make it."""

    document: dict[str, Any]
    report: list[str]


def import_map(
    geojson: Path,
    *,
    states: Path | None = None,
    treaties: Path | None = None,
    rivalries: Path | None = None,
    seas: Sequence[SeaPoint] = (),
    projection: ProjectionName = "flat",
    true_latitude: float | None = None,
    rows: int | None = None,
) -> ImportResult:
    """A map in format 1 from provinces in GeoJSON and tables in CSV.

    Cells are square. `rows` is the height of the grid; without it, the program chooses a height at
    which every province has a cell. Borders of the source are kept (if cells cannot, as a strait),
    and borders that the source does not have are removed. `true_latitude`, in degrees, is the
    parallel at which the flat projection has its true scale (default: the middle one); land nearer
    to the pole is drawn too wide.

    Raises `ImportProblem` with one sentence naming file, feature or line, and property or column.
    """
    features, report = without_slivers(read_features(geojson))
    table = _states(states, features)
    known = frozenset(table)
    pacts = read_treaties(treaties, known) if treaties is not None else []
    rivals = read_rivalries(rivalries, known) if rivalries is not None else []
    library = geometry_library()
    bounds = tuple(library.total_bounds([feature.shape for feature in features]))
    sheet = lay_out(features, projection_for(projection, bounds, true_latitude), rows)
    straits = _agree(sheet, features, report)
    sea_names, sea_cells = part_seas(sheet, seas)
    years = Counter(row.year for row in table.values() if row.year is not None)
    document: dict[str, Any] = {
        "$schema": "./map.schema.json",
        "format": 1,
        "id": _map_id(geojson),
        "title": geojson.stem.replace("-", " ").replace("_", " ").title(),
        "calendar": {"start": years.most_common(1)[0][0] if years else 1, "step": "year"},
    }
    document |= _grid(sheet, features, sea_names, sea_cells)
    figures = province_figures(features, table)
    document["provinces"] = {
        feature.id: {
            "name": feature.name,
            "owner": feature.owner,
            **figures[feature.id],
            "terrain": feature.terrain,
        }
        for feature in features
    }
    document["seas"] = {identity: {"name": name} for identity, name in sea_names.items()}
    document["straits"] = [[features[one].id, features[other].id] for one, other in straits]
    document["states"] = {
        row.id: state_entry(row, number, _capital(row, features))
        for number, row in enumerate(table.values())
    }
    if any("ideology" in entry for entry in document["states"].values()):
        document["ideologies"] = IDEOLOGIES
    document["treaties"] = _treaties(pacts)
    document["rivalries"] = [list(pair) for pair in rivals]
    document["beliefs"] = [
        {"of": of, "about": about, "hostile": RIVAL_HOSTILITY}
        for one, other in rivals
        for of, about in ((one, other), (other, one))
    ]
    return ImportResult(document, report)


def _states(path: Path | None, features: Sequence[Feature]) -> dict[str, StateRow]:
    """The states of the table, or else one for each owner; those without land are off the map."""
    owners = list(dict.fromkeys(f.owner for f in features if f.owner is not None))
    if path is None:
        rows = [
            StateRow(owner, owner, "", None, None, None, None, None, None, on_map=True)
            for owner in owners
        ]
    else:
        rows = read_states(path)
        ids = {row.id for row in rows}
        for feature in features:
            if feature.owner is not None and feature.owner not in ids:
                raise ImportProblem(
                    f"{path}: column 'id' has no {feature.owner!r}, which owns the province "
                    f"{feature.id!r}"
                )
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
    if len(rows) > MOST_STATES:
        raise ImportProblem(f"{len(rows)} states; a map has room for {MOST_STATES}")
    if len(rows) < 2:
        raise ImportProblem("a map needs two states or more; the provinces name fewer owners")
    return {row.id: row for row in rows}


def _agree(sheet: Sheet, features: Sequence[Feature], report: list[str]) -> list[Pair]:
    """Correct the sheet's borders, add to the report, and return the straits that are needed."""
    borders = source_borders(sheet, features)
    clear_scraps(sheet)
    fill_puddles(sheet)
    mend(sheet, borders)
    clear_scraps(sheet)
    lost, false = straits_for(sheet, borders)
    for one, other in lost:
        report.append(
            f"{features[one].name} and {features[other].name} border in the source but not on "
            "the grid; a strait joins them."
        )
    for one, other in false:
        report.append(
            f"{features[one].name} and {features[other].name} touch on the grid but not in the "
            "source; this could not be mended."
        )
    return lost


def _grid(
    sheet: Sheet,
    features: Sequence[Feature],
    sea_names: Mapping[str, str],
    sea_cells: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """The rows of the grid, and its legend."""
    keys, open_water = legend_keys([feature.id for feature in features], list(sea_names))
    rows = [
        [
            keys.get(sea, open_water) if cell == SEA else keys[features[cell].id]
            for cell, sea in zip(cells, seas, strict=True)
        ]
        for cells, seas in zip(sheet.cells.tolist(), sea_cells, strict=True)
    ]
    legend: dict[str, Any] = {keys[identity]: {"sea": identity} for identity in sea_names}
    if any(open_water in row for row in rows):
        legend[open_water] = {"sea": None}
    legend |= {keys[feature.id]: {"province": feature.id} for feature in features}
    return {"grid": ["".join(row) for row in rows], "legend": legend}


def _map_id(path: Path) -> str:
    letters = "".join(mark if mark.isascii() and mark.isalnum() else "-" for mark in path.stem)
    return letters.strip("-")[:64] or "map"


def _capital(state: StateRow, features: Sequence[Feature]) -> str | None:
    """The province with the capital's name, or else the state's most populous one."""
    own = [feature for feature in features if feature.owner == state.id]
    wanted = state.capital.casefold()
    named = [feature for feature in own if wanted and feature.name.casefold() == wanted]
    if named or not own:
        return named[0].id if named else None
    return max(own, key=lambda feature: feature.population_weight).id


def _treaties(rows: Sequence[TreatyRow]) -> list[dict[str, Any]]:
    """Join treaties of the same parties in the same year into one with several obligations."""
    merged: dict[tuple[frozenset[str], int | None], dict[str, Any]] = {}
    for row in rows:
        key = (frozenset(row.parties), row.signed)
        entry = merged.setdefault(key, {"parties": list(row.parties), "obligations": []})
        if row.obligation not in entry["obligations"]:
            entry["obligations"].append(row.obligation)
        if row.signed is not None:
            entry["signed"] = row.signed
    return list(merged.values())
