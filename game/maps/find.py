"""Where the shipped maps and the player's own are, and which file a name means."""

import difflib
from pathlib import Path

import game
from game.files.user_maps import user_maps_folder
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
    return ids_in(maps_folder())


def ids_in(folder: Path) -> list[str]:
    """Ids of the maps in a folder, in alphabetical order; none where it cannot be read."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix == ".json"]
    except OSError:
        return []
    return sorted(path.stem for path in paths if not path.name.endswith(".schema.json"))


def known_ids() -> list[str]:
    """Ids of the shipped maps, then of the player's own that have no shipped one's id."""
    shipped = shipped_ids()
    return shipped + [name for name in ids_in(user_maps_folder()) if name not in shipped]


def resolve_map(name_or_path: str | Path) -> Path:
    """The file that a shipped id, an id in the player's folder or a path means.

    A shipped id goes first; a file in the working folder of the same name is reached by `./NAME`
    or with its ending. A path is tried as it is, then with `.json`. Raises `UnknownMap` (with
    suggestions) if there is no such map. Whether the file is a good map is not looked at.
    """
    name = str(name_or_path)
    ids = shipped_ids()
    if name in ids:
        return maps_folder() / f"{name}.json"
    path = Path(name).expanduser() if name and "\0" not in name else None
    own = user_maps_folder()
    if path is not None:
        candidates = [path, path.with_name(path.name + ".json")] if path.name else [path]
        if path.parent == Path():
            candidates += [own / f"{path.name}.json", own / path.name]
        found = next((one for one in candidates if _exists(one)), None)
        if found is not None:
            return found
    wanted = name.casefold().removesuffix(".json")
    if wanted in ids and path is not None and path.parent == Path():
        return maps_folder() / f"{wanted}.json"
    known = known_ids()
    close = difflib.get_close_matches(Path(wanted).name if wanted else "", known, n=3, cutoff=0.5)
    raise UnknownMap(name, close, known)


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False
