"""A campaign as one state witnessed it: what it could know of others' conduct, and no more.

Signed treaties, demands, pledges, calls and wars are public; talks, soundings, networks and what
others believe are not (`world.knowledge`). The seed is left out too, for a campaign's envelope is
drawn from it.
"""

from dataclasses import replace

from game.history import History, Orders, TurnRecord
from game.world.beliefs import Beliefs
from game.world.knowledge import knows_order, knows_question, visible
from game.world.memo import forget, remembering
from game.world.model import World
from game.world.sight import seen_by
from game.world.stage import Stage
from game.world.world_setup import build_world


def visible_history(history: History, me: str) -> History:
    """The history that `me` saw: of every turn its seen world, visible events, public deeds."""
    _, beliefs = build_world(history.setup.map)

    def seen(world: World) -> World:
        return _seen(world, beliefs, me)

    with remembering([world for record in history.turns for world in record.worlds]):
        found = History(
            replace(history.setup, seed=0),
            seen(history.start),
            tuple(
                _record(record, me, seen(record.start), seen(record.end), beliefs)
                for record in history.turns
            ),
        )
    for record in found.turns:
        for world in record.worlds:
            forget(world)
    return found


def _seen(world: World, beliefs: Beliefs, me: str) -> World:
    return seen_by(world, beliefs, me).world


def _record(record: TurnRecord, me: str, start: World, end: World, beliefs: Beliefs) -> TurnRecord:
    events = tuple(visible(record.events, me))
    orders: Orders = {
        state: tuple(order for order in given if knows_order(me, state, order, events))
        for state, given in record.orders.items()
    }
    stages = []
    for stage in record.stages:
        asked = tuple(one for one in stage.questions if knows_question(me, one, events))
        answers = {question.id: stage.answers[question.id] for question in asked}
        stages.append(Stage(_seen(stage.world, beliefs, me), asked, answers))
    return TurnRecord(record.turn, start, orders, tuple(stages), events, end, "")
