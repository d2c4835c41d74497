"""Questions about what happened: power, fear, pacts and wars."""

from collections import Counter
from collections.abc import Sequence

from game.debrief.course import stood
from game.debrief.report_names import date, signed, spoken
from game.debrief.report_types import Report, StateReport, TreatySpan, WarEntry, WarSpan
from game.debrief.worksheet_question import Question, because
from game.words import percent
from game.words.grammar import counted, listed, sentence
from game.words.phrases import pact_name
from game.words.verdict_sentences import title

A_GOOD_DEAL = 1.25
"""How many times what it faced at the start makes a state a good deal less secure."""


def strongest(report: Report) -> list[Question]:
    """Who was the strongest, and whether anyone held a third."""
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
                    because(("W1", "H1")),
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


def most_feared(report: Report) -> list[Question]:
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
                    because(("W1", "T2")),
                ),
                _bound(report, state, power, threat),
            ),
        )
    ]


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


def _bound(report: Report, state: str, power: str, threat: str) -> str:
    """Against whom a state bound itself, and whether its verdict says the same."""
    entry = report.states[state]
    counts = {"BOP": _named(report, state, power), "BOT": _named(report, state, threat)}
    said = f"{adversaries_words(report, state, (power, threat))} Its conduct resembled "
    said += _verdict(entry)
    other = {"BOP": "BOT", "BOT": "BOP"}.get(entry.verdict)
    if other is None or counts[entry.verdict] >= counts[other]:
        return f"{said}."
    return (
        f"{said}, though this count alone says otherwise: the verdict weighs all its "
        f"{counted(entry.decisions, 'decision')}, what it refused and whom it stood by too."
    )


def adversaries_words(report: Report, state: str, asked: Sequence[str]) -> str:
    """Whom a state's pacts to fight named: all of them, the largest count first.

    The states in `asked` are named where no pact names them too.
    """
    pacts = [one for one in report.course.treaties if one.binding and state in one.parties]
    counts = Counter(one.against for one in pacts if one.against)
    nobody = sum(one.against is None for one in pacts)
    told = [f"{count} named {spoken(report, foe)}" for foe, count in counts.most_common()]
    told += [
        f"none named {spoken(report, foe)}" for foe in dict.fromkeys(asked) if foe not in counts
    ]
    if nobody:
        told.append(f"{nobody} named nobody")
    if not pacts:
        return "It had no pact to fight."
    return f"Of its {counted(len(pacts), 'pact')} to fight, {listed(told)}."


def _verdict(entry: StateReport) -> str:
    words = {
        "UNDECIDED": "no doctrine for sure",
        "CHANCE": "nothing that can be told from chance",
        "NONE": "none of the doctrines",
    }
    return words.get(entry.verdict, title(entry.verdict))


def longest_pact(report: Report) -> list[Question]:
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
                    because(("W8", "S6", "T2")),
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


def largest_war(report: Report) -> list[Question]:
    """The largest war."""
    wars = report.course.wars
    if not wars:
        return [
            Question(
                "There was no war in this campaign. Do the alliances that were signed explain it?",
                "Alliances; Wars and demands",
                (
                    (
                        "They may or may not: alliances as such may neither prevent wars nor make "
                        "them. A good answer asks what would have to be compared.",
                        because(("S14",)),
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
            "Wars and demands; Alliances",
            ((_sides(report, war), because(("T14", "S11", "S14"))),),
        )
    ]


def _sides(report: Report, war: WarSpan) -> str:
    """On either side of a war: who was bound by treaty or pledge, who came in, who refused."""
    told = []
    for leader, side in ((war.by, "attackers"), (war.on, "defenders")):
        called = [one for one in war.entries if one.side == side and one.bound]
        free = [one for one in war.entries if one.side == side and one.how == "joined"]
        parts = [
            f"bound by treaty: {_named_states(report, called, bound='treaty')}",
            f"bound by a pledge alone: {_named_states(report, called, bound='pledge')}",
            f"came in: {_named_states(report, free)}",
        ]
        refused = [one for one in called if one.how == "refused"]
        if refused:
            parts.append(f"refused: {_named_states(report, refused)}")
        told.append(f"Beside {spoken(report, leader)}: {'; '.join(parts)}.")
    return " ".join(told)


def _named_states(report: Report, entries: Sequence[WarEntry], bound: str = "") -> str:
    some = dict.fromkeys(one.state for one in entries if bound in ("", one.bound))
    return listed(spoken(report, one) for one in some) or "nobody"


def less_secure(report: Report) -> list[Question]:
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
            "Power and threat over time; Alliances; Wars and demands",
            (
                (
                    sentence(f"{whom}: what it faced rose from {before:.2f} to {after:.2f}"),
                    f" {_frightened(report, worst)}",
                    " What makes one state safe makes the next one uneasy, and intentions are "
                    "never known for certain.",
                    because(("S9", "S10")),
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
