"""The folder of saves, the list of saves, and names for new ones. Fast to import."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import game
from game.files.file_problems import SaveProblem, UnknownSave
from game.saves.save_header import Header, read_header
from game.world.clean_text import clean_text

ENDING = ".json"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SaveEntry:
    """A save in a list: its header, or a sentence that says why it cannot be opened."""

    path: Path
    header: Header | None
    problem: str = ""

    @property
    def name(self) -> str:
        """The name by which a command can refer to it."""
        return clean_text(self.path.name.removesuffix(ENDING))


def saves_dir() -> Path:
    """The folder of saves: `saves/` in a checkout, else in the user's data directory."""
    home = Path(game.__file__).resolve().parent.parent
    if (home / "pyproject.toml").is_file():
        return home / "saves"
    import platformdirs

    return platformdirs.user_data_path("realpolitik", appauthor=False) / "saves"


def list_saves(folder: Path) -> list[SaveEntry]:
    """The saves of a folder, the last saved first; those that cannot be opened are at the end.

    Only files whose names end in `.json` are read.
    """
    entries = [_entry(path) for path in _files(folder)]
    entries.sort(key=lambda entry: entry.name)
    entries.sort(key=lambda entry: entry.header.seconds if entry.header else 0.0)
    bad = [entry for entry in entries if entry.header is None]
    return [entry for entry in reversed(entries) if entry.header is not None] + bad


def _files(folder: Path) -> list[Path]:
    try:
        return [
            path
            for path in folder.iterdir()
            if path.name.endswith(ENDING) and not path.name.startswith(".") and path.is_file()
        ]
    except OSError:
        return []


def _entry(path: Path) -> SaveEntry:
    try:
        return SaveEntry(path, read_header(path))
    except SaveProblem as problem:
        return SaveEntry(path, None, str(problem))


def resolve_save(name_or_path: str | Path, folder: Path) -> Path:
    """The file that a name in `folder`, or a path, stands for.

    Raises UnknownSave; its sentence suggests the most similar name.
    """
    text = str(name_or_path)
    asked = clean_text(text)
    if not asked or "\0" in text:
        raise UnknownSave('A save needs a name or a path: see "realpolitik saves list".')
    for candidate in (folder / f"{text}{ENDING}", folder / text, Path(text)):
        if _is_file(candidate):
            return candidate
    names = {clean_text(path.name.removesuffix(ENDING)): path for path in _files(folder)}
    same = [path for name, path in names.items() if name.casefold() == asked.casefold()]
    if len(same) == 1:
        return same[0]
    if not names:
        where = clean_text(str(folder))
        raise UnknownSave(f'There is no save "{asked}", and none at all in {where}.')
    lowered = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(asked.casefold(), lowered, n=1, cutoff=0.5)
    hint = f'did you mean "{lowered[close[0]]}"?' if close else 'see "realpolitik saves list".'
    raise UnknownSave(f'There is no save "{asked}": {hint}')


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def free_path(folder: Path, map_id: str, state: str = "") -> Path:
    """A path without a file: "europe-1909 Germany.json", then "europe-1909 Germany 2.json".

    `state` is the name of the player's state; None if the AI plays all states.
    """
    return first_free(next(names(folder, map_id, state)))


def names(folder: Path, map_id: str, state: str = "") -> Iterator[Path]:
    """The paths that `free_path` looks at, in their order; ten thousand of them."""
    path = folder / f"{_in_a_name(map_id)} {_in_a_name(state) or 'AI'}{ENDING}"
    return _numbered(path)


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    stem = path.name.removesuffix(ENDING)
    for number in range(2, 10_000):
        yield path.with_name(f"{stem} {number}{ENDING}")


def first_free(path: Path) -> Path:
    """`path` itself, or with the first number, from 2, for which there is no file."""
    free = (one for one in _numbered(path) if not one.exists() and not one.is_symlink())
    return next(free, path)


def _in_a_name(text: str) -> str:
    allowed = "".join(letter for letter in clean_text(text) if letter not in '/\\:*?"<>|')
    encoded = allowed.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return encoded.strip(" .")
