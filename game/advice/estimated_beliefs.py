"""What a state can work out about how others see the world, from what it saw itself.

The map's beliefs are common knowledge; what follows is learned by the public rule from the events
that the observer witnessed. So a forecast of another's choice reads no secret of it.
How far that reasoning is trusted depends on the tie: a treaty, a network or a sounding narrows what
must be guessed (THEORY S8, p. 46); for the rest a middling hostility is assumed.
"""

from collections.abc import Iterable

import numpy as np

from game.world.beliefs import Beliefs, learn
from game.world.events import Event
from game.world.knowledge import visible
from game.world.model import World
from game.world.rules import BP
from game.world.sight import Sight

STRANGER = 0.5
"""How far one trusts one's picture of how a stranger sees the world."""
BY_TREATY = 0.4
"""What any treaty with it adds."""
BY_NETWORK = 0.5
"""What a network of full depth in it adds."""
BY_SOUNDING = 0.2
"""What a sounding of this or the last turn adds; it wears off over five turns."""
SOUNDING_LASTS = 5


def estimate_beliefs(
    estimate: Beliefs, world: World, events: Iterable[Event], observer: str
) -> Beliefs:
    """The estimate after a turn of which `observer` saw what it saw."""
    return learn(estimate, world, visible(events, observer))


def confidence(sight: Sight, other: str) -> float:
    """How well a state knows how another sees the world, 0 to 1 (THEORY S8, p. 46)."""
    world, me = sight.world, sight.me
    known = STRANGER
    if any(treaty.binds(me, other) for treaty in world.treaties):
        known += BY_TREATY
    known += BY_NETWORK * world.networks.get((me, other), 0) / BP
    heard = world.soundings.get((me, other))
    if heard is not None:
        age = max(0, world.turn - heard - 1)
        known += BY_SOUNDING * max(0.0, 1 - age / SOUNDING_LASTS)
    return min(1.0, known)


def in_the_place_of(sight: Sight, other: str, estimate: Beliefs) -> Sight:
    """Another's sight as one imagines it: one's own seen world, and the estimate of its beliefs.

    The last is kept with one's own sight, and with it how the world looks from there: several
    things are asked of one state in turn.
    """
    last: tuple[Beliefs, Sight] | None = sight.cache.get(in_the_place_of)
    if last is not None and last[0] is estimate and last[1].me == other:
        return last[1]
    atlas = sight.world.atlas
    index = atlas.state_index[other]
    known = confidence(sight, other)
    middling = atlas.rules.hostile_default / BP
    row = known * estimate.hostile[index] / BP + (1 - known) * middling
    theirs = Sight(other, sight.world, np.asarray(row), sight.facts)
    sight.cache[in_the_place_of] = estimate, theirs
    return theirs
