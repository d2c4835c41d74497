"""Reads the CSV tables of states, treaties and rivalries that go with a GeoJSON file."""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

from game.maps.geojson.features import is_id, read_text, shown_name
from game.maps.geojson.import_problem import ImportProblem
from game.world.map_document import OBLIGATIONS


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state's figures, in the table's own units; None for an empty field."""

    id: str
    name: str
    capital: str
    year: int | None
    population: float | None
    industry: float | None
    army: float | None
    fleet: float | None
    polity: float | None
    on_map: bool


@dataclass(frozen=True, slots=True)
class TreatyRow:
    """A treaty's parties, what they owe each other, and the year of its signature."""

    parties: tuple[str, ...]
    obligation: str
    signed: int | None


class _Table:
    """The rows of a CSV file; reading a wrong value raises a sentence that says where it is."""

    def __init__(self, path: Path, required: tuple[str, ...]) -> None:
        self.path = path
        reader = csv.reader(read_text(path).splitlines())
        try:
            rows = list(reader)
        except csv.Error as error:
            raise ImportProblem(f"{path}: line {reader.line_num}: not CSV: {error}") from None
        if not rows:
            raise ImportProblem(f"{path}: empty; its first line names the columns")
        header = [cell.strip() for cell in rows[0]]
        for column in required:
            if column not in header:
                raise ImportProblem(f"{path}: line 1: the column '{column}' is missing")
        self.rows: list[tuple[int, dict[str, str]]] = []
        for line, cells in enumerate(rows[1:], start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise ImportProblem(
                    f"{path}: line {line}: {len(cells)} values for {len(header)} columns"
                )
            values = (cell.strip() for cell in cells)
            self.rows.append((line, dict(zip(header, values, strict=True))))

    def text(self, line: int, row: dict[str, str], column: str) -> str:
        value = row.get(column, "")
        if not value:
            raise ImportProblem(f"{self.path}: line {line}: column '{column}' is blank")
        return value

    def number(
        self, line: int, row: dict[str, str], column: str, *, least: float = -math.inf
    ) -> float | None:
        value = row.get(column, "")
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not (math.isfinite(number) and least <= number < 1e12):
            limit = "" if least == -math.inf else f", {least:g} or more"
            raise ImportProblem(
                f"{self.path}: line {line}: column '{column}' is {value!r}; expected a number"
                + limit
            )
        return number

    def year(self, line: int, row: dict[str, str], column: str) -> int | None:
        number = self.number(line, row, column)
        return None if number is None else int(number)


def read_states(path: Path) -> list[StateRow]:
    """The table of states. Raises `ImportProblem` naming file, line and column."""
    table = _Table(path, ("id", "name"))
    states: dict[str, StateRow] = {}
    for line, row in table.rows:
        identity = table.text(line, row, "id")
        if not is_id(identity):
            raise ImportProblem(f"{path}: line {line}: column 'id' is {identity!r}, which is no id")
        if identity in states:
            raise ImportProblem(f"{path}: line {line}: the state {identity!r} is there twice")
        where = row.get("map", "") or "on"
        if where not in ("on", "off"):
            raise ImportProblem(
                f"{path}: line {line}: column 'map' is {where!r}; expected on or off"
            )
        states[identity] = StateRow(
            id=identity,
            name=shown_name(table.text(line, row, "name"), identity),
            capital=row.get("capital", ""),
            year=table.year(line, row, "year"),
            population=table.number(line, row, "population_millions", least=0),
            industry=table.number(line, row, "industry_per_mille_of_world", least=0),
            army=table.number(line, row, "army_thousands", least=0),
            fleet=table.number(line, row, "fleet_index", least=0),
            polity=table.number(line, row, "polity2", least=-10),
            on_map=where == "on",
        )
    return list(states.values())


def read_treaties(path: Path, known: frozenset[str]) -> list[TreatyRow]:
    """The table of treaties between states in `known`. Raises `ImportProblem`."""
    table = _Table(path, ("parties", "obligation"))
    treaties = []
    for line, row in table.rows:
        parties = tuple(dict.fromkeys(table.text(line, row, "parties").split()))
        if len(parties) < 2:
            raise ImportProblem(
                f"{path}: line {line}: column 'parties' needs two states or more, "
                "separated by spaces"
            )
        _must_know(path, line, "parties", parties, known)
        obligation = table.text(line, row, "obligation")
        if obligation not in OBLIGATIONS:
            raise ImportProblem(
                f"{path}: line {line}: column 'obligation' is {obligation!r}; "
                f"expected one of {', '.join(OBLIGATIONS)}"
            )
        treaties.append(TreatyRow(parties, obligation, table.year(line, row, "signed")))
    return treaties


def read_rivalries(path: Path, known: frozenset[str]) -> list[tuple[str, str]]:
    """The table of rivalries between states in `known`. Raises `ImportProblem`."""
    table = _Table(path, ("a", "b"))
    pairs: list[tuple[str, str]] = []
    for line, row in table.rows:
        pair = (table.text(line, row, "a"), table.text(line, row, "b"))
        _must_know(path, line, "a", pair[:1], known)
        _must_know(path, line, "b", pair[1:], known)
        if pair[0] == pair[1]:
            raise ImportProblem(f"{path}: line {line}: {pair[0]} cannot be its own rival")
        if pair not in pairs and pair[::-1] not in pairs:
            pairs.append(pair)
    return pairs


def _must_know(
    path: Path, line: int, column: str, states: tuple[str, ...], known: frozenset[str]
) -> None:
    for state in states:
        if state not in known:
            raise ImportProblem(
                f"{path}: line {line}: column '{column}' names {state!r}, "
                "which is no state of this map"
            )
