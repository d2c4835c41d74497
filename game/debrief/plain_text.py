"""The debrief as plain text."""

from game.debrief.document import lead
from game.debrief.document_player import notebook_words
from game.debrief.document_reruns import rerun_heading, rerun_words
from game.debrief.document_states import counted_words
from game.debrief.report_types import Report, StateReport
from game.page.blocks import words_of
from game.words import percent
from game.words.grammar import with_article
from game.words.verdict_sentences import compared, gloss

HOW = (
    "How this was inferred: from conduct alone. Every recorded choice is set against what",
    "each doctrine would have made of the same public facts; noise, side weights and",
    "ambition are integrated over. A verdict needs a posterior of 80%. It says what conduct",
    "resembled, never why a state did what it did (Dar, ul Haq & Khan 2017, p. 49).",
)


def text(report: Report) -> str:
    """A debrief in words: the verdicts first, each with its diagnostic turns.

    How it was inferred stands at the end; a blind report opens no envelope.
    """
    lines = [f"Debrief: {report.campaign.title}"]
    lines += [words_of(one) for one in lead(report)[:-1]]
    lines.append("")
    for state, entry in report.states.items():
        lines += _state(entry, player=state == report.player)
    you = report.you
    if you is not None and you.notebook is not None:
        lines += [notebook_words(you.notebook), ""]
    for made in report.reruns:
        lines += [rerun_heading(report, made), *(f"  - {row}" for row in rerun_words(report, made))]
        lines.append("")
    return "\n".join([*lines, *HOW]) + "\n"


def _state(entry: StateReport, *, player: bool) -> list[str]:
    lines = [entry.said]
    if player:
        lines.append("  (You. What you believed of others is imputed from public events.)")
    lines.append(f"  {gloss(entry.verdict)}")
    shares = ", ".join(
        f"{name} {percent(share)}" for name, share in entry.posterior.items() if share >= 0.005
    )
    lines.append(f"  {shares}.")
    lines.append(f"  {counted_words(entry)}")
    lines += [
        f"  - {turn.text} (turn {turn.turn}; {', '.join(turn.ledger)})" for turn in entry.diagnostic
    ]
    if entry.doctrine:
        who = with_article(entry.name)
        lines.append(f"  {compared(who, entry.verdict, entry.doctrine)}")
    return [*lines, ""]
