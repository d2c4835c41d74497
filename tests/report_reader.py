"""A debrief read back from its JSON, to see that the JSON leaves nothing out."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from game.debrief.report_types import JSON_KEY, Report


def read_report(told: dict[str, Any]) -> Report:
    """The report of which `told` is the JSON."""
    opened = any("doctrine" in entry for entry in told["states"].values())
    report: Report = _read(Report, {**told, "opened": opened})
    return report


def _read(kind: Any, value: Any) -> Any:
    """A value of a type from its JSON."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        keys = {one.name: one.metadata.get(JSON_KEY) or one.name for one in fields(kind)}
        return kind(**{name: _read(hints[name], value.get(key)) for name, key in keys.items()})
    inner = get_args(kind)
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else _read(_one_of(inner, value), value)
    if get_origin(kind) is Mapping:
        return {inner[0](key): _read(inner[1], one) for key, one in value.items()}
    if get_origin(kind) is tuple:
        return tuple(_read(inner[0], one) for one in value)
    return value


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """Of the types of a union, the one that a value has: by its keys where they are dataclasses."""
    for kind in kinds:
        if is_dataclass(kind) and not isinstance(value, dict):
            continue
        if is_dataclass(kind) and {
            one.metadata.get(JSON_KEY) or one.name for one in fields(kind)
        } - set(value):
            continue
        if kind is not NoneType:
            return kind
    raise TypeError(f"none of {kinds} has the keys of {value}")
