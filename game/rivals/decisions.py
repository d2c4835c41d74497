"""The decisions of an AI state: for each family of decisions it weighs its options and picks one.

Beside orders or answers the functions return decision records, from which reasons are shown.
"""

from collections.abc import Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from game.dice import Draw
from game.rivals.assurances import assured
from game.rivals.envelope import Envelope, Seat
from game.rivals.reasons import reason_to_leave
from game.rivals.temperament import tempered
from game.theory.choice_rule import Appraisal, Choice, Record, decide
from game.theory.choices import (
    ORDER_FAMILIES,
    alignment_appraisal,
    alignment_appraisals,
    offer_appraisals,
    other_appraisals,
    question_appraisal,
    still_open,
)
from game.theory.doctrine import term_weights
from game.theory.families.alignment import AlignmentMenu
from game.theory.frame import Frame
from game.theory.lens import View
from game.world.beliefs import Beliefs
from game.world.legality import check, envoys
from game.world.model import World
from game.world.orders import Aid, DeclareWar, Demand, Denounce, Offer, Order
from game.world.questions import Answer, AssuranceQuestion, OfferQuestion, Question
from game.world.sight import Floats, Sight, seen_by

MOST_TOGETHER = 40_000
"""Most cells of tables by two states weighed in one go, by trial: 16 views of 50 states."""

Value = TypeVar("Value")
Decided = tuple[tuple[Order, ...], list[Record]]
"""An AI state's legal orders for the turn, and the records of its decisions."""


Deciding = Generator[Sequence[Choice], Sequence[Record], Value]
"""Gives menus and is sent their records, as often as it takes, and returns what came of them.

So several states decide in one go, while each reads as if it decided alone.
"""


# Not frozen, as `choice_rule.Appraisal` is not.
@dataclass(slots=True, eq=False)
class _Chooser:
    """An AI state that chooses: what it sees, and by what it weighs."""

    view: View
    sight: Sight
    seat: Seat
    weights: Floats
    """What each term counts for: [term]."""
    dice: Draw

    def tempered(self, weighed: Appraisal) -> Appraisal:
        """A menu as its temperament shifts it."""
        return tempered(weighed, self.sight, self.seat.temperament)

    def choice(self, weighed: Appraisal, *subject: str | int, **more: Any) -> Choice:
        """A menu as it decides it, and further fields of the choice."""
        return Choice(
            weighed,
            self.weights,
            self.seat.noise,
            self.draw(weighed.family, *subject),
            **more,
        )

    def draw(self, family: str, *subject: str | int) -> float:
        """The one draw of a decision, keyed by turn, family, state and subject."""
        return self.dice(self.sight.world.turn, f"choice:{family}", self.sight.me, *subject)


def _choosers(
    sights: Sequence[Sight], seats: Sequence[Seat], frame: Frame, dice: Draw
) -> list[_Chooser]:
    views = frame.views_of_each(sights, [(seat.doctrine, seat.habits) for seat in seats])
    return [
        _Chooser(
            view,
            sight,
            seat,
            term_weights(frame.doctrines[seat.doctrine].weights, seat.drive),
            dice,
        )
        for view, sight, seat in zip(views, sights, seats, strict=True)
    ]


def _in_one_go(states: Sequence[Deciding[Value]]) -> list[Value]:
    """What comes of the decisions of several states, each round of their menus decided together."""
    found: dict[int, Value] = {}
    given = {place: next(state) for place, state in enumerate(states)}
    while given:
        records = iter(decide([choice for choices in given.values() for choice in choices]))
        for place, choices in list(given.items()):
            try:
                given[place] = states[place].send(list(islice(records, len(choices))))
            except StopIteration as over:
                found[place] = over.value
                del given[place]
    return [found[place] for place in range(len(states))]


def orders(sight: Sight, seat: Seat, frame: Frame, dice: Draw) -> Decided:
    """One AI state's orders."""
    state = sight.world.state(sight.me)
    if not state.alive or state.committed == 0:
        return (), []
    [chooser] = _choosers([sight], [seat], frame, dice)
    return _in_one_go([_orders(chooser, alignment_appraisal(chooser.view, sight))])[0]


def orders_of_all(
    world: World,
    beliefs: Beliefs,
    envelope: Envelope,
    frame: Frame,
    states: Sequence[str],
    dice: Draw,
) -> Iterator[tuple[str, Decided]]:
    """As `orders`, of several states that are alive, in any order.

    As many as memory allows weigh their alignment and decide in one go.
    """
    present = [state for state in states if world.state(state).committed > 0]
    yield from ((state, ((), [])) for state in states if state not in present)
    for portion in _portions(world, envelope, frame, present):
        sights = [seen_by(world, beliefs, state) for state in portion]
        choosers = _choosers(sights, [envelope[state] for state in portion], frame, dice)
        weighed = alignment_appraisals([chooser.view for chooser in choosers], sights)
        decided = _in_one_go(list(map(_orders, choosers, weighed)))
        yield from zip(portion, decided, strict=True)


def _portions(
    world: World, envelope: Envelope, frame: Frame, states: Iterable[str]
) -> Iterator[list[str]]:
    """States whose views can be set side by side, in portions that memory allows."""
    groups: dict[Hashable, list[str]] = {}
    for state in states:
        seat = envelope[state]
        groups.setdefault(frame.alike(seat.doctrine, seat.habits), []).append(state)
    most = max(1, MOST_TOGETHER // len(world.states) ** 2)
    for group in groups.values():
        for start in range(0, len(group), most):
            yield group[start : start + most]


def _orders(chooser: _Chooser, alignment: Appraisal) -> Deciding[Decided]:
    view, sight = chooser.view, chooser.sight
    records: list[Record] = []
    chosen: list[Order] = []

    # Alignment: each envoy in turn picks one pact to offer or leave, until one picks nothing.
    alignment, menu = chooser.tempered(alignment), alignment.options
    assert isinstance(menu, AlignmentMenu)
    taken: list[int] = []
    for envoy in range(envoys(sight.world, sight.me)):
        (record,) = yield [chooser.choice(alignment, envoy, allowed=still_open(menu, taken))]
        records.append(record)
        if record.pick == 0:
            break
        taken.append(record.pick)
        order = record.chosen
        if isinstance(order, Denounce):
            order = replace(order, why=reason_to_leave(view, sight, order, record))
        chosen.append(order)

    # The other families, in order; a demand and a penetration each need an envoy that is left.
    left = envoys(sight.world, sight.me) - len(taken)
    others = other_appraisals(view, sight, chooser.seat.drive, left)
    for record in (yield [chooser.choice(chooser.tempered(family)) for family in others]):
        if ORDER_FAMILIES[record.family].kind.envoys > left:
            continue
        records.append(record)
        if record.chosen is None:
            continue
        left -= record.chosen.envoys
        chosen.append(record.chosen)
    foes = {order.on for order in chosen if isinstance(order, DeclareWar)}
    foes |= {order.of for order in chosen if isinstance(order, Demand)}
    chosen = [
        order for order in chosen if not (isinstance(order, (Offer, Aid)) and order.to in foes)
    ]
    refused = {id(order) for order, _ in check(sight.world, sight.me, chosen)}
    return tuple(order for order in chosen if id(order) not in refused), records


Answered = tuple[dict[str, Answer], list[Record]]
"""Question id -> an AI state's answer; and the records of its decisions."""


def answers(
    sight: Sight, seat: Seat, frame: Frame, questions: Sequence[Question], dice: Draw
) -> Answered:
    """An AI state's answers.

    Each question is decided alone: an answer does not depend on the other answers.
    """
    return _in_one_go(_answers_of_each(_choosers([sight], [seat], frame, dice), [questions]))[0]


def answers_of_all(
    world: World,
    beliefs: Beliefs,
    envelope: Envelope,
    frame: Frame,
    asked: Mapping[str, Sequence[Question]],
    dice: Draw,
) -> Iterator[tuple[str, Answered]]:
    """As `answers`, of several states, in any order: `asked` are the questions of each.

    As in `orders_of_all`; it is the offers that are weighed in one go.
    """
    for portion in _portions(world, envelope, frame, asked):
        sights = [seen_by(world, beliefs, state) for state in portion]
        choosers = _choosers(sights, [envelope[state] for state in portion], frame, dice)
        answered = _in_one_go(_answers_of_each(choosers, [asked[state] for state in portion]))
        yield from zip(portion, answered, strict=True)


def _answers_of_each(
    choosers: Sequence[_Chooser], asked: Sequence[Sequence[Question]]
) -> list[Deciding[Answered]]:
    """Of states whose views can be set side by side, each asked what stands in its place."""
    offers = [
        (place, chooser.sight, question)
        for place, (chooser, questions) in enumerate(zip(choosers, asked, strict=True))
        for question in questions
        if isinstance(question, OfferQuestion)
    ]
    weighed: dict[str, Appraisal] = {}
    if offers:
        views = [chooser.view for chooser in choosers]
        ids = [question.id for _, _, question in offers]
        weighed.update(zip(ids, offer_appraisals(views, offers), strict=True))
    return [_answers(*one, weighed) for one in zip(choosers, asked, strict=True)]


def _answers(
    chooser: _Chooser, questions: Sequence[Question], weighed: Mapping[str, Appraisal]
) -> Deciding[Answered]:
    """The offers among the questions are `weighed`, by their ids."""
    view, sight = chooser.view, chooser.sight
    assurances = {
        it.id: assured(view, sight, chooser.seat, chooser.weights, it, chooser.draw)
        for it in questions
        if isinstance(it, AssuranceQuestion)
    }
    others = [it for it in questions if it.id not in assurances]
    decided = yield [
        chooser.choice(
            weighed[it.id]
            if it.id in weighed
            else chooser.tempered(question_appraisal(view, sight, it)),
            it.id,
            asked=it,
        )
        for it in others
    ]
    by_id = assurances | dict(zip([it.id for it in others], decided, strict=True))
    records = [by_id[it.id] for it in questions]
    return {it.id: by_id[it.id].chosen for it in questions}, records
