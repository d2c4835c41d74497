"""Assurances: what states say in private that they would do, and, later, what they did.

They are asked for while a crisis stands, before its exchanges of the turn. When it is over they are
compared with what was done, and forgotten.
"""

from game.engine.turn_context import TurnContext, question_id
from game.world.events import Event, Fact
from game.world.legality import refusal
from game.world.model import Assurance
from game.world.orders import AskAssurance
from game.world.questions import AssuranceQuestion, CallQuestion, JoinQuestion

KEPT, BROKEN, LAPSED = "assurance_kept", "assurance_broken", "assurance_lapsed"


def assurances(context: TurnContext) -> None:
    """Ask all who are asked for an assurance at once, and remember what they say.

    Nobody but the two learns of it, and nothing else in the world changes by it.
    """
    asked: dict[str, AssuranceQuestion] = {}
    for who, _, order in context.ordered(AskAssurance):
        reason = refusal(context.world, who, order)
        if reason is not None:
            context.emit("order_refused", who, witnesses=(), order=order.kind, reason=reason.code)
            continue
        key = question_id("assurance", order.crisis, who, order.of)
        asked[key] = AssuranceQuestion(key, order.of, who, order.crisis, order.beside)
    answers = context.ask(asked.values())
    for key, question in asked.items():
        answer = str(answers[key])
        _remember(context, question, answer)
        context.emit(
            "assurance_given",
            question.asked,
            question.by,
            (question.asked, question.by),
            crisis=question.crisis,
            beside=question.beside,
            answer=answer,
        )


def _remember(context: TurnContext, question: AssuranceQuestion, answer: str) -> None:
    """Add what was said to the world; what the same two said of the same before it replaces."""
    crisis = context.world.crisis(question.crisis)
    if crisis is None:
        return
    earlier = tuple(
        one
        for one in context.world.assurances
        if (one.crisis, one.to, one.giver) != (question.crisis, question.by, question.asked)
    )
    number = 1 + max((one.id for one in context.world.assurances), default=0)
    said = Assurance(
        number,
        crisis.id,
        crisis.by,
        crisis.of,
        question.by,
        question.asked,
        question.beside,
        answer,
        context.world.turn,
    )
    context.change(assurances=(*earlier, said))


def assurances_tested(context: TurnContext) -> None:
    """Compare what was said of crises that are over with what was done; forget it then.

    A word that is broken costs its giver reliability as other broken words do (THEORY T14), and
    all learn of it from who was deceived.
    """
    over = [one for one in context.world.assurances if context.world.crisis(one.crisis) is None]
    if not over:
        return
    for said in over:
        war = _war_of(context, said)
        number = war.number("war") if war is not None else 0
        did = _stood_by(context.events, said.giver, war) if war is not None else ""
        free = war is not None and _was_free(context, said.giver, number)
        kind = outcome(said, did, war=war is not None, free=free)
        facts: dict[str, Fact] = {
            "crisis": said.crisis,
            "beside": said.beside,
            "answer": said.answer,
            "did": did,
            "war": number,
        }
        private = None if kind == BROKEN else (said.giver, said.to)
        context.emit(kind, said.giver, said.to, private, **facts)
        if kind == BROKEN:
            context.adjust(said.giver, reliability=-context.rules.reliability_broken_assurance)
    context.change(assurances=tuple(one for one in context.world.assurances if one not in over))


def outcome(said: Assurance, did: str, *, war: bool, free: bool) -> str:
    """What became of an assurance: the kind of the event that says so.

    `did` is the side by which the giver stood in the war, empty for neither; `free`: whether it
    could have entered. What binds nobody, or was never put to the test, lapses: so does a promise
    to stand aside of one who then came to the help of who asked.
    """
    if not war or not said.word_given:
        return LAPSED
    if said.answer == "refuse":  # it would not stand aside
        return KEPT if did else BROKEN if free else LAPSED
    if said.beside:
        return KEPT if did == said.beside else BROKEN if did or free else LAPSED
    if did:
        return LAPSED if did == said.to else BROKEN
    return KEPT if free else LAPSED


def _war_of(context: TurnContext, said: Assurance) -> Event | None:
    """The declaration of the war that a crisis ended in, in this turn; None where none did."""
    sides = {said.by, said.of}
    for happening in context.events:
        if happening.kind == "war_declared" and {happening.actor, happening.target} == sides:
            return happening
    return None


def _stood_by(events: list[Event], state: str, war: Event) -> str:
    """On whose side a state came into a war in this turn; empty for nobody's."""
    for happening in events:
        joined = happening.kind == "war_joined" and happening.actor == state
        if joined and happening["war"] == war["war"]:
            return war.actor if happening["side"] == "attackers" else war.target
    return ""


def _was_free(context: TurnContext, state: str, war: int) -> bool:
    """Whether a state was called into a war, or asked for its side, this turn."""
    return any(
        question.asked == state and question.war == war
        for stage in context.stages
        for question in stage.questions
        if isinstance(question, CallQuestion | JoinQuestion)
    )
