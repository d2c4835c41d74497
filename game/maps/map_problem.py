"""Problems of maps, with their positions; and functions that make text safe to print."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

from game.messages import PlayerMessage

Severity = Literal["error", "warning"]
KeyPath = tuple[str | int, ...]
"""A path through the document: keys and indices."""

LONGEST_SHOWN = 60
"""The most characters of a value that a message shows."""
MOST_NAMES = 2_500
"""A name is suggested out of so many at most; a sound map has no more of a kind."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a map with its position. Field names are the keys of `maps check --json`."""

    severity: Severity
    path: str
    """JSON Pointer; empty for the whole document."""
    line: int | None
    """From 1; None if the file could not be read as text."""
    column: int | None
    """From 1, in characters."""
    message: str
    """What was found and what was expected, safe to print."""
    hint: str | None = None
    """What to do about it."""

    def as_json(self) -> dict[str, str | int | None]:
        """The problem as JSON values."""
        return asdict(self)

    def sentence(self) -> str:
        """The problem in one line: position, severity, message, hint."""
        where = "" if self.line is None else f"line {self.line}, column {self.column}: "
        path = f"{printable(self.path)}: " if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.severity}: {path}{self.message}{hint}"


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem whose line and column are not known yet."""

    path: KeyPath
    message: str
    hint: str | None = None
    severity: Severity = "error"
    at_key: bool = False
    """Whether the key is wrong, and not its value."""
    offset: int | None = None
    """The position within the value, in characters (if it is a text without escapes); None: its
    start."""
    position: int | None = None
    """The offset in the file, if it is already known."""


class MapProblems(PlayerMessage):
    """A map cannot be played; `problems` are those of the file at `path`."""

    def __init__(self, problems: list[Problem], path: Path) -> None:
        self.problems = problems
        self.path = path
        errors = [problem for problem in problems if problem.severity == "error"]
        first = errors[0].sentence() if errors else "cannot be read"
        more = f" (and {len(errors) - 1} more; see maps check)" if len(errors) > 1 else ""
        super().__init__(f"{printable(str(path))}: {first}{more}")


class UnknownMap(PlayerMessage):
    """There is no map of that name or at that path; `suggestions` are similar ids."""

    status = 2

    def __init__(self, name: str, suggestions: list[str], known: list[str]) -> None:
        self.name = name
        self.suggestions = suggestions
        meant = f' Did you mean "{suggestions[0]}"?' if suggestions else ""
        there = f" Maps: {', '.join(known)}." if known and not suggestions else ""
        super().__init__(f"There is no map {shown(name)}.{meant}{there}")


def printable(text: str) -> str:
    """`text` with control, bidirectional and zero-width characters escaped."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}" for character in text
    )


def shown(value: object) -> str:
    """A value as JSON, safe to print, cut to fit a line."""
    if isinstance(value, dict):
        return "an object" if value else "{}"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}" if value else "[]"
    if isinstance(value, str) and len(value) > LONGEST_SHOWN:
        return printable(json.dumps(value[:LONGEST_SHOWN], ensure_ascii=False)[:-1]) + '..."'
    text = printable(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= LONGEST_SHOWN + 2 else text[:LONGEST_SHOWN] + "..."


def pointer(path: KeyPath) -> str:
    """The JSON Pointer (RFC 6901) of a path."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "".join(f"/{step}" for step in steps)


@dataclass(slots=True)
class Speller:
    """Suggests known names for unknown ones. Results are cached, and the number of slow searches is
    limited: a file full of unknown names must not take minutes."""

    left: int = 200
    """How many slow searches are left."""
    _known: dict[tuple[str, int], str | None] = field(default_factory=dict)

    def hint(self, found: object, names: Iterable[str]) -> str | None:
        """`did you mean "x"?` for the name most like `found`, or None."""
        if not isinstance(found, str) or len(found) > 100:
            return None
        known = list(islice(names, MOST_NAMES + 1))
        if len(known) > MOST_NAMES:
            return None
        key = (found, hash(tuple(known)))
        if key not in self._known:
            self._known[key] = self._nearest(found, known)
        nearest = self._known[key]
        return None if nearest is None else f"did you mean {shown(nearest)}?"

    def _nearest(self, found: str, known: list[str]) -> str | None:
        folded = {name.casefold(): name for name in known}
        if found.casefold() in folded:
            return folded[found.casefold()]
        if self.left <= 0:
            return None
        self.left -= 1
        close = difflib.get_close_matches(found.casefold(), list(folded), n=1, cutoff=0.6)
        return folded[close[0]] if close else None
