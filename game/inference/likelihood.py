"""How likely recorded decisions were, for many weights and noises at once.

This is `theory.choice_rule` written for arrays. The options of all decisions stand in one table,
one row an option; the rows of one decision are neighbours. So a whole campaign is weighed with one
matrix product. A decision that no model explains stays possible (see `LAPSE`), so that a single
odd move cannot rule a doctrine out.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
    owner: NDArray[np.int64]
    """The index of the decision that each row belongs to: [row]."""
    counts: NDArray[np.int64]
    """How many options were open in each decision: [decision]."""
    hesitant: NDArray[np.bool_]
    """Whether the state first asks if the best option is better than nothing: [decision]."""
    opened: NDArray[np.bool_]
    """Which options were open, over all options of all decisions: [option of any decision]."""

    def through(self, terms: Sequence[Floats]) -> "Table":
        """The same decisions with other terms: one array [option, term] a decision."""
        return replace(self, terms=np.concatenate(terms)[self.opened])

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
        owner=np.repeat(np.arange(len(sizes)), sizes),
        counts=sizes,
        hesitant=np.array(hesitant, dtype=np.bool_),
        opened=opened,
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
    # exp(u / n): where twice a noise was done before (`priors.NOISES` are so), a square will do.
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


def slope(decisions: Table, worth: Floats, noise: float) -> tuple[float, Floats]:
    """The log-likelihood of all decisions, and its derivative by each option's utility.

    `worth` is the utility of each option: [row]; `noise` a temperature in the same unit. Returns
    (sum of logs, [row]). The derivative by the log of the noise follows from it: minus the sum of
    utility times derivative, because the noise does nothing but divide utilities.
    """
    first, owner, hesitant = decisions.starts, decisions.owner, decisions.hesitant
    is_nothing = np.zeros(len(owner), dtype=np.bool_)
    is_nothing[first[hesitant]] = True
    # The softmax share of each option; doing nothing has no part in it: [row].
    value = np.where(is_nothing, -np.inf, worth / noise)
    weight = np.exp(value - np.maximum.reduceat(value, first)[owner])
    share = weight / np.add.reduceat(weight, first)[owner]
    # The probability of acting on an option once it is picked; 1 where nobody hesitates: [row].
    may_pass = hesitant[owner]
    per_unit = 1.0 / (noise * TO_ACT)
    log_odds = np.clip((worth - worth[first][owner]) * per_unit, -MOST, MOST)
    acts = np.where(may_pass & ~is_nothing, 1.0 / (1.0 + np.exp(-log_odds)), 1.0)
    # The probability that an option is picked and done: [row]; that anything is done: [decision].
    done = share * acts
    done[is_nothing] = 0.0
    anything = np.add.reduceat(done, first)
    # The probability of what was taken, before and after the lapse: [decision].
    did_nothing = hesitant & (decisions.taken == first)
    modelled = np.where(did_nothing, 1.0 - anything, done[decisions.taken])
    chance = (1 - LAPSE) * np.clip(modelled, 0.0, 1.0) + LAPSE / decisions.counts
    # d log(chance) / d modelled: [decision].
    outer = (1 - LAPSE) / chance
    # d done / d utility by way of the will to act, the share held fixed: [row].
    by_will = np.where(may_pass & ~is_nothing, done * (1.0 - acts) * per_unit, 0.0)
    # Where option t was taken: d done_t / d u_r. The softmax gives done_t (1[r = t] - share_r) /
    # noise; the will to act adds `by_will` at t and takes it away at doing nothing.
    is_taken = np.zeros(len(owner))
    is_taken[decisions.taken] = 1.0
    done_of_taken = done[decisions.taken][owner]
    if_acted = done_of_taken * (is_taken - share) / noise + is_taken * by_will
    if_acted = np.where(is_nothing, -by_will[decisions.taken][owner] * may_pass, if_acted)
    # Where nothing was done: d (1 - anything) / d u_r, by the same two ways, with its sign turned.
    if_passed = -(share * (acts - anything[owner]) / noise + by_will)
    if_passed = np.where(is_nothing, np.add.reduceat(by_will, first)[owner], if_passed)
    inner = np.where(did_nothing[owner], if_passed, if_acted)
    return float(np.log(chance).sum()), np.asarray(inner * outer[owner])
