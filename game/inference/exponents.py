"""The lens that fits a state's choices best, as four exponents with intervals.

BOT is (1, 1, 1, 1) and BOP (1, 0, 0, 0), in the order of `NAMES` (THEORY T1, W1). Every lens of a
lattice is held against what the state chose: whom it named, with whom it sought a pact, what it
signed, whose side it took. What a lens shows of the options is worked out exactly as the theories
work it out, and counts as in `hypotheses.open_lens`; the weights are integrated over by Laplace's
approximation (`choice_fit`). No lens is likelier than another at first, and it is not known whether
poles alone count or all states. The evidence counts for `COUNTED` of itself. An exponent's interval
is the shortest that holds `MASS` of its marginal posterior (Box & Tiao 1973), its estimate the
median. An interval that goes beyond the lowest or the highest exponent tried is unbounded on that
side.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import numpy as np

from game.history import History
from game.inference.choice_fit import Stack, fitted, stacked
from game.inference.choice_sets import choice_set, drafts_by_turn
from game.inference.evidence import CELLS_AT_ONCE
from game.inference.hypotheses import Prior, open_lens
from game.inference.option_figures import ANSWER, NAME, SEEK, SEEN, SIDE, Draft, Options
from game.inference.replay import replaying
from game.theory.doctrine import Doctrine, Lens, Weights
from game.theory.lens import calibrate, views
from game.world.sight import Floats

NAMES = ("power", "proximity", "offense", "intentions")
LEVELS = ((0.5, 1.0, 1.5), *[(-1.0, 0.0, 1.0, 2.0)] * 3)
"""The exponents that are tried of each of `NAMES`, evenly apart, each with all of the others."""
KINDS = (NAME, SEEK, ANSWER, SIDE)
"""The kinds of choices that a lens bears on."""
FEWEST = 8
"""With fewer choices than this no exponents are fitted."""
MASS = 0.9
"""How much of the posterior an interval holds."""
COUNTED = 0.75
"""What the choices of a state count for beside as many that have nothing to do with one another: it
decides in one campaign, often on the same things (a power likelihood, Holmes & Walker 2017)."""
AT_ONCE = 24
"""How many lenses are fitted as one array."""
Progress = Callable[[int, int], None]
"""A function called with (done, total); what it raises ends the fit."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An exponent: the estimate, and the ends of its 90% interval; None where unbounded."""

    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """The lens that fits a state's choices best."""

    state: str
    exponents: Mapping[str, Interval]
    """By name, in the order of `NAMES`."""
    decisions: int
    """How many choices were fitted."""


NOTHING = Interval(None, None, None)


def lenses() -> list[Lens]:
    """The lenses that are tried: first where all states count, then where poles alone do."""
    return [
        Lens((power, proximity, offense, intentions), poles_only)
        for poles_only in (False, True)
        for power, proximity, offense, intentions in product(*LEVELS)
    ]


def fits(
    history: History,
    states: Sequence[str],
    progress: Progress | None = None,
) -> dict[str, Fit]:
    """State -> its exponents, for several states of a campaign; the work is shared among them.

    With fewer than `FEWEST` choices every exponent of a state is None. `progress` counts lenses.
    """
    tried = lenses()
    count, heights = evidence(history, states, tried, progress)
    nothing = dict.fromkeys(NAMES, NOTHING)
    return {
        state: Fit(
            state, intervals(tried, heights[state]) if state in heights else nothing, count[state]
        )
        for state in states
    }


def evidence(
    history: History,
    states: Sequence[str],
    tried: Sequence[Lens],
    progress: Progress | None = None,
) -> tuple[dict[str, int], dict[str, Floats]]:
    """State -> how many choices it made; state -> how well each lens explains them: [lens].

    The log of how likely the choices are, all weights integrated over, without a constant. States
    with fewer than `FEWEST` choices have none.
    """
    count = dict.fromkeys(states, 0)
    with replaying(history) as replay:
        drafts: dict[tuple[str, str], list[Draft]] = {}
        for draft in (one for some in drafts_by_turn(replay, states) for one in some):
            if draft.kind in KINDS:
                drafts.setdefault((draft.deed.state, draft.kind), []).append(draft)
                count[draft.deed.state] += 1
        kept = {key: some for key, some in drafts.items() if count[key[0]] >= FEWEST}
        groups = [_Group.of(state, kind, some) for (state, kind), some in kept.items()]
        every = [draft for some in kept.values() for draft in some]
        options = [Options(some) for some in _portions(every, len(history.start.states))]
        ends = np.cumsum([len(group.plain.offset[0]) for group in groups])[:-1]
        found = {group.state: np.zeros(len(tried)) for group in groups}
        if not groups:
            return count, found
        shown: list[Floats] = []
        for number, lens in enumerate(tried, start=1):
            scale = calibrate(history.start, replay.beliefs[0], Doctrine("", lens, Weights()))
            look = partial(views, lens=lens, scale=scale)
            shown.append(np.concatenate([some.through(look) for some in options]))
            if number == len(tried) or tried[number].field != lens.field:
                _forget(options, lens.field)
            if len(shown) == AT_ONCE or number == len(tried):
                rows = np.split(np.array(shown), ends, axis=1)
                for group, own in zip(groups, rows, strict=True):
                    found[group.state][number - len(shown) : number] += group.evidence(own)
                shown = []
            if progress is not None:
                progress(number, len(tried))
    return count, found


def _portions(drafts: Sequence[Draft], states: int) -> Iterator[Sequence[Draft]]:
    """Some choices after one another, as many as are quickest looked at together."""
    most = max(1, CELLS_AT_ONCE // states**2)
    for start in range(0, len(drafts), most):
        yield drafts[start : start + most]


def _forget(options: Sequence[Options], lens: Lens) -> None:
    """Free the fields of a lens that is not used again."""
    for facts in {id(sight.facts): sight.facts for one in options for sight in one.sights}.values():
        for key in [key for key in facts.cache if isinstance(key, tuple) and key[0] == lens]:
            del facts.cache[key]


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """The choices of one kind that a state made."""

    state: str
    plain: Stack
    """With the free weights alone."""
    seen: tuple[tuple[list[int], Prior], ...]
    """The columns of SEEN that one weight counts, and its prior."""

    @classmethod
    def of(cls, state: str, kind: str, drafts: Sequence[Draft]) -> "_Group":
        reading = open_lens(kind)
        plain = stacked([choice_set(draft, {}) for draft in drafts], [replace(reading, seen=())])
        seen = [([SEEN.index(name) for name in names], prior) for names, prior in reading.seen]
        return cls(state, plain, tuple(seen))

    def evidence(self, shown: Floats) -> Floats:
        """How well each of some lenses explains them: [lens].

        `shown` is what the lenses show of the options: [lens, row, column of SEEN].
        """
        through = [shown[:, :, columns].sum(axis=2) for columns, _ in self.seen]
        plain, offset = (
            np.broadcast_to(part, (len(shown), *part.shape[1:]))
            for part in (self.plain.features, self.plain.offset)
        )
        spreads = [spread * rows for rows, (_, (_, spread)) in zip(through, self.seen, strict=True)]
        means = [mean * rows for rows, (_, (mean, _)) in zip(through, self.seen, strict=True)]
        features = np.concatenate([plain, np.stack(spreads, axis=2)], axis=2)
        stack = replace(self.plain, features=features, offset=offset + np.sum(means, axis=0))
        return fitted(stack).evidence


def intervals(tried: Sequence[Lens], heights: Floats) -> dict[str, Interval]:
    """Each exponent with its interval, by how well each of the lenses explains the choices."""
    chance = np.exp(COUNTED * (heights - heights.max()))
    found = {}
    for index, name in enumerate(NAMES):
        own = np.array([lens.exponents[index] for lens in tried])
        levels = np.array(LEVELS[index])
        shares = np.array([chance[own == level].sum() for level in levels])
        found[name] = _interval(levels, shares / shares.sum())
    return found


def _interval(levels: Floats, shares: Floats) -> Interval:
    """The shortest interval that holds `MASS`, where each level stands for all that is near it."""
    half = (levels[1] - levels[0]) / 2
    edges = np.append(levels - half, levels[-1] + half)
    below = np.append(0.0, np.cumsum(shares + 1e-9))
    below /= below[-1]
    begins = np.linspace(0.0, 1.0 - MASS, 1001)
    lows, highs = np.interp(begins, below, edges), np.interp(begins + MASS, below, edges)
    best = int(np.argmin(highs - lows))
    low, high = float(lows[best]), float(highs[best])
    return Interval(
        float(np.interp(0.5, below, edges)),
        None if low < levels[0] else low,
        None if high > levels[-1] else high,
    )
