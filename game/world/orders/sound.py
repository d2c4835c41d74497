"""Sound: an envoy who listens."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.model import World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind


@dataclass(frozen=True, slots=True)
class Sound(OrderKind):
    """Send an envoy to listen: narrows what must be guessed of one state."""

    envoys: ClassVar[int] = 1
    shows: ClassVar[tuple[str, ...]] = ("sounding_made",)
    of: str
    kind: Literal["sound"] = "sound"

    @property
    def target(self) -> str:
        """In whom it listens."""
        return self.of

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """In anybody."""
        return OrderForm("sound", {"of": others}, ENVOY, cls)
