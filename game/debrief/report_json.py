"""The debrief as the JSON of DESIGN section 6, which other programs read."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from game.debrief.report_types import JSON_KEY, Report


def json_of(report: Report) -> dict[str, Any]:
    """A report as dictionaries, lists, strings and numbers, the keys in the contract's order.

    A report that is blind has no key `doctrine` in its states.
    """
    result: dict[str, Any] = _plain(report)
    if not report.opened:
        for entry in result["states"].values():
            del entry["doctrine"]
    return result


def _plain(value: object) -> Any:
    """A value of a report without its types."""
    if is_dataclass(value):
        keys = {one.name: one.metadata.get(JSON_KEY, one.name) for one in fields(value)}
        return {key: _plain(getattr(value, name)) for name, key in keys.items() if key is not None}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"a report holds no {type(value).__name__}")
