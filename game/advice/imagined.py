"""Others as a player imagines them: their beliefs, their doctrines' lenses, their likely habits.

No two states reckon quite as their doctrine says, and nobody is told how (`doctrine.Habits`). So a
forecast is the mean over habits that a state may have; each answer that it gives makes some of them
likelier than others. Nothing here reads an envelope.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import exp, log

from game.theory.doctrine import PLAIN, Habits, habit_factor
from game.theory.frame import Frame
from game.world.beliefs import Beliefs

TRIED = 6
"""How many habits of a great power are tried; half as many of a lesser state, which has fewer."""
SURPRISE = 0.03
"""The least likelihood of an answer: something that was not foreseen may have decided it."""

LEAST = 1e-6
"""Nothing that a state may be is ever ruled out."""

Shares = Mapping[tuple[str, str], tuple[float, ...]]
"""(state, reading) -> how likely each of the habits that are tried is."""


@dataclass(frozen=True, slots=True)
class Imagined:
    """What a player takes others to be, as far as forecasts need it."""

    estimate: Beliefs
    """What they believe of one another."""
    frame: Frame
    """The doctrines, on one scale."""
    great: frozenset[str]
    """The great powers of the start, who alone have all kinds of habits, whatever they become."""
    alike: bool = False
    """Whether nobody has habits of its own, as in teaching mode."""
    shown: Shares = field(default_factory=dict)
    """What answers showed of habits."""

    def habits(self, state: str, reading: str) -> list[tuple[Habits, float]]:
        """The habits that a state may have, and how likely each is if the reading is right."""
        if self.alike:
            return [(PLAIN, 1.0)]
        tried = _LIKELY[state in self.great]
        even = (1 / len(tried),) * len(tried)
        return list(zip(tried, self.shown.get((state, reading), even), strict=True))

    def having_seen(self, state: str, reading: str, likelihoods: list[float]) -> "Imagined":
        """The same after an answer of a state, by how likely each of its habits made it."""
        if self.alike:
            return self
        before = self.shown.get((state, reading), (1.0,) * len(likelihoods))
        logs = [
            log(max(share, LEAST)) + log(max(likely, SURPRISE))
            for share, likely in zip(before, likelihoods, strict=True)
        ]
        weights = [exp(one - max(logs)) for one in logs]
        shares = tuple(weight / sum(weights) for weight in weights)
        return replace(self, shown={**self.shown, (state, reading): shares})


def _spread(base: int, number: int) -> float:
    """The `number`-th point of van der Corput's sequence, which fills 0 to 1 evenly."""
    point, scale = 0.0, 1.0
    while number:
        number, digit = divmod(number, base)
        scale /= base
        point += digit * scale
    return point


def _tried(great: bool) -> Iterator[Habits]:
    """Habits spread evenly over those that may be drawn (`rivals.envelope.seal`)."""
    number = TRIED if great else TRIED // 2
    for at in range(number):
        habits = Habits(
            feeding=habit_factor(_spread(2, at + 1)), entanglement=habit_factor(_spread(3, at + 1))
        )
        if great:
            contest, allies = habit_factor((at + 0.5) / number), habit_factor(_spread(5, at + 1))
            habits = replace(habits, contest=contest, allies=allies)
        yield habits


_LIKELY = {great: tuple(_tried(great)) for great in (True, False)}
