"""Which doctrine a state's conduct shows: a posterior, integrated over what cannot be known.

Noise, side weights, feeding, entanglement and ambition are unknown: each doctrine's likelihood is
its mean over `priors`. With the noise free, chance is nested in every doctrine; so RANDOM wins
only where nothing else says more than it. `lens` sets the lenses alone against one another.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from game.inference.evidence import DOCTRINES, Evidence
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
    """A finding for every state of which there is evidence."""
    by_state: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_state.setdefault(one.state, []).append(one)
    return {state: finding(state, decisions, most) for state, decisions in by_state.items()}


def finding(state: str, decisions: Sequence[Evidence], most: int = 3) -> Finding:
    """What a state's decisions show."""
    laid = _Laid(decisions)
    by_turn = _shares({name: laid.by_turn(name, weight_sets(name)) for name in DOCTRINES})
    lens_by_turn = _shares({name: laid.by_turn(name, _lens_sets(name)) for name in LENSES})
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
    laid = _Laid(decisions)
    return _shares({name: laid.by_turn(name, weight_sets(name)) for name in DOCTRINES})


def lens_posteriors_by_turn(decisions: Sequence[Evidence]) -> dict[int, dict[str, float]]:
    """The same from the lens alone: turn -> {lens: share}.

    All lenses are given the same weights, so that what a doctrine cares for beside security, and
    what another would care for, tells nothing.
    """
    laid = _Laid(decisions)
    return _shares({name: laid.by_turn(name, _lens_sets(name)) for name in LENSES})


def _lens_sets(lens: str) -> Floats:
    return weight_sets(lens) if lens == "RANDOM" else lens_sets()


def _shares(curves: Mapping[str, Mapping[int, float]]) -> dict[int, dict[str, float]]:
    turns = next(iter(curves.values()), {})
    result = {}
    for turn in turns:
        shares = normalised([curve[turn] for curve in curves.values()])
        result[turn] = dict(zip(curves, shares, strict=True))
    return result


class _Laid:
    """A state's decisions in order of time, laid flat as each doctrine's lens shows them."""

    def __init__(self, decisions: Sequence[Evidence]) -> None:
        self.decisions = sorted(decisions, key=lambda one: one.turn)
        self._tables: dict[str, Table] = {}

    def table(self, doctrine: str) -> Table:
        """The decisions through a doctrine's lens; doctrines with one lens share it."""
        for known, made in self._tables.items():
            if all(one.terms[known] is one.terms[doctrine] for one in self.decisions):
                return made
        self._tables[doctrine] = table(
            (one.terms[doctrine], one.taken, one.allowed, one.hesitant) for one in self.decisions
        )
        return self._tables[doctrine]

    def by_turn(self, doctrine: str, weights: Floats) -> dict[int, float]:
        """The log of a doctrine's mean likelihood after each turn: turn -> log."""
        if not self.decisions:
            return {}
        careless = not weights.any()
        noises = np.array(NOISES[-1:] if careless else NOISES)
        logs = np.log(chances(self.table(doctrine), weights, noises))
        turns = np.array([one.turn for one in self.decisions])
        found, starts = np.unique(turns, return_index=True)
        total = np.cumsum(np.add.reduceat(logs, starts, axis=0), axis=0)
        means = total[:, :, 0] if careless else over_noise(total)
        return {int(turn): float(value) for turn, value in zip(found, log_mean(means), strict=True)}


def _most_telling(laid: _Laid, most: int) -> tuple[tuple[Evidence, float, float], ...]:
    if not laid.decisions:
        return ()
    power, threat = (_declared(laid.table(name), name, 0.02, 0.5) for name in ("BOP", "BOT"))
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
    return np.asarray(chances(laid, weights[None, :], np.array([noise]))[:, 0, 0])


def chances_of(
    decisions: Sequence[Evidence], doctrine: str, noise: float = 0.02, ambition: float = 0.5
) -> Floats:
    """As `chance_of`, for many decisions at once: [decision]."""
    laid = table((one.terms[doctrine], one.taken, one.allowed, one.hesitant) for one in decisions)
    return _declared(laid, doctrine, noise, ambition)


def chance_of(one: Evidence, doctrine: str, noise: float = 0.02, ambition: float = 0.5) -> float:
    """How likely a doctrine with its own weights was to take what was taken."""
    laid = table([(one.terms[doctrine], one.taken, one.allowed, one.hesitant)])
    return float(_declared(laid, doctrine, noise, ambition)[0])
