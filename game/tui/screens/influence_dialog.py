"""Influence: work inside another society, sound it out, or have what we saw of it weighed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.fields import ChoiceField
from game.words import order_consequences, percent
from game.world.orders import MEANS, Assess, Means, Order, Penetrate, Sound
from game.world.rules import BP

if TYPE_CHECKING:
    from game.campaign import Campaign

LISTEN, ASSESS = "listen", "assess"
MEANING = {
    LISTEN: "Send an envoy to listen",
    ASSESS: "Have its deeds assessed",
    "envoys": "Cultivate its officials, discreetly",
    "lobby": "Lobby its parties and press",
    "propaganda": "Speak to its people, openly",
}


class InfluenceDialog(OrderDialog):
    """Dismisses with one `Sound`, `Assess` or `Penetrate`, in a list."""

    about = (
        "Send an envoy to listen, or work inside another society. Talks are private: this is "
        "how to hear what others offer each other and decline. Penetration goes deeper the more "
        "open a society is, buys sight of its reasons, and can be found out (T11). An assessment "
        "weighs all that we saw of a state and says how likely it is that it fears power: the "
        "figure is in the notebook when the turn is over. Each costs an envoy."
    )

    def __init__(self, campaign: "Campaign", of: str | None = None) -> None:
        super().__init__(campaign)
        self._of = of

    def heading(self) -> str:
        """How many envoys and how much money are left."""
        return f"Influence: {self.campaign.envoys_left} envoys left this turn"

    def form(self) -> ComposeResult:
        """Fields: the state, and the means."""
        ways = [(way, MEANING[way]) for way in (LISTEN, *MEANS, ASSESS)]
        yield ChoiceField("In", self.others(), self._of, id="of")
        yield ChoiceField("How", ways, LISTEN, id="how")
        yield Static(id="meaning", classes="hint", markup=False)

    def orders(self) -> Sequence[Order]:
        """The order that the fields describe."""
        of, how = str(self.value_of("of")), self.value_of("how")
        if how == LISTEN:
            return [Sound(of)]
        if how == ASSESS:
            return [Assess(of)]
        means: Means = next(means for means in MEANS if means == how)
        return [Penetrate(of, means)]

    def preview(self, orders: Sequence[Order]) -> None:
        """Show the player's network in the state, and what the order can achieve."""
        of = str(self.value_of("of"))
        if not of:
            return
        depth = self.campaign.world.networks.get((self.me, of), 0) / BP
        openness = self.atlas.sheet(of).openness / BP
        last_turn = self.campaign.world.soundings.get((self.me, of))
        last = f"last sounded {self.atlas.date(last_turn)}" if last_turn else "never sounded"
        name = self.spoken(of)
        if self.value_of("how") == LISTEN:
            text = f"Listening narrows what we must guess of {name} ({last}). It cannot be caught."
        elif self.value_of("how") == ASSESS:
            made = self.campaign.notebook.assessed(of)
            before = f"the last one: {self.atlas.date(made[-1][0])}" if made else "it is the first"
            text = (
                f"An envoy weighs all that we saw of {name}. At the end of the turn our notebook "
                f"says how likely it is that it fears power rather than threat ({before}). "
                "Nobody learns of it."
            )
        else:
            gained, found = self.campaign.adviser.penetration(of, self.value_of("how"))
            text = (
                f"{self.opening(of)} is {percent(openness)} open; our network there is "
                f"{percent(depth)} deep. This takes it {percent(gained)} deeper, unless it is "
                f"found out; the chance of that is {percent(found)}, more in a closed society. "
                "A network buys "
                "sight of its reasons and fades each turn."
            )
        heard = [
            order_consequences.what_is_heard(
                order, self.campaign.adviser.hearing(order), self.atlas.rules
            )
            for order in orders
            if isinstance(order, Sound | Penetrate)
        ]
        self.set_text("meaning", " ".join((text, *heard)))
