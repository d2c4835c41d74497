"""Whom a state would fear under either reading, and what a deed of it says of which one it has."""

from dataclasses import dataclass

from game.words import percent
from game.words.grammar import Speech, ordinal
from game.world.atlas import Atlas

SILENT_DEEDS = {
    "declines": "it is declined for many reasons",
    "refuses": "a call is refused for many reasons",
    "honours": "it kept its word, whoever the enemy",
    "leaves": "a treaty is left for many reasons",
    "aids": "money names no adversary",
    "guarantees": "a guarantee is against anybody",
}
"""Kind of act -> why it says nothing of what a state fears."""

SAME_CHOICE = "it is the same choice as another of that turn"


@dataclass(frozen=True, slots=True)
class Place:
    """How dangerous a state is by one reading, among those that stood open."""

    rank: int
    """1 for the most dangerous; 0 where this reading sees no danger in it."""
    worst: str
    """Who is the most dangerous of them; empty where it sees no danger in any."""


def fears(atlas: Atlas, me: str, feared: dict[str, str]) -> str:
    """Whom a state would fear most: "by power Russia, by threat us".

    `feared` is lens (BOP, BOT) -> a state, empty where it fears nobody. The reader's own state is
    "us".
    """
    speech = Speech(atlas, we=me or None)
    names = {lens: speech.party(state) for lens, state in feared.items()}
    if feared["BOP"] == feared["BOT"]:
        return f"by power and by threat {names['BOP']}"
    return f"by power {names['BOP']}, by threat {names['BOT']}"


def stands_against(
    speech: Speech, chosen: str, count: int, by_power: Place, by_threat: Place, leans: int
) -> str:
    """What it means under either reading that a state turned on one of `count`, as a clause.

    `leans` are the pips of the deed: above 0 for power, below for threat.
    """
    if count == 1:
        return f"no other than {speech.party(chosen)} stood open"
    more = "" if leans == 0 else f", and more so by {'power' if leans > 0 else 'threat'}"
    who = speech.party(chosen)
    if by_power == by_threat:
        return f"by power and by threat {who:is} {_placed(speech, count, by_power)}{more}"
    rest = _placed(speech, count if by_power.rank == 0 else 0, by_threat)
    return f"by power {who:is} {_placed(speech, count, by_power)}; by threat {rest}"


def _placed(speech: Speech, count: int, place: Place) -> str:
    """A place in words: "3rd to fear of the 6 it could choose, behind France"; without a count
    "3rd, behind France"."""
    behind = f", behind {speech.party(place.worst)}" if place.rank != 1 and place.worst else ""
    if place.rank == 0:
        return f"not to fear{behind}"
    of_all = f" to fear of the {count} it could choose" if count else ""
    return f"{ordinal(place.rank)}{of_all}{behind}"


def silent(kind: str) -> str:
    """Why an act of some kind says nothing of what a state fears, as a clause."""
    return SILENT_DEEDS.get(kind, "it names no adversary")


def forecast(if_power: float, if_threat: float) -> str:
    """How likely a yes was under each reading, as a clause."""
    return f"a yes was {percent(if_power)} likely by power, {percent(if_threat)} by threat"


def repeated(since: str) -> str:
    """That a deed only goes on with what was done before, as a clause; `since` is a date."""
    return f"it goes on with what it did in {since}" if since else "it goes on with what stands"


def leaning_words(leans: int) -> str:
    """To which reading a deed leans: "power", "threat" or "nothing"."""
    return "power" if leans > 0 else "threat" if leans < 0 else "nothing"


def leaning_clause(leans: int) -> str:
    """What a deed says in a line of text: "leans to power, 2 of 3" or "says nothing"."""
    return f"leans to {leaning_words(leans)}, {abs(leans)} of 3" if leans else "says nothing"


def surely(power: float) -> str:
    """A probability that a state fears power, in words: "power 74%", "threat 80%"."""
    return f"power {percent(power)}" if power >= 0.5 else f"threat {percent(1 - power)}"
