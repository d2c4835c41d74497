"""Random maps by name: `random:SEED`, or `random:SEED:STATES`, or `random:SEED:STATES:GREAT`."""

from game.maps.find import RANDOM
from game.maps.map_problem import UnknownMap, shown
from game.random_maps.random_map import BadSize, random_data, random_text
from game.world.map_document import MapDoc, from_data

LONGEST = 18
"""The most digits of a seed."""


class NoSuchRandomMap(UnknownMap):
    """A name begins with `random:` but names no random map."""

    def __init__(self, name: str, why: str = "") -> None:
        super().__init__(name, [], [])
        self.args = (
            f"{shown(name)} names no random map. {why or 'Write random:SEED, as random:7.'}",
        )


def map_named(name: str) -> MapDoc:
    """The random map that a name stands for. Raises NoSuchRandomMap."""
    seed, states, great = _numbers(name)
    try:
        return from_data(random_data(seed, states=states, great=great))
    except BadSize as problem:
        raise NoSuchRandomMap(name, str(problem)) from None


def text_named(name: str) -> str:
    """The text of that map's file. Raises NoSuchRandomMap."""
    seed, states, great = _numbers(name)
    try:
        return random_text(seed, states=states, great=great)
    except BadSize as problem:
        raise NoSuchRandomMap(name, str(problem)) from None


def _numbers(name: str) -> tuple[int, int | None, int | None]:
    parts = name.removeprefix(RANDOM).split(":")
    digits = [parts[0].removeprefix("-"), *parts[1:]]
    if len(parts) > 3 or not all(
        one.isascii() and one.isdigit() and len(one) <= LONGEST for one in digits
    ):
        raise NoSuchRandomMap(name)
    seed, states, great = (*map(int, parts), None, None)[:3]
    assert seed is not None
    return seed, states, great
