"""What was to be seen of the states that stood open to an act: dangers and plain public figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from game.inference.deeds import Deed
from game.theory.frame import Frame
from game.theory.lens import ties
from game.world.events import Event
from game.world.sight import Floats, Sight, remembered

LENSES = ("BOP", "BOT")
FIGURES = (
    "share",
    "nearness",
    "armament",
    "hostility",
    "kinship",
    "tie",
    "wealth",
    "treatment",
)
"""Share of capability; proximity, offensive capability and hostility as the lens has them, each 0
to 1; likeness of ideology, 0 to 1; whether a treaty stands with it, 0 or 1; share of the world's
treasuries; how it has treated the acting state of late (see `Treatment`), above 0 if well."""
FADING = 0.75
"""What is left after a turn of how a state was treated."""
TREATED: Mapping[str, float] = {
    "treaty_offered": 0.5,
    "treaty_signed": 1.0,
    "aid_given": 1.0,
    "pledge_made": 1.0,
    "call_honoured": 1.0,
    "guarantee_given": 1.0,
    "treaty_declined": -0.25,
    "demand_made": -1.0,
    "crisis_climbed": -0.5,
    "plot_found": -0.5,
    "treaty_broken": -1.0,
    "call_refused": -1.0,
    "war_declared": -2.0,
    "war_joined": -1.0,
}
"""Kind of event -> how well its actor treats its target by it."""
MUTUAL = frozenset({"treaty_signed"})
"""The kinds in which both do the same to each other."""
NAMING = frozenset({"treaty_offered", "treaty_signed", "pledge_made"})
"""The kinds whose fact `against` names a state that is treated badly by it."""


class Treatment:
    """How each state was treated by each other, by what was seen to happen; older deeds fade."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, str], float] = defaultdict(float)

    def of(self, state: str, other: str) -> float:
        """How `other` has treated `state`: 0 if it did nothing to it."""
        return self._by.get((state, other), 0.0)

    def learn(self, events: Iterable[Event]) -> None:
        """Let a turn pass, in which this happened."""
        for pair in self._by:
            self._by[pair] *= FADING
        for happening in events:
            worth = TREATED.get(happening.kind, 0.0)
            if worth and happening.target:
                self._by[happening.target, happening.actor] += worth
                if happening.kind in MUTUAL:
                    self._by[happening.actor, happening.target] += worth
            if happening.kind in NAMING:
                named = happening.text("against")
                if named and named not in (happening.actor, happening.target):
                    self._by[named, happening.actor] -= 0.5


def dangers(deed: Deed, sight: Sight, measured: Frame) -> dict[str, Floats]:
    """Lens -> how dangerous each state that stood open looked: [open].

    Of a side in a war it is the danger of all who fight on it.
    """
    index = sight.world.atlas.state_index
    sides = deed.sides or tuple((state,) for state in deed.open)
    result = {}
    for lens in LENSES:
        view = measured.view(sight, lens)
        faced = view.faced[view.me]
        result[lens] = np.array(
            [sum(float(faced[index[state]]) for state in side) for side in sides]
        )
    return result


def figures(deed: Deed, sight: Sight, treatment: Treatment) -> dict[str, Floats]:
    """The plain public figures of the states that stood open, by name of `FIGURES`: [open]."""
    world, facts, me = sight.world, sight.facts, sight.index
    places = np.array([world.atlas.state_index[state] for state in deed.open], dtype=np.int64)
    tied, _ = ties(world)
    return {
        "share": facts.c[places],
        "nearness": np.minimum(facts.D[me, places], 1.0),
        "armament": facts.O[places],
        "hostility": sight.hostile[places],
        "kinship": facts.affinity[me, places],
        "tie": tied[me, places].astype(np.float64),
        "wealth": _wealth(sight)[places],
        "treatment": np.array([treatment.of(sight.me, state) for state in deed.open]),
    }


@remembered
def _wealth(sight: Sight) -> Floats:
    """Each state's share of the money in all treasuries: [state]."""
    money = np.array([float(max(0, state.treasury)) for state in sight.world.states])
    return np.asarray(money / max(1.0, float(money.sum())))


@remembered
def most_feared(sight: Sight, measured: Frame) -> dict[str, str]:
    """Lens (BOP, BOT) -> the state that endangers `sight.me` most; empty where none does."""
    result = {}
    for lens in LENSES:
        view = measured.view(sight, lens)
        faced = view.faced[view.me]
        index = int(np.argmax(faced))
        result[lens] = sight.world.states[index].id if float(faced[index]) > 0 else ""
    return result
