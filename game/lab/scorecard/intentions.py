"""What is believed of others' intentions, beside what they then intend to do (S10).

Ambition is no intention: an ambitious state may have none against a given other. A state's
intention against another is read from its own decisions: how likely it was, in the next turns, to
demand something of it or to attack it.
"""

import numpy as np
from scipy.stats import rankdata

from game.lab.conduct import Conduct
from game.lab.scorecard.row import ByWorld, Measured, Slopes, pooled, ratio
from game.lab.scorecard.shared_figures import Figure
from game.world.rules import BP
from game.world.sight import Floats, facts_of

AHEAD = 5
"""Intentions are those of so many turns from the one in which they are believed."""


def measure_s10(conduct: Conduct) -> Measured:
    """Beliefs about hostility with the hostile moves that others then weigh, pair by pair.

    Every fifth turn, of all pairs in which the one could move against the other; by ranks within
    the turn (Spearman's correlation), for a few pairs weigh most of all hostile moves. Beside it
    the correlation of what is believed at the end with true ambition.
    """
    believed = Slopes(1)
    meant, could = _hostile_moves(conduct)
    cases = 0
    for begin in range(0, len(conduct.history.turns) - AHEAD + 1, AHEAD):
        open_ = could[begin : begin + AHEAD].any(axis=0)
        observed, observer = np.nonzero(open_)
        if len(observed) < 3:
            continue
        hostile = conduct.position.beliefs[begin].hostile[observer, observed]
        intended = meant[begin : begin + AHEAD].sum(axis=0)[observed, observer]
        x, y = (rankdata(values) / len(values) for values in (hostile, intended))
        believed.group(x[:, None], y)
        cases += len(observed)
    return {
        **believed.measured(),
        **_ambition(conduct),
        "pairs": float(cases),
    }


def _hostile_moves(conduct: Conduct) -> tuple[Floats, Floats]:
    """The probability of demands and attacks, and whether any could be made.

    Both [turn, who moves, against whom].
    """
    shape = (len(conduct.history.turns), len(conduct.ids), len(conduct.ids))
    meant, could = np.zeros(shape), np.zeros(shape, dtype=bool)
    for seen, record in conduct.records:
        if record.family not in ("demand", "war"):
            continue
        for option, chance in zip(record.options, record.probabilities, strict=True):
            target = getattr(option, "of", getattr(option, "on", ""))
            if target:
                place = seen.turn - 1, seen.me, conduct.index[target]
                meant[place] += float(chance)
                could[place] = True
    return meant, could


def _ambition(conduct: Conduct) -> dict[str, float | Floats]:
    """What is believed of each state at the end, beside its ambition, and how observers differ."""
    present = np.nonzero(facts_of(conduct.history.world).there)[0]
    hostile = conduct.position.beliefs[-1].hostile / BP
    of_each = [hostile[present[present != j], j] for j in present]
    slope = Slopes(1)
    slope.group(conduct.ambition[present][:, None], np.array([one.mean() for one in of_each]))
    differ = float(sum(one.std() for one in of_each))
    return {**slope.measured("ambition_"), "differ": differ, "count": float(len(present))}


def correlation(prefix: str = "") -> Figure:
    """The correlation of two variables, of which the sums of a regression were taken."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        scale = np.sqrt(one[f"{prefix}xx"][:, 0, 0] * one[f"{prefix}yy"])
        return ratio(one[f"{prefix}xy"][:, 0], scale)

    return figure
