"""Denounce: to leave a treaty, with notice or in breach."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from game.world.events import Event
from game.world.legality import Refusal, may_give_notice
from game.world.model import ADDED, World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind, same_treaty
from game.world.terms import Reason


@dataclass(frozen=True, slots=True)
class Denounce(OrderKind):
    """Leave a treaty: with notice it ends with the next turn; in breach it ends now, and dearly.

    Costs an envoy. After the treaty's term notice breaks no word. `why` is the reason that is
    stated to the partners; a state may state none.
    """

    envoys: ClassVar[int] = 1
    shows: ClassVar[tuple[str, ...]] = ("notice_given", "treaty_broken")
    treaty: int
    breach: bool = False
    kind: Literal["denounce"] = "denounce"
    why: Reason = field(default="", metadata=ADDED)

    @property
    def slot(self) -> tuple[str, str]:
        """A treaty is left once."""
        return (self.kind, str(self.treaty))

    def refusal(self, world: World, state: str) -> Refusal | None:
        """Only a party that owes something leaves; where notice was given, only in breach."""
        treaty = world.treaty(self.treaty)
        if treaty is None or state not in treaty.parties:
            return Refusal("not_party", (self.treaty,))
        if not treaty.owes(state):
            return Refusal("not_guarantor", (self.treaty, treaty.guarantor))
        if not self.breach and not may_give_notice(treaty, state):
            return Refusal("notice_given", (self.treaty,))
        return None

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Every treaty of the state, either way."""
        treaties = tuple(treaty.id for treaty in world.treaties_of(state) if treaty.owes(state))
        return OrderForm("denounce", {"treaty": treaties, "breach": (False, True)}, ENVOY, cls)

    def concerns(self, world: World, state: str) -> tuple[str, str]:
        """The first of the other parties, and the adversary that the treaty names."""
        treaty = world.treaty(self.treaty)
        return (treaty.others(state)[0], treaty.against) if treaty else ("", "")

    def shown_by(self, giver: str, happening: Event) -> bool:
        """Notice, or the breach, of the treaty."""
        return (
            happening.kind in self.shows
            and happening.actor == giver
            and happening["treaty"] == self.treaty
        )

    def same_in(self, world: World, then: World) -> bool:
        """It is the same treaty."""
        return same_treaty(self.treaty, world, then)
