"""What was assured in private in crises, as a table: promised, believed and done."""

from collections.abc import Sequence

from game.debrief.report_names import capital, date, name, spoken
from game.debrief.report_types import AssuranceSpan, Report
from game.page.blocks import Block, Faint, Folded, Paragraph, Table, Text
from game.words import percent
from game.words.grammar import counted, sentence

CAPTION = "Assurances: promised, believed and done"
WHAT_CAME = {
    "kept": "kept",
    "broken": "broken",
    "lapsed": "never tested",
    "": "open at the end",
}
"""What became of an assurance -> words."""
TESTED = ("kept", "broken")
MOST_ROWS = 12
"""More answers than these are folded, but for those that were put to the test."""


def assurance_blocks(report: Report, *, narrow: bool = False) -> list[Block]:
    """What states said in private that they would do, how far it was believed, what they did.

    Nothing where nobody asked. A `narrow` table has no more columns than fit a terminal.
    """
    given = report.course.assurances
    if not given:
        return []
    about = in_short(given) + (
        ". Believed is how credible the word was to who asked, by its giver's reliability and "
        "supposed intentions"
    )
    would = (
        "; would have is how likely its giver would have done as it was asked, had it come to war "
        "then, if it feared power and if it feared threat"
    )
    head: tuple[str, ...] = ("date", "asked by", "asked of", "whether it would", "answer")
    if narrow:
        head = (*head, "believed", "did")
        rows = tuple(_narrow_row(report, one) for one in given)
        return [_text(about), Table(CAPTION, head, rows)]
    head = ("demand", *head, "believed", "would have", "did", "so it was")
    rows = tuple(_row(report, one) for one in given)
    if len(rows) <= MOST_ROWS:
        return [_text(about + would), Table(CAPTION, head, rows)]
    tested = [row for row, one in zip(rows, given, strict=True) if one.outcome in TESTED]
    shown = [Table(CAPTION, head, tuple(tested))] if tested else []
    folded = Folded(f"All {len(rows)} answers", (Table(CAPTION, head, rows),))
    return [_text(about + would), *shown, folded]


def _text(about: str) -> Paragraph:
    return Paragraph((f"{about} ", Faint("(T14)"), "."))


def in_short(given: Sequence[AssuranceSpan]) -> str:
    """How many assurances were kept and broken, without a full stop."""
    ended = {key: sum(one.outcome == key for one in given) for key in WHAT_CAME}
    return (
        f"{capital(counted(len(given), 'private answer'))} to who asked for an assurance in a "
        f"crisis: {ended['kept']} kept, {ended['broken']} broken, the rest never put to the test"
    )


def as_sentences(report: Report, one: AssuranceSpan) -> list[str]:
    """An assurance told: what was asked and answered, what was believed of it, what was done."""
    asker, giver = name(report, one.asked_by), spoken(report, one.giver)
    stand = f"stand by {spoken(report, one.beside)}" if one.beside else "stand aside"
    answer = {"none": "No answer", "accept": "Yes", "refuse": "No"}[one.answer]
    crisis = f"the demand of {spoken(report, one.by)} on {spoken(report, one.of)}"
    believed = "" if one.believed is None else f"; {percent(one.believed)} credible to who asked"
    said = [
        f"{asker} asked {giver}: if {crisis} ends in war, will you {stand}?",
        f"{answer}{believed}.",
        f"Had it come to war then, it would have done so with {percent(one.would['BOP'])} if it "
        f"feared power, {percent(one.would['BOT'])} if it feared threat.",
    ]
    if not one.outcome:
        return [*said, "At the end of the campaign the crisis was still open."]
    end = "" if one.ended is None else f"{date(report, one.ended)}: "
    did, came = sentence(_did(report, one)).rstrip("."), _came(one)
    return [*said, f"{end}{did}; the answer was {came}."]


def _asked(report: Report, one: AssuranceSpan) -> tuple[Text, ...]:
    """Who asked whom what, and the answer."""
    return (
        date(report, one.turn),
        name(report, one.asked_by),
        name(report, one.giver),
        f"stand by {spoken(report, one.beside)}" if one.beside else "stand aside",
        {"none": "none", "accept": "yes", "refuse": "no"}[one.answer],
    )


def _believed(one: AssuranceSpan) -> str:
    return "-" if one.believed is None else percent(one.believed)


def _did(report: Report, one: AssuranceSpan) -> str:
    """What the giver did when the crisis was over."""
    if not one.outcome:
        return "-"
    if not one.war:
        return "no war came"
    return f"stood by {spoken(report, one.did)}" if one.did else "stood aside"


def _came(one: AssuranceSpan) -> str:
    """What became of the word."""
    unbound = one.outcome == "lapsed" and one.war
    return "bound to nothing" if unbound else WHAT_CAME[one.outcome]


def _row(report: Report, one: AssuranceSpan) -> tuple[Text, ...]:
    return (
        f"{name(report, one.by)} of {name(report, one.of)}",
        *_asked(report, one),
        _believed(one),
        f"{percent(one.would['BOP'])} by power, {percent(one.would['BOT'])} by threat",
        _did(report, one),
        _came(one),
    )


def _narrow_row(report: Report, one: AssuranceSpan) -> tuple[Text, ...]:
    did = _did(report, one)
    if one.outcome in TESTED:
        did = f"{did} ({one.outcome})"
    return (*_asked(report, one), _believed(one), did)
