"""What an AI state says when it is asked for an assurance: its real reckoning, or a lie."""

from collections.abc import Callable

import numpy as np

from game.rivals.envelope import Seat
from game.theory.choice_rule import Record, pick
from game.theory.doctrine import TERMS
from game.theory.families.assurance import (
    NO,
    OPTIONS,
    SILENCE,
    YES,
    reckoned,
    wished_belief,
)
from game.theory.lens import View
from game.world.questions import AssuranceQuestion
from game.world.sight import Floats, Sight

DECIDED = 0.65
"""How likely a state must be to do a thing, or not to do it, before it says so."""


def assured(
    view: View,
    sight: Sight,
    seat: Seat,
    weights: Floats,
    question: AssuranceQuestion,
    keyed: Callable[..., float],
) -> Record:
    """Answer one who asks for an assurance. The record holds the worth of what each answer names.

    The state reckons what it would do if the crisis ended in war, as it would decide it then
    (`theory.families.assurance.entry`). What it is at least `DECIDED` likely to do is its true
    answer; otherwise that is silence. Where it would have the asker believe something else
    (`wished_belief`), it says that instead with the probability of 1 less its candour. One draw,
    keyed by the question.
    """
    chances, asked, worth = reckoned(
        view, sight, question.crisis, question.beside, weights, seat.noise
    )
    likely = float(chances[asked].sum())
    true = YES if likely >= DECIDED else NO if likely <= 1.0 - DECIDED else SILENCE
    wished = wished_belief(view, sight, question)
    said = np.zeros(len(OPTIONS))
    candour = seat.temperament.candour if wished != SILENCE else 1.0
    said[OPTIONS.index(true)] += candour
    said[OPTIONS.index(wished if wished != SILENCE else true)] += 1.0 - candour
    terms = np.zeros((len(OPTIONS), len(TERMS)))
    for place, some in ((1, asked), (2, ~asked)):
        if some.any():
            best = max(np.flatnonzero(some), key=lambda at: float(chances[at]))
            terms[place] = worth[best]
    chosen = pick(said, keyed("assurance", question.id))
    return Record("assurance", OPTIONS, terms, terms.sum(axis=1), said, chosen, question)
