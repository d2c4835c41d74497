"""From files to a map: `import_map`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.maps.geojson.areas import restore_areas
from game.maps.geojson.borders import (
    Pair,
    clear_scraps,
    fill_puddles,
    mend,
    source_borders,
    straits_for,
)
from game.maps.geojson.csv_tables import StateRow, TreatyRow, read_rivalries, read_treaties
from game.maps.geojson.exclaves import without_slivers
from game.maps.geojson.features import Feature, geometry_library, read_features
from game.maps.geojson.import_figures import IDEOLOGIES, province_figures, state_entry
from game.maps.geojson.import_report import Bounds, clipped, land_not_kept
from game.maps.geojson.import_states import with_states
from game.maps.geojson.legend import legend_keys
from game.maps.geojson.projection import Projection, ProjectionName, projection_for
from game.maps.geojson.property_names import PropertyNames
from game.maps.geojson.raster import MORE_ROWS, SEA, Sheet, at_most, lay_out
from game.maps.geojson.seas import SeaPoint, part_seas

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
    names: PropertyNames | None = None,
    layer: str | None = None,
    clip: Bounds | None = None,
    title: str | None = None,
    give_slivers: bool = False,
) -> ImportResult:
    """A map in format 1 from provinces in GeoJSON or TopoJSON and tables in CSV.

    The grid's cells are square. `rows` is its height; without it a height is chosen at which every
    state keeps the share of land it has in the source, as far as the largest grid allows; what is
    lost is reported with its share. Every province gets a cell, borders of the source are kept
    (where cells cannot, a strait stands in), and borders that the source does not have are parted.
    `true_latitude` is the parallel along which the flat projection is true to scale (the middle
    one if left out): lands nearer the pole are drawn wider. `clip` keeps what lies in west, south,
    east, north. No land changes hands, but with `give_slivers` detached scraps that touch another
    province go to it.

    Raises `ImportProblem` with one sentence naming file, feature or line, and property or column.
    """
    features, report = read_features(geojson, names, layer), list[str]()
    if clip is not None:
        features = clipped(features, clip, report)
    if give_slivers:
        features, report[len(report) :] = without_slivers(features)
    features, table = with_states(states, features, report)
    known = frozenset(table)
    pacts = read_treaties(treaties, known) if treaties is not None else []
    rivals = read_rivalries(rivalries, known) if rivalries is not None else []
    bounds = tuple(geometry_library().total_bounds([feature.shape for feature in features]))
    sheet, straits = _drawn(
        features, table, projection_for(projection, bounds, true_latitude), rows, report
    )
    sea_names, sea_cells = part_seas(sheet, seas)
    years = Counter(row.year for row in table.values() if row.year is not None)
    document: dict[str, Any] = {
        "$schema": "./map.schema.json",
        "format": 1,
        "id": _map_id(geojson),
        "title": title or geojson.stem.replace("-", " ").replace("_", " ").title(),
        "calendar": {"start": years.most_common(1)[0][0] if years else 1, "step": "year"},
    }
    document |= _grid(sheet, features, sea_names, sea_cells)
    document |= _people(features, table)
    document["seas"] = {identity: {"name": name} for identity, name in sea_names.items()}
    document["straits"] = [[features[one].id, features[other].id] for one, other in straits]
    document["treaties"] = _treaties(pacts)
    document["rivalries"] = [list(pair) for pair in rivals]
    document["beliefs"] = [
        {"of": of, "about": about, "hostile": RIVAL_HOSTILITY}
        for one, other in rivals
        for of, about in ((one, other), (other, one))
    ]
    return ImportResult(document, report)


def _people(features: Sequence[Feature], table: Mapping[str, StateRow]) -> dict[str, Any]:
    """The provinces, the states, and the ideologies if a state has one."""
    figures = province_figures(features, table)
    provinces = {
        feature.id: {
            "name": feature.name,
            "owner": feature.owner,
            **figures[feature.id],
            "terrain": feature.terrain,
        }
        for feature in features
    }
    states = {
        row.id: state_entry(row, number, _capital(row, features))
        for number, row in enumerate(table.values())
    }
    found: dict[str, Any] = {"provinces": provinces, "states": states}
    if any("ideology" in entry for entry in states.values()):
        found["ideologies"] = IDEOLOGIES
    return found


def _drawn(
    features: Sequence[Feature],
    table: Mapping[str, StateRow],
    project: Projection,
    rows: int | None,
    report: list[str],
) -> tuple[Sheet, list[Pair]]:
    """The sheet, mended, and its straits; grown until every state keeps its share of the land."""
    grown, names = 1.0, {row.id: row.name for row in table.values()}
    while True:
        said: list[str] = []
        sheet = lay_out(features, project, rows, grown)
        straits = _agree(sheet, features, said)
        lost = land_not_kept(sheet, features, names)
        if not lost or rows is not None or at_most(sheet):
            report += said + lost
            return sheet, straits
        grown *= MORE_ROWS


def _agree(sheet: Sheet, features: Sequence[Feature], report: list[str]) -> list[Pair]:
    """Correct the sheet's borders, add to the report, and return the straits that are needed."""
    borders = source_borders(sheet, features)
    clear_scraps(sheet)
    fill_puddles(sheet)
    mend(sheet, borders)
    clear_scraps(sheet)
    restore_areas(sheet, borders)
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
