"""What is thought possible of a state's habits before its conduct is seen: wide, and declared.

None of these bounds was fitted to a map or to a population. Factors are evenly likely in the log
from a third to three times what a doctrine declares; the noise from a quarter of the usual to
eight times it, so that chance is near at hand; ambition is evenly likely from none to whole.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from game.theory.doctrine import BUILT_IN, TERMS, Weights, term_weights
from game.world.sight import Floats

FACTOR = 3.0
"""The most by which a side weight is thought to differ from the declared one, either way."""
NOISES = tuple(0.005 * 2.0 ** (step / 2) for step in range(11))
"""Temperatures of choice that are weighed: even in the log, 0.005 to 0.16."""
DRAWS = 16
"""Sets of weights that are weighed for a doctrine."""
SIDES = ("ideology", "gains", "spoils", "strength", "pact")
"""Weights beside security."""
_TERM = {name: index for index, name in enumerate(TERMS)}


def spread(count: int, dimensions: int) -> Floats:
    """Points that fill the unit cube evenly: [point, dimension] (Roberts' R-sequence)."""
    root = 2.0
    for _ in range(60):
        root = (1.0 + root) ** (1.0 / (dimensions + 1))
    steps = np.array([root ** -(index + 1.0) for index in range(dimensions)])
    return np.asarray((0.5 + np.arange(1, count + 1)[:, None] * steps[None, :]) % 1.0)


def factors(points: Floats) -> Floats:
    """Points of the unit interval as factors, even in the log."""
    return np.asarray(FACTOR ** (2.0 * points - 1.0))


@cache
def weight_sets(doctrine: str, count: int = DRAWS) -> Floats:
    """The sets of term weights that are thought possible under a doctrine: [set, term].

    The declared weights come first. Feeding, entanglement, every side weight and ambition vary.
    """
    own = BUILT_IN[doctrine].weights
    if own == Weights(security=0.0):
        return np.array([term_weights(own, 0.5)])
    sets = [term_weights(own, 0.5)]
    for point in spread(count - 1, 5):
        feeding, entanglement, first, second = factors(point[:4])
        sides = replace(
            own,
            ideology=own.ideology * first,
            pact=own.pact * first,
            gains=own.gains * second,
            strength=own.strength * second,
        )
        sets.append(_habitual(term_weights(sides, float(point[4])), feeding, entanglement))
    return np.array(sets)


@cache
def lens_sets(count: int = DRAWS) -> Floats:
    """Sets of term weights that say nothing of a doctrine: [set, term], the same for every lens.

    Each of BOP's and BOT's side weights is anything from none to twice what either declares, so
    that only what a lens shows can tell two lenses apart.
    """
    sets = [term_weights(Weights(), 0.5)]
    for point in spread(count - 1, 6):
        feeding, entanglement = factors(point[:2])
        ideology, gains, spoils = 2.0 * point[2:5]
        sides = Weights(ideology=float(ideology), gains=float(gains), spoils=float(spoils))
        sets.append(_habitual(term_weights(sides, float(point[5])), feeding, entanglement))
    return np.array(sets)


def _habitual(weights: Floats, feeding: float, entanglement: float) -> Floats:
    weights[_TERM["feeding"]] *= feeding
    weights[_TERM["entanglement"]] *= entanglement
    return weights


def over_noise(logs: Floats) -> Floats:
    """The log of the mean likelihood over the noise: [..., noise] to [...].

    Between the noises that were weighed the log-likelihood is a cubic (Catmull and Rom's), so that
    a long campaign, which tells the noise finer than they stand, is not judged by their places.
    """
    return log_mean(logs @ _fine().T)


def log_mean(logs: Floats) -> Floats:
    """The log of the mean of what the logs are of, over the last axis."""
    largest = logs.max(axis=-1, keepdims=True)
    ratios = (logs - largest).astype(np.float32)
    np.exp(ratios, out=ratios)
    return np.asarray(np.log(ratios.mean(axis=-1, dtype=np.float64)) + largest[..., 0])


@cache
def _fine(parts: int = 8) -> Floats:
    """The cubic through the noises, as a matrix: [fine, noise]."""
    count = len(NOISES)
    rows = []
    for at in np.linspace(0, count - 1, (count - 1) * parts + 1):
        left = min(int(at), count - 2)
        t = at - left
        basis = (
            (-t + 2 * t**2 - t**3) / 2,
            (2 - 5 * t**2 + 3 * t**3) / 2,
            (t + 4 * t**2 - 3 * t**3) / 2,
            (-(t**2) + t**3) / 2,
        )
        row = np.zeros(count)
        for offset, share in zip((-1, 0, 1, 2), basis, strict=True):
            index = left + offset
            if index < 0:  # Beyond the ends the curve goes straight on.
                row[0] += 2 * share
                row[1] -= share
            elif index >= count:
                row[count - 1] += 2 * share
                row[count - 2] -= share
            else:
                row[index] += share
        rows.append(row)
    return np.array(rows)


def normalised(logs: Floats) -> Floats:
    """Evenly likely hypotheses' shares of the posterior, from their logs: [..., hypothesis]."""
    shares = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))
