"""Guarantee: a promise to defend a state, with what it would deter and what it would cost."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from game.tui.safe_text import fit_name, line, lines
from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.fields import ChoiceField
from game.tui.widgets.forecast_card import ForecastCard
from game.words import percent, share
from game.words.coalition_words import with_me
from game.words.grammar import counted
from game.world.coalitions import coalitions
from game.world.legality import refusal, within_reach
from game.world.odds import war_odds
from game.world.orders import Guarantee, Order
from game.world.rules import BP

if TYPE_CHECKING:
    from game.campaign import Campaign

NAME = 16
SHOWN = 3
"""Possible attackers that are shown, those with the best odds."""


class GuaranteeDialog(OrderDialog):
    """Dismisses with one `Guarantee`, in a list."""

    explains = True
    about = (
        "Promise a state, in public and alone, to defend it against anybody. It need not agree and "
        "owes us nothing; we promise to keep it out of others' hands. Whoever thinks of attacking "
        "it counts us in. If it is attacked we are called as an ally is (S6), and to refuse costs "
        "our name (T14). It dilutes our other promises (S7), and can be withdrawn with notice. It "
        "costs an envoy."
    )

    def __init__(self, campaign: "Campaign", to: str | None = None) -> None:
        super().__init__(campaign)
        self._to = to or self._most_worth()

    def _most_worth(self) -> str:
        """Whom it would be worth most to defend, by the mean of both readings."""
        gains = {}
        for state, _ in self.others():
            if refusal(self.campaign.world, self.me, Guarantee(state)) is None:
                gains[state] = sum(self.campaign.adviser.order_gain(Guarantee(state)).values())
        return max(gains, key=lambda state: gains[state], default="")

    def heading(self) -> str:
        """What it is."""
        return "Guarantee a state: we defend it, against anybody"

    def form(self) -> ComposeResult:
        """To whom and what it asks of us; below whom it would deter, and what it is worth."""
        yield ChoiceField("To", self.others(), self._to, id="to")
        yield Static(id="meaning", classes="hint", markup=False)
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield Static(id="deterred", markup=False)
            with Vertical(classes="column -aside"):
                yield ForecastCard(id="forecast")

    def orders(self) -> Sequence[Order]:
        """The guarantee as it stands."""
        to = str(self.value_of("to") or "")
        return [Guarantee(to)] if to else []

    def preview(self, orders: Sequence[Order]) -> None:
        """What it asks of us, what it is worth, and whom it would deter."""
        if not orders or (to := orders[0].target) is None:
            return
        rules, name = self.atlas.rules, self.spoken(to)
        lost = share(rules.reliability_refused_call / BP)
        self.set_text(
            "meaning",
            f"For {counted(rules.offer_term, 'turn')} we are called to fight whoever attacks "
            f"{name}, which owes us nothing. To refuse breaks our word, and costs {lost} of our "
            "reliability.",
        )
        card = self.query_one("#forecast", ForecastCard)
        card.show("", None, self.campaign.adviser.order_gain(orders[0]))
        self.set_text("deterred", self._deterred(to))

    def _deterred(self, to: str) -> Content:
        """The chance of those who could attack it, alone as things stand and with us beside it."""
        rows = []
        for state, _ in self.others():
            if state == to or not within_reach(self.campaign.world, state, to):
                continue
            attackers, defenders = coalitions(self.campaign.world, state, to)
            if self.me in (*attackers, *defenders):
                continue
            now = war_odds(self.campaign.world, attackers, defenders) / BP
            then = war_odds(self.campaign.world, attackers, with_me(defenders, self.me)) / BP
            rows.append((now, then, state))
        if not rows:
            return line("Nobody it would deter is in reach.")
        return lines(
            line(("An attacker's chance, now and with us", "bold")),
            *(
                line(
                    f"  {fit_name(self.name_of(state), NAME)} ",
                    f"{percent(now):>4} → {percent(then):>4}",
                )
                for now, then, state in sorted(rows, reverse=True)[:SHOWN]
            ),
        )
