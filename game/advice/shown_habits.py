"""What a state's answers to the player's offers show: of how it reckons, and of what it fears."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import mul

from game.advice.estimated_beliefs import in_the_place_of
from game.advice.forecast import READINGS, answers_with
from game.advice.imagined import Imagined, Shares
from game.history import TurnRecord
from game.world.questions import OfferQuestion
from game.world.sight import Sight


@dataclass(frozen=True, slots=True)
class Answered:
    """A state's answer to an offer of the player, beside what was to be expected of it."""

    turn: int
    question: str
    """The id of the question."""
    signed: bool
    if_power: float
    """How likely a yes was if it feared power, 0 to 1."""
    if_threat: float
    """How likely a yes was if it feared threat."""


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """What the answers to a player's offers showed up to some turn."""

    turns: int = 0
    """How many turns were read."""
    shown: Shares = field(default_factory=dict)
    """What they showed of others' habits."""
    answers: tuple[Answered, ...] = ()
    """The answers, the oldest first."""


def after_turn(
    read: AnswersRead, imagined: Imagined, sight: Sight, record: TurnRecord
) -> AnswersRead:
    """The same after a turn, of which the player saw `sight` at the start.

    Whoever declined what it was expected to sign reckons otherwise than expected. `imagined` is
    what the player took others to be as that turn began.
    """
    found = list(read.answers)
    for question, signed in _answers(record, sight.me):
        state, chances = question.asked, []
        theirs = in_the_place_of(sight, state, imagined.estimate)
        after = imagined
        for reading in READINGS:
            habits = imagined.habits(state, reading)
            yes = [
                dict(answers_with(theirs, imagined.frame, reading, one, question))["accept"]
                for one, _ in habits
            ]
            chances.append(sum(map(mul, yes, (share for _, share in habits))))
            likely = [chance if signed else 1.0 - chance for chance in yes]
            after = after.having_seen(state, reading, likely)
        found.append(Answered(record.turn, question.id, signed, *chances))
        imagined = after
    return AnswersRead(read.turns + 1, imagined.shown, tuple(found))


def _answers(record: TurnRecord, me: str) -> Iterator[tuple[OfferQuestion, bool]]:
    """The offers of a player that were answered in a turn, and whether they were signed."""
    for stage in record.stages:
        for question in stage.questions:
            if isinstance(question, OfferQuestion) and question.by == me:
                yield question, stage.answers[question.id] == "accept"
