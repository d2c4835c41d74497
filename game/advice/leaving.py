"""Which partner of the player's may leave a treaty, and what leaving is worth to it."""

from dataclasses import dataclass

import numpy as np

from game.advice.estimated_beliefs import in_the_place_of
from game.advice.forecast import AMBITION, READINGS
from game.theory.choices import alignment_appraisal
from game.theory.doctrine import term_weights
from game.theory.families.alignment import menu_of
from game.theory.frame import Frame
from game.world.beliefs import Beliefs
from game.world.model import Treaty
from game.world.orders import Denounce
from game.world.sight import Floats, Sight


@dataclass(frozen=True, slots=True, eq=False)
class Leaving:
    """A partner who could give notice of a treaty, as far as the player can tell."""

    partner: str
    treaty: Treaty
    terms: dict[str, Floats]
    """The weighted terms of giving notice, by each reading of the partner: reading -> [term]."""

    @property
    def worth(self) -> tuple[float, float]:
        """What leaving is worth to the partner by power, and by threat, in the unit."""
        by_power, by_threat = (float(np.sum(self.terms[lens])) for lens in READINGS)
        return by_power, by_threat


def likeliest_to_leave(sight: Sight, estimate: Beliefs, frame: Frame) -> Leaving | None:
    """Of the partners who are free to leave next turn, the one to whom that is worth most.

    None where no term of a binding treaty is over by then.
    """
    world, me = sight.world, sight.me
    free = [
        _leaving(sight, estimate, frame, treaty, party)
        for treaty in world.treaties_of(me)
        if not treaty.leavers and treaty.binding and treaty.past_term(world.turn + 1)
        for party in treaty.helpers(me)
    ]
    return max(free, key=lambda one: (max(one.worth), -one.treaty.id, one.partner), default=None)


def _leaving(
    sight: Sight, estimate: Beliefs, frame: Frame, treaty: Treaty, partner: str
) -> Leaving:
    theirs = in_the_place_of(sight, partner, estimate)
    index = menu_of(theirs).place_of(Denounce(treaty.id))
    terms = {}
    for lens in READINGS:
        appraisal = alignment_appraisal(frame.view(theirs, lens), theirs)
        weights = term_weights(frame.doctrines[lens].weights, AMBITION)
        terms[lens] = np.asarray(appraisal.terms[index] * weights)
    return Leaving(partner, treaty, terms)
