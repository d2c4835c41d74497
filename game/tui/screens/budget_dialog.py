"""The budget: army, fleet, investment and posture on one card; "as last year" is the default."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static

from game.tui.safe_text import line, lines
from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.fields import ChoiceField, Field, SliderField
from game.words import army, fleet, money, percent, share
from game.words.order_labels import arm_growth, growth_words
from game.world import legality, public_finance
from game.world.orders import Budget, Order, Posture
from game.world.rules import ATTACK_FACTOR, BP, DEFENCE_FACTOR, POSTURES

if TYPE_CHECKING:
    from game.campaign import Campaign

DEEPEST_CUT = BP // 2
"""The most that a slider cuts forces by, bp of themselves."""
INVEST_STEP = BP // 50


class BudgetDialog(OrderDialog):
    """Dismisses with a `Budget`, a `Posture`, or both; "as last year" dismisses with none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("l", "as_last_year", "As last year")]

    about = (
        "Arms and posture are balancing by your own means (S3), and what makes you safer "
        "makes others less safe (S9). Forces get dearer the faster they grow; investment "
        "raises revenue for good, less and less; posture moves one step a turn and everyone "
        "sees it."
    )

    def __init__(self, campaign: "Campaign") -> None:
        super().__init__(campaign)
        world = campaign.world
        self._state = world.state(self.me)
        self._pending = [order for order in campaign.pending if isinstance(order, Budget | Posture)]
        cap = world.atlas.rules.forces_growth_cap
        self._step = max(1, cap // 6)

    def heading(self) -> str:
        """How much money there is."""
        return f"Budget {self.campaign.date}"

    def form(self) -> ComposeResult:
        """Three sliders and the posture."""
        budget = next((order for order in self._pending if isinstance(order, Budget)), Budget())
        moved = next((order for order in self._pending if isinstance(order, Posture)), None)
        cap = self.atlas.rules.forces_growth_cap
        low = -(DEEPEST_CUT // self._step) * self._step
        yield SliderField(
            "Army", low, cap, budget.army, step=self._step, say=self._say_army, id="army"
        )
        yield SliderField(
            "Fleet", low, cap, budget.fleet, step=self._step, say=self._say_fleet, id="fleet"
        )
        most = BP // 2
        yield SliderField(
            "Invest", 0, most, budget.invest, step=INVEST_STEP, say=self._say_invest, id="invest"
        )
        now = self._state.posture
        steps = [
            (step, _posture_words(step, now))
            for step in range(now - 1, now + 2)
            if 0 <= step < len(POSTURES)
        ]
        yield ChoiceField("Posture", steps, moved.step if moved else now, id="posture")
        yield Static(id="ledger", markup=False)

    def buttons(self) -> ComposeResult:
        """Send, reset, or close."""
        yield Button("Give the order", id="send", variant="primary", compact=True)
        yield Button("As last year", id="as_last_year", compact=True)
        yield Button("Back", id="back", compact=True)

    def orders(self) -> Sequence[Order]:
        """What differs from last year."""
        budget = Budget(
            army=int(self.value_of("army")),
            fleet=int(self.value_of("fleet")),
            invest=int(self.value_of("invest")),
        )
        step = int(self.value_of("posture"))
        orders: list[Order] = [] if budget == Budget() else [budget]
        return orders if step == self._state.posture else [*orders, Posture(step)]

    def refusal(self, orders: Sequence[Order]) -> str | None:
        """Why not, if the orders took the place of the pending budget."""
        if not orders and not self._pending:
            return "Nothing is changed: this is as last year."
        return self.why_not(orders) if orders else None

    def replaced(self, orders: Sequence[Order]) -> list[int]:
        """The pending orders that these replace: the whole pending budget."""
        del orders
        pending = self.campaign.pending
        return [index for index, order in enumerate(pending) if isinstance(order, Budget | Posture)]

    def preview(self, orders: Sequence[Order]) -> None:
        """Show the account: income, fixed expenses, the cost of this budget, the rest."""
        world = self.campaign.world
        spent = sum(order.cost(world, self.me) for order in orders)
        elsewhere = sum(
            order.cost(world, self.me)
            for order in self.campaign.pending
            if order not in self._pending
        )
        left = legality.purse(world, self.me) - spent - elsewhere
        rows = (
            ("Treasury", self._state.treasury),
            ("Revenue", public_finance.revenue(world, self.me)),
            ("Upkeep and duties", -public_finance.outgoings(world, self.me)),
            ("Other orders", -elsewhere),
            ("This budget", -spent),
        )
        table = [line(f"  {words:<20}{money(units):>9}") for words, units in rows if units]
        total = line((f"  {'Left in the purse':<20}{money(left):>9}", "bold"))
        gain = public_finance.investment_return(world, self.me, self._invested())
        returns = line((f"  invested: revenue {money(gain)} higher for good", "$text-muted"))
        rows_below = [total, *([returns] if gain else []), *self._effects(orders)]
        self.query_one("#ledger", Static).update(lines(*table, *rows_below))

    def _effects(self, orders: Sequence[Order]) -> list[Content]:
        """What the orders change for us, if all others stay as they are; nothing for none."""
        if not orders:
            return []
        effects = self.campaign.adviser.budget_effects(orders)
        dearer = "more" if effects.upkeep > 0 else "less"
        upkeep = f", {money(abs(effects.upkeep))} {dearer} upkeep a turn" if effects.upkeep else ""
        changes = (
            f"by {reading} {share(effects.insecurity[lens][0])} to "
            f"{share(effects.insecurity[lens][1])}"
            for reading, lens in (("power", "BOP"), ("threat", "BOT"))
        )
        return [line((f"  insecurity {', '.join(changes)}{upkeep}", "$text-muted"))]

    def action_as_last_year(self) -> None:
        """Set all fields back to last year's budget."""
        for id in ("army", "fleet", "invest"):
            self.query_one(f"#{id}", Field).value = 0
        self.query_one("#posture", Field).value = self._state.posture

    def _invested(self) -> int:
        return (
            public_finance.revenue(self.campaign.world, self.me)
            * int(self.value_of("invest"))
            // BP
        )

    def _say_army(self, growth: int) -> str:
        units = public_finance.growth_units(self.campaign.world, self.me, "army", growth)
        return self._say_arm("army", growth, army(self._state.army + units, self.atlas))

    def _say_fleet(self, growth: int) -> str:
        units = public_finance.growth_units(self.campaign.world, self.me, "fleet", growth)
        return self._say_arm("fleet", growth, fleet(self._state.fleet + units, self.atlas))

    def _say_arm(self, arm: str, growth: int, result: str) -> str:
        """What an arm would be and by how much that is more, in the same words as the order."""
        if not growth:
            return f"{result} as now"
        return f"{result} ({growth_words(arm_growth(self.campaign.world, self.me, arm, growth))})"

    def _say_invest(self, share: int) -> str:
        return f"{percent(share / BP)} {money(self._invested())}" if share else "nothing"


def _posture_words(step: int, now: int) -> str:
    attack, defence = ATTACK_FACTOR[step] / BP, DEFENCE_FACTOR[step] / BP
    change = "as now, " if step == now else ""
    return f"{POSTURES[step]} ({change}attack x{attack:g}, defence x{defence:g})"
