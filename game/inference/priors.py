"""Prior distributions of what is unknown about a state: its noise, weights and ambition.

They are wide, and none was fitted to a map or to simulated campaigns. A weight is between a third
and three times the declared one, evenly in its logarithm. The noise is between a quarter of the
usual 0.02 and eight times it; at the upper end conduct is near to chance. Ambition is even on
[0, 1].
"""

from dataclasses import replace
from functools import cache

import numpy as np

from game.theory.doctrine import BUILT_IN, TERMS, Weights, term_weights
from game.world.sight import Floats

FACTOR = 3.0
"""The largest ratio of a weight to the declared one, and of the declared one to it."""
NOISES = tuple(0.005 * 2.0 ** (step / 2) for step in range(11))
"""Temperatures at which likelihoods are computed, in the unit of utility: 0.005 to 0.16.

Each is the square root of 2 times the one before, so every second one is its double
(`likelihood.chances` makes use of that)."""
DRAWS = 16
"""How many sets of weights stand for a doctrine: the mean over them approximates an integral."""
_TERM = {name: index for index, name in enumerate(TERMS)}


def spread(count: int, dimensions: int) -> Floats:
    """Points that fill the unit cube evenly: [point, dimension] (Roberts' R-sequence, 2018).

    The n-th coordinate goes on by `root` to the power -n each point, modulo 1, where `root` is
    the positive solution of x^(dimensions + 1) = x + 1, found here by iteration. No chance is in
    it: the same call gives the same points.
    """
    root = 2.0
    for _ in range(60):
        root = (1.0 + root) ** (1.0 / (dimensions + 1))
    steps = np.array([root ** -(index + 1.0) for index in range(dimensions)])
    return np.asarray((0.5 + np.arange(1, count + 1)[:, None] * steps[None, :]) % 1.0)


def factors(points: Floats) -> Floats:
    """Map [0, 1] to factors from 1 / FACTOR to FACTOR, even in the logarithm."""
    return np.asarray(FACTOR ** (2.0 * points - 1.0))


@cache
def weight_sets(doctrine: str, count: int = DRAWS) -> Floats:
    """The sets of term weights that are possible under a doctrine: [set, term].

    The declared weights come first. In the others five numbers vary: the factors on feeding and on
    entanglement, one factor on ideology and pact, one on gains and strength, and the ambition
    (which scales spoils). RANDOM has one set, for it has no weight that could vary.
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
    """Sets of term weights that favour no doctrine: [set, term], the same for every lens.

    The weights of ideology, gains and spoils are even on [0, 2] (BOP and BOT declare 0 or 1), so
    that two hypotheses with these sets differ by their lens alone.
    """
    sets = [term_weights(Weights(), 0.5)]
    for point in spread(count - 1, 6):
        feeding, entanglement = factors(point[:2])
        ideology, gains, spoils = 2.0 * point[2:5]
        sides = Weights(ideology=float(ideology), gains=float(gains), spoils=float(spoils))
        sets.append(_habitual(term_weights(sides, float(point[5])), feeding, entanglement))
    return np.array(sets)


def _habitual(weights: Floats, feeding: float, entanglement: float) -> Floats:
    """Multiply two of the term weights, in place (see `theory.doctrine.Habits`)."""
    weights[_TERM["feeding"]] *= feeding
    weights[_TERM["entanglement"]] *= entanglement
    return weights


def over_noise(logs: Floats) -> Floats:
    """The log of the likelihood's mean over the noise: [..., noise] to [...].

    `logs` are log-likelihoods at `NOISES`. After a long campaign the likelihood is a peak narrower
    than the step between two noises, and a mean over those alone would depend on where they lie.
    So the log-likelihood is first interpolated by a cubic (Catmull and Rom 1974).
    """
    return log_mean(logs @ _fine().T)


def log_mean(logs: Floats) -> Floats:
    """log(mean(exp(logs))) over the last axis; the largest is taken out first, against overflow."""
    largest = logs.max(axis=-1, keepdims=True)
    ratios = (logs - largest).astype(np.float32)
    np.exp(ratios, out=ratios)
    return np.asarray(np.log(ratios.mean(axis=-1, dtype=np.float64)) + largest[..., 0])


@cache
def _fine(parts: int = 8) -> Floats:
    """The interpolation as a matrix: [point, noise], with `parts` points between two noises."""
    count = len(NOISES)
    rows = []
    for at in np.linspace(0, count - 1, (count - 1) * parts + 1):
        left = min(int(at), count - 2)
        t = at - left
        # Catmull and Rom's weights of the two noises to the left and the two to the right.
        basis = (
            (-t + 2 * t**2 - t**3) / 2,
            (2 - 5 * t**2 + 3 * t**3) / 2,
            (t + 4 * t**2 - 3 * t**3) / 2,
            (-(t**2) + t**3) / 2,
        )
        row = np.zeros(count)
        for offset, share in zip((-1, 0, 1, 2), basis, strict=True):
            index = left + offset
            # A missing neighbour beyond an end is set on the straight line through the last two.
            if index < 0:
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
    """Posterior probabilities from log-likelihoods, with an even prior: [..., hypothesis]."""
    shares = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))
