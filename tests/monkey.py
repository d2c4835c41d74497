"""Keys in bursts, mouse and resizes at random: run with numbers of campaigns and actions.

    python -m tests.monkey 200 100

Prints the seed of every campaign that met a fault, an exit that was not asked for, or a lost order.
"""

import asyncio
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from textual import events

from game.campaign import Campaign
from game.tui.app import Intent, RealpolitikApp
from game.tui.screens.campaign_screen import CampaignScreen

SIZES = ((80, 24), (120, 40), (60, 18))
KEYS = (
    *"oaidbwtuUvnrcpslfhgmxejkyz12345678+-[]>?",
    "space", "enter", "enter", "enter", "escape", "tab", "up", "down", "down", "left", "right",
    "home", "end", "pagedown", "pageup", "delete", "shift+left", "shift+right",
)  # fmt: skip
NAMES = {"+": "plus", "-": "minus", "[": "left_square_bracket", "]": "right_square_bracket",
         ">": "greater_than_sign", "?": "question_mark"}  # fmt: skip
LESSON_EVERY = 4
"""Every so many seeds the campaign is the lesson."""
LEAVING = ("ChoiceBox", "TitleScreen", "SavesScreen", "SettingsScreen", "MapsScreen")
"""Screens on which any key may leave the campaign or the program, so that escape alone is given."""


async def played(seed: int, actions: int, folder: Path) -> str:
    """One campaign under random actions; what went wrong, or an empty text."""
    chance = random.Random(seed)
    intent = Intent("play", map="five-crowns", state="ALD", seed=seed, saves=folder)
    lesson = seed % LESSON_EVERY == LESSON_EVERY - 1
    app = RealpolitikApp(Intent(saves=folder) if lesson else intent)
    async with app.run_test(size=SIZES[seed % len(SIZES)]) as pilot:
        if lesson:
            app.begin_lesson()
        for _ in range(200):
            await pilot.pause(0.02)
            if any(isinstance(one, CampaignScreen) for one in app.screen_stack):
                break
        for _ in range(actions):
            await _act(app, pilot, chance)
            if not app.is_running or app._exit:
                return "it left without being asked to"
            open_now = [one for one in app.screen_stack if isinstance(one, CampaignScreen)]
            if not open_now:
                return f"the campaign was left for {type(app.screen).__name__}"
        await pilot.pause(0.6)
        campaign = open_now[-1].campaign
        pending, path = campaign.pending, campaign.file.path
        if not open_now[-1].busy:
            await open_now[-1].try_to_save()
            campaign.file.release()
            if path is not None and Campaign.load(path).pending != pending:
                return "an order was lost"
    return ""


async def _act(app: RealpolitikApp, pilot: Any, chance: random.Random) -> None:
    if type(app.screen).__name__ in LEAVING:
        await pilot.press("escape")
        return
    what = chance.random()
    if what < 0.05:
        width, height = chance.choice([*SIZES, (20, 5), (200, 60)])
        await pilot.resize_terminal(width, height)
    elif what < 0.15:
        width, height = app.size
        await pilot.click(offset=(chance.randrange(width), chance.randrange(max(1, height - 3))))
    elif what < 0.18:
        app.post_message(events.Paste("x" * 10_000))
    elif what < 0.22:
        for _ in range(3):
            app.post_message(events.Key("escape", "\x1b"))
        await pilot.pause(0.3)
    else:
        for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
            key = chance.choice(KEYS)
            if key == "escape" and isinstance(app.screen, CampaignScreen):
                continue
            app.post_message(events.Key(NAMES.get(key, key), key if len(key) == 1 else None))
    await pilot.pause()


def main(campaigns: int, actions: int, first: int = 0) -> int:
    """Run some campaigns; the number of those that went wrong."""
    wrong = 0
    for seed in range(first, first + campaigns):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = folder
            try:
                said = asyncio.run(played(seed, actions, Path(folder)))
            except BaseException as fault:
                said = f"{type(fault).__name__}: {fault}"
            if said:
                wrong += 1
                print(f"seed {seed}: {said}", flush=True)
    print(f"{campaigns} campaigns of {actions} actions, {wrong} went wrong", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])) > 0)
