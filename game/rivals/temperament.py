"""What a state is like, whatever it fears: how patient, how candid, how proud.

It is drawn for each seat, independent of doctrine and habits. It moves timing and tone: what is
added to an option's utility is less than the noise of a choice, and never depends on whom a state
fears.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.theory.choice_rule import TERM, Appraisal
from game.theory.families.alignment import AlignmentMenu
from game.words.manners import Level, Manner
from game.world.rules import BP
from game.world.sight import Sight

MOST = 0.012
"""Most that a temperament adds to an option or takes from it, in the unit of utility."""
MARKED = 0.25
"""How far from the middle a trait must be to show in letters."""


@dataclass(frozen=True, slots=True)
class Temperament:
    """The traits of a seat, each from 0 to 1, in whole bp; .5 where nothing marks it."""

    patience: float = 0.5
    """How long it waits before it asks again, and lets a crisis stand."""
    candour: float = 0.5
    """How directly it writes, and how honest its assurances are."""
    pride: float = 0.5
    """How hard it takes a refusal, and how hard it yields."""

    @property
    def manner(self) -> Manner:
        """How it writes."""
        return Manner(_level(self.patience), _level(self.candour), _level(self.pride))


EVEN = Temperament()
"""A temperament that changes nothing."""


def drawn(chance: Callable[[str], float]) -> Temperament:
    """A temperament by chance: `chance` of a trait's name is in [0, 1)."""
    patience, candour, pride = (
        round(chance(trait) * BP) / BP for trait in ("patience", "candour", "pride")
    )
    return Temperament(patience, candour, pride)


def _level(trait: float) -> Level:
    return 1 if trait >= 0.5 + MARKED else -1 if trait <= 0.5 - MARKED else 0


def tempered(appraisal: Appraisal, sight: Sight, temperament: Temperament) -> Appraisal:
    """A menu as a state of that temperament weighs it.

    - The proud do not soon repeat an offer to who declined one, and do not like to yield.
    - The patient do not soon repeat a demand, and let a crisis stand; the others press on.
    """
    if appraisal.family not in ("alignment", "demand", "exchange") or temperament == EVEN:
        return appraisal
    proud = MOST * (2.0 * temperament.pride - 1.0)
    patient = MOST * (2.0 * temperament.patience - 1.0)
    menu, terms = appraisal.options, appraisal.terms.copy()
    if isinstance(menu, AlignmentMenu):
        declined = _remembered(sight, "declined")
        if not declined:
            return appraisal
        again = np.zeros(len(sight.world.states))
        again[[sight.world.atlas.state_index[state] for state in declined]] = proud
        terms[1 : 1 + len(menu.pacts.partner), TERM["repute"]] -= again[menu.pacts.partner]
    elif appraisal.family == "demand":
        demanded = _remembered(sight, "demanded")
        for at, option in enumerate(menu):
            if option is not None and option.of in demanded:
                terms[at, TERM["inertia"]] -= patient
    else:
        for at, option in enumerate(menu):
            if option == "yield":
                terms[at, TERM["repute"]] -= proud
            elif option == "hold":
                terms[at, TERM["inertia"]] += patient
    return Appraisal(appraisal.family, menu, terms, appraisal.hesitant)


def _remembered(sight: Sight, what: str) -> frozenset[str]:
    """Of whom a state has in mind that it asked for something, of late."""
    turn = sight.world.turn
    return frozenset(
        whom
        for (kind, who, whom), until in sight.world.cooldowns.items()
        if kind == what and who == sight.me and until >= turn
    )
