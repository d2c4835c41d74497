"""Invite a state into one of the player's treaties; shows whether all members would agree."""

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from game.tui.safe_text import fit_name, line, lines
from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.fields import ChoiceField, Field
from game.tui.widgets.forecast_card import ForecastCard
from game.words import order_labels as order_words
from game.words import percent
from game.words.grammar import Speech, listed
from game.words.phrases import ends, treaty_of
from game.world.legality import refusal
from game.world.model import Treaty
from game.world.orders import Offer, Order

if TYPE_CHECKING:
    from game.advice.forecast import Forecast
    from game.campaign import Campaign

NAME = 18


class InviteDialog(OrderDialog):
    """Dismisses with one `Offer` to join a treaty of the player, in a list.

    `treaty` is the number of the treaty to begin with, `guest` the state.
    """

    about = (
        "Invite a state into a treaty that stands. It joins on the treaty's own terms and to its "
        "end, and owes what every member owes. It and every member must say yes in the same turn; "
        "one that is against it is enough. A larger alliance is a stronger one (S6), but promises "
        "dilute (S7), and each member can drag the others into its wars (S11). An invitation "
        "costs an envoy."
    )

    def __init__(
        self, campaign: "Campaign", guest: str | None = None, treaty: int | None = None
    ) -> None:
        super().__init__(campaign)
        self._ours = {one.id: one for one in campaign.world.treaties_of(self.me)}
        self._first = treaty if treaty in self._ours else next(iter(self._ours), -1)
        self._guest = guest or ""

    def heading(self) -> str:
        """What it is."""
        return "Invite a state into a treaty of ours"

    def form(self) -> ComposeResult:
        """Fields: the treaty and the state; beside them, whether the members would agree."""
        speech = Speech(self.atlas, you=self.me)
        treaties = [(id, treaty_of(speech, one, self.me)) for id, one in self._ours.items()]
        yield ChoiceField("Into", treaties, self._first, id="treaty")
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield ChoiceField("Invite", *self._guests(self._first), id="guest")
                yield Static(id="meaning", classes="hint part", markup=False)
            with Vertical(classes="column -aside"):
                yield ForecastCard(id="forecast")
        yield Static(id="members", classes="part", markup=False)

    def _guests(self, number: int) -> tuple[list[tuple[str, str]], str]:
        """(states that may be invited into a treaty, the one to begin with: given or best)."""
        treaty = self._ours.get(number)
        parties = treaty.parties if treaty else ()
        found = [(state, name) for state, name in self.others() if state not in parties]
        if any(state == self._guest for state, _ in found) or treaty is None:
            return found, self._guest
        best = max((state for state, _ in found), key=lambda state: self._promise(treaty, state))
        return found, best

    def _promise(self, treaty: Treaty, state: str) -> float:
        """The worth to the player times the chance that all agree; a loss counts in full."""
        offer = Offer(state, treaty.terms, joins=treaty.id)
        if refusal(self.campaign.world, self.me, offer) is not None:
            return float("-inf")
        gains = self.campaign.adviser.order_gain(offer)
        gain = sum(gains.values()) / len(gains)
        return gain if gain <= 0 else gain * self._chance(self._asked(treaty, offer))

    @staticmethod
    def _chance(asked: "Sequence[tuple[str, Forecast]]") -> float:
        return prod(seen.blended for _, seen in asked)

    def _asked(self, treaty: Treaty, offer: Offer) -> "list[tuple[str, Forecast]]":
        """The states that must agree, the guest first, each with a forecast of its answer."""
        asked = (offer.to, *treaty.others(self.me))
        found = ((state, self.campaign.adviser.forecast(offer, asked=state)) for state in asked)
        return [(state, seen) for state, seen in found if seen is not None]

    @property
    def _treaty(self) -> Treaty | None:
        return self._ours.get(self.value_of("treaty"))

    def on_field_changed(self, event: Field.Changed) -> None:
        """When the treaty changes, offer the states that may be invited into it."""
        if event.field.id == "treaty":
            found, first = self._guests(int(event.field.value))
            guests = self.query_one("#guest", ChoiceField)
            guests.set_choices(found)
            guests.value = first
        else:
            self._guest = str(event.field.value)
        self.update_preview()

    def orders(self) -> Sequence[Order]:
        """The invitation that the fields describe."""
        treaty, guest = self._treaty, str(self.value_of("guest") or "")
        return [Offer(guest, treaty.terms, joins=treaty.id)] if treaty and guest else []

    def refusal(self, orders: Sequence[Order]) -> str | None:
        """Why it cannot be sent."""
        if orders:
            return self.why_not(orders)
        return "You are party to no treaty that others could join; offer one first."

    def preview(self, orders: Sequence[Order]) -> None:
        """Show what joining means, and who would agree under both readings."""
        treaty = self._treaty
        if treaty is None or not orders:
            return
        offer = orders[0]
        assert isinstance(offer, Offer)
        guest, world = self.spoken(offer.to), self.campaign.world
        members = listed(self.spoken(member) for member in treaty.others(self.me))
        pact = order_words.standing(treaty.terms, self.atlas, self.me)
        self.set_text(
            "meaning",
            f"{self.opening(offer.to)} would be bound by {pact} until {ends(world, treaty)}, "
            f"as we and {members} are. It costs an envoy, and "
            f"{members} must agree too.",
        )
        card = self.query_one("#forecast", ForecastCard)
        if refusal(world, self.me, offer) is not None:
            card.show("", None)
            self.set_text("members", "")
            return
        asked = self._asked(treaty, offer)
        card.show(f"Would {guest} join?", asked[0][1], self.campaign.adviser.order_gain(offer))
        rows = [
            line(
                f"  {fit_name(self.name_of(member), NAME)} ",
                f"if it fears power {percent(seen.if_power)}, threat {percent(seen.if_threat)}; ",
                f"by our notebook {percent(seen.blended)}",
            )
            for member, seen in asked[1:]
        ]
        chance = line(f"  That all agree, by our notebook: {percent(self._chance(asked))}")
        self.set_text("members", lines(line(("Would the members agree?", "bold")), *rows, chance))
