"""From signed terms to a pick: one utility an option, a small seeded noise, one draw (THEORY S1).

Utilities are rounded and ties fall by the options' order, so that the same world gives the same
pick on every machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.theory.doctrine import TERMS
from game.world.orders import Terms
from game.world.sight import Floats

TEMPERATURE = 0.014
"""The noise of a choice, in the unit of utility (trials in THEORY)."""
TO_ACT = 0.5
"""The noise of acting at all, as a share of the temperature."""
OPEN = 0.25
"""How likely other terms must have been for a refusal to name them."""
TERM = {name: index for index, name in enumerate(TERMS)}
"""A term's column."""


@dataclass(frozen=True, slots=True, eq=False)
class Appraisal:
    """A menu as a state weighs it: its options and each one's raw terms, before weights.

    Option 0 is to do nothing (or to decline). `hesitant` families first ask whether the best is
    worth acting on at all; the others simply choose.
    """

    family: str
    options: Sequence[Any]
    terms: Floats
    """[option, term]."""
    hesitant: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A decision as it was made: a pure function of sight and seat, recomputed when wanted."""

    family: str
    options: Sequence[Any]
    terms: Floats
    """[option, term], weighted and signed: a row sums to the option's utility."""
    probabilities: Floats
    pick: int
    asked: Any = None
    """The question that was answered; None for an order."""

    @property
    def chosen(self) -> Any:
        """The option picked."""
        return self.options[self.pick]

    def brief(self, *, with_full: bool = False) -> "BriefRecord":
        """What letters and reports need of it, without its menu and its arrays.

        `with_full` keeps the record itself beside that.
        """
        row = self.terms[self.pick] - self.terms[0] if self.pick else self._best_left_undone()
        full = self if with_full else None
        return BriefRecord(self.family, self.chosen, self.asked, row, self._other_terms(), full)

    def _best_left_undone(self) -> Floats:
        """For a decision not to act: the terms of the best thing left undone."""
        if len(self.options) < 2:
            return np.array(self.terms[0])
        best = 1 + int(np.argmax(self.terms[1:].sum(axis=1)))
        return np.asarray(self.terms[best] - self.terms[0])

    def _other_terms(self) -> Terms | None:
        """The likeliest terms on which one who declined an offer would have signed, if any were."""
        if self.family != "answers" or self.chosen != "decline":
            return None
        best, chance = None, OPEN
        for option, likely in zip(self.options, self.probabilities, strict=True):
            if isinstance(option, Terms) and float(likely) > chance:
                best, chance = option, float(likely)
        return best


@dataclass(frozen=True, slots=True, eq=False)
class BriefRecord:
    """What is kept of a decision: enough for its reasons; all else can be computed again."""

    family: str
    chosen: Any
    """The option picked."""
    asked: Any
    """The question that was answered; None for an order."""
    weighed: Floats
    """The signed terms of what was picked (if that was nothing: of the best left undone), less
    those of doing nothing: [term]."""
    other_terms: Terms | None
    """The terms on which one who declined an offer would rather have signed."""
    full: Record | None = None
    """The record itself, where the campaign keeps them (`play.Position.full_records`)."""

    def reasons(self, most: int = 3) -> list[tuple[str, float]]:
        """The largest signed terms of what was picked, largest first, against doing nothing."""
        row = self.weighed.tolist()
        order = sorted(range(len(TERMS)), key=lambda index: (-abs(row[index]), index))
        return [
            (TERMS[index], round(row[index], 3)) for index in order[:most] if abs(row[index]) > 1e-4
        ]


def utilities(terms: Floats, weights: Floats) -> Floats:
    """Each option's utility, rounded to 1e-9: [option]."""
    return np.asarray((terms @ weights).round(9))


def probabilities(
    utility: Floats,
    temperature: float,
    hesitant: bool,
    allowed: NDArray[np.bool_] | None = None,
) -> Floats:
    """How likely each option is: [option].

    A plain choice is a softmax. A hesitant one picks the thing worth doing by a softmax, then does
    it with the logistic probability that it is better than nothing. Both tend to chance alone as
    the temperature grows.
    """
    if not hesitant:
        return _softmax(utility, temperature, allowed)
    result = np.zeros(len(utility))
    acts = utility[1:]
    some = None if allowed is None else allowed[1:]
    if len(acts) if some is None else some.any():
        loss = (utility[0] - acts) / (temperature * TO_ACT)
        willing = 1.0 + np.exp(np.minimum(np.maximum(loss, -60.0), 60.0))
        result[1:] = _softmax(acts, temperature, some) / willing
    result[0] = max(0.0, 1.0 - float(result[1:].sum()))
    return result


def _softmax(value: Floats, temperature: float, allowed: NDArray[np.bool_] | None) -> Floats:
    """One where `allowed` leaves something open: [option]."""
    best = value.max() if allowed is None else value[allowed].max()
    scaled = np.maximum((value - best) / temperature, -700.0)
    weight = np.exp(scaled if allowed is None else np.minimum(scaled, 0.0))
    if allowed is not None:
        weight[~allowed] = 0.0
    return np.asarray(weight / weight.sum())


def pick(chances: Floats, draw: float) -> int:
    """The option on which a draw in [0, 1) falls."""
    total = chances.cumsum().round(12)
    index = int(total.searchsorted(draw * float(total[-1]), side="right"))
    return min(index, len(chances) - 1)


def decide(
    appraisal: Appraisal,
    weights: Floats,
    temperature: float,
    draw: Callable[..., float],
    *subject: str | int,
    allowed: NDArray[np.bool_] | None = None,
    asked: Any = None,
) -> Record:
    """Decide: one draw, keyed by the family and the subject. `asked` is kept with the record."""
    weighted = appraisal.terms * weights[None, :]
    utility = utilities(appraisal.terms, weights)
    chances = probabilities(utility, temperature, appraisal.hesitant, allowed)
    chosen = pick(chances, draw(appraisal.family, *subject))
    return Record(appraisal.family, appraisal.options, weighted, chances, chosen, asked)
