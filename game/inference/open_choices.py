"""Which states stood open to a choice, by the rules and by what the acting state knew.

All functions give ids in the world's order, and read public facts alone.
"""

from collections.abc import Iterable

import numpy as np

from game.theory.families.alignment import bound_publicly, opposed_publicly
from game.theory.families.crisis import demand_options
from game.theory.families.war import war_options
from game.world.legality import within_reach
from game.world.model import World
from game.world.sight import Sight


def present(world: World, but: Iterable[str] = ()) -> tuple[str, ...]:
    """All states that live and are in the system, without some."""
    left_out = set(but)
    return tuple(
        state.id
        for state in world.states
        if state.alive and state.committed > 0 and state.id not in left_out
    )


def partners_open(world: World, me: str, chosen: str, adversary: str = "") -> tuple[str, ...]:
    """Who could be offered a treaty that names an adversary (empty: nobody).

    `chosen` is among them in any case. The others are not at war with the state, not asked in
    vain a short time ago, and neither stands against the other by a public pact.
    """
    opposed = opposed_publicly(world)
    mine = opposed.get(me, set())
    return tuple(
        other
        for other in present(world, (me, adversary))
        if other == chosen
        or not (
            world.at_war(me, other)
            or world.cooldown_until("offer", me, other) >= world.turn
            or other in mine
            or me in opposed.get(other, ())
        )
    )


def adversaries_open(world: World, me: str, partner: str, chosen: str) -> tuple[str, ...]:
    """Whom a pact of two could name; `chosen` is among them in any case.

    They are in the reach of either, and neither is bound to them by a public pact.
    """
    index = world.atlas.state_index
    bound = bound_publicly(world)
    pair = [state for state in (me, partner) if state]
    tied = np.any(bound[[index[state] for state in pair]], axis=0).tolist()
    return tuple(
        other
        for other in present(world, pair)
        if other == chosen
        or (not tied[index[other]] and any(within_reach(world, one, other) for one in pair))
    )


def demands_open(sight: Sight, chosen: str) -> tuple[str, ...]:
    """Of whom something could be demanded; `chosen` is among them in any case."""
    asked = {demand.of for demand in demand_options(sight) if demand is not None} | {chosen}
    return tuple(state for state in present(sight.world) if state in asked)


def wars_open(sight: Sight, chosen: str) -> tuple[str, ...]:
    """Who could be attacked without an ultimatum; `chosen` is among them in any case."""
    victims = {war.on for war in war_options(sight) if war is not None} | {chosen}
    return tuple(state for state in present(sight.world) if state in victims)
