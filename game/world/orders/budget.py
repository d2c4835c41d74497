"""Budget: forces and investment."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world import public_finance
from game.world.legality import Refusal
from game.world.memo import derived
from game.world.model import World
from game.world.orders.kind import OrderForm, OrderKind
from game.world.rules import BP


@dataclass(frozen=True, slots=True)
class Budget(OrderKind):
    """Change forces and invest. `army` and `fleet` in bp of themselves, `invest` of revenue."""

    shows: ClassVar[tuple[str, ...]] = ("forces_raised", "forces_cut", "invested")
    army: int = 0
    fleet: int = 0
    invest: int = 0
    kind: Literal["budget"] = "budget"

    def cost(self, world: World, state: str) -> int:
        """The price of the arms that are added, and what is invested."""
        return _cost(world, state, self.army, self.fleet, self.invest)

    def refusal(self, world: World, state: str) -> Refusal | None:
        """Forces grow no faster than the rules say; at most the whole revenue is invested."""
        cap = world.atlas.rules.forces_growth_cap
        if not all(-BP <= growth <= cap for growth in (self.army, self.fleet)):
            return Refusal("growth", (cap,))
        return None if 0 <= self.invest <= BP else Refusal("amount")

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """A few rates of growth, and of investment."""
        cap = world.atlas.rules.forces_growth_cap
        growth = (-1_000, 0, cap // 3, cap)
        return OrderForm(
            "budget",
            {"army": growth, "fleet": growth, "invest": (0, 500, 1_000)},
            "the price of arms and what is invested",
            cls,
        )

    def distance(self, other: "Budget") -> int | None:
        """By how much its three figures differ in all."""
        return (
            abs(self.army - other.army)
            + abs(self.fleet - other.fleet)
            + abs(self.invest - other.invest)
        )


@derived("turn", "weights", "provinces")
def _cost(world: World, state: str, army: int, fleet: int, invest: int) -> int:
    total = public_finance.revenue(world, state) * invest // BP
    for arm, growth in (("army", army), ("fleet", fleet)):
        if growth > 0:
            units = public_finance.growth_units(world, state, arm, growth)
            total += public_finance.arms_price(world, state, arm, units)
    return total
