"""Pictures of three screens; `pytest --snapshot-update` takes them anew after looking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from game.tui.app import Intent, RealpolitikApp
from game.tui.map_view import MapView
from game.tui.snapshot import preview
from game.world.founding import found
from tests.test_tui_map import _Map
from tests.tui_maps import small_map


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_the_title(snap_compare: Any, tmp_path: Path) -> None:
    assert snap_compare(RealpolitikApp(Intent(saves=tmp_path)), terminal_size=(80, 24))


def test_help(snap_compare: Any, tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    assert snap_compare(app, press=["question_mark"], terminal_size=(120, 60))


def test_the_map(snap_compare: Any) -> None:
    async def show(pilot: Pilot[None]) -> None:
        view = pilot.app.query_one(MapView)
        view.show(preview(found(small_map())[0], "ALF"))
        view.overlay = "alliances"
        await pilot.press("tab", "right")

    assert snap_compare(_Map(), run_before=show, terminal_size=(72, 24))
