"""Writes files for the user, such as debriefs: complete, or not at all."""

from pathlib import Path

from game.files.atomic import put
from game.files.file_problems import CannotWrite, why
from game.world.clean_text import clean_text


def write_whole(
    path: Path | str, content: bytes, *, make_folder: bool = False, over: bool = False
) -> None:
    """Write a file, whole or not at all; one that is there already only with `over`.

    What was there then stays beside it as `.bak`. Raises CannotWrite in one sentence.
    """
    path = Path(path)
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content, keep_previous=over, new=not over)
    except OSError as error:
        # A file that stands where the folder should be is no reason to speak of force.
        if isinstance(error, FileExistsError) and path.parent.is_dir():
            raise already_there(path) from error
        raise CannotWrite(
            f'The file "{clean_text(str(path))}" could not be written: {why(error)}.'
        ) from error


def already_there(path: Path) -> CannotWrite:
    """The problem of a file that is there already."""
    return CannotWrite(
        f'The file "{clean_text(str(path))}" is there already, so it is left as it is; name'
        " another, or add --force (what is there then stays as .bak)."
    )
