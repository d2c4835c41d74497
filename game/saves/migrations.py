"""How saves of older formats become saves of this one: an ordered table, walked forward.

A migration gets tables of which parts may be damaged or missing (recovery reads them too): what it
cannot read it leaves as it is, for the reader to refuse.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.saves.checksums import Tables
from game.saves.codec import Json, pack_json
from game.saves.save_header import FORMAT, refuse_newer
from game.saves.storage import damaged
from game.saves.world_deltas import apply, bare, difference
from game.world.map_document import from_data
from game.world.world_setup import build_world


def _from_1(tables: Tables) -> Tables:
    """To format 2: checksums (of the file, so not here), the start whole, who wrote it."""
    return {
        **tables,
        "header": {
            number: {**header, "format": 2, "revisions": [header.get("engine_revision")]}
            for number, header in tables.get("header", {}).items()
        },
        "map": {number: _whole_start(one) for number, one in tables.get("map", {}).items()},
    }


def _whole_start(document: dict[str, Json]) -> dict[str, Json]:
    """In format 1 the start was what differed from the world that the map gave then."""
    try:
        founded, _ = build_world(from_data(document["map"]))
        start = apply(founded, document["start"])
        return {**document, "start": pack_json(difference(bare(start), start))}
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
        return document


MIGRATIONS: dict[int, Callable[[Tables], Tables]] = {1: _from_1}
"""Older format -> the function that converts its tables to the next format."""


def without_header(tables: Tables) -> Tables:
    """The tables of a save whose header is lost, in this version's format.

    The format is told by the map's document; the chain tells if it was told wrong.
    """
    old = any(isinstance(one.get("start"), dict) for one in tables.get("map", {}).values())
    return _from_1(tables) if old else tables


def migrated(tables: Tables, path: Path) -> Tables:
    """The tables in this version's format. Raises NewerSave, or DamagedSave without a format."""
    header: dict[str, Any] = next(iter(tables.get("header", {}).values()), {})
    number = header.get("format")
    if type(number) is not int or number < 1:
        raise damaged(path, "its beginning does not say its format")
    refuse_newer(number, path)
    for older in range(number, FORMAT):
        tables = MIGRATIONS[older](tables)
    return tables
