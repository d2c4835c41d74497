"""A document as plain text for a terminal, with lines of at most 80 cells: charts as tables."""

import io
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Words

from game.page.blocks import (
    Block,
    Bullets,
    Card,
    Chart,
    Document,
    Folded,
    Grid,
    Paragraph,
    Section,
    Table,
    Text,
    figure_columns,
    words_of,
)
from game.world.clean_text import clean_text

WIDTH = 80
"""The cells of a line."""
INDENT = 2
"""By how many cells the blocks of a card stand to the right of its title."""
GAP = 2
"""Cells between the columns of a table."""
CONSOLE = Console(file=io.StringIO(), color_system=None, force_terminal=False)
"""It is asked to break lines and nothing else: it writes nothing."""


def plain(document: Document, width: int = WIDTH) -> str:
    """The whole text. Links within the document become their words alone."""
    parts = [_under(document.title, "=", width), *(_wrapped(text, width) for text in document.lead)]
    parts += [_section(section, width) for section in document.sections]
    if document.foot:
        parts.append(_wrapped(document.foot, width))
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section, width: int) -> str:
    return "\n\n".join(
        [_under(section.title, "-", width), *(_block(block, width) for block in section.blocks)]
    )


def _block(block: Block, width: int) -> str:
    match block:
        case Paragraph():
            return _wrapped(block.text, width)
        case Bullets():
            marks = (f"{index}. " if block.ordered else "- " for index in range(1, 999))
            return "\n".join(
                _hanging(mark, item, width) for mark, item in zip(marks, block.items, strict=False)
            )
        case Table():
            return _table(block, width)
        case Chart():
            return _joined([_wrapped(block.about, width), _table(block.table(), width)])
        case Grid():
            return _joined(_block(inner, width) for inner in block.blocks)
        case Card():
            inside = [_block(inner, width - INDENT) for inner in block.blocks]
            body = "\n".join(part for part in inside if part)
            return "\n".join([_wrapped(block.title, width), *_indented(body)])
        case Folded():
            inside = [_block(inner, width) for inner in block.blocks]
            return _joined([_wrapped(f"{block.summary}:", width), *inside])


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _indented(text: str) -> list[str]:
    return [f"{' ' * INDENT}{line}".rstrip() for line in text.splitlines()]


def _clean(text: Text) -> str:
    return clean_text(words_of(text))


def _lines(text: Text, width: int) -> list[str]:
    """A text in lines of a width in cells; a word that is longer than one is broken."""
    wrapped = Words(_clean(text)).wrap(CONSOLE, max(1, width))
    return [line.plain.rstrip() for line in wrapped]


def _wrapped(text: Text, width: int) -> str:
    return "\n".join(_lines(text, width))


def _hanging(mark: str, text: Text, width: int) -> str:
    """A text behind a mark, its further lines below its first word."""
    first, *rest = _lines(text, width - len(mark)) or [""]
    return "\n".join([f"{mark}{first}".rstrip(), *(f"{' ' * len(mark)}{line}" for line in rest)])


def _under(title: str, rule: str, width: int) -> str:
    """A title with a line below it as long as its longest line."""
    lines = _lines(title, width)
    longest = max((cell_len(line) for line in lines), default=0)
    return "\n".join([*lines, rule * longest])


def _table(table: Table, width: int) -> str:
    """Columns where they have room without breaking a word, else a line for each row."""
    caption = _clean(table.caption)
    if not table.rows:
        return f"{caption}: nothing." if caption else ""
    rows = [[clean_text(words) for words in table.head]]
    rows += [[_clean(cell) for cell in row] for row in table.rows]
    widths = _column_widths(rows, width)
    if widths is None:
        lines = [_hanging("- ", _row_words(rows[0], row), width) for row in rows[1:]]
    else:
        to_the_right = figure_columns(table)
        head, *body = (_row(row, widths, to_the_right) for row in rows)
        lines = [head, "-" * (sum(widths) + GAP * (len(widths) - 1)), *body]
    return "\n".join([*([f"{caption}:"] if caption else []), *lines])


def _column_widths(rows: list[list[str]], width: int) -> list[int] | None:
    """The cells of each column, so that a row fits and no word is broken; None: it cannot be."""
    columns = list(zip(*rows, strict=True))
    least = [max(map(_longest_word, column)) for column in columns]
    widths = [max(map(cell_len, column)) for column in columns]
    room = width - GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        spare = [(has - needs, has) for has, needs in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _row(row: list[str], widths: list[int], to_the_right: list[bool]) -> str:
    """A row of a table, as many lines as its longest cell has."""
    cells = [_lines(cell, room) for cell, room in zip(row, widths, strict=True)]
    lines = []
    for index in range(max(map(len, cells))):
        parts = []
        for cell, room, right in zip(cells, widths, to_the_right, strict=True):
            words = cell[index] if index < len(cell) else ""
            spaces = " " * (room - cell_len(words))
            parts.append(f"{spaces}{words}" if right else f"{words}{spaces}")
        lines.append((" " * GAP).join(parts).rstrip())
    return "\n".join(lines)


def _longest_word(words: str) -> int:
    return max((cell_len(word) for word in words.split()), default=1)


def _row_words(head: list[str], row: list[str]) -> str:
    """A row in words: "Germany: treaties 3; wars 1"."""
    first, *rest = row
    named = "; ".join(f"{name} {cell}" for name, cell in zip(head[1:], rest, strict=True))
    return f"{first}: {named}" if rest else first
