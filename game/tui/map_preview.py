"""Prints a map to the terminal for `maps show`."""

from rich.color import Color
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from game.tui.map_paint import letters_of, owner_fills
from game.tui.map_raster import fit, kinds, sample
from game.tui.themes import DARK, MAP_COLOURS, mix
from game.world.map_document import MapDoc
from game.world.world_setup import build_world


def print_map(doc: MapDoc, console: Console | None = None) -> None:
    """Print the picture of a map (in letters if there are no colours), its states, its briefing."""
    out = console or Console()
    world, _ = build_world(doc)
    atlas = world.atlas
    colours = MAP_COLOURS[DARK.name]
    height, width = atlas.cells.shape
    columns = max(20, min(out.width, 2 * width, 120))
    rows = max(8, min(round(columns * height / width / 2), 48))
    view = fit(height, width, columns, rows)
    pixels = sample(atlas.cells, view)
    owners = [
        atlas.state_index[province.owner] if province.owner else -1 for province in world.provinces
    ]
    import numpy as np

    owned = np.array(owners)
    codes = kinds(pixels, owned, owned)
    fills = owner_fills(world, colours)
    letters = letters_of(world)
    table = []
    for owner in owners:
        fill = fills[owner] if owner >= 0 else colours.nobody
        table += [fill, mix(fill, colours.ink, 0.1), mix(fill, colours.ink, 0.5), fill]
    table += [colours.sea, colours.coast]
    plain = out.color_system is None or out.no_color
    for row in range(0, 2 * rows, 2):
        if plain:
            line = "".join(
                " " if province < 0 else letters[owners[province]] if owners[province] >= 0 else "."
                for province in pixels[row].tolist()
            )
            out.print(Text(line.rstrip()))
            continue
        cells = [
            Segment(
                "▀",
                Style.from_color(
                    Color.from_rgb(*table[int(upper)]), Color.from_rgb(*table[int(lower)])
                ),
            )
            for upper, lower in zip(codes[row], codes[row + 1], strict=True)
        ]
        out.print(Segments([*Segment.simplify(cells)]), end="\n")
    out.print(Text(f"\n{atlas.title}", style="bold"))
    for number, state in enumerate(world.states):
        sheet = atlas.states[number]
        sign = "★" if state.great else "•"
        leader = f", {sheet.leader}" if sheet.leader else ""
        swatch = letters[number] if plain else "█"
        ink = "" if plain else Style(color=Color.from_rgb(*fills[number]))
        out.print(Text.assemble("  ", (swatch, ink), f" {sign} {state.id:<4} {sheet.name}{leader}"))
    if atlas.briefing:
        out.print(Text(f"\n{atlas.briefing}"))
