"""The orders a state could give now, as forms: a kind, the domain of each field, what it costs.

A form can draw an order from its domains; the whole can draw a legal set of them. Screens, scripts
and property tests all go by these.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from game.dice import Draw
from game.world.legality import envoys, legal
from game.world.model import World
from game.world.orders import ORDER_KINDS, Order
from game.world.orders.kind import OrderForm


@dataclass(frozen=True, slots=True)
class LegalOrders:
    """All forms open to a state in a world."""

    world: World
    state: str
    forms: tuple[OrderForm, ...]

    def __iter__(self) -> Iterator[OrderForm]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def sample(self, draw: Draw) -> tuple[Order, ...]:
        """A legal set of orders: a few drawn from the forms, those that clash left out."""
        if not self.forms:
            return ()
        count = 1 + int(draw("orders") * 6)
        drawn: list[Order] = []
        for number in range(count):
            form = self.forms[int(draw("form", number) * len(self.forms))]
            drawn.append(form.sample(_with(draw, number)))
        return legal(self.world, self.state, drawn)


def _with(draw: Draw, number: int) -> Draw:
    def numbered(*subject: str | int) -> float:
        return draw(number, *subject)

    return numbered


def legal_orders(world: World, state: str) -> LegalOrders:
    """The forms open to a state, each with at least one order that would be legal by itself."""
    if not world.state(state).alive:
        return LegalOrders(world, state, ())
    others = tuple(name for name in world.playing() if name != state)
    off_map, sends = world.state(state).committed == 0, envoys(world, state) > 0
    forms = [
        kind.form(world, state, others)
        for kind in ORDER_KINDS
        if (kind.off_map or not off_map) and (sends or not kind.envoys)
    ]
    return LegalOrders(world, state, tuple(form for form in forms if all(form.domains.values())))
