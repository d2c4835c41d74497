"""The verdicts as a section of a document: what every state's conduct resembled."""

from game.debrief.report_names import capital, date
from game.debrief.report_types import Report, StateReport
from game.inference.posterior import SURE
from game.page.blocks import (
    Bars,
    Block,
    Link,
    Paragraph,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from game.words import percent
from game.words.grammar import counted, sentence
from game.words.verdict_sentences import title

THE_TWO = (
    "Balance of power (Waltz): a state fears the strongest, wherever it is, and helps the weaker "
    "side. Balance of threat (Walt): it fears whoever is strong, near, armed for attack and "
    "believed hostile. The others stand beside them so that either is a finding and not an "
    "assumption: solidarity sides with its own kind, bandwagoning with the strongest, isolation "
    "with nobody, and chance is dice. The posterior is the share of belief, of 100%, that the "
    "evidence leaves to a doctrine; 80% make a verdict. More in "
)


def verdicts_section(report: Report) -> Section:
    """A table of all verdicts, and how sure the evidence was."""
    states = report.states
    head = [
        "state",
        "its conduct resembled",
        "posterior",
        *(["by the lens alone"] if states else []),
    ]
    head += ["decisions", "sure since", *(["envelope"] if report.opened else [])]
    rows: list[tuple[Text, ...]] = []
    for state, entry in states.items():
        best = max(entry.posterior, key=lambda name: entry.posterior[name])
        row: list[Text] = [
            (Strong(entry.name), " (you)") if state == report.player else Strong(entry.name),
            verdict_words(entry.verdict),
            percent(entry.posterior[best]),
            _by_lens(entry),
            f"{entry.decisions}",
            settled(report, entry),
        ]
        if report.opened:
            row.append(envelope_words(report, state))
        rows.append(tuple(row))
    blocks: list[Block] = [
        Paragraph((THE_TWO, Link("How this was inferred", "method"), ".")),
        Table("", tuple(head), tuple(rows)),
    ]
    if report.opened:
        blocks.append(Paragraph(_tally(report)))
    names = list(next(iter(states.values())).posterior) if states else []
    if states:
        blocks.append(
            Bars(
                "What each state's conduct resembled",
                "For every state, how the belief of 100% is shared among the doctrines: "
                + "; ".join(entry.said.rstrip(".") for entry in states.values())
                + ".",
                tuple(entry.name for entry in states.values()),
                tuple(
                    Series(
                        capital(title(name)),
                        tuple(entry.posterior[name] for entry in states.values()),
                    )
                    for name in names
                ),
                percent=True,
                stacked=True,
            )
        )
    return Section("Verdicts", "verdicts", tuple(blocks))


def verdict_words(verdict: str) -> str:
    """A verdict in a table's cell."""
    known = {
        "UNDECIDED": "undecided: not enough evidence",
        "CHANCE": "nothing but chance",
        "NONE": "none of these",
    }
    return known.get(verdict, title(verdict))


def envelope_words(report: Report, state: str) -> Text:
    """What the envelope held, and whether conduct resembled it."""
    entry = report.states[state]
    sealed = entry.doctrine
    if sealed is None:
        return "(yours)" if state == report.player else "-"
    if entry.verdict in ("UNDECIDED", "CHANCE", "NONE"):
        return title(sealed)
    return "the same" if entry.verdict == sealed else title(sealed)


def _by_lens(entry: StateReport) -> str:
    best = max(entry.lens_posterior, key=lambda name: entry.lens_posterior[name])
    words = {"BOP": "power", "BOT": "threat", "RANDOM": "neither"}[best]
    return f"{words}, {percent(entry.lens_posterior[best])}"


def settled(report: Report, entry: StateReport) -> str:
    """The date from which the verdict no longer changed."""
    verdict = "RANDOM" if entry.verdict == "CHANCE" else entry.verdict
    since = ""
    for turn, row in entry.by_turn.items():
        sure = row.get(verdict, 0.0) >= SURE
        since = (since or date(report, turn)) if sure else ""
    return since or "-"


def _tally(report: Report) -> Text:
    judged = [
        entry for entry in report.states.values() if entry.doctrine and entry.verdict != "UNDECIDED"
    ]
    right = sum(
        entry.doctrine == ("RANDOM" if entry.verdict == "CHANCE" else entry.verdict)
        for entry in judged
    )
    waiting = sum(
        entry.verdict == "UNDECIDED" and bool(entry.doctrine) for entry in report.states.values()
    )
    said = f"Of {counted(len(judged), 'verdict')}, {right} named what the envelope held"
    if not judged:
        said = "no verdict could be given that an envelope could be held against"
    if waiting:
        said += f"; for {counted(waiting, 'state')} the evidence was not enough"
    return sentence(said)
