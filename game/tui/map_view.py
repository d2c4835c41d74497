"""The map widget: a canvas drawn through the Line API, a cursor, the mouse, zoom and overlays."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from game.tui.map_canvas import PLAIN, Canvas, Look
from game.tui.safe_text import line, plain
from game.tui.snapshot import Snapshot
from game.tui.themes import map_colours
from game.words.grammar import listed, with_article

FEW_COLOURS = ("standard", "windows")
"""Color systems of 16 colours. These are too few for states, so the map is drawn in letters."""
ZOOMS = (1.0, 1.5, 2.2, 3.3, 5.0)
DIRECTIONS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
MARGIN = 3
"""An enlarged map follows a cursor that is so near to the window's edge, in pixels."""


class MapView(Widget, can_focus=True):
    """The map of a snapshot. `cursor` is the index of a province, -1 for none."""

    TITLE = "The map"
    HELP = (
        "Land is coloured by its owner; borders of states are dark, of provinces faint; stripes "
        "mean that another's army stands there. ★ is a great power's capital, • another's, ◆ your "
        "own. Arrow keys or a click move the cursor, Enter or a double click opens a dossier, "
        "+ and - zoom (so does the wheel), f dims every state but one, h goes home. v changes "
        "what the colours mean: owner, power, threat as Waltz or as Walt would see it, alliances."
    )
    CLAIMS = ("T1", "T12")
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"step('{key}')", key, show=False) for key in DIRECTIONS),
    ]

    overlay: reactive[str] = reactive("owner", init=False)
    cursor: reactive[int] = reactive(-1, init=False, repaint=False)
    zoom: reactive[int] = reactive(0, init=False)
    spotlight: reactive[bool] = reactive(False, init=False)

    class Moved(Message):
        """The cursor moved to another province."""

        def __init__(self, province: str, owner: str) -> None:
            super().__init__()
            self.province = province
            self.owner = owner

    class Opened(Message):
        """The player wants to see the state under the cursor."""

        def __init__(self, state: str) -> None:
            super().__init__()
            self.state = state

    def __init__(self, *, id: str | None = None, live: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = live
        self.live = live
        """Whether it has a cursor. A preview has none."""
        self.canvas: Canvas | None = None
        self.selected = ""
        """The state that is not dimmed when the others are."""
        self._flash: frozenset[int] = frozenset()

    # what is shown

    def show(self, snapshot: Snapshot) -> None:
        """Show another moment of the same campaign, or another campaign."""
        atlas = snapshot.world.atlas
        fresh = self.canvas is None or self.canvas.snapshot.world.atlas is not atlas
        if self.canvas is None or fresh:
            self.canvas = Canvas(snapshot)
            capital = atlas.sheet(snapshot.me).capital if snapshot.me else ""
            start = atlas.province_index[capital] if capital else -1
            self.set_reactive(MapView.cursor, start)
        else:
            self.canvas.show(snapshot)
        self._lay_out(reframe=fresh)

    def flash(self, provinces: frozenset[str]) -> None:
        """Highlight provinces for a moment, such as those that changed their owner."""
        if self.canvas is None or not provinces:
            return
        index = self.canvas.snapshot.world.atlas.province_index
        self._flash = frozenset(index[name] for name in provinces)
        self._repaint()
        self.set_timer(1.2, self.unflash)

    def unflash(self) -> None:
        """End the highlighting."""
        self._flash = frozenset()
        self._repaint()

    @property
    def state(self) -> str:
        """The state under the cursor; empty on land without an owner."""
        if self.canvas is None or self.cursor < 0:
            return ""
        return self.canvas.snapshot.world.provinces[self.cursor].owner

    def select(self, state: str) -> None:
        """Put the cursor on a state's capital or another of its provinces, unless it is on one."""
        if self.canvas is None:
            return
        self.selected = state
        world = self.canvas.snapshot.world
        if state and self.state != state:
            owned = [province.id for province in world.owned(state)]
            capital = world.atlas.sheet(state).capital
            if owned:
                name = capital if capital in owned else owned[0]
                with self.prevent(MapView.Moved):
                    self.cursor = world.atlas.province_index[name]
        if self.spotlight:
            self._repaint()

    def place_in_words(self) -> Content:
        """The province under the cursor in words: its name, owner, holder and claimants."""
        if self.canvas is None or self.cursor < 0:
            return plain("")
        world = self.canvas.snapshot.world
        atlas = world.atlas
        province, standing = atlas.provinces[self.cursor], world.provinces[self.cursor]
        parts = [province.name, atlas.name(standing.owner), province.terrain]
        if standing.holder != standing.owner:
            parts.append(f"held by {with_article(atlas.name(standing.holder))}")
        claims = [atlas.name(of) for of, what in sorted(atlas.claims) if what == province.id]
        if claims:
            parts.append(f"claimed by {listed(with_article(name) for name in claims)}")
        return plain(" · ".join(parts))

    # drawing

    def _lay_out(self, *, reframe: bool = True) -> None:
        if self.canvas is None or not self.size.width or not self.size.height:
            return
        if reframe or self.canvas.view is None:
            self.canvas.frame(self.size.width, self.size.height, ZOOMS[self.zoom], self.cursor)
        self.canvas.lay_out()
        self._repaint()

    def _repaint(self) -> None:
        if self.canvas is None or self.canvas.view is None:
            return
        state = self.selected or self.state
        self.canvas.paint(
            Look(
                colours=map_colours(self.app.current_theme),
                mono=self.app.no_color or self.app.console.color_system in FEW_COLOURS,
                overlay=self.overlay,
                cursor=self.cursor if self.live else -1,
                undimmed=state if self.spotlight and state else None,
                marked=state,
                flash=self._flash,
            )
        )
        self._say()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of terminal cells."""
        if self.canvas is None:
            return Strip.blank(self.size.width, PLAIN)
        return self.canvas.line(y, self.size.width)

    def _say(self) -> None:
        """Write the frame's title (the overlay) and subtitle (the province under the cursor)."""
        if self.canvas is None:
            return
        title = self.canvas.snapshot.world.atlas.title
        if self.canvas.painting is not None and self.canvas.painting.title:
            title = f"{title} · {self.canvas.painting.title}"
        self.border_title = line(" ", title, " ")
        self._say_place()

    def _say_place(self) -> None:
        """Write the province under the cursor on the frame, and paint that edge alone.

        To assign `border_subtitle` would paint the whole widget for every step of the cursor.
        """
        if self.live and self.cursor >= 0:
            self._border_subtitle = line(" ", self.place_in_words(), " ")
            if self.styles.border_bottom[0]:
                self.refresh(Region(-1, self.size.height, self.outer_size.width, 1))

    def watch_overlay(self) -> None:
        """Paint the new overlay."""
        self._repaint()

    def watch_spotlight(self) -> None:
        """Dim the other states, or stop that."""
        self._repaint()

    def watch_zoom(self) -> None:
        """Lay the map out again."""
        self._lay_out()

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the lines of the two provinces; follow the cursor when zoomed in."""
        if self.canvas is None or self.canvas.view is None:
            return
        if self.zoom and after >= 0 and self._is_at_the_edge(after):
            self._lay_out()
        elif self.spotlight:
            self._repaint()
        else:
            cells = self.canvas.move_cursor(before, after if self.live else -1, self.state)
            if cells:
                self.refresh(*cells)
        self._say_place()
        if after >= 0:
            province = self.canvas.snapshot.world.provinces[after]
            self.post_message(self.Moved(province.id, province.owner))

    def _is_at_the_edge(self, province: int) -> bool:
        assert self.canvas is not None
        row, column = self.canvas.spot(province)
        height, width = self.canvas.pixels.shape
        inside = MARGIN <= row < height - MARGIN and MARGIN <= column < width - MARGIN
        return not inside

    # keys and mouse

    def action_step(self, direction: str) -> None:
        """Go to the nearest province in a direction."""
        if self.canvas is None or not self.live:
            return
        if self.cursor < 0:
            self.cursor = 0
            return
        down, across = DIRECTIONS[direction]
        middles = self.canvas.middles
        away = middles - middles[self.cursor]
        along = away[:, 0] * down + away[:, 1] * across
        aside = np.abs(away[:, 0] * across) + np.abs(away[:, 1] * down)
        there = (along > 0.5) & (middles[:, 0] >= 0)
        far = np.where(there, along + 2.5 * np.maximum(0, aside - along * 0.4), np.inf)
        best = int(far.argmin())
        if np.isfinite(far[best]):
            self.cursor = best

    def province_at(self, x: int, y: int) -> int:
        """The province under a terminal cell, -1 over water."""
        if self.canvas is None:
            return -1
        pixels = self.canvas.pixels
        for row in (2 * y, 2 * y + 1):
            if 0 <= row < pixels.shape[0] and 0 <= x < pixels.shape[1]:
                province = int(pixels[row, x])
                if province >= 0:
                    return province
        return -1

    def on_click(self, event: events.Click) -> None:
        """Select what was clicked; a second click opens it."""
        offset = event.get_content_offset(self)
        if not self.live or offset is None:
            return
        province = self.province_at(offset.x, offset.y)
        if province < 0:
            return
        again = province == self.cursor and event.chain == 2
        self.cursor = province
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

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._repaint())
