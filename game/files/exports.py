"""Writes files for the user, such as debriefs: complete, or not at all."""

from pathlib import Path

from game.files.atomic import put
from game.files.file_problems import CannotWrite, why
from game.world.clean_text import clean_text


def write_whole(path: Path | str, content: bytes, *, make_folder: bool = False) -> None:
    """Write a file, complete or not at all. Raises CannotWrite."""
    path = Path(path)
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content, keep_previous=False)
    except OSError as error:
        raise CannotWrite(
            f'The file "{clean_text(str(path))}" could not be written: {why(error)}.'
        ) from error
