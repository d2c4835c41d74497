"""The debrief as a document: from the report alone, to be written as a page or as Markdown."""

import re
from collections.abc import Iterable

from game.debrief.citation import foot
from game.debrief.document_course import course_sections
from game.debrief.document_odds import odds_section
from game.debrief.document_player import player_section
from game.debrief.document_reruns import counterfactual_section
from game.debrief.document_states import counts_section, exponents_sections, states_section
from game.debrief.document_verdicts import verdicts_section
from game.debrief.report_types import Report
from game.debrief.verdict_record import record_table
from game.page.blocks import (
    Document,
    Link,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from game.words.claims import CLAIMS
from game.words.grammar import counted, sentence

METHOD = (
    "From conduct alone, and blind: nothing sealed was read before a verdict was given. The "
    "archives are open, secret treaties, offers and answers too. What is scored is whom a state "
    "named, courted, answered and stood by, given that it acted, among those that stood open. Whom "
    "it named anew and with whom is one choice; to whom it offered something before in the same "
    "turn stands open no more. How often it acted tells nothing, and what it only kept up counts "
    "once in four turns.",
    "How much kinship, strength, distance, habit, money and a standing treaty count is free, and "
    "is fitted for each state: each may weigh a little. A hypothesis says that one thing weighs "
    "much: by the two theories, the danger that their lens shows, whether a state reckons what "
    "each pact is worth or only stands against the most dangerous with the least; by none of "
    "these, any one plain figure. A doctrine is named only if what it expects is also what was "
    "done. By the lens alone means by whom a state stood against, as each lens shows danger, and "
    "nothing else. What a state believed of others is rebuilt from public events, starting from "
    "the map.",
    "A verdict needs a posterior of 80%. Below it there is not enough evidence, and that is a "
    "verdict too. Where nothing sets a state's conduct apart from dice, it cannot be told from "
    "chance.",
    "The exponents of a lens come from the same choices. Lenses are held against them in which "
    "each factor counts in full, doubly, not at all or in reverse, and power by half, in full or "
    "by half more, among all states or poles alone; what they show counts as in the theories, by "
    "weights that are free. All are equally likely at first. An interval is the shortest that "
    "holds 90% of what is then likely, where the evidence counts for three quarters, for what a "
    "state chooses in one campaign is often the same choice again; between the lenses tried it is "
    "interpolated, and beyond the last of them it is unbounded. In nine campaigns of the game "
    "itself, of 30 turns on two maps, 90% of 192 intervals of great powers held the true exponent; "
    "four in five were unbounded on one side.",
    "A diagnostic turn is one in which the two theories disagreed most about what was then done. "
    "Its percentages are how likely each theory, with its own weights and the common noise, made "
    "that choice among all that were open.",
    "Balancing is counted under both readings: to bind oneself, by one's own offer or acceptance, "
    "against the state that one had most to fear. Bandwagoning is to bind oneself with it; "
    "appeasement to promise it peace or neutrality and no more.",
    "The verdict says what conduct resembled, never that a state acted because of a theory: the "
    'theory does "not purport to explain or predict what individual states will do" (W14, p. 49).',
)
RECORDED = (
    "How often verdicts were right when this was last measured, after 30 turns on the shipped maps "
    "and on generated ones. The shares of the game's own states check the code: they say nothing "
    "of conduct that the game's rules do not know. Of a rule that is not the game's, a verdict is "
    "right if it names the doctrine that the rule comes to; most rules come to none. States of the "
    "game that follow neither theory are not in the table: those that join the strongest, side "
    "with their kind or shun alliances mostly stay undecided, for they show little of it."
)
SOURCE = (
    "Pages are those of Dar, ul Haq and Khan 2017, Alliances in International Politics (KIJAHS "
    "4(3), pp. 44-51), from which the ledger of claims is drawn; other sources are named with "
    "their claims."
)


def document(report: Report) -> Document:
    """The whole debrief. Everything in it is in the report."""
    campaign = report.campaign
    made = verdicts_section(report)
    odds = odds_section(report)
    sections = [made, *([odds] if odds is not None else []), states_section(report)]
    sections += exponents_sections(report)
    sections += course_sections(report)
    sections.append(counts_section(report))
    you = player_section(report)
    if you is not None:
        sections.append(you)
    sections.append(counterfactual_section(report))
    sections += [_method(), _ledger(sections)]
    return Document(
        title=f"Debrief: {campaign.title}",
        lead=lead(report),
        sections=tuple(sections),
        foot=foot(report),
    )


def lead(report: Report) -> tuple[Text, ...]:
    """What campaign it was, and what the page is."""
    campaign = report.campaign
    played, turns = campaign.played, campaign.turns
    if not played:
        span = "Nothing was played yet, so there is nothing to judge."
    else:
        span = (
            f"{counted(played, 'turn')}, {campaign.first} to {campaign.last}"
            if played > 1
            else f"One turn, {campaign.first}"
        )
    who = f"played as {campaign.state}" if campaign.state else "AI against AI"
    first: Text = sentence(f"{span}, {who}" if played else span)
    rows: list[Text] = [first]
    if not campaign.over:
        rows.append(
            f"The campaign is unfinished: turn {played} of {turns}. This debriefs what there is; "
            "every verdict may still change."
        )
    if campaign.note:
        rows.append(campaign.note)
    rows.append(
        "Which theory did each state's conduct resemble? The verdicts come from what was done, "
        "blind; "
        + (
            "the sealed envelopes were opened afterwards and stand beside them."
            if report.opened
            else "the envelopes stay sealed."
        )
    )
    return tuple(rows)


def _method() -> Section:
    return Section(
        "How this was inferred",
        "method",
        (*(Paragraph(words) for words in METHOD), Paragraph(RECORDED), record_table()),
    )


def _ledger(sections: Iterable[Section]) -> Section:
    """The claims that the document cites, with their sources."""
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (Strong(id), claim, source)
        for id, (claim, source) in CLAIMS.items()
        if _cites(sections, id)
    )
    return Section(
        "The claims that are cited",
        "ledger",
        (
            Paragraph(
                (
                    "Ids are those of the game's ledger: S what both theories share, W Waltz's, T "
                    f"Walt's, H what has been measured. {SOURCE} See also ",
                    Link("how this was inferred", "method"),
                    ".",
                )
            ),
            Table("", ("id", "claim", "source"), rows),
        ),
    )


def _cites(sections: Iterable[Section], id: str) -> bool:
    pattern = re.compile(rf"\b{id}\b")
    return any(pattern.search(repr(section.blocks)) for section in sections)
