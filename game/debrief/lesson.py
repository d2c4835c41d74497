"""Questions about one campaign for a class, each with its answer: made from the debrief's value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from game.debrief.document_course import date, spoken
from game.debrief.statements import sources
from game.page.blocks import Card, Document, Faint, Paragraph, Section, Strong, Text
from game.words import percent
from game.words.doctrine import title
from game.words.grammar import counted, listed, possessive, sentence
from game.words.phrases import pact_name
from game.words.readings import cited

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the campaign, where to look, and what is expected."""

    asked: str
    look: str
    """The section of the debrief in which the answer can be found."""
    answer: tuple[Text, ...]


def questions(report: Report) -> tuple[Question, ...]:
    """The questions that this campaign can answer, from what happened to what it may mean."""
    makers: tuple[Callable[[Report], list[Question]], ...] = (
        _leader,
        _feared,
        _diagnostic,
        _pact,
        _war,
        _counts,
        _dilemma,
        _undecided,
        _player,
        _otherwise,
        _resembled,
    )
    return tuple(question for make in makers for question in make(report))


def question_sheet(report: Report) -> Document:
    """The questions alone, to hand out."""
    asked = [
        Paragraph((Strong(f"{number}. "), one.asked, Faint(f" (see: {one.look})")))
        for number, one in enumerate(questions(report), start=1)
    ]
    return Document(
        f"Questions: {report['campaign']['title']}",
        (
            "Answer from the debrief of this campaign. Name the turn that you rely on; say which "
            "claim of the paper it bears on, and whether it bears it out.",
        ),
        (Section("Questions", "questions", tuple(asked)),),
        "Made by Realpolitik from this campaign alone; the answers are in a file of their own.",
    )


def answer_sheet(report: Report) -> Document:
    """The answers, with the questions before them."""
    told = tuple(
        Card(f"{number}. {one.asked}", tuple(Paragraph(text) for text in one.answer))
        for number, one in enumerate(questions(report), start=1)
    )
    return Document(
        f"Answers: {report['campaign']['title']}",
        ("For the teacher. What a good answer names; others may be as good.",),
        (Section("Questions and answers", "answers", told),),
        "Ids are those of the ledger of claims at the end of the debrief.",
    )


def _because(ids: tuple[str, ...]) -> Faint:
    return Faint(f" ({cited(ids)})")


def _leader(report: Report) -> list[Question]:
    power = report["course"]["power"]
    first = max(power, key=lambda state: power[state][0] or 0)
    last = max(power, key=lambda state: power[state][-1] or 0)
    began, ended = percent(power[first][0] or 0), percent(power[last][-1] or 0)
    led = spoken(report, first)
    same = "the same state" if first == last else spoken(report, last)
    return [
        Question(
            "Which state was the strongest at the start, and which at the end? Was there a time at "
            "which one state held a third of the world's capability?",
            "Power and threat over time",
            (
                (
                    sentence(f"{led} at the start ({began}); {same} at the end ({ended})") + " ",
                    _thirds(report),
                    _because(("W1", "H1")),
                ),
            ),
        )
    ]


def _thirds(report: Report) -> str:
    power, dates = report["course"]["power"], report["course"]["dates"]
    held = []
    for state, row in power.items():
        since = [at for at, value in enumerate(row) if (value or 0) >= 1 / 3]
        if since:
            held.append(f"{spoken(report, state)} from {dates[since[0]]}")
    if not held:
        return "Nobody ever held a third."
    return sentence(f"a third was held by {listed(held)}")


def _feared(report: Report) -> list[Question]:
    """A state to which the strongest and the most threatening were not the same."""
    feared = report["course"]["feared"]
    best: tuple[int, str, str, str, int] | None = None
    for state in report["states"]:
        apart: dict[tuple[str, str], list[int]] = {}
        for moment, (power, threat) in enumerate(
            zip(feared["BOP"][state], feared["BOT"][state], strict=True), start=1
        ):
            if power and threat and power != threat:
                apart.setdefault((power, threat), []).append(moment)
        for (power, threat), moments in apart.items():
            if best is None or len(moments) > best[0]:
                best = (len(moments), state, power, threat, moments[0])
    if best is None:
        return []
    count, state, power, threat, since = best
    entry = report["states"][state]
    own = [
        treaty
        for treaty in report["course"]["treaties"]
        if state in treaty["parties"] and treaty["binding"] and treaty["against"]
    ]
    against = [treaty["against"] for treaty in own]
    return [
        Question(
            f"Whom had {spoken(report, state)} most to fear by balance of power, and whom by "
            f"balance of threat? Against which of the two did it bind itself?",
            "Who had most to fear of whom; Alliances",
            (
                (
                    f"By power {spoken(report, power)}, by threat {spoken(report, threat)}: so it "
                    f"was from {date(report, since)} and at {count} moments in all.",
                    _because(("W1", "T2")),
                ),
                (
                    f"Of its pacts to fight {against.count(power)} named "
                    f"{spoken(report, power)} and {against.count(threat)} "
                    f"{spoken(report, threat)}. "
                    f"Its conduct resembled {_verdict(entry)}.",
                ),
            ),
        )
    ]


def _verdict(entry: Mapping[str, Any]) -> str:
    words = {"UNDECIDED": "no doctrine for sure", "CHANCE": "nothing that can be told from chance"}
    return words.get(entry["verdict"], title(entry["verdict"]))


def _diagnostic(report: Report) -> list[Question]:
    """The most telling turn of a state for either theory."""
    made = []
    for theory, rival in (("BOP", "BOT"), ("BOT", "BOP")):
        rows = [
            row
            for entry in report["states"].values()
            for row in entry["diagnostic"]
            if row["probability"][theory] > row["probability"][rival]
        ]
        if not rows:
            continue
        row = max(rows, key=lambda one: one["probability"][theory] - one["probability"][rival])
        readings = row["readings"]
        made.append(
            Question(
                f"{row['date']}: {row['deed']} Which of the two theories would have led one to "
                "expect this, and what would the other have expected? Give the reason that each "
                "would name.",
                "State by state",
                (
                    readings["BOP"]["sentence"],
                    readings["BOT"]["sentence"],
                    (row["resembled"], sources(row)),
                ),
            )
        )
    return made


def _pact(report: Report) -> list[Question]:
    """The pact against an adversary that stood longest."""
    course = report["course"]
    end = len(course["moments"])
    pacts = [one for one in course["treaties"] if one["binding"] and one["against"]]
    if not pacts:
        return []
    longest = max(pacts, key=lambda one: (one["to"] or end) - one["from"])
    parties, foe = longest["parties"], longest["against"]
    lenses = {}
    for lens in ("BOP", "BOT"):
        rows = course["feared"][lens]
        moments = range(longest["from"] - 1, longest["to"] or end)
        lenses[lens] = [
            f"{spoken(report, party)} at {sum(rows[party][at] == foe for at in moments)} of "
            f"{len(moments)} moments"
            for party in parties
            if party in rows
        ]
    who = listed(spoken(report, party) for party in parties)
    whose = f"{spoken(report, foe)} was most to be feared"
    until = "to the end" if longest["to"] is None else f"to {date(report, longest['to'])}"
    return [
        Question(
            f"The {pact_name(longest['obligations'])} of {who} against {spoken(report, foe)} stood "
            "longer than any other of its kind. Did its parties share a fear? Under which reading, "
            "and did the pact end when the fear did?",
            "Alliances; Who had most to fear of whom",
            (
                (
                    f"It stood from {date(report, longest['from'])} {until}. "
                    f"{sentence(f'{whose} by threat for ' + listed(lenses['BOT']))} "
                    f"{sentence('by power for ' + listed(lenses['BOP']))}",
                    _because(("W8", "S6", "T2")),
                ),
            ),
        )
    ]


def _war(report: Report) -> list[Question]:
    """The largest war."""
    wars = report["course"]["wars"]
    if not wars:
        return [
            Question(
                "There was no war in this campaign. Do the alliances that were signed explain it?",
                "Alliances; Wars",
                (
                    (
                        "They may or may not: alliances as such may neither prevent wars nor make "
                        "them. A good answer asks what would have to be compared.",
                        _because(("S14",)),
                    ),
                ),
            )
        ]
    war = max(wars, key=lambda one: (len(one["attackers"]) + len(one["defenders"]), -one["from"]))
    joined = [
        one for one in (*war["attackers"], *war["defenders"]) if one not in (war["by"], war["on"])
    ]
    pledged = [
        f"{listed(spoken(report, party) for party in treaty['parties'])}"
        for treaty in report["course"]["treaties"]
        if treaty["binding"]
        and treaty["from"] <= war["from"]
        and (treaty["to"] is None or treaty["to"] >= war["from"])
        and {war["by"], war["on"]} & set(treaty["parties"])
    ]
    came = listed(spoken(report, one) for one in joined) or "nobody"
    bound = "; ".join(dict.fromkeys(pledged)) or "nobody"
    return [
        Question(
            f"In {date(report, war['from'])} {spoken(report, war['by'])} went to war with "
            f"{spoken(report, war['on'])}. Who was bound to fight beside either of them, who came "
            "in, and what does that say of what a signature is worth?",
            "Wars; Alliances",
            (
                (
                    f"Pacts to fight of either that stood then: {bound}. "
                    f"{sentence(f'{came} came in')}",
                    _because(("T14", "S11", "S14")),
                ),
            ),
        )
    ]


def _counts(report: Report) -> list[Question]:
    states = report["states"].values()
    totals = {
        lens: {
            kind: sum(entry[kind][lens] for entry in states) for kind in ("balanced", "bandwagoned")
        }
        for lens in ("BOP", "BOT")
    }
    told = [
        f"by {'power' if lens == 'BOP' else 'threat'} {row['balanced']} to {row['bandwagoned']}"
        for lens, row in totals.items()
    ]
    return [
        Question(
            "Did states balance more than they bandwagoned? Does the answer depend on which of the "
            "two theories says whom they had most to fear?",
            "Balancing, bandwagoning, appeasement",
            (
                (
                    f"Balancing to bandwagoning: {listed(told)}. Whoever counts by the reading "
                    "that a state did not share counts its balancing wrongly.",
                    _because(("S4", "T7", "H4")),
                ),
            ),
        )
    ]


def _dilemma(report: Report) -> list[Question]:
    """Whose insecurity moved most while the leader in threat grew."""
    insecurity = report["course"]["insecurity"]["BOT"]
    moved = {
        state: (row[0], row[-1])
        for state, row in insecurity.items()
        if row and row[0] is not None and row[-1] is not None
    }
    if not moved:
        return []
    worst = max(moved, key=lambda state: moved[state][1] - moved[state][0])
    before, after = moved[worst]
    whom = spoken(report, worst)
    if after <= before:
        return []
    return [
        Question(
            "By balance of threat one state was a good deal less secure at the end than at the "
            "start. Which one, and what had the others done that frightened it? Did they mean to?",
            "Power and threat over time; Alliances; Wars",
            (
                (
                    sentence(f"{whom}: what it faced rose from {before:.2f} to {after:.2f}"),
                    " What makes one state safe makes the next one uneasy, and intentions are "
                    "never known for certain.",
                    _because(("S9", "S10")),
                ),
            ),
        )
    ]


def _undecided(report: Report) -> list[Question]:
    missed = [
        (state, entry)
        for state, entry in report["states"].items()
        if entry["verdict"] in ("UNDECIDED", "CHANCE")
        or (entry.get("doctrine") and entry["doctrine"] != entry["verdict"])
    ]
    if not missed:
        return []
    state, entry = missed[0]
    ranked = sorted(entry["posterior"].items(), key=lambda pair: -pair[1])[:2]
    shares = listed(f"{title(doctrine)} {percent(share)}" for doctrine, share in ranked)
    held = f" Its envelope held {title(entry['doctrine'])}." if entry.get("doctrine") else ""
    return [
        Question(
            f"The debrief was not sure of {spoken(report, state)}, or was mistaken. What would it "
            "have had to do to be told apart, and in which turn could it have done so?",
            "Verdicts; State by state",
            (
                (
                    f"The belief was shared between {shares}.{held} Look for a turn in which the "
                    "two readings name different states to be feared.",
                    _because(("W14", "S4")),
                ),
            ),
        )
    ]


def _player(report: Report) -> list[Question]:
    you = report["you"]
    if you is None:
        return []
    entry = report["states"][you["state"]]
    answer: Text = (
        f"{entry['said']} It rests on imputed beliefs: what public events would have taught.",
        _because(("W14", "T13")),
    )
    whose = possessive(spoken(report, you["state"]))
    return [
        Question(
            f"Which theory did {whose} own conduct resemble? Did its player think so in play?",
            "You",
            (answer,),
        )
    ]


def _otherwise(report: Report) -> list[Question]:
    rows = [
        (state, row)
        for state, entry in report["states"].items()
        for row in entry["otherwise"]
        if not row["same"]
    ]
    if not rows:
        return []
    state, row = min(rows, key=lambda pair: pair[1]["probability"])
    return [
        Question(
            f"Suppose {spoken(report, state)} had followed {title(row['doctrine'])}. What would it "
            f"most likely have done in {row['date']}, and what might have come of it?",
            "What if: counterfactuals",
            ((row["text"], sources(row)), "What might have come of it is for the class to argue."),
        )
    ]


def _resembled(report: Report) -> list[Question]:
    count = counted(len(report["states"]), "state")
    return [
        Question(
            f"The debrief judges {count} and says each time what conduct resembled, never that a "
            "state acted because of a theory. Why not? What would have to be known to say more?",
            "How this was inferred",
            (
                (
                    "Waltz's theory does \"not purport to explain or predict what individual "
                    'states will do": it is about what the system rewards. Another doctrine may '
                    "lead to the same acts; a cause would need what nobody could see.",
                    _because(("W14", "S10")),
                ),
            ),
        )
    ]
