"""Who would fight on whose side, as far as a seen world shows, and the chances in words."""

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
    """The states that must help a state if another attacks it, by treaties that are seen."""
    return owing(world, attacked, attacker, begins=False)


def owing(world: World, leader: str, enemy: str, *, begins: bool) -> list[str]:
    """The states that must help the leader of a side against an enemy.

    A pact that names the enemy binds whoever began the war. If the leader began it, offense pacts
    bind too; if it was attacked, defense pacts that name nobody bind too.
    """
    found: list[str] = []
    for treaty in world.treaties_of(leader):
        named = treaty.against == enemy
        due = "defense" in treaty.obligations and (named or (not begins and not treaty.against))
        if due or (begins and named and "offense" in treaty.obligations):
            found += [
                other
                for other in treaty.others(leader)
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
