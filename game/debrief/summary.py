"""The debrief in short, as a document for a terminal: the verdicts with what told them."""

from game.debrief.citation import foot
from game.debrief.document import lead
from game.debrief.document_assurances import assurance_blocks
from game.debrief.document_player import notebook_words, score_words
from game.debrief.document_reruns import rerun_heading, rerun_words
from game.debrief.document_states import counted_words
from game.debrief.report_types import PlayerReport, Report, StateReport
from game.debrief.statements import evidence_blocks, exponents_words
from game.page.blocks import Block, Bullets, Card, Document, Paragraph, Section
from game.words import percent
from game.words.grammar import with_article
from game.words.verdict_sentences import compared

LEAST = 0.005
"""The least share of belief with which a doctrine is named."""
HOW = (
    "From conduct alone. What is scored is whom a state names, courts, answers and stands by, "
    "given that it acts, among those that stood open; how much kinship, strength, distance, habit "
    "and money count is free and fitted for each state. Habit, answering in kind and none of these "
    "are rivals to every doctrine. A verdict needs a posterior of 80% and a check of its fit. It "
    "says what conduct resembled, never why a state did what it did (Dar, ul Haq & Khan 2017, "
    "p. 49)."
)


def summary(report: Report) -> Document:
    """The verdicts first, each with its diagnostic turns; how it was inferred stands at the end."""
    sections = []
    if report.states:
        cards = tuple(
            _card(entry, player=state == report.player) for state, entry in report.states.items()
        )
        sections.append(Section("Verdicts", "verdicts", cards))
    you = report.you
    if you is not None and (you.events or you.score is not None):
        sections.append(Section("Your campaign", "campaign", _campaign(you)))
    if you is not None and you.notebook is not None:
        words = Paragraph(notebook_words(you.notebook))
        sections.append(Section("Your notebook", "notebook", (words,)))
    assured = assurance_blocks(report, narrow=True)
    if assured:
        sections.append(Section("What was assured in private", "assurances", tuple(assured)))
    if report.reruns:
        runs = tuple(
            Card(rerun_heading(report, made), (Bullets(tuple(rerun_words(report, made))),))
            for made in report.reruns
        )
        sections.append(Section("What if", "counterfactuals", runs))
    sections.append(Section("How this was inferred", "method", (Paragraph(HOW),)))
    heading = f"Debrief: {report.campaign.title}"
    return Document(heading, lead(report)[:-1], tuple(sections), foot(report))


def _campaign(you: PlayerReport) -> tuple[Block, ...]:
    """What the player did, what it came to, and the great events."""
    blocks: list[Block] = [Paragraph(you.in_short)]
    if you.score is not None:
        blocks.append(Paragraph(f"Score {you.score:.0f} of 100: {score_words(you)}"))
    if you.events:
        blocks.append(Bullets(tuple(f"{one.date}: {one.text}" for one in you.events)))
    return tuple(blocks)


def _card(entry: StateReport, *, player: bool) -> Card:
    shares = ", ".join(
        f"{name} {percent(share)}" for name, share in entry.posterior.items() if share >= LEAST
    )
    blocks: list[Block] = [Paragraph(entry.crucial_said), Paragraph(entry.gloss)]
    if player:
        blocks.append(Paragraph("(You. What you believed is imputed from public events.)"))
    blocks += [Paragraph(f"{shares}."), Paragraph(counted_words(entry))]
    if entry.check_said:
        blocks.append(Paragraph(entry.check_said))
    exponents = exponents_words(entry)
    if exponents:
        blocks.append(Paragraph(exponents))
    if entry.diagnostic:
        blocks += evidence_blocks(entry)
    if entry.doctrine:
        words = compared(with_article(entry.name), entry.verdict, entry.doctrine)
        blocks.append(Paragraph(words))
    return Card(entry.said, tuple(blocks))
