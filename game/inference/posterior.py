"""The posterior probability of each doctrine, given a state's decisions.

A state's noise, its weights and its ambition are unknown, so a doctrine's likelihood is the mean
over their prior distributions (`priors`). Any doctrine with a large noise is close to chance, so
RANDOM wins only where no doctrine fits better than chance does. A second posterior compares the
lenses alone: its hypotheses differ in how danger is seen, and in nothing else.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from game.inference.evidence import DOCTRINES, NEUTRAL_AMBITION, Evidence
from game.inference.likelihood import Table, chances, table
from game.inference.priors import (
    NOISES,
    lens_sets,
    log_mean,
    normalised,
    over_noise,
    weight_sets,
)
from game.theory.doctrine import BUILT_IN, term_weights
from game.world.sight import Floats

LENSES = ("BOP", "BOT", "RANDOM")
"""The hypotheses of the comparison of lenses: power among poles, threat from all, chance."""
SURE = 0.8
"""The least posterior probability that makes a verdict; below it the verdict is UNDECIDED."""
WORKERS = 2
"""Threads that compute findings. More would not help: only NumPy runs outside of Python's lock."""
NOISE = 0.02
"""The usual temperature, in the unit of utility, with which a single decision is weighed."""
CHANCE = "CHANCE"
UNDECIDED = "UNDECIDED"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the decisions of one state show."""

    state: str
    posterior: Mapping[str, float]
    """Doctrine -> probability; they sum to 1."""
    verdict: str
    """A doctrine, `CHANCE`, or `UNDECIDED`."""
    decisions: int
    """How many decisions there were."""
    diagnostic: tuple[tuple[Evidence, float, float], ...]
    """The decisions on which BOP and BOT disagree most: (decision, its probability under BOP, under
    BOT)."""
    lens: Mapping[str, float] = field(default_factory=dict)
    """The posterior of `LENSES`: lens -> probability."""
    lens_verdict: str = UNDECIDED
    by_turn: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    """Turn -> posterior after it, for each turn in which the state took a decision."""
    lens_by_turn: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    """The same for `LENSES`."""


def findings(evidence: Iterable[Evidence], most: int = 3) -> dict[str, Finding]:
    """A finding for every state that took a decision; `most` limits `Finding.diagnostic`.

    States are computed in threads. A finding depends on its own state's decisions alone, so the
    result is the same as one after the other.
    """
    by_state: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_state.setdefault(one.state, []).append(one)
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        found = pool.map(lambda state: finding(state, by_state[state], most), by_state)
        return dict(zip(by_state, found, strict=True))


def finding(state: str, decisions: Sequence[Evidence], most: int = 3) -> Finding:
    """What a state's decisions show. Without any, every hypothesis is equally likely."""
    tables = _Tables(decisions)
    curves = tables.by_turn([*_OWN, *_EVEN])
    by_turn, lens_by_turn = _shares(curves[: len(_OWN)]), _shares(curves[len(_OWN) :])
    even = {name: 1.0 / len(DOCTRINES) for name in DOCTRINES}
    even_lens = {name: 1.0 / len(LENSES) for name in LENSES}
    posterior = by_turn[max(by_turn)] if by_turn else even
    lens = lens_by_turn[max(lens_by_turn)] if lens_by_turn else even_lens
    return Finding(
        state,
        posterior,
        verdict_of(posterior),
        len(decisions),
        _most_telling(tables, most),
        lens,
        verdict_of(lens),
        by_turn,
        lens_by_turn,
    )


def verdict_of(posterior: Mapping[str, float]) -> str:
    """The verdict that a posterior allows: a doctrine, `CHANCE`, or `UNDECIDED`."""
    best = max(posterior, key=lambda name: posterior[name])
    if posterior[best] < SURE:
        return UNDECIDED
    return CHANCE if best == "RANDOM" else best


def posteriors_by_turn(decisions: Sequence[Evidence]) -> dict[int, dict[str, float]]:
    """Turn -> {doctrine: probability} from the decisions up to it, for each turn with one."""
    return _shares(_Tables(decisions).by_turn(_OWN))


def lens_posteriors_by_turn(decisions: Sequence[Evidence]) -> dict[int, dict[str, float]]:
    """Turn -> {lens: probability}, where hypotheses differ by their lens alone.

    BOP and BOT get the same sets of weights here (`priors.lens_sets`), so what a doctrine wants
    beside security is no evidence for its lens.
    """
    return _shares(_Tables(decisions).by_turn(_EVEN))


@dataclass(frozen=True, slots=True, eq=False)
class _Hypothesis:
    """A doctrine's lens, with the sets of weights over which its likelihood is averaged."""

    doctrine: str
    sets: Floats
    """[set, term]."""


_OWN = tuple([_Hypothesis(name, weight_sets(name)) for name in DOCTRINES])
"""Every doctrine, with sets of weights around its declared ones."""
_EVEN = tuple(
    [_Hypothesis(name, weight_sets(name) if name == "RANDOM" else lens_sets()) for name in LENSES]
)
"""Every lens of `LENSES`, BOP and BOT with the same sets of weights."""


def _shares(curves: Sequence["_Curve"]) -> dict[int, dict[str, float]]:
    """Turn -> {hypothesis: posterior probability}, each as likely as another at first."""
    names = [curve.doctrine for curve in curves]
    shares = normalised(np.array([curve.logs for curve in curves]).T).tolist()
    return {
        turn: dict(zip(names, row, strict=True))
        for turn, row in zip(curves[0].turns, shares, strict=True)
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """The log of a hypothesis's likelihood, averaged over its unknowns, after each turn."""

    doctrine: str
    turns: list[int]
    logs: Floats
    """[turn], of the decisions up to that turn."""


class _Tables:
    """A state's decisions by turn, as one `likelihood.Table` for each lens."""

    def __init__(self, decisions: Sequence[Evidence]) -> None:
        self.decisions = sorted(decisions, key=lambda one: one.turn)
        self._tables: dict[tuple[int, ...], Table] = {}

    def table(self, doctrine: str) -> Table:
        """The decisions with a doctrine's terms; doctrines with the same terms share a table."""
        terms = [one.terms[doctrine] for one in self.decisions]
        seen_as = tuple([id(rows) for rows in terms])
        if seen_as not in self._tables:
            other = next(iter(self._tables.values()), None)
            self._tables[seen_as] = (
                table(
                    (rows, one.taken, one.allowed, one.hesitant)
                    for rows, one in zip(terms, self.decisions, strict=True)
                )
                if other is None
                else other.through(terms)
            )
        return self._tables[seen_as]

    def by_turn(self, hypotheses: Sequence[_Hypothesis]) -> list[_Curve]:
        """A curve a hypothesis, in order. Those that share a table share one matrix product."""
        if not self.decisions:
            return [_Curve(one.doctrine, [], np.zeros(0)) for one in hypotheses]
        turns, starts = np.unique([one.turn for one in self.decisions], return_index=True)
        by_table: dict[Table, list[int]] = {}
        for index, one in enumerate(hypotheses):
            by_table.setdefault(self.table(one.doctrine), []).append(index)
        logs: dict[int, Floats] = {}
        for shared, indices in by_table.items():
            sets = [hypotheses[index].sets for index in indices]
            # Log-likelihood of each decision: [decision, set, noise].
            by_decision = np.log(chances(shared, np.concatenate(sets), np.array(NOISES)))
            # Decisions are independent given set and noise, so their logs add up: first those of
            # a turn, then those of all turns up to it: [turn, set, noise].
            of_turn = np.add.reduceat(by_decision, starts, axis=0)
            up_to_turn = np.cumsum(of_turn, axis=0, dtype=np.float64)
            # The mean is over whole campaigns, not over decisions: a state has one set of weights
            # and one noise throughout. So first the sum over decisions, then the mean.
            ends = np.cumsum([len(some) for some in sets])
            for index, part in zip(indices, np.split(up_to_turn, ends[:-1], axis=1), strict=True):
                logs[index] = log_mean(over_noise(part))
        listed = turns.tolist()
        return [_Curve(one.doctrine, listed, logs[index]) for index, one in enumerate(hypotheses)]


def _most_telling(tables: _Tables, most: int) -> tuple[tuple[Evidence, float, float], ...]:
    """The decisions whose probabilities under BOP and BOT differ most as a ratio, largest first.

    Each doctrine has its declared weights here. A ratio below 1.5 is left out.
    """
    if not tables.decisions:
        return ()
    power, threat = (
        _declared(tables.table(name), name, NOISE, NEUTRAL_AMBITION) for name in ("BOP", "BOT")
    )
    gaps = np.abs(np.log(power / threat))
    order = np.argsort(-gaps, kind="stable")[:most]
    return tuple(
        (tables.decisions[index], float(power[index]), float(threat[index]))
        for index in order
        if gaps[index] > math.log(1.5)
    )


def _declared(decisions: Table, doctrine: str, noise: float, ambition: float) -> Floats:
    """The probability of what was taken, under a doctrine's declared weights: [decision]."""
    weights = term_weights(BUILT_IN[doctrine].weights, ambition)
    found = chances(decisions, weights[None, :], np.array([noise]))
    return found[:, 0, 0].astype(np.float64)


def chances_of(
    decisions: Sequence[Evidence],
    doctrine: str,
    noise: float = NOISE,
    ambition: float = NEUTRAL_AMBITION,
) -> Floats:
    """As `chance_of`, for many decisions at once: [decision]."""
    rows = table((one.terms[doctrine], one.taken, one.allowed, one.hesitant) for one in decisions)
    return _declared(rows, doctrine, noise, ambition)


def chance_of(
    one: Evidence, doctrine: str, noise: float = NOISE, ambition: float = NEUTRAL_AMBITION
) -> float:
    """The probability, 0 to 1, of what was taken, under a doctrine's declared weights."""
    rows = table([(one.terms[doctrine], one.taken, one.allowed, one.hesitant)])
    return float(_declared(rows, doctrine, noise, ambition)[0])
