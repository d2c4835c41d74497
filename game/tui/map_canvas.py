"""The map as lines of half-block characters, drawn line by line with a cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from game.tui.map_paint import OVERLAYS, Painting
from game.tui.map_raster import KINDS, Viewport, fit, kinds, label_spots, middles, sample
from game.tui.map_text import Note, place_notes
from game.tui.snapshot import Snapshot
from game.tui.themes import RGB, MapColours, mix

LIGHT_INK, DARK_INK = (246, 243, 234), (22, 22, 24)
BRIGHT = 140
"""The luminance of the background from which letters are dark."""
PLAIN = Style()
MONO = {"": PLAIN, "bold": Style(bold=True), "reverse": Style(reverse=True)}


@dataclass(frozen=True, slots=True)
class Look:
    """How to draw a map."""

    colours: MapColours
    mono: bool = False
    """Without colour: letters for states, shades for figures."""
    overlay: str = "owner"
    cursor: int = -1
    """The index of the province under the cursor; -1 draws no cursor."""
    undimmed: str | None = None
    """The state that is not dimmed while all others are; None dims nobody."""
    marked: str = ""
    """The state that is bold where there is no colour."""
    flash: frozenset[int] = frozenset()
    """Provinces that are highlighted for a moment."""


class Canvas:
    """A map in a window. Call `lay_out` after a change of size or owners, `paint` after others."""

    def __init__(self, snapshot: Snapshot) -> None:
        atlas = snapshot.world.atlas
        self.snapshot = snapshot
        self.middles = middles(atlas.cells, len(atlas.provinces))
        """The middle of each province on the map: [province, (row, column)]."""
        self.painting: Painting | None = None
        self.view: Viewport | None = None
        self.pixels = np.zeros((0, 0), dtype=np.int64)
        self.table: list[RGB] = []
        self._look: Look | None = None
        self._codes = self.pixels
        self._notes: dict[int, list[Note]] = {}
        self._strips: dict[int, Strip] = {}
        self._styles: dict[tuple[RGB, RGB], Style] = {}
        self._under_cursor: list[RGB] = []
        self.show(snapshot)

    def show(self, snapshot: Snapshot) -> None:
        """Take another moment of the same campaign; then call `lay_out` and `paint`."""
        self.snapshot = snapshot
        index = {**snapshot.world.atlas.state_index, "": -1}
        provinces = snapshot.world.provinces
        self.owners = np.array([index[province.owner] for province in provinces], dtype=np.int64)
        self.holders = np.array([index[province.holder] for province in provinces], dtype=np.int64)

    # layout

    def frame(self, columns: int, rows: int, zoom: float, around: int) -> None:
        """Choose the part of the map to show: all of it, or an enlarged part around a province."""
        atlas = self.snapshot.world.atlas
        height, width = atlas.cells.shape
        middle = None
        if zoom > 1 and around >= 0:
            middle = (float(self.middles[around][0]), float(self.middles[around][1]))
        self.view = fit(height, width, columns, rows, zoom, middle)
        self.pixels = sample(atlas.cells, self.view)
        for sheet in atlas.states:
            if sheet.capital:
                self._keep(atlas.province_index[sheet.capital])

    def _keep(self, province: int) -> None:
        """Give a capital that no pixel shows the pixel in which it lies."""
        row, column = self.spot(province)
        inside = 0 <= row < self.pixels.shape[0] and 0 <= column < self.pixels.shape[1]
        if inside and not (self.pixels == province).any():
            self.pixels[row, column] = province

    def spot(self, province: int) -> tuple[int, int]:
        """The pixel (row, column) in which a province's middle lies."""
        assert self.view is not None
        row, column = self.middles[province]
        return self.view.pixel(float(row), float(column))

    def lay_out(self) -> None:
        """Compute the borders, and where names fit."""
        self._codes = kinds(self.pixels, self.owners, self.holders)
        self._spots = label_spots(self.pixels, self.owners)

    # colours

    def paint(self, look: Look) -> None:
        """Compute colours, names and legend; clears the cache of lines."""
        assert self.view is not None
        self._look = look
        colours = look.colours
        self.painting = OVERLAYS[look.overlay](self.snapshot, colours)
        states = self.snapshot.world.states
        fills = [
            mix(fill, colours.paper, 0.72) if look.undimmed not in (None, state.id) else fill
            for fill, state in zip(self.painting.fills, states, strict=True)
        ]
        table: list[RGB] = []
        for province, owner in enumerate(self.owners.tolist()):
            fill = fills[owner] if owner >= 0 else colours.nobody
            if province in look.flash:
                fill = mix(fill, colours.label, 0.55)
            holder = int(self.holders[province])
            stripe = fills[holder] if holder >= 0 else colours.nobody
            table += [fill, mix(fill, colours.ink, 0.1), mix(fill, colours.ink, 0.5), stripe]
        self.table = [*table, colours.sea, colours.coast]
        self._light_cursor()
        self._notes = place_notes(
            self.snapshot,
            self.painting,
            self.view,
            self.pixels,
            self._spots,
            self.spot,
            mono=look.mono,
            colours=colours,
        )
        self._strips.clear()

    def _light_cursor(self) -> None:
        """Brighten the province under the cursor, and store its former colours."""
        assert self._look is not None
        self._under_cursor = []
        if self._look.cursor >= 0:
            start = self._look.cursor * KINDS
            self._under_cursor = self.table[start : start + KINDS]
            label = self._look.colours.label
            lit = [mix(fill, label, 0.3) for fill in self._under_cursor]
            self.table[start : start + KINDS] = lit

    def move_cursor(self, before: int, after: int, marked: str) -> list[Region]:
        """Move the cursor; only the lines of the two provinces are drawn again.

        Returns the cells that look different now; without colours that may be all.
        """
        assert self._look is not None
        if self._under_cursor and before >= 0:
            self.table[before * KINDS : before * KINDS + KINDS] = self._under_cursor
        self._look = replace(self._look, cursor=after, marked=marked)
        self._light_cursor()
        rows, columns = self.pixels.shape
        if self._look.mono:
            self._strips.clear()
            return [Region(0, 0, columns, rows // 2)]
        changed = [one for province in (before, after) if province >= 0
                   for one in self._cells_of(province)]  # fmt: skip
        for region in changed:
            self._strips.pop(region.y, None)
        return changed

    def _cells_of(self, province: int) -> Iterator[Region]:
        """The cells of a province and of the cursor on it, a region for each row."""
        row, column = self.spot(province)
        if 0 <= column < self.pixels.shape[1]:
            notes = self._notes.get(row // 2, ())
            under = next((note.text for note in notes if note.column == column), "")
            yield Region(column, row // 2, max(1, len(under)), 1)
        here = self.pixels == province
        for y in sorted({*(np.nonzero(here.any(axis=1))[0] // 2).tolist()}):
            across = np.nonzero(here[2 * y : 2 * y + 2].any(axis=0))[0]
            yield Region(int(across[0]), y, int(across[-1] - across[0]) + 1, 1)

    # drawing

    def line(self, y: int, width: int) -> Strip:
        """One row of terminal cells, from the cache if nothing in it changed."""
        strip = self._strips.get(y)
        if strip is None:
            if self._look is None or 2 * y + 1 >= len(self._codes):
                return Strip.blank(width, PLAIN)
            strip = self._letters(y) if self._look.mono else self._cells(y)
            self._strips[y] = strip
        return strip

    def _cells(self, y: int) -> Strip:
        table, styles = self.table, self._styles
        upper, lower = self._codes[2 * y], self._codes[2 * y + 1]
        width = len(upper)
        notes = self._notes_of(y, width)
        cuts = set((np.nonzero(np.diff(upper) | np.diff(lower))[0] + 1).tolist())
        for column, note in notes.items():
            cuts.update((column, column + len(note.text)))
        edges = sorted({0, *cuts})
        segments = []
        skip = 0
        for start, end in zip(edges, [*edges[1:], width], strict=True):
            if start < skip or start >= width:
                continue
            note_here = notes.get(start)
            if note_here is not None:
                text = note_here.text[: width - start]
                skip = start + len(text)
                segments.append(Segment(text, self._note_style(note_here, int(lower[start]))))
                continue
            top, bottom = table[int(upper[start])], table[int(lower[start])]
            style = styles.get((top, bottom))
            if style is None:
                # One colour needs no ink: the terminal is sent half as much.
                ink = None if top == bottom else Color.from_rgb(*top)
                style = Style.from_color(ink, Color.from_rgb(*bottom))
                styles[top, bottom] = style
            segments.append(Segment((" " if top == bottom else "▀") * (end - start), style))
        return Strip(segments, width)

    def _notes_of(self, y: int, width: int) -> dict[int, Note]:
        """Column -> note, for a row; includes the cursor's cross if the cell is free."""
        assert self._look is not None
        notes = {note.column: note for note in self._notes.get(y, ())}
        if self._look.cursor < 0:
            return notes
        row, column = self.spot(self._look.cursor)
        if row // 2 != y or not 0 <= column < width:
            return notes
        covered = any(at <= column < at + len(note.text) for at, note in notes.items())
        sign = notes[column].text if column in notes else "" if covered else "╋"
        if sign:
            colours = self._look.colours
            notes[column] = Note(column, sign, colours.sea, colours.label, bold=True)
        return notes

    def _note_style(self, note: Note, code: int) -> Style:
        ground = note.ground or self.table[code]
        ink = note.ink
        if note.ground is None:
            light = 0.3 * ground[0] + 0.59 * ground[1] + 0.11 * ground[2]
            ink = LIGHT_INK if light < BRIGHT else DARK_INK
        style = Style.from_color(Color.from_rgb(*ink), Color.from_rgb(*ground))
        return style + MONO["bold"] if note.bold else style

    def _letters(self, y: int) -> Strip:
        """A row without colours: letters for states, those of the marked state in bold."""
        assert self.painting is not None
        assert self._look is not None
        states = self.snapshot.world.states
        here = self.pixels[2 * y]
        width = len(here)
        cells: list[tuple[str, str]] = []
        for index in here.tolist():
            owner = int(self.owners[index]) if index >= 0 else -1
            letter = " " if index < 0 else self.painting.letters[owner] if owner >= 0 else "."
            if index >= 0 and index == self._look.cursor:
                cells.append((letter, "reverse"))
            else:
                bold = owner >= 0 and states[owner].id == self._look.marked
                cells.append((letter, "bold" if bold else ""))
        for note in self._notes.get(y, ()):
            for offset, character in enumerate(note.text):
                if 0 <= note.column + offset < width:
                    cells[note.column + offset] = (character, "bold" if note.bold else "")
        return Strip([Segment(letter, MONO[style]) for letter, style in cells], width).simplify()
