"""Questions about one campaign for a class, each with its answer: made from the debrief's value."""

from collections.abc import Callable
from dataclasses import dataclass

from game.debrief.course import stood
from game.debrief.document_course import date, signed, spoken
from game.debrief.report_types import Report, StateReport, TreatySpan, WarSpan
from game.debrief.statements import sources
from game.page.blocks import Card, Document, Faint, Paragraph, Section, Strong, Text
from game.words import percent
from game.words.doctrine_readings import cited
from game.words.grammar import counted, listed, possessive, sentence
from game.words.phrases import pact_name
from game.words.verdict_sentences import gloss, title

A_GOOD_DEAL = 1.25
"""How many times what it faced at the start makes a state a good deal less secure."""


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
        f"Questions: {report.campaign.title}",
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
        f"Answers: {report.campaign.title}",
        ("For the teacher. What a good answer names; others may be as good.",),
        (Section("Questions and answers", "answers", told),),
        "Ids are those of the ledger of claims at the end of the debrief.",
    )


def _because(ids: tuple[str, ...]) -> Faint:
    return Faint(f" ({cited(ids)})")


def _leader(report: Report) -> list[Question]:
    power = report.course.power
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
    power, dates = report.course.power, report.course.dates
    held = []
    for state, row in power.items():
        turns = [at for at, value in enumerate(row[:-1]) if (value or 0) >= 1 / 3]
        if turns:
            held.append(
                f"{spoken(report, state)} held a third on {len(turns)} of "
                f"{counted(len(row) - 1, 'turn')}, first in {dates[turns[0]]}"
            )
        elif (row[-1] or 0) >= 1 / 3:
            held.append(f"{spoken(report, state)} held a third at the end alone")
    return sentence("; ".join(held)) if held else "Nobody ever held a third."


def _named(report: Report, state: str, foe: str) -> int:
    """How many of a state's pacts to fight named an adversary."""
    return sum(
        state in treaty.parties and treaty.binding and treaty.against == foe
        for treaty in report.course.treaties
    )


def _apart(report: Report) -> tuple[str, str, str, list[int]] | None:
    """A state, the strongest and the most threatening to it where they differ, and the turns.

    One that bound itself against either goes before one that did not, then who has most turns.
    """
    feared = report.course.feared
    found: dict[tuple[str, str, str], list[int]] = {}
    for state in report.states:
        both = zip(feared["BOP"][state][:-1], feared["BOT"][state][:-1], strict=True)
        for turn, (power, threat) in enumerate(both, start=1):
            if power and threat and power != threat:
                found.setdefault((state, power, threat), []).append(turn)
    if not found:
        return None

    def rank(key: tuple[str, str, str]) -> tuple[bool, int]:
        state, power, threat = key
        bound = _named(report, state, power) + _named(report, state, threat)
        return bound > 0, len(found[key])

    best = max(found, key=rank)
    return (*best, found[best])


def _feared(report: Report) -> list[Question]:
    """A state to which the strongest and the most threatening were not the same."""
    best = _apart(report)
    if best is None:
        return []
    state, power, threat, turns = best
    strongest, nearest = spoken(report, power), spoken(report, threat)
    return [
        Question(
            f"Whom had {spoken(report, state)} most to fear by balance of power, and whom by "
            f"balance of threat? Against which of the two did it bind itself?",
            "Who had most to fear of whom; Alliances",
            (
                (
                    f"By power {strongest}, by threat {nearest}: so it was on "
                    f"{counted(len(turns), 'turn')}, first in {date(report, turns[0])}.",
                    _because(("W1", "T2")),
                ),
                _bound(report, state, power, threat),
            ),
        )
    ]


def _bound(report: Report, state: str, power: str, threat: str) -> str:
    """Against whom a state bound itself, and whether its verdict says the same."""
    entry = report.states[state]
    counts = {"BOP": _named(report, state, power), "BOT": _named(report, state, threat)}
    told = [f"{count or 'none'} named" for count in counts.values()]
    said = (
        f"Of its pacts to fight, {told[0]} {spoken(report, power)} and {told[1]} "
        f"{spoken(report, threat)}. Its conduct resembled {_verdict(entry)}"
    )
    other = {"BOP": "BOT", "BOT": "BOP"}.get(entry.verdict)
    if other is None or counts[entry.verdict] >= counts[other]:
        return f"{said}."
    return (
        f"{said}, though this count alone says otherwise: the verdict weighs all its "
        f"{counted(entry.decisions, 'decision')}, what it refused and whom it stood by too."
    )


def _verdict(entry: StateReport) -> str:
    words = {"UNDECIDED": "no doctrine for sure", "CHANCE": "nothing that can be told from chance"}
    return words.get(entry.verdict, title(entry.verdict))


def _diagnostic(report: Report) -> list[Question]:
    """The most telling turn of a state for either theory."""
    made = []
    for theory, rival in (("BOP", "BOT"), ("BOT", "BOP")):
        rows = [
            row
            for entry in report.states.values()
            for row in entry.diagnostic
            if row.probability[theory] > row.probability[rival]
        ]
        if not rows:
            continue
        row = max(rows, key=lambda one: one.probability[theory] - one.probability[rival])
        readings = row.readings
        made.append(
            Question(
                f"{row.date}: {row.deed} Which of the two theories would have led one to "
                "expect this, and what would the other have expected? Give the reason that each "
                "would name.",
                "State by state",
                (
                    readings["BOP"].sentence,
                    readings["BOT"].sentence,
                    (row.resembled, sources(row)),
                ),
            )
        )
    return made


def _pact(report: Report) -> list[Question]:
    """The pact against an adversary that stood longest."""
    course = report.course
    end = len(course.moments)
    pacts = [one for one in course.treaties if one.binding and one.against]
    if not pacts:
        return []
    longest = max(pacts, key=lambda one: (one.until or end) - one.since)
    parties, foe = longest.parties, longest.against
    lenses = {}
    for lens in ("BOP", "BOT"):
        rows = course.feared[lens]
        turns = range(longest.since - 1, max(longest.since, longest.until or end - 1))
        lenses[lens] = [
            f"{spoken(report, party)} on {sum(rows[party][at] == foe for at in turns)} of "
            f"{counted(len(turns), 'turn')}"
            for party in parties
            if party in rows
        ]
    who = listed(spoken(report, party) for party in parties)
    whose = f"{spoken(report, foe)} was most to be feared"
    since = signed(report, longest)
    began = f"was signed in {since}" if since else "stood from the start"
    return [
        Question(
            f"The {pact_name(longest.obligations)} of {who} against {spoken(report, foe)} stood "
            "as long as any of its kind. Did its parties share a fear? Under which reading, and "
            "did the pact end when the fear did?",
            "Alliances; Who had most to fear of whom",
            (
                (
                    f"It {began} and {_ended(report, longest)} "
                    + sentence(
                        f"{whose}, by threat, for {listed(lenses['BOT'])}; by power, for "
                        f"{listed(lenses['BOP'])}"
                    ),
                    _because(("W8", "S6", "T2")),
                ),
            ),
        )
    ]


def _ended(report: Report, pact: TreatySpan) -> str:
    """When a pact ended, and whether the fear did too."""
    if pact.until is None:
        return "still stood at the end."
    foe = pact.against
    rows = report.course.feared["BOT"]
    still = [party for party in pact.parties if party in rows and rows[party][pact.until] == foe]
    whose = listed(spoken(report, party) for party in still) or "none of them"
    return (
        f"ended in {date(report, pact.until)}; afterwards {spoken(report, foe)} was most to be "
        f"feared, by threat, for {whose}."
    )


def _war(report: Report) -> list[Question]:
    """The largest war."""
    wars = report.course.wars
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
    war = max(wars, key=lambda one: (len(one.attackers) + len(one.defenders), -one.since))
    return [
        Question(
            f"In {date(report, war.since)} {spoken(report, war.by)} went to war with "
            f"{spoken(report, war.on)}. Who was bound to fight beside either of them, who came "
            "in, and what does that say of what a signature is worth?",
            "Wars; Alliances",
            ((_sides(report, war), _because(("T14", "S11", "S14"))),),
        )
    ]


def _sides(report: Report, war: WarSpan) -> str:
    """Who was bound to fight in a war on either side, who came in, and who stayed out."""
    told = []
    for leader, foe, side in (
        (war.by, war.on, war.attackers),
        (war.on, war.by, war.defenders),
    ):
        bound = [
            party
            for party in report.names
            if party not in (leader, foe)
            and any(
                treaty.binding
                and {leader, party} <= set(treaty.parties)
                and treaty.against in (None, foe)
                and stood(treaty, war.since)
                for treaty in report.course.treaties
            )
        ]
        came = [party for party in side if party != leader]
        names = [listed(spoken(report, one) for one in some) or "nobody" for some in (bound, came)]
        told.append(
            f"Bound by a pact to fight beside {spoken(report, leader)} in this war: {names[0]}; "
            f"on its side came in: {names[1]}."
        )
    return " ".join(told)


def _counts(report: Report) -> list[Question]:
    states = report.states.values()
    told = []
    for lens, words in (("BOP", "power"), ("BOT", "threat")):
        balanced = sum(entry.balanced[lens] for entry in states)
        bandwagoned = sum(entry.bandwagoned[lens] for entry in states)
        told.append(f"by {words} {balanced} to {bandwagoned}")
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
    insecurity = report.course.insecurity["BOT"]
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
    if after < A_GOOD_DEAL * before:
        return []
    return [
        Question(
            "By balance of threat one state was a good deal less secure at the end than at the "
            "start. Which one, and what had the others done that frightened it? Did they mean to?",
            "Power and threat over time; Alliances; Wars",
            (
                (
                    sentence(f"{whom}: what it faced rose from {before:.2f} to {after:.2f}"),
                    f" {_frightened(report, worst)}",
                    " What makes one state safe makes the next one uneasy, and intentions are "
                    "never known for certain.",
                    _because(("S9", "S10")),
                ),
            ),
        )
    ]


def _frightened(report: Report, state: str) -> str:
    """Of whom a state had most to fear at the end, and what that one's figures had done."""
    course = report.course
    whom = course.feared["BOT"][state][-1]
    if whom is None:
        return ""
    began, ended = (percent(course.power[whom][at] or 0) for at in (0, -1))
    moved = f"went from {began} to {ended}" if began != ended else f"stayed at {ended}"
    named = sum(
        stood(treaty, len(course.moments)) and treaty.against == state for treaty in course.treaties
    )
    fought = sum(state in (*war.attackers, *war.defenders) for war in course.wars)
    pacts = counted(named, "pact") if named else "no pact"
    wars = counted(fought, "war") if fought else "no war"
    return (
        f"At the end it had most to fear of {spoken(report, whom)}, whose share of capability "
        f"{moved}; {pacts} then named it as adversary, and it had fought {wars}."
    )


def _undecided(report: Report) -> list[Question]:
    missed = [
        (state, entry)
        for state, entry in report.states.items()
        if entry.verdict in ("UNDECIDED", "CHANCE")
        or (entry.doctrine and entry.doctrine != entry.verdict)
    ]
    if not missed:
        return []
    state, entry = missed[0]
    ranked = sorted(entry.posterior.items(), key=lambda pair: -pair[1])[:2]
    shares = listed(f"{title(doctrine)} {percent(share)}" for doctrine, share in ranked)
    unsure = entry.verdict in ("UNDECIDED", "CHANCE")
    fault = "was not sure of" if unsure else "was mistaken about"
    held = f" Its envelope held {title(entry.doctrine)}." if entry.doctrine else ""
    return [
        Question(
            f"The debrief {fault} {spoken(report, state)}. What would it have had to do for its "
            "conduct to tell, and in which turn could it have done so?",
            "Verdicts; State by state",
            (
                (
                    f"The belief was shared between {shares}.{held} {_told_apart(ranked)}",
                    _because(("W14", "S4")),
                ),
            ),
        )
    ]


def _told_apart(ranked: list[tuple[str, float]]) -> str:
    """Where to look for a turn that would have told the two likeliest doctrines apart."""
    first, second = (doctrine for doctrine, _ in ranked)
    if {first, second} == {"BOP", "BOT"}:
        return "Look for a turn on which the two readings name different states to be feared."
    return f"Look for a turn on which these two part. {_described(first)} {_described(second)}"


def _described(doctrine: str) -> str:
    """A doctrine and its line: "Solidarity: it sides with its own kind, whatever the cost."."""
    said = gloss(doctrine).removeprefix("Waltz: ").removeprefix("Walt: ")
    return sentence(f"{title(doctrine)}: {said[:1].lower()}{said[1:]}")


def _player(report: Report) -> list[Question]:
    you = report.you
    if you is None:
        return []
    entry = report.states[you.state]
    answer: Text = (
        f"{entry.said} It rests on imputed beliefs: what public events would have taught.",
        _because(("W14", "T13")),
    )
    whose = possessive(spoken(report, you.state))
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
        for state, entry in report.states.items()
        for row in entry.otherwise
        if not row.same
    ]
    if not rows:
        return []
    state, row = min(rows, key=lambda pair: pair[1].probability)
    return [
        Question(
            f"{row.date}: {row.deed} Suppose {spoken(report, state)} had followed "
            f"{title(row.doctrine)}. What would it most likely have done instead, and what "
            "might have come of it?",
            "What if: counterfactuals",
            ((row.text, sources(row)), "What might have come of it is for the class to argue."),
        )
    ]


def _resembled(report: Report) -> list[Question]:
    count = counted(len(report.states), "state")
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
