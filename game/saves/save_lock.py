"""Who may write a save: one process at a time, even where somebody deletes the lock's file.

A save is locked twice: by a file beside it, which others who share the folder see, and by a file
in the user's own state directory, which stays where the folder of saves is deleted.
"""

import contextlib
import hashlib
import os
from pathlib import Path

from filelock import FileLock, Timeout

from game.files.file_problems import CannotWrite, SaveInUse, shown, why

_TRIES = 5
"""How often a lock's file may be deleted between opening and locking it."""


def lock_of(path: Path) -> Path:
    """The file beside a save that says that it is open for writing."""
    return path.with_name(f".{path.name}.lock")


class SaveLock:
    """The sole right to write a save, until `release`. Raises SaveInUse, CannotWrite."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._far: FileLock | None = None
        self._near: FileLock | None = None
        try:
            self._far = _second(path)
            self._near = _taken(lock_of(path))
        except BaseException as error:
            self.release()
            raise _sentence(path, error) from error

    def ensure(self) -> None:
        """Take again what somebody deleted. Raises SaveInUse where another was faster."""
        try:
            if self._far is None:
                self._far = _second(self._path)
            if self._near is None or not _is_at_its_path(self._near):
                held, self._near = self._near, None
                if held is not None:
                    held.release()
                self._near = _taken(lock_of(self._path))
        except (OSError, NotImplementedError, Timeout) as error:
            raise _sentence(self._path, error) from error

    def release(self) -> None:
        """Let others write."""
        if self._near is not None:
            self._near.release()
        if self._far is not None:
            # While it is held: whoever opened it meanwhile sees that it is gone, and tries again.
            with contextlib.suppress(OSError):
                Path(self._far.lock_file).unlink()
            self._far.release()
        self._near = self._far = None


def _second(path: Path) -> FileLock | None:
    """The lock in the user's state directory; None where nothing can be written there."""
    import platformdirs

    name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
    folder = platformdirs.user_state_path("realpolitik", appauthor=False) / "locks"
    try:
        return _taken(folder / f"{name}.lock")
    except Timeout:
        raise
    except (OSError, NotImplementedError):
        return None


def _taken(path: Path) -> FileLock:
    """A lock whose file stands at its path. Raises Timeout where another holds it, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(_TRIES):
        # Not bound to a thread: a save is opened on one and written from another.
        lock = FileLock(path, timeout=0, thread_local=False)
        lock.acquire()
        if _is_at_its_path(lock):
            return lock
        lock.release()
    raise Timeout(str(path))


def _is_at_its_path(lock: FileLock) -> bool:
    """Whether a lock that is held is still the file that others would open."""
    held = lock._context.lock_file_fd
    if held is None:
        return False
    try:
        return os.path.samestat(os.fstat(held), Path(lock.lock_file).stat())
    except OSError:
        return False


def _sentence(path: Path, error: BaseException) -> BaseException:
    if isinstance(error, Timeout):
        return SaveInUse(
            f"The save {shown(path)} is open in another window of the game: close it there and"
            " try again (its debrief can be read meanwhile)."
        )
    if isinstance(error, (OSError, NotImplementedError)):
        reason = why(error) if isinstance(error, OSError) else "the folder cannot hold locks"
        return CannotWrite(
            f"The save {shown(path)} cannot be opened for writing: {reason}; choose another"
            " folder (--saves)."
        )
    return error
