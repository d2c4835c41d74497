"""What a state can be asked within a turn, and how it may answer. All who are asked answer at once.

An answer is one of the question's `options`, or for an offer a counter: other `Terms`. Question
ids are made of what is asked, so that a replay asks the same question by the same name.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from game.world.terms import STRICT, PeaceTerms, Terms

Answer = str | Terms
"""A chosen option, or the terms of a counter-offer."""


@dataclass(frozen=True, slots=True)
class OfferQuestion:
    """Will you sign? Options accept, decline; or counter with other terms unless `final`.

    A counter is itself asked as a final offer, of the first sender, who still pays the burden
    (THEORY W9, p. 47). Where a state is invited into a treaty, it and every member but the inviter
    are asked; nobody can counter.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    terms: Terms
    final: bool = False
    options: tuple[str, ...] = ("accept", "decline")
    kind: Literal["offer"] = "offer"
    joins: int | None = None
    """The treaty in force that is to be joined."""
    newcomer: str = ""
    """Who is to join it."""

    @property
    def may_counter(self) -> bool:
        """Whether other terms are an answer."""
        return not self.final and self.joins is None


@dataclass(frozen=True, slots=True)
class TellQuestion:
    """You declined a pact: do you tell whom it was against? Options accept, decline.

    To accept is to tell; the words are those of every yes and no, so that a program that plays
    answers without knowing the kind. `by` made the offer, or the counter, on these terms; who is
    told is `terms.against`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    terms: Terms
    options: tuple[str, ...] = ("accept", "decline")
    kind: Literal["tell"] = "tell"


@dataclass(frozen=True, slots=True)
class AidQuestion:
    """Will you take this money (units)? Options accept, decline."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    amount: int
    options: tuple[str, ...] = ("accept", "decline")
    kind: Literal["aid"] = "aid"


@dataclass(frozen=True, slots=True)
class PledgeQuestion:
    """A crisis opens between two others: whom do you stand by, in public? Options: none or an id.

    A pledge is a promise to join that side's war if the crisis ends in one.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    """Who makes the demand."""
    of: str
    """Of whom."""
    crisis: int
    options: tuple[str, ...]
    kind: Literal["pledge"] = "pledge"


@dataclass(frozen=True, slots=True)
class AssuranceQuestion:
    """If a crisis of others ends in war, what will you do? Options none, accept, refuse.

    `by` asks whether it will stand by `beside`, a side of the crisis, or aside where that is empty.
    In private. To accept is a promise; to answer that one will not stand aside is one too.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    crisis: int
    beside: str
    options: tuple[str, ...] = ("none", "accept", "refuse")
    kind: Literal["assurance"] = "assurance"


@dataclass(frozen=True, slots=True)
class CrisisQuestion:
    """One exchange of a crisis: yield, hold or climb a rung (RULES, The turn)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    """The other side."""
    crisis: int
    exchange: int
    """1 to 3 within the turn."""
    options: tuple[str, ...] = ("yield", "hold", "climb")
    kind: Literal["crisis"] = "crisis"


@dataclass(frozen=True, slots=True)
class CallQuestion:
    """Casus foederis: an obligation or pledge of yours falls due. Options honour, refuse."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    """Who calls."""
    war: int
    enemy: str
    """Against whom."""
    treaty: int
    """The treaty that binds; -1 where it is a pledge."""
    options: tuple[str, ...] = ("honour", "refuse")
    kind: Literal["call"] = "call"


@dataclass(frozen=True, slots=True)
class JoinQuestion:
    """A war among others: stay out, or join one side. Options none, attackers, defenders."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    """The attackers' leader."""
    of: str
    """The defenders' leader."""
    war: int
    options: tuple[str, ...] = ("none", "attackers", "defenders")
    kind: Literal["join"] = "join"


@dataclass(frozen=True, slots=True)
class PeaceQuestion:
    """Peace on these terms (from the proposer's side)? Options accept, decline."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    asked: str
    by: str
    war: int
    terms: PeaceTerms
    options: tuple[str, ...] = ("accept", "decline")
    kind: Literal["peace"] = "peace"


Question = (
    OfferQuestion
    | TellQuestion
    | AidQuestion
    | PledgeQuestion
    | AssuranceQuestion
    | CrisisQuestion
    | CallQuestion
    | JoinQuestion
    | PeaceQuestion
)
"""Any question."""

SILENCE: dict[str, str] = {
    "offer": "decline",
    "tell": "decline",
    "aid": "decline",
    "pledge": "none",
    "assurance": "none",
    "crisis": "hold",
    "call": "refuse",
    "join": "none",
    "peace": "decline",
}
"""What silence means, by kind of question."""


def tell_id(offer: str) -> str:
    """The id of what is asked of who declines an offer, by the id of that question."""
    return f"tell:{offer}"
