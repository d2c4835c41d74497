"""Demand: the stakes in which the player has an interest, and the chances of yielding and war."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.fields import ChoiceField
from game.tui.widgets.forecast_card import ForecastCard
from game.words import order_labels as order_words
from game.words import percent
from game.world.legality import CALMEST_THAT_FIGHTS, refusal
from game.world.orders import Demand, Order
from game.world.rules import BP, POSTURES

if TYPE_CHECKING:
    from game.campaign import Campaign

GROUNDS = {
    "claim": "our claim",
    "border": "our common border",
    "rivalry": "our rivalry",
    "treaty": "a treaty against us",
    "war": "a war",
}


class DemandDialog(OrderDialog):
    """Dismisses with one `Demand`, in a list. Offers only what the rules allow."""

    explains = True
    about = (
        "A demand needs an interest to stand on: a claim, land on your border, a neighbour or "
        "rival who is armed for attack, or a treaty against you. It opens a crisis in which both "
        "sides yield, hold or climb. All who see it think you more hostile (S10); the "
        "forecast says how likely they are to yield to an ultimatum, the last rung before war."
    )

    def __init__(self, campaign: "Campaign", of: str | None = None) -> None:
        super().__init__(campaign)
        self._stakes = {state: self._legal(state) for state, _ in self.others()}
        able = [state for state, stakes in self._stakes.items() if stakes]
        partners = campaign.world.bound_to(self.me)
        able.sort(key=lambda state: state in partners)
        self._of = of if of in able else next(iter(able), "")
        self._asked = of

    def _legal(self, state: str) -> list[Demand]:
        world = self.campaign.world
        return [order for order in self._stood_on(state) if refusal(world, self.me, order) is None]

    def _stood_on(self, state: str) -> list[Demand]:
        """The stakes in which the player has an interest, legal now or not."""
        world = self.campaign.world
        candidates = [
            *(Demand(state, "cede", province.id) for province in world.owned(state)),
            *(Demand(state, "renounce", str(pact.id)) for pact in world.treaties_of(state)),
            Demand(state, "stand_down"),
        ]
        return [order for order in candidates if order.interest(world, self.me)]

    def heading(self) -> str:
        """Whether there is anything to demand."""
        return "Make a demand: a crisis opens, and either side may climb"

    def form(self) -> ComposeResult:
        """Fields: of whom, and what."""
        able = [(state, name) for state, name in self.others() if self._stakes[state]]
        yield ChoiceField("Of", able, self._of, id="of")
        yield ChoiceField("Stake", self._choices(), id="stake")
        yield Static(id="meaning", classes="hint", markup=False)
        yield ForecastCard(id="forecast")

    def _choices(self) -> list[tuple[Demand, str]]:
        world = self.campaign.world
        return [
            (order, order_words.say(order, world, self.me).removeprefix("Demand that "))
            for order in self._stakes.get(self._of, [])
        ]

    def update_preview(self) -> None:
        """The stakes follow the state."""
        of = str(self.value_of("of") or "")
        if of != self._of:
            self._of, self._asked = of, None
            self.query_one("#stake", ChoiceField).set_choices(self._choices())
        super().update_preview()

    def orders(self) -> Sequence[Order]:
        """The demand that the fields describe."""
        order = self.value_of("stake")
        return [order] if isinstance(order, Demand) else []

    def refusal(self, orders: Sequence[Order]) -> str | None:
        """Why nothing can be demanded, or not this."""
        if orders:
            return super().refusal(orders)
        stood_on = (order for state, _ in self.others() for order in self._stood_on(state))
        if (order := next(stood_on, None)) is not None:
            return self.campaign.refusal(order)
        return (
            "There is no demand you could stand on: it takes a claim, land on your border, a "
            "neighbour or rival who is armed for attack, or a treaty against you."
        )

    def preview(self, orders: Sequence[Order]) -> None:
        """Show the ground of the demand, its risk, and whether the other would yield."""
        if not isinstance(order := next(iter(orders), None), Demand):
            return
        name = self.spoken(order.of)
        ground = GROUNDS.get(order.interest(self.campaign.world, self.me), "nothing")
        odds = self.campaign.adviser.war_odds(order.of) / BP
        at_once = self.campaign.adviser.forecast(order)
        text = (
            f"It stands on {ground}. If it ends in war, our side's odds are {percent(odds)}; that "
            f"they yield at once, {percent(at_once.blended if at_once else 0.0)}. "
            "Backing down costs resolve, the more the higher we climbed; all who see it think us "
            "more hostile."
        )
        posture = self.campaign.world.state(self.me).posture
        if posture < CALMEST_THAT_FIGHTS:
            now, needed = POSTURES[posture], POSTURES[CALMEST_THAT_FIGHTS]
            text += (
                f" From our {now} posture we can demand, but not climb to an ultimatum: that takes "
                f"a {needed} one."
            )
        if self._asked and self._asked != order.of:
            text = f"Of {self.spoken(self._asked)} there is nothing to demand. " + text
        self.set_text("meaning", text)
        card = self.query_one("#forecast", ForecastCard)
        title = f"Would {name} yield to an ultimatum?"
        card.show(title, self.campaign.adviser.forecast(order, ultimatum=True))
