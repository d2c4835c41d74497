"""Pictures of three screens; `pytest --snapshot-update` takes them anew after looking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from game.tui.app import Intent, RealpolitikApp


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_the_title(snap_compare: Any, tmp_path: Path) -> None:
    assert snap_compare(RealpolitikApp(Intent(saves=tmp_path)), terminal_size=(80, 24))


def test_help(snap_compare: Any, tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    assert snap_compare(app, press=["question_mark"], terminal_size=(120, 60))
