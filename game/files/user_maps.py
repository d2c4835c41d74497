"""Where the player's own maps are kept."""

import contextlib
import os
from pathlib import Path

VARIABLE = "REALPOLITIK_MAPS"
"""Names another folder; `--maps DIR` sets it for one run, in worker processes too."""


def user_maps_folder() -> Path:
    """The folder of the player's own maps: in the user's data directory, or where it is set."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    import platformdirs

    return platformdirs.user_data_path("realpolitik", appauthor=False) / "maps"


def make_folder(folder: Path) -> None:
    """Make a folder if it can be made; whoever opens it says what is wrong otherwise."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)


def use_maps_folder(folder: Path) -> None:
    """Take `folder` for the player's own maps in this process and those it starts."""
    os.environ[VARIABLE] = str(folder.absolute())
