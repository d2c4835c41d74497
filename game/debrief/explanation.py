"""A decision as one doctrine reads it: how likely, for what reason, and what it would have done.

Every reason is a term of the decision itself, and what it says of a state is a figure that the
doctrine's own lens sees (THEORY, The lens); nothing is added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.debrief.decision_replay import DecisionReplay
from game.inference.evidence import NEUTRAL_AMBITION, Evidence
from game.inference.likelihood import LAPSE
from game.inference.posterior import NOISE
from game.theory.choice_rule import Appraisal, probabilities, utilities
from game.theory.doctrine import TERMS, term_weights
from game.theory.lens import View
from game.words.doctrine_readings import Cause, Portrait
from game.world.orders import Denounce, OrderKind, Terms
from game.world.questions import (
    AidQuestion,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PledgeQuestion,
)
from game.world.sight import Floats, Sight

FACTORS = ("power", "proximity", "offense", "intentions")
STANDS_OUT = 1.15
"""How far above another a figure must be to be called more."""
WEIGHS = 0.002
"""The least that a term must weigh to be given as a reason, in the unit of utility."""
OWN_WEIGHT = 0.25
"""How far a term's own size counts for its being told, beside how far doctrines differ in it."""
LIKELY = 0.5
"""A choice is what a doctrine would do if it is at least this share as likely as the likeliest."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one doctrine reads a decision."""

    doctrine: str
    family: str
    chance: float
    """How likely it was to do what was done."""
    likely: bool
    """Whether that is what it would have done, or nearly: the reason then speaks for that."""
    cause: Cause | None
    spoken: object
    """The option that the reason is about: what was done, or what was left undone."""
    instead: object
    """The likeliest of what it might have done in its place."""
    instead_chance: float


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """A decision under one doctrine."""

    sight: Sight
    appraisal: Appraisal
    worth: Floats
    """[option, term], weighted, against doing nothing."""
    chances: Floats


def explain(
    moments: DecisionReplay, one: Evidence, doctrines: Sequence[str]
) -> tuple[Explanation, ...]:
    """How each of some doctrines, with its own weights and the common noise, reads a decision.

    The reasons given are those in which a doctrine differs most from the first of the others.
    """
    weighed = {name: _weigh(moments, one, name) for name in doctrines}
    spoken_of = one.taken or _left_undone(weighed.values())
    result = []
    for name in doctrines:
        rival = next((other for other in doctrines if other != name), name)
        result.append(_reading(moments, one, name, weighed[name], weighed[rival], spoken_of))
    return tuple(result)


def _weigh(moments: DecisionReplay, one: Evidence, doctrine: str) -> _Weighed:
    sight, appraisal = moments.weighed(one, doctrine)
    weights = term_weights(moments.frame.doctrines[doctrine].weights, NEUTRAL_AMBITION)
    utility = utilities(appraisal.terms, weights)
    chances = _lapsing(probabilities(utility, NOISE, appraisal.hesitant, one.allowed), one.allowed)
    worth = (appraisal.terms - appraisal.terms[0]) * weights
    return _Weighed(sight, appraisal, worth, chances)


def _lapsing(chances: Floats, allowed: NDArray[np.bool_] | None) -> Floats:
    """Chances with what nobody's model explains, so that they are those of the verdict."""
    opened = np.ones(len(chances), dtype=np.bool_) if allowed is None else allowed
    return np.asarray((1 - LAPSE) * chances + LAPSE * opened / np.count_nonzero(opened))


def _left_undone(weighed: Iterable[_Weighed]) -> int:
    """Of what was not done, what the doctrine that was readiest to act would have done; 0: none."""
    best = (0.0, 0)
    for one in weighed:
        if len(one.chances) > 1:
            index = 1 + int(np.argmax(one.chances[1:]))
            best = max(best, (float(one.chances[index]), index))
    return best[1]


def _reading(
    moments: DecisionReplay,
    one: Evidence,
    doctrine: str,
    own: _Weighed,
    rival: _Weighed,
    spoken_of: int,
) -> Explanation:
    likely = float(own.chances[one.taken]) >= LIKELY * float(own.chances.max())
    sign = 1.0 if likely == bool(one.taken) else -1.0
    others = own.chances.copy()
    others[one.taken] = -1.0
    rest = int(np.argmax(others))
    if not one.taken and not likely:
        spoken_of = rest
    cause = None
    if spoken_of:
        said = sign * own.worth[spoken_of]
        differs = said - sign * rival.worth[spoken_of] + OWN_WEIGHT * said
        relevant = said >= WEIGHS
        safety = TERMS.index("security")
        relevant[safety] |= sign < 0 and bool(own.worth[:, safety].any())
        if relevant.any():
            index = int(np.argmax(np.where(relevant, differs, -np.inf)))
            view = moments.view(own.sight, doctrine)
            value = float(own.worth[spoken_of, index])
            option = own.appraisal.options[spoken_of]
            cause = _cause(view, own.sight, option, one, TERMS[index], value, sign)
            most = int(np.argmax(said))
            if sign < 0 and value > WEIGHS and float(said[most]) >= WEIGHS:
                least = float(own.worth[spoken_of, most])
                outweighed = _cause(view, own.sight, option, one, TERMS[most], least, sign)
                cause = replace(cause, but=outweighed)
    return Explanation(
        doctrine=doctrine,
        family=one.family,
        chance=float(own.chances[one.taken]),
        likely=likely,
        cause=cause if cause is None else _left(cause, undone=not one.taken),
        spoken=own.appraisal.options[spoken_of],
        instead=own.appraisal.options[rest],
        instead_chance=max(0.0, float(others[rest])),
    )


def _left(cause: Cause, *, undone: bool) -> Cause:
    """A reason, and what outweighed it, as of an option that was done or left undone."""
    but = None if cause.but is None else replace(cause.but, undone=undone)
    return replace(cause, undone=undone, but=but)


def _cause(
    view: View, sight: Sight, option: object, one: Evidence, term: str, value: float, sign: float
) -> Cause:
    """The reason that a term gives: what it says, and the state on which it turns."""
    friend, foe = concerns(option, one, sight)
    leaves = isinstance(option, Denounce)
    if term != "security":
        return Cause(term, value, friend, foe, portrait(view, sight, friend) if friend else None)
    worst = sight.world.states[int(np.argmax(view.faced[view.me]))].id
    if leaves:
        return Cause(term, value, friend, foe, portrait(view, sight, foe or worst), leaves=True)
    if value < -WEIGHS and friend:
        return Cause(term, value, friend, foe, portrait(view, sight, friend, foe), foe)
    turns_on = foe if foe and (sign > 0 or value > WEIGHS) else worst
    beside = friend if turns_on == foe else foe
    return Cause(term, value, friend, foe, portrait(view, sight, turns_on, beside), beside)


def portrait(view: View, sight: Sight, state: str, beside: str = "") -> Portrait:
    """What the lens shows of a state, and in which factors it was above another (`beside`)."""
    indices = sight.world.atlas.state_index
    index = indices[state]
    faced = view.faced[view.me]
    there = [each for each in range(len(faced)) if sight.facts.there[each] and each != view.me]
    feared = [each for each in there if float(faced[each]) > 0]
    figures = _figures(view, sight)
    seen = [
        factor for factor, exponent in zip(FACTORS, view.lens.exponents, strict=True) if exponent
    ]
    marks = tuple(
        factor
        for factor in seen
        if float(figures[factor][index])
        >= STANDS_OUT * sum(float(figures[factor][each]) for each in there) / max(1, len(there))
    )
    other = indices.get(beside, -1)
    beyond: tuple[str, ...] = ()
    if other >= 0 and other != index:
        beyond = tuple(
            factor
            for factor in seen
            if float(figures[factor][index]) >= STANDS_OUT * float(figures[factor][other])
        )
    return Portrait(
        state=state,
        rank=1 + sum(float(faced[each]) > float(faced[index]) for each in there if each != index),
        of=len(feared),
        share=float(sight.facts.c[index]),
        leads=all(sight.facts.c[index] >= sight.facts.c[each] for each in there),
        behind=bool(sight.facts.c[index] < sight.facts.c[view.me]),
        counted=float(view.field.weight[index]) > 0,
        marks=marks,
        beyond=beyond,
    )


def _figures(view: View, sight: Sight) -> dict[str, Floats]:
    return {
        "power": sight.facts.c,
        "proximity": sight.facts.D[view.me],
        "offense": sight.facts.O,
        "intentions": sight.hostile,
    }


def concerns(option: object, one: Evidence, sight: Sight) -> tuple[str, str]:
    """(with whom, against whom) an option is; empty where it names nobody."""
    asked = one.question
    match asked:
        case OfferQuestion():
            terms = option if isinstance(option, Terms) else asked.terms
            partner = asked.newcomer if asked.newcomer not in ("", asked.asked) else asked.by
            return partner, terms.against
        case AidQuestion():
            return asked.by, ""
        case PledgeQuestion():
            if option not in (asked.by, asked.of):
                return "", ""
            return str(option), asked.of if option == asked.by else asked.by
        case CrisisQuestion():
            return "", asked.by
        case CallQuestion():
            return asked.by, asked.enemy
        case JoinQuestion():
            sides = (asked.by, asked.of)
            return sides if option == "attackers" else (sides[1], sides[0])
    if isinstance(option, OrderKind):
        return option.concerns(sight.world, one.state)
    return "", ""
