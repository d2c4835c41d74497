"""Converts saves of older formats, one format after another."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.saves.save_header import FORMAT, refuse_newer
from game.saves.storage import Tables, damaged

MIGRATIONS: dict[int, Callable[[Tables], Tables]] = {}
"""Older format -> the function that converts its tables to the next format."""


def migrated(tables: Tables, path: Path) -> Tables:
    """The tables in this version's format. Raises NewerSave, or DamagedSave without a format."""
    header: dict[str, Any] = next(iter(tables.get("header", {}).values()), {})
    number = header.get("format")
    if type(number) is not int or number < 1:
        raise damaged(path, "its header does not say its format")
    refuse_newer(number, path)
    for older in range(number, FORMAT):
        tables = MIGRATIONS[older](tables)
    return tables
