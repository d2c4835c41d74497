"""Power and threat by turn as a section of a document."""

from collections.abc import Sequence

from game.debrief.document_alliances import alliances_section
from game.debrief.document_fear import fear_section
from game.debrief.document_wars import wars_section
from game.debrief.leading_states import MOST, colours, leading
from game.debrief.report_names import capital, name, spoken, the_others
from game.debrief.report_types import Figures, Report
from game.page.blocks import Block, Faint, Folded, Grid, Lines, Paragraph, Section, Series
from game.page.diagrams import Scatter, Trail
from game.words import percent

LENS = {"BOP": "as balance of power has it", "BOT": "as balance of threat has it"}


def course_sections(report: Report) -> list[Section]:
    """Power and threat, who feared whom, alliances, wars."""
    if not report.states:
        return []
    return [_power(report), fear_section(report), alliances_section(report), wars_section(report)]


def _power(report: Report) -> Section:
    first = leading(report)
    rest = [state for state in report.names if state not in first]
    few = ""
    if rest:
        few = f" Of {len(report.names)} states {MOST} are drawn, great powers first."
    blocks: list[Block] = [
        Paragraph((f"{_about_power(report)}{few} ", Faint("(W1, T1)"))),
        _power_lines(report, first),
        Paragraph(
            "Threat is the mean of what the others face from a state through the lens, after "
            "alliances are counted; 1 is the mean insecurity at the start. By power only great "
            "powers count (W13). Both readings are drawn on one axis.",
            "note",
        ),
        Grid(tuple(_threat_lines(report, lens, first) for lens in LENS)),
        Paragraph(
            "The same as a plane: how strong a state was, and how threatening it looked. A line "
            "leads from where it stood at the start, the small ring, to where it stood at the end. "
            "Far to the right and low is strong and not feared; far up on the left, weak and "
            "feared. The two readings part where a state is not where its strength alone would "
            "put it.",
            "note",
        ),
        Grid(tuple(_scatter(report, lens) for lens in LENS)),
    ]
    if rest:
        others: tuple[Block, ...] = (
            _power_lines(report, rest),
            *(_threat_lines(report, lens, rest) for lens in LENS),
        )
        blocks.append(Folded(the_others(len(rest)), others))
    return Section("Power and threat over time", "power", tuple(blocks))


def _about_power(report: Report) -> str:
    power = report.course.power
    first, last = _leader(power, 0), _leader(power, -1)
    began, ended = percent(power[first][0] or 0), percent(power[last][-1] or 0)
    return (
        f"{capital(spoken(report, first))} had the largest share at the start ({began}), "
        + (f"and still at the end ({ended})." if first == last else "")
        + (f"{spoken(report, last)} at the end ({ended})." if first != last else "")
    )


def _leader(table: Figures, index: int) -> str:
    return max(table, key=lambda state: table[state][index] or 0.0)


def _top(*tables: Figures) -> float:
    """The largest figure of some tables."""
    rows = [row for table in tables for row in table.values()]
    return max((value for row in rows for value in row if value is not None), default=1.0)


def _series(report: Report, table: Figures, states: Sequence[str]) -> tuple[Series, ...]:
    numbers = colours(report)
    return tuple(
        Series(name(report, state), table[state], numbers[state])
        for state in states
        if any(value for value in table[state])
    )


def _dates(report: Report) -> tuple[str, ...]:
    return (*report.course.dates[:-1], "end")


def _power_lines(report: Report, states: Sequence[str]) -> Lines:
    power = report.course.power
    return Lines(
        "Power: shares of the world's capability",
        _about_power(report),
        _dates(report),
        _series(report, power, states),
        percent=True,
    )


def _threat_lines(report: Report, lens: str, states: Sequence[str]) -> Lines:
    threat = report.course.threat
    top = _leader(threat[lens], -1)
    return Lines(
        f"Threat, {LENS[lens]}",
        f"{capital(spoken(report, top))} frightened the others most at the end, {LENS[lens]}.",
        _dates(report),
        _series(report, threat[lens], states),
        top=_top(*({state: table[state] for state in states} for table in threat.values())),
    )


def _scatter(report: Report, lens: str) -> Scatter:
    power, threat = report.course.power, report.course.threat
    numbers = colours(report)
    trails = []
    for state in leading(report):
        since = power[state][0], threat[lens][state][0]
        to = power[state][-1], threat[lens][state][-1]
        if since[0] is None or since[1] is None:
            continue
        end = None if to[0] is None or to[1] is None else (to[0], to[1])
        trails.append(Trail(name(report, state), numbers[state], (since[0], since[1]), end))
    shown = leading(report)
    return Scatter(
        f"{capital(LENS[lens])}",
        "; ".join(
            f"{one.name} at the end {percent((one.to or one.since)[0])} of power, threat "
            f"{(one.to or one.since)[1]:.1f}"
            for one in trails
        )
        + ".",
        tuple(trails),
        "share of capability",
        "threat",
        (
            _top({state: power[state] for state in shown}),
            _top(*({state: table[state] for state in shown} for table in threat.values())),
        ),
    )
