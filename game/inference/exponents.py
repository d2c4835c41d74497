"""The lens that fits best whom a state names and opposes, as four exponents.

BOT is (1, 1, 1, 1) and BOP (1, 0, 0, 0), in the order of `NAMES`: power is the unit, and each other
exponent says how much a factor of danger counted beside it (THEORY T1, W1).

The choices are those of an adversary, given that one is named or opposed. The chance of each is
taken as proportional to the product of its factors of danger, each to a free power, and of the
plain figures that have nothing to do with danger (`hypotheses`): a conditional logit (McFadden
1974) of which the coefficient of a factor, beside that of power, is its exponent. Intervals are
profile-likelihood intervals (Venzon & Moolgavkar 1988): an exponent is held at each value of a grid
and all else fitted again, and the interval ends where the log-likelihood has fallen by `level`
below its maximum. An end beyond `BOUNDS` is None. All values of the grid are fitted as one array.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from game.history import History
from game.inference.choice_fit import Fitted, Stack, fitted
from game.inference.choice_sets import ANSWER, COLUMN, NAME, SIDE, ChoiceSet, seen_choices
from game.inference.hypotheses import lens_readings
from game.messages import Interruption
from game.theory.doctrine import Exponents, Lens
from game.theory.families.pact_worth import Pacts
from game.theory.lens import Scale, views
from game.world.memo import remembering
from game.world.sight import Floats, Sight

NAMES = ("power", "proximity", "offense", "intentions")
BOUNDS = (-2.0, 4.0)
"""The lowest and the highest exponent that is tried."""
GRID = np.linspace(*BOUNDS, 121)
FEWEST = 8
"""With fewer choices than this no exponents are fitted."""
CENTRE = (1.0, 0.5, 0.5, 0.5)
"""The lens around which danger is taken to be a product of powers: between the two theories."""
KINDS_USED = (NAME, SIDE, ANSWER)
STEP = 0.5
"""How far to either side of it each exponent is moved, to find its factor."""
SPREAD = 6.0
"""The standard deviation of the prior of a factor's coefficient, wide beside what is found."""
LEAST = 1e-6
"""The least danger, beside the most dangerous state, of which a logarithm is taken."""
_PLAIN = {
    kind: tuple(name for name, _ in lens_readings(kind)["BOT"][0][1].plain)
    for kind in KINDS_USED
}
"""The plain figures of each kind of choice."""
_OF_ANY = tuple(dict.fromkeys(name for kind in _PLAIN for name in _PLAIN[kind]))
_PRIOR = {
    name: prior for kind in _PLAIN for name, prior in lens_readings(kind)["BOT"][0][1].plain
}
_ANY_SCALE = Scale(1.0, 1.0)
Progress = Callable[[int, int], None]
"""A function called with (done, total)."""


class Cancelled(Interruption):
    """Raised by a fit when its `cancelled` function returns True."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An exponent: the estimate, and the ends of its 90% interval; None where unbounded."""

    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """The lens that fits a state's choices of an adversary best."""

    state: str
    exponents: Mapping[str, Interval]
    """By name, in the order of `NAMES`."""
    decisions: int
    """How many choices were fitted."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A choice of an adversary, with what each factor of danger says of the options."""

    taken: int
    factors: Floats
    """The logarithm of each factor, beside that of the most dangerous: [option, factor]."""
    plain: Floats
    """[option, figure of the kind]; those of other kinds are 0."""


NOTHING = Interval(None, None, None)


def choices_of(history: History, states: Sequence[str]) -> dict[str, list[Choice]]:
    """State -> its choices of an adversary, in order of time."""
    found: dict[str, list[Choice]] = {state: [] for state in states}
    with remembering([world for record in history.turns for world in record.worlds]):
        for choice, sight, pacts in seen_choices(history, states, KINDS_USED):
            if choice.kind == ANSWER and not pacts.named.any():
                continue
            factors = _factors(sight, pacts)
            if choice.kind == ANSWER:
                factors = np.concatenate([np.zeros_like(factors), factors])
            found[choice.state].append(Choice(choice.taken, factors, _plain(choice)))
    return found


def _factors(sight: Sight, pacts: Pacts) -> Floats:
    """How the logarithm of each adversary's danger moves with each exponent: [option, factor]."""
    columns = []
    for index in range(len(NAMES)):
        low, high = (
            _log_danger(sight, pacts, _moved(index, step)) for step in (-STEP, STEP)
        )
        columns.append((high - low) / (2 * STEP))
    return np.column_stack(columns)


def _moved(index: int, step: float) -> Exponents:
    one, two, three, four = (
        value + step * (place == index) for place, value in enumerate(CENTRE)
    )
    return one, two, three, four


def _log_danger(sight: Sight, pacts: Pacts, exponents: Exponents) -> Floats:
    """The logarithm of how dangerous each adversary looks, beside the most dangerous: [option]."""
    (seen,) = views([sight], Lens(exponents, poles_only=False), _ANY_SCALE)
    danger = seen.faced[seen.me]
    worst = max(float(danger.max()), 1e-12)
    return np.asarray(np.log(np.maximum(danger[pacts.adversary] / worst, LEAST)))


def _plain(choice: ChoiceSet) -> Floats:
    """The plain figures of a choice's options: [option, figure of `_OF_ANY`]."""
    rows = np.zeros((len(choice.plain), len(_OF_ANY)))
    for place, name in enumerate(_OF_ANY):
        if name in _PLAIN[choice.kind]:
            rows[:, place] = choice.plain[:, COLUMN[name]]
    return rows


def exponents(state: str, choices: Sequence[Choice]) -> Fit:
    """The exponents that fit a state's choices of an adversary best, each with its 90% interval.

    With fewer than `FEWEST` choices, or where power moved none of them, every exponent is None.
    """
    nothing = Fit(state, dict.fromkeys(NAMES, NOTHING), len(choices))
    if len(choices) < FEWEST:
        return nothing
    rows = _Rows.of(choices)
    free = rows.fitted(np.eye(len(NAMES))[None])
    power = float(free.weights[0, 0])
    if power <= 0:
        return nothing
    found = {NAMES[0]: Interval(1.0, 1.0, 1.0)}
    for index in range(1, len(NAMES)):
        found[NAMES[index]] = _interval(rows, index, float(free.height[0]), len(choices))
    return Fit(state, found, len(choices))


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The options of all choices as rows."""

    factors: Floats
    """[row, factor]."""
    plain: Floats
    """[row, figure], each in units of its prior's standard deviation."""
    offset: Floats
    """The utility of each option by the means of those priors: [row]."""
    starts: Floats
    counts: Floats
    taken: Floats

    @classmethod
    def of(cls, choices: Sequence[Choice]) -> "_Rows":
        """Of some choices (at least one)."""
        means, spreads = np.array([_PRIOR[name] for name in _OF_ANY]).T
        plain = np.concatenate([one.plain for one in choices])
        counts = np.array([len(one.plain) for one in choices])
        starts = np.cumsum(counts) - counts
        taken = starts + np.array([one.taken for one in choices])
        factors = np.concatenate([one.factors for one in choices])
        return cls(factors, plain * spreads, plain @ means, starts, counts, taken)

    def fitted(self, mixes: Floats) -> Fitted:
        """All else fitted, for each way in which coefficients make those of the factors.

        `mixes` are [way, coefficient, factor]; each way's coefficients come first in the weights.
        """
        seen = SPREAD * np.einsum("rf,wcf->wrc", self.factors, mixes)
        plain = np.broadcast_to(self.plain, (len(mixes), *self.plain.shape))
        offset = np.broadcast_to(self.offset, (len(mixes), len(self.offset)))
        features = np.concatenate([seen, plain], axis=2)
        return fitted(Stack(features, offset, self.starts, self.counts, self.taken))


def _interval(rows: _Rows, index: int, top: float, choices: int) -> Interval:
    """An exponent and the ends of its interval, by its profile over `GRID`."""
    others = [place for place in range(1, len(NAMES)) if place != index]
    mixes = np.zeros((len(GRID), len(NAMES) - 1, len(NAMES)))
    mixes[:, 0, 0], mixes[:, 0, index] = 1.0, GRID
    for coefficient, place in enumerate(others, start=1):
        mixes[:, coefficient, place] = 1.0
    profile = rows.fitted(mixes)
    # A power that repels is no scale for the others.
    height = np.where(profile.weights[:, 0] > 0, profile.height, -np.inf)
    best = int(np.argmax(height))
    inside = height >= max(top, float(height[best])) - level(choices)
    places = np.flatnonzero(inside) if inside.any() else np.array([best])
    low, high = int(places[0]), int(places[-1])
    return Interval(
        float(GRID[best]),
        None if low == 0 else float(GRID[low]),
        None if high == len(GRID) - 1 else float(GRID[high]),
    )


def level(choices: int) -> float:
    """By how much the log-likelihood at the ends of a 90% interval is below the maximum.

    Half the 90% point of chi squared with one degree of freedom; with few choices it is larger, in
    the ratio of an F to a chi squared quantile, because all else was fitted to the same choices.
    """
    spare = max(4, choices - len(NAMES))
    return 0.5 * 2.7055 * choices / spare


def fits(
    history: History,
    states: Sequence[str],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Fit]:
    """State -> its exponents, for several states of a campaign; `progress` runs over all of them.

    Raises Cancelled when `cancelled` says so.
    """
    found = {}
    choices = choices_of(history, states)
    for number, state in enumerate(states):
        if cancelled is not None and cancelled():
            raise Cancelled
        found[state] = exponents(state, choices[state])
        if progress is not None:
            progress(number + 1, len(states))
    return found
