"""The orders a state may give for a turn, typed. Their list order is their rank.

Every class is a value: plain, slotted, frozen, with a `kind` that names it in saves and scripts.
What makes an order legal is in `legality`; what it does is in `engine/phases`.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

STRICT: dict[str, Any] = {"strict": True, "extra": "forbid"}
"""How a dataclass of this file is read from JSON (Pydantic's configuration)."""

Obligation = Literal["defense", "offense", "neutrality", "nonaggression", "consultation"]
OBLIGATIONS: tuple[Obligation, ...] = (
    "defense",
    "offense",
    "neutrality",
    "nonaggression",
    "consultation",
)
"""ATOP's obligations (THEORY S6, p. 45), the most binding first."""

BINDING = frozenset({"defense", "offense"})
"""Obligations that make a pact an alignment (THEORY, How the scorecard judges)."""

Stake = Literal["cede", "renounce", "stand_down"]
STAKES: tuple[Stake, ...] = ("cede", "renounce", "stand_down")
"""What a demand can be for: a province, the end of a treaty, a calmer posture."""

Means = Literal["envoys", "lobby", "propaganda"]
MEANS: tuple[Means, ...] = ("envoys", "lobby", "propaganda")
"""The means of penetration (THEORY T11), the most discreet first."""


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


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer a treaty to another state. Costs an envoy.

    With `joins`, invite it into the public treaty of that number, on that treaty's own terms; every
    member must agree in the same round.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    to: str
    terms: Terms
    joins: int | None = None
    kind: Literal["offer"] = "offer"


@dataclass(frozen=True, slots=True)
class Denounce:
    """Leave a treaty: with notice it ends with the next turn; in breach it ends now, and dearly.

    Costs an envoy. After the treaty's term notice breaks no word. `why` is the reason that is
    stated to the partners; a state may state none.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    treaty: int
    breach: bool = False
    why: Reason = ""
    kind: Literal["denounce"] = "denounce"


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand something of another state, and open a crisis. Costs an envoy.

    `subject` is a province's id for "cede", a treaty's number as text for "renounce", else empty.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    of: str
    stake: Stake
    subject: str = ""
    kind: Literal["demand"] = "demand"


@dataclass(frozen=True, slots=True)
class Aid:
    """Offer money (units; `rules.CROWN` to a crown) to another state, held in escrow."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    to: str
    amount: int
    kind: Literal["aid"] = "aid"


@dataclass(frozen=True, slots=True)
class Penetrate:
    """Work inside another society. Costs an envoy (THEORY T11)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    of: str
    means: Means = "envoys"
    kind: Literal["penetrate"] = "penetrate"


@dataclass(frozen=True, slots=True)
class Sound:
    """Send an envoy to listen: narrows what must be guessed of one state."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    of: str
    kind: Literal["sound"] = "sound"


@dataclass(frozen=True, slots=True)
class Budget:
    """Change forces and invest. `army` and `fleet` in bp of themselves, `invest` of revenue."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    army: int = 0
    fleet: int = 0
    invest: int = 0
    kind: Literal["budget"] = "budget"


@dataclass(frozen=True, slots=True)
class Posture:
    """Move one step among the five postures (index into `rules.POSTURES`)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    step: int
    kind: Literal["posture"] = "posture"


@dataclass(frozen=True, slots=True)
class DeclareWar:
    """Attack without an ultimatum. `aim` is a province of the enemy, or empty."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    on: str
    aim: str = ""
    kind: Literal["declare_war"] = "declare_war"


@dataclass(frozen=True, slots=True)
class Front:
    """Weight (0 to 3) and stance of one's army against one enemy. Without it: 1, attack if able."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    enemy: str
    weight: int = 1
    attack: bool = True
    kind: Literal["front"] = "front"


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


@dataclass(frozen=True, slots=True)
class OfferPeace:
    """Offer peace in a war: leader to leader ends it, any other pair is a separate peace."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    war: int
    to: str
    terms: PeaceTerms = PeaceTerms()
    kind: Literal["offer_peace"] = "offer_peace"


Order = (
    Offer
    | Denounce
    | Demand
    | Aid
    | Penetrate
    | Sound
    | Budget
    | Posture
    | DeclareWar
    | Front
    | OfferPeace
)
"""Any order."""

ENVOY_ORDERS = (Offer, Denounce, Demand, Penetrate, Sound)
"""The orders that cost an envoy each (RULES, State and forces)."""
