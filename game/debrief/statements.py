"""Single statements of a debrief, each with the turn and the claims that it rests on."""

from game.debrief.report_types import DiagnosticTurn, DoctrineChoice, Exponent, StateReport
from game.page.blocks import Block, Bullets, Faint, Inline, Paragraph, Strong, Text, figure
from game.words.verdict_sentences import title


def verdict_blocks(entry: StateReport) -> list[Block]:
    """The counts that need no model, then the verdict with its posterior, then the check of fit."""
    blocks: list[Block] = [
        Paragraph(Strong(entry.crucial_said)),
        Paragraph((Strong(entry.said), " " + entry.gloss)),
    ]
    if entry.check_said:
        blocks.append(Paragraph(entry.check_said))
    return blocks


def told(row: DiagnosticTurn) -> Text:
    """A diagnostic turn: what was done, each reading of it, what it resembled, and the sources."""
    pieces: list[Inline] = [Strong(f"{row.date}: "), row.deed]
    for reading in row.readings.values():
        lead, comma, why = reading.sentence.partition(", ")
        pieces += [" ", Strong(lead), comma + why]
    pieces += [f" {row.resembled}", sources(row)]
    return tuple(pieces)


def evidence_blocks(entry: StateReport) -> list[Block]:
    """The diagnostic turns of a state; a foil's verdict rests on more than they tell."""
    blocks: list[Block] = [Bullets(tuple(told(row) for row in entry.diagnostic))]
    if entry.verdict not in ("BOP", "BOT", "UNDECIDED", "CHANCE", "NONE"):
        words = (
            "These turns tell the two theories from one another. That its conduct resembled "
            f"{title(entry.verdict)} more than either rests on all its decisions."
        )
        blocks.append(Paragraph(words, "note"))
    return blocks


def sources(row: DiagnosticTurn | DoctrineChoice) -> Faint:
    """The turn and the claims behind a statement, by their ids."""
    return Faint(f" (turn {row.turn}; {', '.join(row.ledger)})")


def interval(row: Exponent) -> str:
    """An exponent with its interval: "0.95 (0.49 to 1.31)"; an end may be unbounded."""
    if row.estimate is None:
        return "-"
    low = "−∞" if row.low is None else _exponent(row.low)
    high = "∞" if row.high is None else _exponent(row.high)
    return f"{_exponent(row.estimate)} ({low} to {high})"


def _exponent(value: float) -> str:
    return figure(round(value, 2) + 0.0, even=True).replace("-", "−")


def exponents_words(entry: StateReport) -> str:
    """The fitted exponents of a state's lens in a sentence; empty where none were fitted."""
    rows = entry.exponents
    if all(row.estimate is None for row in rows.values()):
        return ""
    told = ", ".join(f"{name} {interval(row)}" for name, row in rows.items())
    return (
        f"How much each factor of danger counted, with 90% intervals: {told}. Balance of power is "
        "(1, 0, 0, 0), balance of threat (1, 1, 1, 1)."
    )
