"""Capability: how much of the world's means a state commands, after COW's CINC (DESIGN section 2).

All figures are integers; shares are basis points.
"""

import numpy as np

from game.world.atlas import FAR, Ints
from game.world.memo import derived
from game.world.model import Province, World
from game.world.rules import ATTACK_FACTOR, BP, CONQUEST_YIELD

_PARTS = 100_000_000
"""Parts of a whole in which shares are added up before they are rounded to basis points."""


def province_yield(world: World, province: Province) -> int:
    """What share of a province's people and industry its owner commands, bp.

    Nothing while another's army stands in it; after an annexation, more from year to year.
    """
    if province.holder != province.owner:
        return 0
    if province.annexed < 0:
        return BP
    years = world.turn - province.annexed
    return CONQUEST_YIELD[min(years, len(CONQUEST_YIELD) - 1)]


@derived("turn", "weights", "provinces")
def means(world: World) -> Ints:
    """Population, industry, army and fleet of each state: [4, state], world units.

    The dead have none; a power off the map counts for the share it commits.
    """
    result = whole_means(world)
    committed = np.array([state.committed for state in world.states], dtype=np.int64)
    if (committed != BP).any():
        result = result * committed // BP
    return result


@derived("turn", "weights", "provinces")
def whole_means(world: World) -> Ints:
    """As `means`, but a power off the map counts whole: what it lives on, committed or not."""
    atlas = world.atlas
    table = [[0] * len(world.states) for _ in range(4)]
    for index, (state, sheet) in enumerate(zip(world.states, atlas.states, strict=True)):
        if state.alive:
            table[0][index] = sheet.population
            table[1][index] = sheet.industry
            table[2][index] = state.army
            table[3][index] = state.fleet
    for province, place in zip(world.provinces, atlas.provinces, strict=True):
        if province.owner:
            share = province_yield(world, province)
            index = atlas.state_index[province.owner]
            table[0][index] += place.population * share // BP
            table[1][index] += place.industry * share // BP
    return np.array(table, dtype=np.int64)


@derived("turn", "weights", "provinces")
def capability(world: World) -> Ints:
    """Each state's share of the world's capability, bp: [state].

    The mean of its shares of population, industry and forces; forces are the mean of the shares
    of army and fleet. A component that nobody has is left out. At least 1 for the living in the
    system, 0 for the others.
    """
    table = means(world)
    population, industry, army, fleet = (_share(row) for row in table)
    forces = [part for part in (army, fleet) if part is not None]
    components = [part for part in (population, industry) if part is not None]
    if forces:
        components.append(sum(forces[1:], forces[0]) // len(forces))
    there = np.array([state.alive and state.committed > 0 for state in world.states])
    if components:
        total = sum(components[1:], components[0])
        share = total * BP // (len(components) * _PARTS)
    else:
        share = np.full(len(world.states), BP // max(1, int(there.sum())), dtype=np.int64)
    return np.where(there, np.maximum(share, 1), 0)


def _share(row: Ints) -> Ints | None:
    total = int(row.sum())
    return None if total == 0 else row * _PARTS // total


@derived("turn", "weights", "provinces")
def forces_share(world: World) -> Ints:
    """Each state's share of the world's forces, bp: [state]: mean of army and fleet shares."""
    table = means(world)
    parts = [part for part in (_share(table[2]), _share(table[3])) if part is not None]
    if not parts:
        return np.zeros(len(world.states), dtype=np.int64)
    return sum(parts[1:], parts[0]) * BP // (len(parts) * _PARTS)


@derived("turn", "standing", "provinces")
def offense(world: World) -> Ints:
    """Offensive capability O, bp: [state] (THEORY, The lens): (attack / 1.3) x f / (f + e).

    f is the state's share of forces, e the mean of the others'. The floor, 1, where both are 0.
    """
    forces = forces_share(world)
    there = [state.alive and state.committed > 0 for state in world.states]
    others = max(1, sum(there) - 1)
    total = int(forces.sum())
    result = []
    for index, state in enumerate(world.states):
        f = int(forces[index])
        mean_of_others = (total - f) // others
        if not there[index]:
            result.append(0)
        elif f + mean_of_others == 0:
            result.append(1)
        else:
            factor = ATTACK_FACTOR[state.posture] * BP // ATTACK_FACTOR[-1]
            result.append(max(1, factor * f // (f + mean_of_others)))
    return np.array(result, dtype=np.int64)


@derived("provinces")
def steps(world: World) -> Ints:
    """Half steps between the nearest provinces of two states: [state, state]; `FAR` if no path."""
    atlas = world.atlas
    count = len(world.states)
    owners = np.array(
        [atlas.state_index[p.owner] if p.owner else -1 for p in world.provinces], dtype=np.int64
    )
    result = np.full((count, count), FAR, dtype=np.int64)
    order = np.argsort(owners, kind="stable")
    order = order[owners[order] >= 0]
    if len(order):
        present, starts = np.unique(owners[order], return_index=True)
        rows = np.minimum.reduceat(atlas.distance[order][:, order], starts, axis=0)
        both = np.minimum.reduceat(rows, starts, axis=1)
        result[np.ix_(present, present)] = both
    np.fill_diagonal(result, 0)
    return result


@derived("provinces")
def proximity(world: World) -> Ints:
    """Proximity D, bp: [state, state]: 4 / (3 + steps); the floor, 1, where there is no path."""
    distance = steps(world)
    return np.where(distance >= FAR, 1, np.maximum(1, 8 * BP // (6 + distance)))
