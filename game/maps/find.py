"""Where shipped maps are, and which file a name means."""

import difflib
from pathlib import Path

import game
from game.maps.map_problem import UnknownMap

RANDOM = "random:"
"""What the name of a random map begins with (`game.random_maps`)."""


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
    """The file that a shipped id or a path means.

    An id goes first; a file in the working folder of the same name is reached by `./NAME` or
    with its ending. Raises `UnknownMap` (with suggestions) if there is no such map. Whether the
    file is a good map is not looked at.
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
