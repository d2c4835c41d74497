"""What a state can see: one place, for screen, rivals and treaty desk alike (DESIGN, Sight).

A sight holds a *seen world*: the world less what its owner does not know (others' secret
treaties, networks, soundings; aid between others, and who declined whom). Everything that reads a
world reads a seen one the same way. Who knows of what happened: `world.knowledge`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from game.world.beliefs import Beliefs
from game.world.capability import capability, offense, proximity
from game.world.copies import with_changes
from game.world.memo import derived, share_memo
from game.world.model import Treaty, World
from game.world.rules import BP

Floats = NDArray[np.float64]
Table = Mapping[tuple[str, str], int]
Making = TypeVar("Making", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The public figures of a world, as fractions: made once a world, shared by all sights."""

    c: Floats
    """Capability share: [state]."""
    D: Floats
    """Proximity: [state, state]."""
    O: Floats  # noqa: E741 (the ledger's symbol)
    """Offensive capability: [state]."""
    poles: NDArray[np.bool_]
    there: NDArray[np.bool_]
    """Alive and in the system."""
    reliability: Floats
    affinity: Floats
    """[state, state]."""
    cache: dict[Any, Any] = field(default_factory=dict)
    """What was computed from these figures already; keyed by its maker."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A world as one state sees it, and what that state believes."""

    me: str
    world: World
    """The seen world."""
    hostile: Floats
    """How hostile I believe each state: [state], fraction."""
    facts: Facts
    cache: dict[Any, Any] = field(default_factory=dict, init=False)
    """What was worked out of this sight already; keyed by its maker."""

    @property
    def index(self) -> int:
        """My place in the world's order."""
        return self.world.atlas.state_index[self.me]

    @property
    def treaties(self) -> tuple[Treaty, ...]:
        """The treaties I know of."""
        return self.world.treaties


def remembered(make: Making) -> Making:
    """Mark a pure function of a sight (and of hashable subjects, given by place): made once.

    What it made lives and goes with the sight, as what `derived` marks does with a world. Nobody
    may change what such a function returned.
    """

    @wraps(make)
    def known(sight: Sight, *subject: Any) -> Any:
        key = (make, *subject)
        try:
            return sight.cache[key]
        except KeyError:
            result = sight.cache[key] = make(sight, *subject)
            return result

    return cast(Making, known)


@derived("turn", "standing", "provinces", "signed", "wars")
def facts_of(world: World) -> Facts:
    """The public figures of a world."""
    return Facts(
        c=capability(world) / BP,
        D=proximity(world) / BP,
        O=offense(world) / BP,
        poles=np.array([state.alive and state.great for state in world.states]),
        there=np.array([state.alive and state.committed > 0 for state in world.states]),
        reliability=np.array([state.reliability / BP for state in world.states]),
        affinity=world.atlas.affinity / BP,
    )


_ONES_OWN = frozenset({"networks", "soundings", "cooldowns", "aid", "leverage", "assurances"})
"""The parts of a world of which everyone sees its own alone: what it has in others, what passed
between it and others. Of cooldowns, those of talks; the rest follow from what all see."""
OF_TALKS = frozenset({"offer", "declined"})
"""The cooldowns that follow from talks, which only those know who held them."""


@derived(*(part.name for part in fields(World) if part.name not in _ONES_OWN), "signed")
def _with_treaties(world: World, known: tuple[int, ...]) -> World:
    """The world with only some of its treaties: one for all who know of the same."""
    treaties = tuple([treaty for treaty in world.treaties if treaty.id in known])
    none: dict[Any, int] = {}
    parts = dict.fromkeys(_ONES_OWN - {"assurances"}, none)
    fewer = with_changes(world, {**parts, "assurances": (), "treaties": treaties})
    share_memo(fewer, world, _ONES_OWN | {"treaties"})
    return fewer


def seen_by(world: World, beliefs: Beliefs, state: str) -> Sight:
    """What `state` sees of the world, with its own beliefs. Raises KeyError for an unknown id."""
    index = world.atlas.state_index[state]
    known = tuple([treaty.id for treaty in world.treaties if treaty.seen_by(state)])
    open_alike = _with_treaties(world, known)
    own = {
        "networks": _networks_by_owner(world).get(state, {}),
        "soundings": _soundings_by_owner(world).get(state, {}),
        "cooldowns": _cooldowns_known(world)[state],
        "aid": _aid_by_party(world).get(state, {}),
        "leverage": _leverage_by_party(world).get(state, {}),
        "assurances": tuple([one for one in world.assurances if state in (one.to, one.giver)]),
    }
    seen = with_changes(open_alike, own)
    share_memo(seen, open_alike, _ONES_OWN)
    return Sight(state, seen, beliefs.hostile[index] / BP, facts_of(world))


@derived("networks")
def _networks_by_owner(world: World) -> Mapping[str, Table]:
    return _by_owner(world.networks)


@derived("soundings")
def _soundings_by_owner(world: World) -> Mapping[str, Table]:
    return _by_owner(world.soundings)


@derived("cooldowns")
def _cooldowns_known(world: World) -> Mapping[str, Mapping[tuple[str, str, str], int]]:
    """By state, the cooldowns that it knows of: all but those of others' declined offers."""
    public = {key: until for key, until in world.cooldowns.items() if key[0] not in OF_TALKS}
    known = dict.fromkeys([state.id for state in world.states], public)
    for key, until in world.cooldowns.items():
        if key[0] in OF_TALKS:
            for party in key[1:]:
                known[party] = {**known[party], key: until}
    return known


@derived("aid")
def _aid_by_party(world: World) -> Mapping[str, Table]:
    return _by_party(world.aid)


@derived("leverage")
def _leverage_by_party(world: World) -> Mapping[str, Table]:
    return _by_party(world.leverage)


def _by_party(table: Table) -> Mapping[str, Table]:
    parties: dict[str, dict[tuple[str, str], int]] = {}
    for pair, value in table.items():
        for party in pair:
            parties.setdefault(party, {})[pair] = value
    return parties


def _by_owner(table: Table) -> Mapping[str, Table]:
    owners: dict[str, dict[tuple[str, str], int]] = {}
    for pair, value in table.items():
        owners.setdefault(pair[0], {})[pair] = value
    return owners
