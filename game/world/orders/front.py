"""Front: where an army's weight lies in a war."""

from dataclasses import dataclass
from typing import Literal

from game.world.legality import Refusal
from game.world.model import World
from game.world.orders.kind import OrderForm, OrderKind


@dataclass(frozen=True, slots=True)
class Front(OrderKind):
    """Weight (0 to 3) and stance of one's army against one enemy. Without it: 1, attack if able."""

    enemy: str
    weight: int = 1
    attack: bool = True
    kind: Literal["front"] = "front"

    @property
    def target(self) -> str:
        """Against whom the front stands."""
        return self.enemy

    def refusal(self, world: World, state: str) -> Refusal | None:
        """There is a front only in a war."""
        if not world.at_war(state, self.enemy):
            return Refusal("not_at_war", (self.enemy,))
        return None if 0 <= self.weight <= 3 else Refusal("weight")

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Each enemy, at each weight, either way."""
        foes = tuple(name for name in others if world.at_war(state, name))
        return OrderForm(
            "front",
            {"enemy": foes, "weight": (0, 1, 2, 3), "attack": (True, False)},
            "nothing",
            cls,
        )

    def concerns(self, world: World, state: str) -> tuple[str, str]:
        """It is against an enemy."""
        return ("", self.enemy)

    def distance(self, other: "Front") -> int | None:
        """By how much the weight differs; another stance counts more than any weight."""
        if self.enemy != other.enemy:
            return None
        return abs(self.weight - other.weight) + 4 * (self.attack != other.attack)
