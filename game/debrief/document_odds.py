"""How the evidence moved between the two theories, turn by turn, as a section of a document."""

import math
from collections.abc import Sequence

from game.debrief.leading_states import colours, leading
from game.debrief.report_names import capital, the_others
from game.debrief.report_types import Report
from game.inference.posterior import SURE
from game.page.blocks import (
    Block,
    Bullets,
    Card,
    Faint,
    Folded,
    Grid,
    Paragraph,
    Section,
    Strong,
    Text,
)
from game.page.diagrams import Balance
from game.words.verdict_sentences import title

LEAST_TOP, MOST_TOP = 4.0, 40.0
"""The least and the most log odds at which the charts end."""
HOW = (
    "Each line is the natural logarithm of the odds of balance of power against balance of threat, "
    "from all that a state had done by a turn: above 0 for power, below 0 for threat. The dashed "
    f"lines are odds of {SURE:.0%} to {1 - SURE:.0%}. Steps of the same height are evidence of the "
    "same strength, wherever they stand: a step of 2.3 makes the odds ten times as great. All "
    "charts have one axis; odds beyond a thousand million to one are drawn as that. The numbers "
    "are the turns that moved it most, each with the decision that did most of it "
)


def odds_section(report: Report) -> Section | None:
    """A chart for each state with the deeds that moved it; None where there are too few turns."""
    moments = report.course.moments[:-1]
    states = [state for state, entry in report.states.items() if entry.log_odds]
    if len(moments) < 2 or not states:
        return None
    first = leading(report, states)
    rest = [state for state in states if state not in first]
    blocks: list[Block] = [Paragraph((HOW, Faint("(S4, W14)"), ".")), _cards(report, first)]
    if rest:
        blocks.append(Folded(the_others(len(rest)), (_cards(report, rest),)))
    return Section("How the evidence moved", "odds", tuple(blocks))


def _top(report: Report) -> float:
    """Where the axis of all charts ends: a whole even number that holds every figure."""
    most = max(abs(value) for entry in report.states.values() for value in entry.log_odds.values())
    return 2.0 * math.ceil(min(MOST_TOP, max(LEAST_TOP, most)) / 2)


def _cards(report: Report, states: Sequence[str]) -> Grid:
    return Grid(tuple(_card(report, state) for state in states))


def _card(report: Report, state: str) -> Card:
    entry = report.states[state]
    turns = report.course.moments[:-1]
    held = 0.0
    values = []
    for turn in turns:
        held = entry.log_odds.get(turn, held)
        values.append(held)
    last = values[-1]
    leans = title("BOP" if last > 0 else "BOT") if last else "neither theory"
    chart = Balance(
        title="",
        about=f"{entry.name}: by the last turn the log odds stood at {last:+.1f}, for {leans}.",
        labels=report.course.dates[: len(turns)],
        values=tuple(values),
        colour=colours(report)[state],
        top=_top(report),
        above="power",
        below="threat",
        numbered=tuple(turns.index(move.turn) for move in entry.moved_by),
        mark=math.log(SURE / (1 - SURE)),
    )
    moves: list[Text] = []
    for move in entry.moved_by:
        way = "power" if move.change > 0 else "threat"
        moves.append(
            (Strong(f"{move.date}: "), move.deed, Faint(f" ({abs(move.change):.1f} to {way})"))
        )
    told: Block = (
        Bullets(tuple(moves), ordered=True)
        if moves
        else Paragraph("No turn moved it by much.", "note")
    )
    return Card(capital(entry.name), (chart, told))
