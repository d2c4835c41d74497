"""The report of the last fault of the program, in the user's state directory.

It can be sent to others: no folder of the user's own is named in it.
"""

import platform
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import game
from game.history import ENGINE_REVISION

LOG = "crash.log"


def crash_log_path() -> Path:
    """Where the report is kept."""
    import platformdirs

    return platformdirs.user_state_path("realpolitik", appauthor=False) / LOG


def write_crash_log(
    error: BaseException, path: Path | None = None, about: Mapping[str, object] | None = None
) -> Path | None:
    """Write down how a fault came about, in the place of the one before.

    `about` is what else is known: the seed, the turn, the last orders. Returns where it is; None
    where nothing can be written: a fault may not bring a second one.
    """
    target = path or crash_log_path()
    rows = {
        "time": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "version": _version(),
        "engine revision": ENGINE_REVISION,
        "python": f"{platform.python_version()} on {platform.system()}",
        **(about or {}),
    }
    text = "".join(f"{name}: {value}\n" for name, value in rows.items())
    text += "\n" + "".join(traceback.format_exception(error))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(without_own_folders(text), "utf-8", errors="replace")
    except OSError:
        return None
    return target


def without_own_folders(text: str) -> str:
    """Text in which no folder of the user's is named: the game's, Python's and the home's."""
    own = {
        str(Path.cwd()): "<here>",
        str(Path(game.__file__).resolve().parent.parent): "<game>",
        sys.prefix: "<python>",
        sys.base_prefix: "<python>",
        str(Path.home()): "~",
    }
    for folder in sorted(own, key=len, reverse=True):
        if len(folder) > 1:
            text = text.replace(folder, own[folder])
    return text


def _version() -> str:
    try:
        return version("realpolitik")
    except PackageNotFoundError:
        return "unknown"
