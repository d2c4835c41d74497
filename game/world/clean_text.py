"""Cleaning of text from outside: maps, saves, what a player types."""

import re

INVISIBLE = re.compile(
    "["
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # fillers, surrogates, selectors
    "\ufdd0-\ufdef\ufffe\uffff"  # never characters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # formats, tags
    "]+"
)
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACE = re.compile(r"\s+")


def clean_text(text: str, *, keep_lines: bool = False) -> str:
    """`text` without control, bidi, zero-width and otherwise invisible characters.

    White space shrinks to single spaces and is cut at both ends; with `keep_lines` the line
    breaks stay, as ``\\n``. The result may be empty. Cleaning twice changes nothing more.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    lines = _LINE_BREAK.sub("\n", text)
    lines = INVISIBLE.sub("", lines)
    if keep_lines:
        return "\n".join(_SPACE.sub(" ", line).strip() for line in lines.split("\n")).strip()
    return _SPACE.sub(" ", lines).strip()
