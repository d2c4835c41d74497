"""Random whole numbers for a map; each depends on what it is used for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from game.dice import Subject, draw

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Keys:
    """The random numbers of one map. Each depends on its subject, and not on earlier numbers."""

    seed: int
    attempt: int = 0
    """The number of the attempt: a bad map is drawn again."""

    def below(self, limit: int, topic: str, *subject: Subject) -> int:
        """A whole number from 0 up to less than `limit`."""
        return int(draw(self.seed, self.attempt, "map", topic, *subject) * limit)

    def between(self, least: int, most: int, topic: str, *subject: Subject) -> int:
        """A whole number from `least` to `most`."""
        return least + self.below(most - least + 1, topic, *subject)

    def pick(self, things: Sequence[T], topic: str, *subject: Subject) -> T:
        """One of some items."""
        return things[self.below(len(things), topic, *subject)]

    def shuffled(self, things: Sequence[T], topic: str, *subject: Subject) -> list[T]:
        """The items in random order."""
        order = sorted(
            range(len(things)),
            key=lambda index: (self.below(1 << 40, topic, *subject, index), index),
        )
        return [things[index] for index in order]
