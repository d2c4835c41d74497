"""Aid: money for another state, if it takes it."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.legality import Refusal, purse
from game.world.model import World
from game.world.orders.kind import OrderForm, OrderKind

STEPS = 4
"""Amounts of aid that a form lists: quarters of the purse."""


@dataclass(frozen=True, slots=True)
class Aid(OrderKind):
    """Offer money (units; `rules.CROWN` to a crown) to another state, held in escrow."""

    off_map: ClassVar[bool] = True
    shows: ClassVar[tuple[str, ...]] = ("aid_offered",)
    to: str
    amount: int
    kind: Literal["aid"] = "aid"

    @property
    def target(self) -> str:
        """Who is offered it."""
        return self.to

    def cost(self, world: World, state: str) -> int:
        """The amount."""
        return self.amount

    def refusal(self, world: World, state: str) -> Refusal | None:
        """It is more than nothing, and for nobody that one is at war with."""
        if world.at_war(state, self.to):
            return Refusal("at_war", (self.to,))
        return Refusal("amount") if self.amount <= 0 else None

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Quarters of the purse."""
        money = purse(world, state)
        amounts = tuple(
            amount for part in range(1, STEPS + 1) if (amount := money * part // STEPS) > 0
        )
        return OrderForm("aid", {"to": others, "amount": amounts}, "the amount", cls)

    def distance(self, other: "Aid") -> int | None:
        """By how much money it differs."""
        return abs(self.amount - other.amount) if self.to == other.to else None
