"""A history in which all that a state does not know of others' talks is something else."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from game.history import History, TurnRecord
from game.world.events import TALKS, Event, event
from game.world.knowledge import knows_order, knows_question, visible
from game.world.model import World
from game.world.orders import Aid, Offer, OfferPeace, Order, Penetrate, Sound, Terms
from game.world.questions import AidQuestion, OfferQuestion, Question, TellQuestion
from game.world.sight import OF_TALKS
from game.world.stage import Stage

PRIVATE_ORDERS = (Offer, Aid, OfferPeace, Sound, Penetrate)
"""The orders that are given in private."""
UNHEARD = frozenset({*TALKS, "offer_told", "talks_reported"})
"""The kinds of events of which others may know nothing."""
ODD = Terms(("offense", "neutrality"), "", 11, True, 777)
"""Terms that nobody signs, so that no treaty shows them."""


def scrambled(history: History, me: str, lot: random.Random) -> History:
    """The same history, with whatever `me` does not know of talks left out or made otherwise."""
    return replace(
        history,
        start=_world(history.start, me, lot),
        turns=tuple(_record(record, me, lot) for record in history.turns),
    )


def _record(record: TurnRecord, me: str, lot: random.Random) -> TurnRecord:
    seen = tuple(visible(record.events, me))
    others = [state.id for state in record.start.living() if state.id != me]
    orders = {
        state: tuple(_orders(state, given, seen, me, others, lot))
        for state, given in record.orders.items()
    }
    stages = tuple(_stage(stage, seen, me, others, lot) for stage in record.stages)
    events = [*_events(record.events, me, others, lot), *_invented(others, lot)]
    return replace(
        record,
        start=_world(record.start, me, lot),
        orders=orders,
        stages=stages,
        events=tuple(events),
        end=_world(record.end, me, lot),
    )


def _orders(
    giver: str,
    given: Sequence[Order],
    seen: Sequence[Event],
    me: str,
    others: list[str],
    lot: random.Random,
) -> Iterable[Order]:
    for order in given:
        if not isinstance(order, PRIVATE_ORDERS) or knows_order(me, giver, order, seen):
            yield order
        elif isinstance(order, Offer) and lot.random() < 0.7:
            yield replace(order, terms=ODD, joins=None)
    if giver != me:
        to = lot.choice([state for state in others if state != giver])
        invented = lot.choice((Offer(to, ODD), Aid(to, 777), Sound(to)))
        # None that an event which the player knows of would show: a real gift of the same pair.
        if not knows_order(me, giver, invented, seen):
            yield invented


def _stage(
    stage: Stage, seen: Sequence[Event], me: str, others: list[str], lot: random.Random
) -> Stage:
    asked: list[Question] = []
    answers: dict[str, Any] = {}
    for question in stage.questions:
        if knows_question(me, question, seen):
            asked.append(question)
            answers[question.id] = stage.answers[question.id]
        elif lot.random() < 0.7 and isinstance(question, OfferQuestion | TellQuestion):
            asked.append(replace(question, terms=ODD))
            answers[question.id] = lot.choice(question.options)
    first, second = lot.sample(others, 2)
    # None that an event which the player knows of would show: a real gift of the same pair.
    invented = [
        question
        for question in (
            OfferQuestion("odd", first, second, ODD),
            AidQuestion("odd aid", second, first, 777),
        )
        if not knows_question(me, question, seen)
    ]
    asked += invented
    answers |= {question.id: "accept" for question in invented}
    return Stage(_world(stage.world, me, lot), tuple(asked), answers)


def _events(
    events: Iterable[Event], me: str, others: list[str], lot: random.Random
) -> Iterable[Event]:
    for happening in events:
        if happening.seen_by(me) or happening.kind not in UNHEARD:
            yield happening
        elif lot.random() < 0.7:
            names = [state for state in others if state not in (happening.actor, happening.target)]
            facts = tuple(
                lot.choice(names) if isinstance(it, str) else 777 if isinstance(it, int) else it
                for it in happening.facts
            )
            yield replace(happening, facts=facts)


def _invented(others: list[str], lot: random.Random) -> Iterable[Event]:
    """Talks that were never held, and that would make enemies if they were known."""
    for first, second, third in (lot.sample(others, 3) for _ in range(2)):
        yield event(
            "treaty_declined", first, second, (first, second, third),
            obligations=("defense",), against=third,
        )  # fmt: skip
        yield event(
            "offer_told", first, second, (first, second, third),
            by=third, obligations=("defense",), against=second,
        )  # fmt: skip
        yield event("aid_given", third, first, (first, third), amount=10**6)


def _world(world: World, me: str, lot: random.Random) -> World:
    """What talks leave in a world, other than it is: among others alone."""
    others = [state.id for state in world.states if state.id != me]
    first, second = lot.sample(others, 2)

    def table(part: str) -> dict[Any, int]:
        whole = getattr(world, part)
        return {**{key: it for key, it in whole.items() if me in key}, (first, second): 777}

    cooldowns = {
        key: until for key, until in world.cooldowns.items() if key[0] not in OF_TALKS or me in key
    }
    return replace(
        world,
        aid=table("aid"),
        leverage=table("leverage"),
        cooldowns={
            **cooldowns,
            **{(what, second, first): world.turn + 9 for what in OF_TALKS},
        },
    )
