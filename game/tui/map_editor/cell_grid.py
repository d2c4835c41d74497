"""The grid of a map, cell by cell, with a cursor: a cell is as wide as its key."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from game.maps.map_edits import Cell, cells_of, key_width
from game.tui.map_paint import hex_rgb
from game.tui.themes import RGB, MapColours, map_colours, mix
from game.world.map_document import MapDoc
from game.world.world_setup import PALETTE

STEPS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
CAPITAL = "*"


class CellGrid(Widget, can_focus=True):
    """Draws a map in letters on the colours of the owners; arrows move, with shift they paint."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"move('{key}', False)", key, show=False) for key in STEPS),
        *(Binding(f"shift+{key}", f"move('{key}', True)", key, show=False) for key in STEPS),
        Binding("home", "far(0, -1)", "Row's start", show=False),
        Binding("end", "far(0, 1)", "Row's end", show=False),
        Binding("pageup", "far(-1, 0)", "Top", show=False),
        Binding("pagedown", "far(1, 0)", "Bottom", show=False),
    ]
    cursor: reactive[Cell] = reactive((0, 0), init=False)

    class Moved(Message):
        """The cursor came to another cell."""

    class Painted(Message):
        """Cells are to be drawn with the brush."""

        def __init__(self, cells: tuple[Cell, ...]) -> None:
            super().__init__()
            self.cells = cells

    def __init__(self, doc: MapDoc, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cells: list[list[str]] = []
        self._styles: dict[tuple[str, int], Style] = {}
        self._fills: dict[str, RGB] = {}
        self._capitals: set[str] = set()
        self.marked: str | None = None
        """A province that is marked, as one end of a strait."""
        self._doc = doc
        self._top, self._left = 0, 0
        self._pressed = False

    def on_mount(self) -> None:
        """Draw the map."""
        self.show(self._doc)

    def show(self, doc: MapDoc) -> None:
        """Draw another state of the map."""
        self._doc = doc
        self._cells = cells_of(doc)
        self._width = key_width(doc)
        self._styles.clear()
        colours = map_colours(self.app.current_theme)
        self._fills = {key: _fill(doc, key, colours) for key in doc.legend}
        capitals = {state.capital for state in doc.states.values()}
        self._capitals = {
            key for key, entry in doc.legend.items() if entry.province in capitals - {None}
        }
        row, column = self.cursor
        self.cursor = self._inside(row, column)
        self._keep_in_sight()
        self.refresh()

    def _inside(self, row: int, column: int) -> Cell:
        rows = len(self._cells)
        row = max(0, min(rows - 1, row))
        return row, max(0, min(len(self._cells[row]) - 1, column))

    # moving

    def action_move(self, key: str, paints: bool) -> None:
        """A step; with `paints` the cell that it reaches is painted, and the one before."""
        before, (down, across) = self.cursor, STEPS[key]
        self.cursor = self._inside(before[0] + down, before[1] + across)
        if paints:
            self.post_message(self.Painted((before, self.cursor)))

    def action_far(self, down: int, across: int) -> None:
        """To an edge of the map."""
        far = 10_000
        row, column = self.cursor
        self.cursor = self._inside(row + down * far, column + across * far)

    def watch_cursor(self) -> None:
        """Keep it in sight, and tell the screen."""
        if self._cells:
            self._keep_in_sight()
            self.refresh()
            self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        if self._cells:
            self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        if not self.size.height or not self.size.width:
            return
        row, column = self.cursor
        high, wide = self.size.height, max(1, self.size.width // self._width)
        self._top = _window(self._top, row, high, len(self._cells))
        self._left = _window(self._left, column, wide, max(map(len, self._cells)))

    # the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go there."""
        self._pressed = True
        self.capture_mouse()
        self.focus()
        self.cursor = self._under(event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A drag paints."""
        there = self._under(event.x, event.y)
        if self._pressed and there != self.cursor:
            before, self.cursor = self.cursor, there
            self.post_message(self.Painted((before, there)))

    def on_mouse_up(self) -> None:
        """End the drag."""
        if self._pressed:
            self._pressed = False
            self.release_mouse()

    def _under(self, x: int, y: int) -> Cell:
        return self._inside(self._top + y, self._left + x // self._width)

    # drawing

    def render_line(self, y: int) -> Strip:
        """A row of the grid."""
        row = self._top + y
        if not self._cells or row >= len(self._cells):
            return Strip.blank(self.size.width, self.rich_style)
        segments = []
        for column in range(self._left, len(self._cells[row])):
            if (column - self._left + 1) * self._width > self.size.width:
                break
            key = self._cells[row][column]
            kind = 2 if (row, column) == self.cursor else int(self._is_marked(key))
            segments.append(Segment(key, self._style(key, kind)))
        used = sum(len(segment.text) for segment in segments)
        segments.append(Segment(" " * (self.size.width - used), self.rich_style))
        return Strip(segments, self.size.width)

    def _is_marked(self, key: str) -> bool:
        entry = self._doc.legend.get(key)
        return self.marked is not None and entry is not None and entry.province == self.marked

    def _style(self, key: str, kind: int) -> Style:
        """Of a cell: plain, of the marked province, under the cursor."""
        known = self._styles.get((key, kind))
        if known is None:
            fill = self._fills.get(key, (90, 30, 30))
            dark = 0.3 * fill[0] + 0.59 * fill[1] + 0.11 * fill[2] < 120
            ink = mix(fill, (255, 255, 255) if dark else (0, 0, 0), 0.75)
            if kind == 1:
                fill = mix(fill, (255, 255, 255), 0.45)
            known = Style(
                color=f"rgb({ink[0]},{ink[1]},{ink[2]})",
                bgcolor=f"rgb({fill[0]},{fill[1]},{fill[2]})",
                bold=key in self._capitals,
                underline=key in self._capitals,
                reverse=kind == 2,
            )
            self._styles[key, kind] = known
        return known


def _window(start: int, at: int, size: int, whole: int) -> int:
    """Where a window begins that shows a place of a whole, moved as little as need be."""
    margin = min(2, (size - 1) // 2)
    start = min(max(start, at - size + 1 + margin), at - margin)
    return max(0, min(start, whole - size))


def _fill(doc: MapDoc, key: str, colours: MapColours) -> RGB:
    entry = doc.legend[key]
    if entry.province is None:
        return colours.sea
    place = doc.provinces.get(entry.province)
    if place is None or place.owner is None or place.owner not in doc.states:
        return colours.nobody
    number = list(doc.states).index(place.owner)
    stated = doc.states[place.owner].colour or PALETTE[number % len(PALETTE)]
    own = [name for name, other in doc.provinces.items() if other.owner == place.owner]
    # Provinces of one state differ a little, so that their borders are seen.
    shade = 0.09 * (own.index(entry.province) % 3)
    return mix(mix(hex_rgb(stated), colours.paper, 0.14), colours.ink, shade)
