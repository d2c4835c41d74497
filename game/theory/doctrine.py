"""Doctrines: four exponents, a scope and declared weights (THEORY, The lens). Data, not code.

Balance of threat contains balance of power as the case in which only power counts. The foils are
what the paper argues against; RANDOM is the null that every doctrine contains when noise is free.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from game.world.map_document import MapDoc
from game.world.rules import BP
from game.world.sight import Floats

Exponents = tuple[float, float, float, float]
"""Of power, proximity, offense, intentions."""

TERMS = (
    "security",
    "entanglement",
    "feeding",
    "autonomy",
    "ideology",
    "gains",
    "spoils",
    "strength",
    "pact",
    "leverage",
    "inertia",
    "stake",
    "repute",
    "cost",
)
"""The signed terms that a decision is made of, in order. Costs are negative terms."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a doctrine cares about, beside one another."""

    security: float = 1.0
    ideology: float = 0.0
    gains: float = 0.0
    spoils: float = 0.0
    strength: float = 0.0
    pact: float = 0.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How a state's reckoning departs from that of its doctrine: factors of 0.5 to 2.

    No two reckon alike, and nobody is told of it; a doctrine as such has none (all 1).
    """

    allies: float = 1.0
    """On what an ally's strength counts for; the count itself stays at most 1."""
    contest: float = 1.0
    """The exponent of the contest between two sides."""
    feeding: float = 1.0
    """On what it costs to feed another's strength."""
    entanglement: float = 1.0
    """On what a partner's quarrels cost."""


PLAIN = Habits()
"""No habits at all."""


def habit_factor(drawn: float) -> float:
    """The factor of a habit, from a half to double, in whole bp.

    `drawn` is evenly spread over 0 to 1, and so is the factor's logarithm over its range.
    """
    return float(round(BP * 2.0 ** (2.0 * drawn - 1.0)) / BP)


@dataclass(frozen=True, slots=True)
class Lens:
    """How danger is seen: the four exponents, and whether poles alone count (THEORY W13)."""

    exponents: Exponents
    poles_only: bool
    habits: Habits = PLAIN
    alone: bool = False
    """Whether everybody is thought to stand alone: nobody is foreseen to take a side."""

    @property
    def danger(self) -> "Lens":
        """The lens as far as danger is seen through it.

        `alone` changes only what is foreseen, feeding and entanglement only what pacts are worth.
        """
        if not self.alone and self.habits == PLAIN:
            return self
        sees = Habits(allies=self.habits.allies, contest=self.habits.contest)
        return replace(self, alone=False, habits=sees)

    @property
    def field(self) -> "Lens":
        """The lens as far as all see alike through it: the exponent of intentions is 0.

        What is believed of intentions is each observer's own (see `lens.Field`).
        """
        return _field_of(self)


@lru_cache(maxsize=1024)
def _field_of(lens: Lens) -> Lens:
    power, proximity, offense, intentions = lens.exponents
    if intentions == 0:
        return lens.danger
    return replace(lens.danger, exponents=(power, proximity, offense, 0))


@dataclass(frozen=True, slots=True)
class Doctrine:
    """A theory of how a state sees danger and chooses."""

    id: str
    lens: Lens
    weights: Weights


BUILT_IN: Mapping[str, Doctrine] = {
    doctrine.id: doctrine
    for doctrine in (
        Doctrine("BOP", Lens((1, 0, 0, 0), True), Weights(gains=1.0)),
        Doctrine("BOT", Lens((1, 1, 1, 1), False), Weights(ideology=1.0, spoils=1.0)),
        Doctrine("SOLIDARITY", Lens((1, 1, 1, 1), False), Weights(security=0.0, ideology=1.0)),
        Doctrine(
            "BANDWAGON",
            Lens((1, 0, 0, 0), False),
            Weights(security=0.0, strength=1.0, spoils=1.0),
        ),
        Doctrine("ISOLATION", Lens((1, 1, 1, 1), False, alone=True), Weights(pact=-4.0)),
        Doctrine("RANDOM", Lens((1, 1, 1, 1), False), Weights(security=0.0)),
    )
}
"""BOP, BOT and the four foils, in the order in which they are reported."""


def doctrines(doc: MapDoc) -> Mapping[str, Doctrine]:
    """The built-in doctrines and the map's own."""
    own = {
        name: Doctrine(
            name,
            Lens(entry.exponents, entry.scope == "poles"),
            Weights(
                security=entry.weights.security,
                ideology=entry.weights.ideology,
                gains=entry.weights.gains,
                spoils=entry.weights.spoils,
                strength=entry.weights.strength,
                pact=entry.weights.pact,
            ),
        )
        for name, entry in doc.doctrines.items()
    }
    return {**BUILT_IN, **own}


_NO_CARE = Weights(security=0.0)


def term_weights(weights: Weights, ambition: float) -> Floats:
    """What each of `TERMS` counts for: [term]. `ambition` in [0, 1] scales spoils and stakes.

    A doctrine without a care for security (a foil) feels none of what follows from it.
    """
    security = weights.security
    cares = float(weights != _NO_CARE)
    return np.array(
        [
            security,
            security,
            security,
            security,
            weights.ideology,
            weights.gains,
            weights.spoils * ambition,
            weights.strength,
            weights.pact,
            security,
            max(abs(security), 0.5) * cares,
            (0.5 + ambition) * cares,
            cares,
            cares,
        ]
    )
