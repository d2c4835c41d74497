"""Chance: keyed draws without state, so that one changed order leaves all other dice alone."""

from collections.abc import Callable
from hashlib import blake2b

Subject = str | int
Draw = Callable[..., float]
"""`draw(*subject) -> [0, 1)`: a draw whose leading keys are already given."""


def draw(seed: int, turn: int, phase: str, actor: str, *subject: Subject) -> float:
    """A number in [0, 1) that depends on its key alone (53 bits, exact in a float).

    One draw a choice. Keys are strings and integers; a string cannot be mistaken for an integer,
    nor one key list for another.
    """
    key = repr((turn, phase, actor, *subject)).encode()
    digest = blake2b(key, digest_size=8, key=seed.to_bytes(16, "big", signed=True)).digest()
    return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


def dice(seed: int) -> Draw:
    """`draw` with the campaign's seed given: `dice(seed)(turn, phase, actor, *subject)`."""

    def keyed(turn: int, phase: str, actor: str, *subject: Subject) -> float:
        return draw(seed, turn, phase, actor, *subject)

    return keyed
