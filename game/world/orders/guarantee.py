"""Guarantee: to promise another state, in public and alone, to defend it against anybody."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.legality import Refusal, may_be_renewed, opposed_to
from game.world.model import Treaty, World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind


@dataclass(frozen=True, slots=True)
class Guarantee(OrderKind):
    """Promise to defend a state. It need not agree, and owes nothing. Costs an envoy.

    It stands as long as an offered treaty (`rules.offer_term`), and is withdrawn as treaties are
    left. Given again in its last turns, it is renewed.
    """

    envoys: ClassVar[int] = 1
    shows: ClassVar[tuple[str, ...]] = ("guarantee_given",)
    to: str
    kind: Literal["guarantee"] = "guarantee"

    @property
    def target(self) -> str:
        """Who is to be defended."""
        return self.to

    def refusal(self, world: World, state: str) -> Refusal | None:
        """Not to an enemy, nor to one that a public pact stands against, nor twice."""
        if world.at_war(state, self.to):
            return Refusal("at_war", (self.to,))
        opposed = opposed_to(world, state, self.to) or opposed_to(world, self.to, state)
        if opposed is not None:
            return Refusal("opposed", (self.to, opposed.id))
        if self.renews(world, state) is None and self._is_owed(world, state):
            return Refusal("already_bound", (self.to,))
        return None

    def renews(self, world: World, state: str) -> Treaty | None:
        """The guarantee that it would renew: its giver's own, near its end."""
        for treaty in world.treaties_of(state):
            ours = treaty.parties == (state, self.to) and treaty.guarantor
            if ours and may_be_renewed(world, treaty):
                return treaty
        return None

    def _is_owed(self, world: World, state: str) -> bool:
        """Whether a treaty obliges the giver already to defend it against anybody."""
        return any(
            state in treaty.defended_by(self.to) and not treaty.against and not treaty.leavers
            for treaty in world.treaties_of(self.to)
        )

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """To everybody who can be given one now."""
        legal = tuple(name for name in others if cls(name).refusal(world, state) is None)
        return OrderForm("guarantee", {"to": legal}, ENVOY, cls)
