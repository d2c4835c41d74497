"""Prints a map to the terminal for `maps show`."""

import numpy as np
from rich.color import Color
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from game.tui.map_paint import letters_of, owner_fills
from game.tui.map_raster import fit, kinds, sample
from game.tui.themes import DARK, MAP_COLOURS, RGB, mix
from game.world.atlas import Ints
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.world_setup import build_world

NOBODY, BORDER, CAPITAL, WATER = ".", ",", "*", "~"
"""In letters: land without an owner, a border between provinces of one state, a capital, a sea."""


def print_map(doc: MapDoc, console: Console | None = None) -> None:
    """Print a map's picture, its states, places and briefing; letters where there is no colour."""
    out = console or Console()
    world = print_picture(doc, out)
    out.print(Text(f"\n{world.atlas.title}", style="bold"))
    _print_states(out, world, _plain(out))
    _print_waters(out, doc)
    if world.atlas.briefing:
        out.print(Text(f"\n{world.atlas.briefing}"))


def _plain(out: Console) -> bool:
    return out.color_system is None or out.no_color


def print_picture(doc: MapDoc, out: Console) -> World:
    """Print a map's picture alone; returns the world that was made for it."""
    world, _ = build_world(doc)
    atlas = world.atlas
    height, width = atlas.cells.shape
    columns = min(out.width, 2 * width, 120)
    rows = max(8, min(round(columns * height / width / 2), 48))
    pixels = sample(atlas.cells, fit(height, width, columns, rows))
    if _plain(out):
        for line in letter_rows(world, pixels):
            out.print(Text(line.rstrip(), no_wrap=True), crop=True)
        out.print(
            Text(
                f"\nletters: a state's land   {CAPITAL} capital   {BORDER} border between provinces"
                f"   {NOBODY} nobody's land   {WATER} sea with a name"
            )
        )
    else:
        _print_colours(out, world, pixels)
    return world


def letter_rows(world: World, pixels: Ints) -> list[str]:
    """A picture in letters, a row for every second row of `pixels` (cells are twice as high)."""
    atlas = world.atlas
    letters = letters_of(world)
    cells = pixels[::2]
    marks = [letters[atlas.state_index[place.owner]] if place.owner else NOBODY
             for place in world.provinces]  # fmt: skip
    rows = [
        [marks[place] if place >= 0 else _water(world, place) for place in line]
        for line in cells.tolist()
    ]
    for row, line in enumerate(cells.tolist()):
        for column, here in enumerate(line[:-1]):
            below = cells[row + 1, column] if row + 1 < len(rows) else here
            for there in (line[column + 1], below):
                if min(here, there) >= 0 and here != there and marks[here] == marks[there]:
                    rows[row][column] = BORDER
    for sheet in atlas.states:
        found = np.argwhere(cells == atlas.province_index.get(sheet.capital, -1_000_000_000))
        if len(found):
            row, column = found[np.abs(found - found.mean(axis=0)).sum(axis=1).argmin()]
            rows[row][column] = CAPITAL
    return ["".join(line) for line in rows]


def _water(world: World, place: int) -> str:
    number = -1 - place
    names = world.atlas.sea_names
    return WATER if number < len(names) and names[number] else " "


def _print_colours(out: Console, world: World, pixels: Ints) -> None:
    colours = MAP_COLOURS[DARK.name]
    atlas = world.atlas
    owned = np.array(
        [atlas.state_index[place.owner] if place.owner else -1 for place in world.provinces]
    )
    codes = kinds(pixels, owned, owned)
    fills = owner_fills(world, colours)
    table: list[RGB] = []
    for owner in owned.tolist():
        fill = fills[owner] if owner >= 0 else colours.nobody
        table += [fill, mix(fill, colours.ink, 0.1), mix(fill, colours.ink, 0.5), fill]
    table += [colours.sea, colours.coast]
    for upper_row, lower_row in zip(codes[::2], codes[1::2], strict=True):
        cells = [
            Segment(
                "▀",
                Style.from_color(
                    Color.from_rgb(*table[int(upper)]), Color.from_rgb(*table[int(lower)])
                ),
            )
            for upper, lower in zip(upper_row, lower_row, strict=True)
        ]
        out.print(Segments([*Segment.simplify(cells), Segment.line()]), end="")


def _print_states(out: Console, world: World, plain: bool) -> None:
    """Each state with its sign, leader and provinces, the capital first."""
    atlas = world.atlas
    letters = letters_of(world)
    fills = owner_fills(world, MAP_COLOURS[DARK.name])
    held: dict[str, list[str]] = {sheet.id: [] for sheet in atlas.states}
    unowned: list[str] = []
    for place, province in zip(world.provinces, atlas.provinces, strict=True):
        if not place.owner:
            unowned.append(province.name)
        elif province.id != atlas.states[atlas.state_index[place.owner]].capital:
            held[place.owner].append(province.name)
    for number, state in enumerate(world.states):
        sheet = atlas.states[number]
        sign = "★" if state.great else "•"
        leader = f", {sheet.leader}" if sheet.leader else ""
        swatch = letters[number] if plain else "█"
        ink = "" if plain else Style(color=Color.from_rgb(*fills[number]))
        out.print(Text.assemble("  ", (swatch, ink), f" {sign} {state.id:<4} {sheet.name}{leader}"))
        capital = atlas.province_index.get(sheet.capital)
        names = [f"{CAPITAL} {atlas.provinces[capital].name}"] if capital is not None else []
        names += held[state.id]
        if names:
            out.print(Text(f"        {', '.join(names)}"))
    if unowned:
        out.print(Text(f"  {NOBODY if plain else ' '} nobody's: {', '.join(unowned)}"))


def _print_waters(out: Console, doc: MapDoc) -> None:
    if doc.seas:
        out.print(Text(f"\nSeas: {', '.join(sea.name for sea in doc.seas.values())}"))
    names = {identity: entry.name or identity for identity, entry in doc.provinces.items()}
    if doc.straits:
        pairs = (f"{names[one]} – {names[other]}" for one, other in doc.straits)
        out.print(Text(f"Straits: {', '.join(pairs)}"))
    if doc.links:
        ways = (
            f"{names[link.between[0]]} – {names[link.between[1]]} ({link.distance} steps)"
            for link in doc.links
        )
        out.print(Text(f"Links: {', '.join(ways)}"))
