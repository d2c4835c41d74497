"""What every kind of order says of itself: one class a kind, each in a file of its own.

The class is the only description that the world has of a kind: its fields, what it costs, what it
competes with, when it is legal, and the form from which one can be drawn. `legality` applies to
all what holds for all. What an order does is in `engine/phases`, how it is weighed in
`theory/families`, how it is told in `words/orders`, by which key it is given in `tui/actions`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from game.dice import Draw
from game.world.events import Event
from game.world.legality import Refusal
from game.world.model import World
from game.world.terms import STRICT

Domain = tuple[Any, ...]
ENVOY = "an envoy"
"""What a form says that an order costs which an envoy carries."""


class OrderKind(ABC):
    """An order of some kind. Its defaults are those of an order that is free and always legal.

    Subclasses are frozen, slotted dataclasses with a `kind` that names them in saves and scripts.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Any
    """The name of its kind: a `Literal` with a default in each subclass."""
    envoys: ClassVar[int] = 0
    """How many envoys it takes (RULES, State and forces)."""
    off_map: ClassVar[bool] = False
    """Whether a power that stands off the map may give it."""
    players_only: ClassVar[bool] = False
    """Whether it serves a human player alone: AI states never weigh it."""
    shows: ClassVar[tuple[str, ...]] = ()
    """The kinds of events, of its giver and its target, that show that it was given."""

    @property
    def target(self) -> str | None:
        """The state that it is addressed to; None for a kind that is addressed to nobody."""
        return None

    @property
    def slot(self) -> tuple[str, str]:
        """What only one order of a turn can fill: its kind, and whom or what it is about."""
        return (self.kind, self.target or "")

    def cost(self, world: World, state: str) -> int:
        """What it costs `state` in money, units."""
        return 0

    def refusal(self, world: World, state: str) -> Refusal | None:
        """Why the rules of this kind forbid it to `state`; None if they allow it.

        `legality.refusal` asks first what holds for every kind: that the giver and the target
        live and play, and afterwards that the money reaches.
        """
        return None

    @classmethod
    @abstractmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> "OrderForm":
        """What each field may be for `state` now. `others` are the other states that play.

        A domain is empty where no order of the kind would be legal.
        """

    def concerns(self, world: World, state: str) -> tuple[str, str]:
        """(with whom, against whom) it is, given by `state`; empty where it names nobody."""
        return (self.target or "", "")

    def shown_by(self, giver: str, happening: Event) -> bool:
        """Whether who knows of an event knows by it that `giver` gave the order."""
        return (
            happening.kind in self.shows
            and happening.actor == giver
            and self.target in (None, happening.target)
        )

    def same_in(self, world: World, then: World) -> bool:
        """Whether the treaty or war that it names by number is the same in two worlds."""
        return True

    def distance(self, other: Self) -> int | None:
        """How unlike an order of the same kind is; None where it is about something else.

        It finds the option on a menu that an order off the menu comes nearest to.
        """
        return 0 if self.target is not None and self.target == other.target else None


@dataclass(frozen=True, slots=True)
class OrderForm:
    """A kind of order that is open: what each field may be, and what it costs in words."""

    kind: str
    domains: dict[str, Domain]
    cost: str
    make: Callable[..., Any]
    """Makes the order from one value of each domain, by name."""

    def sample(self, draw: Draw) -> Any:
        """An order with each field drawn from its domain; `draw(*subject)` gives [0, 1)."""
        chosen = {
            name: domain[int(draw(self.kind, name) * len(domain))]
            for name, domain in self.domains.items()
        }
        return self.make(**chosen)


def same_treaty(number: int, world: World, then: World) -> bool:
    """Whether a number names a treaty of the same parties and terms in two worlds."""
    now, before = world.treaty(number), then.treaty(number)
    return bool(now and before and (now.parties, now.terms) == (before.parties, before.terms))
