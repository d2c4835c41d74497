"""The game on a terminal, for tests: F9 gives an order and says so in a file, F8 begins long work.

Arguments: the save, and that file. It says "ready" in it once the campaign is on the screen.
"""

import sys
import time
from pathlib import Path
from typing import Any

from game.tui.app import Intent, RealpolitikApp
from game.world.orders import Sound

SAVE, MARK = (Path(argument) for argument in sys.argv[1:3])


def watch(app: Any) -> None:
    app.bind("f9", "give")
    app.bind("f8", "work")
    app.set_interval(0.05, lambda: look(app))


def look(app: Any) -> None:
    # A save that was left amid questions opens them over the campaign.
    shown = [one for one in app.screen_stack if type(one).__name__ == "CampaignScreen"]
    if shown and shown[0].snapshot is not None and not MARK.exists():
        MARK.write_text("ready")


def give(app: Any) -> None:
    campaign = app.screen.campaign
    other = next(state for state in campaign.atlas.state_index if state != campaign.player)
    app.screen.give(Sound(other))
    MARK.write_text("given")


def work(app: Any) -> None:
    """A thread that works for minutes, as that of a long debrief."""
    app.run_worker(lambda: time.sleep(300), thread=True)
    MARK.write_text("working")


if __name__ == "__main__":
    RealpolitikApp.on_ready = watch  # type: ignore[attr-defined]
    RealpolitikApp.action_give = give  # type: ignore[attr-defined]
    RealpolitikApp.action_work = work  # type: ignore[attr-defined]
    game = RealpolitikApp(Intent(kind="resume", save=SAVE))
    game.run()
    sys.exit(game.return_code or 0)
