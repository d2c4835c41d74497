"""Whether a doctrine foretells what was done: a posterior predictive check of whom a state named.

The log of how likely the choices were is held against its mean and spread over what the doctrine,
with the weights that fit best, would have chosen in their place (Gelman, Meng & Stern 1996).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.inference.choice_sets import ChoiceSet
from game.world.sight import Floats

LEAST = -2.33
"""The check fails below this many standard deviations: one in a hundred would."""


@dataclass(frozen=True, slots=True)
class FitCheck:
    """What a doctrine expected of some choices, and what was done."""

    choices: int
    """How many choices of an adversary there were."""
    against: str
    """The state that the doctrine expected to be named most often."""
    expected: float
    """How often it expected that."""
    made: int
    """How often that was done."""
    deviation: float
    """How far the likelihood lies from what was expected, in standard deviations; below 0 if what
    was done is less likely than what the doctrine would have done."""

    @property
    def passed(self) -> bool:
        """Whether what was done could have been the doctrine's."""
        return self.deviation >= LEAST


def fit_check(choices: Sequence[ChoiceSet], probability: Floats) -> FitCheck:
    """The check of some choices of an adversary (at least one).

    `probability` is how likely each option was under the doctrine: [row], the choices one after
    another. Options against the same state count together: with whom is another matter.
    """
    expected: dict[str, float] = {}
    made: dict[str, int] = {}
    total = mean = variance = 0.0
    start = 0
    for one in choices:
        shares: dict[str, float] = {}
        for state, share in zip(one.against, probability[start:].tolist(), strict=False):
            shares[state] = shares.get(state, 0.0) + share
        start += len(one.against)
        named = one.against[one.taken]
        chance = np.array(list(shares.values()))
        log = np.log(np.maximum(chance, 1e-12))
        total += math.log(max(shares[named], 1e-12))
        mean += float((chance * log).sum())
        variance += float((chance * log**2).sum() - (chance * log).sum() ** 2)
        for state, share in shares.items():
            expected[state] = expected.get(state, 0.0) + share
        made[named] = made.get(named, 0) + 1
    against = max(expected, key=lambda state: expected[state])
    deviation = (total - mean) / max(variance, 1e-9) ** 0.5
    return FitCheck(
        len(choices), against, expected[against], made.get(against, 0), float(deviation)
    )
