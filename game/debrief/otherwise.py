"""One turn under another doctrine: what a state would most likely have done. Blind.

It is the decision record read again: the same menu, the same public facts, another lens and other
weights. Ambition is taken as middling and noise as common, for both are sealed.
"""

from collections.abc import Sequence
from typing import Any

from game.debrief.diagnosis import THEORIES
from game.debrief.moments import Moments
from game.debrief.reading import read
from game.inference.evidence import Evidence
from game.words import percent
from game.words.deeds import deed, done_instead
from game.words.doctrine import title
from game.words.grammar import Speech, sentence
from game.words.readings import because, claims


def under(moments: Moments, one: Evidence, doctrine: str) -> dict[str, Any]:
    """What a state would most likely have done under a doctrine, beside what it did.

    `probability` is how likely the doctrine makes what was done, `most` what it makes likeliest.
    """
    (made, *_) = read(moments, one, (doctrine, *(name for name in THEORIES if name != doctrine)))
    world = moments.world(one.turn, one.question)
    name = Speech(world.atlas).plain
    same = made.chance >= made.instead_chance
    did = deed(one.state, one.family, one.chosen, one.question, world)
    would = done_instead(
        one.family, one.chosen if same else made.instead, one.state, one.question, world
    )
    chance = made.chance if same else made.instead_chance
    most = (
        f"under {title(doctrine)} it would most likely have done the same ({percent(chance)})"
        if same
        else f"under {title(doctrine)} it would most likely have {would} ({percent(chance)}); "
        f"what it did had {percent(made.chance)}"
    )
    why = because(doctrine, one.family, made.cause, name)
    return {
        "turn": one.turn,
        "date": world.atlas.date(one.turn),
        "family": one.family,
        "deed": sentence(did),
        "doctrine": doctrine,
        "same": same,
        "probability": round(made.chance, 4),
        "most": {"text": would, "probability": round(chance, 4)},
        "text": sentence(f"{most}, for {why}"),
        "ledger": list(claims(doctrine, made.cause)),
    }


def turn_under(
    moments: Moments, decisions: Sequence[Evidence], turn: int, doctrine: str
) -> list[dict[str, Any]]:
    """Every decision of a state in a turn, under a doctrine; what differs comes first."""
    rows = [under(moments, one, doctrine) for one in decisions if one.turn == turn]
    return sorted(rows, key=lambda row: (row["same"], row["probability"]))


def other(verdict: str) -> str:
    """The theory that a verdict is not: balance of threat for balance of power, else power."""
    return "BOT" if verdict == "BOP" else "BOP"
