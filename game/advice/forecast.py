"""Forecasts in two columns: what another would do if it fears power, and if it fears threat.

They are computed from the asker's sight under both lenses and blended by the asker's notebook;
nothing here knows an envelope (RULES, Sealed means sealed).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from game.advice.estimated_beliefs import in_the_place_of
from game.advice.imagined import Imagined
from game.engine.phases.wars import standing_ultimatum
from game.theory.choice_rule import TEMPERATURE, Appraisal, probabilities, utilities
from game.theory.choices import alignment_appraisal, question_appraisal
from game.theory.doctrine import TERMS, Habits, Weights, term_weights
from game.theory.families.expected_coalitions import would_attack, would_defend
from game.theory.frame import Frame
from game.world.coalitions import bystanders
from game.world.legality import is_neighbour
from game.world.memo import changed
from game.world.model import ULTIMATUM, Crisis, War, World
from game.world.orders import Aid, Demand, Offer, OfferPeace, Order
from game.world.questions import (
    AidQuestion,
    Answer,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
    TellQuestion,
)
from game.world.sight import Floats, Sight, facts_of

READINGS = ("BOP", "BOT")
"""The two theories, by which everything is read twice."""
AMBITION = 0.5
"""The ambition assumed of a state whose ambition one does not know."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How likely another says yes: by each reading, blended, and the notebook it was blended by."""

    if_power: float
    if_threat: float
    blended: float
    note: float


def forecast(
    sight: Sight,
    imagined: Imagined,
    order: Order,
    note: float,
    *,
    countering: bool = False,
    member: str = "",
    ultimatum: bool = False,
) -> Forecast | None:
    """How likely the addressed state agrees to an order; None where nobody answers it.

    Of an offer that counters one of theirs, the burden is theirs to pay. Of an invitation into a
    treaty, how likely a `member` of it agrees. Of a demand, how likely it is met at once, or once
    it has become an `ultimatum`.
    """
    asked = _question(sight, order, countering, member, ULTIMATUM if ultimatum else 0)
    if asked is None:
        return None
    world, question, yes = asked
    return _both_ways(_over(sight, world), imagined, question, yes, note)


def would_tell(sight: Sight, imagined: Imagined, offer: Offer, note: float) -> Forecast | None:
    """How likely who declines an offer tells the adversary that it names; None if it cannot."""
    against = offer.terms.against
    if not against or sight.world.at_war(offer.to, against):
        return None
    asked = TellQuestion("f", offer.to, sight.me, offer.terms)
    return _both_ways(sight, imagined, asked, lambda given: given == "accept", note)


def _both_ways(
    sight: Sight,
    imagined: Imagined,
    question: Question,
    yes: Callable[[Answer], bool],
    note: float,
) -> Forecast:
    """How likely the one who is asked says yes under each reading, as I imagine it."""
    theirs = in_the_place_of(sight, question.asked, imagined.estimate)
    chances = [_chance(theirs, imagined, doctrine, question, yes) for doctrine in READINGS]
    return Forecast(chances[0], chances[1], note * chances[0] + (1 - note) * chances[1], note)


def _over(sight: Sight, world: World) -> Sight:
    """A sight over another world, in which a question is put; itself where that is its own."""
    if world is sight.world:
        return sight
    return Sight(sight.me, world, sight.hostile, sight.facts)


def _question(
    sight: Sight, order: Order, countering: bool, member: str, rung: int
) -> tuple[World, Question, Callable[[Answer], bool]] | None:
    """The question that an order will put, and which answers are a yes."""
    me, world = sight.me, sight.world
    match order:
        case Offer(to=to, terms=terms, joins=number):
            newcomer = "" if number is None else to
            offered = OfferQuestion(
                "f", member or to, me, terms, final=countering, joins=number, newcomer=newcomer
            )
            return world, offered, lambda given: given == "accept"
        case Aid(to=to, amount=amount):
            return world, AidQuestion("f", to, me, amount), lambda given: given == "accept"
        case OfferPeace(war=war, to=to, terms=peace):
            return world, PeaceQuestion("f", to, me, war, peace), lambda given: given == "accept"
        case Demand(of=of, stake=stake, subject=subject):
            number = world.next_id
            crisis = Crisis(number, me, of, stake, subject, "", world.turn, rung)
            world = replace(world, crises=(*world.crises, crisis))
            return (
                world,
                CrisisQuestion("f", of, me, number, 1 + rung),
                lambda given: given == "yield",
            )
    return None


def _chance(
    theirs: Sight,
    imagined: Imagined,
    doctrine: str,
    question: Question,
    yes: Callable[[Answer], bool],
) -> float:
    chances = _chances(theirs, imagined, doctrine, question)
    return sum(chance for option, chance in chances if yes(option))


def _chances(
    theirs: Sight, imagined: Imagined, doctrine: str, question: Question
) -> list[tuple[Answer, float]]:
    """How likely a state, seen from its own place, gives each answer to a question.

    It is the mean over the habits that it may have.
    """
    found: dict[Answer, float] = {}
    for habits, share in imagined.habits(theirs.me, doctrine):
        for option, chance in answers_with(theirs, imagined.frame, doctrine, habits, question):
            found[option] = found.get(option, 0.0) + share * chance
    return list(found.items())


def answers_with(
    theirs: Sight, frame: Frame, doctrine: str, habits: Habits, question: Question
) -> Iterator[tuple[Answer, float]]:
    """How likely a state of a doctrine and habits gives each answer, seen from its own place."""
    appraisal = question_appraisal(frame.view(theirs, doctrine, habits), theirs, question)
    weights = term_weights(frame.doctrines[doctrine].weights, AMBITION)
    chances = probabilities(utilities(appraisal.terms, weights), TEMPERATURE, appraisal.hesitant)
    return zip(appraisal.options, map(float, chances), strict=True)


def next_step(
    sight: Sight, imagined: Imagined, question: CrisisQuestion
) -> dict[str, dict[str, float]]:
    """What the other side of a crisis does in the exchange I am asked about: reading -> chances."""
    other = question.by
    theirs = in_the_place_of(sight, other, imagined.estimate)
    asked = CrisisQuestion("f", other, sight.me, question.crisis, question.exchange)
    return {
        doctrine: {
            str(option): chance for option, chance in _chances(theirs, imagined, doctrine, asked)
        }
        for doctrine in READINGS
    }


@dataclass(frozen=True, slots=True)
class Stand:
    """By whom a bystander of a crisis, or of a war, would stand: "" for nobody."""

    state: str
    if_power: str
    chance_if_power: float
    if_threat: str
    chance_if_threat: float

    @property
    def differs(self) -> float:
        """How far the readings are apart on it, 0 where they say the same."""
        if self.if_power == self.if_threat:
            return 0.0
        return min(self.chance_if_power, self.chance_if_threat)


def stands(sight: Sight, imagined: Imagined, by: str, of: str) -> list[Stand]:
    """By whom the bystanders of a crisis would stand under each reading (THEORY S4, T2).

    Great powers and neighbours of either side; those on whom the readings differ most come first.
    """
    world = sight.world
    crisis = next((one.id for one in world.crises if (one.by, one.of) == (by, of)), -1)
    result = []
    for state in world.states:
        if not state.alive or state.id in (by, of, sight.me) or state.committed == 0:
            continue
        near = is_neighbour(world, state.id, by) or is_neighbour(world, state.id, of)
        if not state.great and not near:
            continue
        asked = PledgeQuestion("f", state.id, by, of, crisis, ("none", by, of))
        theirs = in_the_place_of(sight, state.id, imagined.estimate)
        result.append(_stand(theirs, imagined, asked, {by: by, of: of}))
    return sorted(result, key=lambda one: (-one.differs, one.state))


def entries(sight: Sight, imagined: Imagined, on: str) -> list[Stand]:
    """On whose side the bystanders of a war that I began would enter it, under each reading.

    Of a war in which all have come who promised to, and mine owe nothing where no ultimatum went
    before; who may choose is whom the war would ask. Those on whom the readings differ most come
    first (THEORY W2, T6; RULES, War).
    """
    me, world = sight.me, sight.world
    surprise = standing_ultimatum(world, me, on) is None
    theirs = would_defend(sight, on)
    owing = () if surprise else would_attack(sight, me, on)
    ours = tuple(ally for ally in owing if ally not in theirs)
    number = world.next_id
    war = War(number, (me, *ours), (on, *theirs), world.turn, "", surprise)
    begun = changed(world, wars=(*world.wars, war))
    seen = Sight(me, begun, sight.hostile, facts_of(begun))
    sides = {"attackers": me, "defenders": on}
    result = []
    for state, options in bystanders(seen.world, war):
        asked = JoinQuestion("f", state, me, on, number, options)
        placed = in_the_place_of(seen, state, imagined.estimate)
        result.append(_stand(placed, imagined, asked, sides))
    return sorted(result, key=lambda one: (-one.differs, one.state))


def _stand(theirs: Sight, imagined: Imagined, asked: Question, sides: Mapping[str, str]) -> Stand:
    """The likeliest answer of one who is asked to take a side, under each reading."""
    found: list[tuple[str, float]] = []
    for doctrine in READINGS:
        chances = _chances(theirs, imagined, doctrine, asked)
        option, chance = max(chances, key=lambda one: one[1])
        found.append((sides.get(str(option), ""), chance))
    (first, sure), (second, surer) = found
    return Stand(asked.asked, first, sure, second, surer)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What another's yes is worth to it under one reading, and how likely it is."""

    terms: Floats
    """The weighted terms of a yes less those of doing nothing, the mean over its habits: [term]."""
    chance: float


def weighed(
    sight: Sight,
    imagined: Imagined,
    order: Order,
    *,
    countering: bool = False,
    ultimatum: bool = False,
) -> dict[str, Weighed]:
    """Reading -> what stands behind a forecast of an order; nothing where nobody answers it."""
    asked = _question(sight, order, countering, "", ULTIMATUM if ultimatum else 0)
    if asked is None:
        return {}
    world, question, yes = asked
    theirs = in_the_place_of(_over(sight, world), question.asked, imagined.estimate)
    result = {}
    for doctrine in READINGS:
        row = np.zeros(len(TERMS))
        for habits, share in imagined.habits(question.asked, doctrine):
            row += share * _yes_beside_no(theirs, imagined.frame, doctrine, habits, question, yes)
        result[doctrine] = Weighed(row, _chance(theirs, imagined, doctrine, question, yes))
    return result


def _yes_beside_no(
    theirs: Sight,
    frame: Frame,
    doctrine: str,
    habits: Habits,
    question: Question,
    yes: Callable[[Answer], bool],
) -> Floats:
    """The weighted terms of the likeliest yes less those of doing nothing: [term]."""
    appraisal = question_appraisal(frame.view(theirs, doctrine, habits), theirs, question)
    weights = term_weights(frame.doctrines[doctrine].weights, AMBITION)
    values = utilities(appraisal.terms, weights)
    places = [at for at, option in enumerate(appraisal.options) if yes(option)]
    best = max(places, key=lambda place: float(values[place]))
    return np.asarray((appraisal.terms[best] - appraisal.terms[0]) * weights)


def weigh(sight: Sight, frame: Frame, question: Question, answer: Answer) -> dict[str, float]:
    """What an answer changes in my own security under both readings, in the unit; more is safer."""
    terms = weigh_terms(sight, frame, question, answer)
    return {doctrine: float(np.sum(row)) for doctrine, row in terms.items()}


def weigh_terms(
    sight: Sight, frame: Frame, question: Question, answer: Answer
) -> dict[str, Floats]:
    """As `weigh`, term by term: reading -> [term]."""
    return {
        doctrine: np.asarray(
            _row(question_appraisal(frame.view(sight, doctrine), sight, question), answer)
            * SECURITY_ALONE
        )
        for doctrine in READINGS
    }


def worth(sight: Sight, frame: Frame, offer: Order) -> dict[str, float]:
    """What a pact that I offer changes in my own security once signed, as `weigh` gives it.

    A burden is then mine to pay: as with a counter to my own offer, which is the final word. Of
    another order, what it is worth where it is among the options of alignment, else nothing.
    """
    return {
        doctrine: float(np.sum(row)) for doctrine, row in worth_terms(sight, frame, offer).items()
    }


def worth_terms(sight: Sight, frame: Frame, offer: Order) -> dict[str, Floats]:
    """As `worth`, term by term: reading -> [term]."""
    if not isinstance(offer, Offer):
        return {
            doctrine: np.asarray(
                _row(alignment_appraisal(frame.view(sight, doctrine), sight), offer)
                * SECURITY_ALONE
            )
            for doctrine in READINGS
        }
    newcomer = "" if offer.joins is None else offer.to
    signed = OfferQuestion(
        "w", sight.me, offer.to, offer.terms, final=True, joins=offer.joins, newcomer=newcomer
    )
    return weigh_terms(sight, frame, signed, "accept")


SECURITY_ALONE = term_weights(Weights(), 0.0)
"""The weights of one who cares for security and nothing else."""


def _row(appraisal: Appraisal, answer: object) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    for index, option in enumerate(appraisal.options):
        if option == answer:
            return np.asarray(appraisal.terms[index] - appraisal.terms[0])
    return np.zeros(appraisal.terms.shape[1])
