"""Loads a map for playing."""

from pathlib import Path

from game.maps.check import read_and_check, read_bytes
from game.maps.find import RANDOM, resolve_map
from game.maps.map_problem import MapProblems, Problem
from game.world.map_document import MapDoc


def load_map(name_or_path: str | Path) -> MapDoc:
    """A checked map: of a shipped id, at a path, or a random one such as `random:7`.

    Raises `UnknownMap` if there is no such map, `MapProblems` (with all problems) if it has errors.
    Warnings are not searched for.
    """
    if str(name_or_path).startswith(RANDOM):
        from game.maps.random_by_name import map_named

        return map_named(str(name_or_path))
    path = resolve_map(name_or_path)
    data = read_bytes(path)
    if isinstance(data, Problem):
        raise MapProblems([data], path)
    checked = read_and_check(data, doubts=False)
    if checked.doc is None:
        raise MapProblems(checked.problems, path)
    return checked.doc
