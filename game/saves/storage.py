"""An atomic TinyDB storage: a save is either wholly the old one or wholly the new one.

The file is UTF-8 JSON with one document a line, so that a damaged one can be read in part.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from tinydb.storages import Storage

from game.files.atomic import put
from game.files.file_problems import CannotRead, CannotWrite, DamagedSave, SaveInUse, shown, why

Tables = dict[str, dict[str, Any]]
"""Table's name -> document's number as text -> document."""


class AtomicStorage(Storage):
    """TinyDB's view of one save file, held against other writers until `close`.

    Raises SaveInUse if another process (or another window of this one) holds it, CannotWrite if
    its folder cannot be written to. Whoever only wants to read calls `read_tables`: no lock.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()
        if self.path.is_symlink():
            self.path = self.path.resolve()
        self._lock = _locked(self.path)
        _sweep(self.path)

    def read(self) -> Tables | None:
        """The tables, or None where there is no file yet. Raises DamagedSave, CannotRead."""
        return read_tables(self.path) if self.path.exists() else None

    def write(self, data: Tables) -> None:
        """Put the tables in the file's place; the previous generation stays as `.bak`.

        Raises CannotWrite; the file is then what it was before.
        """
        write_atomically(self.path, to_bytes(data), keep_previous=True)

    def close(self) -> None:
        """Let others write."""
        self._lock.release()


def to_bytes(data: Tables) -> bytes:
    """The tables as JSON, compact, one document a line."""
    tables = []
    for name, documents in data.items():
        lines = [
            f"{_compact(str(number))}:{_compact(document)}"
            for number, document in documents.items()
        ]
        tables.append(f"{_compact(name)}:{{\n" + ",\n".join(lines) + "\n}")
    return ("{" + ",".join(tables) + "}\n").encode()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def read_bytes(path: Path) -> bytes:
    """What the file holds. Raises CannotRead in one sentence."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(f"The save {shown(path)} cannot be read: {why(error)}.") from error


def read_tables(path: Path) -> Tables:
    """The tables of a save, without a lock: a write replaces the file whole, so it is consistent.

    Raises DamagedSave where it is not JSON of the right shape, CannotRead.
    """
    try:
        data = json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not is_tables(data):
        raise damaged(path)
    return data  # type: ignore[no-any-return]


def is_tables(data: object) -> bool:
    """Whether it is an object of objects of objects, as TinyDB keeps its documents."""
    return isinstance(data, dict) and all(
        isinstance(table, dict)
        and all(
            number.isascii() and number.isdecimal() and isinstance(document, dict)
            for number, document in table.items()
        )
        for table in data.values()
    )


def damaged(path: Path, where: str = "") -> DamagedSave:
    """The problem of a file that is not a whole save; `where` says more, if more is known."""
    detail = where or "it is not a whole save of this game"
    return DamagedSave(
        f"The save {shown(path)} is damaged: {detail}; it is left as it is, and resuming it"
        " recovers its last whole turn under a new name."
    )


def write_atomically(path: Path, content: bytes, *, keep_previous: bool) -> None:
    """Put `content` in the place of the file, or leave the file as it is.

    With `keep_previous` what was there stays beside it as `.bak`. Raises CannotWrite.
    """
    try:
        put(path, content, keep_previous=keep_previous)
    except OSError as error:
        raise CannotWrite(
            f"The save {shown(path)} could not be written: {why(error)}; what was saved before"
            " is whole, so make room or choose another folder (--saves), and save again."
        ) from error


def lock_of(path: Path) -> Path:
    """The file that says that a save is open for writing."""
    return path.with_name(f".{path.name}.lock")


def _strays_of(path: Path) -> Iterator[Path]:
    start, end = f".{path.name}.", ".tmp"
    for entry in path.parent.iterdir():
        middle = entry.name[len(start) : -len(end)]
        if entry.name == start + middle + end and len(middle) == 8 and middle.isalnum():
            yield entry


def _sweep(path: Path) -> None:
    """Remove what a writer that was killed left behind. Only under the lock."""
    with contextlib.suppress(OSError):
        for stray in list(_strays_of(path)):
            stray.unlink(missing_ok=True)


def _locked(path: Path) -> FileLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not bound to a thread: a save is opened on one and written from another.
        lock = FileLock(lock_of(path), timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        raise SaveInUse(
            f"The save {shown(path)} is open in another window of the game: close it there and"
            " try again (its debrief can be read meanwhile)."
        ) from error
    except (OSError, NotImplementedError) as error:
        reason = why(error) if isinstance(error, OSError) else "the folder cannot hold locks"
        raise CannotWrite(
            f"The save {shown(path)} cannot be opened for writing: {reason}; choose another"
            " folder (--saves)."
        ) from error
    return lock
