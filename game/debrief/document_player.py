"""The player's part of a document: the doctrine that its conduct resembled, and its notebook."""

from game.debrief.leading_states import leading
from game.debrief.report_names import the_others
from game.debrief.report_types import NotebookScore, PlayerReport, Report, RivalScore
from game.debrief.statements import evidence_blocks, exponents_words, verdict_blocks
from game.page.blocks import (
    Block,
    Bullets,
    Faint,
    Folded,
    Grid,
    Lines,
    Paragraph,
    Section,
    Series,
    Strong,
    Table,
    Text,
    figure,
)
from game.scoring import INSIGHT_POINTS
from game.words import percent
from game.words.verdict_sentences import title


def player_section(report: Report) -> Section | None:
    """What the player did and believed; None where nobody plays."""
    you = report.you
    if you is None:
        return None
    entry = report.states[you.state]
    blocks: list[Block] = [Paragraph(you.in_short, "lead")]
    if you.score is not None:
        blocks.append(Paragraph((Strong(f"Score {you.score:.0f} of 100: "), score_words(you))))
    if you.events:
        blocks.append(Paragraph("The great events of your campaign:"))
        told = tuple((Strong(f"{one.date}: "), one.text) for one in you.events)
        blocks.append(Bullets(told))
    blocks += [
        *verdict_blocks(entry),
        Paragraph(
            (
                "This verdict rests on imputed beliefs: what you believed of others is taken to "
                "be what the public events would have taught anybody in your place, not what you "
                "wrote or thought ",
                Faint("(S10, T13, W14)"),
                ".",
            )
        ),
    ]
    exponents = exponents_words(entry)
    if exponents:
        blocks.append(Paragraph((Strong("Your lens. "), exponents, " ", Faint("(T1, W1)"))))
    if entry.diagnostic:
        blocks.append(Paragraph("The turns that told it:"))
        blocks += evidence_blocks(entry)
    if you.notebook is not None:
        blocks += notebook_blocks(report, you.notebook)
    return Section("You", "you", tuple(blocks))


def score_words(you: PlayerReport) -> str:
    """The parts of the score, and the aim."""
    aim = f" Your aim was: {you.aim}." if you.aim else ""
    return f"{', '.join(you.score_parts)}.{aim}"


def notebook_words(noted: NotebookScore) -> str:
    """The notebook's score in words."""
    if noted.distance is None:
        return (
            f"Your notebook is not scored: it counts from turn {noted.first_turn} on, and no turn "
            "of it was played."
        )
    archives = "all that had been done by then"
    if noted.brier is None:
        return (
            "The envelopes are sealed, so the notebook is set beside the evidence alone: its mean "
            f"square from {archives} is {noted.distance:.2f} (0: the same; "
            "0.25 is what an empty notebook is from certainty)."
        )
    whose, best = archives, noted.brier_archives
    if noted.brier_seen is not None:
        whose, best = "what you yourself could see at the time", noted.brier_seen
    said = (
        f"Your notebook's Brier score is {noted.brier:.2f} (0 is always sure and right, "
        f"{noted.unwritten} an empty page, 1 always sure and wrong). To believe "
        f"{whose} would have scored {best:.2f}"
    )
    if noted.brier_seen is not None:
        said += f"; with the archives open, {noted.brier_archives:.2f}"
    said += "."
    if noted.insight is not None and noted.insight_copied is not None:
        said += (
            f" It earned {noted.insight:.1f} of {INSIGHT_POINTS:.0f} points of insight: a page "
            "counts the more, the less the evidence had settled by then. To copy each turn what "
            f"you could see would have earned {noted.insight_copied:.1f}."
        )
    return said


def notebook_blocks(report: Report, noted: NotebookScore) -> list[Block]:
    """The notebook beside the evidence, rival by rival."""
    blocks: list[Block] = [Paragraph((Strong("Your notebook. "), notebook_words(noted)))]
    opened = noted.brier is not None
    seen = any(row.seen for row in noted.states.values())
    head = ["rival", "you wrote last", *(["you could see"] if seen else []), "the archives say"]
    head += ["envelope", "your Brier", "evidence's Brier"] if opened else []
    rows: list[tuple[Text, ...]] = []
    charts: dict[str, Block] = {}
    for state, row in noted.states.items():
        if not row.turns:
            continue
        cells: list[Text] = [Strong(report.names[state]), percent(row.noted[-1])]
        if row.seen:
            cells.append(percent(row.seen[-1]))
        cells.append(percent(row.archives[-1]))
        if opened:
            sealed = report.states[state].doctrine if state in report.states else None
            best = row.brier_seen if row.brier_seen is not None else row.brier_archives
            cells += [title(sealed or ""), figure(row.brier, even=True), figure(best, even=True)]
        rows.append(tuple(cells))
        charts[state] = _beliefs(report, state, row)
    if rows:
        blocks.append(
            Table("How likely it is that each rival fears power", tuple(head), tuple(rows))
        )
        first = leading(report, charts)
        blocks.append(Grid(tuple(charts[state] for state in first)))
        rest = tuple(chart for state, chart in charts.items() if state not in first)
        if rest:
            blocks.append(Folded(the_others(len(rest), "rival"), (Grid(rest),)))
    return blocks


def _beliefs(report: Report, state: str, row: RivalScore) -> Lines:
    """What was written of a rival, and what could be known, turn by turn."""
    series = [Series("you wrote", row.noted)]
    if row.seen:
        series.append(Series("you could see", row.seen))
    series.append(Series("the archives", row.archives))
    name = report.names[state]
    return Lines(
        name,
        f"By turn, the probability that {name} fears power: what you wrote, and what the evidence "
        "allowed.",
        tuple(report.course.dates[turn - 1] for turn in row.turns),
        tuple(series),
        percent=True,
        top=1.0,
        mark=0.5,
    )
