"""What states assured each other in crises: promised, believed and done."""

from collections.abc import Iterator
from dataclasses import replace

from game.debrief.decision_replay import DecisionReplay
from game.debrief.report_types import AssuranceSpan
from game.history import TurnRecord
from game.theory.choice_rule import TEMPERATURE
from game.theory.doctrine import term_weights
from game.theory.families.assurance import likely_as_asked
from game.theory.families.others_word import credibility
from game.world.events import Event
from game.world.model import Assurance, World
from game.world.questions import AssuranceQuestion
from game.world.sight import seen_by

ENDS = {"assurance_kept": "kept", "assurance_broken": "broken", "assurance_lapsed": "lapsed"}
"""Kind of event -> what became of an assurance."""
AMBITION = 0.5
"""The ambition with which a state's reckoning is worked out again; its own is sealed."""


def assurances(moments: DecisionReplay) -> tuple[AssuranceSpan, ...]:
    """Every assurance that was asked for, in order, with what became of it."""
    found: list[AssuranceSpan] = []
    for record in moments.history.turns:
        found += _given(moments, record)
        for happening in record.events:
            if happening.kind in ENDS:
                _end(found, record.turn, happening)
    return tuple(found)


def _given(moments: DecisionReplay, record: TurnRecord) -> Iterator[AssuranceSpan]:
    for stage in record.stages:
        for question in stage.questions:
            if isinstance(question, AssuranceQuestion):
                answer = str(stage.answers[question.id])
                span = _span(moments, record.turn, stage.world, question, answer)
                if span is not None:
                    yield span


def _span(
    moments: DecisionReplay, turn: int, world: World, question: AssuranceQuestion, answer: str
) -> AssuranceSpan | None:
    """An answer with what was believed of it, and what each reading says would have been done."""
    crisis = world.crisis(question.crisis)
    if crisis is None:
        return None
    beliefs = moments.beliefs[turn - 1]
    said = Assurance(
        1, crisis.id, crisis.by, crisis.of, question.by, question.asked, question.beside, answer,
        turn,
    )  # fmt: skip
    theirs = seen_by(world, beliefs, question.asked)
    would = {
        reading: likely_as_asked(
            moments.view(theirs, reading),
            theirs,
            crisis.id,
            question.beside,
            term_weights(moments.frame.doctrines[reading].weights, AMBITION),
            TEMPERATURE,
        )
        for reading in ("BOP", "BOT")
    }
    heard = seen_by(world, beliefs, question.by)
    return AssuranceSpan(
        turn=turn,
        crisis=crisis.id,
        by=crisis.by,
        of=crisis.of,
        asked_by=question.by,
        giver=question.asked,
        beside=question.beside or None,
        answer=answer,
        believed=None if answer == "none" else round(credibility(heard, said), 4),
        would={reading: round(share, 4) for reading, share in would.items()},
        outcome="",
        ended=None,
        war=False,
        did=None,
    )


def _end(found: list[AssuranceSpan], turn: int, happening: Event) -> None:
    """Write what became of an assurance to what was last said of it."""
    pair = (happening.actor, happening.target, happening.number("crisis"))
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        if (one.giver, one.asked_by, one.crisis) == pair and not one.outcome:
            found[at] = replace(
                one,
                outcome=ENDS[happening.kind],
                ended=turn,
                war=happening.number("war") > 0,
                did=happening.text("did") or None,
            )
            return
