"""One turn under another doctrine: what a state would most likely have done. Blind.

It is the decision record read again: the same menu, the same public facts, another lens and other
weights. Ambition is taken as middling and noise as common, for both are sealed.
"""

from collections.abc import Sequence

from game.debrief.decision_replay import DecisionReplay
from game.debrief.deeds import done_by, given
from game.debrief.diagnostic_turns import THEORIES, left_undone
from game.debrief.explanation import Explanation, explain
from game.debrief.report_types import DoctrineChoice, Likely
from game.inference.evidence import Evidence
from game.words import percent
from game.words.deed_clauses import done_instead
from game.words.doctrine_readings import against, because, claims
from game.words.grammar import Speech, sentence
from game.words.verdict_sentences import title
from game.world.model import World


def under(moments: DecisionReplay, one: Evidence, doctrine: str) -> DoctrineChoice:
    """What a state would most likely have done under a doctrine, beside what it did."""
    (made, *_) = explain(moments, one, (doctrine, *(name for name in THEORIES if name != doctrine)))
    world = moments.world(one.turn, one.question)
    same = made.chance >= made.instead_chance
    did = done_by(moments, one)
    would = done_instead(
        one.family, given(moments, one) if same else made.instead, one.state, one.question, world
    )
    chance = made.chance if same else made.instead_chance
    why = _why(one, made, world)
    likeliest = f"under {title(doctrine)} it would most likely have"
    if same:
        said = f"{likeliest} done the same ({percent(chance)}){why}"
    elif one.taken or made.likely:
        said = f"{likeliest} {would} ({percent(chance)}); what it did had {percent(made.chance)}"
        said += why
    else:
        said = f"{likeliest} {would} ({percent(chance)}){why}; what it did had "
        said += percent(made.chance)
    return DoctrineChoice(
        turn=one.turn,
        date=world.atlas.date(one.turn),
        family=one.family,
        deed=sentence(did),
        doctrine=doctrine,
        same=same,
        probability=round(made.chance, 4),
        most=Likely(would, round(chance, 4)),
        text=sentence(said),
        ledger=claims(doctrine, made.cause),
    )


def _why(one: Evidence, made: Explanation, world: World) -> str:
    """The reason of a reading as the rest of a sentence: of what was done, or was left undone."""
    name = Speech(world.atlas).plain
    if made.cause is None:
        nothing = because(made.doctrine, one.family, None, name, acted=bool(one.taken))
        return f", for {nothing}" if made.likely else ""
    left = left_undone(one, made, world) if made.likely else ""
    rather = f" rather than {left}" if left else ""
    return f"{rather}, for {against(made.doctrine, one.family, made.cause, name)}"


def turn_under(
    moments: DecisionReplay, decisions: Sequence[Evidence], turn: int, doctrine: str
) -> list[DoctrineChoice]:
    """Every decision of a state in a turn, under a doctrine; what differs comes first."""
    rows = [under(moments, one, doctrine) for one in decisions if one.turn == turn]
    return sorted(rows, key=lambda row: (row.same, row.probability))


def other(verdict: str) -> str:
    """The theory that a verdict is not: balance of threat for balance of power, else power."""
    return "BOT" if verdict == "BOP" else "BOP"
