"""Reads and writes save files. A save is written after every turn; reading runs no rules."""

import contextlib
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Document

from game.files.atomic import backup_of
from game.files.exports import write_whole
from game.files.file_problems import (
    CannotWrite,
    DamagedSave,
    MovedOn,
    SaveInUse,
    UnknownSave,
    shown,
    why,
)
from game.history import History, Setup, chain_start
from game.saves.checksums import Tables
from game.saves.codec import unpacking
from game.saves.from_tables import check_chain, from_tables, history_of, is_of_this_engine
from game.saves.migrations import migrated
from game.saves.recovery import Recovered, recoverable, source_of
from game.saves.save_header import HEADER_BYTES, Header, first_document, read_header
from game.saves.save_list import (
    SaveEntry,
    first_free,
    free_path,
    list_saves,
    names,
    resolve_save,
    saves_dir,
)
from game.saves.save_lock import SaveLock, lock_of
from game.saves.saved_campaign import SavedCampaign, Seat
from game.saves.storage import (
    PARTS,
    AtomicStorage,
    damaged,
    read_bytes,
    read_tables,
    to_bytes,
)
from game.saves.to_tables import (
    envelope_of,
    header_of,
    map_of,
    notebook_of,
    private_of,
    to_tables,
    turns_of,
)
from game.world.clean_text import clean_text

__all__ = [
    "Header",
    "Recovered",
    "SaveEntry",
    "SaveFile",
    "SavedCampaign",
    "Seat",
    "begin",
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
    "set_aside",
    "write",
    "writing_over",
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

    @property
    def revisions(self) -> tuple[int, ...]:
        """The engine revisions of the programs that wrote it."""
        [header] = self.tables["header"].values()
        return tuple(header["revisions"])


def _content(tables: Tables, history: History) -> _Content:
    return _Content(tables, history.setup, tuple(record.digest for record in history.turns))


_last: list[tuple[Path, "Stamp | None", _Content]] = []
"""The file that this process last wrote or read. It need not be checked again."""


Stamp = tuple[int, int, int, int]
"""What tells a file from every other that stood in its place: each write makes a new one."""


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of what stands at a path, a link itself and not where it leads; None: nothing."""
    try:
        state = path.lstat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size, stat.S_IFMT(state.st_mode)


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
        self._stamp: Stamp | None = None
        self._is_ours = False
        """Whether what stands there was read or written by this object."""
        self.asked = Path(path).absolute()
        """The path by which it was opened: `path`, or a link to it."""
        for path, stamp, content in _last[-1:]:
            if path == self.path and stamp is not None and stamp == stamp_of(path):
                self._content, self._storage.cache = content, content.tables
                self._stamp = stamp
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
            _last[:] = [(self.path, self._stamp, self._content)]
        self._database.close()

    def read(self) -> SavedCampaign:
        """The campaign. Raises DamagedSave, NewerSave, CannotRead, UnknownSave."""
        with self._one_at_a_time:
            return self._read()

    def _read(self) -> SavedCampaign:
        stamp = stamp_of(self.path)
        tables = self._storage.read()
        if not tables:
            raise UnknownSave(f"There is no save {shown(self.path)} yet.")
        with unpacking(stamp[2] if stamp else 0):
            saved = _checked(self.path, from_tables, tables)
        self._content = _content(tables, saved.history)
        self._stamp, self._is_ours = stamp, True
        return saved

    @property
    def stamp(self) -> Stamp | None:
        """Of the file as this process last read or wrote it; None where it did neither."""
        return self._stamp

    def save(self, saved: SavedCampaign, *, since: Stamp | None = None, over: bool = False) -> None:
        """Write what changed since the last save: the file then holds `saved`.

        `since` is the stamp of the file that the campaign was read from, where another SaveFile
        read it; `over` lets another campaign take the place of the one that is there. Raises
        CannotWrite (the file is then what it was; the next save tries again), MovedOn where
        another program wrote the file since or it holds another campaign, and DamagedSave rather
        than write over a file that is not a whole save.
        """
        with self._one_at_a_time:
            self._refuse_what_moved_on(None if over else since)
            if over and not self._is_ours:
                self._content, self._storage.cache = None, None
            elif self._content is None and self.path.exists():
                self._read()
            if self._content is not None and not over and not self._is_on_disk:
                self._refuse_another(saved.history)
            self._is_on_disk = False
            self._put(saved)
            self._storage.flush()
            self._stamp, self._is_ours = stamp_of(self.path), True
            self._is_on_disk = True

    def _refuse_another(self, history: History) -> None:
        """Refuse to write over a campaign that this one does not go on."""
        if self._content is not None and not _goes_on(self._content, history):
            raise MovedOn(
                f"The save {shown(self.path)} holds another campaign, or later turns than this"
                " one, so it is left as it is; save this one under another name."
            )

    def _refuse_what_moved_on(self, since: Stamp | None) -> None:
        """Refuse to write over what this process has neither read nor written.

        A file that is gone is no loss to write again, in its folder made anew if need be.
        """
        now = stamp_of(self.path)
        if now is None:
            self._content, self._storage.cache = None, None
            return
        if now[3] != stat.S_IFREG:
            raise CannotWrite(
                f"The save {shown(self.path)} cannot be written: a {_kind(now[3])} stands in its"
                " place; move that away and save again."
            )
        known = self._stamp if self._is_ours or since is None else since
        if known is not None and known != now:
            raise MovedOn(
                f"The save {shown(self.path)} was written by another program since it was opened"
                " here, so it is left as it is; open it again to go on from there, or save this"
                " campaign under another name."
            )

    def _put(self, saved: SavedCampaign) -> None:
        """Write what changed (or everything), and remember what the file now holds."""
        history = saved.history
        held = self._content
        if held is not None:
            saved = replace(saved, revisions=(*saved.revisions, *held.revisions))
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


def _kind(mode: int) -> str:
    return {stat.S_IFDIR: "folder", stat.S_IFLNK: "link", stat.S_IFIFO: "pipe"}.get(mode, "device")


def write(
    path: Path | str, saved: SavedCampaign, *, since: Stamp | None = None, over: bool = False
) -> Stamp | None:
    """Save a campaign; what was there before stays as `.bak`. Returns the new file's stamp.

    `since` and `over` as in `SaveFile.save`, which says what is raised; also SaveInUse.
    """
    with SaveFile(path) as file:
        file.save(saved, since=since, over=over)
        return file.stamp


def begin(folder: Path, map_id: str, state: str, saved: SavedCampaign) -> SaveFile:
    """Save a campaign under the first name that nobody has, and keep it open.

    The name is taken under its lock: of many who begin at once, each gets one of its own. Raises
    CannotWrite.
    """
    for path in names(folder, map_id, state):
        if stamp_of(path) is not None:
            continue
        try:
            file = SaveFile(path)
        except SaveInUse:
            continue
        if stamp_of(path) is None:
            try:
                file.save(saved)
            except BaseException:
                file.close()
                raise
            return file
        file.close()
    raise CannotWrite(f"There is no name left for another save in {clean_text(str(folder))}.")


def set_aside(path: Path) -> Path:
    """Give what stands at a path another name, and return it; raises SaveInUse, CannotWrite."""
    with writing_over(path):
        aside = first_free(path.with_name(f"{path.stem} before{path.suffix}"))
        try:
            path.rename(aside)
        except OSError as error:
            raise CannotWrite(
                f"The file {shown(path)} could not be moved aside: {why(error)}."
            ) from error
    return aside


def read(path: Path | str) -> SavedCampaign:
    """A campaign, with its chain of digests checked. Runs no rules and takes no lock.

    Raises DamagedSave, NewerSave or CannotRead, each in one sentence.
    """
    path = Path(path).absolute()
    return read_with_stamp(path)[0]


def read_with_stamp(path: Path) -> tuple[SavedCampaign, Stamp | None]:
    """A campaign as `read` gives it, and the stamp of the file that it was read from."""
    path = path.resolve() if path.is_symlink() else path.absolute()
    stamp = stamp_of(path)
    tables = migrated(read_tables(path), path)
    with unpacking(stamp[2] if stamp else 0):
        saved = _checked(path, from_tables, tables)
    if stamp == stamp_of(path):
        _last[:] = [(path, stamp, _content(tables, saved.history))]
    return saved, stamp


def read_history(path: Path | str) -> History:
    """The public history alone, for the blind debrief: `envelope` and `private` are not touched.

    Their content cannot change the result, even if it is no JSON. Raises as `read` does.
    """
    path = Path(path)
    content = read_bytes(path)
    source = source_of(content, path)
    if wrong := source.damaged & {"header", "map", "turns"}:
        raise damaged(path, f"its {PARTS[min(wrong)]} is not as it was written")
    with unpacking(len(content)):
        return _checked(path, history_of, source.tables)


def _checked(path: Path, make: Callable[[Tables], Found], tables: Tables) -> Found:
    try:
        return make(tables)
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
        reason = str(error) if type(error) is ValueError else ""
        raise damaged(path, clean_text(reason)[:300]) from error


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


def export(path: Path | str, target: Path | str, *, over: bool = False) -> None:
    """Write a whole, checked copy of a save somewhere else, to hand on.

    A file that is there already is written over only with `over`, and then stays as `.bak`.
    Raises as `read` does, CannotWrite, and SaveInUse where the target is a save that is open.
    """
    path, target = Path(path), Path(target)
    tables = migrated(read_tables(path), path)
    with unpacking(path.stat().st_size):
        _checked(path, from_tables, tables)
    if target.exists() and target.samefile(path):
        raise CannotWrite(f"The save {shown(path)} cannot be exported onto itself: name another.")
    with writing_over(target):
        write_whole(target, to_bytes(tables), over=over)


@contextlib.contextmanager
def writing_over(target: Path) -> Iterator[None]:
    """Hold the lock of a file that is to be written over, if it is a save; raises SaveInUse."""
    if not target.is_file() or not lock_of(target).exists():
        yield
        return
    lock = SaveLock(target)
    try:
        yield
    finally:
        lock.release()
