"""How an AI state acts: it weighs every family by its doctrine and picks, one draw a choice.

What it returns beside its orders are the records of its decisions, from which reasons are told.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from game.dice import Draw
from game.rivals.envelope import Seat
from game.rivals.reasons import reason_to_leave
from game.theory.choice_rule import Record, decide
from game.theory.choices import (
    alignment_appraisal,
    other_appraisals,
    question_appraisal,
    still_open,
)
from game.theory.doctrine import term_weights
from game.theory.families.alignment import AlignmentMenu
from game.theory.frame import Frame
from game.world.legality import check, envoys
from game.world.orders import Aid, DeclareWar, Demand, Denounce, Offer, Order
from game.world.questions import Answer, Question
from game.world.sight import Sight


def orders(
    sight: Sight, seat: Seat, frame: Frame, dice: Draw
) -> tuple[tuple[Order, ...], list[Record]]:
    """A rival's orders for the turn, all legal, and the records of how it came to them."""
    if not sight.world.state(sight.me).alive or sight.world.state(sight.me).committed == 0:
        return (), []
    view = frame.view(sight, seat.doctrine)
    weights = term_weights(frame.doctrines[seat.doctrine].weights, seat.drive)
    keyed = _keyed(dice, sight)
    records: list[Record] = []
    chosen: list[Order] = []

    appraisal = alignment_appraisal(view, sight)
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

    left = envoys(sight.world, sight.me) - len(taken)
    for family in other_appraisals(view, sight, seat.drive, left):
        if family.family == "penetration" and left <= 0:
            continue
        record = decide(family, weights, seat.noise, keyed)
        records.append(record)
        if record.chosen is None:
            continue
        if family.family in ("demand", "penetration"):
            left -= 1
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
    """A rival's answers to what it is asked, each on its own merits, and their records."""
    view = frame.view(sight, seat.doctrine)
    weights = term_weights(frame.doctrines[seat.doctrine].weights, seat.drive)
    keyed = _keyed(dice, sight)
    given: dict[str, Answer] = {}
    records = []
    for question in questions:
        appraisal = question_appraisal(view, sight, question)
        record = decide(appraisal, weights, seat.noise, keyed, question.id, asked=question)
        given[question.id] = record.chosen
        records.append(record)
    return given, records


def _keyed(dice: Draw, sight: Sight) -> Draw:
    def keyed(family: str, *subject: Any) -> float:
        return dice(sight.world.turn, f"choice:{family}", sight.me, *subject)

    return keyed
