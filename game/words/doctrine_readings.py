"""How a doctrine explains a decision: "Balance of power: 71%, Russia led (24%)."

The words of a reason follow from its term and from what the lens shows of a state. Each reason
cites claims of the ledger.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.words import percent
from game.words.claims import CLAIMS
from game.words.grammar import listed, sentence
from game.words.verdict_sentences import title


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a lens shows of a state to an observer."""

    state: str
    rank: int
    """Its rank among the states that the observer fears; 1 is feared most."""
    of: int
    """How many states the observer fears."""
    share: float
    """Its share of the world's capability."""
    leads: bool
    """Whether no state but the observer has a larger share."""
    behind: bool
    """Whether the observer itself has a larger share."""
    counted: bool
    """Whether the lens counts it at all: balance of power sees poles alone (THEORY W13)."""
    marks: tuple[str, ...]
    """The factors of the lens in which it was above the mean of the others."""
    beyond: tuple[str, ...]
    """The factors in which it was above the state it is compared with."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason for a decision: a term, its sign, and the state that it is about."""

    term: str
    value: float
    """The term of the option minus that of doing nothing; above 0 it favours the option."""
    friend: str
    foe: str
    seen: Portrait | None
    """What the lens shows of the state that the term is about."""
    beside: str = ""
    """The state it is compared with."""
    leaves: bool = False
    """Whether the option is to leave a treaty."""
    but: "Cause | None" = None
    """The term that outweighed it, if it was against the decision."""
    undone: bool = False
    """Whether the option was not taken."""


Naming = Callable[[str], str]
"""A state's id -> its name within a sentence."""

NOTHING = 0.002
"""The least value of security, in the unit of utility, that is put into words."""
ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth")
MARKS = {
    "power": "strong",
    "proximity": "near",
    "offense": "armed for attack",
    "intentions": "believed hostile",
}
"""How a factor is described that is above the mean of the others."""
MORE = {
    "power": "stronger",
    "proximity": "nearer",
    "offense": "better armed for attack",
    "intentions": "believed more hostile",
}
"""How a factor is described that is above another state's."""
WAGED = frozenset({"war", "call", "join"})
QUARRELS = frozenset({"call", "join", "pledge"})
"""Families of decisions between the two sides of a quarrel."""
SIDES = frozenset({"call", "join"})
"""Those of them in which every member of a side counts, not its leader alone."""

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
"""Term -> words, where it favours the option."""
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
"""Term -> words, where it is against the option."""
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
"""(term, whether it favours the option) -> words for an option that was not taken, where they
differ: its effects are described as possible and not as facts."""
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
"""(family, term, whether it favours the option) -> words that only this family uses."""

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
"""Term -> the claims behind it, the same for every doctrine. Those behind security and feeding
depend on the lens."""


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
    """A doctrine's explanation in a sentence: its name, the decision's probability, a reason.

    `instead` is what the doctrine would more likely have done, as what follows "would have".
    `acted`: whether something was done. `left` is the option not taken that the reason is about,
    in the infinitive.
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
    """A reason as a clause, for what was done (`acted`) or for what was not."""
    if cause is None:
        return "no single reason weighed much" if acted else "nothing else was worth the effort"
    if cause.but is not None:
        less = because(doctrine, family, cause.but, name)
        return f"{_alone(doctrine, family, cause, name)}, but {less}"
    return _alone(doctrine, family, cause, name)


def against(doctrine: str, family: str, cause: Cause, name: Naming) -> str:
    """A reason as a clause after "for", with the decisive term first."""
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
    """A reason that is about security, as a clause."""
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
    """The ids of the claims of the ledger behind a reason under a doctrine."""
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
