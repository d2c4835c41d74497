"""A map that is being edited: undo and redo, and writing it where it was read."""

from pathlib import Path

from pydantic import ValidationError

from game.files import atomic
from game.maps.check import Checked, read_and_check, read_bytes
from game.maps.grid import cell_keys
from game.maps.map_problem import MapProblems, Problem
from game.messages import PlayerMessage
from game.world.map_document import MapDoc, pretty_json


class ChangedOnDisk(PlayerMessage):
    """The file is not what it was when it was read or last written."""


def copied(path: Path, folder: Path) -> Path:
    """A copy of a map in a folder, under an id that no file there has, to be edited.

    Raises MapProblems for a file that is no map, OSError where nothing can be written.
    """
    draft = MapDraft(path)
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (target := folder / f"{path.stem}-{number}.json").exists():
        number += 1
    own = draft.doc.model_copy(update={"id": target.stem, "title": f"{draft.doc.title}, my own"})
    atomic.put(target, pretty_json(own).encode(), keep_previous=False, new=True)
    return target


class MapDraft:
    """A map file and what was changed of it since it was read."""

    def __init__(self, path: Path) -> None:
        """Raises MapProblems for a file that is no map, even if it could be mended."""
        data = read_bytes(path)
        if isinstance(data, Problem):
            raise MapProblems([data], path)
        try:
            self.doc = MapDoc.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
        except ValidationError:
            raise MapProblems(read_and_check(data).problems, path) from None
        keys = cell_keys(self.doc.grid, len(next(iter(self.doc.legend))))
        if len(set(map(len, self.doc.grid))) > 1 or not keys <= self.doc.legend.keys():
            raise MapProblems(read_and_check(data).problems, path)
        self.path = path
        self._on_disk: bytes | None = data
        self._written = self.doc
        self._before: list[MapDoc] = []
        self._after: list[MapDoc] = []

    @property
    def unsaved(self) -> bool:
        """Whether something was changed that is not written."""
        return self.doc != self._written

    def change(self, new: MapDoc) -> bool:
        """Take a changed map; whether it differs from the one before."""
        if new == self.doc:
            return False
        self._before.append(self.doc)
        self._after.clear()
        self.doc = new
        return True

    def undo(self) -> bool:
        """Take the last change back; whether there was one."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Make the change again that was taken back last; whether there was one."""
        return self._step(self._after, self._before)

    def _step(self, source: list[MapDoc], other: list[MapDoc]) -> bool:
        if not source:
            return False
        other.append(self.doc)
        self.doc = source.pop()
        return True

    def checked(self) -> Checked:
        """What `maps check` says of the map as it stands."""
        return read_and_check(pretty_json(self.doc).encode())

    def write(self, *, over: bool = False) -> None:
        """Write the map; what was in the file stays beside it as `.bak`.

        Raises ChangedOnDisk, unless `over`, if somebody else wrote the file meanwhile; OSError if
        it cannot be written.
        """
        present = self.path.read_bytes() if self.path.exists() else None
        if not over and present != self._on_disk:
            raise ChangedOnDisk(
                f"{self.path} was changed by another program since it was read here."
            )
        content = pretty_json(self.doc).encode()
        atomic.put(self.path, content, keep_previous=True)
        self._on_disk, self._written = content, self.doc
