"""Rows W3 and T12: the same choices, with regimes or with places dealt anew among states.

What a state would have chosen on the very menu that it had, had only who is kindred, or who is
near, been otherwise: so that what else goes with kinship or nearness on a map does not count.
"""

from collections.abc import Callable

import numpy as np

from game.lab.conduct import Choice, Conduct
from game.lab.scorecard.identities import alignment_chances, with_facts
from game.lab.scorecard.row import Measured
from game.lab.scorecard.shared_figures import Figure, mean_of
from game.world.sight import Facts, Floats

EVERY = 4
"""Of how many first envoys one is looked at."""
THEORIES = ("BOP", "BOT")


def kinship(facts: Facts, me: int, choice: Choice) -> Floats:
    """How kindred the partner of each pact is: [pact]."""
    return np.asarray(facts.affinity[me][choice.menu.pacts.partner])


def nearness(facts: Facts, me: int, choice: Choice) -> Floats:
    """How near a pact's partner and adversary are, the mean of both: [pact]."""
    pacts = choice.menu.pacts
    near = facts.D[me]
    named = pacts.against >= 0
    against = near[np.where(named, pacts.against, 0)]
    return np.asarray(np.where(named, (near[pacts.partner] + against) / 2, near[pacts.partner]))


def measure(
    conduct: Conduct, factor: str, trait_of: Callable[[Facts, int, Choice], Floats]
) -> Measured:
    """The mean of a trait of the pacts that are likely, less the same with a factor dealt anew."""
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
    """How much more kindred partners are than they would be with regimes dealt anew."""
    return measure(conduct, "affinity", kinship)


def measure_nearness(conduct: Conduct) -> Measured:
    """How much nearer pacts are than they would be with places dealt anew."""
    return measure(conduct, "D", nearness)


def gap(doctrine: str) -> Figure:
    """The mean difference under a doctrine."""
    return mean_of(f"{doctrine}_gap", f"{doctrine}_n")
