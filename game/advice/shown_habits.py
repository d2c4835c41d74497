"""What a state's answers to the player's offers show of how it reckons."""

from game.advice.estimated_beliefs import in_the_place_of
from game.advice.forecast import READINGS, answers_with
from game.advice.imagined import Imagined
from game.history import TurnRecord
from game.world.questions import OfferQuestion
from game.world.sight import Sight


def after_answers(imagined: Imagined, sight: Sight, record: TurnRecord) -> Imagined:
    """What a player imagines after a turn, of which it saw `sight` at the start.

    Every answer to an offer of its own counts: whoever declined what it was expected to sign
    reckons otherwise than expected. `imagined` holds the beliefs of that turn.
    """
    if imagined.alike:
        return imagined
    for stage in record.stages:
        for question in stage.questions:
            if not isinstance(question, OfferQuestion) or question.by != sight.me:
                continue
            signed = stage.answers[question.id] == "accept"
            imagined = _after_answer(imagined, sight, question, signed=signed)
    return imagined


def _after_answer(
    imagined: Imagined, sight: Sight, question: OfferQuestion, *, signed: bool
) -> Imagined:
    state = question.asked
    theirs = in_the_place_of(sight, state, imagined.estimate)
    after = imagined
    for reading in READINGS:
        likelihoods = []
        for habits, _ in imagined.habits(state, reading):
            given = dict(answers_with(theirs, imagined.frame, reading, habits, question))
            likelihoods.append(given["accept"] if signed else 1.0 - given["accept"])
        after = after.having_seen(state, reading, likelihoods)
    return after
