"""A map and its notes in one zip, to share; and put among the player's own."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from game.files.exports import write_whole
from game.maps.check import MOST_BYTES, read_and_check, read_bytes
from game.maps.map_problem import MapProblems, Problem, printable
from game.messages import PlayerMessage

NOTES = (".md", ".txt")
"""Endings of files that may go with a map as notes."""

MOST_NOTES = 1_000_000
"""Bytes that notes may have."""

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a pack: the same map gives the same zip."""


class PackProblem(PlayerMessage):
    """A map that cannot be packed, or a zip that is no packed map."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written: the zip, or the map; the names of the files; SHA-256 of the map's bytes."""

    path: Path
    names: tuple[str, ...]
    digest: str


def pack_map(path: Path, *, notes: Path | None = None, target: Path | None = None) -> Packed:
    """Write a zip of the map at `path` and of its notes (`NAME.md` beside it if none are named).

    Raises `MapProblems` for a map that cannot be played, `PackProblem` where the target exists or
    the notes cannot be read, `CannotWrite`.
    """
    data = read_bytes(path)
    if isinstance(data, Problem):
        raise MapProblems([data], path)
    checked = read_and_check(data, doubts=False)
    if checked.doc is None:
        raise MapProblems(checked.problems, path)
    name = checked.doc.id
    target = target or Path(f"{name}.zip")
    if target.exists():
        raise PackProblem(f"{target} exists already; name another file with -o")
    files = [(f"{name}.json", data)]
    beside = notes or next(
        (p for p in (path.with_suffix(end) for end in NOTES) if p.is_file()), None
    )
    if beside is not None:
        if beside.suffix not in NOTES:
            raise PackProblem(f"{beside}: notes end in {' or '.join(NOTES)}")
        try:
            text = beside.read_bytes()
        except OSError as error:
            raise PackProblem(f"{beside}: {error.strerror or 'cannot be read'}") from None
        if len(text) > MOST_NOTES:
            raise PackProblem(f"{beside}: notes have {MOST_NOTES // 1_000_000} MB at most")
        files.append((f"{name}{beside.suffix}", text))
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files:
            archive.writestr(zipfile.ZipInfo(file, _WHEN), content, zipfile.ZIP_DEFLATED)
    write_whole(target, page.getvalue())
    return Packed(target, tuple(file for file, _ in files), _digest(data))


def unpack_map(path: Path, folder: Path) -> Packed:
    """Put the map of a zip, and its notes, into `folder` under the map's id.

    Nothing is written unless the map can be played and no file of its name is there. Raises
    `PackProblem`, `MapProblems`, `CannotWrite`.
    """
    found = _read(path)
    maps = [name for name in found if name.endswith(".json")]
    if len(maps) != 1:
        raise PackProblem(f"{path}: holds {len(maps)} maps; a packed map has one .json file")
    data = found[maps[0]]
    checked = read_and_check(data, doubts=False)
    if checked.doc is None:
        raise MapProblems(checked.problems, path / maps[0])
    name = checked.doc.id
    target = folder / f"{name}.json"
    wanted = [(target, data)]
    wanted += [
        (folder / (name + Path(file).suffix), text)
        for file, text in found.items()
        if Path(file).suffix in NOTES
    ][:1]
    for file, _ in wanted:
        if file.exists():
            raise PackProblem(f"{file} exists already; move it away first")
    for file, content in wanted:
        write_whole(file, content, make_folder=True)
    return Packed(target, tuple(file.name for file, _ in wanted), _digest(data))


def _read(path: Path) -> dict[str, bytes]:
    """The files of a zip; all must be at its top, of a map's or notes' ending, not too large."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                most = MOST_NOTES if Path(entry.filename).suffix in NOTES else MOST_BYTES
                plain = Path(entry.filename).name == entry.filename
                if not plain or Path(entry.filename).suffix not in (".json", *NOTES):
                    raise PackProblem(
                        f"{path}: holds {printable(entry.filename[:80])}; a packed map has a .json "
                        "file and notes, in no folder"
                    )
                with archive.open(entry) as file:
                    content = file.read(most + 1)
                if len(content) > most:
                    raise PackProblem(f"{path}: {printable(entry.filename[:80])} is too large")
                found[entry.filename] = content
    except FileNotFoundError:
        raise PackProblem(f"there is no file {path}") from None
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError):
        raise PackProblem(f"{path}: not a zip that can be read") from None
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
