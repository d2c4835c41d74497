"""Fronts: who faces whom with what, where an army can strike, and at what odds (RULES, War).

Read by the engine and by whatever shows odds: what is shown is what is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.world.atlas import Atlas
from game.world.legality import CALMEST_THAT_FIGHTS, within_reach
from game.world.model import Province, War, World
from game.world.odds import (
    attack_strength,
    defence_strength,
    force_against,
    landing_odds,
    odds,
    reach,
)
from game.world.orders import Front
from game.world.rules import BP, TERRAIN_DEFENCE


@dataclass(frozen=True, slots=True)
class Strike:
    """An attack that one army can make: where, by land or from the sea."""

    province: str
    landing: bool


def enemies(world: World, state: str) -> tuple[str, ...]:
    """Those a state is at war with and can meet, in the world's order."""
    met = {enemy for war in world.wars_of(state) for enemy in war.enemies(state)}
    return tuple(
        other.id
        for other in world.states
        if other.id in met and (within_reach(world, state, other.id) or _touching(world, state))
    )


def _touching(world: World, state: str) -> bool:
    """Whether a state stands in occupied land, from where it meets whoever is next to it."""
    return any(province.holder == state and province.owner != state for province in world.provinces)


def armies(world: World, state: str, orders: Mapping[str, Front]) -> dict[str, int]:
    """How a state's army is divided among its enemies: world units by enemy.

    In proportion to what each can bring against it, times the weight its order gives (1 without).
    """
    faced = enemies(world, state)
    weights = {
        enemy: (orders[enemy].weight if enemy in orders else 1)
        * (force_against(world, enemy, state) + 1)
        for enemy in faced
    }
    whole = sum(weights.values())
    if whole == 0:
        return dict.fromkeys(faced, 0)
    army = world.state(state).army
    return {enemy: army * weight // whole for enemy, weight in weights.items()}


def strikes(world: World, war: War, attacker: str, defender: str) -> list[list[Strike]]:
    """Where an attacker can strike a defender, in groups of equal preference, the best first.

    By land before from the sea; the war's aim, then its own side's lost ground, then the weakest
    ground. What is equal in all this shares a group.
    """
    friends = (attacker, *war.friends(attacker))
    near = _neighbours(world.atlas)
    index = world.atlas.province_index
    held = [index[province.id] for province in world.provinces if province.holder in friends]
    reachable = {place for own in held for place in near[own]}
    targets = [province for province in world.provinces if province.holder == defender]
    by_land = [province for province in targets if index[province.id] in reachable]
    landing = not by_land
    found = by_land or _across_the_sea(world, attacker, targets)
    groups: dict[tuple[bool, bool, int], list[Strike]] = {}
    for province in found:
        ground = TERRAIN_DEFENCE[world.atlas.place(province.id).terrain]
        key = (province.id != war.aim, province.owner not in friends, ground)
        groups.setdefault(key, []).append(Strike(province.id, landing))
    return [groups[key] for key in sorted(groups)]


def _across_the_sea(world: World, attacker: str, targets: list[Province]) -> list[Province]:
    if world.state(attacker).fleet <= 0:
        return []
    atlas = world.atlas
    index = atlas.province_index
    ports = [
        index[province.id]
        for province in world.provinces
        if province.holder == attacker and atlas.place(province.id).coastal
    ]
    if not ports:
        return []
    crossing = 2 * atlas.rules.sea_step
    nearest = atlas.distance[np.array(ports)].min(axis=0)
    return [
        province
        for province in targets
        if atlas.place(province.id).coastal and int(nearest[index[province.id]]) <= crossing
    ]


@lru_cache(maxsize=4)
def _neighbours(atlas: Atlas) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(place) for place in np.nonzero(row)[0]) for row in atlas.borders)


def strike_odds(
    world: World, attacker: str, defender: str, strike: Strike, army: int, facing: int
) -> int:
    """The attacker's chance, bp, with `army` against `facing`; a landing must win at sea too."""
    brought = army * reach(world, attacker, defender) // BP
    attack = attack_strength(world, attacker, brought)
    terrain = world.atlas.place(strike.province).terrain
    chance = odds(attack, defence_strength(world, defender, facing, terrain))
    if strike.landing:
        chance = max(200, chance * landing_odds(world, attacker, defender) // BP)
    return chance


def attacks(world: World, attacker: str, chance: int, order: Front | None) -> bool:
    """Whether an army attacks at these odds: as ordered, else when they are good enough.

    From a posture too calm to fight, without an order it holds.
    """
    if order is not None:
        return order.attack and order.weight > 0
    able = world.state(attacker).posture >= CALMEST_THAT_FIGHTS
    return able and chance >= world.atlas.rules.attack_at
