"""An atomic storage for TinyDB: after a crash the file is the old one or the new one, complete.

The file is UTF-8 JSON with one document a line, so that parts of a damaged file can be read.
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
"""Name of a table -> {number of a document as text: document}."""


class AtomicStorage(Storage):
    """The storage of one save file, locked against other writers until `close`.

    Raises SaveInUse if another process (or another part of this one) has the lock, CannotWrite if
    the folder is not writable. To read without a lock, call `read_tables`.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()
        if self.path.is_symlink():
            self.path = self.path.resolve()
        self._lock = _locked(self.path)
        _sweep(self.path)

    def read(self) -> Tables | None:
        """The tables, or None if there is no file yet. Raises DamagedSave, CannotRead."""
        return read_tables(self.path) if self.path.exists() else None

    def write(self, data: Tables) -> None:
        """Replace the file; the previous one stays as `.bak`.

        Raises CannotWrite; the file is then what it was before.
        """
        write_atomically(self.path, to_bytes(data), keep_previous=True)

    def close(self) -> None:
        """Release the lock."""
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
    """The bytes of the file. Raises CannotRead."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(f"The save {shown(path)} cannot be read: {why(error)}.") from error


def read_tables(path: Path) -> Tables:
    """The tables of a save, without a lock (a write replaces the whole file, so none is needed).

    Raises DamagedSave if the file is not JSON of the right shape; CannotRead.
    """
    try:
        data = json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not is_tables(data):
        raise damaged(path)
    return data  # type: ignore[no-any-return]


def is_tables(data: object) -> bool:
    """Whether a value is an object of objects of objects, the shape of TinyDB's tables."""
    return isinstance(data, dict) and all(
        isinstance(table, dict)
        and all(
            number.isascii() and number.isdecimal() and isinstance(document, dict)
            for number, document in table.items()
        )
        for table in data.values()
    )


def damaged(path: Path, where: str = "") -> DamagedSave:
    """The exception for a file that is no complete save; `where` adds what is known."""
    detail = where or "it is not a whole save of this game"
    return DamagedSave(
        f"The save {shown(path)} is damaged: {detail}; it is left as it is, and resuming it"
        " recovers its last whole turn under a new name."
    )


def write_atomically(path: Path, content: bytes, *, keep_previous: bool) -> None:
    """Replace the file by `content`; if that fails, the file stays unchanged.

    With `keep_previous` the previous file stays as `.bak`. Raises CannotWrite.
    """
    try:
        put(path, content, keep_previous=keep_previous)
    except OSError as error:
        raise CannotWrite(
            f"The save {shown(path)} could not be written: {why(error)}; what was saved before"
            " is whole, so make room or choose another folder (--saves), and save again."
        ) from error


def lock_of(path: Path) -> Path:
    """The path of a save's lock file."""
    return path.with_name(f".{path.name}.lock")


def _strays_of(path: Path) -> Iterator[Path]:
    start, end = f".{path.name}.", ".tmp"
    for entry in path.parent.iterdir():
        middle = entry.name[len(start) : -len(end)]
        if entry.name == start + middle + end and len(middle) == 8 and middle.isalnum():
            yield entry


def _sweep(path: Path) -> None:
    """Remove temporary files of a writer that was killed. Call it only with the lock."""
    with contextlib.suppress(OSError):
        for stray in list(_strays_of(path)):
            stray.unlink(missing_ok=True)


def _locked(path: Path) -> FileLock:
    """Take the lock of a save. Raises SaveInUse or CannotWrite."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not bound to a thread: a save is opened in one thread and written in another.
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
