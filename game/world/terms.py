"""The terms of treaties and of peace, and what a demand and a network can be about.

Every class is a value: plain, slotted and frozen. Orders, questions and treaties are made of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

STRICT: dict[str, Any] = {"strict": True, "extra": "forbid"}
"""How these values, orders and questions are read from JSON (Pydantic's configuration)."""

Obligation = Literal[
    "defense", "offense", "neutrality", "nonaggression", "consultation", "guarantee"
]
OBLIGATIONS: tuple[Obligation, ...] = (
    "defense",
    "offense",
    "neutrality",
    "nonaggression",
    "consultation",
)
"""ATOP's obligations (THEORY S6, p. 45), the most binding first: what a treaty can be offered for.

A guarantee is no treaty that two agree on: by it the first party alone promises to defend the
other, against anybody.
"""

BINDING = frozenset({"defense", "offense", "guarantee"})
"""Obligations to fight beside another, which make a pact an alignment (THEORY, How the scorecard
judges)."""


def calms(obligations: Iterable[str]) -> bool:
    """Whether a pact calms what its parties believe of each other: all do but a consultation."""
    return any(kind != "consultation" for kind in obligations)


Stake = Literal["cede", "renounce", "stand_down"]
STAKES: tuple[Stake, ...] = ("cede", "renounce", "stand_down")
"""What a demand can be for: a province, the end of a treaty, a calmer posture."""

Means = Literal["envoys", "lobby", "propaganda"]
MEANS: tuple[Means, ...] = ("envoys", "lobby", "propaganda")
"""The means of penetration (THEORY T11), the most discreet first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a treaty, signed or offered. `term` is in turns, `burden` in bp of revenue."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    obligations: tuple[Obligation, ...]
    against: str = ""
    """The named adversary's id, or empty for a treaty against nobody in particular."""
    term: int = 6
    secret: bool = False
    burden: int = 0
    """What the offering state pays the other each turn while the treaty runs."""

    @property
    def binding(self) -> bool:
        """Whether they oblige the parties to fight beside each other (an alignment)."""
        return not BINDING.isdisjoint(self.obligations)


Reason = Literal["", "faded", "settled", "quarrels", "feared", "enough", "word", "little"]
REASONS: tuple[Reason, ...] = (
    "faded",
    "settled",
    "quarrels",
    "feared",
    "enough",
    "word",
    "little",
)
"""What a state may state as its reason to leave a treaty (THEORY W8, W10, W12): its adversary is
feared no more; the partner has settled with the adversary; the partner's quarrels; the partner
itself is feared; others' help is enough; the partner's word is doubted; its help is too little."""


@dataclass(frozen=True, slots=True)
class PeaceTerms:
    """What a peace moves, from the proposer's side. Empty is a white peace.

    `takes` and `gives` are provinces; `indemnity` is one turn's revenue share in bp, paid to the
    proposer where positive, by it where negative; `disarm` halves the other side's army; `restores`
    are dead states that rise again on what the other side owns of their land.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    indemnity: int = 0
    disarm: bool = False
    restores: tuple[str, ...] = ()
