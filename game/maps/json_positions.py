"""A JSON reader that records the position of every value and continues after small errors.

It runs only if there is a problem to locate: `json.loads` is many times faster.
"""

import re
from dataclasses import dataclass, field
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]

from game.maps.map_problem import Issue, KeyPath, shown

WHOLE = 10**15
"""Below this a number written with a point and zeros is read as a whole number."""

DEEPEST = 64
"""The deepest nesting that is read; a map has seven levels."""

MOST_SLIPS = 5_000
"""Errors of the text after which the reading ends."""

_SPACE = re.compile(r"[ \t\n\r]*")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/|#[^\n]*", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_NUMBER_SLIP = re.compile(r"\+\d+(\.\d+)?|\.\d+|0\d+(\.\d+)?")
"""What people write for a number that JSON does not take: a plus, no digit before the point."""
_DECIMAL_COMMA = re.compile(r"\d+")
_CONSTANT = re.compile(r"-?Infinity|NaN")
_WORD = re.compile(r"[\w.+-]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LITERALS = {"true": True, "false": False, "null": None}


class _StopError(Exception):
    """Raised where the text cannot be read any further."""


@dataclass(slots=True)
class Located:
    """A JSON document with the positions of its values."""

    text: str
    tree: object = None
    """The document; do not use it if `whole` is False."""
    whole: bool = True
    """False if reading had to stop before the end."""
    slips: list[Issue] = field(default_factory=list)
    """Errors of the text itself, with positions."""
    values: dict[KeyPath, int] = field(default_factory=dict)
    """Path -> offset at which its value begins."""
    keys: dict[KeyPath, int] = field(default_factory=dict)
    """Path of a value -> offset at which its key begins."""

    def position(self, issue: Issue) -> int:
        """The offset of an issue in the text; that of its nearest parent if it has none."""
        if issue.position is not None:
            return issue.position
        path = issue.path
        if issue.at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        start = self.values.get(path, 0)
        if issue.offset is not None and path == issue.path:
            opening = start + 1
            if "\\" not in self.text[opening : opening + issue.offset]:
                return opening + issue.offset
        return start


def locate(text: str) -> Located:
    """Read `text` and record positions, repeated keys, NaN and Infinity, and errors of syntax.

    Trailing commas, missing commas and comments are recorded and skipped; any other error of syntax
    ends the reading.
    """
    reader = _Reader(text)
    try:
        reader.result.tree = reader.value((), reader.skip(0), 0)
        reader.end()
    except _StopError:
        reader.result.whole = False
    return reader.result


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.result = Located(text)

    def skip(self, at: int) -> int:
        """The offset after white space and comments."""
        while True:
            at = _SPACE.match(self.text, at).end()  # type: ignore[union-attr]
            comment = _COMMENT.match(self.text, at)
            if comment is None:
                return at
            self.slip(at, "a comment, which JSON does not have", "take it out")
            at = comment.end()

    def slip(self, at: int, message: str, hint: str | None = None, path: KeyPath = ()) -> None:
        self.result.slips.append(Issue(path, message, hint, position=at))
        if len(self.result.slips) == MOST_SLIPS:
            raise _StopError

    def stop(self, at: int, expected: str, path: KeyPath, hint: str | None = None) -> _StopError:
        word = _WORD.match(self.text, at)
        if at >= len(self.text):
            found = "the end of the file"
        else:
            found = shown(word.group() if word else self.text[at])
        self.slip(at, f"expected {expected}, found {found}", hint, path)
        return _StopError()

    def value(self, path: KeyPath, at: int, depth: int) -> object:
        """Read the value at `at`; `self.at` is then the offset after it."""
        self.result.values[path] = at
        first = self.text[at : at + 1]
        if first in ("{", "["):
            if depth >= DEEPEST:
                self.slip(at, f"nested more than {DEEPEST} levels deep", "a map has seven")
                raise _StopError
            return (self.read_object if first == "{" else self.read_list)(path, at + 1, depth + 1)
        if first == '"':
            return self.read_string(at, path)
        if first == "'":
            return self.read_single_quoted(at, path)
        slip = _NUMBER_SLIP.match(self.text, at)
        if slip is not None:
            return self.read_number_slip(slip, path)
        number = _NUMBER.match(self.text, at)
        if number is not None:
            return self.read_number(number, path)
        constant = _CONSTANT.match(self.text, at)
        if constant is not None:
            self.at = constant.end()
            self.slip(at, f"expected a number, found {constant.group()}", "JSON has none", path)
            return None
        word = _WORD.match(self.text, at)
        if word is not None and word.group() in _LITERALS:
            self.at = word.end()
            return _LITERALS[word.group()]
        if word is not None and word.group().lower() in ("true", "false", "null", "none"):
            meant = "null" if word.group().lower() == "none" else word.group().lower()
            self.at = word.end()
            self.slip(at, f"expected a value, found {word.group()}", f"write {meant}", path)
            return _LITERALS[meant]
        hint = "texts stand in double quotes" if word is not None else None
        raise self.stop(at, "a value", path, hint)

    def read_number(self, match: re.Match[str], path: KeyPath) -> object:
        self.at = match.end()
        text = match.group()
        if len(text) > 300:
            self.slip(match.start(), f"a number of {len(text)} digits", "write fewer", path)
            return None
        if not (match.group(1) or match.group(2)):
            return int(text)
        # 12.0 is a whole number to JSON and to the schema.
        value = float(text)
        return int(value) if value.is_integer() and abs(value) < WHOLE else value

    def read_number_slip(self, match: re.Match[str], path: KeyPath) -> float:
        """A number with a plus, a bare point or zeros before it: noted and read as meant."""
        self.at = match.end()
        meant = float(match.group())
        shorter = int(meant) if meant.is_integer() else meant
        message = f"{match.group()[:30]} is no number in JSON"
        self.slip(match.start(), message, f"write {shorter}", path)
        return shorter

    def read_single_quoted(self, at: int, path: KeyPath) -> str:
        """A text in single quotes: noted, and read as far as its closing quote."""
        end = self.text.find("'", at + 1)
        line_end = self.text.find("\n", at)
        if end < 0 or 0 <= line_end < end:
            raise self.stop(at, "a value", path, "texts stand in double quotes")
        self.at = end + 1
        text = self.text[at + 1 : end]
        self.slip(at, "a text in single quotes", f"write {shown(text)}, in double quotes", path)
        return text

    def read_string(self, at: int, path: KeyPath) -> str:
        try:
            text: str
            text, self.at = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            if error.msg.startswith("Invalid control character"):
                what, hint = "a line break or control character in a text", "write \\n"
            elif error.msg.startswith("Unterminated"):
                what, hint = "a text that never ends", 'close it with "'
            else:
                what, hint = "a backslash that begins no known escape", "write \\\\ for one"
            self.slip(error.pos if error.pos < len(self.text) else at, what, hint, path)
            raise _StopError from None
        if _SURROGATE.search(text):
            self.slip(at, "half a character (a lone surrogate escape) in a text", None, path)
            text = _SURROGATE.sub("\ufffd", text)
        return text

    def read_object(self, path: KeyPath, at: int, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        opening = at - 1
        at = self.skip(at)
        last = ""
        while self.text[at : at + 1] != "}":
            first = self.text[at : at + 1]
            comma = _DECIMAL_COMMA.match(self.text, at)
            if comma is not None and type(found.get(last)) is int:
                at = self.decimal_comma(comma, found, last, path)
                continue
            if first not in ('"', "'"):
                if not first:
                    raise self.never_closed("{", opening, path)
                raise self.stop(at, 'a name in double quotes or "}"', path)
            key_at = at
            key = (self.read_string if first == '"' else self.read_single_quoted)(at, path)
            last = key
            inner = (*path, key)
            if key in found:
                message = f"{shown(key)} stands twice in one object"
                self.slip(key_at, message, "keep one of them", inner)
            self.result.keys[inner] = key_at
            at = self.skip(self.at)
            if self.text[at : at + 1] != ":":
                raise self.stop(at, '":"', inner)
            found[key] = self.value(inner, self.skip(at + 1), depth)
            at = self.separator("}", path, opening)
        self.at = at + 1
        return found

    def decimal_comma(
        self, match: re.Match[str], found: dict[str, object], last: str, path: KeyPath
    ) -> int:
        """Past `5` in `"posture": 0,5`, which is noted and read as 0.5."""
        meant = f"{found[last]}.{match.group()}"
        found[last] = float(meant)
        comma = self.text.rindex(",", 0, match.start())
        message = "a comma in a number; JSON has a point there"
        self.slip(comma, message, f"write {meant}", (*path, last))
        self.at = match.end()
        return self.separator("}", path, match.start())

    def read_list(self, path: KeyPath, at: int, depth: int) -> list[object]:
        found: list[object] = []
        opening = at - 1
        at = self.skip(at)
        while self.text[at : at + 1] != "]":
            if at >= len(self.text):
                raise self.never_closed("[", opening, path)
            found.append(self.value((*path, len(found)), at, depth))
            at = self.separator("]", path, opening)
        self.at = at + 1
        return found

    def never_closed(self, opening: str, at: int, path: KeyPath) -> _StopError:
        """An object or a list whose end is missing, placed where it begins."""
        closing = "}" if opening == "{" else "]"
        self.slip(at, f'this "{opening}" is never closed', f'a "{closing}" is missing', path)
        return _StopError()

    def separator(self, closing: str, path: KeyPath, opening: int) -> int:
        """Past the comma after an entry; where the next entry or `closing` begins.

        `opening` is where the object or list begins that the entry is in.
        """
        behind = self.at
        at = self.skip(behind)
        following = self.text[at : at + 1]
        if following == ",":
            comma, at = at, self.skip(at + 1)
            if self.text[at : at + 1] == closing:
                self.slip(comma, f'a comma before "{closing}"', "take it out", path)
            return at
        if following == closing:
            return at
        bracket = "{" if closing == "}" else "["
        other = "]" if closing == "}" else "}"
        if not following or following == other or (following == ":" and closing == "]"):
            raise self.never_closed(bracket, opening, path)
        if following == '"' or (following in ("{", "[") and closing == "]"):
            self.slip(behind, "a comma is missing", 'write "," here', path)
            return at
        raise self.stop(at, f'"," or "{closing}"', path)

    def end(self) -> None:
        at = self.skip(self.at)
        if at < len(self.text):
            raise self.stop(at, "the end of the file", ())
