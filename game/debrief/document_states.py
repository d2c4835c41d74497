"""Every state's evidence, exponents and counts as sections of a document."""

from collections.abc import Mapping, Sequence

from game.debrief.diagnostic_turns import THEORIES
from game.debrief.leading_states import colours, leading
from game.debrief.report_names import the_others, times
from game.debrief.report_types import Report, StateReport
from game.debrief.statements import evidence_blocks, interval, verdict_blocks
from game.page.blocks import (
    Block,
    Card,
    Faint,
    Folded,
    Grid,
    Link,
    Paragraph,
    Point,
    Section,
    Strong,
    Table,
    Text,
    Whiskers,
)
from game.words.grammar import counted, with_article
from game.words.verdict_sentences import compared

SPAN = (-1.0, 3.0)
"""The part of the exponents' axis that is drawn."""
COUNTED = ("balanced", "bandwagoned", "appeased")
HOW_TO_READ = (
    "Of each state, the turns on which the two theories disagreed most about what was then done. "
    "The percentage after a theory is how likely it made that choice among all that were open; "
    "beside it stands what counted most in its own reckoning. In brackets are the turn and the "
    "ids of the claims that a reason rests on: see "
)


def states_section(report: Report) -> Section:
    """A card for every state: its crucial tests, its verdict, its diagnostic turns, its counts."""
    first = leading(report, report.states)
    rest = [state for state in report.states if state not in first]
    blocks: list[Block] = [
        Paragraph((HOW_TO_READ, Link("the claims that are cited", "ledger"), ".")),
        *(_card(report, state) for state in first),
    ]
    if rest:
        others = tuple(_card(report, state) for state in rest)
        blocks.append(Folded(the_others(len(rest)), others))
    return Section("State by state", "states", tuple(blocks))


def _card(report: Report, state: str) -> Card:
    entry = report.states[state]
    blocks: list[Block] = verdict_blocks(entry)
    if state == report.player:
        words = "You led it, so this rests on imputed beliefs. The turns that told it stand under "
        blocks.append(Paragraph((words, Link("You", "you"), "."), "note"))
    if entry.doctrine:
        blocks.append(
            Paragraph(Strong(compared(with_article(entry.name), entry.verdict, entry.doctrine)))
        )
    if not entry.alive:
        blocks.append(Paragraph("It did not live to the end.", "note"))
    if entry.diagnostic:
        if state != report.player:
            blocks += evidence_blocks(entry)
    else:
        blocks.append(Paragraph("No turn of it told the two theories apart.", "note"))
    blocks.append(Paragraph((counted_words(entry), " ", Faint("(S4, T5, T7)"))))
    return Card(entry.name, tuple(blocks))


def counted_words(entry: StateReport) -> str:
    """The counts of a state in a sentence."""
    return (
        f"{counted(entry.decisions, 'decision')}. It bound itself against the state that it had "
        f"most to fear {_by_both(entry.balanced)}; with that state "
        f"{_by_both(entry.bandwagoned)}; and promised it peace or neutrality "
        f"{_by_both(entry.appeased)}."
    )


def _by_both(row: Mapping[str, int]) -> str:
    power, threat = row["BOP"], row["BOT"]
    if power == threat:
        return times(power) + (" by either reading" if power else "")
    return f"{times(power)} as power names it, {times(threat)} as threat does"


def exponents_sections(report: Report) -> list[Section]:
    """The exponents of the states whose lens was fitted; no section where none was."""
    fitted = [
        state
        for state, entry in report.states.items()
        if any(row.estimate is not None for row in entry.exponents.values())
    ]
    if not fitted:
        return []
    first = leading(report, fitted)
    rest = [state for state in fitted if state not in first]
    blocks: list[Block] = [
        Paragraph(
            "How much each of the four factors of danger counted in what a state did: 0 is "
            "not at all, 1 as in balance of threat (1, 1, 1, 1). Balance of power is "
            "(1, 0, 0, 0). Estimates are medians of a posterior over many lenses, with the "
            "shortest intervals that hold 90% of it; where an end is unbounded, the evidence "
            "does not say (T1, W1)."
        ),
        *_exponents(report, first),
    ]
    if rest:
        blocks.append(Folded(the_others(len(rest)), _exponents(report, rest)))
    return [Section("Exponents of the lens", "exponents", tuple(blocks))]


def _exponents(report: Report, states: Sequence[str]) -> tuple[Table, Grid]:
    """The exponents of some states as a table and as charts."""
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            Strong(report.states[state].name),
            *(interval(row) for row in report.states[state].exponents.values()),
        )
        for state in states
    )
    head = ("state", "power", "proximity", "offense", "intentions")
    table = Table("Exponents with 90% intervals", head, rows)
    return table, Grid(tuple(_whiskers(report, state) for state in states))


def _whiskers(report: Report, state: str) -> Whiskers:
    entry = report.states[state]
    told = "; ".join(f"{name} {interval(row)}" for name, row in entry.exponents.items())
    points = tuple(
        Point(name, row.low, row.estimate, row.high) for name, row in entry.exponents.items()
    )
    return Whiskers(
        entry.name,
        f"{entry.name}: {told}.",
        points,
        SPAN,
        mark=1.0,
        colour=colours(report)[state],
    )


def counts_section(report: Report) -> Section:
    """How often states balanced, bandwagoned and appeased."""
    states = report.states
    sums = {
        (kind, lens): sum(_counts_of(entry)[kind][lens] for entry in states.values())
        for kind in COUNTED
        for lens in THEORIES
    }
    first = leading(report, states)
    rest = [state for state in states if state not in first]
    blocks: list[Block] = [
        Paragraph(
            (
                "Own offers and acceptances, counted under both readings of whom a state had "
                "most to fear. Together, by threat: "
                f"{sums['balanced', 'BOT']} to balance, {sums['bandwagoned', 'BOT']} to "
                f"bandwagon, {sums['appeased', 'BOT']} to appease; by power "
                f"{sums['balanced', 'BOP']}, {sums['bandwagoned', 'BOP']} and "
                f"{sums['appeased', 'BOP']}. Both theories expect more balancing ",
                Faint("(S4, T5, T7)"),
                ".",
            )
        ),
        _counts(report, first),
    ]
    if rest:
        blocks.append(Folded(the_others(len(rest)), (_counts(report, rest),)))
    return Section("Balancing, bandwagoning, appeasement", "counts", tuple(blocks))


def _counts(report: Report, states: Sequence[str]) -> Table:
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            Strong(report.states[state].name),
            *(
                f"{row[lens]}"
                for row in _counts_of(report.states[state]).values()
                for lens in THEORIES
            ),
        )
        for state in states
    )
    head = ("state", *(f"{kind} {sign}" for kind in COUNTED for sign in ("P", "T")))
    return Table("Counts by power (P) and by threat (T)", head, rows)


def _counts_of(entry: StateReport) -> dict[str, Mapping[str, int]]:
    """The counts of a state by `COUNTED`, each by lens."""
    return dict(zip(COUNTED, (entry.balanced, entry.bandwagoned, entry.appeased), strict=True))
