"""The wars, the demands, and who stood on which side, as a section of a document."""

from collections.abc import Sequence

from game.debrief.document_assurances import assurance_blocks
from game.debrief.leading_states import ranked
from game.debrief.report_names import capital, date, land_words, name, spoken
from game.debrief.report_types import CrisisSpan, Report, WarSpan
from game.page.blocks import Block, Bullets, Faint, Folded, Paragraph, Section, Table, Text
from game.page.diagrams import Mark, Matrix
from game.words.grammar import counted, listed, sentence

ATTACKED, DEFENDED, STAYED = "fought for the attacker", "for the attacked", "called and refused"
DEMANDED, RESISTED = "for the demand", "for the other side"
MOST_ROWS = 16
"""Rows of a picture; of more demands, those in which others pledged themselves are drawn."""
HOW = {
    ("began", ""): "began it",
    ("attacked", ""): "was attacked",
    ("joined", "treaty"): "by treaty",
    ("joined", "pledge"): "by its pledge",
    ("joined", ""): "of its own accord",
}
"""How a state came into a war, and what bound it -> words."""
OUTCOMES = {
    "yielded": "it yielded",
    "withdrawn": "the demand was dropped",
    "war": "war",
    "": "open at the end",
}
STAKES = {"renounce": "that it renounce a treaty", "stand_down": "that it stand down"}


def wars_section(report: Report) -> Section:
    """Pictures of the sides of wars and demands, the same in words, and what changed hands."""
    blocks: list[Block] = []
    wars, demands = report.course.wars, report.course.crises
    if wars:
        blocks.append(_war_picture(report))
        head = ("war of", "one side", "the other", "refused a call", "from", "to")
        rows: tuple[tuple[Text, ...], ...] = tuple(_war_row(report, war) for war in wars)
        blocks.append(Table("Who came in, and how", head, rows))
    else:
        blocks.append(Paragraph(("There was no war ", Faint("(S14)"), ".")))
    land = tuple(
        sentence(f"{date(report, one.turn)}: {land_words(report.names, one)}")
        for one in report.course.land
    )
    if land:
        blocks += [Paragraph("What changed hands:"), Bullets(land)]
    if demands:
        blocks += _demands(report)
    blocks += assurance_blocks(report)
    return Section("Wars and demands: who took which side", "wars", tuple(blocks))


def _columns(report: Report, marks: Sequence[Mark]) -> tuple[str, ...]:
    there = {mark.column for mark in marks}
    return tuple(own for state in ranked(report) if (own := name(report, state)) in there)


def _labels(rows: Sequence[str]) -> list[str]:
    """Labels made different where two are the same: "1914 Germany on France (2)"."""
    seen: dict[str, int] = {}
    labels = []
    for row in rows:
        seen[row] = seen.get(row, 0) + 1
        labels.append(row if seen[row] == 1 else f"{row} ({seen[row]})")
    return labels


def _war_picture(report: Report) -> Matrix:
    wars = report.course.wars
    labels = _labels(
        [f"{date(report, war.since)} {name(report, war.by)} on {name(report, war.on)}"
         for war in wars]
    )  # fmt: skip
    marks: list[Mark] = []
    for label, war in zip(labels, wars, strict=True):
        marks += [Mark(label, name(report, one), ATTACKED) for one in war.attackers]
        marks += [Mark(label, name(report, one), DEFENDED) for one in war.defenders]
        fought = {*war.attackers, *war.defenders}
        refused = dict.fromkeys(
            entry.state
            for entry in war.entries
            if entry.how == "refused" and entry.state not in fought
        )
        marks += [Mark(label, name(report, one), STAYED) for one in refused]
    sides = "; ".join(
        f"{label}: {len(war.attackers)} against {len(war.defenders)}"
        for label, war in zip(labels, wars, strict=True)
    )
    return Matrix(
        "The sides of each war",
        f"How many fought on either side of each war. {sides}.",
        tuple(labels),
        _columns(report, marks),
        tuple(marks),
        (ATTACKED, DEFENDED, STAYED),
    )


def _war_row(report: Report, war: WarSpan) -> tuple[Text, ...]:
    refused = dict.fromkeys(entry.state for entry in war.entries if entry.how == "refused")
    return (
        f"{name(report, war.by)} on {name(report, war.on)}",
        _side(report, war, war.attackers),
        _side(report, war, war.defenders),
        listed(name(report, one) for one in refused) or "nobody",
        date(report, war.since),
        "goes on" if war.until is None else date(report, war.until),
    )


def _side(report: Report, war: WarSpan, states: Sequence[str]) -> str:
    """A side in words: "Germany (began it); Italy (by treaty, 1915)"."""
    came = [entry.state for entry in war.entries if entry.how != "refused"]
    told = []
    for state in sorted(states, key=lambda one: came.index(one) if one in came else len(came)):
        entry = next(
            (one for one in war.entries if one.state == state and one.how != "refused"), None
        )
        if entry is None:
            told.append(name(report, state))
            continue
        when = f", {date(report, entry.turn)}" if entry.turn != war.since else ""
        told.append(f"{name(report, state)} ({HOW[entry.how, entry.bound]}{when})")
    return "; ".join(told)


# demands


def _demands(report: Report) -> list[Block]:
    demands = report.course.crises
    drawn = [one for one in demands if one.for_demand or one.against_demand][:MOST_ROWS]
    ended = {key: sum(one.outcome == key for one in demands) for key in OUTCOMES}
    words = listed(
        f"{count} {how}"
        for count, how in (
            (ended["yielded"], "met"),
            (ended["withdrawn"], "dropped"),
            (ended["war"], "ended in war"),
            (ended[""], "open at the end"),
        )
        if count
    )
    blocks: list[Block] = [
        Paragraph(
            (
                f"{capital(counted(len(demands), 'demand'))}: {words}. To pledge oneself to a side "
                "is to promise to fight beside it if it comes to war ",
                Faint("(S2, T14)"),
                ".",
            )
        )
    ]
    if drawn:
        blocks.append(_demand_picture(report, drawn))
    head = ("date", "demand", "pledged for it", "pledged against it", "end")
    rows: tuple[tuple[Text, ...], ...] = tuple(_demand_row(report, one) for one in demands)
    blocks.append(Folded("Every demand", (Table("", head, rows),)))
    return blocks


def _demand_picture(report: Report, demands: Sequence[CrisisSpan]) -> Matrix:
    labels = _labels(
        [f"{date(report, one.turn)} {name(report, one.by)} of {name(report, one.of)}"
         for one in demands]
    )  # fmt: skip
    marks: list[Mark] = []
    for label, one in zip(labels, demands, strict=True):
        marks += [Mark(label, name(report, who), DEMANDED) for who in (one.by, *one.for_demand)]
        marks += [Mark(label, name(report, who), RESISTED) for who in (one.of, *one.against_demand)]
    sides = "; ".join(
        f"{label}: {len(one.for_demand)} pledged for it, {len(one.against_demand)} against"
        for label, one in zip(labels, demands, strict=True)
    )
    return Matrix(
        "Demands, and who pledged itself to a side",
        f"{sides}.",
        tuple(labels),
        _columns(report, marks),
        tuple(marks),
        (DEMANDED, RESISTED),
    )


def _demand_row(report: Report, one: CrisisSpan) -> tuple[Text, ...]:
    what = STAKES.get(one.stake, one.subject)
    of = "of " if one.stake == "cede" else "asked of "
    return (
        date(report, one.turn),
        f"{name(report, one.by)}: {what} {of}{spoken(report, one.of)}"
        if one.stake == "cede"
        else f"{name(report, one.by)} {of}{spoken(report, one.of)} {what}",
        listed(name(report, who) for who in one.for_demand) or "-",
        listed(name(report, who) for who in one.against_demand) or "-",
        f"{OUTCOMES[one.outcome]}"
        + (f", {date(report, one.ended)}" if one.ended not in (None, one.turn) else ""),
    )
