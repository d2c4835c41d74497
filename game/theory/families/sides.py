"""Who would stand beside whom if it came to blows, and the odds then.

Public facts and promises say it for every lens alike; who would stand by a victim unasked, and so
whom an attacker foresees, is seen through its own.
"""

from game.theory.lens import View, dread_of_all
from game.world.derived import derived
from game.world.legality import within_reach
from game.world.model import Crisis, World
from game.world.odds import war_odds
from game.world.rules import BP
from game.world.sight import Sight

STANDS = 0.2
"""How much more one must dread an attacker than its victim to be counted on, in the unit."""


def would_defend(sight: Sight, state: str, against: str = "") -> tuple[str, ...]:
    """Who has promised to defend a state against another (or against whom it may be).

    One that is bound to fight beside the attacker too is thought to stand aside.
    """
    return _defenders(sight.world, state, against or sight.me)


@derived("treaties", "weights")
def _defenders(world: World, state: str, attacker: str) -> tuple[str, ...]:
    torn = world.bound_to(attacker)
    allies: list[str] = []
    for treaty in world.treaties_of(state):
        if "defense" not in treaty.obligations or treaty.against not in ("", attacker):
            continue
        allies += [
            other
            for other in treaty.others(state)
            if other != attacker and other not in torn and world.state(other).alive
        ]
    return tuple(dict.fromkeys(allies))


def would_stand(view: View, sight: Sight, state: str, against: str) -> tuple[str, ...]:
    """Who would stand by a state against another though nobody promised it, as one sees it.

    Whom one's own lens shows to dread the attacker clearly more than its victim (RULES, War:
    attackers foresee who joins), in reach of it and not bound to it. One that would never take a
    side itself thinks that of others.
    """
    if view.lens.alone:
        return ()
    world = sight.world
    enemy, victim = (world.atlas.state_index[it] for it in (against, state))
    every = dread_of_all(view)
    roused = ((every[:, enemy] - every[:, victim] > STANDS) & ~view.field.bound[:, enemy]).nonzero()
    return tuple(
        other
        for other in (world.states[place].id for place in roused[0])
        if other not in (state, against, sight.me)
        and other in world.playing()
        and within_reach(world, other, against)
    )


def foreseen(view: View, sight: Sight, state: str) -> tuple[str, ...]:
    """All against whom one would fight if one attacked a state: bound to it, or sure to stand."""
    return (state, *would_defend(sight, state), *would_stand(view, sight, state, sight.me))


def would_attack(sight: Sight, state: str, against: str) -> tuple[str, ...]:
    """Who has promised to attack beside a state."""
    allies = [
        other
        for treaty in sight.world.treaties_of(state)
        if "offense" in treaty.obligations and treaty.against == against
        for other in treaty.others(state)
        if sight.world.state(other).alive
    ]
    return tuple(dict.fromkeys(allies))


def pledged(crisis: Crisis, to: str) -> tuple[str, ...]:
    """Who has pledged, in public, to stand by one side of a crisis."""
    return tuple(who for who, whom in crisis.pledges if whom == to)


def chance_of_war(sight: Sight, mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """My side's chance in a war: the odds that the war room shows."""
    attackers = tuple(dict.fromkeys(mine))
    defenders = tuple(state for state in dict.fromkeys(theirs) if state not in attackers)
    if not defenders:
        return 0.98
    return war_odds(sight.world, attackers, defenders) / BP
