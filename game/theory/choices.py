"""Every decision a state takes, as an ordered list of families with public menus (DESIGN).

The same list makes a rival's orders and reads anybody's conduct: `order_appraisals` and
`question_appraisal` weigh, `classify` and `classify_answer` say which option was taken.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.theory.choice_rule import Appraisal
from game.theory.families import (
    aid_and_penetration,
    alignment,
    answers,
    arms_and_posture,
    assurance,
    crisis,
    war,
)
from game.theory.lens import View
from game.theory.view_batch import alone, side_by_side
from game.world.legality import envoys
from game.world.orders import (
    Aid,
    AskAssurance,
    Budget,
    DeclareWar,
    Demand,
    Front,
    OfferPeace,
    Order,
    OrderKind,
    Penetrate,
    Posture,
    Terms,
)
from game.world.questions import (
    AidQuestion,
    Answer,
    AssuranceQuestion,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
    TellQuestion,
)
from game.world.sight import Sight


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """An option that was taken, and which were open then (None: all)."""

    pick: int
    allowed: NDArray[np.bool_] | None = None


def alignment_appraisal(view: View, sight: Sight) -> Appraisal:
    """The alignment family."""
    return alignment.appraise_each(alone(view), [alignment.menu_of(sight)])[0]


def alignment_appraisals(views: Sequence[View], sights: Sequence[Sight]) -> list[Appraisal]:
    """The alignment family of states that see one world, in one go (see `view_batch.alike`)."""
    menus = [alignment.menu_of(sight) for sight in sights]
    return alignment.appraise_each(side_by_side(views), menus)


def offer_appraisals(
    views: Sequence[View], asked: Sequence[tuple[int, Sight, OfferQuestion]]
) -> list[Appraisal]:
    """Answers to offers, by states that see one world, in one go (see `view_batch.alike`).

    `asked` are (the place of the view, its sight, the offer).
    """
    return answers.appraise_offers(side_by_side(views), asked)


def question_appraisals(
    views: Sequence[View], asked: Sequence[tuple[Sight, Question]]
) -> list[Appraisal]:
    """As `question_appraisal`, of states that see one world through one lens.

    Where all are offers, they are weighed in one go.
    """
    offers = [
        (at, sight, it) for at, (sight, it) in enumerate(asked) if isinstance(it, OfferQuestion)
    ]
    if offers and len(offers) == len(asked):
        return offer_appraisals(views, offers)
    return [
        question_appraisal(view, sight, question)
        for view, (sight, question) in zip(views, asked, strict=True)
    ]


def question_appraisal(view: View, sight: Sight, question: Question) -> Appraisal:
    """The options of a question as the one who is asked weighs them."""
    match question:
        case OfferQuestion():
            return answers.appraise_offers(alone(view), [(0, sight, question)])[0]
        case TellQuestion():
            return answers.appraise_tell(view, sight, question)
        case AidQuestion():
            return answers.appraise_aid(view, sight, question)
        case PledgeQuestion():
            return crisis.appraise_pledge(view, sight, question)
        case AssuranceQuestion():
            return assurance.appraise_assurance(view, sight, question)
        case CrisisQuestion():
            return crisis.appraise_exchange(view, sight, question)
        case CallQuestion():
            return war.appraise_call(view, sight, question)
        case JoinQuestion():
            return war.appraise_join(view, sight, question)
        case PeaceQuestion():
            return war.appraise_peace(view, sight, question)


def family_of(question: Question) -> str:
    """The family of a question's answers."""
    match question:
        case OfferQuestion() | AidQuestion():
            return "answers"
        case TellQuestion():
            return "tell"
        case PledgeQuestion():
            return "pledge"
        case AssuranceQuestion():
            return "assurance"
        case CrisisQuestion():
            return "exchange"
        case CallQuestion():
            return "call"
        case JoinQuestion():
            return "join"
        case PeaceQuestion():
            return "peace"


def still_open(menu: alignment.AlignmentMenu, taken: Sequence[int]) -> NDArray[np.bool_]:
    """Which alignment options are open after some were taken: one a partner, each treaty once."""
    partners = menu.partners_by_option
    allowed = np.ones(len(partners), dtype=np.bool_)
    for index in taken:
        allowed[index] = False
        if partners[index] >= 0:
            allowed &= partners != partners[index]
    allowed[0] = True
    return allowed


def classify_alignment(
    menu: alignment.AlignmentMenu, sight: Sight, orders: Sequence[Order]
) -> list[Taken]:
    """What the envoys chose, in rank order; nothing last, unless all were used."""
    taken: list[int] = []
    result: list[Taken] = []
    for order in orders:
        if not isinstance(order, alignment.Aligning):
            continue
        index = menu.place_of(order)
        allowed = still_open(menu, taken)
        if index == 0 or not allowed[index]:
            continue
        result.append(Taken(index, allowed))
        taken.append(index)
    if len(result) < envoys(sight.world, sight.me):
        result.append(Taken(0, still_open(menu, taken)))
    return result


def classify(appraisal: Appraisal, orders: Sequence[Order]) -> Taken:
    """The option of a family that a set of orders amounts to; the nearest where it is off it."""
    kind = ORDER_FAMILIES[appraisal.family].kind
    order = next((order for order in orders if isinstance(order, kind)), None)
    if order is None:
        return Taken(0)
    for index, option in enumerate(appraisal.options):
        if option == order:
            return Taken(index)
    near = [
        (far, index)
        for index, option in enumerate(appraisal.options)
        if option is not None and (far := option.distance(order)) is not None
    ]
    return Taken(min(near)[1] if near else 0)


def classify_answer(appraisal: Appraisal, answer: Answer) -> Taken:
    """The option that an answer amounts to; a counter off the menu is the nearest on it."""
    for index, option in enumerate(appraisal.options):
        if option == answer:
            return Taken(index)
    if isinstance(answer, Terms):
        for index, option in enumerate(appraisal.options):
            if isinstance(option, Terms) and option.against == answer.against:
                return Taken(index)
        for index, option in enumerate(appraisal.options):
            if isinstance(option, Terms):
                return Taken(index)
    return Taken(0)


@dataclass(frozen=True, slots=True)
class OrderFamily:
    """A family of orders after alignment: the kind it is about, and how it is weighed."""

    kind: type[OrderKind]
    weigh: Callable[[View, Sight, float], Appraisal]
    """Of a view, its sight and an ambition."""
    at_war: bool = False
    """Whether it is open to a state at war alone."""
    in_crisis: bool = False
    """Whether it is open to a side of a crisis alone."""


ORDER_FAMILIES: Mapping[str, OrderFamily] = {
    "demand": OrderFamily(Demand, lambda view, sight, _: crisis.appraise_demand(view, sight)),
    "penetration": OrderFamily(
        Penetrate, lambda view, sight, _: aid_and_penetration.appraise_penetration(view, sight)
    ),
    "asking": OrderFamily(
        AskAssurance,
        lambda view, sight, _: assurance.appraise_asking(view, sight),
        in_crisis=True,
    ),
    "posture": OrderFamily(Posture, arms_and_posture.appraise_posture),
    "arms": OrderFamily(Budget, lambda view, sight, _: arms_and_posture.appraise_arms(view, sight)),
    "aid": OrderFamily(Aid, lambda view, sight, _: aid_and_penetration.appraise_aid(view, sight)),
    "war": OrderFamily(DeclareWar, lambda view, sight, _: war.appraise_declaring(view, sight)),
    "peace": OrderFamily(
        OfferPeace, lambda view, sight, _: war.appraise_peace_offer(view, sight), at_war=True
    ),
    "front": OrderFamily(
        Front, lambda view, sight, _: war.appraise_fronts(view, sight), at_war=True
    ),
}
"""The families of orders after alignment, in their order."""


def order_appraisal(view: View, sight: Sight, ambition: float, family: str) -> Appraisal:
    """A family of orders other than alignment. Raises KeyError for an unknown one."""
    return ORDER_FAMILIES[family].weigh(view, sight, ambition)


def other_appraisals(
    view: View, sight: Sight, ambition: float, envoys_left: int
) -> list[Appraisal]:
    """The families of orders after alignment that are open, in their order."""
    fights = bool(sight.world.wars_of(sight.me))
    tense = any(sight.me in (crisis.by, crisis.of) for crisis in sight.world.crises)
    return [
        family.weigh(view, sight, ambition)
        for family in ORDER_FAMILIES.values()
        if family.kind.envoys <= envoys_left
        and (fights or not family.at_war)
        and (tense or not family.in_crisis)
    ]
