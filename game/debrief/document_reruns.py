"""Counterfactuals in a document: single turns under the other doctrine, whole campaigns again."""

from game.debrief.leading_states import leading
from game.debrief.report_names import the_others, times
from game.debrief.report_types import DoctrineChoice, Report
from game.debrief.rerun_types import Rerun
from game.debrief.statements import sources
from game.page.blocks import (
    Block,
    Bullets,
    Card,
    Faint,
    Folded,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    figure,
)
from game.words import percent
from game.words.grammar import counted, listed, sentence, with_article
from game.words.verdict_sentences import title


def counterfactual_section(report: Report) -> Section:
    """What would most likely have been done, and what came of other doctrines."""
    blocks: list[Block] = [
        Paragraph(
            (
                "The same decision, read again: the same menu and the same public facts, through "
                "the other theory's lens and with its weights. That a doctrine would most likely "
                "have done otherwise is not yet why a state did what it did ",
                Faint("(W14)"),
                ".",
            )
        )
    ]
    rows: dict[str, Text] = {}
    for state, entry in report.states.items():
        differing = [row for row in entry.otherwise if not row.same]
        if differing:
            rows[state] = otherwise_text(min(differing, key=lambda row: row.probability))
    first = leading(report, rows)
    if first:
        blocks.append(Bullets(tuple(rows[state] for state in first)))
    rest = tuple(text for state, text in rows.items() if state not in first)
    if rest:
        blocks.append(Folded(the_others(len(rest)), (Bullets(rest),)))
    for made in report.reruns:
        blocks += rerun_blocks(report, made)
    return Section("What if: counterfactuals", "counterfactuals", tuple(blocks))


def otherwise_text(row: DoctrineChoice) -> Text:
    """One decision under another doctrine."""
    return (
        Strong(f"{row.date}: "),
        f"{row.deed} {row.text}",
        sources(row),
    )


def rerun_heading(report: Report, made: Rerun) -> str:
    """What was run again."""
    who = with_article(report.names[made.state])
    return f"The campaign again, {who} following {title(made.doctrine)}"


def rerun_words(report: Report, made: Rerun) -> list[str]:
    """What changed, in sentences."""
    names = report.names
    who = with_article(names[made.state])
    changed = made.changes
    said = [made.note] if made.note else []
    said += [
        f"Run {times(made.times)} with the same dice; only the noise of choices was "
        f"drawn anew from the second run on, and every run has a twin in which {who} kept to "
        f"{title(made.instead)}."
    ]
    player = made.player
    if player is not None:
        led = with_article(names[player.state])
        late = [turn for turn in player.handed_over if turn is not None]
        if player.state == made.state:
            said.append(f"Your own seat, {led}, followed the doctrine throughout.")
        elif late:
            said.append(
                f"Your seat, {led}, kept its recorded orders while they were legal, and then "
                f"followed {title(player.doctrine)}, which its conduct resembled: from turn "
                f"{min(late)} on at the earliest, in {len(late)} of "
                f"{counted(made.times, 'run')}."
            )
        else:
            said.append(
                f"Your seat, {led}, kept its recorded orders throughout; what it was never asked "
                f"before it answered by {title(player.doctrine)}, which its conduct resembled."
            )
    for words, (before, after) in (
        ("treaties signed", changed.treaties),
        (f"of them pacts to fight that {who} signed", changed.pacts),
        ("wars begun", changed.wars),
        ("provinces that changed hands", changed.annexed),
    ):
        said.append(sentence(f"{words}: {_mean(after)} instead of {_mean(before)}"))
    moved = sorted(changed.capability.items(), key=lambda pair: -abs(pair[1][1] - pair[1][0]))
    most = [
        f"{names[state]} {percent(before)} to {percent(after)}"
        for state, (before, after) in moved[:3]
        if abs(after - before) >= 0.005
    ]
    said.append(
        f"Largest changes of capability at the end: {'; '.join(most)}."
        if most
        else "Nobody's share of capability changed by as much as half a point."
    )
    gone = [
        f"{names[state]} in {_runs(after)} instead of {_runs(before)}"
        for state, (before, after) in changed.eliminated.items()
        if before != after
    ]
    said.append(
        sentence(f"Eliminated: {listed(gone)}") if gone else "Who was eliminated did not change."
    )
    return said


def rerun_blocks(report: Report, made: Rerun) -> list[Block]:
    """A campaign that was run again: what changed, and every run."""
    names = report.names
    rows: list[tuple[Text, ...]] = []
    for index, run in enumerate(made.runs, start=1):
        for label, row in (("as it was", run.before), ("changed", run.after)):
            rows.append(
                (
                    f"{index}, {label}",
                    f"{row.treaties}",
                    f"{row.pacts}",
                    f"{row.wars}",
                    f"{row.annexed}",
                    percent(row.capability[made.state]),
                    listed(names[state] for state in row.eliminated) or "nobody",
                )
            )
    head = ("run", "treaties", "its pacts", "wars", "land moved", "its share", "eliminated")
    return [
        Card(
            rerun_heading(report, made),
            (
                Bullets(tuple(rerun_words(report, made))),
                Table("Every run", head, tuple(rows)),
            ),
        )
    ]


def _runs(count: int) -> str:
    """In how many runs: "no run", "1 run", "3 runs"."""
    return counted(count, "run") if count else "no run"


def _mean(value: float) -> str:
    return figure(round(value, 1), digits=1)
