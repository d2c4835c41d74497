"""What stands beside a state and what stands against it, as shares of the world's capability."""

from game.world.capability import capability
from game.world.model import World
from game.world.rules import BP


def matched(world: World, state: str) -> bool:
    """Whether a state has a great power bound to it, and a side that is a match for any other.

    Size alone is nobody's doing: the giant too needs a friend.
    """
    return bool(befriended_powers(world, state)) and own_side(world, state) >= strongest_other(
        world, state
    )


def befriended_powers(world: World, state: str) -> tuple[str, ...]:
    """The great powers that are bound to a state to fight beside it."""
    return tuple(other for other in world.bound_to(state) if world.state(other).great)


def hostile_bloc(world: World, state: str) -> float:
    """The share of the strongest bloc that stands against a state, 0 to 1.

    A bloc is a state and those bound to fight beside it. It stands against another if its leader is
    a rival, at war with it, or party to a pact against it. One's own partners never count.
    """
    friends = {state, *world.bound_to(state)}
    share = capability(world)
    index = world.atlas.state_index
    largest = 0
    for other in world.playing():
        if other in friends:
            continue
        named = any(treaty.against == state for treaty in world.treaties_of(other))
        if (state, other) in world.atlas.rivalries or named or world.at_war(state, other):
            bloc = {other, *world.bound_to(other)} - friends
            largest = max(largest, sum(int(share[index[member]]) for member in bloc))
    return largest / BP


def own_side(world: World, state: str) -> float:
    """The share of a state and what its partners' promises add to it, 0 to 1.

    A partner counts by its believed reliability, and the less the more others either of the two is
    bound to: promises dilute, those one gives and those one collects (RULES, Alliances).
    """
    return _side(world, state, frozenset())


def strongest_other(world: World, state: str) -> float:
    """The share of the strongest side led by one that is not bound to a state, 0 to 1."""
    mine = frozenset({state, *world.bound_to(state)})
    return max(
        (_side(world, other, mine) for other in world.playing() if other not in mine), default=0.0
    )


def _side(world: World, leader: str, without: frozenset[str]) -> float:
    rules = world.atlas.rules
    total = share_of(world, leader)
    for partner in sorted(world.bound_to(leader) - without):
        others = max(len(world.bound_to(partner)), len(world.bound_to(leader))) - 1
        word = rules.ally_counts * world.state(partner).reliability / BP**2
        total += share_of(world, partner) * word / (1 + rules.dilution * others / BP)
    return total


def share_of(world: World, state: str) -> float:
    """A state's share of the world's capability, 0 to 1."""
    return int(capability(world)[world.atlas.state_index[state]]) / BP
