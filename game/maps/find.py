"""The folder of shipped maps, and the file that a name stands for."""

import difflib
from pathlib import Path

import game
from game.maps.map_problem import UnknownMap

RANDOM = "random:"
"""The prefix of the names of random maps (`game.random_maps`)."""


def maps_folder() -> Path:
    """The folder of the shipped maps: beside the package in a checkout, inside it in a wheel."""
    package = Path(game.__file__).resolve().parent
    if (package.parent / "pyproject.toml").is_file():
        return package.parent / "maps"
    return package / "shipped" / "maps"


def shipped_ids() -> list[str]:
    """Ids of the shipped maps, in alphabetical order. A broken one is listed too."""
    folder = maps_folder()
    if not folder.is_dir():
        return []
    return sorted(
        path.stem for path in folder.glob("*.json") if not path.name.endswith(".schema.json")
    )


def resolve_map(name_or_path: str | Path) -> Path:
    """The file that a shipped map's id, or a path, stands for.

    An id has priority: for a file of the same name in the working folder write `./NAME`, or the
    name with its ending. The file itself is not checked. Raises `UnknownMap`, with suggestions, if
    there is no such map.
    """
    name = str(name_or_path)
    ids = shipped_ids()
    if name in ids:
        return maps_folder() / f"{name}.json"
    path = Path(name).expanduser() if name and "\0" not in name else None
    try:
        if path is not None and (path.exists() or path.is_symlink()):
            return path
    except OSError:
        path = None
    wanted = name.casefold().removesuffix(".json")
    if wanted in ids and path is not None and path.parent == Path():
        return maps_folder() / f"{wanted}.json"
    close = difflib.get_close_matches(Path(wanted).name if wanted else "", ids, n=3, cutoff=0.5)
    raise UnknownMap(name, close, ids)
