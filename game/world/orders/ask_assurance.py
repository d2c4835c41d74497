"""Ask for an assurance: what would another do if a crisis ended in war?"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.events import Event
from game.world.legality import Refusal
from game.world.model import Crisis, World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind


@dataclass(frozen=True, slots=True)
class AskAssurance(OrderKind):
    """Ask a state in private what it will do if a crisis of others ends in war. Costs an envoy.

    It may be asked to stand by a side of the crisis, `beside`, or aside where that is empty. A side
    of the crisis asks for itself alone; anybody else may ask about either side. One state is asked
    once a turn about one crisis. Its answer is known to the two alone, is remembered, and is
    compared with what it does.
    """

    envoys: ClassVar[int] = 1
    of: str
    crisis: int
    """The number of a crisis that stands."""
    beside: str = ""
    kind: Literal["ask_assurance"] = "ask_assurance"

    @property
    def target(self) -> str:
        """Who is asked."""
        return self.of

    @property
    def slot(self) -> tuple[str, str]:
        """One state is asked once a turn about one crisis, whatever is asked."""
        return (f"{self.kind} {self.crisis}", self.of)

    def refusal(self, world: World, state: str) -> Refusal | None:
        """It needs a crisis that stands, and one who is no side of it, to be asked about a side."""
        crisis = world.crisis(self.crisis)
        if crisis is None:
            return Refusal("no_crisis", (self.crisis,))
        if self.of in (crisis.by, crisis.of):
            return Refusal("asked_is_side", (self.of,))
        if self.beside not in beside_whom(crisis, state):
            return Refusal("not_a_side", (self.beside, crisis.by, crisis.of))
        if world.at_war(state, self.of):
            return Refusal("at_war", (self.of,))
        return None

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Everything that can be asked now about the crises that stand."""
        asked = (
            cls(other, crisis.id, beside)
            for crisis in world.crises
            for other in others
            for beside in beside_whom(crisis, state)
        )
        legal = tuple(order for order in asked if order.refusal(world, state) is None)
        return OrderForm("ask_assurance", {"asked": legal}, ENVOY, lambda asked: asked)

    def shown_by(self, giver: str, happening: Event) -> bool:
        """The answer shows that it was asked."""
        between = (happening.actor, happening.target)
        answered = happening.kind == "assurance_given" and between == (self.of, giver)
        return answered and happening["crisis"] == self.crisis

    def same_in(self, world: World, then: World) -> bool:
        """The crisis that it names is the same."""
        now, before = world.crisis(self.crisis), then.crisis(self.crisis)
        return bool(now and before and (now.by, now.of) == (before.by, before.of))

    def distance(self, other: "AskAssurance") -> int | None:
        """To ask something else of it is a step away."""
        same = (self.of, self.crisis) == (other.of, other.crisis)
        return int(self.beside != other.beside) if same else None


def beside_whom(crisis: Crisis, state: str) -> tuple[str, ...]:
    """By whom `state` may ask others to stand in a crisis; empty for aside.

    A side asks for itself, a third for either.
    """
    sides = (crisis.by, crisis.of)
    return (state, "") if state in sides else (*sides, "")
