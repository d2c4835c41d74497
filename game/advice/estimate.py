"""What a state can work out about how others see the world, from what it saw itself.

The map's beliefs are common knowledge; what follows is learned by the public rule from the events
that the observer witnessed. So a forecast of another's choice reads no secret of it.
"""

from collections.abc import Iterable

from game.world.beliefs import Beliefs, learn
from game.world.events import Event, visible
from game.world.model import World
from game.world.rules import BP
from game.world.sight import Sight


def follow(estimate: Beliefs, world: World, events: Iterable[Event], observer: str) -> Beliefs:
    """The estimate after a turn of which `observer` saw what it saw."""
    return learn(estimate, world, visible(events, observer))


def in_the_place_of(sight: Sight, other: str, estimate: Beliefs) -> Sight:
    """Another's sight as one imagines it: one's own seen world, and the estimate of its beliefs."""
    index = sight.world.atlas.state_index[other]
    return Sight(other, sight.world, estimate.hostile[index] / BP, sight.facts)
