"""Atomic writes: a temporary file is written, synced, and then replaces the old file."""

import contextlib
import os
import secrets
from pathlib import Path


def put(path: Path, content: bytes, *, keep_previous: bool) -> None:
    """Replace the file by `content`.

    With `keep_previous` the previous file stays beside it as `.bak`. Raises OSError; the file is
    then unchanged.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        _write_through(temporary, content)
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


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
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
