"""A document as Markdown; charts become tables."""

import re

from game.page.blocks import (
    Block,
    Bullets,
    Card,
    Chart,
    Document,
    Faint,
    Folded,
    Grid,
    Inline,
    Paragraph,
    Strong,
    Table,
    Text,
    pieces,
)
from game.world.clean_text import clean_text

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
STARTS_A_BLOCK = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def markdown(document: Document) -> str:
    """The whole text. Links within the document become plain words."""
    parts = [f"# {_words(document.title)}", *(_run(text) for text in document.lead)]
    for section in document.sections:
        parts.append(f"## {_words(section.title)}")
        for block in section.blocks:
            parts += _block(block, 3)
    if document.foot:
        parts += ["---", _words(document.foot)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, level: int) -> list[str]:
    """A block as lines of Markdown."""
    match block:
        case Paragraph():
            return [_starting(_run(block.text))]
        case Bullets():
            marks = [f"{index}." if block.ordered else "-" for index in range(1, 999)]
            return [
                "\n".join(
                    f"{mark} {_run(item)}" for mark, item in zip(marks, block.items, strict=False)
                )
            ]
        case Table():
            return _table(block)
        case Chart():
            return [f"*{_words(block.about)}*", *_table(block.table())]
        case Grid():
            return [part for inner in block.blocks for part in _block(inner, level)]
        case Card():
            inside = [part for inner in block.blocks for part in _block(inner, level + 1)]
            return [f"{'#' * level} {_run(block.title)}", *inside]
        case Folded():
            inside = [part for inner in block.blocks for part in _block(inner, level)]
            return [f"**{_words(block.summary)}**", *inside]


def _table(table: Table) -> list[str]:
    if not table.rows:
        return [f"**{_words(table.caption)}**: nothing."] if table.caption else []
    lines = [_row(table.head), "|" + " --- |" * len(table.head)]
    lines += [_row(row) for row in table.rows]
    caption = [f"**{_words(table.caption)}**"] if table.caption else []
    return [*caption, "\n".join(lines)]


def _row(cells: tuple[Text, ...]) -> str:
    return "| " + " | ".join(_run(cell) for cell in cells) + " |"


def _run(text: Text) -> str:
    return "".join(_inline(piece) for piece in pieces(text)).strip()


def _spaced(text: str) -> tuple[str, str]:
    """The space before and after a run's words, which stays outside of its marks."""
    return " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""


def _inline(piece: Inline) -> str:
    if isinstance(piece, str):
        words = _words(piece)
        before, after = _spaced(piece)
        return f"{before}{words}{after}" if words else before
    words = _words(piece.words)
    before, after = _spaced(piece.words)
    mark = {Strong: "**", Faint: "*"}.get(type(piece), "")
    return f"{before}{mark}{words}{mark}{after}" if words else before


def _words(text: str) -> str:
    """Words with every character escaped that Markdown would read as a mark."""
    return SPECIAL.sub(r"\\\1", clean_text(text))


def _starting(line: str) -> str:
    """Escape a first word that would turn a paragraph into a list."""
    return STARTS_A_BLOCK.sub(r"\1\\\2\3", line)
