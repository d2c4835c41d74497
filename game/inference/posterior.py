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
from game.theory.choice import TO_ACT
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


def posteriors_by_turn(decisions: Sequence[Evidence]) -> dict[int, dict[str, float]]:
    """What a state's decisions show up to each turn in which it took one: turn -> posterior."""
    totals = {name: _grid(name) for name in DOCTRINES}
    turns = sorted({one.turn for one in decisions})
    result = {}
    for turn in turns:
        logs = {}
        now = [one for one in decisions if one.turn == turn]
        for name, (weights, noises, total) in totals.items():
            for one in now:
                total += np.log(_chances(one, weights @ one.terms[name].T, noises))
            logs[name] = _log_mean(total)
        largest = max(logs.values())
        shares = {name: math.exp(value - largest) for name, value in logs.items()}
        whole = math.fsum(shares.values())
        result[turn] = {name: share / whole for name, share in shares.items()}
    return result


def _grid(doctrine: str) -> tuple[Floats, Floats, Floats]:
    """The unknowns of a doctrine: weights [row, term], noises, and a zero for each pair of both."""
    weights = np.array(list(_unknowns(doctrine)))
    noises = np.array(NOISES if doctrine != "RANDOM" else NOISES[:1])
    return weights, noises, np.zeros((len(weights), len(noises)))


def _log_mean(logs: Floats) -> float:
    """The log of the mean of what the logs are of."""
    largest = float(logs.max())
    return largest + math.log(float(np.exp(logs - largest).mean()))


def chance_of(one: Evidence, doctrine: str, noise: float = 0.02, ambition: float = 0.5) -> float:
    """How likely a doctrine with its own weights was to take what was taken."""
    weights = term_weights(BUILT_IN[doctrine].weights, ambition)
    utility = one.terms[doctrine] @ weights
    return float(_chances(one, utility[None, :], np.array([noise]))[0, 0])


def _chances(one: Evidence, utilities: Floats, noises: Floats) -> Floats:
    """How likely what was taken was, for each row of utilities and each noise: [row, noise].

    The rule of `theory.choice.probabilities`, for many utilities and noises at once.
    """
    if one.allowed is not None:
        utilities = np.where(one.allowed, utilities, -np.inf)
    count = utilities.shape[1]
    if not one.hesitant:
        chance = _softmax(utilities, noises, one.taken)
    else:
        worth = _logistic((utilities[:, 1:] - utilities[:, :1])[:, None, :], noises)
        if one.taken:
            chosen = _softmax(utilities[:, 1:], noises, one.taken - 1)
            chance = chosen * worth[:, :, one.taken - 1]
        elif count > 1:
            chance = 1.0 - (_all_softmax(utilities[:, 1:], noises) * worth).sum(axis=2)
        else:
            chance = np.ones((len(utilities), len(noises)))
    return np.asarray((1 - LAPSE) * np.clip(chance, 0.0, 1.0) + LAPSE / count)


def _logistic(gain: Floats, noises: Floats) -> Floats:
    scaled = np.clip(gain / (noises * TO_ACT)[None, :, None], -60, 60)
    return np.asarray(1.0 / (1.0 + np.exp(-scaled)))


def _all_softmax(utilities: Floats, noises: Floats) -> Floats:
    """[row, noise, option]."""
    top = utilities.max(axis=1, keepdims=True)
    if not np.isfinite(top).all():
        return np.zeros((len(utilities), len(noises), utilities.shape[1]))
    weight = np.exp(np.maximum((utilities - top)[:, None, :] / noises[None, :, None], -700.0))
    weight = np.where(np.isfinite(utilities)[:, None, :], weight, 0.0)
    return np.asarray(weight / weight.sum(axis=2, keepdims=True))


def _softmax(utilities: Floats, noises: Floats, place: int) -> Floats:
    """[row, noise], for one option."""
    return np.asarray(_all_softmax(utilities, noises)[:, :, place])


def _log_likelihood(decisions: Sequence[Evidence], doctrine: str) -> float:
    """The log of the mean likelihood over the grid of unknowns."""
    weights, noises, total = _grid(doctrine)
    for one in decisions:
        total += np.log(_chances(one, weights @ one.terms[doctrine].T, noises))
    return _log_mean(total)


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
