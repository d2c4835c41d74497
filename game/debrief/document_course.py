"""Power, threat and fear by turn, and the wars, as sections of a document."""

from collections.abc import Sequence

from game.debrief.document_alliances import alliances_section
from game.debrief.report_names import capital, date, name, spoken
from game.debrief.report_types import Figures, Report, StateEliminated
from game.page.blocks import (
    Block,
    Bullets,
    Faint,
    Lines,
    Paragraph,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from game.words import percent
from game.words.grammar import listed, sentence

MOST_LINES = 8
"""Most series that one chart of the course has: the states with the largest figures."""
LENS = {"BOP": "as balance of power has it", "BOT": "as balance of threat has it"}


def course_sections(report: Report) -> list[Section]:
    """Power and threat, who feared whom, alliances, wars."""
    if not report.states:
        return []
    return [_power(report), _fear(report), alliances_section(report), _wars(report)]


def _largest(table: Figures) -> list[str]:
    """The states with the largest figures, in the campaign's order."""
    tops = {
        state: max((value for value in row if value is not None), default=0.0)
        for state, row in table.items()
    }
    chosen = sorted(tops, key=lambda state: -tops[state])[:MOST_LINES]
    return [state for state in table if state in chosen and tops[state] > 0]


def _lines(
    report: Report,
    title: str,
    about: str,
    table: Figures,
    *,
    percent: bool = False,
    axis: str = "",
) -> Lines:
    series = [Series(name(report, state), table[state]) for state in _largest(table)]
    dates = (*report.course.dates[:-1], "end")
    return Lines(title, about, dates, tuple(series), percent=percent, axis=axis)


def _power(report: Report) -> Section:
    course = report.course
    power = course.power
    first = _leader(power, 0)
    last = _leader(power, -1)
    began, ended = percent(power[first][0] or 0), percent(power[last][-1] or 0)
    about = (
        f"{capital(spoken(report, first))} had the largest share at the start ({began}), "
        + (f"and still at the end ({ended})." if first == last else "")
        + (f"{spoken(report, last)} at the end ({ended})." if first != last else "")
    )
    few = f" The {MOST_LINES} largest are drawn." if len(power) > MOST_LINES else ""
    blocks: list[Block] = [
        Paragraph((f"{about}{few} ", Faint("(W1, T1)"))),
        _lines(report, "Power: shares of the world's capability", about, power, percent=True),
    ]
    for lens in ("BOT", "BOP"):
        table = course.threat[lens]
        top = _leader(table, -1)
        words = (
            f"{capital(spoken(report, top))} frightened the others most at the end, {LENS[lens]}."
        )
        blocks.append(
            _lines(
                report,
                f"Threat: what each state looked like to the others, {LENS[lens]}",
                words,
                table,
                axis="threat",
            )
        )
    blocks.append(
        Paragraph(
            "Threat is the mean of what the others face from a state through the lens, after "
            "alliances are counted; 1 is the mean insecurity at the start. By power only great "
            "powers count (W13).",
            "note",
        )
    )
    return Section("Power and threat over time", "power", tuple(blocks), new_page=True)


def _leader(table: Figures, index: int) -> str:
    return max(table, key=lambda state: table[state][index] or 0.0)


def _fear(report: Report) -> Section:
    course, states = report.course, report.states
    feared = course.feared
    rows: list[tuple[Text, ...]] = []
    for state in states:
        rows.append(
            (
                Strong(name(report, state)),
                _spans(report, feared["BOP"].get(state, ())),
                _spans(report, feared["BOT"].get(state, ())),
                _split(report, state),
            )
        )
    return Section(
        "Who had most to fear of whom",
        "fear",
        (
            Paragraph(
                (
                    "Whom each state should have feared most, turn by turn, as each theory has it: "
                    "the strongest side that it faced, or the most threatening. Where the two name "
                    "different states, what was done tells the theories apart ",
                    Faint("(W1, T2)"),
                    ".",
                )
            ),
            Table(
                "Most to be feared, with the dates",
                ("state", "by power", "by threat", "turns on which they differ"),
                tuple(rows),
            ),
        ),
    )


def _spans(report: Report, row: Sequence[str | None]) -> str:
    """Who was feared from when to when, in words."""
    dates = [*report.course.dates[:-1], "end"]
    parts: list[tuple[str | None, int, int]] = []
    for index, whom in enumerate(row):
        if parts and parts[-1][0] == whom:
            parts[-1] = (whom, parts[-1][1], index)
        else:
            parts.append((whom, index, index))
    return "; ".join(
        f"{name(report, whom)} {dates[first]}" + (f" to {dates[last]}" if last > first else "")
        for whom, first, last in parts
        if whom
    )


def _split(report: Report, state: str) -> str:
    feared = report.course.feared
    power, threat = feared["BOP"].get(state, ()), feared["BOT"].get(state, ())
    turns = list(zip(power, threat, strict=True))[:-1]
    both = [(one, other) for one, other in turns if one and other]
    apart = sum(one != other for one, other in both)
    return f"{apart} of {len(both)}"


def _wars(report: Report) -> Section:
    course = report.course
    rows: list[tuple[Text, ...]] = []
    for war in course.wars:
        rows.append(
            (
                f"{name(report, war.by)} on {name(report, war.on)}",
                listed(name(report, one) for one in war.attackers),
                listed(name(report, one) for one in war.defenders),
                date(report, war.since),
                "goes on" if war.until is None else date(report, war.until),
            )
        )
    land = [
        sentence(f"{date(report, one.turn)}: {spoken(report, one.eliminated)} was no more")
        if isinstance(one, StateEliminated)
        else sentence(
            f"{date(report, one.turn)}: {one.name} went from {spoken(report, one.before)} to "
            f"{spoken(report, one.after)}"
        )
        for one in course.land
    ]
    blocks: list[Block] = []
    if rows:
        head = ("war of", "one side", "the other", "from", "to")
        blocks.append(Table("", head, tuple(rows)))
    else:
        blocks.append(Paragraph(("There was no war ", Faint("(S14)"), ".")))
    if land:
        blocks.append(Paragraph("What changed hands:"))
        blocks.append(Bullets(tuple(land)))
    return Section("Wars", "wars", tuple(blocks))
