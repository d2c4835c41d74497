"""How likely recorded decisions were, for many weights and noises at once.

This is `theory.choice_rule` written for arrays. The options of all decisions stand in one table,
one row an option; the rows of one decision are neighbours. So a whole campaign is weighed with one
matrix product. A decision that no model explains stays possible (see `LAPSE`), so that a single
odd move cannot rule a doctrine out.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.theory.choice_rule import TO_ACT
from game.theory.doctrine import TERMS
from game.world.sight import Floats

LAPSE = 0.01
"""The probability that a state takes an option evenly at random, for no reason in any model."""
MOST = 60.0
"""The limit of the log odds of acting; larger ones are cut, so that `exp` does not overflow."""

Option = tuple[Floats, int, NDArray[np.bool_] | None, bool]
"""One decision: terms [option, term], the index of what was taken, which options were open
([option], None: all), and whether doing nothing is weighed first (`Appraisal.hesitant`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Decisions as rows of one table. Option 0 of a hesitant decision is to do nothing."""

    terms: Floats
    """Raw terms, before weights: [row, term]."""
    starts: NDArray[np.int64]
    """The first row of each decision: [decision]."""
    taken: NDArray[np.int64]
    """The row that was taken in each decision: [decision]."""
    counts: NDArray[np.int64]
    """How many options were open in each decision: [decision]."""
    hesitant: NDArray[np.bool_]
    """Whether the state first asks if the best option is better than nothing: [decision]."""

    def __len__(self) -> int:
        return len(self.starts)


def table(decisions: Iterable[Option]) -> Table:
    """Put decisions into one table; options that were not open get no row."""
    parts, masks, taken, counts, hesitant = [], [], [], [], []
    for terms, index, allowed, hesitates in decisions:
        count = len(terms)
        if allowed is not None:
            # The index among the open options, and how many of them there are.
            index, count = (int(np.count_nonzero(some)) for some in (allowed[:index], allowed))
        parts.append(terms)
        masks.append(np.ones(count, dtype=np.bool_) if allowed is None else allowed)
        taken.append(index)
        counts.append(count)
        hesitant.append(hesitates and count > 1)
    opened = np.concatenate(masks) if masks else np.zeros(0, dtype=np.bool_)
    sizes = np.array(counts, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if parts else sizes
    return Table(
        terms=np.concatenate(parts)[opened] if parts else np.zeros((0, len(TERMS))),
        starts=starts,
        taken=starts + np.array(taken, dtype=np.int64),
        counts=sizes,
        hesitant=np.array(hesitant, dtype=np.bool_),
    )


def chances(decisions: Table, weights: Floats, noises: Floats) -> NDArray[np.float32]:
    """The probability of what was taken: [decision, set of weights, noise].

    `weights` is [set, term]; `noises` are temperatures in the unit of utility: [noise]. Single
    precision is enough, because `LAPSE` keeps every probability away from 0.

    Rows are the last axis of the work arrays, so that the rows of a decision are neighbours in
    memory. The product is einsum's and not `@`: a matrix library may add in another order on
    another number of processors, and the result would differ in its last digits.
    """
    result = np.empty((len(noises), len(weights), len(decisions)), dtype=np.float32)
    if not len(decisions):
        return result.T
    first, counts, hesitant = decisions.starts, decisions.counts, decisions.hesitant
    terms = np.ascontiguousarray(decisions.terms.T)
    # Utility of each option: [set, row].
    utility = np.einsum("st,tr->sr", weights, terms).astype(np.float32)
    utility_of_first = utility[:, first]
    # A hesitant decision picks among options 1 and up; exp(-inf) = 0 leaves option 0 out.
    utility[:, first[hesitant]] = -np.inf
    # Utilities are taken relative to the best of the decision, so that `exp` stays in (0, 1].
    best = np.maximum.reduceat(utility, first, axis=1)
    utility -= np.repeat(best, counts, axis=1)
    # By how much the best option is better than doing nothing: [set, decision].
    gain_of_best = best - utility_of_first
    did_nothing = hesitant & (decisions.taken == first)
    passed, acted = np.flatnonzero(did_nothing), np.flatnonzero(hesitant & ~did_nothing)
    passed_counts = counts[passed]
    passed_rows = np.flatnonzero(np.repeat(did_nothing, counts))
    passed_starts = np.cumsum(passed_counts) - passed_counts
    # Softmax weights by noise, from the largest noise down. exp(u / (n / 2)) is the square of
    # exp(u / n): where twice a noise was done before, a square will do.
    weights_by_noise: dict[float, NDArray[np.float32]] = {}
    for index in np.argsort(-noises):
        noise = float(noises[index])
        twice = next((one for one in weights_by_noise if math.isclose(one, 2 * noise)), None)
        if twice is not None:
            weight = weights_by_noise.pop(twice)
            np.square(weight, out=weight)
        else:
            weight = utility * np.float32(1.0 / noise)
            np.exp(weight, out=weight)
        weights_by_noise[noise] = weight
        # The softmax share of what was taken: its weight over the sum of its decision's weights.
        total = np.add.reduceat(weight, first, axis=1)
        chance = result[index]
        np.divide(weight.take(decisions.taken, axis=1), total, out=chance)
        # The odds of acting on option k are exp((u_k - u_0) / (noise * TO_ACT)). As `weight` is
        # exp((u_k - best) / noise), they are weight ** (1 / TO_ACT) times this factor.
        odds_of_best = np.exp(
            np.clip(gain_of_best * np.float32(1.0 / (noise * TO_ACT)), -MOST, MOST)
        )
        if len(acted):
            # P(k) = share of k times the probability of acting on it, odds / (1 + odds).
            odds = weight.take(decisions.taken[acted], axis=1) ** (1 / TO_ACT)
            odds *= odds_of_best.take(acted, axis=1)
            chance[:, acted] *= odds / (1 + odds)
        if len(passed):
            # P(nothing) = the sum over k of the share of k times 1 / (1 + odds of k).
            share = weight.take(passed_rows, axis=1)
            odds = share ** (1 / TO_ACT)
            odds *= np.repeat(odds_of_best.take(passed, axis=1), passed_counts, axis=1)
            odds += 1
            share /= odds
            nothing = np.add.reduceat(share, passed_starts, axis=1)
            chance[:, passed] = nothing / total.take(passed, axis=1)
    np.clip(result, 0.0, 1.0, out=result)
    # With probability LAPSE the option is drawn evenly from those that were open.
    result *= 1 - LAPSE
    result += (LAPSE / counts).astype(np.float32)
    return result.T
