"""Money: what a state earns and what it pays (RULES, State and forces). Units; see `rules`."""

from functools import lru_cache

from game.world.atlas import Atlas
from game.world.capability import whole_means
from game.world.memo import derived
from game.world.model import World
from game.world.rules import BP

UPKEEP_PER = 1_000_000
"""Forces for which `StateSheet.army_upkeep` and `fleet_upkeep` are given."""


@derived("turn", "weights", "provinces")
def revenue(world: World, state: str) -> int:
    """What a state earns in a turn: half its people and industry, and what it invested.

    At least the floor, so that a ruined state recovers.
    """
    index = world.atlas.state_index[state]
    table = whole_means(world)
    rules = world.atlas.rules
    standing = world.states[index]
    own = (int(table[0][index]) + int(table[1][index])) // 2
    return max(own + standing.invested, _mean_revenue(world.atlas) * rules.revenue_floor // BP)


@lru_cache(maxsize=4)
def _mean_revenue(atlas: Atlas) -> int:
    return sum(sheet.start_revenue for sheet in atlas.states) // len(atlas.states)


@derived("states")
def upkeep(world: World, state: str) -> int:
    """What a state's forces cost in a turn, mobilisation included."""
    sheet, standing = world.atlas.sheet(state), world.state(state)
    army = standing.army * sheet.army_upkeep // UPKEEP_PER
    fleet = standing.fleet * sheet.fleet_upkeep // UPKEEP_PER
    extra = army * world.atlas.rules.mobilisation_cost // BP if standing.mobilised else 0
    return army + fleet + extra


@derived("turn", "weights", "provinces")
def garrisons(world: World, state: str) -> int:
    """What a state's conquests cost it in a turn while they are not assimilated."""
    rules = world.atlas.rules
    restless = sum(
        1
        for province in world.owned(state)
        if province.annexed >= 0 and world.turn - province.annexed < 5
    )
    return restless * revenue(world, state) * rules.garrison_cost // (BP * 3)


@derived("turn", "weights", "provinces", "treaties")
def burdens(world: World, state: str) -> int:
    """What a state pays net for its treaties in a turn (below 0: what it is paid)."""
    balance = 0
    for treaty in world.treaties_of(state):
        if not treaty.terms.burden or not treaty.payer:
            continue
        paid = len(treaty.parties) - 1
        share = revenue(world, treaty.payer) * treaty.terms.burden // BP // paid
        balance += share * paid if state == treaty.payer else -share
    return balance


def outgoings(world: World, state: str) -> int:
    """All that a state must pay in a turn before it orders anything."""
    return (
        world.atlas.sheet(state).administration
        + upkeep(world, state)
        + garrisons(world, state)
        + burdens(world, state)
    )


def surplus(world: World, state: str) -> int:
    """What is left of a turn's revenue before orders (below 0: what is missing)."""
    return revenue(world, state) - outgoings(world, state)


@derived("turn", "weights", "provinces")
def growth_cap(world: World, state: str, arm: str) -> int:
    """Most that an arm ("army" or "fleet") may grow in a turn, in world units.

    12% of itself, or what a twentieth of revenue keeps, if that is more.
    """
    rules, sheet, standing = world.atlas.rules, world.atlas.sheet(state), world.state(state)
    have = standing.army if arm == "army" else standing.fleet
    unit = sheet.army_upkeep if arm == "army" else sheet.fleet_upkeep
    kept = revenue(world, state) * rules.forces_growth_floor // BP * UPKEEP_PER // max(1, unit)
    return max(have * rules.forces_growth_cap // BP, kept)


def arms_price(world: World, state: str, arm: str, units: int) -> int:
    """What it costs to raise that many world units of an arm this turn; dearer the faster."""
    rules, sheet = world.atlas.rules, world.atlas.sheet(state)
    unit = sheet.army_upkeep if arm == "army" else sheet.fleet_upkeep
    cap = max(1, growth_cap(world, state, arm))
    plain = units * unit // UPKEEP_PER
    return plain + plain * rules.arms_dearness // BP * units // cap


def growth_units(world: World, state: str, arm: str, growth: int) -> int:
    """World units for a change of an arm by `growth` bp: a fraction of the cap upward.

    Upward, 1,200 bp (the cap) is the whole of `growth_cap`; downward it is of the arm itself.
    """
    standing = world.state(state)
    have = standing.army if arm == "army" else standing.fleet
    if growth <= 0:
        return -(have * min(-growth, BP) // BP)
    cap_bp = world.atlas.rules.forces_growth_cap
    return growth_cap(world, state, arm) * min(growth, cap_bp) // cap_bp


def investment_return(world: World, state: str, amount: int) -> int:
    """What an investment adds to revenue for good; the more is invested, the less."""
    base = max(1, world.atlas.sheet(state).start_revenue)
    already = world.state(state).invested
    gain = amount * world.atlas.rules.investment_yield // BP
    return gain * base // (base + 4 * already)
