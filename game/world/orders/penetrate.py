"""Penetrate: to work inside another society (THEORY T11)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.legality import Refusal
from game.world.model import World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind
from game.world.terms import MEANS, Means


@dataclass(frozen=True, slots=True)
class Penetrate(OrderKind):
    """Work inside another society. Costs an envoy (THEORY T11)."""

    envoys: ClassVar[int] = 1
    shows: ClassVar[tuple[str, ...]] = ("penetration_made", "plot_found")
    of: str
    means: Means = "envoys"
    kind: Literal["penetrate"] = "penetrate"

    @property
    def target(self) -> str:
        """In whom."""
        return self.of

    def refusal(self, world: World, state: str) -> Refusal | None:
        """By one of the means there are."""
        return None if self.means in MEANS else Refusal("means")

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """In anybody, by any means."""
        return OrderForm("penetrate", {"of": others, "means": MEANS}, ENVOY, cls)
