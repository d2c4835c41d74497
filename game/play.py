"""Advances a campaign turn by turn, and replays a recorded one.

States in `hand` are played from outside (by the player, a script, or a test); the AI plays the
others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from game.dice import Draw, dice
from game.engine.turn import Asking, Turn, resolve
from game.history import History, Setup, TurnRecord, chain, digest_of
from game.rivals import decisions
from game.rivals.envelope import Envelope
from game.theory.choice_rule import BriefRecord, Record
from game.theory.frame import Frame, frame
from game.world.beliefs import Beliefs, learn
from game.world.float_sums import in_order
from game.world.memo import forget
from game.world.model import World
from game.world.orders import Order
from game.world.questions import SILENCE, Answer, Question
from game.world.sight import seen_by
from game.world.world_setup import build_world


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """A campaign between two turns, or within a turn that waits for answers from outside."""

    history: History
    envelope: Envelope
    frame: Frame
    beliefs: tuple[Beliefs, ...]
    """After each turn; the first is the map's."""
    records: tuple[Mapping[str, Sequence[BriefRecord]], ...] = ()
    """Each turn's decision records of the AI states, in brief (see `decided` for all of them)."""
    orders: Mapping[str, tuple[Order, ...]] = field(default_factory=dict)
    """The orders of the unfinished turn."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """The answers of the turn that is under way."""
    deciding: Mapping[str, tuple[BriefRecord, ...]] = field(default_factory=dict)
    """The records of the turn that is under way."""
    hand: frozenset[str] = frozenset()
    """The states that are played from outside in the unfinished turn."""
    asking: Asking | None = None
    """The questions that the unfinished turn waits for; None between turns."""
    choosing: int | None = None
    """The seed of the noise of the states' choices in a campaign run again; None: its own."""
    full_records: bool = False
    """Whether the records keep their menus and arrays, and worlds what was worked out of them, for
    who looks at every decision of the campaign: at many states it is much."""

    @property
    def world(self) -> World:
        """The present world: the one in which questions are asked, or the last turn's end."""
        return self.asking.world if self.asking else self.history.world

    @property
    def waiting(self) -> tuple[Question, ...]:
        """The questions that need an answer from outside."""
        if self.asking is None:
            return ()
        return tuple(
            question
            for question in self.asking.questions
            if question.asked in self.hand and question.id not in self.answers
        )


def start(setup: Setup, envelope: Envelope) -> Position:
    """A campaign before its first turn."""
    world, beliefs = build_world(setup.map)
    return between_turns(History(setup, world), envelope, (beliefs,))


def between_turns(
    history: History,
    envelope: Envelope,
    beliefs: tuple[Beliefs, ...],
    records: tuple[Mapping[str, Sequence[BriefRecord]], ...] = (),
) -> Position:
    """A campaign after the last turn of its history, which may have none.

    `beliefs` are those at the start and after each turn, `records` each turn's.
    """
    measured_by = frame(history.setup.map, history.start, beliefs[0])
    return Position(history, envelope, measured_by, beliefs, records)


def begin(position: Position, given: Mapping[str, Sequence[Order]]) -> Position:
    """Begin a turn. `given`: state played from outside -> its orders; the AI orders for others."""
    world = position.history.world
    orders = {state.id: tuple(given.get(state.id, ())) for state in world.living()}
    played = [state for state in orders if state not in given]
    records: dict[str, tuple[BriefRecord, ...]] = dict.fromkeys(played, ())
    for state, (chosen, made) in decisions.orders_of_all(
        world, position.beliefs[-1], position.envelope, position.frame, played, noise_of(position)
    ):
        orders[state] = chosen
        records[state] = _brief(position, made)
    opened = replace(
        position,
        orders=orders,
        answers={},
        deciding=records,
        hand=frozenset(given),
        asking=None,
    )
    return run(opened)


def answer(position: Position, given: Mapping[str, Answer]) -> Position:
    """Give answers from outside (question id -> answer) and continue the turn."""
    return run(replace(position, answers={**position.answers, **given}))


def run(position: Position) -> Position:
    """Continue the turn until a question needs an answer from outside, or the turn is over."""
    history = position.history
    keyed = dice(history.setup.seed)
    noise = noise_of(position)
    answers = dict(position.answers)
    records = dict(position.deciding)
    asked = position.asking
    while True:
        result = resolve(history.world, position.orders, answers, keyed, asked)
        if isinstance(result, Turn):
            return _close(position, result, records)
        asked = result
        by_state: dict[str, list[Question]] = {}
        for question in result.questions:
            if question.id not in answers and question.asked not in position.hand:
                by_state.setdefault(question.asked, []).append(question)
        for state, (given, made) in decisions.answers_of_all(
            result.world, position.beliefs[-1], position.envelope, position.frame, by_state, noise
        ):
            answers.update(given)
            records[state] = (*records.get(state, ()), *_brief(position, made))
        waiting = replace(position, answers=answers, deciding=records, asking=result)
        if waiting.waiting:
            return waiting


def without_records(position: Position) -> Position:
    """The position with no records of the turns that are over, once they were told."""
    return replace(position, records=tuple([{} for _ in position.records]))


def _brief(position: Position, made: Sequence[Record]) -> tuple[BriefRecord, ...]:
    """What a campaign keeps of decisions."""
    return tuple([record.brief(with_full=position.full_records) for record in made])


def _close(
    position: Position, turn: Turn, records: Mapping[str, Sequence[BriefRecord]]
) -> Position:
    """Add a resolved turn to the history, and let every state learn from it."""
    history = position.history
    record = TurnRecord(
        turn=history.world.turn,
        start=history.world,
        orders=position.orders,
        stages=turn.stages,
        events=turn.events,
        end=turn.world,
        digest=chain(history.digest, position.orders, turn.stages, turn.events, turn.world),
    )
    if not position.full_records:
        # Of the turn before too: who looked back at it in this one made it remember again.
        for past in (*history.turns[-1:], record):
            for world in past.worlds:
                forget(world)
    return replace(
        position,
        history=replace(history, turns=(*history.turns, record)),
        beliefs=(*position.beliefs, learn(position.beliefs[-1], turn.world, turn.events)),
        records=(*position.records, records),
        orders={},
        answers={},
        deciding={},
        hand=frozenset(),
        asking=None,
    )


def decided(position: Position, turn: int, states: Sequence[str]) -> dict[str, list[Record]]:
    """The full records of AI states' decisions in a turn that is over (from 1), computed again.

    A decision is a pure function of what its state saw and of its seat. `states` are those that the
    AI played. Raises ValueError if the campaign has not as many turns.
    """
    if not 1 <= turn <= len(position.history.turns):
        raise ValueError(f"there is no turn {turn} to look back at")
    record, beliefs = position.history.turns[turn - 1], position.beliefs[turn - 1]
    noise, of = noise_of(position), position.envelope
    made: dict[str, list[Record]] = {}
    for state in states:
        sight = seen_by(record.start, beliefs, state)
        made[state] = decisions.orders(sight, of[state], position.frame, noise)[1]
    for stage in record.stages:
        for state in dict.fromkeys(question.asked for question in stage.questions):
            if state in made:
                asked = [question for question in stage.questions if question.asked == state]
                sight = seen_by(stage.world, beliefs, state)
                made[state] += decisions.answers(sight, of[state], position.frame, asked, noise)[1]
    return made


def noise_of(position: Position) -> Draw:
    """The dice for the noise in states' choices (see `Position.choosing`)."""
    seed = position.history.setup.seed
    return dice(seed if position.choosing is None else position.choosing)


def silence(questions: Sequence[Question]) -> dict[str, Answer]:
    """Question id -> the answer that counts if a state says nothing."""
    return {question.id: SILENCE[question.kind] for question in questions}


def private_digest(position: Position) -> str:
    """The digest of all beliefs, which the digests of turns do not cover."""
    return digest_of([beliefs.hostile.tolist() for beliefs in position.beliefs])


def replay(history: History) -> History:
    """Run a campaign again from its recorded orders and answers, with the same dice.

    Raises ValueError if the rules ask a question that the record does not answer.
    """
    world, _ = build_world(history.setup.map)
    keyed = dice(history.setup.seed)
    again = History(history.setup, world)
    for record in history.turns:
        result = resolve(again.world, record.orders, record.answers, keyed)
        if not isinstance(result, Turn):
            raise ValueError(f"turn {record.turn} asks what its record does not answer")
        digest = chain(again.digest, record.orders, result.stages, result.events, result.world)
        turn = TurnRecord(
            record.turn,
            again.world,
            record.orders,
            result.stages,
            result.events,
            result.world,
            digest,
        )
        again = replace(again, turns=(*again.turns, turn))
    return again


def mean_insecurity(position: Position, moment: int, state: str) -> float:
    """A state's insecurity, the mean of both lenses, at the start (`moment` 0) or now (-1).

    The unit is the mean insecurity of all states at the start, under each lens.
    """
    world = position.history.start if moment == 0 else position.history.world
    sight = seen_by(world, position.beliefs[moment], state)
    views = [position.frame.view(sight, lens) for lens in ("BOP", "BOT")]
    return in_order(view.insecurity for view in views) / len(views)
