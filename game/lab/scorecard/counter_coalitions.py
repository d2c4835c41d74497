"""Coalitions against the strongest on land and at sea (H1 to H3), with a placebo beside them.

Only what is newly signed counts: pacts that stood before say nothing of how states answer a leader.
The placebo is the same count against the second and the third strongest. A world in which they are
met as often does not balance against strength, whatever its rate.
"""

from collections.abc import Sequence

import numpy as np

from game.history import TurnRecord
from game.lab.conduct import Conduct
from game.lab.scorecard.row import ByWorld, Measured, enter, pooled, ratio, table
from game.lab.scorecard.shared_figures import Figure
from game.world.capability import means
from game.world.model import World
from game.world.sight import Floats

WINDOW = 5
"""A coalition counts if it is formed within so many turns."""
THIRD = 1 / 3
"""The share of the great powers' land forces from which they balance (Levy and Thompson 2005)."""
POLES = 8
"""Numbers of great powers: worlds are compared only with worlds of the same number."""
RANKS = ("first", "second", "third")

Pledge = tuple[str, str, str]
"""Two great powers or one with a lesser state, bound against a third: (party, party, against)."""


def measure_counter_coalitions(conduct: Conduct) -> Measured:
    """Whether two great powers or more newly bound themselves against the leading one in 5 turns.

    A case is every fifth turn; leaders and shares are among the great powers, on land (`land`) and
    at sea (`sea`). `rank`: [first to third by land forces, (cases, coalitions)].
    """
    land, sea, rank = table(POLES), table(POLES), np.zeros((len(RANKS), 2))
    turns = conduct.history.turns
    for begin in range(0, len(turns) - WINDOW + 1, WINDOW):
        window = turns[begin : begin + WINDOW]
        world = window[0].start
        great = [index for index, state in enumerate(world.states) if state.alive and state.great]
        stratum = min(len(great), POLES) - 1
        for entered, forces in ((land, means(world)[2]), (sea, means(world)[3])):
            total = float(forces[great].sum())
            if len(great) < 3 or not total:
                continue
            leader, *others = sorted(great, key=lambda index: (-int(forces[index]), index))
            met = newly_bound(window, conduct.ids[leader]) >= 2
            enter(entered, stratum, bool(forces[leader] / total >= THIRD), float(met))
            if entered is land:
                for place, index in enumerate((leader, *others)[: len(RANKS)]):
                    rank[place] += (1, newly_bound(window, conduct.ids[index]) >= 2)
    return {"land": land, "sea": sea, "rank": rank, "n": float(land[..., 0].sum())}


def newly_bound(window: Sequence[TurnRecord], target: str) -> int:
    """How many great powers signed a pact against a state in some turns that had none such before.

    Great powers as at the first turn's start. A pact that the same two renew is none that is new.
    """
    world = window[0].start
    great = {state.id for state in world.states if state.alive and state.great}
    before = _pledges(world, target)
    new = set().union(*(_pledges(record.end, target) for record in window)) - before
    return len({party for one in new for party in one[:2]} & great)


def _pledges(world: World, target: str) -> set[Pledge]:
    """Pairs that are bound against a state."""
    return {
        (first, second, target)
        for treaty in world.treaties
        if treaty.binding and treaty.against == target
        for first in treaty.parties
        for second in treaty.others(first)
    }


def rate(name: str, exposed: int) -> Figure:
    """The rate of new coalitions, below (0) or at and above (1) a third of the forces."""

    def figure(sums: ByWorld) -> Floats:
        cells = pooled(sums)[name].sum(axis=1)[:, exposed]
        return ratio(cells[:, 1], cells[:, 0])

    return figure


def against_rank(place: int) -> Figure:
    """The rate of new coalitions against the first, second or third strongest on land."""

    def figure(sums: ByWorld) -> Floats:
        cells = pooled(sums)["rank"][:, place]
        return ratio(cells[:, 1], cells[:, 0])

    return figure


def above_placebo(sums: ByWorld) -> Floats:
    """The rate against the strongest less the mean of those against the second and the third."""
    others = (against_rank(1)(sums) + against_rank(2)(sums)) / 2
    return against_rank(0)(sums) - others
