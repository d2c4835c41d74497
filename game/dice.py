"""Random numbers that depend on a key alone, so that one changed order changes no other draw."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

Subject = str | int
Draw = Callable[..., float]
"""`draw(*subject)` returns a number in [0, 1); the first parts of the key are already given."""


def draw(seed: int, turn: int, phase: str, actor: str, *subject: Subject) -> float:
    """A number in [0, 1) that depends on its key alone (53 bits, exact in a float).

    Make one draw for each choice. Parts of a key are strings and integers; different keys never
    give the same text (1 and "1" differ, and so do ("ab", "c") and ("a", "bc")).
    """
    hashed = _keyed_by(seed).copy()
    hashed.update(repr((turn, phase, actor, *subject)).encode())
    return (int.from_bytes(hashed.digest(), "big") >> 11) / (1 << 53)


@lru_cache(maxsize=64)
def _keyed_by(seed: int) -> blake2b:
    """A hash that has taken in its key and nothing else; to be copied."""
    return blake2b(digest_size=8, key=seed.to_bytes(16, "big", signed=True))


def dice(seed: int) -> Draw:
    """`draw` with a fixed seed: `dice(seed)(turn, phase, actor, *subject)`."""

    def keyed(turn: int, phase: str, actor: str, *subject: Subject) -> float:
        return draw(seed, turn, phase, actor, *subject)

    return keyed
