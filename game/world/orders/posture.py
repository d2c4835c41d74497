"""Posture: a step towards attack or defence."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.legality import Refusal
from game.world.model import World
from game.world.orders.kind import OrderForm, OrderKind
from game.world.rules import POSTURES


@dataclass(frozen=True, slots=True)
class Posture(OrderKind):
    """Move one step among the five postures (index into `rules.POSTURES`)."""

    shows: ClassVar[tuple[str, ...]] = ("posture_changed",)
    step: int
    kind: Literal["posture"] = "posture"

    def refusal(self, world: World, state: str) -> Refusal | None:
        """One step a turn, within the scale."""
        now = world.state(state).posture
        if not 0 <= self.step < len(POSTURES) or self.step == now:
            return Refusal("posture_same", (now,))
        return None if abs(self.step - now) == 1 else Refusal("posture_step", (now,))

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """The step below and the step above."""
        now = world.state(state).posture
        steps = tuple(
            step for step in (now - 1, now + 1) if cls(step).refusal(world, state) is None
        )
        return OrderForm("posture", {"step": steps}, "nothing", cls)
