"""Base classes of dialogs about a campaign, and of dialogs that make orders."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Static

from game.advice.explained_form import Explained
from game.tui.screens.card_base import Card, Result
from game.tui.widgets.fields import Field
from game.words import money, refusal_sentences
from game.words import order_labels as order_words
from game.words.grammar import with_article
from game.world.legality import check
from game.world.orders import Order

if TYPE_CHECKING:
    from game.campaign import Campaign


class Dialog(Card[Result]):
    """A card about a campaign."""

    def __init__(self, campaign: "Campaign") -> None:
        super().__init__()
        self.campaign = campaign
        self.atlas = campaign.atlas

    @property
    def me(self) -> str:
        """The player's state."""
        return self.campaign.player or ""

    def name_of(self, state: str) -> str:
        """A state's name, as text."""
        return self.atlas.name(state)

    def spoken(self, state: str) -> str:
        """A state's name as it stands within a sentence: "the United Kingdom"."""
        return with_article(self.atlas.name(state))

    def opening(self, state: str) -> str:
        """A state's name as a sentence begins with it: "The United Kingdom"."""
        spoken = self.spoken(state)
        return spoken[:1].upper() + spoken[1:]

    def others(self) -> list[tuple[str, str]]:
        """Every other state that plays, with its name, by name."""
        states = (state for state in self.campaign.world.playing() if state != self.me)
        return sorted(((state, self.name_of(state)) for state in states), key=lambda pair: pair[1])

    def replaced(self, orders: Sequence[Order]) -> list[int]:
        """The places of pending orders that these would take the place of."""
        slots = {order.slot for order in orders}
        return [index for index, order in enumerate(self.campaign.pending) if order.slot in slots]

    def why_not(self, orders: Sequence[Order]) -> str | None:
        """Why these orders are not legal beside the pending ones; None if they are."""
        world, replaced = self.campaign.world, self.replaced(orders)
        remaining = [
            order for index, order in enumerate(self.campaign.pending) if index not in replaced
        ]
        for order, reason in check(world, self.me, [*remaining, *orders]):
            if any(order is one for one in orders):
                return refusal_sentences.refuse(reason, world, self.me)
        return None

    def give(self, orders: Sequence[Order]) -> None:
        """Give orders in the place of those that they replace, as one change.

        Raises `game.campaign.Refused` if they cannot stand: ask `why_not` before.
        """
        self.campaign.replace(self.replaced(orders), orders)


class OrderDialog(Dialog[list[Order] | None]):
    """A dialog that gives orders: says what they are, what they cost, and why they can't be.

    It dismisses with the orders given, or with None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "send", "Give the order")]

    def orders(self) -> Sequence[Order]:
        """The orders that the fields describe."""
        raise NotImplementedError

    def preview(self, _orders: Sequence[Order]) -> None:
        """Show what the orders would do; called after every change."""

    def body(self) -> ComposeResult:
        """The fields, the orders in words, and what is wrong with them."""
        yield from self.form()
        yield Static(classes="said", id="said", markup=False)
        yield Static(classes="refused", id="refused", markup=False)

    def form(self) -> ComposeResult:
        """The fields."""
        raise NotImplementedError

    def buttons(self) -> ComposeResult:
        """Send, or close."""
        yield Button("Give the order", id="send", variant="primary", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Show the first preview."""
        self.query(Field).first().focus()
        self.update_preview()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Show the effect of the change."""
        del event
        self.update_preview()

    def figures(self) -> Sequence[Explained]:
        """The forecast and the worth of each order that the fields describe."""
        explain = self.campaign.adviser.explanations
        return [one for order in self.orders() for one in explain.order(order)]

    def refusal(self, orders: Sequence[Order]) -> str | None:
        """Why these orders can't be given, as a sentence."""
        if not orders:
            return "Nothing is changed yet."
        return self.why_not(orders)

    def update_preview(self) -> None:
        """Show the orders in words, their cost, and why they are not legal."""
        orders = self.orders()
        world = self.campaign.world
        said = "; ".join(order_words.say(order, world, self.me) for order in orders)
        price = sum(order.cost(world, self.me) for order in orders)
        self.set_text("said", said + (f"  (costs {money(price)})" if price else ""))
        refused = self.refusal(orders)
        self.set_text("refused", f"✗ {refused}" if refused else "")
        self.query_one("#send", Button).disabled = refused is not None
        self.preview(orders)

    def action_send(self) -> None:
        """Give the orders, if they are legal."""
        orders = list(self.orders())
        refused = self.refusal(orders)
        if refused:
            self.set_text("refused", f"✗ {refused}")
            self.app.bell()
        else:
            self.give(orders)
            self.dismiss(orders)
