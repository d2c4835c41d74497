"""Which doctrine a state's conduct shows: a posterior, integrated over what cannot be known.

Noise, side weights, feeding, entanglement and ambition are unknown: each doctrine's likelihood is
its mean over `priors`. With the noise free, chance is nested in every doctrine; so RANDOM wins
only where nothing else says more than it. `lens` sets the lenses alone against one another.
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
"""What is told apart from the lens alone: power among poles, threat from all, neither."""
SURE = 0.8
"""The posterior from which a verdict is given."""
WORKERS = 2
"""Threads that weigh states: more would wait for the interpreter, which only arithmetic leaves."""
NOISE = 0.02
"""The common noise, at which a single decision is read."""
CHANCE = "CHANCE"
UNDECIDED = "UNDECIDED"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the conduct of one state shows."""

    state: str
    posterior: Mapping[str, float]
    verdict: str
    """A doctrine, `CHANCE`, or `UNDECIDED`."""
    decisions: int
    diagnostic: tuple[tuple[Evidence, float, float], ...]
    """The decisions on which BOP and BOT disagreed most: (decision, p if BOP, p if BOT)."""
    lens: Mapping[str, float] = field(default_factory=dict)
    """From the lens alone: the posterior of `LENSES`."""
    lens_verdict: str = UNDECIDED
    by_turn: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    """The posterior after each turn in which it took a decision."""
    lens_by_turn: Mapping[int, Mapping[str, float]] = field(default_factory=dict)


def findings(evidence: Iterable[Evidence], most: int = 3) -> dict[str, Finding]:
    """A finding for every state of which there is evidence.

    Several states are weighed at once. What is found is the same however many: no state's finding
    knows of another's.
    """
    by_state: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_state.setdefault(one.state, []).append(one)
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        found = pool.map(lambda state: finding(state, by_state[state], most), by_state)
        return dict(zip(by_state, found, strict=True))


def finding(state: str, decisions: Sequence[Evidence], most: int = 3) -> Finding:
    """What a state's decisions show."""
    laid = _Laid(decisions)
    curves = laid.by_turn([*_OWN, *_EVEN])
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
        _most_telling(laid, most),
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
    """What a state's decisions show up to each turn in which it took one: turn -> posterior."""
    return _shares(_Laid(decisions).by_turn(_OWN))


def lens_posteriors_by_turn(decisions: Sequence[Evidence]) -> dict[int, dict[str, float]]:
    """The same from the lens alone: turn -> {lens: share}.

    All lenses are given the same weights, so that what a doctrine cares for beside security, and
    what another would care for, tells nothing.
    """
    return _shares(_Laid(decisions).by_turn(_EVEN))


@dataclass(frozen=True, slots=True, eq=False)
class _Hypothesis:
    """A doctrine's lens, and the sets of weights that are thought possible beside it."""

    doctrine: str
    sets: Floats
    """[set, term]."""


_OWN = tuple([_Hypothesis(name, weight_sets(name)) for name in DOCTRINES])
"""Every doctrine with weights around its own."""
_EVEN = tuple(
    [_Hypothesis(name, weight_sets(name) if name == "RANDOM" else lens_sets()) for name in LENSES]
)
"""Every lens with the same weights."""


def _shares(curves: Sequence["_Curve"]) -> dict[int, dict[str, float]]:
    names = [curve.doctrine for curve in curves]
    shares = normalised(np.array([curve.logs for curve in curves]).T).tolist()
    return {
        turn: dict(zip(names, row, strict=True))
        for turn, row in zip(curves[0].turns, shares, strict=True)
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """The log of a hypothesis's mean likelihood after each turn."""

    doctrine: str
    turns: list[int]
    logs: Floats


class _Laid:
    """A state's decisions in order of time, laid flat as each doctrine's lens shows them."""

    def __init__(self, decisions: Sequence[Evidence]) -> None:
        self.decisions = sorted(decisions, key=lambda one: one.turn)
        self._tables: dict[tuple[int, ...], Table] = {}

    def table(self, doctrine: str) -> Table:
        """The decisions through a doctrine's lens; doctrines with one lens share it."""
        terms = [one.terms[doctrine] for one in self.decisions]
        seen_as = tuple([id(rows) for rows in terms])
        if seen_as not in self._tables:
            laid = next(iter(self._tables.values()), None)
            self._tables[seen_as] = (
                table(
                    (rows, one.taken, one.allowed, one.hesitant)
                    for rows, one in zip(terms, self.decisions, strict=True)
                )
                if laid is None
                else laid.through(terms)
            )
        return self._tables[seen_as]

    def by_turn(self, hypotheses: Sequence[_Hypothesis]) -> list[_Curve]:
        """A curve a hypothesis; those that share a table are weighed in one go."""
        if not self.decisions:
            return [_Curve(one.doctrine, [], np.zeros(0)) for one in hypotheses]
        found, starts = np.unique([one.turn for one in self.decisions], return_index=True)
        together: dict[Table, list[int]] = {}
        for index, one in enumerate(hypotheses):
            together.setdefault(self.table(one.doctrine), []).append(index)
        logs: dict[int, Floats] = {}
        for laid, places in together.items():
            sets = [hypotheses[index].sets for index in places]
            found_so = np.log(chances(laid, np.concatenate(sets), np.array(NOISES)))
            a_turn = np.add.reduceat(found_so, starts, axis=0)
            total = np.cumsum(a_turn, axis=0, dtype=np.float64)
            ends = np.cumsum([len(some) for some in sets])
            for index, part in zip(places, np.split(total, ends[:-1], axis=1), strict=True):
                logs[index] = log_mean(over_noise(part))
        turns = found.tolist()
        return [_Curve(one.doctrine, turns, logs[at]) for at, one in enumerate(hypotheses)]


def _most_telling(laid: _Laid, most: int) -> tuple[tuple[Evidence, float, float], ...]:
    if not laid.decisions:
        return ()
    power, threat = (
        _declared(laid.table(name), name, NOISE, NEUTRAL_AMBITION) for name in ("BOP", "BOT")
    )
    gaps = np.abs(np.log(power / threat))
    order = np.argsort(-gaps, kind="stable")[:most]
    return tuple(
        (laid.decisions[at], float(power[at]), float(threat[at]))
        for at in order
        if gaps[at] > math.log(1.5)
    )


def _declared(laid: Table, doctrine: str, noise: float, ambition: float) -> Floats:
    """How likely a doctrine with its own weights was to take what was taken: [decision]."""
    weights = term_weights(BUILT_IN[doctrine].weights, ambition)
    found = chances(laid, weights[None, :], np.array([noise]))
    return found[:, 0, 0].astype(np.float64)


def chances_of(
    decisions: Sequence[Evidence],
    doctrine: str,
    noise: float = NOISE,
    ambition: float = NEUTRAL_AMBITION,
) -> Floats:
    """As `chance_of`, for many decisions at once: [decision]."""
    laid = table((one.terms[doctrine], one.taken, one.allowed, one.hesitant) for one in decisions)
    return _declared(laid, doctrine, noise, ambition)


def chance_of(
    one: Evidence, doctrine: str, noise: float = NOISE, ambition: float = NEUTRAL_AMBITION
) -> float:
    """How likely a doctrine with its own weights was to take what was taken."""
    laid = table([(one.terms[doctrine], one.taken, one.allowed, one.hesitant)])
    return float(_declared(laid, doctrine, noise, ambition)[0])
