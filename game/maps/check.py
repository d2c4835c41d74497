"""Checks a map: finds all problems in one pass, each with its line and column."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from game.maps.cross_references import Relations
from game.maps.grid import grid_issues
from game.maps.invisible import invisible_characters, may_be_invisible
from game.maps.json_positions import Located, locate
from game.maps.map_problem import Issue, Problem, Severity, Speller, pointer, shown
from game.maps.quick_check import is_sound
from game.maps.schema_errors import shape_issues
from game.world.map_document import MapDoc

MOST_BYTES = 20_000_000
"""The largest file, in bytes, that is read as a map."""

MOST_ENTRIES = 150_000
"""The most entries of lists and objects: what 200 states believe of each other, and a third more.

To find all problems in more takes longer than a reader will wait.
"""

FEW_BYTES = 2 * MOST_ENTRIES
"""A file that cannot have more than `MOST_ENTRIES`, since each takes two bytes."""

MOST_PROBLEMS = 1_000
"""How many problems are listed; further ones are only counted."""

MOST_ISSUES = 5 * MOST_PROBLEMS
"""After how many the search for more of a kind ends."""

BOM = b"\xef\xbb\xbf"
"""What some editors put before UTF-8; it is passed over."""

ZIP = b"PK\x03\x04"

_QUOTE, _BACKSLASH, _COMMA = b'"\\,'


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: the map (None if it has errors), and all problems."""

    doc: MapDoc | None
    problems: list[Problem]


def check_map(data: bytes) -> list[Problem]:
    """All problems in the bytes of a map file, errors and warnings, in the order of the text.

    Never raises, whatever the bytes. A map without errors can be played.
    """
    return read_and_check(data).problems


def check_file(path: Path) -> list[Problem]:
    """All problems of the file at `path`; if it cannot be read, that is the only one."""
    data = read_bytes(path)
    return [data] if isinstance(data, Problem) else check_map(data)


def read_bytes(path: Path) -> bytes | Problem:
    """A file's bytes, or the problem why it cannot be read."""
    try:
        if path.is_dir():
            return _whole("this is a folder, not a map", "name a .json file in it")
        if path.exists() and not path.is_file():
            return _whole("this is not a regular file")
        if path.stat().st_size > MOST_BYTES:
            return _whole(_too_large(path.stat().st_size))
        return path.read_bytes()
    except FileNotFoundError:
        return _whole("there is no such file")
    except PermissionError:
        return _whole("this file may not be read", "change its permissions")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not a file's"
        return _whole(f"this file cannot be read: {reason}")


def read_and_check(data: bytes, *, doubts: bool = True) -> Checked:
    """The map in `data`, with its problems. Its `doc` is None exactly if there is an error.

    Without `doubts`, a map without errors is not searched for warnings, which is faster.
    """
    if len(data) > MOST_BYTES:
        return Checked(None, [_whole(_too_large(len(data)))])
    if len(data) > FEW_BYTES and (count := _entries(data)) > MOST_ENTRIES:
        message = f"the file has {count:,} entries; a map has {MOST_ENTRIES:,} at most"
        return Checked(None, [_whole(message)])
    data = data.removeprefix(BOM)
    quick = _quick(data)
    if quick is None:
        return _thorough(data)
    if not doubts:
        return Checked(quick, [])
    text = data.decode()
    issues = _doubts(quick)
    if may_be_invisible(text):
        issues += invisible_characters(json.loads(data))
    return Checked(quick, _placed(issues, locate(text)) if issues else [])


def _entries(data: bytes) -> int:
    """How many entries the lists and objects of a text have: the commas that stand in no string."""
    signs = np.frombuffer(data.replace(rb"\\", b"--"), dtype=np.uint8)
    quotes = signs == _QUOTE
    quotes[1:] &= signs[:-1] != _BACKSLASH
    inside = np.cumsum(quotes, dtype=np.uint8) & 1
    return int(np.count_nonzero((signs == _COMMA) & (inside == 0)))


def _quick(data: bytes) -> MapDoc | None:
    """The map if it has no problem; a fast test that avoids the full check."""
    try:
        doc = MapDoc.model_validate_json(data)
    except ValueError:
        return None
    return doc if is_sound(doc, data) else None


def _doubts(doc: MapDoc) -> list[Issue]:
    from game.maps.map_warnings import warnings

    return list(islice(warnings(doc), MOST_ISSUES))


def _thorough(data: bytes) -> Checked:
    """The slow, full check: the map (None if it has errors) with all its problems."""
    if not data.strip():
        return Checked(None, [_whole("the file is empty", "`maps new` writes one to begin with")])
    if data[:4] == ZIP:
        return Checked(None, [_whole("this is a zip archive", "`maps unpack` unpacks a map")])
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return Checked(None, [_not_utf8(data, error.start)])
    located = locate(text)
    issues = list(located.slips)
    doc: MapDoc | None = None
    if located.whole:
        found, doc = _all_issues(located.tree)
        noted = {issue.path for issue in issues if issue.path}
        issues += [issue for issue in found if issue.path not in noted]
    if any(issue.severity == "error" for issue in issues):
        doc = None
    if located.whole and may_be_invisible(text):
        issues += invisible_characters(located.tree)
    if doc is not None:
        issues += _doubts(doc)
    return Checked(doc, _placed(issues, located))


def _all_issues(tree: object) -> tuple[list[Issue], MapDoc | None]:
    if not isinstance(tree, dict):
        return [Issue((), f"expected an object {{...}}, found {shown(tree)}")], None
    kind = tree.get("type")
    if kind in ("FeatureCollection", "Topology") and "grid" not in tree:
        name = "GeoJSON" if kind == "FeatureCollection" else "TopoJSON"
        message = f"this is {name}, not a map"
        return [
            Issue((), message, "make a map of it: realpolitik maps import FILE -o MAP.json")
        ], None
    speller = Speller()
    issues: list[Issue] = []
    doc = None
    try:
        doc = MapDoc.model_validate_json(json.dumps(tree))
    except ValidationError as error:
        issues += islice(shape_issues(error, tree, speller), MOST_ISSUES)
    issues += islice(grid_issues(tree, speller), MOST_ISSUES)
    issues += islice(Relations(tree, speller).issues(), MOST_ISSUES)
    return issues, doc


def _placed(issues: list[Issue], located: Located) -> list[Problem]:
    """Issues as problems with line and column, in the order of the text."""
    text = located.text
    lines = [0]
    at = text.find("\n")
    while at >= 0:
        lines.append(at + 1)
        at = text.find("\n", at + 1)
    ordered = sorted(((located.position(issue), issue) for issue in issues), key=lambda one: one[0])
    problems = []
    for position, issue in ordered[:MOST_PROBLEMS]:
        line = bisect_right(lines, position)
        problems.append(
            Problem(
                issue.severity,
                pointer(issue.path),
                line,
                position - lines[line - 1] + 1,
                issue.message,
                issue.hint,
            )
        )
    if len(ordered) > MOST_PROBLEMS:
        rest = ordered[MOST_PROBLEMS:]
        worst: Severity = (
            "error" if any(issue.severity == "error" for _, issue in rest) else "warning"
        )
        more = "more" if len(ordered) < MOST_ISSUES else "or more"
        message = f"and {len(rest)} problems {more}"
        problems.append(Problem(worst, "", None, None, message, "mend these first"))
    return problems


def _whole(message: str, hint: str | None = None) -> Problem:
    return Problem("error", "", None, None, message, hint)


def _too_large(size: int) -> str:
    most = MOST_BYTES // 1_000_000
    return f"the file has {size / 1_000_000:.1f} MB; a map has {most} MB at most"


def _not_utf8(data: bytes, start: int) -> Problem:
    line = data.count(b"\n", 0, start) + 1
    before = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "the file is in UTF-16, not in UTF-8"
    else:
        message = f"the file is not in UTF-8 (byte 0x{data[start]:02x})"
    return Problem("error", "", line, len(before) + 1, message, "save it as UTF-8")
