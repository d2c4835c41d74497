"""The debrief as a document: from its value alone, to be written as a page or as Markdown."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from game.debrief.document_course import course_sections, date
from game.debrief.document_player import player_section
from game.debrief.document_reruns import counterfactual_section
from game.debrief.statements import evidence_blocks, interval
from game.page.blocks import (
    Bars,
    Block,
    Card,
    Document,
    Faint,
    Grid,
    Lines,
    Link,
    Paragraph,
    Point,
    Section,
    Series,
    Strong,
    Table,
    Text,
    Whiskers,
)
from game.words import percent
from game.words.claims import CLAIMS
from game.words.grammar import counted, sentence, with_article
from game.words.verdict_sentences import compared, title

Report = Mapping[str, Any]

SPAN = (-1.0, 3.0)
"""The part of the exponents' axis that is drawn."""
THEORIES = ("BOP", "BOT")
THE_TWO = (
    "Balance of power (Waltz): a state fears the strongest, wherever it is, and helps the weaker "
    "side. Balance of threat (Walt): it fears whoever is strong, near, armed for attack and "
    "believed hostile. The others stand beside them so that either is a finding and not an "
    "assumption: solidarity sides with its own kind, bandwagoning with the strongest, isolation "
    "with nobody, and chance is dice. The posterior is the share of belief, of 100%, that the "
    "evidence leaves to a doctrine; 80% make a verdict. More in "
)
HOW_TO_READ = (
    "Of each state, the turns on which the two theories disagreed most about what was then done. "
    "The percentage after a theory is how likely it made that choice among all that were open; "
    "beside it stands what counted most in its own reckoning. In brackets are the turn and the "
    "ids of the claims that a reason rests on: see "
)
SURE = 0.8
"""The posterior from which a verdict is given."""
METHOD = (
    "From conduct alone, and blind: nothing sealed was read before a verdict was given. The "
    "archives are open, secret treaties, offers and answers too. Every choice that a state made is "
    "set against what each doctrine would have made of the same public facts and the same menu.",
    "What cannot be known of a state (its noise, that is how often it strays from what it would "
    "rather do; its ambition; how much it cares for other things; how dearly it takes a partner's "
    "quarrels) is integrated over, so that odd habits lead to a modest verdict and not to a sure "
    "wrong one. By the lens alone means that every lens was given the same weights: what a "
    "doctrine cares for beside danger then tells nothing. What a state believed of others is "
    "rebuilt from public events, starting from the map.",
    "A verdict needs a posterior of 80%. Below it there is not enough evidence, and that is a "
    "verdict too. Where nothing sets a state's conduct apart from dice, it cannot be told from "
    "chance.",
    "A diagnostic turn is one in which the two theories disagreed most about what was then done. "
    "Its percentages are how likely each theory, with its own weights and the common noise, made "
    "that choice among all that were open.",
    "Balancing is counted under both readings: to bind oneself, by one's own offer or acceptance, "
    "against the state that one had most to fear. Bandwagoning is to bind oneself with it; "
    "appeasement to promise it peace or neutrality and no more.",
    "The verdict says what conduct resembled, never that a state acted because of a theory: the "
    'theory does "not purport to explain or predict what individual states will do" (W14, p. 49).',
)
SOURCE = (
    "Pages are those of Dar, ul Haq and Khan 2017, Alliances in International Politics (KIJAHS "
    "4(3), pp. 44-51), from which the ledger of claims is drawn; other sources are named with "
    "their claims."
)


def document(report: Report, atlas_title: str = "") -> Document:
    """The whole debrief. Everything in it is in the report."""
    campaign = report["campaign"]
    made = _verdicts(report)
    sections = [made, _states(report)]
    sections += _exponents(report)
    sections += course_sections(report)
    sections.append(_counts(report))
    you = player_section(report)
    if you is not None:
        sections.append(you)
    sections.append(counterfactual_section(report))
    sections += [_method(report), _ledger(sections)]
    return Document(
        title=f"Debrief: {atlas_title or campaign['title']}",
        lead=(
            *lead(report),
            Faint(f"Realpolitik, map {campaign['map']}, seed {campaign['seed']}."),
        ),
        sections=tuple(sections),
    )


def lead(report: Report) -> tuple[Text, ...]:
    """What campaign it was, and what the page is."""
    campaign = report["campaign"]
    played, turns = campaign["played"], campaign["turns"]
    if not played:
        span = "Nothing was played yet, so there is nothing to judge."
    else:
        span = (
            f"{counted(played, 'turn')}, {campaign['first']} to {campaign['last']}"
            if played > 1
            else f"One turn, {campaign['first']}"
        )
    who = f"played as {campaign['state']}" if campaign["state"] else "AI against AI"
    first: Text = sentence(f"{span}, {who}" if played else span)
    rows: list[Text] = [first]
    if not campaign["over"]:
        rows.append(
            f"The campaign is unfinished: turn {played} of {turns}. This debriefs what there is; "
            "every verdict may still change."
        )
    if campaign.get("note"):
        rows.append(campaign["note"])
    opened = any("doctrine" in entry for entry in report["states"].values())
    rows.append(
        "Which theory did each state's conduct resemble? The verdicts come from what was done, "
        "blind; "
        + (
            "the sealed envelopes were opened afterwards and stand beside them."
            if opened
            else "the envelopes stay sealed."
        )
    )
    return tuple(rows)


# verdicts


def _verdicts(report: Report) -> Section:
    states = report["states"]
    opened = any("doctrine" in entry for entry in states.values())
    lens = any(entry.get("lens_posterior") for entry in states.values())
    head = ["state", "its conduct resembled", "posterior"]
    head += ["by the lens alone"] if lens else []
    head += ["decisions", "sure since"] + (["envelope"] if opened else [])
    rows: list[tuple[Text, ...]] = []
    for state, entry in states.items():
        best = max(entry["posterior"], key=lambda name: entry["posterior"][name])
        row: list[Text] = [
            (Strong(entry["name"]), " (you)")
            if state == report["player"]
            else Strong(entry["name"]),
            verdict_words(entry["verdict"]),
            percent(entry["posterior"][best]),
        ]
        if lens:
            row.append(_by_lens(entry))
        row += [f"{entry['decisions']}", settled(report, entry)]
        if opened:
            row.append(envelope_words(report, state))
        rows.append(tuple(row))
    blocks: list[Block] = [
        Paragraph((THE_TWO, Link("How this was inferred", "method"), ".")),
        Table("", tuple(head), tuple(rows)),
    ]
    if opened:
        blocks.append(Paragraph(_tally(report)))
    names = list(next(iter(states.values()))["posterior"]) if states else []
    if states:
        blocks.append(
            Bars(
                "What each state's conduct resembled",
                "For every state, how the belief of 100% is shared among the doctrines: "
                + "; ".join(entry["said"].rstrip(".") for entry in states.values())
                + ".",
                tuple(entry["name"] for entry in states.values()),
                tuple(
                    Series(
                        _capital(title(name)),
                        tuple(entry["posterior"][name] for entry in states.values()),
                    )
                    for name in names
                ),
                percent=True,
                stacked=True,
            )
        )
        blocks += _certainty(report)
    return Section("Verdicts", "verdicts", tuple(blocks))


def verdict_words(verdict: str) -> str:
    """A verdict in a table's cell."""
    known = {"UNDECIDED": "undecided: not enough evidence", "CHANCE": "nothing but chance"}
    return known.get(verdict, title(verdict))


def envelope_words(report: Report, state: str) -> Text:
    """What the envelope held, and whether conduct resembled it."""
    entry = report["states"][state]
    sealed = entry.get("doctrine")
    if sealed is None:
        return "(yours)" if state == report["player"] else "-"
    if entry["verdict"] in ("UNDECIDED", "CHANCE"):
        return title(sealed)
    return "the same" if entry["verdict"] == sealed else title(sealed)


def _by_lens(entry: Mapping[str, Any]) -> str:
    made: Mapping[str, float] = entry.get("lens_posterior") or {}
    if not made:
        return "-"
    best = max(made, key=lambda name: made[name])
    seen = {"BOP": "power", "BOT": "threat", "RANDOM": "neither"}
    return f"{seen.get(best, title(best))}, {percent(made[best])}"


def settled(report: Report, entry: Mapping[str, Any]) -> str:
    """The date from which the verdict no longer changed."""
    verdict = "RANDOM" if entry["verdict"] == "CHANCE" else entry["verdict"]
    since = ""
    for turn, row in entry["by_turn"].items():
        sure = row.get(verdict, 0.0) >= SURE
        since = (since or date(report, int(turn))) if sure else ""
    return since or "-"


def _tally(report: Report) -> Text:
    judged = [
        entry
        for entry in report["states"].values()
        if entry.get("doctrine") and entry["verdict"] != "UNDECIDED"
    ]
    right = sum(
        entry["doctrine"] == ("RANDOM" if entry["verdict"] == "CHANCE" else entry["verdict"])
        for entry in judged
    )
    waiting = sum(
        entry["verdict"] == "UNDECIDED" and bool(entry.get("doctrine"))
        for entry in report["states"].values()
    )
    said = f"Of {counted(len(judged), 'verdict')}, {right} named what the envelope held"
    if not judged:
        said = "no verdict could be given that an envelope could be held against"
    if waiting:
        said += f"; for {counted(waiting, 'state')} the evidence was not enough"
    return sentence(said)


def _certainty(report: Report) -> list[Block]:
    """How sure the evidence was, turn by turn: the share of belief in the final best doctrine."""
    states = report["states"]
    moments = report["course"]["moments"][:-1]
    if len(moments) < 2:
        return []
    shown = [state for state, entry in states.items() if entry["great"]] or list(states)
    series = []
    for state in shown:
        entry = states[state]
        best = max(entry["posterior"], key=lambda name: entry["posterior"][name])
        held: float | None = None
        values = []
        for turn in moments:
            row = entry["by_turn"].get(str(turn))
            held = row[best] if row is not None else held
            values.append(held)
        series.append(Series(entry["name"], tuple(values)))
    return [
        Lines(
            "How sure the evidence was, turn by turn",
            "For each great power, the belief, by each turn, in the doctrine that its conduct "
            "resembled in the end; a verdict needs 80%.",
            tuple(report["course"]["dates"][: len(moments)]),
            tuple(series),
            percent=True,
            top=1.0,
            mark=0.8,
        )
    ]


# states


def _states(report: Report) -> Section:
    return Section(
        "State by state",
        "states",
        (
            Paragraph((HOW_TO_READ, Link("the claims that are cited", "ledger"), ".")),
            *(_card(report, state) for state in report["states"]),
        ),
        new_page=True,
    )


def _card(report: Report, state: str) -> Card:
    entry = report["states"][state]
    blocks: list[Block] = [Paragraph(entry["gloss"])]
    if state == report["player"]:
        words = "You led it, so this rests on imputed beliefs. The turns that told it stand under "
        blocks.append(Paragraph((words, Link("You", "you"), "."), "note"))
    if entry.get("doctrine"):
        blocks.append(
            Paragraph(
                Strong(compared(with_article(entry["name"]), entry["verdict"], entry["doctrine"]))
            )
        )
    if not entry["alive"]:
        blocks.append(Paragraph("It did not live to the end.", "note"))
    if entry["diagnostic"]:
        if state != report["player"]:
            blocks += evidence_blocks(entry)
    else:
        blocks.append(Paragraph("No turn of it told the two theories apart.", "note"))
    blocks.append(Paragraph((counted_words(entry), " ", Faint("(S4, T5, T7)"))))
    return Card(entry["said"].rstrip("."), tuple(blocks))


def counted_words(entry: Mapping[str, Any]) -> str:
    """The counts of a state in a sentence."""
    return (
        f"{counted(entry['decisions'], 'decision')}. It bound itself against the state that it had "
        f"most to fear {_by_both(entry['balanced'])}; with that state "
        f"{_by_both(entry['bandwagoned'])}; and promised it peace or neutrality "
        f"{_by_both(entry['appeased'])}."
    )


def _by_both(row: Mapping[str, int]) -> str:
    power, threat = row["BOP"], row["BOT"]
    if power == threat:
        return _times(power) + (" by either reading" if power else "")
    return f"{_times(power)} as power names it, {_times(threat)} as threat does"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# exponents


def _exponents(report: Report) -> list[Section]:
    fitted = {
        state: entry
        for state, entry in report["states"].items()
        if any(row["estimate"] is not None for row in entry["exponents"].values())
    }
    if not fitted:
        return []
    charts = []
    rows: list[tuple[Text, ...]] = []
    for entry in fitted.values():
        points = tuple(
            Point(name, row["low"], row["estimate"], row["high"])
            for name, row in entry["exponents"].items()
        )
        charts.append(
            Whiskers(
                entry["name"],
                f"{entry['name']}: "
                + "; ".join(f"{name} {interval(row)}" for name, row in entry["exponents"].items())
                + ".",
                points,
                SPAN,
                mark=1.0,
            )
        )
        told_so = (interval(row) for row in entry["exponents"].values())
        rows.append((Strong(entry["name"]), *told_so))
    return [
        Section(
            "Exponents of the lens",
            "exponents",
            (
                Paragraph(
                    "How much each of the four factors of danger counted in what a state did: 0 is "
                    "not at all, 1 as in balance of threat (1, 1, 1, 1). Balance of power is "
                    "(1, 0, 0, 0). Estimates by maximum likelihood with 90% profile intervals; "
                    "where an end is unbounded, the evidence does not say (T1, W1)."
                ),
                Table(
                    "Exponents with 90% intervals",
                    ("state", "power", "proximity", "offense", "intentions"),
                    tuple(rows),
                ),
                Grid(tuple(charts)),
            ),
        )
    ]


# counts, method, ledger


def _counts(report: Report) -> Section:
    states = report["states"]
    kinds = ("balanced", "bandwagoned", "appeased")
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            Strong(entry["name"]),
            *(f"{entry[kind][lens]}" for kind in kinds for lens in THEORIES),
        )
        for entry in states.values()
    )
    sums = {
        (kind, lens): sum(entry[kind][lens] for entry in states.values())
        for kind in kinds
        for lens in THEORIES
    }
    return Section(
        "Balancing, bandwagoning, appeasement",
        "counts",
        (
            Paragraph(
                (
                    "Own offers and acceptances, counted under both readings of whom a state had "
                    "most to fear. Together, by threat: "
                    f"{sums['balanced', 'BOT']} to balance, {sums['bandwagoned', 'BOT']} to "
                    f"bandwagon, {sums['appeased', 'BOT']} to appease; by power "
                    f"{sums['balanced', 'BOP']}, {sums['bandwagoned', 'BOP']} and "
                    f"{sums['appeased', 'BOP']}. Both theories expect more balancing ",
                    Faint("(S4, T5, T7)"),
                    ".",
                )
            ),
            Table(
                "Counts by power (P) and by threat (T)",
                ("state", *(f"{kind} {sign}" for kind in kinds for sign in ("P", "T"))),
                rows,
            ),
        ),
    )


def _method(report: Report) -> Section:
    del report
    return Section(
        "How this was inferred",
        "method",
        tuple(Paragraph(words) for words in METHOD),
        new_page=True,
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
