"""Cleaning of text from outside: maps, saves, what a player types."""

import re
import unicodedata

MOST_MARKS = 3
"""So many marks one letter carries in any script; more only climb over other lines."""

INVISIBLE = re.compile(
    "["
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # fillers, surrogates, selectors
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # formats, tags
    "\ufdd0-\ufdef\ufffe\uffff"  # no characters, by Unicode's own word; XML refuses them
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]+"
)
_BREAK = re.compile("[\t\n\r\x85\u2028\u2029]")
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_MAY_BE_A_MARK = re.compile("[^\u0000-\u02ff]")
"""No mark is among the first letters of Unicode, which most names are written in."""


def clean_text(text: str, *, keep_lines: bool = False) -> str:
    """`text` without controls, bidi, zero-width, otherwise invisible and noncharacters.

    No letter keeps more than `MOST_MARKS` marks.

    White space shrinks to single spaces and is cut at both ends; with `keep_lines` the line
    breaks stay, as ``\\n``. The result may be empty. Cleaning twice changes nothing more.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    lines = _LINE_BREAK.sub("\n", text)
    lines = _few_marks(INVISIBLE.sub("", lines))
    if keep_lines:
        return "\n".join(_SPACE.sub(" ", line).strip() for line in lines.split("\n")).strip()
    return _SPACE.sub(" ", lines).strip()


def is_visible(text: str) -> bool:
    """Whether a text has none of the characters that `clean_text` takes out of a line."""
    return INVISIBLE.search(text) is None and _BREAK.search(text) is None


def _few_marks(text: str) -> str:
    """`text` with at most `MOST_MARKS` marks on a letter."""
    if not _MAY_BE_A_MARK.search(text):
        return text
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
