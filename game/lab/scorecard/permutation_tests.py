"""Rows W3 and T12: permutation tests of likeness of regime and of nearness.

A state's decision is computed again on the same menu, with likeness (or nearness) permuted at
random among states. The difference is the effect of likeness alone: whatever else goes with it on
a map stays as it was.
"""

from collections.abc import Callable

import numpy as np

from game.lab.conduct import Choice, Conduct
from game.lab.scorecard.identities import alignment_chances, with_facts
from game.lab.scorecard.row import Measured
from game.lab.scorecard.shared_figures import Figure, mean_of
from game.world.sight import Facts, Floats

EVERY = 4
"""One in so many first envoys is measured."""
THEORIES = ("BOP", "BOT")


def kinship(facts: Facts, me: int, choice: Choice) -> Floats:
    """Likeness of regime with the partner of each pact: [pact]."""
    return np.asarray(facts.affinity[me][choice.menu.pacts.partner])


def nearness(facts: Facts, me: int, choice: Choice) -> Floats:
    """Mean proximity of a pact's partner and, where one is named, adversary: [pact]."""
    pacts = choice.menu.pacts
    near = facts.D[me]
    named = pacts.against >= 0
    against = near[np.where(named, pacts.against, 0)]
    return np.asarray(np.where(named, (near[pacts.partner] + against) / 2, near[pacts.partner]))


def measure(
    conduct: Conduct, factor: str, trait_of: Callable[[Facts, int, Choice], Floats]
) -> Measured:
    """The expected trait of the pacts that states choose, minus that with `factor` permuted."""
    sums = {f"{name}_{part}": 0.0 for name in THEORIES for part in ("gap", "n")}
    firsts = [one for one in conduct.choices if not one.rank and one.seen.doctrine in THEORIES]
    for number, choice in enumerate(firsts):
        if number % EVERY or choice.share(choice.binding) < 1e-6:
            continue
        seen = choice.seen
        order = np.random.default_rng([seen.turn, seen.me]).permutation(len(seen.sight.facts.c))
        table: Floats = getattr(seen.sight.facts, factor)
        other = with_facts(seen.sight, **{factor: table[np.ix_(order, order)]})
        doctrine = conduct.position.frame.doctrines[seen.doctrine]
        scale = conduct.position.frame.scales[seen.doctrine]
        trait = trait_of(seen.sight.facts, seen.me, choice)
        means = []
        for sight in (seen.sight, other):
            chances = alignment_chances(sight, seen.sight, doctrine, scale)
            binding = chances[1 : 1 + len(trait)] * choice.binding
            means.append(float(binding @ trait / max(float(binding.sum()), 1e-12)))
        sums[f"{seen.doctrine}_gap"] += means[0] - means[1]
        sums[f"{seen.doctrine}_n"] += 1
    return {**sums, "n": sums["BOP_n"] + sums["BOT_n"]}


def measure_kinship(conduct: Conduct) -> Measured:
    """By how much partners are more alike than with likeness permuted."""
    return measure(conduct, "affinity", kinship)


def measure_nearness(conduct: Conduct) -> Measured:
    """By how much pacts are nearer than with proximity permuted."""
    return measure(conduct, "D", nearness)


def gap(doctrine: str) -> Figure:
    """The mean difference under a doctrine."""
    return mean_of(f"{doctrine}_gap", f"{doctrine}_n")
