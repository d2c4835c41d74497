"""Which properties of a feature are its id, its name and its owner."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from game.maps.geojson.import_problem import ImportProblem

ID_NAMES = ("id", "ID", "ISO_A3", "iso_a3", "ADM0_A3", "adm1_code", "code", "GEOID")
NAME_NAMES = ("name", "NAME", "Name", "name_en", "NAME_EN", "NAME_LONG", "admin", "ADMIN")
OWNER_NAMES = ("owner",)
"""Properties that are looked for, in this order, where the command names none."""

_NO_CODE = ("-99", "-1", "")
"""What Natural Earth writes where a land has no code."""


@dataclass(frozen=True, slots=True)
class PropertyNames:
    """The properties that the user names; None: the known ones are looked for."""

    id: str | None = None
    name: str | None = None
    owner: str | None = None

    def must_occur(self, path: Path, entries: Iterable[Any]) -> None:
        """Raises `ImportProblem` if no feature has a property that the user named."""
        there: set[str] = set()
        for entry in entries:
            properties = entry.get("properties") if isinstance(entry, dict) else None
            if isinstance(properties, dict):
                there.update(properties)
        for option, name in (("--id", self.id), ("--name", self.name), ("--owner", self.owner)):
            if name is None or name in there:
                continue
            close = get_close_matches(name, sorted(there), n=1, cutoff=0.5)
            meant = (
                f"did you mean {close[0]}?" if close else f"there are: {', '.join(sorted(there))}"
            )
            raise ImportProblem(f"{path}: {option}: no feature has a property {name!r}; {meant}")

    def any_owner(self, entries: Iterable[Any]) -> bool:
        """Whether any feature has one of the known owner properties, be it null."""
        return any(
            isinstance(entry, dict)
            and isinstance(entry.get("properties"), dict)
            and any(name in entry["properties"] for name in OWNER_NAMES)
            for entry in entries
        )


def own_id(
    where: str,
    entry: Mapping[str, Any],
    properties: Mapping[str, Any],
    names: PropertyNames,
    seen: set[str],
) -> str:
    """A feature's id: the property named by the user, a known property, the feature's own `id`.

    Where there is none, or the feature's own stands for two features, the id is made from the
    name. Raises `ImportProblem` where nothing of it is there.
    """
    if names.id is not None:
        value = _as_text(properties.get(names.id))
        if value is None:
            raise ImportProblem(f"{where}: property {names.id!r} is blank or is no text")
        return value
    if "id" in properties and properties["id"] is not None:
        value = _as_text(properties["id"])
        if value is None:
            raise ImportProblem(f"{where}: property 'id' must be a text or a number")
        return value
    candidates = [properties.get(name) for name in ID_NAMES]
    for value in (_as_text(one) for one in (entry.get("id"), *candidates)):
        if value is not None and value not in _NO_CODE and value not in seen:
            return value
    name = named_text(where, properties, names)
    made = _slug(name) if name else ""
    if not made:
        raise ImportProblem(
            f"{where}: no id and no name; give it a property 'id', or name one with --id"
        )
    return made


def named_text(where: str, properties: Mapping[str, Any], names: PropertyNames) -> str | None:
    """A feature's name, or None where it has none."""
    for name in (names.name,) if names.name is not None else NAME_NAMES:
        value = properties.get(name)
        if value is None:
            continue
        text = _as_text(value)
        if text is None:
            raise ImportProblem(f"{where}: property '{name}' must be text")
        return text
    return None


def named_owner(where: str, properties: Mapping[str, Any], names: PropertyNames) -> str | None:
    """A feature's owner, or None for land that nobody plays."""
    for name in (names.owner,) if names.owner is not None else OWNER_NAMES:
        value = properties.get(name)
        if value is None or value == "":
            continue
        text = _as_text(value) if names.owner is not None or isinstance(value, str) else None
        if text is None:
            raise ImportProblem(
                f"{where}: property '{name}' must be a state's id or null ('owner')"
            )
        return text
    return None


def _as_text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else None
    return str(value)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    kept = "".join(mark if mark.isalnum() else " " for mark in plain)
    return "-".join(kept.split())[:64]
