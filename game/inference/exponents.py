"""The lens that fits a state's decisions best, as four exponents.

BOT is (1, 1, 1, 1) and BOP (1, 0, 0, 0), in the order of `NAMES`.

The estimate is by maximum likelihood over the exponents, the noise and the weights. Its intervals
are profile-likelihood intervals (Venzon & Moolgavkar 1988): an exponent is held at a value, all
other unknowns are fitted again, and the interval ends where the log-likelihood has fallen by
`level` below its maximum. Exponents may be negative; an end beyond `BOUNDS` is None. Both scopes
(all states count, or poles alone) are tried.

Computing all terms through a new lens is slow, so the terms are approximated near a lens (a second
order expansion of their logarithms), the maximum of the approximation is found, and the terms are
computed anew there, until the maximum stays where it is.

scipy is imported inside the fit alone: it is slow to load.
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
from game.messages import Interruption
from game.theory.choice_rule import TERM
from game.theory.doctrine import TERMS, Lens
from game.world.sight import Floats

NAMES = ("power", "proximity", "offense", "intentions")
BOUNDS = (-2.0, 4.0)
"""The lowest and the highest exponent that is tried."""
STEP = 0.05
"""The step of the finite differences in an expansion, in units of an exponent."""
TRUST = 0.8
"""How far from its centre, in each exponent, an expansion is used."""
GAIN = 0.05
"""A search ends when its next step would raise the log-likelihood by less than this."""
ROUNDS = 6
"""The most expansions that one search makes."""
FEWEST = 10
"""With fewer decisions than this no exponents are fitted."""
HOPELESS = 25.0
"""A start whose log-likelihood is lower than the best start's by more than this is dropped."""
LOOKED_AT = 24
"""How many sets of weights are tried at a start, beside the declared ones."""
PEAKS = 2
"""From how many of them, the likeliest, the weights are fitted."""
SAME = 0.2
"""Two maxima whose exponents all differ by no more than this count as one."""
STARTS: tuple[Lens, ...] = (
    Lens((1.0, 1.0, 1.0, 1.0), False),
    Lens((1.0, 0.0, 0.0, 0.0), False),
    Lens((0.3, 1.0, 0.3, 0.3), False),
    Lens((0.3, 0.3, 0.3, 1.0), False),
    Lens((1.0, 0.0, 0.0, 0.0), True),
    Lens((1.0, 1.0, 1.0, 1.0), True),
)
"""The lenses from which the search begins."""
Progress = Callable[[int, int], None]
"""A function called with (done, total): how many times all terms were computed, and `MOST`."""


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
    """The lens that fits a state's decisions best."""

    state: str
    exponents: Mapping[str, Interval]
    """By name, in the order of `NAMES`."""
    poles_only: bool | None
    """Whether poles alone count; None where the better scope is not better by `level`."""
    decisions: int
    """How many decisions were fitted."""


NOTHING = Interval(None, None, None)
# A point of the search is [4 exponents, log of the noise, 7 weights in the order of _FREE].
_FREE = ("feeding", "entanglement", "ideology", "gains", "spoils", "pact", "stake")
"""The terms whose weights are fitted; those of the others are 1, of strength 0."""
_COLUMNS = [TERM[name] for name in _FREE]
_LOGS = 2
"""The first two of them are factors; the search uses their logarithms."""
_FACTOR = math.log(FACTOR)
_WEIGHTS = [
    *[(-_FACTOR, _FACTOR)] * _LOGS,
    *[(0.0, 2.0)] * 3,
    (-1.5, 0.5),
    (0.5, 1.5),
]
"""The bounds of each of `_FREE`: factors within those of the prior, ideology, gains and spoils up
to twice what a doctrine declares, a pact for its own sake somewhat wanted or shunned, and
0.5 + ambition for stakes."""
_NOISE = (math.log(NOISES[0]), math.log(NOISES[-1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Expansion:
    """An approximation of all terms near a lens.

    term = base * exp(sum over exponents of first * d + second * d^2 / 2), where d is how far the
    exponent is from the centre. A term of danger is a product of powers, so its logarithm is nearly
    linear in the exponents; that is why the logarithm is expanded and not the term.
    """

    centre: Floats
    """Its exponents: [exponent]."""
    base: Floats
    """The terms at the centre: [row, term]."""
    first: Floats
    """The first derivatives of their logarithms: [exponent, row, term]."""
    second: Floats
    """The second derivatives: [exponent, row, term]."""

    def at_centre(self) -> "_Expansion":
        """The same with derivatives 0: the terms are those of the centre everywhere."""
        flat = np.zeros((4, 1, 1))
        return replace(self, first=flat, second=flat)


class _Fitter:
    """The search for the maximum likelihood in one scope (all states count, or poles alone)."""

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
        """The exact terms at some exponents: [row, term]. Slow; counted for the progress."""
        self._count()
        one, two, three, four = (round(float(value), 6) for value in exponents)
        return self.weighing.terms(Lens((one, two, three, four), self.poles_only))

    def expand(self, centre: Floats) -> _Expansion:
        """Expand around a centre by central differences: nine computations of all terms."""
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
        """The highest log-likelihood near an expansion, and its point.

        `fixed` holds one exponent: (its index, its value). The other exponents stay within
        `trust` of the centre, and at the centre if the expansion has no derivatives.
        """
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
        """Minus the log-likelihood at a point of the search, and its gradient: [coordinate]."""
        # The terms at these exponents, by the expansion. The exponent of `exp` is cut at 30, far
        # beyond any real term, against overflow during the search.
        away = point[:4] - around.centre
        rates = around.first + around.second * away[:, None, None] / 2
        grown = np.exp(np.clip((rates * away[:, None, None]).sum(axis=0), -30.0, 30.0))
        terms = around.base * grown
        noise = math.exp(point[4])
        weights = np.ones(len(TERMS))
        weights[TERM["strength"]] = 0.0
        weights[_COLUMNS] = point[5:]
        weights[_COLUMNS[:_LOGS]] = np.exp(point[5 : 5 + _LOGS])
        # Utilities [row], the log-likelihood, and its derivative by each utility [row].
        worth = terms @ weights
        value, steep = slope(self.weighing.table, worth, noise)
        # By the chain rule: through the weights; through the exponents, which change a term by
        # term * (first + second * d); through the log of the noise (see `slope`).
        by_weight = steep @ terms
        result = np.empty(len(point))
        weighed = terms * weights
        slopes = around.first + around.second * away[:, None, None]
        result[:4] = [float(steep @ (weighed * one).sum(axis=1)) for one in slopes]
        result[4] = -float((worth * steep).sum())
        result[5:] = by_weight[_COLUMNS]
        # For a factor that is searched by its logarithm: d / d log w = w * d / d w.
        result[5 : 5 + _LOGS] *= weights[_COLUMNS[:_LOGS]]
        return -value, -result

    def highest(self, around: _Expansion) -> tuple[float, Floats]:
        """The highest log-likelihood at a centre, and its point.

        The likelihood has more than one local maximum, so many sets of weights and noises are
        tried first, and the fit begins from the `PEAKS` likeliest.
        """
        sets = _candidates()
        at_base = replace(self.weighing.table, terms=around.base)
        # [set, noise], summed over decisions.
        logs = np.log(chances(at_base, sets, np.array(NOISES))).sum(axis=0, dtype=np.float64)
        begins = []
        for index in np.argsort(-logs.max(axis=1))[:PEAKS]:
            noise = math.log(NOISES[int(np.argmax(logs[index]))])
            weights = sets[index][_COLUMNS]
            weights[:_LOGS] = np.log(weights[:_LOGS])
            begins.append(np.concatenate([around.centre, [noise], weights]))
        return max((self.best(around, begin) for begin in begins), key=lambda row: row[0])

    def climb(self, start: Floats) -> tuple[float, Floats, _Expansion]:
        """A local maximum: (log-likelihood, point, the expansion around it).

        Each round expands at the present exponents and fits noise and weights to the exact terms
        there. If that is better than before, the next step goes from here; if not, the expansion
        led too far, and the next step from the best point is shorter.
        """
        point, trust = start, TRUST
        best: tuple[float, Floats, _Expansion] | None = None
        for _ in range(ROUNDS):
            around = self.expand(point[:4])
            value, weighed = self.best(around.at_centre(), point)
            if best is None or value > best[0]:
                best = value, weighed, around
            else:
                trust /= 3
            promised, point = self.best(best[2], best[1], trust=trust)
            if promised < best[0] + GAIN:
                break
        assert best is not None
        return best

    def end(
        self, index: int, sign: int, floor: float, best: tuple[float, Floats, _Expansion]
    ) -> float | None:
        """Where the profile log-likelihood of an exponent falls to `floor`; None beyond `BOUNDS`.

        `index` is the exponent, `sign` the direction (-1 or 1), `best` the maximum to start from.
        The exponent goes out in growing strides, all else fitted again at each.
        """
        value, point, around = best
        # Heights are above the floor: of the maximum, and of the last stride's end.
        top = value - floor
        here, stride = float(point[index]), 0.1
        last, height = here, top
        while True:
            there = here + sign * stride
            if not BOUNDS[0] < there < BOUNDS[1]:
                return None
            # Too far from the centre: expand anew where the last stride ended.
            if abs(there - around.centre[index]) > TRUST - 0.05:
                around = self.expand(_held(point[:4], index, last))
            value, point = self.best(around, point, (index, there))
            now = value - floor
            if now <= 0:
                return last + (there - last) * _crossing(max(top, height), height, now)
            last, height, here = there, now, there
            stride = min(0.4, stride * 1.6)


def _crossing(top: float, before: float, after: float) -> float:
    """Where within a stride, 0 to 1, a profile crosses 0: it is `before` above, `after` below it.

    Near its maximum `top` a log-likelihood is a parabola, so the distance from the maximum goes
    with the square root of the fall from it.
    """
    near, far = math.sqrt(top - before), math.sqrt(top - after)
    if far - near < 1e-9:
        return 1.0
    return min(1.0, max(0.0, (math.sqrt(top) - near) / (far - near)))


def level(decisions: int) -> float:
    """By how much the log-likelihood at the ends of a 90% interval is below the maximum.

    It is half the 90% point of chi squared with two degrees of freedom, which is log 10: two,
    because one comparison decides on the exponent and on the scope. With few decisions it is
    larger, in the ratio of an F to a chi squared quantile as in a regression, because noise and
    weights were fitted to the same decisions.
    """
    spare = max(4, decisions - len(_FREE) - 5)
    return math.log(10.0) * decisions / spare


def _held(exponents: Floats, index: int, value: float) -> Floats:
    """A copy of the exponents with one of them set to a value."""
    result = exponents.copy()
    result[index] = value
    return result


def _log_ratio(terms: Floats, base: Floats) -> Floats:
    """log(terms / base); 0 where one of the two is 0 or their signs differ: [row, term]."""
    alike = terms * base > 0
    return np.where(alike, np.log(np.where(alike, terms, 1.0) / np.where(alike, base, 1.0)), 0.0)


def exponents(
    weighing: Weighing,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Fit:
    """The exponents that fit a state's decisions best, each with its 90% interval.

    With fewer than `FEWEST` decisions every exponent is None. Where decisions hardly depend on the
    lens the ends of the intervals are None. `cancelled` is called before each computation of all
    terms; raises Cancelled when it returns True.
    """
    done = 0

    def count() -> None:
        nonlocal done
        if cancelled is not None and cancelled():
            raise Cancelled
        done += 1
        if progress is not None:
            progress(min(done, MOST), MOST)

    nothing = Fit(weighing.state, dict.fromkeys(NAMES, NOTHING), None, len(weighing))
    if len(weighing) < FEWEST:
        return nothing
    scopes = {scope: _Fitter(weighing, scope, count) for scope in (False, True)}
    # The log-likelihood at each starting lens; hopeless starts are dropped before the long search.
    begun = [(scopes[lens.poles_only], *_begin(scopes[lens.poles_only], lens)) for lens in STARTS]
    least = max(value for _, value, _ in begun) - HOPELESS
    modes: list[_Mode] = []
    for fitter, value, start in sorted(begun, key=lambda row: -row[1]):
        if value > least:
            modes.append((fitter, *fitter.climb(start)))
    modes.sort(key=lambda mode: -mode[1])
    # Every maximum above the floor belongs to the confidence region, so an interval reaches from
    # the lowest to the highest end that the profile of any of them gives.
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
"""How many computations of all terms a fit may need, for a progress bar."""


_Mode = tuple[_Fitter, float, Floats, _Expansion]
"""A local maximum: (its scope's search, log-likelihood, point, expansion around it)."""


def _distinct(modes: list[_Mode]) -> list[_Mode]:
    """Of maxima (highest first) that are nearly the same, the highest alone (see `SAME`)."""
    distinct: list[_Mode] = []
    for mode in modes:
        if all(
            mode[0] is not other[0] or np.abs(mode[2][:4] - other[2][:4]).max() > SAME
            for other in distinct
        ):
            distinct.append(mode)
    return distinct


def _begin(fitter: _Fitter, lens: Lens) -> tuple[float, Floats]:
    """(log-likelihood, point) of the best noise and weights at a lens."""
    centre = np.array(lens.exponents, dtype=np.float64)
    base = fitter.terms(centre)
    flat = np.zeros((4, 1, 1))
    value, point = fitter.highest(_Expansion(centre, base, flat, flat))
    point[:4] = lens.exponents
    return value, point


def _candidates() -> Floats:
    """Sets of weights from which a fit may begin: [set, term]."""
    declared = [weight_sets(name)[:1] for name in ("BOP", "BOT", "ISOLATION")]
    return np.concatenate([*declared, lens_sets(LOOKED_AT)])


def fits(
    history: History,
    states: Sequence[str],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Fit]:
    """State -> its exponents, for several states of a campaign; `progress` runs over all of them.

    Raises Cancelled when `cancelled` says so.
    """
    beliefs = rebuilt(history)
    result = {}
    for number, state in enumerate(states):

        def over_all(done: int, total: int, before: int = number) -> None:
            if progress is not None:
                progress(before * total + done, len(states) * total)

        result[state] = exponents(Weighing(history, state, beliefs), over_all, cancelled)
    return result
