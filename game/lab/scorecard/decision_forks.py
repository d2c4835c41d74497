"""Decisions taken again in another world: the same state and turn, one thing changed.

Where a row compares states with and without something (an ally, a signature), whatever else differs
between them confounds it. Here the same decision is weighed twice, so that nothing else differs
(S3, W11, T14).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from game.lab import forks
from game.lab.conduct import Conduct, Seen
from game.lab.scorecard.row import Measured
from game.rivals.temperament import tempered
from game.theory.choice_rule import Appraisal, probabilities, utilities
from game.theory.choices import alignment_appraisal, question_appraisal
from game.theory.doctrine import term_weights
from game.theory.families.arms_and_posture import appraise_arms
from game.theory.lens import View
from game.world.model import Treaty, World
from game.world.orders import Budget, Denounce
from game.world.questions import PledgeQuestion, Question
from game.world.sight import Sight, seen_by

EVERY = 5
"""One in so many decisions is taken again."""
OLD = 8
"""The age, in turns, that a treaty is compared at with a new one (W11)."""
WEAKENED = 10
"""By how much an adversary's forces are divided (W11, as in W8)."""


def chances_in(
    conduct: Conduct, seen: Seen, world: World, appraise: Callable[[View, Sight], Appraisal]
) -> list[tuple[Any, float]]:
    """The options of a state's decision in a world, each with its probability."""
    frame, seat = conduct.position.frame, seen.seat
    sight = seen_by(world, conduct.position.beliefs[seen.turn - 1], seen.sight.me)
    appraisal = appraise(frame.view(sight, seat.doctrine, seat.habits), sight)
    appraisal = tempered(appraisal, sight, seat.temperament)
    weights = term_weights(frame.doctrines[seat.doctrine].weights, seat.drive)
    utility = utilities(appraisal.terms, weights)
    chances = probabilities(utility, seat.noise, appraisal.hesitant)
    options = [appraisal.options[place] for place in range(len(appraisal.options))]
    return list(zip(options, chances.tolist(), strict=True))


def without_allies(world: World, state: str) -> World:
    """The world without what binds a state to fight beside others, or others beside it."""
    return forks.without_treaties(
        world, [treaty for treaty in world.treaties_of(state) if treaty.binding]
    )


def growth(options: list[tuple[Any, float]]) -> float:
    """Expected growth of forces as a share of the fastest allowed; cuts are negative."""
    return sum(
        chance * (budget.army + budget.fleet) / 2_400
        for budget, chance in options
        if isinstance(budget, Budget)
    )


def measure_self_help(conduct: Conduct) -> Measured:
    """Arming of states that have allies: as they are, and had they none (S3)."""
    sums = {"n": 0.0, "with": 0.0, "without": 0.0}
    allied = [
        seen
        for seen, record in conduct.records
        if record.family == "arms" and seen.bound[seen.me].any()
    ]
    for seen in allied[::EVERY]:
        world = conduct.history.turns[seen.turn - 1].start
        alone = without_allies(world, seen.sight.me)
        sums["n"] += 1
        sums["with"] += growth(chances_in(conduct, seen, world, appraise_arms))
        sums["without"] += growth(chances_in(conduct, seen, alone, appraise_arms))
    return sums


def measure_longevity(conduct: Conduct) -> Measured:
    """How likely a pact is left when new and when old, and as it is with its adversary weak (W11).

    Only pacts that name a living adversary, and members whose doctrine is a theory's.
    """
    sums = dict.fromkeys(("n", "new", "old", "feared", "weak"), 0.0)
    cases = [
        (choice.seen, treaty)
        for choice in conduct.choices
        if choice.rank == 0 and choice.seen.doctrine in ("BOP", "BOT")
        for treaty in dict.fromkeys(treaty for treaty, _ in choice.menu.leaving)
        if treaty.binding
        and treaty.against
        and choice.seen.sight.facts.there[conduct.index[treaty.against]]
    ]
    for seen, treaty in cases[::EVERY]:
        world = conduct.history.turns[seen.turn - 1].start
        index = conduct.index[treaty.against]
        foe = world.states[index]
        weak = forks.with_state(
            world, index, army=foe.army // WEAKENED, fleet=foe.fleet // WEAKENED
        )
        sums["n"] += 1
        for name, forked in (
            ("new", _aged(world, treaty, 0)),
            ("old", _aged(world, treaty, OLD)),
            ("feared", world),
            ("weak", weak),
        ):
            chances = chances_in(conduct, seen, forked, alignment_appraisal)
            sums[name] += sum(
                chance
                for order, chance in chances
                if isinstance(order, Denounce) and order.treaty == treaty.id
            )
    return sums


def _aged(world: World, treaty: Treaty, age: int) -> World:
    """The world in which a treaty was signed so many turns ago."""
    aged = replace(treaty, signed=world.turn - age)
    treaties = tuple(aged if one.id == treaty.id else one for one in world.treaties)
    return replace(world, treaties=treaties)


def _asked(question: Question) -> Callable[[View, Sight], Appraisal]:
    return lambda view, sight: question_appraisal(view, sight, question)


def measure_signatures(conduct: Conduct) -> Measured:
    """Support in crises of others, by those bound by treaty and by those that are not (T14).

    All are asked the same question (whether to stand by a side), so that only pledges count: to a
    war, those bound are called and the others may choose. `unsigned` is the support that those
    bound would give in the same world without their treaties with that side.
    """
    names = ("n", "bound", "signed", "unsigned", "others", "given")
    sums = dict.fromkeys(names, 0.0)
    for reply in conduct.replies:
        question = reply.question
        if not isinstance(question, PledgeQuestion):
            continue
        for friend in question.options:
            if friend == "none":
                continue
            given = reply.chance_of(friend)
            shared = [
                treaty
                for treaty in reply.world.treaties_of(question.asked)
                if treaty.binding and friend in treaty.parties
            ]
            sums["n"] += 1
            if not shared:
                sums["others"] += 1
                sums["given"] += given
                continue
            forked = forks.without_treaties(reply.world, shared)
            chances = chances_in(conduct, reply.seen, forked, _asked(question))
            sums["bound"] += 1
            sums["signed"] += given
            sums["unsigned"] += dict(chances)[friend]
    return sums
