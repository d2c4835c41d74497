"""A sheet to be filled before the reveal: what is known of six states, and what one expects.

Nothing of a verdict, a posterior or an envelope is on it.
"""

from game.debrief.citation import foot
from game.debrief.leading_states import six_for_a_class
from game.debrief.report_names import name
from game.debrief.report_types import Report
from game.page.blocks import Document, Paragraph, Section, Table, Text
from game.words import percent

LINE = "______"
HOW = (
    "Before anything is revealed, write for each state how likely it is that it fears power "
    "(Waltz: the strongest, wherever it is) rather than threat (Walt: whoever is strong, near, "
    "armed for attack and believed hostile). 100% is sure of power, 0% sure of threat, 50% no idea."
)
TWICE = (
    "First guess: from the table alone. Second guess: after reading what the states did. Then stop "
    "writing."
)
SCORE = (
    "After the reveal: let p be your second guess (80% is 0.8) and t be 1 if the envelope holds "
    "balance of power, 0 if balance of threat. Your score for the state is (p - t) times (p - t); "
    "leave out states that followed neither. The mean is your Brier score: 0 is always sure and "
    "right, 0.25 is always 50%, 1 always sure and wrong."
)


def prediction_sheet(report: Report) -> Document:
    """What was to be seen of six states at the start, what they did, and room for two guesses."""
    states = six_for_a_class(report)
    sections = (
        Section("What was known at the start", "start", (Paragraph(HOW), _start(report, states))),
        Section("What they did", "deeds", (Paragraph(TWICE), _deeds(report, states))),
        Section("Your guesses", "guesses", (_guesses(report, states), Paragraph(SCORE))),
    )
    return Document(
        f"Prediction sheet: {report.campaign.title}",
        ("Name: ____________________   To be filled before the debrief is opened.",),
        sections,
        foot(report),
        handout=True,
    )


def _start(report: Report, states: list[str]) -> Table:
    course = report.course
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            name(report, state),
            percent(course.power[state][0] or 0.0),
            name(report, course.feared["BOP"][state][0]),
            name(report, course.feared["BOT"][state][0]),
            LINE,
        )
        for state in states
    )
    head = (
        "state",
        "share of capability",
        "strongest side that it faces",
        "most threatening to it",
        "first guess: power, %",
    )
    return Table("", head, rows)


def _deeds(report: Report, states: list[str]) -> Table:
    """The deeds of the states' diagnostic turns, without what they resembled."""
    rows: list[tuple[Text, ...]] = []
    for state in states:
        told = report.states[state].diagnostic
        nothing = "nothing on which the two theories disagreed"
        own = [(row.date, row.deed, LINE) for row in told] or [("", nothing, "")]
        rows += [(name(report, state) if at == 0 else "", *row) for at, row in enumerate(own)]
    return Table("", ("state", "date", "what it did", "power or threat?"), tuple(rows))


def _guesses(report: Report, states: list[str]) -> Table:
    head = ("state", "second guess: power, %", "because", "the envelope held", "(p - t) squared")
    rows = tuple((name(report, state), LINE, 4 * LINE, LINE, LINE) for state in states)
    return Table("", head, rows)
