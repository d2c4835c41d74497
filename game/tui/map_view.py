"""The map: half-block pixels through the Line API, with a cursor that goes from place to place."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from game.tui.map_paint import OVERLAYS, Painting
from game.tui.map_raster import (
    KINDS,
    Viewport,
    fit,
    kinds,
    label_spots,
    middles,
    sample,
)
from game.tui.map_text import Note, place_notes
from game.tui.snapshot import Snapshot
from game.tui.text import line, plain
from game.tui.themes import RGB, MapColours, map_colours, mix
from game.world.atlas import Ints

ZOOMS = (1.0, 1.5, 2.2, 3.3, 5.0)
DIRECTIONS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


class MapView(Widget, can_focus=True):
    """A map of the world as a snapshot shows it. `cursor` is a province's index, -1 for none."""

    TITLE = "The map"
    HELP = (
        "Land is coloured by its owner; borders of states are dark, of provinces faint; stripes "
        "mean that another's army stands there. ★ is a great power's capital, • another's, ◆ your "
        "own. Arrow keys or a click move the cursor, Enter or a double click opens a dossier, "
        "+ and - zoom (so does the wheel), f dims every state but one, h goes home. v changes "
        "what the colours mean: owner, power, threat as Waltz or as Walt would see it, alliances."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"step('{key}')", key, show=False) for key in DIRECTIONS),
    ]

    overlay: reactive[str] = reactive("owner", init=False)
    cursor: reactive[int] = reactive(-1, init=False)
    zoom: reactive[int] = reactive(0, init=False)
    spotlight: reactive[bool] = reactive(False, init=False)

    class Moved(Message):
        """The cursor went to another province."""

        def __init__(self, province: str, owner: str) -> None:
            super().__init__()
            self.province = province
            self.owner = owner

    class Opened(Message):
        """The state under the cursor was asked for."""

        def __init__(self, state: str) -> None:
            super().__init__()
            self.state = state

    def __init__(self, *, id: str | None = None, live: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = live
        self.live = live
        """Whether it has a cursor; a preview has none."""
        self.snapshot: Snapshot | None = None
        self.selected = ""
        """The state that is bright when the others are dimmed."""
        self._places: NDArray[np.float64] = np.zeros((0, 2))
        self._owners: Ints = np.zeros(0, dtype=np.int64)
        self._pixels: Ints = np.zeros((0, 0), dtype=np.int64)
        self._codes: Ints = np.zeros((0, 0), dtype=np.int64)
        self._view: Viewport | None = None
        self._painting: Painting | None = None
        self._table: list[RGB] = []
        self._notes: dict[int, list[Note]] = {}
        self._strips: dict[int, Strip] = {}
        self._styles: dict[tuple[RGB, RGB], Style] = {}
        self._flash: frozenset[int] = frozenset()

    # what is shown

    def show(self, snapshot: Snapshot) -> None:
        """Show another moment of the same campaign, or another campaign."""
        atlas = snapshot.world.atlas
        fresh = self.snapshot is None or self.snapshot.world.atlas is not atlas
        self.snapshot = snapshot
        if fresh:
            self._places = middles(atlas.cells, len(atlas.provinces))
            if snapshot.me and atlas.sheet(snapshot.me).capital:
                self.set_reactive(
                    MapView.cursor, atlas.province_index[atlas.sheet(snapshot.me).capital]
                )
        index = {**atlas.state_index, "": -1}
        self._owners = np.array([index[place.owner] for place in snapshot.world.provinces])
        self._holders = np.array([index[place.holder] for place in snapshot.world.provinces])
        self._lay_out(resample=fresh)

    def flash(self, provinces: frozenset[str]) -> None:
        """Light some provinces up for a moment: what changed hands."""
        if self.snapshot is None or not provinces:
            return
        atlas = self.snapshot.world.atlas
        self._flash = frozenset(atlas.province_index[name] for name in provinces)
        self._repaint()
        self.set_timer(1.2, self._unflash)

    def _unflash(self) -> None:
        self._flash = frozenset()
        self._repaint()

    @property
    def state(self) -> str:
        """The state under the cursor; empty on nobody's land."""
        if self.snapshot is None or self.cursor < 0:
            return ""
        return self.snapshot.world.provinces[self.cursor].owner

    def select(self, state: str) -> None:
        """Put the cursor on a state's capital (or any place of it), unless it is in it."""
        if self.snapshot is None:
            return
        self.selected = state
        world = self.snapshot.world
        if state and self.state != state:
            owned = [place.id for place in world.owned(state)]
            capital = world.atlas.sheet(state).capital
            if owned:
                name = capital if capital in owned else owned[0]
                with self.prevent(MapView.Moved):
                    self.cursor = world.atlas.province_index[name]
        if self.spotlight:
            self._repaint()

    # laying out and painting

    @property
    def _colours(self) -> MapColours:
        return map_colours(self.app.current_theme)

    @property
    def _mono(self) -> bool:
        return bool(self.app.no_color)

    def _lay_out(self, *, resample: bool = True) -> None:
        """Work out what stands in each pixel of the window."""
        if self.snapshot is None or not self.size.width or not self.size.height:
            return
        atlas = self.snapshot.world.atlas
        if resample or self._view is None:
            height, width = atlas.cells.shape
            middle = None
            if self.zoom and self.cursor >= 0:
                middle = (float(self._places[self.cursor][0]), float(self._places[self.cursor][1]))
            self._view = fit(
                height, width, self.size.width, self.size.height, ZOOMS[self.zoom], middle
            )
            self._pixels = sample(atlas.cells, self._view)
            for sheet in atlas.states:
                if sheet.capital:
                    self._keep(atlas.province_index[sheet.capital])
        self._codes = kinds(self._pixels, self._owners, self._holders)
        self._spots = label_spots(self._pixels, self._owners)
        self._repaint()

    def _keep(self, province: int) -> None:
        """Give a capital that no pixel shows the pixel in which it lies."""
        row, column = self._spot(province)
        inside = 0 <= row < self._pixels.shape[0] and 0 <= column < self._pixels.shape[1]
        if inside and not (self._pixels == province).any():
            self._pixels[row, column] = province

    def _spot(self, province: int) -> tuple[int, int]:
        assert self._view is not None
        row, column = self._places[province]
        return self._view.pixel(float(row), float(column))

    def _repaint(self) -> None:
        """Work out the colours, names and legend anew, and draw every line again."""
        if self.snapshot is None or self._view is None:
            return
        colours = self._colours
        painting = OVERLAYS[self.overlay](self.snapshot, colours)
        self._painting = painting
        fills = [
            mix(fill, colours.paper, 0.72) if self._is_dimmed(number) else fill
            for number, fill in enumerate(painting.fills)
        ]
        table: list[RGB] = []
        for province, owner in enumerate(self._owners.tolist()):
            fill = fills[owner] if owner >= 0 else colours.nobody
            if province in self._flash:
                fill = mix(fill, colours.label, 0.55)
            holder = int(self._holders[province])
            stripe = fills[holder] if holder >= 0 else colours.nobody
            table += [fill, mix(fill, colours.ink, 0.1), mix(fill, colours.ink, 0.5), stripe]
        self._table = [*table, colours.sea, colours.coast]
        self._base_cursor()
        self._notes = place_notes(
            self.snapshot, painting, self._view, self._pixels, self._spots, self._spot,
            mono=self._mono,
        )  # fmt: skip
        self._strips.clear()
        self.refresh()

    def _is_dimmed(self, owner: int) -> bool:
        if not self.spotlight or self.snapshot is None:
            return False
        kept = self.selected or self.state
        return self.snapshot.world.states[owner].id not in (kept, "")

    def _base_cursor(self) -> None:
        """Brighten the province under the cursor."""
        self._plain: list[RGB] = []
        if self.live and self.cursor >= 0:
            start = self.cursor * KINDS
            self._plain = self._table[start : start + KINDS]
            label = self._colours.label
            self._table[start : start + KINDS] = [mix(fill, label, 0.3) for fill in self._plain]

    def render_line(self, y: int) -> Strip:
        """One row of terminal cells, from the cache if nothing in it changed."""
        strip = self._strips.get(y)
        if strip is None:
            strip = self._draw(y)
            self._strips[y] = strip
        return strip

    def _draw(self, y: int) -> Strip:
        if self._view is None or 2 * y + 1 >= len(self._codes):
            return Strip.blank(self.size.width, Style())
        if self._mono:
            return self._draw_letters(y)
        table, styles = self._table, self._styles
        upper, lower = self._codes[2 * y], self._codes[2 * y + 1]
        width = len(upper)
        notes = {note.column: note for note in self._notes.get(y, ())}
        cuts = set((np.nonzero(np.diff(upper) | np.diff(lower))[0] + 1).tolist())
        for column, note in notes.items():
            cuts.update((column, column + len(note.text)))
        if self.live and self.cursor >= 0:
            row, column = self._spot(self.cursor)
            if row // 2 == y and 0 <= column < width:
                under = any(at <= column < at + len(note.text) for at, note in notes.items())
                sign = "╋" if not under else notes[column].text if column in notes else ""
                if sign:
                    colours = self._colours
                    notes[column] = Note(column, sign, colours.sea, colours.label, bold=True)
                    cuts.update((column, column + len(sign)))
        edges = sorted({0, *cuts})
        ends = [*edges[1:], width]
        segments = []
        skip = 0
        for start, end in zip(edges, ends, strict=True):
            if start < skip or start >= width:
                continue
            note_here = notes.get(start)
            if note_here is not None:
                text = note_here.text[: width - start]
                skip = start + len(text)
                segments.append(Segment(text, self._note_style(note_here, int(lower[start]))))
                continue
            top, bottom = table[int(upper[start])], table[int(lower[start])]
            pair = (top, bottom)
            style = styles.get(pair)
            if style is None:
                style = styles[pair] = Style.from_color(_color(top), _color(bottom))
            segments.append(Segment((" " if top == bottom else "▀") * (end - start), style))
        return Strip(segments, width)

    def _note_style(self, note: Note, code: int) -> Style:
        ground = note.ground or self._table[code]
        dark = 0.3 * ground[0] + 0.59 * ground[1] + 0.11 * ground[2] < 140
        ink = note.ink
        if note.ground is None:
            ink = (246, 243, 234) if dark else (22, 22, 24)
        return Style.from_color(_color(ink), _color(ground)) + Style(bold=note.bold)

    def _draw_letters(self, y: int) -> Strip:
        """A row without colour: letters for states, the selected state's bold."""
        assert self._painting is not None
        letters = self._painting.letters
        here = self._pixels[2 * y]
        width = len(here)
        cells: list[tuple[str, str]] = []
        for place in here.tolist():
            owner = int(self._owners[place]) if place >= 0 else -2
            if owner == -2:
                cells.append((" ", ""))
            elif place == self.cursor and self.live:
                cells.append((letters[owner] if owner >= 0 else ".", "reverse"))
            else:
                bold = owner >= 0 and self._painting is not None and self._is_kept(owner)
                cells.append((letters[owner] if owner >= 0 else ".", "bold" if bold else ""))
        for note in self._notes.get(y, ()):
            for offset, character in enumerate(note.text):
                if 0 <= note.column + offset < width:
                    cells[note.column + offset] = (character, "bold" if note.bold else "")
        return Strip([Segment(letter, _MONO[style]) for letter, style in cells], width).simplify()

    def _is_kept(self, owner: int) -> bool:
        assert self.snapshot is not None
        return self.snapshot.world.states[owner].id == (self.selected or self.state)

    # moving about

    def watch_overlay(self) -> None:
        """Paint the other overlay."""
        self._repaint()
        self._say()

    def watch_spotlight(self) -> None:
        """Dim or undim the others."""
        self._repaint()

    def watch_zoom(self) -> None:
        """Lay the map out anew."""
        self._lay_out()

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the lines of the two provinces; follow the cursor when zoomed in."""
        if self.snapshot is None or self._view is None or not self._table:
            return
        if self.zoom and after >= 0:
            row, column = self._spot(after)
            margin = 3
            if not (
                margin <= row < 2 * self._view.rows - margin
                and margin <= column < self._view.columns - margin
            ):
                self._lay_out()
        if self._plain and before >= 0:
            self._table[before * KINDS : before * KINDS + KINDS] = self._plain
        self._base_cursor()
        for province in (before, after):
            if province >= 0:
                rows = {int(row) // 2 for row in np.nonzero((self._pixels == province).any(1))[0]}
                rows.add(self._spot(province)[0] // 2)
                for row_number in rows:
                    self._strips.pop(row_number, None)
        if self.spotlight:
            self._repaint()
        self.refresh()
        self._say()
        if after >= 0:
            place = self.snapshot.world.provinces[after]
            self.post_message(self.Moved(place.id, place.owner))

    def _say(self) -> None:
        """Title and foot of the frame: the overlay, and what the cursor is on."""
        if self.snapshot is None:
            return
        world = self.snapshot.world
        atlas = world.atlas
        title = f" {atlas.title} "
        if self._painting is not None and self._painting.title:
            title = f" {atlas.title} · {self._painting.title} "
        self.border_title = line(title)
        if self.live and self.cursor >= 0:
            self.border_subtitle = line(" ", self.place_in_words(), " ")

    def place_in_words(self) -> Content:
        """What the cursor is on: the place, whose it is, who holds and who claims it."""
        if self.snapshot is None or self.cursor < 0:
            return plain("")
        world = self.snapshot.world
        atlas = world.atlas
        place, standing = atlas.provinces[self.cursor], world.provinces[self.cursor]
        parts = [place.name, atlas.name(standing.owner), place.terrain]
        if standing.holder != standing.owner:
            parts.append(f"held by {atlas.name(standing.holder)}")
        claims = [atlas.name(of) for of, what in sorted(atlas.claims) if what == place.id]
        if claims:
            parts.append(f"claimed by {', '.join(claims)}")
        return plain(" · ".join(parts))

    def action_step(self, direction: str) -> None:
        """Go to the nearest province in a direction."""
        if self.snapshot is None or not self.live:
            return
        down, across = DIRECTIONS[direction]
        if self.cursor < 0:
            self.cursor = 0
            return
        here = self._places[self.cursor]
        away = self._places - here
        along = away[:, 0] * down + away[:, 1] * across
        aside = np.abs(away[:, 0] * across) + np.abs(away[:, 1] * down)
        there = (along > 0.5) & (self._places[:, 0] >= 0)
        far = np.where(there, along + 2.5 * np.maximum(0, aside - along * 0.4), np.inf)
        best = int(far.argmin())
        if np.isfinite(far[best]):
            self.cursor = best

    def province_at(self, x: int, y: int) -> int:
        """The province under a terminal cell, -1 over water."""
        for row in (2 * y, 2 * y + 1):
            if 0 <= row < self._pixels.shape[0] and 0 <= x < self._pixels.shape[1]:
                place = int(self._pixels[row, x])
                if place >= 0:
                    return place
        return -1

    def on_click(self, event: events.Click) -> None:
        """Select what was clicked; a second click opens it."""
        if not self.live:
            return
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = self.province_at(offset.x, offset.y)
        if place < 0:
            return
        again = place == self.cursor and event.chain == 2
        self.cursor = place
        if again and self.state:
            self.post_message(self.Opened(self.state))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Zoom in."""
        self._scroll_zoom(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Zoom out."""
        self._scroll_zoom(event, -1)

    def _scroll_zoom(self, event: events.MouseEvent, by: int) -> None:
        if self.live:
            event.stop()
            self.change_zoom(by)

    def change_zoom(self, by: int) -> None:
        """Zoom in (1) or out (-1), as far as it goes."""
        self.zoom = max(0, min(len(ZOOMS) - 1, self.zoom + by))

    def on_resize(self) -> None:
        """Fit the map to the window."""
        self._lay_out()
        self._say()

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._repaint())


_MONO = {"": Style(), "bold": Style(bold=True), "reverse": Style(reverse=True)}


def _color(rgb: RGB) -> Color:
    return Color.from_rgb(*rgb)
