"""An atomic storage for TinyDB: after a crash the file is the old one or the new one, complete.

The file is UTF-8 JSON with one document a line, so that parts of a damaged file can be read.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from tinydb.storages import Storage

from game.files.atomic import put
from game.files.file_problems import CannotRead, CannotWrite, DamagedSave, shown, why
from game.files.ordinary import read_ordinary
from game.saves.checksums import (
    Tables,
    has_checksums,
    header_fits,
    table_fits,
    table_text,
    with_checksums,
    without_checksums,
)
from game.saves.save_lock import SaveLock

MOST_FILE_BYTES = 100_000_000
"""A larger file is no save."""
MOST_VALUES = 1_000_000
"""More values than these are in no save's JSON (turns are packed, and count as one each)."""
CHECKED_FROM = 2
"""The first format whose saves carry checksums."""


class AtomicStorage(Storage):
    """The storage of one save file, locked against other writers until `close`.

    Raises SaveInUse if another process (or another part of this one) has the lock, CannotWrite if
    the folder is not writable. To read without a lock, call `read_tables`.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()
        if self.path.is_symlink():
            self.path = self.path.resolve()
        self._lock = SaveLock(self.path)
        _sweep(self.path)

    def read(self) -> Tables | None:
        """The tables, or None if there is no file yet. Raises DamagedSave, CannotRead."""
        return read_tables(self.path) if self.path.exists() else None

    def write(self, data: Tables) -> None:
        """Replace the file; the previous one stays as `.bak`.

        Raises CannotWrite, and SaveInUse where the lock was lost to another process; the file is
        then what it was before.
        """
        self._lock.ensure()
        write_atomically(self.path, to_bytes(data), keep_previous=True)

    def close(self) -> None:
        """Release the lock."""
        self._lock.release()


def to_bytes(data: Tables) -> bytes:
    """The tables as JSON, compact, a document a line; the header gets the checksums of them all."""
    texts = {name: table_text(name, documents) for name, documents in data.items()}
    if header := data.get("header"):
        number, document = next(iter(header.items()))
        others = {name: text for name, text in texts.items() if name != "header"}
        documents = {**header, number: with_checksums(without_checksums(document), others)}
        texts["header"] = table_text("header", documents)
    return ("{" + ",".join(texts.values()) + "}\n").encode()


def read_bytes(path: Path) -> bytes:
    """What the file holds. Raises CannotRead, and DamagedSave for one larger than any save."""
    try:
        size = path.stat().st_size
        if size > MOST_FILE_BYTES:
            raise DamagedSave(
                f"The file {shown(path)} is no save: it has {size // 10**6} MB, and a save has at"
                f" most {MOST_FILE_BYTES // 10**6}; it is left as it is."
            )
        return read_ordinary(path, MOST_FILE_BYTES)
    except OSError as error:
        raise CannotRead(f"The save {shown(path)} cannot be read: {why(error)}.") from error


def parsed(content: bytes) -> Any:
    """The JSON of a save's bytes. Raises ValueError for what is none, or larger than any save's."""
    if sum(content.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        raise ValueError("more values than any save has")
    try:
        return json.loads(content.decode(), parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def read_tables(path: Path) -> Tables:
    """The tables of a save, without a lock (a write replaces the whole file, so none is needed).

    Raises DamagedSave where it is not JSON of the right shape, or not as it was written, and
    CannotRead. The checksums are left out of what is returned.
    """
    content = read_bytes(path)
    try:
        data = parsed(content)
    except ValueError as error:
        raise damaged(path) from error
    if not is_tables(data):
        raise damaged(path)
    header = first_header(data)
    if not needs_checksums(header):
        return data  # type: ignore[no-any-return]
    bare = bare_tables(data)
    try:
        # The checksums cover all but the number of the header itself, which is the only one.
        whole = list(data["header"]) == ["1"] and to_bytes(bare) == content
    except (ValueError, RecursionError):
        whole = False
    if not whole:
        raise damaged(path, _what_does_not_fit(data, header))
    return bare


def first_header(data: Tables) -> Any:
    """The header's document; None where there is none."""
    return next(iter(data.get("header", {}).values()), None)


def needs_checksums(header: Any) -> bool:
    """Whether a file with this header must be as its checksums say: from format 2 on."""
    number = header.get("format") if isinstance(header, dict) else None
    return has_checksums(header) or (type(number) is int and number >= CHECKED_FROM)


def bare_tables(data: Tables) -> Tables:
    """The tables with the checksums left out of the header."""
    header = {number: without_checksums(one) for number, one in data.get("header", {}).items()}
    return {name: header if name == "header" else table for name, table in data.items()}


PARTS = {
    "header": "beginning",
    "map": "map",
    "envelope": "sealed envelope",
    "notebook": "notebook",
    "turns": "record of turns",
    "private": "record of what its states thought",
}
"""What a player calls the tables."""


def _what_does_not_fit(data: Tables, header: Any) -> str:
    """Which parts of a file are not as they were written, in a clause."""
    if not header_fits(header):
        return "its beginning is not as it was written"
    wrong = [PARTS[name] for name in PARTS if name != "header" and not _fits(data, header, name)]
    if not wrong:
        return "it is not as it was written"
    return f"its {' and its '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} not as written"


def _fits(data: Tables, header: Any, name: str) -> bool:
    return table_fits(header, name, data.get(name, {}))


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
