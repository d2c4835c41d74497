"""Reads and writes save files. A save is written after every turn; reading runs no rules."""

import contextlib
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Document

from game.history import History, Setup, chain_start
from game.saves.to_tables import (
    envelope_of,
    header_of,
    map_of,
    notebook_of,
    private_of,
    to_tables,
    turns_of,
)
from game.saves.save_header import HEADER_BYTES, Header, first_document, read_header
from game.saves.migrations import migrated
from game.files.atomic import backup_of
from game.files.file_problems import CannotWrite, DamagedSave, UnknownSave, shown, why
from game.saves.recovery import Recovered, recoverable, salvaged
from game.saves.saved_campaign import SavedCampaign, Seat
from game.saves.save_list import (
    SaveEntry,
    first_free,
    free_path,
    list_saves,
    resolve_save,
    saves_dir,
)
from game.saves.storage import (
    AtomicStorage,
    Tables,
    damaged,
    lock_of,
    read_bytes,
    read_tables,
    to_bytes,
    write_atomically,
)
from game.saves.from_tables import from_tables, check_chain, history_of, is_of_this_engine

__all__ = [
    "SaveEntry",
    "Header",
    "Recovered",
    "SaveFile",
    "SavedCampaign",
    "Seat",
    "check_chain",
    "delete",
    "export",
    "first_free",
    "free_path",
    "is_of_this_engine",
    "list_saves",
    "read",
    "read_header",
    "read_history",
    "recover",
    "resolve_save",
    "saves_dir",
    "write",
]

Found = TypeVar("Found")


class _SaveStorage(AtomicStorage):
    """The atomic storage, which also converts older formats when it reads."""

    def read(self) -> Tables | None:
        """The tables in this version's format; None if there is no file yet."""
        tables = super().read()
        return None if tables is None else migrated(tables, self.path)


class _Held(CachingMiddleware):
    """Collects all changes to the tables into one write; closing writes nothing more."""

    WRITE_CACHE_SIZE = sys.maxsize

    def close(self) -> None:
        """Close without writing."""
        self.storage.close()


@dataclass(frozen=True, slots=True, eq=False)
class _Content:
    """The known content of a file: its tables, and the digests in them."""

    tables: Tables
    setup: Setup
    digests: tuple[str, ...]
    """The digest of each turn."""

    @property
    def private(self) -> str:
        """The private digest up to the last turn."""
        digest: str = list(self.tables["private"].values())[-1]["digest"]
        return digest


def _content(tables: Tables, history: History) -> _Content:
    return _Content(tables, history.setup, tuple(record.digest for record in history.turns))


_last: list[tuple[Path, "tuple[int, int, int] | None", _Content]] = []
"""The file that this process last wrote or read. It need not be checked again."""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """A value that differs for each file written to a path, from the file system's metadata."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


class SaveFile:
    """A save that is locked for writing against other processes until `close`.

        with SaveFile(path) as file:
            saved = file.read()         # or begin with save() where there is no file yet
            file.save(later)            # after each turn or change of pending orders

    `save` may be called from another thread than the one that opened the save. Opening raises
    SaveInUse or CannotWrite.
    """

    def __init__(self, path: Path | str) -> None:
        self._storage: Any = _Held(_SaveStorage)  # type: ignore[no-untyped-call]
        self._database = TinyDB(path, storage=self._storage)
        self.path: Path = Path(self._storage.path)
        self._one_at_a_time = threading.Lock()
        self._content: _Content | None = None
        self._is_on_disk = False
        for path, stamp, content in _last[-1:]:
            if path == self.path and stamp is not None and stamp == _stamp(path):
                self._content, self._storage.cache = content, content.tables
        _last.clear()

    def __enter__(self) -> "SaveFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the lock. Nothing is written."""
        if self._is_on_disk and self._content is not None:
            _last[:] = [(self.path, _stamp(self.path), self._content)]
        self._database.close()

    def read(self) -> SavedCampaign:
        """The campaign. Raises DamagedSave, NewerSave, CannotRead, UnknownSave."""
        with self._one_at_a_time:
            tables = self._storage.read()
            if not tables:
                raise UnknownSave(f"There is no save {shown(self.path)} yet.")
            saved = _checked(self.path, from_tables, tables)
            self._content = _content(tables, saved.history)
            return saved

    def save(self, saved: SavedCampaign) -> None:
        """Write the changes since the last save; the file then holds `saved`.

        Raises CannotWrite (the file is then what it was; the next save tries again), and
        DamagedSave instead of overwriting a file that is no complete save.
        """
        if self._content is None and self.path.exists():
            self.read()
        with self._one_at_a_time:
            self._is_on_disk = False
            self._put(saved)
            self._storage.flush()
            self._is_on_disk = True

    def _put(self, saved: SavedCampaign) -> None:
        """Write what changed (or everything), and remember what the file now holds."""
        history = saved.history
        held = self._content
        if held is None or not _goes_on(held, history):
            self._storage.write(to_tables(saved))
        else:
            changed = {"header": header_of(saved)}
            if held.setup is not history.setup:
                changed["map"] = map_of(history)
            changed |= {"envelope": envelope_of(saved), "notebook": notebook_of(saved)}
            count = len(held.digests)
            turns = turns_of(history, first=count + 1)
            private = private_of(saved, held.private, first=count + 1)
            for name, document in changed.items():
                self._table(name, document)
            self._table("turns", *turns, first=count + 1)
            self._table("private", *private, first=count + 2)
        self._content = _content(self._storage.read(), history)

    def _table(self, name: str, *documents: dict[str, Any], first: int = 1) -> None:
        table = self._database.table(name, cache_size=0)
        for number, document in enumerate(documents, start=first):
            table.upsert(Document(document, doc_id=number))


def _goes_on(held: _Content, history: History) -> bool:
    """Whether a history continues (or equals) the one in a file."""
    digests = tuple(record.digest for record in history.turns[: len(held.digests)])
    return digests == held.digests and (
        held.setup is history.setup or chain_start(held.setup) == chain_start(history.setup)
    )


def write(path: Path | str, saved: SavedCampaign) -> None:
    """Save a campaign; an older save of that name stays as `.bak`.

    Raises SaveInUse, CannotWrite, and DamagedSave instead of overwriting what is no complete save.
    """
    with SaveFile(path) as file:
        file.save(saved)


def read(path: Path | str) -> SavedCampaign:
    """A campaign, with its chain of digests checked. Runs no rules and takes no lock.

    Raises DamagedSave, NewerSave or CannotRead, each in one sentence.
    """
    path = Path(path).absolute()
    stamp = _stamp(path)
    tables = migrated(read_tables(path), path)
    saved = _checked(path, from_tables, tables)
    if stamp == _stamp(path):
        _last[:] = [(path, stamp, _content(tables, saved.history))]
    return saved


def read_history(path: Path | str) -> History:
    """The public history alone, for the blind debrief: `envelope` and `private` are not touched.

    Their content cannot change the result, even if it is no JSON. Raises as `read` does.
    """
    path = Path(path)
    return _checked(path, history_of, salvaged(read_bytes(path), path))


def _checked(path: Path, make: Callable[[Tables], Found], tables: Tables) -> Found:
    try:
        return make(tables)
    except (ValueError, RecursionError) as error:
        reason = str(error) if type(error) is ValueError else ""
        raise damaged(path, reason) from error


def recover(path: Path | str) -> Recovered:
    """Recover a damaged save, from it and its `.bak`, to a new file beside it.

    Lost beliefs are computed again from the events; lost decision records are empty. Raises
    DamagedSave if the map or the envelope is lost in both; NewerSave; CannotRead; CannotWrite.
    """
    found = recoverable(Path(path))
    write(found.path, found.saved)
    return found


def delete(path: Path | str) -> None:
    """Remove a save, its `.bak` and whatever else stands beside it for its sake.

    Raises UnknownSave, SaveInUse, CannotWrite, and DamagedSave for a file that is no save at all.
    """
    path = Path(path)
    if not path.exists():
        raise UnknownSave(f"There is no save {shown(path)}.")
    if not _is_ours(path):
        raise DamagedSave(f"The file {shown(path)} is no save of this game, so it was not deleted.")
    storage = AtomicStorage(path)
    try:
        backup_of(storage.path).unlink(missing_ok=True)
        path.unlink()
    except OSError as error:
        raise CannotWrite(f"The save {shown(path)} could not be deleted: {why(error)}.") from error
    finally:
        storage.close()
    with contextlib.suppress(OSError):
        lock_of(storage.path).unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    """Whether a file is a save, complete or damaged, or empty: only these may be removed."""
    content = read_bytes(path)
    if not content or first_document(content[:HEADER_BYTES]) is not None:
        return True
    return any(f'"{name}":{{'.encode() in content for name in ("envelope", "turns", "private"))


def export(path: Path | str, target: Path | str) -> None:
    """Write a checked copy of a save to another path.

    Raises as `read` does, and CannotWrite.
    """
    path, target = Path(path), Path(target)
    tables = migrated(read_tables(path), path)
    _checked(path, from_tables, tables)
    if target.exists() and target.samefile(path):
        raise CannotWrite(f"The save {shown(path)} cannot be exported onto itself: name another.")
    write_atomically(target, to_bytes(tables), keep_previous=False)
