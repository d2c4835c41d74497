"""The dialog of treaties: an offer, with its chances under both readings after every change."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from game.advice.aim_if_signed import aim_if_signed
from game.advice.explained_form import Explained
from game.tui.safe_text import lines, plain
from game.tui.screens.dialog_base import Dialog
from game.tui.widgets.fields import ChoiceField, Field, SliderField, SwitchField
from game.tui.widgets.forecast_card import ForecastCard
from game.words import order_consequences, refusal_sentences
from game.words import order_labels as order_words
from game.world.legality import LONGEST_TERM, terms_refusal
from game.world.orders import OBLIGATIONS, Obligation, Offer, Terms
from game.world.questions import OfferQuestion
from game.world.rules import BP

if TYPE_CHECKING:
    from game.campaign import Campaign

MEANING: dict[Obligation, str] = {
    "defense": "if attacked",
    "offense": "attack together",
    "neutrality": "stay out",
    "nonaggression": "no attack",
    "consultation": "talk first",
}
BURDEN_STEP = BP // 100
"""The step of a burden, bp of revenue."""
REASONS_SHOWN = 3


class TreatyDialog(Dialog[Offer | Terms | None]):
    """Dismisses with an `Offer`; when `countering`, with the `Terms` of the counter-offer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "send", "Send it")]

    explains = True
    about = (
        "Build an offer and watch both forecasts while it changes: how likely they are to "
        "sign if they fear power (Waltz), if they fear threat (Walt), and blended by your "
        "notebook. Nothing here knows the sealed truth. Terms are a product of compromise: "
        "they may counter, and a counter is final (W9). An ally's strength counts for less "
        "the more partners it has (S7), and a pact can drag you into a war (S11). An offer "
        "costs an envoy. Left and right change a line, Enter lists what it can be."
    )

    def __init__(
        self,
        campaign: "Campaign",
        partner: str | None = None,
        prefill: Terms | None = None,
        *,
        countering: bool = False,
    ) -> None:
        super().__init__(campaign)
        self._others = [state for state, _ in self.others()]
        self._partner = partner if partner in self._others else ""
        self._start = prefill or self._promising()
        self._prefill = prefill
        self._countering = countering

    def _promising(self) -> Terms:
        """The most promising terms to begin with; chooses the partner too, if none is given."""
        asked = {order.to for order in self.campaign.pending if isinstance(order, Offer)}
        free = [state for state in self._others if state not in asked] or self._others
        found = self.campaign.adviser.best_offer([self._partner] if self._partner else free)
        if found is None:
            self._partner = self._partner or next(iter(self._others), "")
            return Terms(("defense",))
        self._partner = found.to
        return found.terms

    def heading(self) -> str:
        """The state to which the offer is made."""
        if self._countering:
            return f"Counter-offer to {self.spoken(self._partner)} (their last word follows)"
        return "Treaty desk"

    def body(self) -> ComposeResult:
        """The terms on the left, their forecast on the right."""
        start = self._start
        partners = self.others()
        if self._countering:
            partners = [(self._partner, self.name_of(self._partner))]
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield ChoiceField("Partner", partners, self._partner, id="partner")
                for kind in OBLIGATIONS:
                    label = kind.capitalize()
                    chosen = kind in start.obligations
                    yield SwitchField(label, chosen, MEANING[kind], id=kind)
                yield ChoiceField("Against", self._foes(), start.against, id="against")
                yield SliderField("Term", 1, LONGEST_TERM, start.term, say=_turns, id="term")
                yield SliderField(
                    "They pay" if self._countering else "We pay",
                    0,
                    BP // 10,
                    start.burden,
                    step=BURDEN_STEP,
                    say=_burden,
                    id="burden",
                )
                yield SwitchField("Secret", start.secret, "ruin, if it leaks", id="secret")
            with Vertical(classes="column -aside"):
                yield ForecastCard(id="forecast")
                yield Static(id="reasons", classes="hint", markup=False)
        yield Static(id="said", classes="said", markup=False)
        yield Static(id="refused", classes="refused", markup=False)

    def buttons(self) -> ComposeResult:
        """Send or leave."""
        label = "Send the counter-offer" if self._countering else "Put it among the orders"
        yield Button(label, id="send", variant="primary", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Focus the partner, or the terms if the partner is fixed."""
        first = "#defense" if self._countering or self._prefill else "#partner"
        self.query_one(first).focus()
        self._update()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Show what the change does."""
        if event.field.id == "partner":
            as_proposed = self.terms() == self._start
            self._partner = str(event.field.value)
            self.query_one("#against", ChoiceField).set_choices(self._foes())
            if as_proposed:
                self._propose()
        self._update()

    def _propose(self) -> None:
        """Put the most promising terms for the partner into the fields."""
        start = self._start = self._promising()
        values = {kind: kind in start.obligations for kind in OBLIGATIONS}
        others = {"against": start.against, "term": start.term, "burden": start.burden}
        with self.prevent(Field.Changed):
            for name, value in (values | others | {"secret": start.secret}).items():
                self.query_one(f"#{name}", Field).value = value

    def terms(self) -> Terms:
        """The terms that the fields describe."""
        kinds = tuple(kind for kind in OBLIGATIONS if self.value_of(kind))
        return Terms(
            obligations=kinds,
            against=str(self.value_of("against")),
            term=int(self.value_of("term")),
            secret=bool(self.value_of("secret")),
            burden=int(self.value_of("burden")),
        )

    def _foes(self) -> list[tuple[str, str]]:
        others = [state for state in self._others if state != self._partner]
        return [("", "nobody in particular"), *((state, self.name_of(state)) for state in others)]

    def _update(self) -> None:
        terms = self.terms()
        defense = self.query_one("#defense", SwitchField)
        defense.note = "if it attacks, or joins a war" if terms.against else MEANING["defense"]
        defense.refresh()
        offer = Offer(self._partner, terms)
        refused = self._refusal(offer)
        said = self._said(offer) if terms.obligations else ""
        if said and not refused and not self._countering:
            told = self.campaign.adviser.would_tell(offer)
            tells = None if told is None else (told.if_power, told.if_threat)
            cost = order_consequences.if_declined(offer, self.campaign.world, self.me, tells)
            aim = self.campaign.aim
            toward = aim_if_signed(aim, self.campaign.world, self.me, offer) if aim else ""
            more = [one for one in (toward, cost) if one]
            said = " ".join([f"{said}.", *more]) if more else said
        self.set_text("said", said)
        self.set_text("refused", f"✗ {refused}" if refused else "")
        self.query_one("#send", Button).disabled = refused is not None
        card = self.query_one("#forecast", ForecastCard)
        if terms.obligations:
            card.show(
                f"Would {self.spoken(self._partner)} sign?",
                self.campaign.adviser.forecast(offer, countering=self._countering),
                self._worth(offer),
            )
        reasons = self.campaign.adviser.reasons(self._partner)[:REASONS_SHOWN]
        heard = [plain(reason) for reason in reasons] or [plain("nothing yet: sound it out")]
        self.set_text("reasons", lines(plain("What we know of its reasons", "bold"), *heard))

    def _said(self, offer: Offer) -> str:
        """The offer in a sentence; the burden of a counter-offer is the partner's to pay."""
        if not self._countering:
            return order_words.say(offer, self.campaign.world, self.me)
        said = order_words.terms(offer.terms, self.atlas, self.me, offer.to)
        return f"Answer {self.spoken(offer.to)} with {said}"

    def _worth(self, offer: Offer) -> dict[str, float]:
        """What the pact is worth to the player; in a counter-offer the other pays the burden."""
        if not self._countering:
            return self.campaign.adviser.order_gain(offer)
        theirs = OfferQuestion("desk", asked=self.me, by=offer.to, terms=offer.terms)
        return self.campaign.adviser.answer_gain(theirs, "accept")

    def _refusal(self, offer: Offer) -> str | None:
        if not offer.terms.obligations:
            return "A treaty needs at least one obligation: switch one on."
        if self._countering:
            world = self.campaign.world
            wrong = terms_refusal(world, self.me, offer.to, offer.terms)
            return refusal_sentences.refuse(wrong, world, self.me) if wrong else None
        return self.why_not([offer])

    def figures(self) -> Sequence[Explained]:
        """The forecast of the offer and what it is worth."""
        offer = Offer(self._partner, self.terms())
        return self.campaign.adviser.explanations.order(offer, countering=self._countering)

    def action_send(self) -> None:
        """Close with the offer, if it is legal."""
        offer = Offer(self._partner, self.terms())
        if self._refusal(offer):
            self.app.bell()
        elif self._countering:
            self.dismiss(offer.terms)
        else:
            self.give([offer])
            self.dismiss(offer)


def _turns(count: int) -> str:
    return "1 turn" if count == 1 else f"{count} turns"


def _burden(basis_points: int) -> str:
    return f"{basis_points / 100:.0f}% of revenue" if basis_points else "nothing"
