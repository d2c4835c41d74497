"""Three ways of standing together, none of which is another: signed, lived, and fought (S5).

Treaties are formal. Conduct is informal: what states did for and against each other, fading. A
coalition is the side of a war that they are on, and lasts no longer.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from game.world.events import Event
from game.world.model import World

MEMORY = 8
"""Turns after which a deed counts no more; it counts the less the older it is."""
ALIGNED = 2 * MEMORY
"""The conduct from which two states count as aligned: two favours, or one great one, just done."""
DEEDS: dict[str, int] = {
    "pledge_made": 2,
    "call_honoured": 2,
    "aid_given": 1,
    "call_refused": -2,
    "demand_made": -2,
    "crisis_climbed": -1,
    "plot_found": -1,
    "war_declared": -4,
    "war_joined": -4,
}
"""What each deed of its actor to its target says of how they stand. A signature says nothing."""

Pair = frozenset[str]


def formal(world: World) -> set[Pair]:
    """The pairs bound to fight beside each other by a treaty (THEORY S5, p. 45)."""
    return {
        frozenset((first, second))
        for treaty in world.treaties
        if treaty.binding
        for first in treaty.parties
        for second in treaty.others(first)
    }


def informal(events: Iterable[tuple[int, Event]], now: int) -> set[Pair]:
    """The pairs aligned by conduct, whatever they have signed (THEORY S5, p. 48).

    `events` are (turn, event); `now` is the turn at whose end it is asked.
    """
    return {pair for pair, score in conduct(events, now).items() if score >= ALIGNED}


def coalitions(world: World) -> set[Pair]:
    """The pairs that fight on one side of a war, for as long as it lasts (THEORY S5, p. 46)."""
    return {
        frozenset((first, second))
        for war in world.wars
        for first in (*war.attackers, *war.defenders)
        for second in war.friends(first)
    }


def conduct(events: Iterable[tuple[int, Event]], now: int) -> Counter[Pair]:
    """How each pair has treated each other: each deed times the turns it is still remembered."""
    scores: Counter[Pair] = Counter()
    for turn, happening in events:
        left = max(0, MEMORY - (now - turn))
        for pair, weight in _said(happening):
            scores[pair] += weight * left
    return scores


def _said(happening: Event) -> Iterator[tuple[Pair, int]]:
    weight = DEEDS.get(happening.kind, 0)
    if weight and happening.target:
        yield frozenset((happening.actor, happening.target)), weight
    against = {"pledge_made": "against", "call_honoured": "enemy"}.get(happening.kind)
    if against is not None:
        yield frozenset((happening.actor, happening.text(against))), -weight
