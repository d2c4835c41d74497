"""Declare war: to attack without an ultimatum."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.legality import CALMEST_THAT_FIGHTS, Refusal, truce_until, within_reach
from game.world.model import World
from game.world.orders.kind import OrderForm, OrderKind


@dataclass(frozen=True, slots=True)
class DeclareWar(OrderKind):
    """Attack without an ultimatum. `aim` is a province of the enemy, or empty."""

    shows: ClassVar[tuple[str, ...]] = ("war_declared",)
    on: str
    aim: str = ""
    kind: Literal["declare_war"] = "declare_war"

    @property
    def target(self) -> str:
        """Who is attacked."""
        return self.on

    def refusal(self, world: World, state: str) -> Refusal | None:
        """On whom an army can reach, in a posture that fights, out of truce and comradeship."""
        if world.at_war(state, self.on):
            return Refusal("at_war", (self.on,))
        if world.state(state).posture < CALMEST_THAT_FIGHTS:
            return Refusal("too_calm", (world.state(state).posture,))
        if world.turn <= world.atlas.rules.opening:
            return Refusal("opening", (world.atlas.rules.opening + 1,))
        if any(self.on in war.friends(state) for war in world.wars):
            return Refusal("comrade", (self.on,))
        truce = truce_until(world, state, self.on)
        if truce >= world.turn:
            return Refusal("truce", (self.on, truce + 1))
        if not within_reach(world, state, self.on):
            return Refusal("out_of_reach", (self.on,))
        if self.aim and (
            self.aim not in world.atlas.province_index or world.province(self.aim).owner != self.on
        ):
            return Refusal("not_theirs", (self.on, self.aim))
        return None

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Everybody who can be attacked now."""
        targets = tuple(name for name in others if cls(name).refusal(world, state) is None)
        return OrderForm("declare_war", {"on": targets}, "reliability", cls)

    def concerns(self, world: World, state: str) -> tuple[str, str]:
        """It is against whom it attacks."""
        return ("", self.on)
