"""The checksums that a save carries of itself, in its header: of every table, and of the header.

Since the header's own covers the others, one figure stands for the whole file; and a title screen
can tell from the first 4 kB alone whether the header is as it was written.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

Tables = dict[str, dict[str, Any]]
"""Table's name -> document's number as text -> document."""

OWN, OTHERS = "checksum", "checksums"
"""The header's fields: of itself, and of the other tables by name."""


def compact(value: Any) -> str:
    """A value as JSON without spaces. Raises ValueError for NaN and infinities."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def table_text(name: str, documents: Mapping[str, Any]) -> str:
    """A table as it stands in the file: a document a line."""
    lines = [f"{compact(str(number))}:{compact(one)}" for number, one in documents.items()]
    return f"{compact(name)}:{{\n" + ",\n".join(lines) + "\n}"


def with_checksums(header: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """A header's document with the checksums of the other tables' texts, and its own."""
    whole = {**header, OTHERS: {name: _sum(text) for name, text in texts.items()}}
    return {**whole, OWN: _sum(compact(whole))}


def without_checksums(header: Mapping[str, Any]) -> dict[str, Any]:
    """A header's document as it was before they were added."""
    return {name: value for name, value in header.items() if name not in (OWN, OTHERS)}


def has_checksums(header: Any) -> bool:
    """Whether a header's document claims to vouch for the file."""
    return isinstance(header, dict) and not {OWN, OTHERS}.isdisjoint(header)


def header_fits(header: Any) -> bool:
    """Whether a header's document is as it was written."""
    if not isinstance(header, dict) or not isinstance(header.get(OTHERS), dict):
        return False
    rest = {name: value for name, value in header.items() if name != OWN}
    try:
        return bool(_sum(compact(rest)) == header.get(OWN))
    except (ValueError, RecursionError):
        return False


def table_fits(header: Mapping[str, Any], name: str, documents: Mapping[str, Any]) -> bool:
    """Whether a table is as it was written, by a header that is."""
    try:
        return bool(_sum(table_text(name, documents)) == header[OTHERS].get(name))
    except (ValueError, RecursionError):
        return False


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
