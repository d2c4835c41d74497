"""Pictures of the screen as small SVG files, and the three of the README.

    python -m tests.pictures

plays the first turns of a campaign and writes `.assets/*.svg`. They hold no font, no address and
no date: the same version of the game writes the same files.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

RGB = tuple[int, int, int]
CELL_WIDTH, CELL_HEIGHT, SIZE = 9.0, 17.5, 15
"""Width and height of a cell, and the size of the letters, in pixels."""
HALF_BLOCKS = {"▀": 0.5, "█": 1.0, "▄": 0.5}
DIM = 0.5
"""How far a dimmed letter lies between its colour and its background."""
ASSETS = Path(__file__).resolve().parent.parent / ".assets"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters beside each other that look alike."""

    row: int
    column: int
    text: str
    ink: RGB
    paper: RGB
    bold: bool
    italic: bool


def runs(app: Any) -> Iterator[Run]:
    """What the terminal shows, from left to right, row by row."""
    from rich.cells import cell_len

    theme = app.current_theme
    ink, paper = _rgb(theme.foreground), _rgb(theme.background)
    for row, strip in enumerate(app.screen._compositor.render_strips()):
        column = 0
        for segment in strip:
            style = segment.style
            front = style.color.get_truecolor(app.ansi_theme) if style and style.color else ink
            back = style.bgcolor.get_truecolor(app.ansi_theme) if style and style.bgcolor else paper
            if style and style.reverse:
                front, back = back, front
            if style and style.dim:
                front = tuple(round(a + (b - a) * DIM) for a, b in zip(front, back, strict=True))
            yield Run(
                row, column, segment.text, tuple(front), tuple(back),
                bool(style and style.bold), bool(style and style.italic),
            )  # fmt: skip
            column += cell_len(segment.text)


def svg(app: Any) -> str:
    """The screen as an SVG document."""
    width, height = app.size
    rows = list(runs(app))
    most = max({run.paper for run in rows}, key=lambda one: sum(
        len(run.text) for run in rows if run.paper == one))  # fmt: skip
    wide, high = width * CELL_WIDTH, height * CELL_HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}">',
        "<style>text{white-space:pre;font:"
        f"{SIZE}px 'DejaVu Sans Mono',Menlo,Consolas,monospace}}"
        ".b{font-weight:bold}.i{font-style:italic}</style>",
        f'<rect width="{wide:g}" height="{high:g}" fill="{_hex(most)}"/>',
    ]
    blocks: dict[RGB, list[str]] = {}
    letters = []
    for run in rows:
        if run.paper != most:
            _block(blocks, run.paper, run.column, run.row, len(run.text), 1.0, 0.0)
        for text, column in _words(run):
            if text[0] in HALF_BLOCKS:
                high_part = HALF_BLOCKS[text[0]]
                low = 0.5 if text[0] == "▄" else 0.0
                _block(blocks, run.ink, column, run.row, len(text), high_part, low)
            else:
                letters.append(_text(run, text, column))
    parts += [
        f'<path fill="{_hex(colour)}" d="{"".join(moves)}"/>' for colour, moves in blocks.items()
    ]
    return "\n".join([*parts, *letters, "</svg>\n"])


def _block(
    blocks: dict[RGB, list[str]],
    colour: RGB,
    column: float,
    row: float,
    wide: int,
    high: float,
    low: float,
) -> None:
    """Add a filled rectangle, in cells, to those of its colour."""
    x, y = column * CELL_WIDTH, (row + low) * CELL_HEIGHT
    w, h = wide * CELL_WIDTH, high * CELL_HEIGHT
    blocks.setdefault(colour, []).append(f"M{x:g} {y:g}h{w:g}v{h:g}h-{w:g}z")


def _words(run: Run) -> Iterator[tuple[str, int]]:
    """The parts of a run that are not empty: half blocks alone, letters with single spaces."""
    start = 0
    text = run.text
    while start < len(text):
        kind = text[start] if text[start] in HALF_BLOCKS else ""
        end = start
        while end < len(text) and (
            text[end] == kind
            if kind
            else text[end] not in HALF_BLOCKS and text[end : end + 2] != "  "
        ):
            end += 1
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield piece.strip(), run.column + start + lead
        start = max(end, start + 1)


def _text(run: Run, text: str, column: int) -> str:
    look = " ".join(name for name, on in (("b", run.bold), ("i", run.italic)) if on)
    named = f' class="{look}"' if look else ""
    x, y = column * CELL_WIDTH, (run.row + 0.75) * CELL_HEIGHT
    wide = f' textLength="{len(text) * CELL_WIDTH:g}"' if len(text) > 1 else ""
    return f'<text x="{x:g}" y="{y:g}" fill="{_hex(run.ink)}"{named}{wide}>{escape(text)}</text>'


def _rgb(text: str | None) -> RGB:
    value = (text or "#000000").lstrip("#")
    return int(value[:2], 16), int(value[2:4], 16), int(value[4:6], 16)


def _hex(colour: Sequence[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


# the pictures of the README

SHOWN = ("GMY", "europe-1909", 7, 6)
"""State, map, seed and how many turns are played before the pictures are taken."""


def played() -> Any:
    """A campaign of some turns, in which the best offer is made and the first answer is given."""
    from game import Campaign, load_map

    state, name, seed, turns = SHOWN
    campaign = Campaign.new(load_map(name), player=state, seed=seed)
    while len(campaign.history.turns) < turns:
        best = campaign.adviser.best_offer()
        campaign.submit([best] if best is not None else [])
        while waiting := campaign.questions():
            campaign.answer({one.id: one.options[0] for one in waiting})
    for rival, belief in (("RUS", 0.7), ("UKG", 0.2), ("FRN", 0.35)):
        campaign.notebook.write(rival, belief)
    return campaign


async def _take(folder: Path, write: Path) -> None:
    """Take the three pictures."""
    from game import Campaign, load_map
    from game.tui.app import Intent, RealpolitikApp
    from game.tui.map_view import MapView
    from game.tui.panels.state_card import StateCard

    campaign = played()
    path = folder / "shown.json"
    campaign.save(path)
    over = Campaign.new(load_map("five-crowns"), player="ALD", seed=3)
    while not over.over:
        over.submit()
        while waiting := over.questions():
            over.answer({one.id: one.options[0] for one in waiting})
    ended = folder / "over.json"
    over.save(ended)
    app = RealpolitikApp(Intent("resume", save=path, saves=folder))
    async with app.run_test(size=(120, 40)) as pilot:
        await _settle(app, pilot)
        app.screen.query_one(MapView).select("RUS")
        app.screen.query_one(StateCard).turn_to("RUS")
        await _settle(app, pilot)
        (write / "campaign.svg").write_text(svg(app), encoding="utf-8")
        await pilot.press("o")
        await _settle(app, pilot)
        (write / "treaty-desk.svg").write_text(svg(app), encoding="utf-8")
    app = RealpolitikApp(Intent("resume", save=ended, saves=folder))
    async with app.run_test(size=(120, 40)) as pilot:
        await _settle(app, pilot)
        await pilot.press("a")
        await _settle(app, pilot)
        (write / "debrief.svg").write_text(svg(app), encoding="utf-8")


async def _settle(app: Any, pilot: Any) -> None:
    """Wait until nothing is worked out any more and all is drawn."""
    for _ in range(1_200):
        await pilot.pause(0.05)
        screens = [one for one in app.screen_stack if hasattr(one, "snapshot")]
        working = [
            one for one in app.workers if one.is_running and one.group in ("open", "debrief")
        ]
        shown = all(one.snapshot is not None for one in screens)
        if shown and not working and getattr(app.screen, "counts_now", True):
            break
    await pilot.pause(0.5)


def main(write: Path = ASSETS) -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[name] = folder
        asyncio.run(_take(Path(folder), write))


if __name__ == "__main__":
    os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
    os.environ.pop("NO_COLOR", None)
    main()
