"""Who would stand with whom, as far as a seen world tells, and what chance that side would have."""

from collections.abc import Iterable

from game.words import percent
from game.world.model import Crisis, War, World
from game.world.odds import war_odds
from game.world.rules import BP


def living(world: World) -> tuple[str, ...]:
    """The living states."""
    return tuple(state.id for state in world.living())


def bound(world: World, state: str, other: str) -> bool:
    """Whether a binding treaty ties two states."""
    return other in world.bound_to(state)


def defenders(world: World, attacked: str, attacker: str) -> list[str]:
    """Who owes a state its help if another attacks it, as far as is seen."""
    return owing(world, attacked, attacker, begins=False)


def owing(world: World, leader: str, enemy: str, *, begins: bool) -> list[str]:
    """Who owes a leader its help against an enemy: a named adversary binds whoever began.

    For one that begins the war an offense pact binds too; for one that is attacked, a defense
    pact against nobody in particular.
    """
    found: list[str] = []
    for treaty in world.treaties_of(leader):
        named = treaty.against == enemy
        due: tuple[str, ...] = ()
        if named or (not begins and not treaty.against):
            due = treaty.defended_by(leader)
        if begins and named and "offense" in treaty.obligations:
            due = treaty.others(leader)
        found += [
            other
            for other in due
            if other != enemy and other not in found and world.state(other).alive
        ]
    return found


def crisis_sides(
    world: World, by: str, of: str, crisis: Crisis | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two sides of a crisis: the parties, who pledged, and who owes help by treaty."""
    pledges = crisis.pledges if crisis else ()
    attackers = [by, *(who for who, whom in pledges if whom == by)]
    defenders = [of, *(who for who, whom in pledges if whom == of)]
    attackers += owing(world, by, of, begins=True)
    defenders += owing(world, of, by, begins=False)
    return (
        tuple(dict.fromkeys(state for state in attackers if state not in defenders)),
        tuple(dict.fromkeys(state for state in defenders if state not in attackers)),
    )


def without(side: Iterable[str], state: str) -> tuple[str, ...]:
    """A side without one state."""
    return tuple(member for member in side if member != state)


def with_me(side: tuple[str, ...], state: str) -> tuple[str, ...]:
    """A side with one state as its last member."""
    return (*without(side, state), state)


def chance(world: World, attackers: tuple[str, ...], defenders: tuple[str, ...]) -> str:
    """The attackers' chance in words."""
    return percent(war_odds(world, attackers, defenders) / BP)


def war_chances(world: World, war: War, helped: str, me: str) -> tuple[str, str]:
    """The chance of the side of `helped`, with `me` in it and without."""
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
