"""How a doctrine reads a decision, in words: "Balance of power: 71%, Russia led (24%)."

A reason is worded from its term and from what the lens shows of a state, and cites the ledger.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.words import percent
from game.words.claims import CLAIMS
from game.words.grammar import listed, sentence
from game.words.verdict_sentences import title


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a lens shows of a state, as its observer saw it."""

    state: str
    rank: int
    """1 for whom one had most to fear."""
    of: int
    """How many there were to fear."""
    share: float
    """Its share of the world's capability."""
    leads: bool
    """Whether no other had a larger share than it."""
    behind: bool
    """Whether the one that looked at it had a larger one still."""
    counted: bool
    """Whether the lens counts it at all: balance of power sees poles alone (THEORY W13)."""
    marks: tuple[str, ...]
    """The factors, of those that the lens sees, in which it stood above the mean."""
    beyond: tuple[str, ...]
    """Those in which it stood above the one it is compared with."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason: a term of the decision, which way it told, and whom it was about."""

    term: str
    value: float
    """Of the option that is spoken of, against doing nothing; above 0 it spoke for it."""
    friend: str
    foe: str
    seen: Portrait | None
    """Of the state that the term turns on."""
    beside: str = ""
    """Whom it is compared with."""
    leaves: bool = False
    """Whether the option is to leave a treaty."""
    but: "Cause | None" = None
    """What outweighed it, where it told the other way."""
    undone: bool = False
    """Whether the option is one that was left undone."""


Naming = Callable[[str], str]
"""A state's id -> its name within a sentence."""

NOTHING = 0.002
"""What safety must be worth, in the unit of utility, to be called worth anything."""
ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth")
MARKS = {
    "power": "strong",
    "proximity": "near",
    "offense": "armed for attack",
    "intentions": "believed hostile",
}
"""Where a factor stands above the mean of the others."""
MORE = {
    "power": "stronger",
    "proximity": "nearer",
    "offense": "better armed for attack",
    "intentions": "believed more hostile",
}
"""Where a factor stands above another state's."""
WAGED = frozenset({"war", "call", "join"})
QUARRELS = frozenset({"call", "join", "pledge"})
"""Families in which one side of a quarrel is weighed against the other."""
SIDES = frozenset({"call", "join"})
"""Those of them in which all who fight on a side are weighed, its leader and the rest."""

FOR: dict[str, str] = {
    "entanglement": "it was rid of the quarrels of {friend}",
    "feeding": "it ceased to strengthen {friend}",
    "autonomy": "it was its own master again",
    "ideology": "{friend} was of its own kind",
    "gains": "{friend} gained by it no longer",
    "spoils": "there were spoils to be had",
    "strength": "{friend} was strong company",
    "pact": "a bond was wanted for its own sake",
    "leverage": "{friend} had paid for a hearing",
    "inertia": "what stood was of little weight",
    "stake": "much was at stake",
    "repute": "its name was at stake",
    "cost": "there was money in it",
}
"""Terms that speak for an option."""
AGAINST: dict[str, str] = {
    "entanglement": "it would be drawn into the quarrels of {friend}",
    "feeding": "it would strengthen {friend}",
    "autonomy": "{friend} was the stronger and would have had the say",
    "ideology": "it stood against its own kind",
    "gains": "{friend} stood to gain by it",
    "spoils": "there were no spoils in it",
    "strength": "it gave strong company away",
    "pact": "a bond was shunned for its own sake",
    "leverage": "the money of {friend} spoke against it",
    "inertia": "what stands is not lightly left",
    "stake": "too much was at stake",
    "repute": "its name would suffer by it",
    "cost": "it cost more than it brought",
}
"""Terms that speak against it."""
UNDONE: dict[tuple[str, bool], str] = {
    ("entanglement", True): "it would have been rid of the quarrels of {friend}",
    ("feeding", True): "it would have ceased to strengthen {friend}",
    ("autonomy", True): "it would have been its own master again",
    ("gains", True): "{friend} would have gained by it no longer",
    ("entanglement", False): "it would have been drawn into the quarrels of {friend}",
    ("feeding", False): "it would have strengthened {friend}",
    ("ideology", False): "it would have stood against its own kind",
    ("strength", False): "it would have given strong company away",
    ("repute", False): "its name would have suffered by it",
    ("cost", False): "it would have cost more than it brought",
}
"""(term, whether it speaks for it) -> words of an option that was left undone, where they differ:
what would have come of it is not told as what came."""
OF_FAMILY: dict[tuple[str, str, bool], str] = {
    ("demand", "stake", True): "what it asked for was worth the asking",
    ("answers", "stake", True): "it needed the money",
    ("aid", "stake", True): "it needed the money",
    ("alignment", "stake", True): "it wished to hear what others planned",
    ("war", "stake", True): "there was land to be won",
    ("pledge", "entanglement", False): "it would be drawn into a quarrel of others",
    ("pledge", "cost", False): "taking sides has its price",
    ("aid", "cost", False): "the money was worth more at home",
    ("demand", "cost", False): "a demand provokes, and may end in war",
    **{(family, "cost", False): "the war looked too dear" for family in ("war", "call", "join")},
}
"""(family, term, whether it speaks for it) -> words where the family has its own."""

LEDGER: dict[str, tuple[str, ...]] = {
    "entanglement": ("S11",),
    "autonomy": ("T4",),
    "ideology": ("T8",),
    "gains": ("W5",),
    "spoils": ("T6",),
    "strength": ("W4",),
    "pact": ("S12",),
    "leverage": ("T10",),
    "inertia": ("W11",),
    "stake": ("S1",),
    "repute": ("S2",),
    "cost": ("S1",),
}
"""The claims that carry a term under every doctrine; safety and feeding are the lens's own."""


def reading(
    doctrine: str,
    family: str,
    chance: float,
    cause: Cause | None,
    name: Naming,
    instead: str = "",
    *,
    acted: bool = False,
    left: str = "",
) -> str:
    """A doctrine's reading in a sentence: its name, how likely it was, and why.

    `instead` is what it would more likely have done, after "would have". `acted`: something was
    done. `left` is what was left undone, in the infinitive, where the reason is about that.
    """
    said = f"{title(doctrine)}: {percent(chance)}"
    if instead and not acted:
        why = f", for {because(doctrine, family, cause, name)}" if cause is not None else ""
        return sentence(f"{said}, it would rather have {instead}{why}")
    if left and cause is not None:
        return sentence(f"{said}, rather than {left}, for {against(doctrine, family, cause, name)}")
    said += f", {because(doctrine, family, cause, name, acted=acted)}"
    return sentence(f"{said}; it would rather have {instead}" if instead else said)


def because(
    doctrine: str, family: str, cause: Cause | None, name: Naming, *, acted: bool = False
) -> str:
    """A reason as a clause, of what was done (`acted`) or of what was left undone."""
    if cause is None:
        return "no single reason weighed much" if acted else "nothing else was worth the effort"
    if cause.but is not None:
        less = because(doctrine, family, cause.but, name)
        return f"{_alone(doctrine, family, cause, name)}, but {less}"
    return _alone(doctrine, family, cause, name)


def against(doctrine: str, family: str, cause: Cause, name: Naming) -> str:
    """A reason as a clause after "for": what decided stands first."""
    own = _alone(doctrine, family, cause, name)
    if cause.but is None:
        return own
    return f"{against(doctrine, family, cause.but, name)}, though {own}"


def _alone(doctrine: str, family: str, cause: Cause, name: Naming) -> str:
    if cause.term == "security" and cause.seen is not None:
        return _safety(doctrine, family, cause, cause.seen, name)
    speaks_for = cause.value > 0
    words = OF_FAMILY.get((family, cause.term, speaks_for))
    if words is None and cause.undone:
        words = UNDONE.get((cause.term, speaks_for))
    if words is None:
        words = (FOR if speaks_for else AGAINST).get(cause.term, "")
    said = words.format(friend=name(cause.friend) if cause.friend else "others")
    if cause.term == "feeding" and cause.seen is not None:
        return f"{said}, and {described(doctrine, cause.seen, name, only='')}"
    return said


def _safety(doctrine: str, family: str, cause: Cause, seen: Portrait, name: Naming) -> str:
    if cause.leaves:
        if cause.value > -NOTHING:
            return f"the pact added nothing to its safety: {described(doctrine, seen, name)}"
        lost = "would have given" if cause.undone else "gave"
        return f"it {lost} up help that it needed, and {described(doctrine, seen, name)}"
    if abs(cause.value) <= NOTHING:
        added = "would have added" if cause.undone else "added"
        link = ", though" if seen.counted and seen.rank == 1 else ":"
        return f"it {added} nothing to its safety{link} {described(doctrine, seen, name)}"
    if family in QUARRELS and cause.friend and cause.foe:
        more = cause.foe if cause.value > 0 else cause.friend
        less = cause.friend if more == cause.foe else cause.foe
        if family in SIDES:
            return f"the side of {name(more)} was more to be feared than that of {name(less)}"
        why = _beyond(seen) if seen.state == more else ""
        ground = f" ({why})" if why else ""
        return f"{name(more)} was more to be feared than {name(less)}{ground}"
    if family == "war":
        odds = "good" if cause.value > 0 else "poor"
        return f"the odds against {name(cause.foe)} were {odds}"
    if cause.beside and seen.state != cause.foe and seen.beyond and cause.foe:
        return f"{name(seen.state)} was {_beyond(seen)} than {name(cause.beside)}"
    return described(doctrine, seen, name)


def described(doctrine: str, seen: Portrait, name: Naming, only: str = "only ") -> str:
    """What a lens shows of a state, as a clause."""
    who = name(seen.state)
    if not seen.counted:
        return f"{who} was no great power"
    if doctrine == "BOP":
        if seen.leads:
            led = "was the strongest of the others" if seen.behind else "led"
            return f"{who} {led} ({percent(seen.share)} of the world's means)"
        if seen.rank == 1:
            return f"{who} and its allies were the strongest that it faced"
        return f"{who} came {only}{_ordinal(seen.rank)} in strength of those that it faced"
    marks = listed([MARKS[mark] for mark in seen.marks])
    if seen.rank == 1:
        return f"{who} threatened it most" + (f" ({marks})" if marks else "")
    rank = f"{_ordinal(seen.rank)} among those that threatened it"
    return f"{who} came {rank}" + (f" ({marks})" if marks else "")


def _beyond(seen: Portrait) -> str:
    return listed([MORE[mark] for mark in seen.beyond][:3])


def _ordinal(rank: int) -> str:
    return ORDINALS[rank] if 2 <= rank < len(ORDINALS) else f"number {rank}"


def claims(doctrine: str, cause: Cause | None) -> tuple[str, ...]:
    """The ledger's ids of the claims that carry a reason under a doctrine."""
    if cause is None:
        return ("S1",)
    outweighed = claims(doctrine, cause.but) if cause.but is not None else ()
    return tuple(dict.fromkeys((*_carrying(doctrine, cause), *outweighed)))


def _carrying(doctrine: str, cause: Cause) -> tuple[str, ...]:
    if cause.term == "security":
        first = "W1" if doctrine == "BOP" else "T1"
        if not cause.foe:
            return (first,)
        return (first, "W8" if doctrine == "BOP" else "T2")
    if cause.term == "feeding":
        return ("W1", "W2") if doctrine == "BOP" else ("T3",)
    return LEDGER.get(cause.term, ("S1",))


def cited(ids: Sequence[str]) -> str:
    """Claims with their pages: "W1, p. 47, 49; T2, p. 48-49"."""
    return "; ".join(f"{id}, {CLAIMS[id][1]}" for id in ids if id in CLAIMS)
