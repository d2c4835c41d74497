"""The chances of the sides of a war, in words."""

from collections.abc import Iterable

from game.words import percent
from game.world.model import War, World
from game.world.odds import war_odds
from game.world.rules import BP


def living(world: World) -> tuple[str, ...]:
    """The living states."""
    return tuple(state.id for state in world.living())


def bound(world: World, state: str, other: str) -> bool:
    """Whether a binding treaty ties two states."""
    return other in world.bound_to(state)


def without(side: Iterable[str], state: str) -> tuple[str, ...]:
    """The members of a side except one state."""
    return tuple(member for member in side if member != state)


def with_me(side: tuple[str, ...], state: str) -> tuple[str, ...]:
    """The members of a side with one state added at the end."""
    return (*without(side, state), state)


def chance(world: World, attackers: tuple[str, ...], defenders: tuple[str, ...]) -> str:
    """The attackers' chance to win, in words."""
    return percent(war_odds(world, attackers, defenders) / BP)


def war_chances(world: World, war: War, helped: str, me: str) -> tuple[str, str]:
    """The chances of the side of `helped` to win, 0 to 1: with `me` and without."""
    attacking, defending = without(war.attackers, me), without(war.defenders, me)
    mine = helped in war.attackers
    joined = with_me(attacking if mine else defending, me) if me else None
    alone = war_odds(world, attacking, defending)
    together = alone
    if joined is not None:
        together = war_odds(world, *((joined, defending) if mine else (attacking, joined)))
    if not mine:
        alone, together = BP - alone, BP - together
    return percent(together / BP), percent(alone / BP)
