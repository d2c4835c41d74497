"""Assess: to have an envoy weigh what was seen of a state, for the player's notebook."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.model import World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind


@dataclass(frozen=True, slots=True)
class Assess(OrderKind):
    """Have one state's deeds weighed. Costs an envoy; the result is there when the turn is over.

    The engine records alone that it was made (`assessment_made`): the figure follows from what
    the giver could see, and `game/campaign` computes it for the player's notebook.
    """

    envoys: ClassVar[int] = 1
    players_only: ClassVar[bool] = True
    of: str
    kind: Literal["assess"] = "assess"

    @property
    def target(self) -> str:
        """Whose deeds are weighed."""
        return self.of

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Of anybody."""
        return OrderForm("assess", {"of": others}, ENVOY, cls)
