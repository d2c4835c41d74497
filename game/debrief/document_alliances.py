"""Alliances as a section of a document: the network of ties, and every treaty."""

from collections.abc import Sequence

from game.debrief.course import stood
from game.debrief.leading_states import ranked
from game.debrief.report_names import capital, date, name, signed
from game.debrief.report_types import Report
from game.page.blocks import (
    Edge,
    Faint,
    Folded,
    Grid,
    Network,
    Paragraph,
    Section,
    Table,
    Text,
)
from game.page.diagrams import Mark, Matrix
from game.words.grammar import counted, listed
from game.words.phrases import pact_name

MOST_ON_A_CIRCLE = 10
"""States whose ties are drawn on a circle; those of more are a matrix."""
PICTURES = 4
"""Networks that are drawn: the first moment, the last, and those between."""
DEFENCE, OTHER_TREATY, ENEMIES = "bound to fight together", "another treaty", "at war"


def alliances_section(report: Report) -> Section:
    """The ties at some moments as pictures, and every treaty."""
    course = report.course
    pictured = _pictured(len(course.moments))
    pictures = tuple(_picture(report, moment) for moment in pictured)
    rows: list[tuple[Text, ...]] = []
    for treaty in course.treaties:
        rows.append(
            (
                listed(name(report, party) for party in treaty.parties),
                capital(pact_name(treaty.obligations)) + (" (secret)" if treaty.secret else ""),
                name(report, treaty.against) if treaty.against else "-",
                signed(report, treaty) or "before",
                "stands" if treaty.until is None else date(report, treaty.until),
            )
        )
    table = Table(
        "Every treaty, with the dates at which it was signed and ended",
        ("parties", "treaty", "against", "signed", "ended"),
        tuple(rows),
    )
    return Section(
        "Alliances",
        "alliances",
        (
            Paragraph(
                (
                    f"{counted(len(course.treaties), 'treaty')} "
                    "stood at one time or another. What was signed is drawn; states that stood "
                    "together without a treaty are not joined ",
                    Faint("(S5, S6)"),
                    ".",
                )
            ),
            Grid(pictures),
            Folded("Every treaty", (table,)),
        ),
    )


def _pictured(moments: int) -> list[int]:
    """The moments of which a network is drawn."""
    count = min(PICTURES, moments)
    if count == 1:
        return [1]
    return sorted({1 + round(index * (moments - 1) / (count - 1)) for index in range(count)})


def _picture(report: Report, moment: int) -> Network | Matrix:
    """The ties at a moment: on a circle where there are few states, else as a matrix."""
    drawn = network(report, moment)
    if len(drawn.nodes) <= MOST_ON_A_CIRCLE:
        return drawn
    tied = {node for edge in drawn.edges for node in (edge.one, edge.other)}
    order = [name(report, state) for state in ranked(report)]
    shown = tuple(node for node in order if node in tied and node in drawn.nodes)
    marks = tuple(
        Mark(row, column, edge.kind)
        for edge in drawn.edges
        for row, column in ((edge.one, edge.other), (edge.other, edge.one))
    )
    return Matrix(drawn.title, drawn.about, shown, shown, marks, drawn.kinds)


def network(report: Report, moment: int) -> Network:
    """The ties at a moment: pacts to fight, other treaties, wars."""
    course = report.course
    ties: dict[tuple[str, str], str] = {}
    for treaty in course.treaties:
        if stood(treaty, moment):
            for pair in _pairs(treaty.parties):
                if treaty.binding or pair not in ties:
                    ties[pair] = DEFENCE if treaty.binding else OTHER_TREATY
    for war in course.wars:
        if stood(war, moment) and war.since < moment:
            for one in war.attackers:
                for other in war.defenders:
                    ties[_pair(one, other)] = ENEMIES
    alive = [state for state, row in course.power.items() if row[moment - 1] is not None]
    edges = tuple(
        Edge(name(report, one), name(report, other), kind)
        for (one, other), kind in sorted(ties.items())
        if one in alive and other in alive
    )
    kinds = tuple(kind for kind in (DEFENCE, OTHER_TREATY, ENEMIES))
    tally = "; ".join(f"{sum(edge.kind == kind for edge in edges)} {kind}" for kind in kinds)
    return Network(
        f"Alliances at the start of {date(report, moment)}"
        if moment < len(course.moments)
        else "Alliances at the end",
        f"Ties between pairs of states: {tally}.",
        tuple(name(report, state) for state in alive),
        edges,
        kinds,
    )


def _pairs(parties: Sequence[str]) -> list[tuple[str, str]]:
    return [
        _pair(one, other) for index, one in enumerate(parties) for other in parties[index + 1 :]
    ]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
