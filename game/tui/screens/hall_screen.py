"""The hall of fame: the best results of finished campaigns, by map, seat and difficulty."""

import asyncio
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from game.campaign.save_results import SaveResult, save_result
from game.saves.save_list import list_saves
from game.tui.safe_text import fit, line, lines, plain
from game.tui.screens.card_base import Card
from game.words import percent

BEST = 5
"""How many results of one map, seat and difficulty are listed."""


class HallScreen(Card[None]):
    """It reads every finished save of the folder, which takes a moment each."""

    about = (
        "The best results of the finished campaigns in the folder of saves, by map, seat and "
        "difficulty. What is deleted is not counted. With teaching mode insight is not scored."
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def heading(self) -> str:
        """What it is."""
        return "Hall of fame"

    def body(self) -> ComposeResult:
        """The results, group by group."""
        yield Static(id="results", markup=False)

    def on_mount(self) -> None:
        """Read the saves."""
        self.set_text("results", plain("Reading the finished campaigns …", "$text-muted"))
        self._read()

    @work(group="hall", exclusive=True)
    async def _read(self) -> None:
        entries = await asyncio.to_thread(list_saves, self._folder)
        paths = [entry.path for entry in entries if entry.header and entry.header.over]
        found: list[SaveResult] = []
        for path in paths:
            result = await asyncio.to_thread(save_result, path)
            if result is not None and result.score is not None and result.over:
                found.append(result)
                self.set_text("results", lines(*hall_lines(found)))
        if not found:
            self.set_text("results", "No campaign has been played to its end yet.")
        self.call_after_refresh(self.fit_body)


def _group(result: SaveResult) -> tuple[str, str, str]:
    taught = ", teaching" if result.teaching else ""
    return result.map, result.state, f"{result.difficulty}{taught}"


def hall_lines(results: Iterable[SaveResult]) -> list[Content]:
    """The best results of each map, seat and difficulty, the highest score first."""
    rows: list[Content] = []
    ranked = sorted(results, key=lambda one: (_group(one), -(one.score or 0.0)))
    for (map, state, how), group in groupby(ranked, _group):
        rows.append(line((map, "bold $text-accent"), f"  {state}", (f"  {how}", "$text-muted")))
        for place, one in enumerate(list(group)[:BEST], start=1):
            rows.append(
                line(
                    (f" {place}. ", "$text-muted"),
                    (f"{one.score or 0.0:5.1f}  ", "bold"),
                    fit(one.aim, 32),
                    (f" {percent(one.reached):>4} reached, {one.turns} turns", "$text-muted"),
                )
            )
    return rows
