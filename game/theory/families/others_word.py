"""What others' word counts: how far an assurance is believed, and how it moves the odds of a war.

Words are private, so each state reckons with those alone that were given to it.
"""

from collections.abc import Sequence

from game.theory.families.expected_coalitions import chance_of_war
from game.world.float_sums import in_order
from game.world.model import Assurance, Crisis
from game.world.sight import Sight


def told(sight: Sight, crisis: Crisis) -> list[Assurance]:
    """What others told me of a crisis, each once; silence is no word."""
    return [
        one
        for one in sight.world.assurances
        if one.to == sight.me and one.crisis == crisis.id and one.answer != "none"
    ]


def credibility(sight: Sight, said: Assurance) -> float:
    """How far a word is believed, 0 to 1: as its giver is reliable, and as what it says fits it.

    A friendly word fits one whose intentions are thought friendly, a threat the contrary. That it
    will not help is believed of anybody.
    """
    index = sight.world.atlas.state_index[said.giver]
    hostile = float(sight.hostile[index])
    if said.answer == "refuse" and said.beside:
        fits = 1.0
    else:
        fits = 1.0 - hostile if _is_friendly(sight, said) else hostile
    return float(sight.facts.reliability[index]) * fits


def _is_friendly(sight: Sight, said: Assurance) -> bool:
    """Whether a word is meant well: a yes, or that it will not stand aside of one that is bound to
    fight beside who asked."""
    return said.answer == "accept" or said.giver in sight.world.bound_to(sight.me)


def assured_chance(
    sight: Sight,
    crisis: Crisis,
    mine: tuple[str, ...],
    theirs: tuple[str, ...],
    win: float,
) -> float:
    """My side's chance in the war of a crisis of mine, with what others assured me of.

    It lies between the chance without it, `win`, and the chance if every word were kept, the nearer
    to the latter the more credible they are on average.
    """
    words = told(sight, crisis)
    if not words:
        return win
    with_me, with_them = list(mine), list(theirs)
    for said in words:
        promised = said.answer == "accept"
        if said.beside == sight.me:
            with_me = _with(with_me, said.giver) if promised else _without(with_me, said.giver)
        elif not said.beside and promised:
            with_them = _without(with_them, said.giver)
        elif not said.beside and _is_friendly(sight, said):
            with_me = _with(with_me, said.giver)
        elif not said.beside:
            with_them = _with(with_them, said.giver)
    ours, others = tuple(with_me), tuple(one for one in with_them if one not in with_me)
    if crisis.by == sight.me:
        then = chance_of_war(sight, ours, others)
    else:
        then = 1.0 - chance_of_war(sight, others, ours)
    believed = in_order(credibility(sight, said) for said in words) / len(words)
    return win + believed * (then - win)


def _with(side: Sequence[str], state: str) -> list[str]:
    return [*side, state] if state not in side else list(side)


def _without(side: Sequence[str], state: str) -> list[str]:
    """A side without one of its members; never without its leader."""
    return [side[0], *(one for one in side[1:] if one != state)]
