"""Who had most to fear of whom by each reading, with the pacts of the time, as a section."""

from collections.abc import Sequence

from game.debrief.leading_states import colours, leading
from game.debrief.report_names import name, the_others
from game.debrief.report_types import Report, TreatySpan
from game.page.blocks import Block, Faint, Folded, Paragraph, Section, Strong, Table, Text
from game.page.diagrams import Strip, StripBar, StripGroup, StripRow
from game.words.grammar import listed
from game.words.phrases import pact_name

READINGS = (("BOP", "power"), ("BOT", "threat"))
HOW = (
    "Whom each state should have feared most, turn by turn, as each theory has it: the strongest "
    "side that it faced, or the most threatening. A cell has the colour of the state that was "
    "feared. Below it stand the state's own pacts to fight, each in the colour of the adversary "
    "that it names; one without a colour names nobody. Where the two rows differ, what was done "
    "tells the theories apart: look whose colour the pacts have "
)


def fear_section(report: Report) -> Section:
    """A strip for six states, the others folded away, and the same as a table."""
    first = leading(report, report.states)
    rest = [state for state in report.states if state not in first]
    blocks: list[Block] = [
        Paragraph((HOW, Faint("(W1, T2, W8)"), ".")),
        _strip(report, first, "Most to be feared, and the pacts of the time"),
    ]
    if rest:
        blocks.append(Folded(the_others(len(rest)), (_strip(report, rest, "The other states"),)))
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            Strong(name(report, state)),
            *(spans(report, report.course.feared[lens].get(state, ())) for lens, _ in READINGS),
            differing(report, state),
        )
        for state in report.states
    )
    head = ("state", "by power", "by threat", "turns on which they differ")
    table = Table("Most to be feared, with the dates", head, rows)
    blocks.append(Folded("The dates", (table,)))
    return Section("Who had most to fear of whom", "fear", tuple(blocks))


def _strip(report: Report, states: Sequence[str], title: str) -> Strip:
    dates = report.course.dates[:-1] or report.course.dates
    return Strip(
        title,
        " ".join(
            f"{name(report, state)}: the readings differ on {differing(report, state)} turns."
            for state in states
        ),
        dates,
        tuple(_group(report, state, len(dates)) for state in states),
    )


def _group(report: Report, state: str, count: int) -> StripGroup:
    numbers = colours(report)
    rows = []
    for lens, words in READINGS:
        feared = report.course.feared[lens].get(state, ())[:count]
        cells = tuple((name(report, whom), numbers[whom]) if whom else None for whom in feared)
        rows.append(StripRow(words, cells))
    bars = tuple(
        StripBar(
            _pact_words(report, treaty, state),
            max(0, treaty.since - 1),
            min(count, treaty.until or count) - 1,
            None if treaty.against is None else numbers[treaty.against],
        )
        for treaty in report.course.treaties
        if treaty.binding and state in treaty.parties and treaty.since <= count
    )
    return StripGroup(name(report, state), tuple(rows), bars)


def _pact_words(report: Report, treaty: TreatySpan, state: str) -> str:
    partners = listed(name(report, party) for party in treaty.parties if party != state)
    against = f" against {name(report, treaty.against)}" if treaty.against else ""
    return f"{pact_name(treaty.obligations)} with {partners}{against}"


def spans(report: Report, row: Sequence[str | None]) -> str:
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


def differing(report: Report, state: str) -> str:
    """On how many turns the two readings name different states: "7 of 30"."""
    feared = report.course.feared
    power, threat = feared["BOP"].get(state, ()), feared["BOT"].get(state, ())
    turns = list(zip(power, threat, strict=True))[:-1]
    both = [(one, other) for one, other in turns if one and other]
    apart = sum(one != other for one, other in both)
    return f"{apart} of {len(both)}"
