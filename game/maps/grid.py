"""Checks the grid and its legend: keys, rows, and that every province and sea has a cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from game.maps.cross_references import entries, table
from game.maps.map_problem import Issue, Severity, Speller, shown

Grid = NDArray[np.int64]
"""A number for each cell: [row, column]."""

_Integer = TypeVar("_Integer", bound=np.integer[Any])

MOST_COLUMNS = 2_000
"""The most cells in a row."""


def grid_issues(tree: Mapping[str, Any], speller: Speller) -> Iterator[Issue]:
    """All issues of the grid, its legend, and the provinces and seas on it."""
    legend = table(tree, "legend")
    rows = [row for row in entries(tree, "grid") if isinstance(row, str)]
    whole = bool(rows) and len(rows) == len(entries(tree, "grid"))
    yield from _keys(legend)
    yield from _places(tree, legend, speller)
    width = _key_width(legend)
    if width == 0 or not rows:
        return
    yield from _lengths(entries(tree, "grid"), width)
    used = cell_keys(rows, width)
    strangers = used - legend.keys()
    if strangers:
        yield from _strangers(entries(tree, "grid"), width, strangers, speller, legend)
    if whole:
        yield from _undrawn(tree, legend, used)


def cell_keys(rows: Iterable[str], width: int) -> set[str]:
    """The keys that occur in the rows, without an incomplete key at a row's end."""
    text = "".join(row if len(row) % width == 0 else row[:-1] for row in rows)
    if width == 1:
        return set(text)
    if text.isascii():
        # A key is one integer of 16 bits: to mark which occur is faster than to sort them.
        occurs = np.zeros(1 << 16, dtype=bool)
        occurs[np.frombuffer(text.encode(), dtype="<u2")] = True
        kept = np.flatnonzero(occurs).astype("<u2").tobytes().decode()
    else:
        # In UTF-32 it is one of 64 bits.
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u8")
        kept = each_once(codes).tobytes().decode("utf-32-le", "surrogatepass")
    return {kept[at : at + 2] for at in range(0, len(kept), 2)}


def each_once(values: NDArray[_Integer]) -> NDArray[_Integer]:
    """The different values, in order. NumPy sorts millions faster than it finds the unique ones."""
    ordered = np.sort(values)
    different = np.ones(len(ordered), dtype=bool)
    different[1:] = ordered[1:] != ordered[:-1]
    return ordered[different]


def cell_numbers(rows: Sequence[str], numbers: Mapping[str, int]) -> Grid:
    """The number of each cell, [row, column], by its key; the rows are sound and of one length."""
    width = len(next(iter(numbers)))
    kind = "<u4" if width == 1 else "<u8"
    text = np.frombuffer("".join(rows).encode("utf-32-le"), dtype=kind)
    keys = np.frombuffer("".join(numbers).encode("utf-32-le"), dtype=kind)
    order = np.argsort(keys)
    values = np.array(list(numbers.values()), dtype=np.int64)[order]
    found: Grid = values[np.searchsorted(keys[order], text)]
    return found.reshape(len(rows), -1)


def _key_width(legend: Mapping[str, Any]) -> int:
    """The length that most keys have, in characters; 0 if no key is usable."""
    lengths = Counter(len(key) for key in legend if 1 <= len(key) <= 2)
    return lengths.most_common(1)[0][0] if lengths else 0


def _keys(legend: Mapping[str, Any]) -> Iterator[Issue]:
    width = _key_width(legend)
    for key in legend:
        if len(key) in (1, 2) and len(key) != width:
            message = f"expected a key of {width} as most are, found {shown(key)} of {len(key)}"
            yield Issue(("legend", key), message, "all keys have one length", at_key=True)
        if len(key) <= 2 and not plain_key(key):
            message = f"expected printable characters one column wide, found {shown(key)}"
            yield Issue(("legend", key), message, "letters and signs of ASCII do", at_key=True)


def plain_key(key: str) -> bool:
    """Whether every character of a key is printable and one terminal column wide."""
    if key.isascii():
        return key.isprintable() and " " not in key
    return all(map(_one_cell_wide, key))


def _one_cell_wide(character: str) -> bool:
    from rich.cells import cell_len

    return character.isprintable() and not character.isspace() and cell_len(character) == 1


def _places(
    tree: Mapping[str, Any], legend: Mapping[str, Any], speller: Speller
) -> Iterator[Issue]:
    provinces, seas = table(tree, "provinces"), table(tree, "seas")
    for key, entry in legend.items():
        if not isinstance(entry, dict):
            continue
        if ("province" in entry) == ("sea" in entry) or entry.get("province", "") is None:
            stated = " and ".join(map(shown, entry)) or "neither"
            message = f'expected {{"province": id}} or {{"sea": id or null}}, found {stated}'
            yield Issue(("legend", key), message)
        province, sea = entry.get("province"), entry.get("sea")
        if isinstance(province, str) and provinces and province not in provinces:
            message = f"expected the id of a province, found {shown(province)}"
            hint = speller.hint(province, provinces)
            yield Issue(("legend", key, "province"), message, hint)
        if isinstance(sea, str) and sea not in seas:
            message = f"expected the id of a sea, found {shown(sea)}"
            hint = speller.hint(sea, seas) or 'name it in "seas", or write null for unnamed sea'
            severity: Severity = "error" if "seas" in tree else "warning"
            yield Issue(("legend", key, "sea"), message, hint, severity)


def _lengths(rows: list[Any], width: int) -> Iterator[Issue]:
    """Rows whose lengths differ from the others."""
    lengths = {len(row) for row in rows if isinstance(row, str)}
    if len(lengths) == 1:
        (length,) = lengths
        if length and length % width == 0 and length <= MOST_COLUMNS * width:
            return
    whole = Counter(len(row) for row in rows if isinstance(row, str) and len(row) % width == 0)
    usual = whole.most_common(1)[0][0] if whole else 0
    if usual == 0:
        message = f"expected rows of one or more cells of {width} characters"
        yield Issue(("grid",), message, at_key=True)
    elif usual > MOST_COLUMNS * width:
        yield Issue(("grid", 0), f"expected {MOST_COLUMNS} cells at most, found {usual // width}")
    for number, row in enumerate(rows):
        if isinstance(row, str) and len(row) != usual and usual:
            message = f"expected {usual} characters as in most rows, found {len(row)}"
            missing = abs(len(row) - usual)
            hint = f"{missing} too {'few' if len(row) < usual else 'many'}"
            yield Issue(("grid", number), message, hint)


def _strangers(
    rows: list[Any], width: int, strangers: set[str], speller: Speller, legend: Mapping[str, Any]
) -> Iterator[Issue]:
    """Keys in the grid that are not in the legend."""
    first: dict[str, tuple[int, int]] = {}
    count: Counter[str] = Counter()
    for number, row in enumerate(rows):
        if not isinstance(row, str):
            continue
        for at in range(0, len(row) - width + 1, width):
            key = row[at : at + width]
            if key in strangers:
                count[key] += 1
                first.setdefault(key, (number, at))
    for key, (number, at) in first.items():
        cells = f"{count[key]} cells" if count[key] > 1 else "1 cell"
        message = f"{shown(key)} is not in the legend ({cells})"
        hint = "a cell is a key of the legend, never a space" if key.isspace() else None
        hint = hint or (speller.hint(key, legend) if width == 2 else None)
        yield Issue(("grid", number), message, hint, offset=at)


def _undrawn(tree: Mapping[str, Any], legend: Mapping[str, Any], used: set[str]) -> Iterator[Issue]:
    """Provinces and seas without a cell."""
    keys: dict[str, str] = {}
    drawn: set[str] = set()
    seas: set[str] = set()
    for key, entry in legend.items():
        if not isinstance(entry, dict):
            continue
        if key not in used:
            message = f"the key {shown(key)} is nowhere on the grid"
            if "province" not in entry:
                yield Issue(("legend", key), message, None, "warning", at_key=True)
        province, sea = entry.get("province"), entry.get("sea")
        if isinstance(province, str):
            keys[province] = key
            if key in used:
                drawn.add(province)
        if isinstance(sea, str) and key in used:
            seas.add(sea)
    for name in table(tree, "provinces"):
        if name not in drawn:
            where = (
                f"its key {shown(keys[name])} is in no row"
                if name in keys
                else "no key of the legend means it"
            )
            message = f"the province {shown(name)} is nowhere on the grid: {where}"
            yield Issue(("provinces", name), message, "draw it in a cell or more", at_key=True)
    for name in table(tree, "seas"):
        if name not in seas:
            message = f"the sea {shown(name)} is nowhere on the grid"
            yield Issue(("seas", name), message, None, "warning", at_key=True)
