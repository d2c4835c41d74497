"""What a state did in a decision, in words: the order or answer itself, and what came of it.

A menu holds a limited number of options, so an order that is not on it is weighed as the nearest
option (`theory.choices`). What is told is the order, and where it was weighed as another, that too.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from game.debrief.decision_replay import DecisionReplay
from game.history import TurnRecord
from game.inference.evidence import Evidence
from game.theory.choices import ORDER_FAMILIES
from game.theory.families.alignment import Aligning, menu_of
from game.words.deed_clauses import deed, moved, ordered
from game.words.grammar import Speech
from game.words.phrases import pact
from game.world.events import Event
from game.world.model import World
from game.world.orders import (
    Aid,
    DeclareWar,
    Demand,
    Denounce,
    Guarantee,
    Offer,
    Order,
    OrderKind,
    Sound,
    Terms,
)
from game.world.questions import (
    AidQuestion,
    Answer,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PledgeQuestion,
    Question,
)

ENDED = ("treaty_ended", "guarantee_withdrawn")
LEAVING = ("notice_given", "treaty_broken", *ENDED)
LAPSED = ("treaty_lapsed",)
BUT_LAPSED = ", but it lapsed"
DID_NOT_STAND = ", but the order did not stand"
EFFECTS: dict[type[Order], tuple[str, ...]] = {
    Offer: ("treaty_offered",),
    Guarantee: ("guarantee_given",),
    Sound: ("sounding_made",),
    Demand: ("demand_made",),
    Aid: ("aid_offered",),
    DeclareWar: ("war_declared",),
}
"""Kind of order -> the kinds of events by which it takes effect; the giver is their actor."""


def given(moments: DecisionReplay, one: Evidence) -> Order | Answer | None:
    """The order or the answer that a decision was made by; None where nothing was done."""
    record = moments.record(one.turn)
    if one.question is not None:
        return record.answers[one.question.id]
    orders = record.orders.get(one.state, ())
    if one.family != "alignment":
        kind = ORDER_FAMILIES[one.family].kind
        return next((order for order in orders if isinstance(order, kind)), None)
    if not one.taken:
        return None
    menu = menu_of(moments.sight(one.turn, one.state))
    return next(
        order
        for order in orders
        if isinstance(order, Aligning) and menu.place_of(order) == one.taken
    )


def done_by(moments: DecisionReplay, one: Evidence) -> str:
    """A decision as a clause, true of the whole turn in which it was made."""
    record = moments.record(one.turn)
    world = moments.world(one.turn, one.question)
    further = moved(record.orders.get(one.state, ()))
    chosen = _as_it_counted(record, one, given(moments, one))
    clause = deed(one.state, one.family, chosen, one.question, world, further=further)
    if isinstance(chosen, Order):
        return clause + _came_of(record, one.state, chosen, world) + _weighed_as(one, chosen, world)
    if one.question is not None:
        return clause + _answered_in_vain(record, one.question, chosen, world)
    return clause


def _as_it_counted(record: TurnRecord, one: Evidence, chosen: Any) -> Any:
    """An answer as the rules read it: a counter that could not be signed declines."""
    asked = one.question
    if not isinstance(asked, OfferQuestion) or not isinstance(chosen, Terms):
        return chosen
    if chosen == asked.terms:
        return "accept"
    told = _happened(record, ("treaty_countered",), asked.asked, asked.by)
    return chosen if any(_same_pact(event, chosen) for event in told) else "decline"


def _happened(
    record: TurnRecord, kinds: Sequence[str], actor: str, target: str = ""
) -> Iterator[Event]:
    """The events of some kinds in a turn, by their actor and, where one is given, their target."""
    return (
        event
        for event in record.events
        if event.kind in kinds and event.actor == actor and target in ("", event.target)
    )


def _same_pact(event: Event, terms: Terms) -> bool:
    return event["obligations"] == terms.obligations and event["against"] == terms.against


# what came of an order


def _came_of(record: TurnRecord, state: str, order: Order, world: World) -> str:
    """What became of an order in the same turn, as the rest of a sentence."""
    if isinstance(order, Denounce):
        return _denounced(record, state, order)
    if not any(_happened(record, EFFECTS.get(type(order), ()), state, order.target or "")):
        return DID_NOT_STAND
    if isinstance(order, Offer):
        return (
            _invited(record, order)
            if order.joins is not None
            else _offered(record, state, order, world)
        )
    if isinstance(order, Aid):
        taken = any(_happened(record, ("aid_given",), state, order.to))
        return ", which was taken" if taken else ", which was refused"
    return ""


def _denounced(record: TurnRecord, state: str, order: Denounce) -> str:
    """What became of leaving a treaty; who gave notice a turn ago leaves before it can break it."""
    kind = "treaty_broken" if order.breach else "notice_given"
    told = [
        event.kind for event in _happened(record, LEAVING, state) if event["treaty"] == order.treaty
    ]
    if kind in told:
        return ""
    by_notice = any(ended in told for ended in ENDED)
    return ", but its notice ended it first" if by_notice else DID_NOT_STAND


def _invited(record: TurnRecord, order: Offer) -> str:
    joined = any(
        event.kind == "treaty_signed"
        and event.target == order.to
        and event["treaty"] == event["renews"] == order.joins
        for event in record.events
    )
    return ", which it joined" if joined else ", which came to nothing"


def _offered(record: TurnRecord, state: str, order: Offer, world: World) -> str:
    signed = [
        event
        for event in record.events
        if event.kind == "treaty_signed" and {event.actor, event.target} == {state, order.to}
    ]
    if any(_same_pact(event, order.terms) for event in signed):
        return ", and it was signed"
    if signed:
        (first, *_) = signed
        other = pact(Speech(world.atlas), first.names("obligations"), first.text("against"))
        return f", and they signed {other} instead"
    return ", which came to nothing"


def _weighed_as(one: Evidence, order: Order, world: World) -> str:
    """The option that an order was weighed as, in brackets, where it is about something else."""
    if _about(one.chosen, one.state, world) == _about(order, one.state, world):
        return ""
    nearest = ordered(one.chosen, one.family, one.state, world)
    return f" (weighed as the nearest on its menu: {nearest})"


def _about(order: object, state: str, world: World) -> tuple[Any, ...]:
    """What an order is about: its kind, with and against whom it is, and what it asks or leaves."""
    match order:
        case Offer():
            return (*order.concerns(world, state), order.terms.obligations, order.joins)
        case Demand():
            return (order.of, order.stake, order.subject)
        case Denounce():
            return (order.treaty, order.breach)
        case OrderKind():
            return (order.kind, order.target)
    return ()


# what came of an answer


def _answered_in_vain(record: TurnRecord, asked: Question, chosen: Any, world: World) -> str:
    """What kept an answer from its effect, as the rest of a sentence; empty where nothing did."""
    match asked:
        case OfferQuestion():
            return _signed_or_not(record, asked, chosen)
        case AidQuestion() if chosen == "accept":
            taken = any(_happened(record, ("aid_given",), asked.by, asked.asked))
            return "" if taken else ", which never came"
        case PledgeQuestion() if chosen != "none":
            pledged = any(_happened(record, ("pledge_made",), asked.asked, str(chosen)))
            return "" if pledged else ", but the crisis was over"
        case CrisisQuestion():
            return _exchanged(record, asked, chosen, world)
        case CallQuestion() if chosen == "honour":
            came = any(_happened(record, ("call_honoured",), asked.asked, asked.by))
            return "" if came else ", but could not enter the war"
        case JoinQuestion() if chosen != "none":
            came = any(
                event["war"] == asked.war
                for event in _happened(record, ("war_joined",), asked.asked)
            )
            return "" if came else ", but could not enter the war"
    return ""


def _signed_or_not(record: TurnRecord, asked: OfferQuestion, chosen: Any) -> str:
    """What became of an offer that was accepted or answered with other terms.

    What an earlier signature of the turn forbids lapses, though all agreed.
    """
    if chosen == "decline":
        return ""
    terms = chosen if isinstance(chosen, Terms) else asked.terms
    newcomer = asked.newcomer or asked.asked
    lapsed = any(_same_pact(one, terms) for one in _happened(record, LAPSED, asked.by, newcomer))
    signed = [event for event in record.events if event.kind == "treaty_signed"]
    if asked.joins is not None:
        if any(
            event.target == newcomer and event["treaty"] == event["renews"] == asked.joins
            for event in signed
        ):
            return ""
        return BUT_LAPSED if lapsed else ", but not all agreed"
    pair = {asked.asked, asked.by}
    if any({one.actor, one.target} == pair and _same_pact(one, terms) for one in signed):
        return ", and it was signed" if isinstance(chosen, Terms) else ""
    return BUT_LAPSED if lapsed else ", which came to nothing"


def _exchanged(record: TurnRecord, asked: CrisisQuestion, chosen: Any, world: World) -> str:
    """What the other side's step made of an answer in a crisis, where it went before."""
    crisis = world.crisis(asked.crisis)
    by = asked.asked if crisis is None else crisis.by
    ended = [
        event.kind
        for event in record.events
        if event.kind in ("demand_yielded", "demand_withdrawn") and event["crisis"] == asked.crisis
    ]
    other = Speech(world.atlas).plain(asked.by)
    if chosen == "yield" and by != asked.asked and "demand_yielded" not in ended:
        return f", but {other} let its demand drop"
    climbed = any(
        event["crisis"] == asked.crisis
        for event in _happened(record, ("crisis_climbed",), asked.asked, asked.by)
    )
    if chosen == "climb" and not climbed:
        gave = "yielded" if "demand_yielded" in ended else "let its demand drop"
        return f", but {other} {gave}"
    return ""
