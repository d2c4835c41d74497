"""A file of finished results: one JSON line a run, so that a stopped command can be resumed.

The first line is a fingerprint of the program's sources and of the maps. A file with another
fingerprint is not used but written anew.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from filelock import BaseFileLock, FileLock, Timeout

from game.lab.run_measures import Measured, measure_chunk
from game.lab.runs import Run
from game.lab.sources import PACKAGE, sources
from game.messages import PlayerMessage
from game.world.map_document import MapDoc, canonical_json


class CannotKeep(PlayerMessage):
    """Results could not be written."""


def fingerprint(docs: Mapping[str, MapDoc], named: bool, package: Path = PACKAGE) -> str:
    """A hash of everything beside the run on which results depend: sources, maps, `named`.

    The sources are those of every module that measuring a run imports.
    """
    made = hashlib.sha256(str(named).encode())
    for name, path in sources(measure_chunk.__module__, package).items():
        made.update(name.encode())
        made.update(path.read_bytes())
    for name, doc in sorted(docs.items()):
        made.update(name.encode())
        made.update(canonical_json(doc).encode())
    return made.hexdigest()[:32]


class InUse(CannotKeep):
    """Another process writes to the same file."""


class ResultsCache:
    """Results in memory, and on disk unless `path` is None. A context manager.

    Opening raises CannotKeep, or InUse if another process has the file open.
    """

    def __init__(self, path: Path | None, mark: str) -> None:
        self.path = path
        self.mark = mark
        self.results: dict[Run, Measured] = {}
        self._file: IO[str] | None = None
        self._lock: BaseFileLock | None = None

    def __enter__(self) -> Self:
        if self.path is None:
            return self
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(f"{self.path}.lock", timeout=0)
            self._lock.acquire()
        except Timeout:
            self._lock = None
            raise InUse(
                f"Another laboratory writes its results to {self.path}; wait for it, or "
                "give other maps."
            ) from None
        except OSError as error:
            self._lock = None
            raise self._cannot(error) from None
        try:
            fresh = not self._read()
            self._file = self.path.open("w" if fresh else "a", encoding="utf-8")
            if fresh:
                self._line({"fingerprint": self.mark})
        except OSError as error:
            self._release()
            raise self._cannot(error) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            # On a full disk closing tries to write the failed line again and fails again; the
            # error was raised before, by `add`.
            with suppress(OSError):
                self._file.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def add(self, found: Iterable[tuple[Run, Measured]]) -> None:
        """Add results and write them to disk. Raises CannotKeep if they cannot be written."""
        for run, measured in found:
            try:
                if self._file is not None:
                    self._line({"run": list(astuple(run)), "measured": measured})
                # Before fsync: if Ctrl-C interrupts it, memory and file hold the same results.
                self.results[run] = measured
                if self._file is not None:
                    os.fsync(self._file.fileno())
            except OSError as error:
                self.results.pop(run, None)
                raise self._cannot(error) from None

    def _line(self, value: Any) -> None:
        assert self._file is not None
        self._file.write(json.dumps(value, separators=(",", ":")) + "\n")
        self._file.flush()

    def _read(self) -> bool:
        """Read the file. Returns False if it is to be written anew (another fingerprint, or empty).

        An incomplete last line, left by an interrupted write, is cut off.
        """
        assert self.path is not None
        if not self.path.exists():
            return False
        whole = 0
        with self.path.open("rb") as file:
            for number, line in enumerate(file):
                try:
                    value = json.loads(line)
                    if number == 0 and value.get("fingerprint") != self.mark:
                        return False
                    if number:
                        self.results[Run(*value["run"])] = value["measured"]
                except (ValueError, KeyError, TypeError, AttributeError):
                    break
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
        if whole == 0:
            return False
        os.truncate(self.path, whole)
        return True

    def _cannot(self, error: OSError) -> CannotKeep:
        reason = (error.strerror or type(error).__name__).lower()
        done = len(self.results)
        return CannotKeep(
            f"Could not write the results to {self.path}: {reason}; {done} finished campaigns "
            "were kept, and the same command goes on from there."
        )
