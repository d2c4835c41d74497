"""Many campaigns of one map compared, for a class: whose notebook was best, who played how."""

from collections.abc import Sequence
from dataclasses import dataclass

from game.debrief.citation import identity
from game.debrief.document_verdicts import share_of, verdict_words
from game.debrief.player_story import RANKS
from game.debrief.report_names import capital
from game.debrief.report_types import NotebookScore, Report
from game.page.blocks import (
    Bars,
    Block,
    Bullets,
    Card,
    Document,
    Faint,
    Folded,
    Lines,
    Paragraph,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from game.words import percent
from game.words.grammar import counted, listed, sentence
from game.words.verdict_sentences import title

GREATEST = 3
"""Great events that are told of each campaign."""
ASKED = (
    "Whose notebook was best, and was it luck? Set each Brier score beside what that group could "
    "have known: who stayed nearest to it used the evidence best, whatever the campaign showed.",
    "Which doctrine did each group play? Did its members say so before the reveal? Name the "
    "decision that tells it best, and one that speaks against it.",
    "Two groups that led the same state met different worlds. What did they do differently in the "
    "first five turns, and what came of it that neither had chosen?",
    "Which group was safest at the end: the one that made most pacts, or another? What would have "
    "to be held equal to say that pacts made it safe (S9, S14)?",
    "Could one and the same conduct be called balancing by one theory and bandwagoning by the "
    "other? Find a case among these campaigns (S4, T7).",
)


@dataclass(frozen=True, slots=True)
class GroupReport:
    """A campaign of a class: the name of its save, and its debrief."""

    name: str
    report: Report


def class_document(groups: Sequence[GroupReport]) -> Document:
    """The comparison. All groups played the same map."""
    first = groups[0].report.campaign
    sections = [_overview(groups), _notebooks(groups), _conduct(groups), _fortunes(groups)]
    sections += [
        Section("Questions for the class", "questions", (Bullets(ASKED, ordered=True),)),
        _sources(groups),
    ]
    return Document(
        f"A class on {first.title}",
        (
            f"{capital(counted(len(groups), 'campaign'))} of one map, side by side. A notebook is "
            "scored turn by turn against the sealed envelopes; a doctrine is what conduct "
            "resembled, never why a group acted (W14).",
        ),
        tuple(sections),
        "Every figure is that of the group's own debrief; cite the campaigns by the digests "
        f"above. Made by Realpolitik {first.version}.",
    )


def _labels(groups: Sequence[GroupReport]) -> tuple[str, ...]:
    return tuple(f"{one.name} ({one.report.campaign.state or 'nobody'})" for one in groups)


def _notebook(one: GroupReport) -> NotebookScore | None:
    you = one.report.you
    return None if you is None else you.notebook


def _overview(groups: Sequence[GroupReport]) -> Section:
    head = ("group", "led", "seed", "turns", "score", "notebook", "its conduct resembled")
    rows: list[tuple[Text, ...]] = []
    for one in groups:
        campaign, you, noted = one.report.campaign, one.report.you, _notebook(one)
        entry = None if you is None else one.report.states[you.state]
        best = "" if entry is None else percent(share_of(entry))
        rows.append(
            (
                Strong(one.name),
                campaign.state or "nobody",
                f"{campaign.seed}",
                f"{campaign.played}" + ("" if campaign.over else f" of {campaign.turns}"),
                "-" if you is None or you.score is None else f"{you.score:.0f}",
                "-" if noted is None or noted.brier is None else f"{noted.brier:.2f}",
                "-" if entry is None else f"{verdict_words(entry.verdict)} ({best})",
            )
        )
    blocks: list[Block] = [Table("", head, tuple(rows))]
    waiting = [one.name for one in groups if not one.report.campaign.over]
    if waiting:
        blocks.append(
            Paragraph(
                sentence(
                    f"Unfinished: {listed(waiting)}; what is sealed there stays sealed, and no "
                    "notebook is scored"
                ),
                "note",
            )
        )
    return Section("The groups", "groups", tuple(blocks))


def _notebooks(groups: Sequence[GroupReport]) -> Section:
    """Whose notebook was best, beside what each could have known."""
    scored = [
        (one, noted, noted.brier)
        for one in groups
        if (noted := _notebook(one)) is not None and noted.brier is not None
    ]
    if not scored:
        return Section(
            "Whose notebook was best",
            "notebooks",
            (Paragraph("No notebook could be scored: no group finished a campaign of its own."),),
        )
    ranked = sorted(scored, key=lambda row: row[2])
    best, _, least = ranked[0]
    nearest, noted = min(
        ((one, noted) for one, noted, _ in scored),
        key=lambda pair: pair[1].distance if pair[1].distance is not None else 1.0,
    )
    ties = [one.name for one, _, brier in ranked if brier == least]
    words = f"{listed(ties)} had the best notebook, with a Brier score of {least:.2f}"
    if noted.distance is not None and nearest is not best:
        words += f"; {nearest.name} stayed nearest to what it could have known"
    unwritten = scored[0][1].unwritten
    known = tuple(
        noted.brier_seen if noted.brier_seen is not None else noted.brier_archives
        for _, noted, _ in ranked
    )
    chart = Bars(
        "Brier scores",
        "The lower the better. " + words + ".",
        _labels([one for one, _, _ in ranked]),
        (Series("the notebook", tuple(brier for _, _, brier in ranked)),
         Series("what it could have known", known)),
        axis="0: always sure and right",
    )  # fmt: skip
    return Section(
        "Whose notebook was best",
        "notebooks",
        (
            Paragraph(
                (
                    sentence(words) + " ",
                    f"A Brier score is the mean square of what was believed from what was true: 0 "
                    f"is always sure and right, {unwritten} an empty page, 1 always sure and "
                    "wrong. ",
                    Faint("(S10, T13)"),
                )
            ),
            chart,
        ),
    )


def _conduct(groups: Sequence[GroupReport]) -> Section:
    """Which doctrine each group played."""
    played = [
        (one, one.report.states[one.report.you.state])
        for one in groups
        if one.report.you is not None
    ]
    if not played:
        words = "Nobody played in these campaigns: AI states decided for themselves."
        return Section("Which doctrine each group played", "conduct", (Paragraph(words),))
    doctrines = list(dict.fromkeys(name for _, entry in played for name in entry.posterior))
    chart = Bars(
        "What each group's conduct resembled",
        "; ".join(f"{one.name}: {verdict_words(entry.verdict)}" for one, entry in played) + ".",
        _labels([one for one, _ in played]),
        tuple(
            Series(
                capital(title(name)), tuple(entry.posterior.get(name, 0.0) for _, entry in played)
            )
            for name in doctrines
        ),
        percent=True,
        stacked=True,
    )
    cards = []
    for one, entry in played:
        turns: list[Text] = [
            (Strong(f"{row.date}: "), f"{row.deed} {row.resembled}") for row in entry.diagnostic
        ]
        told: Block = (
            Bullets(tuple(turns))
            if turns
            else Paragraph("No turn of it told the two theories apart.", "note")
        )
        cards.append(Card(f"{one.name}: {entry.said}", (told,)))
    return Section(
        "Which doctrine each group played", "conduct", (chart, Folded("The turns", tuple(cards)))
    )


def _fortunes(groups: Sequence[GroupReport]) -> Section:
    """What became of each group's state."""
    led = [one for one in groups if one.report.you is not None]
    if not led:
        words = "There is no group's state to follow."
        return Section("What became of their states", "fortunes", (Paragraph(words),))
    longest = max((one.report.course.dates for one in led), key=len)
    series = []
    for one, label in zip(led, _labels(led), strict=True):
        assert one.report.you is not None
        row = one.report.course.power[one.report.you.state]
        series.append(Series(label, (*row, *([None] * (len(longest) - len(row))))))
    chart = Lines(
        "Each group's share of the world's capability",
        "; ".join(one.report.you.in_short.rstrip(".") for one in led if one.report.you) + ".",
        (*longest[:-1], "end"),
        tuple(series),
        percent=True,
    )
    cards = []
    for one in led:
        you = one.report.you
        assert you is not None
        graver = sorted(you.events, key=lambda event: RANKS.get(event.kind, len(RANKS)))
        events: tuple[Text, ...] = tuple(
            (Strong(f"{event.date}: "), event.text)
            for event in sorted(graver[:GREATEST], key=lambda event: event.turn)
        )
        blocks: list[Block] = [Paragraph(you.in_short)]
        if events:
            blocks.append(Bullets(events))
        cards.append(Card(one.name, tuple(blocks)))
    return Section("What became of their states", "fortunes", (chart, *cards))


def _sources(groups: Sequence[GroupReport]) -> Section:
    items: tuple[Text, ...] = tuple(
        (Strong(f"{one.name}: "), identity(one.report) + ".") for one in groups
    )
    return Section("The campaigns", "campaigns", (Bullets(items),))
