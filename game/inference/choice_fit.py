"""How well readings explain choices: weights fitted by Newton's method, evidence by Laplace.

A reading is a conditional choice model (McFadden 1974): an option is chosen with a probability
proportional to exp(utility), the utility a weighted sum of its features. The log-posterior of the
weights is smooth and concave, so its maximum is found by Newton's method from closed-form
gradients; the log of the evidence is Laplace's approximation there. All readings of a kind of
choice are fitted together, as one array.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.inference.choice_sets import ChoiceSet
from game.inference.hypotheses import Reading
from game.inference.option_figures import COLUMN, SEEN
from game.world.sight import Floats

STEPS = 30
"""The most steps of Newton's method."""
ENOUGH = 1e-3
"""The search ends where a step would raise no log-posterior by more than this."""
_SEEN_COLUMN = {name: index for index, name in enumerate(SEEN)}


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Choices of one kind, in order of time, with what each of some readings makes of them.

    Weights are counted from their prior's mean, in units of its standard deviation.
    """

    features: Floats
    """[reading, row, weight]; readings with fewer weights are filled up with zeros."""
    offset: Floats
    """The utility of each option where all weights are at their prior's mean: [reading, row]."""
    starts: NDArray[np.int64]
    """The first row of each choice: [choice]."""
    counts: NDArray[np.int64]
    """How many options each choice had: [choice]."""
    taken: NDArray[np.int64]
    """The row that was taken in each choice: [choice]."""

    def first(self, choices: int) -> "Stack":
        """Only the first of the choices."""
        if choices == len(self.counts):
            return self
        rows = int(self.counts[:choices].sum())
        return Stack(
            self.features[:, :rows],
            self.offset[:, :rows],
            self.starts[:choices],
            self.counts[:choices],
            self.taken[:choices],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Some choices as readings explain them."""

    evidence: Floats
    """The log of how likely the choices were, the weights integrated over: [reading]."""
    weights: Floats
    """The likeliest weights, as in `Stack`: [reading, weight]."""
    probability: Floats
    """How likely each option was with those: [reading, row]."""


def stacked(choices: Sequence[ChoiceSet], readings: Sequence[Reading]) -> Stack:
    """Choices of one kind (at least one) with the features of some readings."""
    plain = np.concatenate([one.plain for one in choices])
    through = {
        lens: np.concatenate([one.seen[lens] for one in choices]) for lens in choices[0].seen
    }
    most = max(1, max(len(reading.plain) + len(reading.seen) for reading in readings))
    features = np.zeros((len(readings), len(plain), most))
    offset = np.zeros((len(readings), len(plain)))
    for place, reading in enumerate(readings):
        columns = [plain[:, COLUMN[name]] for name, _ in reading.plain]
        priors = [prior for _, prior in reading.plain]
        for names, prior in reading.seen:
            columns.append(
                sum(through[reading.lens][:, _SEEN_COLUMN[name]] for name in names)
                + np.zeros(len(plain))
            )
            priors.append(prior)
        for index, (column, (mean, spread)) in enumerate(zip(columns, priors, strict=True)):
            features[place, :, index] = spread * column
            offset[place] += mean * column
    counts = np.array([len(one.partner) for one in choices], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    taken = starts + np.array([one.taken for one in choices], dtype=np.int64)
    return Stack(features, offset, starts, counts, taken)


def fitted(stack: Stack, near: Floats | None = None) -> Fitted:
    """The readings' weights at the maximum of their posterior; `near` is where to begin."""
    count, _, width = stack.features.shape
    weights = np.zeros((count, width)) if near is None else near.copy()
    value, chance = _posterior(stack, weights)
    for _ in range(STEPS):
        slope, curve = _derivatives(stack, weights, chance)
        step = np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
        if float((slope * step).sum(axis=1).max()) < ENOUGH:
            break
        length = np.ones(count)
        for _ in range(12):
            trial = weights + length[:, None] * step
            new, new_chance = _posterior(stack, trial)
            worse = new < value - 1e-9
            if not worse.any():
                break
            length = np.where(worse, length / 2, length)
        weights, value, chance = trial, new, new_chance
    _, curve = _derivatives(stack, weights, chance)
    evidence = value - 0.5 * np.linalg.slogdet(curve)[1]
    return Fitted(np.asarray(evidence), weights, chance)


def _posterior(stack: Stack, weights: Floats) -> tuple[Floats, Floats]:
    """The log-posterior of the weights, without a constant: [reading]; and each option's chance."""
    utility = stack.offset + (stack.features @ weights[:, :, None])[:, :, 0]
    best = np.maximum.reduceat(utility, stack.starts, axis=1)
    odds = np.exp(utility - np.repeat(best, stack.counts, axis=1))
    total = np.add.reduceat(odds, stack.starts, axis=1)
    chance = odds / np.repeat(total, stack.counts, axis=1)
    likelihood = (utility[:, stack.taken] - best - np.log(total)).sum(axis=1)
    return likelihood - 0.5 * (weights**2).sum(axis=1), chance


def _derivatives(stack: Stack, weights: Floats, chance: Floats) -> tuple[Floats, Floats]:
    """The gradient of the log-posterior, [reading, weight], and minus its second derivatives."""
    weighed = chance[:, :, None] * stack.features
    # The mean of each feature over the options of a choice: [reading, choice, weight].
    mean = np.add.reduceat(weighed, stack.starts, axis=1)
    slope = stack.features[:, stack.taken].sum(axis=1) - mean.sum(axis=1) - weights
    curve = stack.features.transpose(0, 2, 1) @ weighed - mean.transpose(0, 2, 1) @ mean
    curve += np.eye(stack.features.shape[2])
    return slope, curve
