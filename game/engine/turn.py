"""One turn, resolved: the phases in order, and nothing else.

`resolve` is pure. It is run from the turn's start with the answers given so far, as often as
there are rounds of questions, until none is left open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from game.dice import Draw
from game.engine.desk import Desk, Unanswered
from game.engine.phases.crises import crises
from game.engine.phases.dispatches import dispatches
from game.engine.phases.economy import economy
from game.engine.phases.influence import influence
from game.engine.phases.record import record
from game.engine.phases.repute import repute
from game.engine.phases.settlements import settlements
from game.engine.phases.talks import talks
from game.engine.phases.wars import wars
from game.world.events import Event
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Answer, Question
from game.world.stage import Stage

PHASES: tuple[Callable[[Desk], None], ...] = (
    dispatches,
    talks,
    settlements,
    crises,
    wars,
    influence,
    economy,
    repute,
    record,
)
"""The turn (RULES, The turn). What states come to believe of it is `world.beliefs.learn`."""


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """The turn waits for answers: the world at this stage, and what is asked in it."""

    world: World
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """The turn is over: the next world, what happened, and the stages at which states chose."""

    world: World
    events: tuple[Event, ...]
    stages: tuple[Stage, ...]


def resolve(
    world: World,
    orders: Mapping[str, Sequence[Order]],
    answers: Mapping[str, Answer],
    dice: Draw,
) -> Asking | Turn:
    """Resolve a turn as far as the answers reach.

    `orders` are by state, `answers` by question id. Illegal orders are refused one by one, with
    an event each; the rest stands. The world that is given is not changed.
    """
    desk = Desk(world, orders, answers, dice)
    try:
        for phase in PHASES:
            phase(desk)
    except Unanswered as open_round:
        return Asking(open_round.world, open_round.questions)
    return Turn(desk.world, tuple(desk.events), tuple(desk.stages))
