"""From signed terms to a pick: one utility an option, a small seeded noise, one draw (THEORY S1).

Utilities are rounded and ties fall by the options' order, so that the same world gives the same
pick on every machine.
"""

from collections.abc import Sequence
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


# The classes of this file are not frozen, though nobody changes an instance: a turn makes hundreds,
# and a frozen one takes several times as long to make.
@dataclass(slots=True, eq=False)
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


@dataclass(slots=True, eq=False)
class Record:
    """A decision as it was made: a pure function of sight and seat, recomputed when wanted."""

    family: str
    options: Sequence[Any]
    terms: Floats
    """[option, term], weighted and signed."""
    totals: Floats
    """Its sums, each option's utility: [option]."""
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
        best = 1 + int(self.totals[1:].argmax())
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


@dataclass(slots=True, eq=False)
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


@dataclass(slots=True, eq=False)
class Choice:
    """A menu to be decided, and how its state chooses."""

    appraisal: Appraisal
    weights: Floats
    """[term]."""
    temperature: float
    draw: float
    """In [0, 1): one for each decision, keyed by its family and its subject."""
    allowed: NDArray[np.bool_] | None = None
    """Which options are open: [option]; None: all."""
    asked: Any = None
    """The question that is answered; kept with the record."""


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
    is_open = np.ones(len(utility), dtype=np.bool_) if allowed is None else allowed
    menus = _Menus([len(utility)])
    return _probabilities(menus, utility, np.array([temperature]), np.array([hesitant]), is_open)


class _Menus:
    """Several menus set one after another: row by row, the options of each."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = np.array(sizes)
        self.ends = self.sizes.cumsum()
        self.starts = self.ends - self.sizes
        self.of = np.repeat(np.arange(len(sizes)), self.sizes)
        """Whose option a row is: [row]."""


def _probabilities(
    menus: _Menus,
    utility: Floats,
    temperature: Floats,
    hesitant: NDArray[np.bool_],
    allowed: NDArray[np.bool_],
) -> Floats:
    """How likely each option of several menus is: [row]; the temperature by menu."""
    starts, of = menus.starts, menus.of
    doubts = hesitant[of]
    things = allowed.copy()
    things[starts[hesitant]] = False
    best = np.maximum.reduceat(np.where(things, utility, -np.inf), starts)
    below = np.maximum((utility - best[of]) / temperature[of], -700.0)
    weight = np.where(things, np.exp(np.minimum(below, 0.0)), 0.0)
    # A hesitant menu may hold nothing to do: then nothing is shared out.
    result = weight / np.maximum(np.add.reduceat(weight, starts), 1e-300)[of]
    loss = (utility[starts][of] - utility) / (temperature * TO_ACT)[of]
    willing = 1.0 + np.exp(np.minimum(np.maximum(loss, -60.0), 60.0))
    result = np.where(doubts, result / willing, result)
    left = np.maximum(1.0 - np.add.reduceat(result, starts), 0.0)
    result[starts[hesitant]] = left[hesitant]
    return np.asarray(result)


def _picks(menus: _Menus, chances: Floats, draws: Floats) -> list[int]:
    """The option of each menu on which its draw in [0, 1) falls: [menu]."""
    running = chances.cumsum()
    before = running[menus.starts] - chances[menus.starts]
    within = (running - before[menus.of]).round(12)
    reached = within <= (draws * within[menus.ends - 1])[menus.of]
    passed = np.add.reduceat(reached, menus.starts, dtype=np.int64)
    picks: list[int] = np.minimum(passed, menus.sizes - 1).tolist()
    return picks


def pick(chances: Floats, draw: float) -> int:
    """The option on which a draw in [0, 1) falls."""
    return _picks(_Menus([len(chances)]), chances, np.array([draw]))[0]


def decide(choices: Sequence[Choice]) -> list[Record]:
    """Decide menus, each by itself: one draw each."""
    if not choices:
        return []
    appraisals = [choice.appraisal for choice in choices]
    menus = _Menus([len(one.terms) for one in appraisals])
    terms = np.concatenate([one.terms for one in appraisals])
    weighted = terms * np.array([choice.weights for choice in choices])[menus.of]
    totals = weighted.sum(axis=1)
    allowed = np.ones(len(terms), dtype=np.bool_)
    for choice, start, end in zip(choices, menus.starts, menus.ends, strict=True):
        if choice.allowed is not None:
            allowed[start:end] = choice.allowed
    chances = _probabilities(
        menus,
        totals.round(9),
        np.array([choice.temperature for choice in choices]),
        np.array([one.hesitant for one in appraisals]),
        allowed,
    )
    picks = _picks(menus, chances, np.array([choice.draw for choice in choices]))
    made, start = [], 0
    for choice, end, chosen in zip(choices, menus.ends.tolist(), picks, strict=True):
        one, own = choice.appraisal, slice(start, end)
        made.append(
            Record(
                one.family,
                one.options,
                weighted[own],
                totals[own],
                chances[own],
                chosen,
                choice.asked,
            )
        )
        start = end
    return made
