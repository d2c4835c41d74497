"""Reading ordinary files alone: a folder is refused, and so is a pipe, which would never end."""

import errno
import os
import stat
from pathlib import Path


def read_ordinary(path: Path, most: int) -> bytes:
    """At most the first `most` bytes of an ordinary file.

    Raises OSError, for a folder, a pipe or a device too.
    """
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(kind):
        raise OSError(errno.EINVAL, "It is no ordinary file", str(path))
    with path.open("rb") as file:
        return file.read(most)
