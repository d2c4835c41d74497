"""Influence: work inside another society, sound it out, or have what we saw of it weighed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.fields import ChoiceField
from game.words import order_consequences, percent
from game.words.grammar import counted
from game.world.model import Crisis
from game.world.orders import (
    MEANS,
    AskAssurance,
    Assess,
    Means,
    Order,
    Penetrate,
    Sound,
)
from game.world.orders.ask_assurance import beside_whom
from game.world.rules import BP

if TYPE_CHECKING:
    from game.campaign import Campaign

LISTEN, ASSESS, ASK = "listen", "assess", "ask"
MEANING = {
    LISTEN: "Send an envoy to listen",
    ASSESS: "Have its deeds assessed",
    ASK: "Ask what it would do in a crisis",
    "envoys": "Cultivate its officials, discreetly",
    "lobby": "Lobby its parties and press",
    "propaganda": "Speak to its people, openly",
}


class InfluenceDialog(OrderDialog):
    """Dismisses with one `Sound`, `Assess`, `Penetrate` or `AskAssurance`, in a list."""

    about = (
        "Send an envoy to listen, or work inside another society. Talks are private: this is "
        "how to hear what others offer each other and decline. Penetration goes deeper the more "
        "open a society is, buys sight of its reasons, and can be found out (T11). An assessment "
        "weighs all that we saw of a state and says how likely it is that it fears power: the "
        "figure is in the notebook when the turn is over. While a crisis stands, others can be "
        "asked in private whether they would stand by a side of it if it comes to war, or aside: "
        "they may lie, and what they say is compared with what they do (T14). Each costs an envoy."
    )

    def __init__(self, campaign: "Campaign", of: str | None = None) -> None:
        super().__init__(campaign)
        self._of = of

    def heading(self) -> str:
        """How many envoys and how much money are left."""
        return f"Influence: {counted(self.campaign.envoys_left, 'envoy')} left this turn"

    def form(self) -> ComposeResult:
        """Fields: the state, and the means."""
        open_to = (ASK,) if self.campaign.world.crises else ()
        ways = [(way, MEANING[way]) for way in (LISTEN, *MEANS, ASSESS, *open_to)]
        yield ChoiceField("In", self.others(), self._of, id="of")
        yield ChoiceField("How", ways, LISTEN, id="how")
        if open_to:
            yield ChoiceField("Whether", self._stands(), id="whether")
        yield Static(id="meaning", classes="hint", markup=False)

    def _stands(self) -> list[tuple[tuple[int, str], str]]:
        """What can be asked about each crisis: (its number, by whom to stand), and in words.

        The player's own crises come first.
        """
        crises = self.campaign.world.crises
        ours = [crisis for crisis in crises if self.me in (crisis.by, crisis.of)]
        return [
            ((crisis.id, beside), self._stand(crisis, beside))
            for crisis in (*ours, *(one for one in crises if one not in ours))
            for beside in beside_whom(crisis, self.me)
        ]

    def _stand(self, crisis: Crisis, beside: str) -> str:
        if self.me in (crisis.by, crisis.of):
            other = self.spoken(crisis.of if crisis.by == self.me else crisis.by)
            return f"it stands by us against {other}" if beside else f"it stands aside ({other})"
        by, of = self.spoken(crisis.by), self.spoken(crisis.of)
        if not beside:
            return f"it stands aside ({by} and {of})"
        return f"it stands by {self.spoken(beside)} against {of if beside == crisis.by else by}"

    def orders(self) -> Sequence[Order]:
        """The order that the fields describe."""
        of, how = str(self.value_of("of")), self.value_of("how")
        if how == LISTEN:
            return [Sound(of)]
        if how == ASSESS:
            return [Assess(of)]
        if how == ASK:
            number, beside = self.value_of("whether")
            return [AskAssurance(of, number, beside)]
        means: Means = next(means for means in MEANS if means == how)
        return [Penetrate(of, means)]

    def preview(self, orders: Sequence[Order]) -> None:
        """Show the player's network in the state, and what the order can achieve."""
        of = str(self.value_of("of"))
        if not of:
            return
        for field in self.query("#whether"):
            field.display = self.value_of("how") == ASK
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
        elif self.value_of("how") == ASK:
            text = self._answer_forecast(orders)
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

    def _answer_forecast(self, orders: Sequence[Order]) -> str:
        """What asking would tell, where it can be asked."""
        asked = next((order for order in orders if isinstance(order, AskAssurance)), None)
        if asked is None or self.refusal([asked]) is not None:
            return ""
        seen = self.campaign.adviser.assurance_forecast(asked)
        return order_consequences.what_is_answered(
            asked, self.campaign.world, self.me, (seen.if_power, seen.if_threat)
        )
