"""Who would stand beside whom if it came to blows, and the odds then: public facts and promises."""

from game.world.model import Crisis
from game.world.odds import war_odds
from game.world.rules import BP
from game.world.sight import Sight


def would_defend(sight: Sight, state: str, against: str = "") -> tuple[str, ...]:
    """Who has promised to defend a state against another (or against whom it may be).

    One that is bound to fight beside the attacker too is thought to stand aside.
    """
    attacker = against or sight.me
    torn = {
        other
        for treaty in sight.world.treaties_of(attacker)
        if treaty.binding
        for other in treaty.others(attacker)
    }
    allies = []
    for treaty in sight.world.treaties_of(state):
        if "defense" not in treaty.obligations or treaty.against not in ("", attacker):
            continue
        allies += [
            other
            for other in treaty.others(state)
            if other != attacker and other not in torn and sight.world.state(other).alive
        ]
    return tuple(dict.fromkeys(allies))


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
