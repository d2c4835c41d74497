"""Which traits of a pair make an offer of a pact likely: a regression (W3, T8, T12, H7).

The traits are likeness of regime, nearness, strength and a common foe. The outcome is the
probability that a state's first envoy offers a partner a defence or offence pact, divided by the
probability in a random choice. Only partners of the same decision are compared.
"""

import numpy as np

from game.lab.conduct import Choice, Conduct
from game.lab.scorecard.row import ByWorld, Measured, Slopes, pooled, slopes, spread
from game.lab.scorecard.shared_figures import Figure
from game.world.sight import Floats

AFFINITY, NEARNESS, SHARE, POLE, COMMON = range(5)
"""The variables: likeness of regime, proximity, share of capability, being a pole, a common foe."""
GROUPS = ("BOP", "BOT_secure", "BOT_insecure")
WITHOUT_FOE = (AFFINITY, NEARNESS, SHARE, POLE)
"""The variables without the common foe. A common foe follows from nearness in part, so the total
effect of nearness is estimated without it."""


def measure_dyads(conduct: Conduct) -> Measured:
    """The regression's sums for BOP, and for BOT states that are secure or insecure."""
    groups = {name: Slopes(5) for name in GROUPS}
    for choice in conduct.choices:
        doctrine = choice.seen.doctrine
        if choice.rank or doctrine not in ("BOP", "BOT"):
            continue
        binding = choice.share(choice.binding)
        if binding < 1e-4:
            continue
        secure = "secure" if choice.seen.view.insecurity < 0.7 else "insecure"
        name = doctrine if doctrine == "BOP" else f"BOT_{secure}"
        groups[name].group(*_pairs(choice, binding))
    sums: dict[str, float | Floats] = {}
    for name, slope in groups.items():
        sums |= slope.measured(f"{name}_")
    sums["n"] = float(sum(slope.cases for slope in groups.values()))
    return sums


def _pairs(choice: Choice, binding: float) -> tuple[Floats, Floats]:
    """The variables and the outcome of each possible partner: [partner, 5], [partner]."""
    seen, pacts = choice.seen, choice.menu.pacts
    open_to = np.unique(pacts.partner[choice.binding])
    offered = np.zeros(len(seen.sight.facts.c))
    np.add.at(offered, pacts.partner[choice.binding], choice.chances[choice.binding])
    facts, view = seen.sight.facts, seen.view
    faced = view.faced.copy()
    faced[:, seen.me] = 0.0
    theirs = faced.argmax(axis=1)
    mine = seen.feared[0] if seen.feared else -1
    common = (theirs == mine) & (faced.max(axis=1) > 0) & (np.arange(len(theirs)) != mine)
    x = np.stack(
        [facts.affinity[seen.me], facts.D[seen.me], facts.c, facts.poles * 1.0, common * 1.0],
        axis=1,
    )[open_to]
    return x, offered[open_to] / binding * len(open_to)


def total_effect(group: str, variable: int) -> Figure:
    """The rise of the outcome when a variable goes from 0 to 1, common foes not held constant."""

    def figure(sums: ByWorld) -> Floats:
        fitted = slopes(pooled(sums), f"{group}_", WITHOUT_FOE)
        return np.asarray(fitted[:, variable])

    return figure


def secure_less_insecure(sums: ByWorld) -> Floats:
    """The effect of likeness for secure BOT states minus that for insecure ones."""
    secure, insecure = (total_effect(f"BOT_{of}", AFFINITY)(sums) for of in ("secure", "insecure"))
    return secure - insecure


def foe_above_likeness(sums: ByWorld) -> Floats:
    """The effect of a common foe minus that of likeness, each for one standard deviation."""
    one = pooled(sums)
    every = {
        f"all_{name}": sum((one[f"{group}_{name}"] for group in GROUPS), np.zeros(()))
        for name in ("xx", "xy", "yy", "n")
    }
    effect = slopes(every, "all_") * spread(every, "all_")
    return np.asarray(np.abs(effect[:, COMMON]) - np.abs(effect[:, AFFINITY]))
