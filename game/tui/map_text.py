"""The text on the map: capitals, names with figures, and the legend in a corner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from game.tui.map_paint import Painting
from game.tui.map_raster import Viewport
from game.tui.safe_text import fit
from game.tui.snapshot import Snapshot
from game.tui.themes import RGB, MapColours
from game.world.atlas import Ints
from game.world.model import World

GREAT, LESSER, MINE = "★", "•", "◆"
"""Signs of capitals: of a great power, of another state, of the player."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text on one row of the map, from a column on."""

    column: int
    text: str
    ink: RGB = (0, 0, 0)
    ground: RGB | None = None
    """Its background; None: the colour of the land, with letters that can be read on it."""
    bold: bool = False


def place_notes(
    snapshot: Snapshot,
    painting: Painting,
    view: Viewport,
    pixels: Ints,
    spots: Mapping[int, Sequence[tuple[int, int, int]]],
    spot_of: Callable[[int], tuple[int, int]],
    *,
    mono: bool,
    colours: MapColours,
) -> dict[int, list[Note]]:
    """Row of terminal cells -> its notes, which do not overlap."""
    page = _Page(view.rows, view.columns)
    _legend(page, painting, pixels, mono=mono, colours=colours)
    world, atlas = snapshot.world, snapshot.world.atlas
    order = sorted(
        (state for state in world.states if state.alive and seat(world, state.id)),
        key=lambda state: (state.id != snapshot.me, not state.great, -snapshot.share(state.id)),
    )
    for state in order:
        row, column = spot_of(atlas.province_index[seat(world, state.id)])
        sign = GREAT if state.great else LESSER
        sign = MINE if state.id == snapshot.me else sign
        page.write(row // 2, column, sign, bold=True)
    for state in order:
        number = atlas.state_index[state.id]
        mark = painting.marks[number]
        name = atlas.name(state.id)
        wanted = (
            [*_names(name, atlas.sheet(state.id).adjective), state.id] if not mono else [state.id]
        )
        words = [f"{word} {mark}".strip() for word in wanted] + ([mark] if mark else [])
        if not _name(page, words, spots.get(number, ()), bold=state.great) and state.great:
            row, column = spot_of(atlas.province_index[seat(world, state.id)])
            _beside(page, words[-1] if not mark else words[-2], row // 2, column)
    return page.rows


def _names(name: str, adjective: str) -> list[str]:
    """A name and a shorter one: an adjective like "German" would look like a name that was cut."""
    return [name] if name.startswith(adjective) else [name, adjective]


def seat(world: World, state: str) -> str:
    """Where a state is marked: its capital, or, once that is lost, its most populous province."""
    owned = world.owned(state)
    capital = world.atlas.sheet(state).capital
    if capital in {province.id for province in owned} or not owned:
        return capital if owned else ""
    return max(owned, key=lambda place: (world.atlas.place(place.id).population, place.id)).id


class _Page:
    """Collects notes, and refuses one that would touch another."""

    def __init__(self, rows: int, columns: int) -> None:
        self.columns = columns
        self.rows: dict[int, list[Note]] = {row: [] for row in range(rows)}

    def is_free(self, row: int, column: int, length: int) -> bool:
        if row not in self.rows or column < 0 or column + length > self.columns:
            return False
        return all(
            column + length <= note.column or note.column + len(note.text) <= column
            for note in self.rows[row]
        )

    def write(self, row: int, column: int, text: str, *, bold: bool = False) -> bool:
        if not self.is_free(row, column, len(text)):
            return False
        self.rows[row].append(Note(column, text, bold=bold))
        return True

    def legend(self, row: int, column: int, text: str, ink: RGB, ground: RGB) -> None:
        if self.is_free(row, column, len(text)):
            self.rows[row].append(Note(column, text, ink, ground))


def _name(
    page: _Page, words: Sequence[str], spots: Sequence[tuple[int, int, int]], *, bold: bool
) -> bool:
    """Write the longest of some texts that fits into a run; returns whether one did."""
    for word in words:
        # A character of two cells would shift the rest of the line, so such names are left out.
        if cell_len(word) != len(word):
            continue
        for length, row, start in spots[:6]:
            if length < len(word) + (1 if len(word) > 4 else 0):
                continue
            middle = start + (length - len(word)) // 2
            for column in (middle, start + 1, start + length - len(word) - 1):
                if page.is_free(row, column - 1, len(word) + 2):
                    return page.write(row, column, word, bold=bold)
    return False


def _beside(page: _Page, word: str, row: int, column: int) -> None:
    """Write a name beside its capital, if the land is too narrow for the name."""
    for index in (column + 2, column - len(word) - 1):
        if page.is_free(row, index - 1, len(word) + 2) and page.write(row, index, word, bold=True):
            return


def _legend(
    page: _Page, painting: Painting, pixels: Ints, *, mono: bool, colours: MapColours
) -> None:
    """Write the legend into the corner that has the most water."""
    entries = painting.legend
    if not entries:
        return
    width = min(26, max(len(text) for _, _, text in entries) + 4)
    height = len(entries)
    rows, columns = pixels.shape[0] // 2, pixels.shape[1]
    if width + 2 > columns or height + 1 > rows:
        return
    corners = [
        (top, left) for top in (rows - height, 0) for left in (1, columns - width - 1)
    ]  # fmt: skip

    def land(corner: tuple[int, int]) -> int:
        top, left = corner
        part = pixels[2 * top : 2 * (top + height), left : left + width]
        return int((part >= 0).sum())

    top, left = min(corners, key=land)
    for number, (hue, letter, text) in enumerate(entries):
        swatch = f"{letter} " if mono else "  "
        page.legend(top + number, left, swatch, hue, hue)
        page.legend(
            top + number, left + 2, " " + fit(text, width - 3), colours.label, colours.paper
        )
