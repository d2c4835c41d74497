"""Timings of the screen (DESIGN, section 9): a frame of the map, a key until it is repainted."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

import pytest
from textual.app import App, ComposeResult

from game import load_map
from game.campaign import Campaign
from game.tui.app import Intent, RealpolitikApp
from game.tui.map_view import MapView
from game.tui.snapshot import preview
from game.tui.themes import THEMES
from game.world.world_setup import build_world

pytestmark = pytest.mark.bench


class _Map(App[None]):
    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)

    def compose(self) -> ComposeResult:
        yield MapView(id="map")


def _best(task: Callable[[], object], times: int = 30) -> float:
    """The least processor time of a task, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        task()
        spent.append(1000 * (time.process_time() - start))
    return min(spent)


async def test_a_frame_of_the_map_takes_at_most_four_milliseconds() -> None:
    app = _Map()
    async with app.run_test(size=(120, 40)) as pilot:
        view = app.query_one(MapView)
        view.show(preview(build_world(load_map("europe-1909"))[0], "GMY"))
        await pilot.pause()

        def lines() -> None:
            for y in range(view.size.height):
                view.render_line(y)

        def whole() -> None:
            view._repaint()
            lines()

        def step() -> None:
            view.cursor = 7 if view.cursor == 5 else 5
            lines()

        whole()
        frame, change = _best(whole), _best(step)
        print(f"frame {frame:.2f} ms, a step of the cursor {change:.2f} ms")
        assert frame <= 4
        assert change <= 2


async def test_a_key_is_repainted_within_two_frames(tmp_path: Path) -> None:
    Campaign.new(load_map("europe-1909"), player="GMY", seed=7).save(tmp_path / "bench.json")
    app = RealpolitikApp(Intent("resume", save=tmp_path / "bench.json", saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        while type(app.screen).__name__ != "Briefing":
            await pilot.pause(0.05)
        await pilot.press("escape")
        while getattr(app.screen, "snapshot", None) is None:
            await pilot.pause(0.05)
        spent = []
        for key in ("right", "left", "down", "up", "tab", "shift+tab", "v") * 9:
            # Processor time: the pilot itself waits for idle moments between keys.
            start = time.process_time()
            await pilot.press(key)
            spent.append(1000 * (time.process_time() - start))
        high = quantiles(spent, n=20)[-1]
        print(f"key to repaint: p95 {high:.1f} ms")
        assert high <= 33
