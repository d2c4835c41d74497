"""Who knows of what happened: of an event, of an order, of a question and its answer.

The one rule: an event is known to its actor, its target and its witnesses (`Event.seen_by`). An
order is known to who gave it, a question to the two that it is between, and either to who knows of
an event that shows it. So what was overheard, told, leaked or published is recorded in one place
alone: the witnesses of events.
"""

from collections.abc import Collection, Iterable, Iterator

from game.world.events import Event
from game.world.orders import Order
from game.world.orders.offer import offers, signed_on
from game.world.questions import (
    AidQuestion,
    AssuranceQuestion,
    OfferQuestion,
    PeaceQuestion,
    Question,
    TellQuestion,
)

Talk = OfferQuestion | TellQuestion | AidQuestion | PeaceQuestion | AssuranceQuestion
"""The questions that are put and answered in private."""


def visible(events: Iterable[Event], state: str) -> Iterator[Event]:
    """The events that a state knows of, in order."""
    return (happening for happening in events if happening.seen_by(state))


def knows_order(state: str, giver: str, order: Order, seen: Collection[Event]) -> bool:
    """Whether a state knows of an order of `giver`; `seen` are the turn's events it knows of."""
    return state == giver or any(order.shown_by(giver, happening) for happening in seen)


def knows_question(state: str, question: Question, seen: Collection[Event]) -> bool:
    """Whether a state knows that a question was put and how it was answered.

    `seen` are the turn's events that it knows of. Who is asked to take a side in a crisis or a war
    answers in public; offers of treaties, of aid and of peace are talks, and so are assurances.
    Whoever made an offer does not know that it could be told of, until it is.
    """
    if state == question.asked or not isinstance(question, Talk):
        return True
    if state == question.by and not isinstance(question, TellQuestion):
        return True
    return any(_shows(happening, question) for happening in seen)


def _shows(happening: Event, question: Talk) -> bool:
    """Whether an event shows that the question was put, and its answer."""
    between = (happening.actor, happening.target)
    match question:
        case TellQuestion(asked=asked, by=by, terms=terms):
            told = happening.kind == "offer_told" and between == (asked, terms.against)
            return told and happening["by"] == by
        case AidQuestion(by=by, asked=asked):
            return happening.kind == "aid_offered" and between == (by, asked)
        case PeaceQuestion(by=by, asked=asked):
            return happening.kind in ("peace_offered", "peace_made") and between == (by, asked)
        case AssuranceQuestion(by=by, asked=asked):
            said = happening.kind == "assurance_given" and between == (asked, by)
            return said and happening["crisis"] == question.crisis
        case OfferQuestion(by=by, asked=asked, terms=terms, newcomer=newcomer):
            pair = (by, newcomer or asked)
            if between == pair:
                kind = "treaty_countered" if question.final else "treaty_offered"
                return offers(happening, kind, terms) or signed_on(happening, terms)
            # A counter that is accepted is signed in the first sender's name.
            return question.final and between == pair[::-1] and signed_on(happening, terms)
