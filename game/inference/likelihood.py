"""How likely conduct was, for many weights and noises at once: `theory.choice_rule` as arrays.

All options of all decisions stand in one table, a decision's own beside one another, so that a
whole campaign is one product of matrices. What nobody's model explains is allowed for: a lapse.
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
"""How often anybody does something for no reason that a model has."""
MOST = 60.0
"""The largest gain, in units of the noise of acting, that is told apart."""

Option = tuple[Floats, int, NDArray[np.bool_] | None, bool]
"""A decision: terms [option, term], what was taken, what was open (None: all), hesitant."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Decisions laid flat. Hesitant decisions come with option 0, to do nothing, first."""

    terms: Floats
    """[row, term]."""
    starts: NDArray[np.int64]
    """Each decision's first row: [decision]."""
    taken: NDArray[np.int64]
    """Each decision's row that was taken: [decision]."""
    owner: NDArray[np.int64]
    """The decision that each row belongs to: [row]."""
    counts: NDArray[np.int64]
    """Open options of each decision: [decision]."""
    hesitant: NDArray[np.bool_]
    """[decision]."""
    opened: NDArray[np.bool_]
    """Which of all options these rows are: [option of any decision]."""

    def through(self, terms: Sequence[Floats]) -> "Table":
        """The same decisions with other terms: of each decision, [option, term]."""
        return replace(self, terms=np.concatenate(terms)[self.opened])

    def __len__(self) -> int:
        return len(self.starts)


def table(decisions: Iterable[Option]) -> Table:
    """Lay decisions flat, the options that were not open left out."""
    parts, masks, taken, counts, hesitant = [], [], [], [], []
    for terms, index, allowed, hesitates in decisions:
        count = len(terms)
        if allowed is not None:
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


def chances(laid: Table, weights: Floats, noises: Floats) -> NDArray[np.float32]:
    """How likely what was taken was: [decision, set of weights, noise].

    `weights` is [set, term]. Single precision is enough where a lapse is allowed for; a noise that
    is half another (`priors.NOISES`) costs a square and no exponential. Rows stand last while it
    is worked out, so that those of a decision are summed where they lie; the product is einsum's,
    whose sums are the same however many processors a library of matrices would use.
    """
    result = np.empty((len(noises), len(weights), len(laid)), dtype=np.float32)
    if not len(laid):
        return result.T
    terms = np.ascontiguousarray(laid.terms.T)
    worth = np.einsum("st,tr->sr", weights, terms).astype(np.float32)
    first, counts = laid.starts, laid.counts
    base = worth[:, first]
    worth[:, first[laid.hesitant]] = -np.inf
    most = np.maximum.reduceat(worth, first, axis=1)
    worth -= np.repeat(most, counts, axis=1)
    above = most - base
    idle = laid.hesitant & (laid.taken == first)
    lazy, acting = np.flatnonzero(idle), np.flatnonzero(laid.hesitant & ~idle)
    of_lazy = counts[lazy]
    rows = np.flatnonzero(np.repeat(idle, counts))
    begins = np.cumsum(of_lazy) - of_lazy
    known: dict[float, NDArray[np.float32]] = {}
    for index in np.argsort(-noises):
        noise = float(noises[index])
        twice = next((one for one in known if math.isclose(one, 2 * noise)), None)
        if twice is not None:
            weight = known.pop(twice)
            np.square(weight, out=weight)
        else:
            weight = worth * np.float32(1.0 / noise)
            np.exp(weight, out=weight)
        known[noise] = weight
        total = np.add.reduceat(weight, first, axis=1)
        chance = result[index]
        np.divide(weight.take(laid.taken, axis=1), total, out=chance)
        # The odds of acting on an option are its weight squared (TO_ACT is a half), lifted so.
        lift = np.exp(np.clip(above * np.float32(1.0 / (noise * TO_ACT)), -MOST, MOST))
        if len(acting):
            odds = weight.take(laid.taken[acting], axis=1) ** (1 / TO_ACT)
            odds *= lift.take(acting, axis=1)
            chance[:, acting] *= odds / (1 + odds)
        if len(lazy):
            # Nothing is done where each option that could be picked is then left.
            some = weight.take(rows, axis=1)
            odds = some ** (1 / TO_ACT)
            odds *= np.repeat(lift.take(lazy, axis=1), of_lazy, axis=1)
            odds += 1
            some /= odds
            left = np.add.reduceat(some, begins, axis=1)
            chance[:, lazy] = left / total.take(lazy, axis=1)
    np.clip(result, 0.0, 1.0, out=result)
    result *= 1 - LAPSE
    result += (LAPSE / counts).astype(np.float32)
    return result.T


def slope(laid: Table, worth: Floats, noise: float) -> tuple[float, Floats]:
    """The log-likelihood at each option's worth [row], and its slope in each worth: [row].

    The slope in the log of the noise is minus the sum of worth times slope: the noise only
    divides.
    """
    first, own, hesitant = laid.starts, laid.owner, laid.hesitant
    idle = np.zeros(len(own), dtype=np.bool_)
    idle[first[hesitant]] = True
    value = np.where(idle, -np.inf, worth / noise)
    weight = np.exp(value - np.maximum.reduceat(value, first)[own])
    share = weight / np.add.reduceat(weight, first)[own]
    acts = hesitant[own]
    sharp = 1.0 / (noise * TO_ACT)
    gain = np.clip((worth - worth[first][own]) * sharp, -MOST, MOST)
    will = np.where(acts & ~idle, 1.0 / (1.0 + np.exp(-gain)), 1.0)
    done = share * will
    done[idle] = 0.0
    active = np.add.reduceat(done, first)
    lazy = hesitant & (laid.taken == first)
    plain = np.where(lazy, 1.0 - active, done[laid.taken])
    chance = (1 - LAPSE) * np.clip(plain, 0.0, 1.0) + LAPSE / laid.counts
    outer = (1 - LAPSE) / chance
    bend = np.where(acts & ~idle, done * (1.0 - will) * sharp, 0.0)
    # Where something was done: the slope of the share of what was taken, and of the will to it.
    picked = np.zeros(len(own))
    picked[laid.taken] = 1.0
    whole = done[laid.taken][own]
    did = whole * (picked - share) / noise + picked * bend
    did = np.where(idle, -bend[laid.taken][own] * acts, did)
    # Where nothing was done: minus the slope of doing anything.
    rest = -(share * (will - active[own]) / noise + bend)
    rest = np.where(idle, np.add.reduceat(bend, first)[own], rest)
    inner = np.where(lazy[own], rest, did)
    return float(np.log(chance).sum()), np.asarray(inner * outer[own])
