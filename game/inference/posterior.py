"""Which doctrine a state's conduct shows: a posterior, integrated over what cannot be known.

Noise, side weights and ambition are unknown: each doctrine's likelihood is its mean over a grid of
them. With the noise free, chance is nested in every doctrine; so RANDOM wins only where nothing
else says more than it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.inference.evidence import DOCTRINES, Evidence
from game.theory.choice import probabilities
from game.theory.doctrine import BUILT_IN, Weights, term_weights
from game.world.sight import Floats

NOISES = (0.008, 0.014, 0.02, 0.03, 0.05, 0.1)
"""Temperatures of choice that are thought possible, evenly likely."""
SIDES = (0.5, 1.0, 2.0)
"""Multiples of a doctrine's own side weights that are thought possible."""
AMBITIONS = (0.25, 0.5, 0.75)
"""Ambitions that are thought possible."""
LAPSE = 0.01
"""How often anybody does something for no reason that a model has."""
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


def findings(evidence: Iterable[Evidence], most: int = 3) -> dict[str, Finding]:
    """A finding for every state of which there is evidence."""
    by_state: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_state.setdefault(one.state, []).append(one)
    return {state: finding(state, decisions, most) for state, decisions in by_state.items()}


def finding(state: str, decisions: Sequence[Evidence], most: int = 3) -> Finding:
    """What a state's decisions show."""
    logs = {name: _log_likelihood(decisions, name) for name in DOCTRINES}
    largest = max(logs.values())
    weights = {name: math.exp(value - largest) for name, value in logs.items()}
    total = math.fsum(weights.values())
    posterior = {name: weight / total for name, weight in weights.items()}
    best = max(posterior, key=lambda name: posterior[name])
    verdict = UNDECIDED
    if posterior[best] >= SURE:
        verdict = CHANCE if best == "RANDOM" else best
    plain = [(one, chance_of(one, "BOP"), chance_of(one, "BOT")) for one in decisions]
    telling = sorted(
        plain, key=lambda row: (-abs(math.log(row[1]) - math.log(row[2])), row[0].turn)
    )
    informative = [
        row for row in telling if abs(math.log(row[1]) - math.log(row[2])) > math.log(1.5)
    ]
    return Finding(state, posterior, verdict, len(decisions), tuple(informative[:most]))


def chance_of(one: Evidence, doctrine: str, noise: float = 0.02, ambition: float = 0.5) -> float:
    """How likely a doctrine with its own weights was to take what was taken."""
    weights = term_weights(BUILT_IN[doctrine].weights, ambition)
    return _chance(one, one.terms[doctrine] @ weights, noise)


def _chance(one: Evidence, utility: Floats, noise: float) -> float:
    chances = probabilities(utility, noise, one.hesitant, one.allowed)
    return (1 - LAPSE) * float(chances[one.taken]) + LAPSE / len(chances)


def _log_likelihood(decisions: Sequence[Evidence], doctrine: str) -> float:
    """The log of the mean likelihood over the grid of unknowns."""
    totals = []
    for weights in _unknowns(doctrine):
        utilities = [one.terms[doctrine] @ weights for one in decisions]
        for noise in NOISES if doctrine != "RANDOM" else NOISES[:1]:
            totals.append(
                math.fsum(
                    math.log(_chance(one, utility, noise))
                    for one, utility in zip(decisions, utilities, strict=True)
                )
            )
    largest = max(totals)
    return largest + math.log(
        math.fsum(math.exp(value - largest) for value in totals) / len(totals)
    )


def _unknowns(doctrine: str) -> Iterator[Floats]:
    """The weights of terms that are thought possible under a doctrine: [term] each."""
    own = BUILT_IN[doctrine].weights
    sides = SIDES if any((own.ideology, own.gains, own.strength, own.pact)) else (1.0,)
    ambitious = AMBITIONS if doctrine != "RANDOM" else (0.5,)
    for side in sides:
        scaled = _scaled(own, side)
        for ambition in ambitious:
            yield np.asarray(term_weights(scaled, ambition))


def _scaled(own: Weights, side: float) -> Weights:
    return replace(
        own,
        ideology=own.ideology * side,
        gains=own.gains * side,
        strength=own.strength * side,
        pact=own.pact * side,
    )
