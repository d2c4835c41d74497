"""Questions about one campaign for a class, each with its answer: made from the report."""

from collections.abc import Callable

from game.debrief.citation import foot
from game.debrief.report_types import Report
from game.debrief.worksheet_conduct import (
    balancing,
    diagnostic_turns,
    doubtful_verdict,
    no_causes,
    other_doctrine,
    player_conduct,
)
from game.debrief.worksheet_course import (
    largest_war,
    less_secure,
    longest_pact,
    most_feared,
    strongest,
)
from game.debrief.worksheet_question import Question
from game.debrief.worksheet_states import six_states
from game.page.blocks import Card, Document, Faint, Paragraph, Section, Strong


def questions(report: Report) -> tuple[Question, ...]:
    """The questions that this campaign can answer, from what happened to what it may mean."""
    makers: tuple[Callable[[Report], list[Question]], ...] = (
        strongest,
        most_feared,
        diagnostic_turns,
        longest_pact,
        largest_war,
        balancing,
        less_secure,
        doubtful_verdict,
        player_conduct,
        other_doctrine,
        no_causes,
    )
    return tuple(question for make in makers for question in make(report))


def question_sheet(report: Report) -> Document:
    """The questions alone, to hand out."""
    asked, on_states = (
        tuple(
            Paragraph((Strong(f"{mark}{number}. "), one.asked, Faint(f" (see: {one.look})")))
            for number, one in enumerate(some, start=1)
        )
        for mark, some in (("", questions(report)), ("S", six_states(report)))
    )
    return Document(
        f"Questions: {report.campaign.title}",
        (
            "Answer from the debrief of this campaign. Name the turn that you rely on; say which "
            "claim of the paper it bears on, and whether it bears it out.",
        ),
        (
            Section("Six states, one for each group", "states", on_states),
            Section("Questions", "questions", asked),
        ),
        f"The answers are in a file of their own. {foot(report)}",
        handout=True,
    )


def answer_sheet(report: Report) -> Document:
    """The answers, with the questions before them."""
    told, on_states = (
        tuple(
            Card(f"{mark}{number}. {one.asked}", tuple(Paragraph(text) for text in one.answer))
            for number, one in enumerate(some, start=1)
        )
        for mark, some in (("", questions(report)), ("S", six_states(report)))
    )
    return Document(
        f"Answers: {report.campaign.title}",
        ("For the teacher. What a good answer names; others may be as good.",),
        (
            Section("Six states, one for each group", "states", on_states),
            Section("Questions and answers", "answers", told),
        ),
        f"Ids are those of the ledger of claims at the end of the debrief. {foot(report)}",
    )
