"""Questions about what conduct shows, and what it does not."""

from game.debrief.report_names import spoken
from game.debrief.report_types import Report
from game.debrief.statements import sources
from game.debrief.worksheet_question import Question, because
from game.page.blocks import Text
from game.words import percent
from game.words.grammar import counted, listed, possessive, sentence
from game.words.verdict_sentences import gloss, title


def diagnostic_turns(report: Report) -> list[Question]:
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


def balancing(report: Report) -> list[Question]:
    """Whether states balanced more than they bandwagoned."""
    states = report.states.values()
    told = []
    for lens, words in (("BOP", "power"), ("BOT", "threat")):
        balanced = sum(entry.balanced[lens] for entry in states)
        bandwagoned = sum(entry.bandwagoned[lens] for entry in states)
        told.append(f"by {words} {balanced} to {bandwagoned}")
    return [
        Question(
            "Did states balance more than they bandwagoned, in the pacts that they offered or "
            "accepted? Does the answer depend on which of the two theories says whom they had most "
            "to fear?",
            "Balancing, bandwagoning, appeasement",
            (
                (
                    f"Balancing to bandwagoning: {listed(told)}. Counted are pacts to fight, by "
                    "own offer or acceptance, and no pledges in a crisis. Whoever counts by the "
                    "reading that a state did not share counts its balancing wrongly.",
                    because(("S4", "T7", "H4")),
                ),
            ),
        )
    ]


def doubtful_verdict(report: Report) -> list[Question]:
    """The first state whose verdict was unsure or mistaken."""
    missed = [
        (state, entry)
        for state, entry in report.states.items()
        if entry.verdict in ("UNDECIDED", "CHANCE", "NONE")
        or (entry.doctrine and entry.doctrine != entry.verdict)
    ]
    if not missed:
        return []
    state, entry = missed[0]
    ranked = sorted(entry.posterior.items(), key=lambda pair: -pair[1])[:2]
    shares = listed(f"{title(doctrine)} {percent(share)}" for doctrine, share in ranked)
    unsure = entry.verdict in ("UNDECIDED", "CHANCE", "NONE")
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
                    because(("W14", "S4")),
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


def player_conduct(report: Report) -> list[Question]:
    """What the player's own conduct resembled."""
    you = report.you
    if you is None:
        return []
    entry = report.states[you.state]
    answer: Text = (
        f"{entry.said} It rests on imputed beliefs: what public events would have taught.",
        because(("W14", "T13")),
    )
    whose = possessive(spoken(report, you.state))
    return [
        Question(
            f"Which theory did {whose} own conduct resemble? Did its player think so in play?",
            "You",
            (answer,),
        )
    ]


def other_doctrine(report: Report) -> list[Question]:
    """The decision that was least likely under another doctrine."""
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


def no_causes(report: Report) -> list[Question]:
    """Why the debrief names no causes."""
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
                    because(("W14", "S10")),
                ),
            ),
        )
    ]
