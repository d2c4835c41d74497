"""Assurances: what one would do if a crisis of others ended in war, and whom to ask for one.

What a state would do is weighed as the call or the choice of a side that it would then face, with
the war as it would stand (`families.war`): there is no second reckoning.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.theory.choice_rule import TERM, Appraisal, probabilities, utilities
from game.theory.doctrine import TERMS
from game.theory.families.war import appraise_call, appraise_join
from game.theory.lens import View
from game.world.coalitions import bystanders, coalitions, falls_due, opened
from game.world.legality import refusal
from game.world.memo import changed
from game.world.model import Crisis, War, World
from game.world.orders import AskAssurance
from game.world.questions import AssuranceQuestion, CallQuestion, JoinQuestion
from game.world.sight import Floats, Sight, facts_of, remembered

SILENCE, YES, NO = OPTIONS = ("none", "accept", "refuse")
"""The answers to who asks for an assurance; nothing is said first."""
KNOWING = 0.06
"""What it is worth to know what another would do that is as strong as the two sides together."""
ASKING = 0.006
"""What it costs to ask."""
MOST_ASKED = 4
"""How many states are on the menu of whom to ask: the strongest of those that could come in."""
INTEREST = 0.03
"""By how much more one must face from one side of a crisis to care what others believe of one, in
the unit (`theory.lens.View.faced`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a state could do if a crisis ended in war."""

    appraisal: Appraisal
    courses: tuple[str, ...]
    """By option: by which side of the crisis it would then stand; empty for aside."""


def entry(view: View, sight: Sight, number: int) -> Entry:
    """What one who is no side of a crisis could do if it ended in war now, and what it is worth.

    It is the call that would fall due, or else the choice of a side, in the war of all who would be
    called. A state that would be asked for neither has one option.
    """
    crisis = sight.world.crisis(number)
    aside = Entry(Appraisal("join", ("none",), np.zeros((1, len(TERMS)))), ("",))
    if crisis is None:
        return aside
    world, war = _at_war(sight.world, crisis, sight.me)
    then = Sight(sight.me, world, sight.hostile, facts_of(world))
    sides = {"attackers": crisis.by, "defenders": crisis.of}
    every = (*war.attackers, *war.defenders)
    claim = falls_due(world, war, every, crisis.pledges).get(sight.me)
    if claim is not None:
        called = CallQuestion("a", sight.me, claim.partner, war.id, claim.enemy, claim.treaty)
        return Entry(appraise_call(view, then, called), ("", sides[war.side(claim.partner)]))
    options = dict(bystanders(world, war)).get(sight.me)
    if options is None:
        return aside
    joins = appraise_join(
        view, then, JoinQuestion("a", sight.me, crisis.by, crisis.of, war.id, options)
    )
    return Entry(joins, tuple(sides.get(option, "") for option in joins.options))


def _at_war(world: World, crisis: Crisis, absent: str) -> tuple[World, War]:
    """The world with the war that a crisis would end in, and all in it but one who is asked."""
    attackers, defenders = coalitions(world, crisis.by, crisis.of, crisis.pledges, absent=absent)
    war = replace(opened(world, crisis.by, crisis.of), attackers=attackers, defenders=defenders)
    war = replace(war, opened_by=crisis.by, opened_on=crisis.of)
    return changed(world, wars=(*world.wars, war)), war


def likely_as_asked(
    view: View, sight: Sight, crisis: int, beside: str, weights: Floats, noise: float
) -> float:
    """How likely one would stand by a side (or aside, where that is empty) if it came to war now.

    0 to 1; `weights` and `noise` are those of the state's choices.
    """
    chances, asked, _ = reckoned(view, sight, crisis, beside, weights, noise)
    return float(chances[asked].sum())


def reckoned(
    view: View, sight: Sight, crisis: int, beside: str, weights: Floats, noise: float
) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """What one would do if it came to war now: (chances, which are as asked, weighted terms).

    Of each course that is open: [course], [course], [course, term].
    """
    found = entry(view, sight, crisis)
    terms = found.appraisal.terms
    chances = probabilities(utilities(terms, weights), noise, found.appraisal.hesitant)
    asked = np.array([course == beside for course in found.courses])
    return chances, asked, terms * weights[None, :]


def appraise_assurance(view: View, sight: Sight, question: AssuranceQuestion) -> Appraisal:
    """What it would be worth to do as one is asked (yes), or the other thing (no).

    The other thing is the best of what else one could do, by security.
    """
    found = entry(view, sight, question.crisis)
    rows = found.appraisal.terms
    terms = np.zeros((len(OPTIONS), len(TERMS)))
    asked = [at for at, course in enumerate(found.courses) if course == question.beside]
    others = [at for at in range(len(rows)) if at not in asked]
    for place, some in ((1, asked), (2, others)):
        if some:
            terms[place] = rows[max(some, key=lambda at: float(rows[at].sum()))]
    return Appraisal("assurance", OPTIONS, terms)


def wished_belief(view: View, sight: Sight, question: AssuranceQuestion) -> str:
    """The answer that one would have the asker believe: yes or no; silence where one does not care.

    Who faces more from one side of a crisis would see that side give way, and the other hold firm.
    So it would have the other believe that it stands by it (or at least aside), and the one that it
    has to fear that it does not. A third is to believe that it stands by the other.
    """
    crisis = sight.world.crisis(question.crisis)
    if crisis is None:
        return SILENCE
    index, faced = sight.world.atlas.state_index, view.faced[view.me]
    more = float(faced[index[crisis.of]] - faced[index[crisis.by]])
    if abs(more) < INTEREST:
        return SILENCE
    favoured = crisis.by if more > 0 else crisis.of
    if question.by in (crisis.by, crisis.of):
        return YES if question.by == favoured else NO
    return YES if question.beside == favoured else NO


# whom to ask


@remembered
def asking_options(sight: Sight) -> tuple[AskAssurance | None, ...]:
    """Whom one could ask about one's own crises, the strongest first; none first of all.

    Those that are bound to one or could choose a side, and have not answered yet. Who is bound to
    the other side is asked to stand aside, anybody else to stand by one.
    """
    world, me = sight.world, sight.me
    answered = {(one.crisis, one.giver) for one in world.assurances if one.to == me}
    options: list[AskAssurance] = []
    for crisis in world.crises:
        if me not in (crisis.by, crisis.of):
            continue
        foe = crisis.of if crisis.by == me else crisis.by
        with_foe = world.bound_to(foe) | {who for who, side in crisis.pledges if side == foe}
        could = {state for state, _ in bystanders(world, opened(world, crisis.by, crisis.of))}
        for state in sorted(could | with_foe | world.bound_to(me)):
            order = AskAssurance(state, crisis.id, "" if state in with_foe else me)
            if (crisis.id, state) not in answered and refusal(world, me, order) is None:
                options.append(order)
    c, index = sight.facts.c, world.atlas.state_index
    options.sort(key=lambda one: (-float(c[index[one.of]]), one.of, one.crisis))
    return (None, *options[:MOST_ASKED])


def appraise_asking(view: View, sight: Sight) -> Appraisal:
    """Whom to ask for an assurance: what it is worth to know, the more, the stronger it is."""
    del view
    options = asking_options(sight)
    c, index = sight.facts.c, sight.world.atlas.state_index
    terms = np.zeros((len(options), len(TERMS)))
    for place, order in enumerate(options):
        if order is None:
            continue
        crisis = sight.world.crisis(order.crisis)
        if crisis is not None:
            sides = float(c[index[crisis.by]] + c[index[crisis.of]])
            counts = min(1.0, float(c[index[order.of]]) / max(sides, 1e-9))
            terms[place, TERM["stake"]] = KNOWING * counts
            terms[place, TERM["cost"]] = -ASKING
    return Appraisal("asking", options, terms, hesitant=True)
