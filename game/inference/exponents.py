"""The lens that a state's conduct shows, as four exponents: BOT is (1, 1, 1, 1), BOP (1, 0, 0, 0).

Maximum likelihood, with profile-likelihood intervals (Venzon & Moolgavkar 1988): an end is where
the best that any other exponents, noise and weights can do falls short of the best of all by half
the 90% point of chi squared with one degree of freedom. Exponents may be negative; an end beyond
`BOUNDS` is None. Both scopes (all states, poles alone) are tried. The terms of a decision are
expanded around a lens, by their logs, and expanded anew until the best stays where it is.

scipy is imported here and only inside the fit.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.history import History
from game.inference.likelihood import chances, slope
from game.inference.priors import FACTOR, NOISES, lens_sets, weight_sets
from game.inference.rebuilt_beliefs import rebuilt
from game.inference.weighing import Weighing
from game.theory.choice_rule import TERM
from game.theory.doctrine import TERMS, Lens
from game.world.sight import Floats

NAMES = ("power", "proximity", "offense", "intentions")
BOUNDS = (-2.0, 4.0)
"""Exponents beyond which nothing is told apart."""
STEP = 0.05
"""The step of the expansion's differences."""
TRUST = 0.8
"""How far from its centre an expansion is trusted."""
GAIN = 0.05
"""A climb ends where its next step promises less than this, as a log."""
ROUNDS = 6
"""Expansions at the most, for each scope."""
FEWEST = 10
"""Decisions without which no exponents are fitted."""
HOPELESS = 25.0
"""A start that falls short by so much, as a log, before any climb, is given up."""
LOOKED_AT = 24
"""Sets of weights that are looked at for a start, beside the declared ones."""
PEAKS = 2
"""How many of them are climbed from."""
SAME = 0.2
"""Two bests that are nearer than this are one."""
STARTS: tuple[Lens, ...] = (
    Lens((1.0, 1.0, 1.0, 1.0), False),
    Lens((1.0, 0.0, 0.0, 0.0), False),
    Lens((0.3, 1.0, 0.3, 0.3), False),
    Lens((0.3, 0.3, 0.3, 1.0), False),
    Lens((1.0, 0.0, 0.0, 0.0), True),
    Lens((1.0, 1.0, 1.0, 1.0), True),
)
"""Where the search may begin."""
Progress = Callable[[int, int], None]
"""Told (done, total) in weighings of the whole conduct; the total is the most there can be."""


class Cancelled(Exception):  # noqa: N818 (a wish, not a fault)
    """The fit was called off."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An exponent: the estimate, and the ends of its 90% interval; None where unbounded."""

    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """The lens that conduct shows."""

    state: str
    exponents: Mapping[str, Interval]
    poles_only: bool | None
    """Whether poles alone seem to count; None where either scope does as well."""
    decisions: int
    """How many decisions it rests on."""


NOTHING = Interval(None, None, None)
_FREE = ("feeding", "entanglement", "ideology", "gains", "spoils", "pact", "stake")
_COLUMNS = [TERM[name] for name in _FREE]
_LOGS = 2
"""The first of the free weights are factors, sought by their logs."""
_FACTOR = math.log(FACTOR)
_WEIGHTS = [
    *[(-_FACTOR, _FACTOR)] * _LOGS,
    *[(0.0, 2.0)] * 3,
    (-1.5, 0.5),
    (0.5, 1.5),
]
_NOISE = (math.log(NOISES[0]), math.log(NOISES[-1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Expansion:
    """Terms near a lens: base * exp(first . d + second . d^2 / 2), d the way from the centre."""

    centre: Floats
    base: Floats
    """[row, term]."""
    first: Floats
    """[exponent, row, term]."""
    second: Floats
    """[exponent, row, term]."""

    def at_centre(self) -> "_Expansion":
        """The same, of which nothing but the centre is known."""
        flat = np.zeros((4, 1, 1))
        return replace(self, first=flat, second=flat)


class _Fitter:
    """The search in one scope."""

    def __init__(
        self,
        weighing: Weighing,
        poles_only: bool,
        count: Callable[[], None],
    ) -> None:
        self.weighing = weighing
        self.poles_only = poles_only
        self._count = count

    def terms(self, exponents: Floats) -> Floats:
        self._count()
        one, two, three, four = (round(float(value), 6) for value in exponents)
        return self.weighing.terms(Lens((one, two, three, four), self.poles_only))

    def expand(self, centre: Floats) -> _Expansion:
        base = self.terms(centre)
        first, second = [], []
        for index in range(4):
            step = np.zeros(4)
            step[index] = STEP
            up, down = (_log_ratio(self.terms(centre + sign * step), base) for sign in (1.0, -1.0))
            first.append((up - down) / (2 * STEP))
            second.append((up + down) / STEP**2)
        return _Expansion(centre, base, np.array(first), np.array(second))

    def best(
        self,
        around: _Expansion,
        start: Floats,
        fixed: tuple[int, float] | None = None,
        trust: float = TRUST,
    ) -> tuple[float, Floats]:
        """The highest log-likelihood near an expansion, and where; one exponent may be held."""
        from scipy.optimize import minimize

        reach = trust if around.first.any() else 0.0
        bounds = [
            (max(BOUNDS[0], middle - reach), min(BOUNDS[1], middle + reach))
            for middle in around.centre
        ] + [_NOISE, *_WEIGHTS]
        if fixed is not None:
            bounds[fixed[0]] = (fixed[1], fixed[1])
        begin = np.array(
            [min(high, max(low, value)) for value, (low, high) in zip(start, bounds, strict=True)]
        )
        found = minimize(
            lambda point: self._cost(around, point),
            begin,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": 120, "ftol": 1e-9, "gtol": 1e-5},
        )
        return -float(found.fun), np.asarray(found.x)

    def _cost(self, around: _Expansion, point: Floats) -> tuple[float, Floats]:
        """Minus the log-likelihood and its slope, at exponents, the noise's log, and weights."""
        away = point[:4] - around.centre
        rates = around.first + around.second * away[:, None, None] / 2
        grown = np.exp(np.clip((rates * away[:, None, None]).sum(axis=0), -30.0, 30.0))
        terms = around.base * grown
        noise = math.exp(point[4])
        weights = np.ones(len(TERMS))
        weights[TERM["strength"]] = 0.0
        weights[_COLUMNS] = point[5:]
        weights[_COLUMNS[:_LOGS]] = np.exp(point[5 : 5 + _LOGS])
        worth = terms @ weights
        value, steep = slope(self.weighing.table, worth, noise)
        by_weight = steep @ terms
        result = np.empty(len(point))
        weighed = terms * weights
        slopes = around.first + around.second * away[:, None, None]
        result[:4] = [float(steep @ (weighed * one).sum(axis=1)) for one in slopes]
        result[4] = -float((worth * steep).sum())
        result[5:] = by_weight[_COLUMNS]
        result[5 : 5 + _LOGS] *= weights[_COLUMNS[:_LOGS]]
        return -value, -result

    def highest(self, around: _Expansion) -> tuple[float, Floats]:
        """The best from the likeliest of many noises and weights: there is more than one peak."""
        sets = _candidates()
        laid = replace(self.weighing.table, terms=around.base)
        logs = np.log(chances(laid, sets, np.array(NOISES))).sum(axis=0, dtype=np.float64)
        begins = []
        for at in np.argsort(-logs.max(axis=1))[:PEAKS]:
            noise = math.log(NOISES[int(np.argmax(logs[at]))])
            weights = sets[at][_COLUMNS]
            weights[:_LOGS] = np.log(weights[:_LOGS])
            begins.append(np.concatenate([around.centre, [noise], weights]))
        return max((self.best(around, begin) for begin in begins), key=lambda row: row[0])

    def climb(self, start: Floats) -> tuple[float, Floats, _Expansion]:
        """The best of the scope: expand, climb, weigh what was found, and again until it stays."""
        point, trust = start, TRUST
        held: tuple[float, Floats, _Expansion] | None = None
        for _ in range(ROUNDS):
            around = self.expand(point[:4])
            value, weighed = self.best(around.at_centre(), point)
            if held is None or value > held[0]:
                held = value, weighed, around
            else:
                trust /= 3
            promised, point = self.best(held[2], held[1], trust=trust)
            if promised < held[0] + GAIN:
                break
        assert held is not None
        return held

    def end(
        self, index: int, sign: int, floor: float, best: tuple[float, Floats, _Expansion]
    ) -> float | None:
        """Where the profile of an exponent falls to `floor`; None beyond the bounds."""
        value, point, around = best
        whole = value - floor
        here, stride = float(point[index]), 0.1
        last, height = here, whole
        while True:
            there = here + sign * stride
            if not BOUNDS[0] < there < BOUNDS[1]:
                return None
            if abs(there - around.centre[index]) > TRUST - 0.05:
                around = self.expand(_held(point[:4], index, last))
            value, point = self.best(around, point, (index, there))
            now = value - floor
            if now <= 0:
                return last + (there - last) * _bent(max(whole, height), height, now)
            last, height, here = there, now, there
            stride = min(0.4, stride * 1.6)


def _bent(whole: float, height: float, now: float) -> float:
    """How far along a stride a falling parabola of height `whole` crosses zero, by its ends."""
    high, low = math.sqrt(whole - height), math.sqrt(whole - now)
    if low - high < 1e-9:
        return 1.0
    return min(1.0, max(0.0, (math.sqrt(whole) - high) / (low - high)))


def level(decisions: int) -> float:
    """How far, as a log, the ends of a 90% interval stand below the best.

    Two things are told by one comparison, the exponent and who counts at all (the scope), so it is
    half the 90% point of chi squared with two degrees of freedom, log 10; with few decisions more,
    as in a regression (F in place of chi squared), for noise and weights were fitted to the same.
    """
    spare = max(4, decisions - len(_FREE) - 5)
    return math.log(10.0) * decisions / spare


def _held(exponents: Floats, index: int, value: float) -> Floats:
    result = exponents.copy()
    result[index] = value
    return result


def _log_ratio(terms: Floats, base: Floats) -> Floats:
    """The log of each term against the base; 0 where either is none, or the sign turns."""
    alike = terms * base > 0
    return np.where(alike, np.log(np.where(alike, terms, 1.0) / np.where(alike, base, 1.0)), 0.0)


def exponents(
    weighing: Weighing,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Fit:
    """The exponents that a state's conduct shows best, each with its 90% interval.

    Raises Cancelled when `cancelled` says so. Where there is next to no evidence, or where the
    state does not seem to care what a lens shows, every exponent is None.
    """
    done = 0

    def count() -> None:
        nonlocal done
        if cancelled is not None and cancelled():
            raise Cancelled
        done += 1
        if progress is not None:
            progress(min(done, MOST), MOST)

    nobody = Fit(weighing.state, dict.fromkeys(NAMES, NOTHING), None, len(weighing))
    if len(weighing) < FEWEST:
        return nobody
    scopes = {scope: _Fitter(weighing, scope, count) for scope in (False, True)}
    begun = [(scopes[lens.poles_only], *_begin(scopes[lens.poles_only], lens)) for lens in STARTS]
    hope = max(value for _, value, _ in begun) - HOPELESS
    modes: list[_Mode] = []
    for fitter, value, start in sorted(begun, key=lambda row: -row[1]):
        if value > hope:
            modes.append((fitter, *fitter.climb(start)))
    modes.sort(key=lambda mode: -mode[1])
    floor = modes[0][1] - level(len(weighing))
    near = _distinct([mode for mode in modes if mode[1] > floor])
    point = modes[0][2]
    result = {}
    for index, name in enumerate(NAMES):
        lows = [mode[0].end(index, -1, floor, mode[1:]) for mode in near]
        highs = [mode[0].end(index, +1, floor, mode[1:]) for mode in near]
        result[name] = Interval(
            float(point[index]),
            None if None in lows else min(low for low in lows if low is not None),
            None if None in highs else max(high for high in highs if high is not None),
        )
    scoped = {mode[0].poles_only for mode in near}
    if progress is not None:
        progress(MOST, MOST)
    scope = modes[0][0].poles_only if len(scoped) == 1 else None
    return Fit(weighing.state, result, scope, len(weighing))


MOST = 400
"""Weighings that a fit is taken to need at the most, for the bar that shows its progress."""


_Mode = tuple[_Fitter, float, Floats, _Expansion]


def _distinct(modes: list[_Mode]) -> list[_Mode]:
    """Bests that are not one another, the highest of each kept."""
    kept: list[_Mode] = []
    for mode in modes:
        if all(
            mode[0] is not other[0] or np.abs(mode[2][:4] - other[2][:4]).max() > SAME
            for other in kept
        ):
            kept.append(mode)
    return kept


def _begin(fitter: _Fitter, lens: Lens) -> tuple[float, Floats]:
    """The best noise and weights at a lens, and how likely conduct is then."""
    centre = np.array(lens.exponents, dtype=np.float64)
    base = fitter.terms(centre)
    flat = np.zeros((4, 1, 1))
    value, point = fitter.highest(_Expansion(centre, base, flat, flat))
    point[:4] = lens.exponents
    return value, point


def _candidates() -> Floats:
    """Sets of weights to begin from: [set, term]."""
    declared = [weight_sets(name)[:1] for name in ("BOP", "BOT", "ISOLATION")]
    return np.concatenate([*declared, lens_sets(LOOKED_AT)])


def fits(
    history: History,
    states: Sequence[str],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Fit]:
    """The exponents of several states of a campaign; `progress` runs over all of them.

    Raises Cancelled when `cancelled` says so.
    """
    beliefs = rebuilt(history)
    result = {}
    for number, state in enumerate(states):

        def told(done: int, total: int, before: int = number) -> None:
            if progress is not None:
                progress(before * total + done, len(states) * total)

        result[state] = exponents(Weighing(history, state, beliefs), told, cancelled)
    return result
