"""The sides beside and against a state, as shares of the world's capability."""

from game.world.capability import capability
from game.world.model import World
from game.world.rules import BP

PEERS = 2.0
"""A partner with up to so many times a state's share of capability is a rival in size."""


def befriended_powers(world: World, state: str) -> tuple[str, ...]:
    """The great powers bound to fight beside a state by a treaty that was signed in the campaign.

    The treaties of the map, which run on by themselves, are nobody's doing; nor is a guarantee, by
    which one owes nothing oneself.
    """
    signed = [
        treaty
        for treaty in world.treaties_of(state)
        if treaty.binding and treaty.signed > 0 and not treaty.guarantor
    ]
    bound = {other for treaty in signed for other in treaty.helpers(state)}
    return tuple(sorted(other for other in bound if world.state(other).great))


def hostile_bloc(world: World, state: str) -> float:
    """The share of the world's capability of the strongest bloc against a state, 0 to 1."""
    return sum(share for _, share in bloc_against(world, state)) / BP


def bloc_against(world: World, state: str) -> list[tuple[str, int]]:
    """The members of the strongest bloc against a state, its leader first, each with its share of
    the world's capability, bp; empty where there is none.

    A bloc is a leader and the states bound to fight beside it. It is against a state if its leader
    is a rival, is at war with it, or has a pact against it. The state's own partners never count.
    """
    friends = {state, *world.bound_to(state)}
    share = capability(world)
    index = world.atlas.state_index
    largest: list[tuple[str, int]] = []
    for other in world.playing():
        if other in friends:
            continue
        named = any(treaty.against == state for treaty in world.treaties_of(other))
        if (state, other) in world.atlas.rivalries or named or world.at_war(state, other):
            members = [other, *sorted(world.bound_to(other) - friends - {other})]
            bloc = [(member, int(share[index[member]])) for member in members]
            if sum(part for _, part in bloc) > sum(part for _, part in largest):
                largest = bloc
    return largest


def own_side(world: World, state: str) -> float:
    """The capability of a state together with what its partners add, as a share of the world's.

    A partner adds its share x `ally_counts` x its believed reliability, divided by
    1 + `dilution` x (the larger of the two states' numbers of partners - 1): promises are worth
    less the more of them there are (RULES, Alliances).
    """
    return _side(world, state, frozenset())


def strongest_other(world: World, state: str) -> float:
    """As `own_side`, for the strongest side that leaves `state` out.

    The side of a partner of `state` counts too, so that who signs with everybody has outweighed
    nobody: whole if it has at most `PEERS` times the share of `state`, less the more beyond that,
    for a great partner is a small state's shield and not its rival.
    """
    without, partners = frozenset({state}), world.bound_to(state)
    mine, largest = share_of(world, state), 0.0
    for other in world.playing():
        if other == state:
            continue
        theirs = share_of(world, other)
        equal = min(1.0, PEERS * mine / theirs) if other in partners and theirs > 0 else 1.0
        largest = max(largest, equal * _side(world, other, without))
    return largest


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
