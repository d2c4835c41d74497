"""The slate: the orders of the turn so far, in rank order, with undo and redo."""

from collections.abc import Collection, Sequence

from game.world.orders import Order

Orders = tuple[Order, ...]


class PendingOrders:
    """Pending orders, and every change of them since the turn began."""

    def __init__(self, orders: Sequence[Order] = ()) -> None:
        self.orders: Orders = tuple(orders)
        self._before: list[Orders] = []
        self._undone: list[Orders] = []

    def add(self, order: Order) -> None:
        """Put an order last."""
        self.change((*self.orders, order))

    def without(self, places: Collection[int]) -> Orders:
        """What would be left without the orders at some places."""
        return tuple(order for index, order in enumerate(self.orders) if index not in places)

    def replace(self, places: Collection[int], orders: Sequence[Order]) -> None:
        """Put orders in the place of those at `places`, as one change.

        The new orders take the ranks that become free, in their order; the rest of them go last.
        """
        rest = iter(orders)
        changed: list[Order] = []
        for index, order in enumerate(self.orders):
            if index not in places:
                changed.append(order)
            elif (new := next(rest, None)) is not None:
                changed.append(new)
        self.change((*changed, *rest))

    def move(self, index: int, by: int) -> None:
        """Change an order's rank."""
        orders = list(self.orders)
        order = orders.pop(index)
        orders.insert(max(0, min(len(orders), index + by)), order)
        self.change(tuple(orders))

    def change(self, orders: Orders) -> None:
        """Let other orders be pending; what was undone is forgotten."""
        self._before.append(self.orders)
        self._undone.clear()
        self.orders = orders

    def undo(self) -> bool:
        """Take back the last change; whether there was one."""
        return self._step(self._before, self._undone)

    def redo(self) -> bool:
        """Make the last undone change again; whether there was one."""
        return self._step(self._undone, self._before)

    def _step(self, source: list[Orders], target: list[Orders]) -> bool:
        if not source:
            return False
        target.append(self.orders)
        self.orders = source.pop()
        return True
