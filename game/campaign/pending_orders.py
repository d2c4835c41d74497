"""The slate: the orders of the turn so far, in rank order, with undo and redo."""

from collections.abc import Sequence

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

    def without(self, index: int) -> Orders:
        """What would be left without an order."""
        return (*self.orders[:index], *self.orders[index + 1 :])

    def put(self, index: int, order: Order) -> None:
        """Put another order in the place of one."""
        rest = self.without(index)
        self.change((*rest[:index], order, *rest[index:]))

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
