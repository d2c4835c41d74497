"""The verdicts as a section of a document: what every state's conduct resembled."""

from game.debrief.report_names import capital, date
from game.debrief.report_types import Report, StateReport
from game.inference.posterior import NO_DOCTRINE, SURE, verdict_of
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
    "evidence leaves to a doctrine; 80% make a verdict. None of these means that habit, answering "
    "in kind or some other motive explains conduct better than any doctrine, or that the likeliest "
    "doctrine failed its check. More in "
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
        row: list[Text] = [
            (Strong(entry.name), " (you)") if state == report.player else Strong(entry.name),
            verdict_words(entry.verdict),
            percent(share_of(entry)),
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


def share_of(entry: StateReport) -> float:
    """The share of belief behind a verdict, 0 to 1; of the likeliest hypothesis if it names none.

    Behind "none of these" stand habit, answering in kind and any other figure together.
    """
    together = sum(entry.posterior.get(name, 0.0) for name in NO_DOCTRINE)
    if entry.verdict == "NONE" and together >= SURE:
        return together
    return max(entry.posterior.values())


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
    """The date from which the verdict no longer changed; for a doctrine refused by its check, that.

    A verdict that there is not enough evidence is sure of nothing.
    """
    if entry.verdict == "UNDECIDED":
        return "-"
    since = ""
    for turn, row in entry.by_turn.items():
        same = verdict_of(row) == entry.verdict
        since = (since or date(report, turn)) if same else ""
    # Where the shares name a doctrine to the end, what was done is too unlike it.
    return since or ("failed its check" if entry.verdict == "NONE" else "-")


def _tally(report: Report) -> Text:
    """How many verdicts named what the envelopes held, and for how many states none was named."""
    sealed = [entry for entry in report.states.values() if entry.doctrine]
    judged = [entry for entry in sealed if entry.verdict not in ("UNDECIDED", "NONE")]
    right = sum(
        entry.doctrine == ("RANDOM" if entry.verdict == "CHANCE" else entry.verdict)
        for entry in judged
    )
    waiting = sum(entry.verdict == "UNDECIDED" for entry in sealed)
    fitting_none = sum(entry.verdict == "NONE" for entry in sealed)
    said = f"Of {counted(len(judged), 'verdict')}, {right} named what the envelope held"
    if not judged:
        said = "no verdict could be given that an envelope could be held against"
    if waiting:
        said += f"; for {counted(waiting, 'state')} the evidence was not enough"
    if fitting_none:
        said += (
            f"; {counted(fitting_none, 'state')} acted as none of the doctrines foretells, which "
            "names no doctrine and so is neither right nor wrong"
        )
    return sentence(said)
