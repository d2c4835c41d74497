"""Atomic writes: a temporary file is written, synced, and then replaces the old file."""

import contextlib
import os
import secrets
from pathlib import Path


def put(path: Path, content: bytes, *, keep_previous: bool, new: bool = False) -> None:
    """Put `content` in the place of the file, or leave the file as it is.

    With `keep_previous` what was there stays beside it as `.bak`; with `new` nothing may be there,
    and FileExistsError is raised where something is. Raises OSError; the file is then what it was.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        _write_through(temporary, content)
        if new:
            _put_new(temporary, path)
        else:
            if keep_previous and path.exists():
                _keep(path)
            temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    with contextlib.suppress(OSError):
        # The new file is there by now; some file systems cannot sync a folder.
        _sync_folder(path.parent)


def _put_new(temporary: Path, path: Path) -> None:
    """Give a file its name, which nothing may have. Raises FileExistsError."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems know no second names: the name is taken first, then filled.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        temporary.replace(path)
        return
    temporary.unlink()


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(file, view) :]
        os.fsync(file)
    finally:
        os.close(file)


def _keep(path: Path) -> None:
    """Make the present file the backup too, so that at every moment one of them exists."""
    second = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            os.link(path, second)
        except OSError:
            # Some file systems have no hard links; a copy takes a little longer.
            _write_through(second, path.read_bytes())
        second.replace(backup_of(path))
    except OSError:
        with contextlib.suppress(OSError):
            second.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Write the folder to disk, so that the new name survives a loss of power (POSIX only)."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def backup_of(path: Path) -> Path:
    """The path of a file's backup."""
    return path.with_name(path.name + ".bak")
