"""Whatever keys are pressed, in whatever order, the game goes on."""

import random
from pathlib import Path
from typing import Any

import pytest
from tui_fake import SIZES

from game.tui.app import Intent, RealpolitikApp
from game.tui.screens.campaign_screen import CampaignScreen

KEYS = (
    "down", "up", "left", "right", "space", "enter", "s", "tab", "p", "e", "m", "n", "y", "g", "b",
    "f", "d", "o", "a", "i", "t", "w", "c", "r", "home", "end", "pagedown", "1", "2",
    "question_mark", "escape",
)  # fmt: skip


@pytest.mark.parametrize(("seed", "size"), enumerate(SIZES))
async def test_any_keys_and_clicks_leave_the_game_running(
    seed: int, size: Any, tmp_path: Path
) -> None:
    await press_anything(seed, size, tmp_path, presses=50)


@pytest.mark.acceptance
@pytest.mark.parametrize("size", SIZES)
async def test_two_thousand_keys_and_clicks_leave_the_game_running(
    size: Any, tmp_path: Path, twentieth: bool
) -> None:
    for seed in range(2, 3 if twentieth else 22):
        (folder := tmp_path / str(seed)).mkdir()
        await press_anything(seed, size, folder, presses=100)


async def press_anything(seed: int, size: Any, tmp_path: Path, presses: int) -> None:
    """Press keys at random, and click here and there; the app must go on running."""
    chance = random.Random(seed)
    intent = Intent(kind="play", map="five-crowns", state="ALD", seed=seed, saves=tmp_path)
    app = RealpolitikApp(intent)
    seen = set()
    async with app.run_test(size=size) as pilot:
        for _ in range(60):
            await pilot.pause(0.05)
            if type(app.screen).__name__ != "TitleScreen":
                break
        for _ in range(presses):
            seen.add(type(app.screen).__name__)
            key = chance.choice(KEYS)
            on_campaign = isinstance(app.screen, CampaignScreen)
            if on_campaign and chance.random() < 0.25:
                key = "space"
            if on_campaign and key == "escape":
                continue
            await pilot.press(key)
            if chance.random() < 0.1:
                place = (chance.randrange(size[0]), chance.randrange(size[1] - 3))
                await pilot.click(offset=place)
        assert app.is_running
    assert len(seen) >= 4
