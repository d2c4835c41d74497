"""The campaign screen's orders: opening the dialogs that give them, editing their list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from game.tui.actions import DIALOG_OF
from game.tui.panels.orders_panel import Orders
from game.tui.safe_text import notify
from game.tui.screen_registry import screen
from game.world.events import Event
from game.world.orders import Offer, Order

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.tui.snapshot import Snapshot

ORDERS_ALONE = frozenset({"order_dialog", "undo"})
"""What only gives or changes orders: after the last turn each says why it does nothing."""
OVER = "The campaign is over: nothing can be ordered any more. Space opens its debrief, Esc leaves."
_ORDERING = frozenset(
    {
        "order_dialog", "undo", "redo", "remove_order", "raise_order", "lower_order",
        "end_turn", "pass_turns", "matter", "dossier", "own_dossier", "explain", "notebook",
        "report", "chronicle",
    }
)  # fmt: skip
"""Actions that are not possible while a turn is being played."""


class OrderActions(Screen[None]):
    """The actions of the campaign screen that concern orders."""

    campaign: Campaign
    snapshot: Snapshot | None
    busy: bool
    orders_changed: Callable[[], None]
    _last_partner = ""
    """The state to which the last offer was made."""

    @property
    def selected(self) -> str:
        """The state that orders are about; empty if none is."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is ordered while a turn is being played."""
        del parameters
        return not (action in _ORDERING and self.busy)

    def does_something(self, action: str) -> bool:
        """Whether an action of the footer does something now."""
        if self.campaign.over and action in ORDERS_ALONE:
            return False
        return self.check_action(action, ()) is not False

    # the dialogs

    def action_order_dialog(self, name: str) -> None:
        """Open a dialog in which orders are made, on the selected state."""
        state = self.selected
        if name == "treaty_desk" and not state:
            asked = {order.to for order in self.campaign.pending if isinstance(order, Offer)}
            state = "" if self._last_partner in asked else self._last_partner
        self._open(name, state or None)

    def action_notebook(self) -> None:
        """What you think each rival fears."""
        self.app.push_screen(screen("notebook", self.campaign), lambda _: self.orders_changed())

    def action_chronicle(self) -> None:
        """Every turn so far; from one of them a new campaign may be begun."""

        def chosen(turn: int | None) -> None:
            if turn is not None:
                self.app.branch(self.campaign, turn)  # type: ignore[attr-defined]

        self.app.push_screen(screen("chronicle", self.campaign), chosen)

    def action_report(self) -> None:
        """The last turn's report again."""
        played = len(self.campaign.history.turns)
        if played:
            self.app.push_screen(screen("report", self.campaign, played))
        else:
            notify(self.app, "There is no report before the first turn is played.")

    def open_letter(self, happening: Event) -> None:
        """The last turn's report at a line that brought a letter."""
        if not self.busy:
            played = len(self.campaign.history.turns)
            self.app.push_screen(screen("report", self.campaign, played, happening))

    def open_dossier(self, state: str) -> None:
        """The dossier of a state, from which orders can be given to it."""
        if self.busy:
            return
        self.app.push_screen(screen("dossier", self.campaign, state), self.take)

    def _open(self, name: str, *arguments: Any) -> None:
        if self.campaign.over and name not in ("treaties", "war"):
            notify(self.app, OVER, timeout=6)
            return
        dialog = next((one for one in DIALOG_OF.values() if one.screen == name), None)
        if dialog is not None and not dialog.addressed:
            arguments = ()
        self.app.push_screen(screen(name, self.campaign, *arguments), self.take)

    def take(self, given: Order | Sequence[Order] | None) -> None:
        """Show what a dialog changed; `given` are the orders given in it, None if there are none.

        A notebook or a dossier may have changed other things than orders.
        """
        for order in given if isinstance(given, Sequence) else [given]:
            if isinstance(order, Offer):
                self._last_partner = order.to
        self.orders_changed()

    def give(self, order: Order) -> None:
        """Add an order; say why it can't be given."""
        from game.campaign import Refused

        try:
            self.campaign.order(order)
        except Refused as refused:
            notify(self.app, refused, severity="warning", timeout=10)
            self.orders_changed()
        else:
            self.take(order)

    # matters

    def action_matter(self, number: int) -> None:
        """Open a matter with the order that it suggests."""
        if self.snapshot is None or self.busy or number > len(self.snapshot.matters):
            return
        matter = self.snapshot.matters[number - 1]

        def chosen(what: str | None) -> None:
            if what == "order" and matter.order is not None:
                self.give(matter.order)
            elif what == "change" and matter.order is not None:
                self._change(matter.order)
            elif what == "dossier":
                self.open_dossier(matter.state)
            elif what == "notebook":
                self.action_notebook()
            elif what is not None:
                other = matter.state if matter.state != self.campaign.player else None
                self._open(what, other or None)

        self.app.push_screen(screen("matter", self.campaign, matter), chosen)

    def _change(self, order: Order) -> None:
        """Open the dialog in which an order can be changed before it is given."""
        if isinstance(order, Offer):
            if order.joins is None:
                self._open("treaty_desk", order.to, order.terms)
            else:
                self._open("invite", order.to, order.joins)
            return
        self._open(DIALOG_OF[order.kind].screen, order.target or self.selected or None)

    # editing the list

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self.campaign.undo():
            nothing = "There is nothing to take back this turn."
            notify(self.app, OVER if self.campaign.over else nothing, timeout=4)
        self.orders_changed()

    def action_redo(self) -> None:
        """Make the undone change again."""
        if not self.campaign.redo():
            notify(self.app, "There is nothing to put back.", timeout=3)
        self.orders_changed()

    def action_remove_order(self) -> None:
        """Take the marked order off the list."""
        index = self.query_one(Orders).marked
        if index is not None:
            self.campaign.replace([index], [])
            self.orders_changed()

    def action_raise_order(self) -> None:
        """Rank the marked order higher."""
        self._move(-1)

    def action_lower_order(self) -> None:
        """Rank the marked order lower."""
        self._move(1)

    def _move(self, by: int) -> None:
        panel = self.query_one(Orders)
        index = panel.marked
        if index is None or not 0 <= index + by < len(self.campaign.pending):
            return
        self.campaign.move(index, by)
        self.orders_changed()
        panel.highlighted = index + by
