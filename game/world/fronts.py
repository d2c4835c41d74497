"""Fronts: who faces whom with what, where an army can strike, and at what odds (RULES, War).

Read by the engine and by whatever shows odds: what is shown is what is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.world.atlas import Atlas
from game.world.legality import CALMEST_THAT_FIGHTS
from game.world.memo import derived
from game.world.model import War, World
from game.world.odds import (
    attack_strength,
    defence_strength,
    force_against,
    landing_odds,
    odds,
)
from game.world.orders import Front
from game.world.rules import BP, TERRAIN_DEFENCE


@dataclass(frozen=True, slots=True)
class Strike:
    """An attack that one army can make: where, by land or from the sea."""

    province: str
    landing: bool


@derived("wars", "provinces", "weights")
def contacts(world: World) -> Mapping[str, tuple[str, ...]]:
    """By belligerent, those at war with it whom its army meets: either can strike the other."""
    met: dict[str, set[str]] = {}
    held = _held(world)
    for war in world.wars:
        fields = {
            member: _field(world, war, member, held) for member in (*war.attackers, *war.defenders)
        }
        for attacker in war.attackers:
            for defender in war.defenders:
                near = not fields[attacker].isdisjoint(held.get(defender, ()))
                if near or not fields[defender].isdisjoint(held.get(attacker, ())):
                    met.setdefault(attacker, set()).add(defender)
                    met.setdefault(defender, set()).add(attacker)
    return {
        state.id: tuple(other.id for other in world.states if other.id in met[state.id])
        for state in world.states
        if state.id in met
    }


@dataclass(slots=True)
class Deployment:
    """A state's army in the field: a line against each enemy it meets, and a reserve.

    The reserve stands behind the lines, behind each by the danger there: nobody is everywhere at
    once, so that enemies on several sides add up (THEORY S7, p. 44). In attack it marches on the
    main front alone. World units.
    """

    lines: dict[str, int]
    reserve: int
    main: str
    """The enemy that the main front faces; empty where nobody is met."""
    danger: Mapping[str, int]
    """What each enemy that is met can bring, above 0."""

    def attacking(self, enemy: str) -> int:
        """The army that can attack an enemy."""
        return self.lines.get(enemy, 0) + (self.reserve if enemy == self.main else 0)

    def defending(self, enemy: str) -> int:
        """The army that meets an enemy's attack."""
        behind = self.reserve * self.danger.get(enemy, 0) // max(1, sum(self.danger.values()))
        return self.lines.get(enemy, 0) + behind

    def lose(self, enemy: str, losses: int, engaged: int) -> None:
        """Take losses out of what was engaged against an enemy, line and reserve alike."""
        behind = engaged - self.lines.get(enemy, 0)
        from_reserve = losses * behind // max(1, engaged)
        self.reserve -= from_reserve
        if enemy in self.lines:
            self.lines[enemy] -= losses - from_reserve


def deploy(world: World, state: str, orders: Mapping[str, Front]) -> Deployment:
    """How a state's army is divided: a reserve, and the rest among the enemies it meets.

    In proportion to what each enemy can bring against it, times the weight its order gives (1
    without one). The main front is the heaviest.
    """
    army = world.state(state).army
    reserve = army * world.atlas.rules.reserve // BP
    danger = {
        enemy: force_against(world, enemy, state) + 1 for enemy in contacts(world).get(state, ())
    }
    weights = {
        enemy: force * (orders[enemy].weight if enemy in orders else 1)
        for enemy, force in danger.items()
    }
    whole = max(1, sum(weights.values()))
    lines = {enemy: (army - reserve) * weight // whole for enemy, weight in weights.items()}
    main = max(weights, key=lambda enemy: (weights[enemy], enemy), default="")
    return Deployment(lines, reserve, main, danger)


def strikes(world: World, war: War, attacker: str, defender: str) -> list[list[Strike]]:
    """Where an attacker can strike a defender, in groups of equal preference, the best first.

    By land, from its own ground or through its side's, before from the sea; the war's aim, then
    its own side's lost ground, then the weakest ground. What is equal in all this shares a group.
    """
    held = _held(world)
    ground = held.get(defender, [])
    marched = _by_land(world, war, attacker, held)
    found = [index for index in ground if index in marched]
    landing = not found
    if landing:
        landed = _by_sea(world, attacker, held)
        found = [index for index in ground if index in landed]
    friends = (attacker, *war.friends(attacker))
    groups: dict[tuple[bool, bool, int], list[Strike]] = {}
    for index in found:
        province = world.provinces[index]
        defence = TERRAIN_DEFENCE[world.atlas.provinces[index].terrain]
        key = (province.id != war.aim, province.owner not in friends, defence)
        groups.setdefault(key, []).append(Strike(province.id, landing))
    return [groups[key] for key in sorted(groups)]


@derived("provinces")
def _held(world: World) -> Mapping[str, list[int]]:
    """By holder, the provinces it stands in."""
    held: dict[str, list[int]] = {}
    for index, province in enumerate(world.provinces):
        held.setdefault(province.holder, []).append(index)
    return held


def _field(world: World, war: War, state: str, held: Mapping[str, list[int]]) -> set[int]:
    """All that a state's army can strike."""
    return _by_land(world, war, state, held) | _by_sea(world, state, held)


def _by_land(world: World, war: War, state: str, held: Mapping[str, list[int]]) -> set[int]:
    """What touches the ground a state holds, or its side's ground that it can march through."""
    near = _neighbours(world.atlas)
    friendly = {place for friend in war.friends(state) for place in held.get(friend, ())}
    reached = set(held.get(state, ()))
    edge = list(reached)
    touched: set[int] = set()
    while edge:
        for place in near[edge.pop()]:
            touched.add(place)
            if place in friendly and place not in reached:
                reached.add(place)
                edge.append(place)
    return touched


def _by_sea(world: World, state: str, held: Mapping[str, list[int]]) -> set[int]:
    """The coasts one sea crossing from a state's own, if it has a fleet."""
    atlas = world.atlas
    ports = [place for place in held.get(state, ()) if atlas.provinces[place].coastal]
    if world.state(state).fleet <= 0 or not ports:
        return set()
    within = atlas.distance[np.array(ports)].min(axis=0) <= 2 * atlas.rules.sea_step
    return {int(place) for place in np.nonzero(within)[0] if atlas.provinces[int(place)].coastal}


@lru_cache(maxsize=4)
def _neighbours(atlas: Atlas) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(place) for place in np.nonzero(row)[0]) for row in atlas.borders)


def supply(world: World, state: str, province: str) -> int:
    """What share of an army can fight in a province, bp: less with every step from its own land."""
    atlas = world.atlas
    home = [index for index, own in enumerate(world.provinces) if own.owner == state]
    if not home:
        return BP // 4
    half_steps = int(atlas.distance[np.array(home), atlas.province_index[province]].min())
    return min(BP, max(1, 8 * BP // (6 + half_steps)))


def occupation(world: World, province: str) -> int:
    """The army that a province ties down in the turn it is taken, world units, by its people."""
    people = world.atlas.place(province).population
    return people * world.atlas.rules.occupation // BP


def brought(world: World, attacker: str, strike: Strike, army: int) -> int:
    """What of an army fights in a strike: what supply allows, at sea what the fleet carries."""
    men = army * supply(world, attacker, strike.province) // BP
    if not strike.landing:
        return men
    return min(men, world.state(attacker).fleet * world.atlas.rules.fleet_carries)


def strike_odds(
    world: World, attacker: str, defender: str, strike: Strike, army: int, facing: int
) -> int:
    """The attacker's chance, bp, with `army` against `facing`; a landing must win at sea too."""
    attack = attack_strength(world, attacker, brought(world, attacker, strike, army))
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
