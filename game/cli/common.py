"""Functions that all commands share: ending with a sentence, finding saves, writing files."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.messages import PlayerMessage

if TYPE_CHECKING:
    from game.tui.app import Intent

DONE, BAD, USAGE, INTERRUPTED = 0, 1, 2, 130
DIFFICULTIES = ("easy", "normal", "hard")
MAP = "a map's id, a path, or random:SEED"


class Stop(PlayerMessage):
    """Ends a command with one sentence on standard error."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def printable(text: str) -> str:
    """Text from outside, made safe for a terminal."""
    from game.world.clean_text import clean_text

    return clean_text(text)


def saves_option(parser: argparse.ArgumentParser) -> None:
    """Add the option `--saves DIR`."""
    # Not given here, the one given before the command holds.
    parser.add_argument(
        "--saves",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the folder of the saves",
    )


def force_option(parser: argparse.ArgumentParser) -> None:
    """`--force`."""
    parser.add_argument(
        "--force", action="store_true", help="write over a file that is there; it stays as .bak"
    )


def write_out(target: Path, content: bytes, *, force: bool) -> None:
    """Write what a command was told to; stops where the file is there already, without force."""
    from game.files.exports import write_whole
    from game.saves.save_file import writing_over

    def write() -> None:
        with writing_over(target):
            write_whole(target, content, over=force)

    written(write)


def maps_option(parser: argparse.ArgumentParser) -> None:
    """`--maps DIR`."""
    parser.add_argument(
        "--maps", dest="maps_folder", type=_folder, metavar="DIR", help="the folder of your maps"
    )


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text[:200]}")
    return path


def whole(text: str) -> int:
    """A whole number, for argparse."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        problem = f"{text[:40]!r} is not a whole number of at most 18 digits"
        raise argparse.ArgumentTypeError(problem)
    return int(text)


def positive(text: str) -> int:
    """A whole number from 1 up, for argparse."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return number


def save_path(name: str, folder: Path | None) -> Path:
    """The path of a save, from a name or a path. Raises UnknownSave."""
    from game.saves import save_list

    return save_list.resolve_save(name, folder or save_list.saves_dir())


def written(write: Callable[[], object]) -> None:
    """Call a function that writes. Raises Stop with a sentence if it cannot write."""
    try:
        write()
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise Stop(f"Could not write{where}: {error.strerror}.", BAD) from None


def on_screen(intent: "Intent") -> int:
    """Open the game on the screen."""
    from game.tui.app import run_app

    served = "TEXTUAL_DRIVER" in os.environ
    if not served and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Stop(
            "The screen needs a terminal; without one, campaigns are played with play --plain.",
            USAGE,
        )
    return run_app(intent)
