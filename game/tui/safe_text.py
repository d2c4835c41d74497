"""The only functions by which text from outside (maps, saves, players) reaches the screen.

Textual reads `str` as markup in most widgets, and markup can run actions. These functions return
`Content`, which is never read as markup.
"""

import os
import re
from pathlib import Path
from typing import Any

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from game.world.clean_text import clean_text

SPACES = re.compile("(^ +| {2,}| +$)")
"""Spaces that `clean_text` would take away."""
Part = str | Content | tuple[str, str]
"""Text, finished content, or (text, style)."""


SERVER = "REALPOLITIK_SERVER"
"""The environment's name for the process that serves this game to a browser."""


def place_of(path: Path) -> str:
    """Where a file is, in words; in a browser its name alone, for its folder is the server's."""
    return path.name if SERVER in os.environ else str(path)


def plain(text: object, style: str = "") -> Content:
    """A text in one style ("$accent", "bold", ...), without markup and control characters."""
    return Content.styled(clean_text(str(text), keep_lines=True), style)


def line(*parts: Part) -> Content:
    """Several parts in a row, without spaces between them."""
    return Content.assemble(*(_part(part) for part in parts))


def lines(*rows: Content | str) -> Content:
    """Several rows, one under another."""
    return Content("\n").join(row if isinstance(row, Content) else Content(row) for row in rows)


def fit(text: object, width: int, *, right: bool = False) -> str:
    """Text cut or padded to exactly `width` terminal cells, with an ellipsis where it was cut."""
    cleaned = _visible(str(text))
    if width <= 0:
        return ""
    length = cell_len(cleaned)
    if length > width:
        return set_cell_size(cleaned, width - 1) + "…"
    return " " * (width - length) + cleaned if right else cleaned + " " * (width - length)


def fit_name(name: str, width: int) -> str:
    """As `fit`, of a name: where it is too long its article is left out first."""
    bare = name.removeprefix("The ")
    return fit(bare if cell_len(_visible(name)) > width else name, width)


def bar(share: float, width: int) -> str:
    """A bar of `width` cells for a share of 0 to 1, in halves of a cell."""
    halves = round(max(0.0, min(1.0, share)) * width * 2)
    if halves == 0 and share > 0.01:
        halves = 1
    return ("━" * (halves // 2) + "╸" * (halves % 2)).ljust(width)


def notify(app: Any, text: object, *, severity: str = "information", timeout: float = 6) -> None:
    """Show a notification of plain text; nothing where the same one is on the screen still."""
    said = clean_text(str(text))
    if all(one.message != said for one in app._notifications):
        app.notify(said, severity=severity, timeout=timeout, markup=False)


def _part(part: Part) -> Content | tuple[str, str]:
    if isinstance(part, Content):
        return part
    if isinstance(part, tuple):
        return (_visible(part[0]), part[1])
    return (_visible(part), "")


def _visible(text: str) -> str:
    """A text without characters that must not reach a terminal; all spaces stay."""
    if text.isascii() and text.isprintable():
        return text
    parts = SPACES.split(text)
    return "".join(clean_text(part) if part.strip(" ") else part for part in parts)
