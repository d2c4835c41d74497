"""Aid: money for another state; it is set aside until the state answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.fields import ChoiceField, SliderField
from game.tui.widgets.forecast_card import ForecastCard
from game.words import money
from game.world.orders import Aid, Order
from game.world.public_finance import revenue
from game.world.rules import CROWN

if TYPE_CHECKING:
    from game.campaign import Campaign

STEPS = 20
"""Amounts between nothing and the whole purse."""


class AidDialog(OrderDialog):
    """Dismisses with one `Aid`, in a list."""

    explains = True
    about = (
        "Money for another state, held in escrow until it answers. Aid mends what one "
        "who fears threat holds against you, and little moves one who fears power. Leverage "
        "comes only with dependence and need, wears off, and shifts an answer by at most a "
        "quarter of what it is worth for safety; against safety it buys nothing (T10)."
    )

    def __init__(self, campaign: "Campaign", to: str | None = None) -> None:
        super().__init__(campaign)
        self._to = to

    def heading(self) -> str:
        """How much money is left."""
        return f"Send aid: {money(self.campaign.purse)} in the purse"

    def form(self) -> ComposeResult:
        """Fields: to whom, and how much."""
        purse = max(0, self.campaign.purse)
        step = max(CROWN // 10, purse // STEPS)
        start = min(purse, step * (STEPS // 4))
        yield ChoiceField("To", self.others(), self._to, id="to")
        yield SliderField("Amount", 0, purse, start, step=step, say=money, id="amount")
        yield Static(id="meaning", classes="hint", markup=False)
        yield ForecastCard(id="forecast")

    def orders(self) -> Sequence[Order]:
        """The gift that the fields describe."""
        amount = int(self.value_of("amount"))
        return [Aid(str(self.value_of("to")), amount)] if amount > 0 else []

    def preview(self, orders: Sequence[Order]) -> None:
        """Show what the money means to the other state, and whether it would take it."""
        to, amount = str(self.value_of("to")), int(self.value_of("amount"))
        if not to:
            return
        share = amount / max(1, revenue(self.campaign.world, to))
        self.set_text(
            "meaning",
            f"That is {share:.0%} of what {self.spoken(to)} earns in a turn. It mends what one "
            "who fears threat holds against you; leverage comes with dependence, and wears off.",
        )
        forecast = self.campaign.adviser.forecast(orders[0]) if orders else None
        card = self.query_one("#forecast", ForecastCard)
        card.show(f"Would {self.spoken(to)} take it?", forecast)
