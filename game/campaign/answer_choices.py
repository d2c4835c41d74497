"""The answers that a player can pick from, for the screen and for plain lines alike.

The rules ask twice of an offer: whether it is signed and, of who declines it, whether the
adversary is told. A player picks once: to decline, or to decline and tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from game.advice.aim_if_signed import aim_if_signed
from game.words.question_sentences import consequences, option
from game.world.legality import may_tell
from game.world.questions import SILENCE, Answer, OfferQuestion, Question, TellQuestion, tell_id

if TYPE_CHECKING:
    from game.campaign.adviser import Adviser
    from game.world.atlas import Aim
    from game.world.model import World

COUNTER = "counter"
"""The choice to answer an offer with other terms, which are then asked for."""
TELL = "tell"
"""The choice to decline an offer and to tell its adversary of it."""


def choices(question: Question, world: World) -> tuple[str, ...]:
    """The options of a question; of an offer also to counter it, and to tell its adversary."""
    if not isinstance(question, OfferQuestion):
        return question.options
    tells = (TELL,) if may_tell(world, question) else ()
    return (*question.options, *((COUNTER,) if question.may_counter else ()), *tells)


def weighed(question: Question, choice: str) -> tuple[Question, str]:
    """The question and the option that a choice is weighed as: of `TELL`, what is asked next."""
    if choice == TELL and isinstance(question, OfferQuestion):
        return _follow_up(question), "accept"
    return question, choice


def label(question: Question, choice: str, world: World) -> str:
    """A choice as a label, such as "Decline, and tell Russia"."""
    if choice != TELL:
        return option(question, choice, world)
    tell = option(*weighed(question, choice), world)
    return f"{option(question, SILENCE[question.kind], world)}, and {tell[0].lower()}{tell[1:]}"


def what_follows(
    question: Question, choice: str, world: World, aim: Aim | None = None
) -> list[str]:
    """The consequences of a choice, a sentence each, with what it changes for the player's `aim`.

    `world` is the seen world.
    """
    if choice != TELL:
        said = consequences(question, choice, world)
        if aim is not None and isinstance(question, OfferQuestion) and choice == "accept":
            toward = aim_if_signed(aim, world, question.asked, question)
            said += [toward] if toward else []
        return said
    told = consequences(*weighed(question, choice), world)
    return [*told, *consequences(question, SILENCE[question.kind], world)]


def gain(adviser: Adviser, question: Question, choice: str) -> dict[str, float]:
    """What a choice adds to the player's security, under both readings."""
    return adviser.answer_gain(*weighed(question, choice))


def answers(question: Question, given: Answer) -> Mapping[str, Answer]:
    """The answers that a choice, or a counter-offer, stands for, by the id of the question.

    Of an offer that is declined there are two: the second is to a question that is asked next.
    """
    refused = SILENCE[question.kind]
    if not isinstance(question, OfferQuestion) or given not in (TELL, refused):
        return {question.id: given}
    told = "accept" if given == TELL else "decline"
    return {question.id: refused, tell_id(question.id): told}


def _follow_up(question: OfferQuestion) -> TellQuestion:
    """What is asked of who declines an offer."""
    return TellQuestion(tell_id(question.id), question.asked, question.by, question.terms)
