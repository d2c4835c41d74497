"""The reason that a state states for leaving a treaty: from the record of its decision.

It tells which of the causes that the ledger names weighed most (THEORY W8, W10, W12).
"""

from game.theory.choice_rule import TERM, Record
from game.theory.lens import View
from game.world.orders import Denounce
from game.world.rules import BP
from game.world.sight import Sight
from game.world.terms import Reason

FADED = 0.5
"""Below this part of what is feared most, a named adversary is feared no more."""
DOUBTED = 0.9
"""Below this part of what a word counts for at the start, it is doubted."""


def reason_to_leave(view: View, sight: Sight, order: Denounce, record: Record) -> Reason:
    """Why a state leaves a treaty, by the largest of what its record holds against keeping it."""
    treaty = sight.world.treaty(order.treaty)
    if treaty is None:
        return ""
    row = record.terms[record.pick]
    index = sight.world.atlas.state_index
    partners = [index[party] for party in treaty.others(sight.me)]
    against = index.get(treaty.against, -1)
    if against >= 0 and any(view.field.tied[partner, against] for partner in partners):
        return "settled"
    quarrels, feared = float(row[TERM["entanglement"]]), float(row[TERM["feeding"]])
    if max(quarrels, feared) > float(row[TERM["autonomy"]]):
        return "quarrels" if quarrels >= feared else "feared"
    faced = view.faced[view.me]
    if against >= 0 and faced[against] < FADED * faced.max():
        return "faded"
    start = sight.world.atlas.rules.reliability_start / BP
    if any(view.facts.reliability[partner] < DOUBTED * start for partner in partners):
        return "word"
    if against >= 0 and view.field.engaged[view.me, against] > 1:
        return "enough"
    return "little"
