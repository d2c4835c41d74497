"""A turn played on the screen while its save cannot be written, and one after it can.

    python -m tests.save_lost FOLDER

mounts a small file system at the folder, fills it while a campaign is played there, and ends with
status 0 if nothing was lost. Only root may mount; `unshare --user --map-root-user --mount` lets
anybody do it for a process of its own.
"""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game import Campaign, load_map
from game.tui.app import Intent, RealpolitikApp
from tests.hostile_saves import check_sentence
from tests.tui_fake import until

SIZE = "1m"
"""Of the file system that is filled: room for some saves and their copies."""
Step = Callable[[Path], None]
"""What is done to a save."""


async def plays_past(path: Path, harm: Step, mend: Step) -> list[str]:
    """Play a turn while the save is harmed and one after it is mended; the sentences about that.

    Raises AssertionError where the turn does not go on, nothing is said, or a turn is not on disk
    after the next save.
    """
    Campaign.new(load_map("five-crowns"), player="ALD", seed=1).save(path)
    app = RealpolitikApp(Intent("resume", save=path, saves=path.parent))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        screen: Any = app.screen
        harm(path)
        await _turn(app, pilot, screen)
        said = [note.message for note in app._notifications]
        assert screen.campaign.turn == 2
        mend(path)
        await _turn(app, pilot, screen)
        assert screen.campaign.turn == 3
        kept = screen.campaign.file.path
    again = Campaign.load(kept)
    assert again.turn == 3
    assert again.digest == screen.campaign.digest
    for sentence in said:
        check_sentence(sentence)
    return said


async def _turn(app: RealpolitikApp, pilot: Any, screen: Any) -> None:
    """End the turn, answer whatever comes, and come back to the campaign."""
    turn = screen.snapshot.turn
    await pilot.press("space")
    for _ in range(600):
        await pilot.pause(0.03)
        if screen.busy:
            continue
        if app.screen is screen:
            if screen.snapshot.turn > turn:
                return
        elif type(app.screen).__name__ == "AnswersScreen":
            asked = screen.campaign.questions()
            app.screen.dismiss({one.id: one.options[-1] for one in asked})
        else:
            await pilot.press("escape")
    raise AssertionError(f"the turn did not end; the screen is {app.screen}")


# what becomes of a save


def nothing(_: Path) -> None:
    """Leave it as it is."""


def delete_folder(path: Path) -> None:
    """The folder is gone; whoever saves makes it again."""
    shutil.rmtree(path.parent)


def replace(with_: str) -> Step:
    """The save is put aside, and another thing is in its place."""

    def harm(path: Path) -> None:
        aside = path.with_name("aside")
        path.rename(aside)
        if with_ == "directory":
            path.mkdir()
        elif with_ == "link":
            path.symlink_to(aside)
        elif with_ == "pipe":
            os.mkfifo(path)
        else:
            path.write_text("my life's work")

    return harm


def put_away(path: Path) -> None:
    """Whatever is in the save's place is moved away."""
    path.rename(path.with_name("away"))


def fill(path: Path) -> None:
    """Not a byte is left on the disk."""
    with contextlib.suppress(OSError), path.with_name("filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4_096))


def make_room(path: Path) -> None:
    """What filled the disk is deleted."""
    path.with_name("filler").unlink()


def main() -> None:
    """Play past a full file system at the folder that the argument names."""
    folder = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    [said] = asyncio.run(plays_past(folder / "a.json", fill, make_room))
    print(said)


if __name__ == "__main__":
    main()
