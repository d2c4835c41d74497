"""Writes to the terminal only the cells that look other than what it shows already.

Textual writes again all that a widget repaints, and all that stands left of it in its line. For a
card of which three words change that is ten times what changes to the eye, and over a slow line it
is felt. So it is remembered what was written to each cell, and only what differs is sent.
"""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

Cell = tuple[str, str]
"""A character with those that combine with it, and the codes of its style. The second cell of a
character that is two cells wide has no text.
"""
UNKNOWN: Cell = ("?", "unknown")
"""What a cell shows to which nothing was written yet."""
JOINED = 6
"""The most unchanged cells of one style that are written again, rather than moved over: to move
takes about so many bytes.
"""


class ShownCells:
    """What the terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._cells: dict[int, list[Cell]] = {}
        self._whole: dict[int, Sequence[Strip]] = {}
        """Lines that were written whole and not taken apart yet."""

    def forget(self) -> None:
        """Nothing is known any more: what comes is written whole."""
        self._cells.clear()
        self._whole.clear()

    def write_line(self, y: int, strips: Sequence[Strip]) -> None:
        """A whole line was written."""
        self._whole[y] = strips

    def line(self, y: int, width: int, colours: ColorSystem) -> list[Cell]:
        """The cells of a line of at least that width; whoever writes to it changes them."""
        if y in self._whole:
            strips = self._whole.pop(y)
            self._cells[y] = [cell for strip in strips for cell in cells_of(strip, colours)]
        cells = self._cells.setdefault(y, [])
        cells += [UNKNOWN] * (width - len(cells))
        return cells


def cells_of(strip: Strip, colours: ColorSystem) -> Iterator[Cell]:
    """A piece of a line, cell by cell."""
    for segment in strip:
        text, style, _ = segment
        codes = "" if style is None else Strip.render_ansi(style, colours)
        if text.isascii():
            yield from ((character, codes) for character in text)
            continue
        widths = [cell_len(character) for character in text]
        if all(width == 1 for width in widths):
            yield from ((character, codes) for character in text)
        elif 0 in widths or sum(widths) != segment.cell_length:
            # Characters that combine are one with their neighbours: the text stays together.
            yield from _one(text, segment.cell_length, codes)
        else:
            for character, width in zip(text, widths, strict=True):
                yield from _one(character, width, codes)


def _one(text: str, width: int, codes: str) -> Iterator[Cell]:
    if width:
        yield (text, codes)
        yield from [("", codes)] * (width - 1)


class ChangedCells(ChopsUpdate):
    """An update of parts of the screen, of which only changed cells are written."""

    def __init__(self, update: ChopsUpdate, shown: ShownCells) -> None:
        super().__init__(update.chops, update.spans, update.chop_ends)
        self._shown = shown

    def render_segments(self, console: Console) -> str:
        """What is sent to the terminal."""
        colours = console._color_system or ColorSystem.TRUECOLOR
        written: list[str] = []
        for y, first, end in self.spans:
            pieces = self.chops[y].items()
            for right, (left, strip) in zip(self.chop_ends[y], pieces, strict=False):
                if strip is not None and left < end and right > first:
                    shown = self._shown.line(y, right, colours)
                    begin = max(left, first)
                    if begin > left and not shown[begin][0]:
                        begin -= 1  # The right half of a wide character is written with its left.
                    part = strip.crop(begin - left, min(right, end) - left)
                    written += _changes(y, begin, list(cells_of(part, colours)), shown)
        return "".join(written)


class WholeScreen(LayoutUpdate):
    """An update of the whole screen, all of which is written."""

    def __init__(self, update: LayoutUpdate, shown: ShownCells) -> None:
        super().__init__(update.strips, update.region)
        self._shown = shown

    def render_segments(self, console: Console) -> str:
        """What is sent to the terminal."""
        self._shown.forget()
        if not self.region.x:
            for y, strips in enumerate(self.strips, self.region.y):
                self._shown.write_line(y, list(strips))
        return super().render_segments(console)


def _changes(y: int, x: int, new: list[Cell], shown: list[Cell]) -> Iterator[str]:
    """What writes cells from a place on where they differ from those shown, and notes them there.

    Neighbours of one style are written in one go, with the few unchanged cells between them.
    """
    runs: list[tuple[int, int]] = []
    for at, differs in enumerate(_differing(new, shown[x : x + len(new)])):
        if not differs:
            continue
        if runs:
            first, end = runs[-1]
            alike = all(cell[1] == new[at][1] for cell in new[first:at])
            if alike and at - end <= JOINED:
                runs[-1] = (first, at + 1)
                continue
        runs.append((at, at + 1))
    cursor = -1
    for first, end in runs:
        if first != cursor:
            yield str(Control.move_to(x + first, y))
        codes = new[first][1]
        text = "".join(cell[0] for cell in new[first:end])
        yield f"\x1b[{codes}m{text}\x1b[0m" if codes else text
        cursor = end
    shown[x : x + len(new)] = new


def _differing(new: list[Cell], shown: list[Cell]) -> list[bool]:
    """Which cells differ; of a character of several cells all, if one does."""
    differs = [one != other for one, other in zip(new, shown, strict=True)]
    begins = 0
    for at, (text, _) in enumerate(new):
        if text:
            begins = at
        elif differs[at] and not differs[begins]:
            differs[begins : at + 1] = [True] * (at + 1 - begins)
        elif differs[begins]:
            differs[at] = True
    return differs
