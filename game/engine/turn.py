"""One turn, resolved: the phases in order, and nothing else.

`resolve` is pure. It is called with the answers given so far, as often as there are rounds of
questions, until none is left open; phases that are over need not be run again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from game.dice import Draw
from game.engine.phases.assurances import assurances, assurances_tested
from game.engine.phases.crises import crises
from game.engine.phases.end_of_turn import end_of_turn
from game.engine.phases.influence import influence
from game.engine.phases.overhearing import overhearing
from game.engine.phases.reputation import reputation
from game.engine.phases.settlements import settlements
from game.engine.phases.state_budgets import state_budgets
from game.engine.phases.successions import successions
from game.engine.phases.talks import talks
from game.engine.phases.validate_orders import validate_orders
from game.engine.phases.wars import wars
from game.engine.turn_context import TurnContext, Unanswered, plain_answer
from game.world.events import Event
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Answer, Question
from game.world.stage import Stage

PHASES: tuple[Callable[[TurnContext], None], ...] = (
    validate_orders,
    talks,
    settlements,
    assurances,
    crises,
    wars,
    assurances_tested,
    influence,
    overhearing,
    state_budgets,
    reputation,
    successions,
    end_of_turn,
)
"""The turn (RULES, The turn). What states come to believe of it is `world.beliefs.learn`."""


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """The turn waits for answers: the world at this stage, and what is asked in it."""

    world: World
    questions: tuple[Question, ...]
    begun: "Begun"
    """How far the turn had come, for `resolve` to go on from."""


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A turn as it stood before the phase that asks."""

    start: World
    orders: Mapping[str, Sequence[Order]]
    """As they were given."""
    phase: int
    """How many phases were over."""
    context: TurnContext
    """As those left it; never worked on itself."""

    def leads_to(
        self,
        world: World,
        orders: Mapping[str, Sequence[Order]],
        answers: Mapping[str, Answer],
    ) -> bool:
        """Whether a resolution of these, with the same dice, comes by here."""
        return (
            self.start is world
            and self.orders is orders
            and all(
                name in answers and plain_answer(question, answers[name]) == stage.answers[name]
                for stage in self.context.stages
                for question in stage.questions
                for name in (question.id,)
            )
        )


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
    since: Asking | None = None,
) -> Asking | Turn:
    """Resolve a turn as far as the answers reach.

    `orders` are by state, `answers` by question id. Illegal orders are refused one by one, with
    an event each; the rest stands. The world that is given is not changed. `since`, what the same
    turn asked before (with the same dice), saves time and decides nothing.
    """
    begun = Begun(world, orders, 0, TurnContext(world, orders, answers, dice))
    if since is not None and since.begun.leads_to(world, orders, answers):
        begun = since.begun
    context = begun.context.copy(answers)
    try:
        for number, phase in enumerate(PHASES[begun.phase :], begun.phase):
            begun = Begun(world, orders, number, context.copy(answers))
            phase(context)
    except Unanswered as open_round:
        return Asking(open_round.world, open_round.questions, begun)
    return Turn(context.world, tuple(context.events), tuple(context.stages))
