"""A question on each of six states, for six groups of a class."""

from game.debrief.document_fear import differing, spans
from game.debrief.leading_states import six_for_a_class
from game.debrief.report_names import spoken
from game.debrief.report_types import Report
from game.debrief.statements import sources
from game.debrief.worksheet_course import adversaries_words
from game.debrief.worksheet_question import Question, because
from game.page.blocks import Text


def six_states(report: Report) -> list[Question]:
    """One question a state: whom it had to fear, whom its pacts named, what that resembles."""
    return [_question(report, state) for state in six_for_a_class(report)]


def _question(report: Report, state: str) -> Question:
    entry, feared = report.states[state], report.course.feared
    who = spoken(report, state)
    answer: list[Text] = [
        (
            f"By power: {spans(report, feared['BOP'][state])}. By threat: "
            f"{spans(report, feared['BOT'][state])}. They differ on {differing(report, state)} "
            "turns.",
            because(("W1", "T2")),
        ),
        adversaries_words(report, state, ()),
        entry.said,
    ]
    if entry.diagnostic:
        row = max(
            entry.diagnostic,
            key=lambda one: abs(one.probability["BOP"] - one.probability["BOT"]),
        )
        answer.append((f"{row.date}: {row.deed} {row.resembled}", sources(row)))
    return Question(
        f"{who[:1].upper()}{who[1:]}: whom had it most to fear by either reading, and when did the "
        "readings differ? Whom did its pacts to fight name? Which theory does its conduct "
        "resemble, and which turn shows it best?",
        "Who had most to fear of whom; State by state",
        tuple(answer),
    )
