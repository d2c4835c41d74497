"""The decisions of an AI state: for each family of decisions it weighs its options and picks one.

Beside orders or answers the functions return decision records, from which reasons are shown.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from game.dice import Draw
from game.rivals.assurances import assured
from game.rivals.envelope import Envelope, Seat
from game.rivals.reasons import reason_to_leave
from game.rivals.temperament import tempered
from game.theory.choice_rule import Appraisal, Record, decide
from game.theory.choices import (
    ORDER_FAMILIES,
    alignment_appraisal,
    alignment_appraisals,
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
from game.world.questions import Answer, AssuranceQuestion, Question
from game.world.sight import Sight, seen_by

MOST_TOGETHER = 40_000
"""Most cells of tables by two states weighed in one go, by trial: 16 views of 50 states."""

Decided = tuple[tuple[Order, ...], list[Record]]
"""An AI state's legal orders for the turn, and the records of its decisions."""


def orders(sight: Sight, seat: Seat, frame: Frame, dice: Draw) -> Decided:
    """One AI state's orders."""
    state = sight.world.state(sight.me)
    if not state.alive or state.committed == 0:
        return (), []
    view = frame.view(sight, seat.doctrine, seat.habits)
    return _orders(view, sight, seat, frame, dice, alignment_appraisal(view, sight))


def orders_of_all(
    world: World,
    beliefs: Beliefs,
    envelope: Envelope,
    frame: Frame,
    states: Sequence[str],
    dice: Draw,
) -> Iterator[tuple[str, Decided]]:
    """As `orders`, of several states that are alive, in any order: those whose lenses are alike
    weigh their alignment in one go."""
    groups: dict[Hashable, list[str]] = {}
    for state in states:
        seat = envelope[state]
        away = world.state(state).committed == 0
        key = state if away else frame.alike(seat.doctrine, seat.habits)
        groups.setdefault(key, []).append(state)
    together = max(1, MOST_TOGETHER // len(world.states) ** 2)
    for group in groups.values():
        for start in range(0, len(group), together):
            sights = [seen_by(world, beliefs, state) for state in group[start : start + together]]
            if len(sights) == 1:
                yield sights[0].me, orders(sights[0], envelope[sights[0].me], frame, dice)
                continue
            seats = [envelope[sight.me] for sight in sights]
            views = [
                frame.view(sight, seat.doctrine, seat.habits)
                for sight, seat in zip(sights, seats, strict=True)
            ]
            weighed = alignment_appraisals(views, sights)
            for view, sight, seat, appraisal in zip(views, sights, seats, weighed, strict=True):
                yield sight.me, _orders(view, sight, seat, frame, dice, appraisal)


def _orders(
    view: View, sight: Sight, seat: Seat, frame: Frame, dice: Draw, alignment: Appraisal
) -> Decided:
    weights = term_weights(frame.doctrines[seat.doctrine].weights, seat.drive)
    keyed = _keyed(dice, sight)
    records: list[Record] = []
    chosen: list[Order] = []

    # Alignment: each envoy in turn picks one pact to offer or leave, until one picks nothing.
    appraisal = tempered(alignment, sight, seat.temperament)
    menu = appraisal.options
    assert isinstance(menu, AlignmentMenu)
    taken: list[int] = []
    for envoy in range(envoys(sight.world, sight.me)):
        record = decide(
            appraisal, weights, seat.noise, keyed, envoy, allowed=still_open(menu, taken)
        )
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
    for family in other_appraisals(view, sight, seat.drive, left):
        if ORDER_FAMILIES[family.family].kind.envoys > left:
            continue
        family = tempered(family, sight, seat.temperament)
        record = decide(family, weights, seat.noise, keyed)
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


def answers(
    sight: Sight, seat: Seat, frame: Frame, questions: Sequence[Question], dice: Draw
) -> tuple[dict[str, Answer], list[Record]]:
    """(question id -> an AI state's answer, the records of its decisions).

    Each question is decided alone: an answer does not depend on the other answers.
    """
    view = frame.view(sight, seat.doctrine, seat.habits)
    weights = term_weights(frame.doctrines[seat.doctrine].weights, seat.drive)
    keyed = _keyed(dice, sight)
    given: dict[str, Answer] = {}
    records = []
    for question in questions:
        if isinstance(question, AssuranceQuestion):
            record = assured(view, sight, seat, weights, question, keyed)
        else:
            appraisal = question_appraisal(view, sight, question)
            appraisal = tempered(appraisal, sight, seat.temperament)
            record = decide(appraisal, weights, seat.noise, keyed, question.id, asked=question)
        given[question.id] = record.chosen
        records.append(record)
    return given, records


def _keyed(dice: Draw, sight: Sight) -> Draw:
    """The dice with turn, phase and actor given: one draw for each family and subject."""

    def keyed(family: str, *subject: Any) -> float:
        return dice(sight.world.turn, f"choice:{family}", sight.me, *subject)

    return keyed
