"""Who would stand beside whom if it came to blows, and the odds then.

Public facts and promises say it for every lens alike; who would stand by a victim unasked, and so
whom an attacker foresees, is seen through its own.
"""

from collections.abc import Mapping, Sequence

from game.theory.lens import View, dread_of_all
from game.world.legality import within_reach
from game.world.memo import derived
from game.world.model import World
from game.world.odds import war_odds
from game.world.rules import BP
from game.world.sight import Sight, remembered

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
        if treaty.against not in ("", attacker):
            continue
        allies += [
            other
            for other in treaty.defended_by(state)
            if other != attacker and other not in torn and world.state(other).alive
        ]
    return tuple(dict.fromkeys(allies))


def would_stand(view: View, sight: Sight) -> Mapping[str, Sequence[str]]:
    """By whom each state would be stood by against me though nobody promised it, as I see it.

    Whom my own lens shows to dread me clearly more than my victim (RULES, War: attackers foresee
    who joins), in reach of me and not bound to me. A state that would stand alone is left out. One
    that would never take a side itself thinks that of others. Remembered with the view.
    """
    if view.lens.alone:
        return {}
    known: Mapping[str, Sequence[str]] | None = view.cache.get("would_stand")
    if known is None:
        known = view.cache["would_stand"] = _roused(view, sight)
    return known


def _roused(view: View, sight: Sight) -> Mapping[str, Sequence[str]]:
    world, me = sight.world, view.me
    every = dread_of_all(view)
    stands: dict[str, list[str]] = {}
    for index, of_me in enumerate(every[:, me].tolist()):
        other = world.states[index].id
        if (
            of_me <= STANDS
            or view.field.bound[index, me]
            or other not in world.playing()
            or not within_reach(world, other, sight.me)
        ):
            continue
        for victim, of_victim in enumerate(every[index].tolist()):
            if victim != index and of_me - of_victim > STANDS:
                stands.setdefault(world.states[victim].id, []).append(other)
    return stands


def foreseen(view: View, sight: Sight, states: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Against whom one would fight if one attacked each of some states, that state first.

    All who are bound to it, or sure to stand.
    """
    promised = _promised(sight, states)
    stands = would_stand(view, sight)
    if not stands:
        return promised
    return tuple([(*side, *stands.get(side[0], ())) for side in promised])


@remembered
def _promised(sight: Sight, states: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Each of some states, and who has promised to defend it against me."""
    return tuple([(state, *would_defend(sight, state)) for state in states])


def would_attack(sight: Sight, state: str, against: str) -> tuple[str, ...]:
    """Whose promise to fight beside a state falls due in a war that it begins by an ultimatum.

    Pacts that name the other as adversary (see `engine.phases.calls`); one that is bound to fight
    beside that other too is thought to stand aside. A surprise war makes nothing fall due.
    """
    return _comrades(sight.world, state, against)


@derived("treaties", "weights")
def _comrades(world: World, state: str, against: str) -> tuple[str, ...]:
    torn = world.bound_to(against)
    allies = [
        other
        for treaty in world.treaties_of(state)
        if treaty.binding and treaty.against == against
        for other in treaty.others(state)
        if other not in torn and world.state(other).alive
    ]
    return tuple(dict.fromkeys(allies))


def chance_of_war(sight: Sight, mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """My side's chance in a war: the odds that the war room shows."""
    attackers = tuple(dict.fromkeys(mine))
    defenders = tuple(state for state in dict.fromkeys(theirs) if state not in attackers)
    if not defenders:
        return 0.98
    return war_odds(sight.world, attackers, defenders) / BP
