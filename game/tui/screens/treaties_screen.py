"""All known treaties; the player's own can be renewed, left with notice, or broken."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.safe_text import line
from game.tui.screen_registry import screen
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.dialog_base import Dialog
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import order_labels as order_words
from game.words import phrases, refusal_sentences, share
from game.words.grammar import listed, sentence
from game.world.legality import closed
from game.world.model import Treaty
from game.world.orders import Denounce, Order
from game.world.rules import BP

if TYPE_CHECKING:
    from game.campaign import Campaign


class TreatiesScreen(Dialog[Sequence[Order] | Order | None]):
    """Dismisses with the order that was made from it, or None. Ours come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "offer", "Offer, renew"),
        Binding("i", "invite", "Invite"),
        Binding("g", "notice", "Give notice"),
        Binding("b", "breach", "Break it"),
    ]

    about = (
        "Treaties in force that we know of, ours first. Nothing enforces a treaty but what "
        "others make of a breach (S2). Leave with notice and it ends with the next turn; "
        "break it and your reliability suffers in everyone's eyes. A treaty near its end "
        "can be offered anew, and others can be invited into one of ours that is public."
    )

    def __init__(self, campaign: "Campaign", state: str | None = None) -> None:
        super().__init__(campaign)
        self._state = state
        world = campaign.world

        def rank(treaty: Treaty) -> tuple[bool, bool, int]:
            ours = self.me in treaty.parties
            return (not ours, not (state and state in treaty.parties), treaty.until)

        self._treaties = sorted(world.treaties, key=rank)

    def heading(self) -> str:
        """How many are the player's."""
        ours = sum(self.me in treaty.parties for treaty in self._treaties)
        return f"Treaties in force that we know of: {len(self._treaties)}, {ours} of them ours"

    def body(self) -> ComposeResult:
        """The list, then what the marked one is."""
        yield ListWithEnds(
            *(Option(self._line(treaty)) for treaty in self._treaties),
            id="treaties",
            markup=False,
        )
        yield Static(id="detail", classes="part", markup=False)
        yield Static(id="refused", classes="refused", markup=False)

    def buttons(self) -> ComposeResult:
        """What can be ordered."""
        if self.me and not self.campaign.over:
            yield Button("Offer or renew", id="offer", variant="primary", compact=True)
            yield Button("Invite", id="invite", compact=True)
            yield Button("Give notice", id="notice", compact=True)
            yield Button("Break it", id="breach", variant="warning", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Mark the first treaty of the state from whose dossier the player came."""
        listed = self.query_one("#treaties", OptionList)
        if not self._treaties:
            listed.display = False
            self.set_text("detail", "No treaty is in force.")
            self.query_one("#back", Button).focus()
            return
        named = (at for at, one in enumerate(self._treaties) if self._state in one.parties)
        listed.highlighted = next(named, 0)
        listed.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Orders are not possible without a player or after the end."""
        if action in ("offer", "invite", "notice", "breach"):
            return bool(self.me) and not self.campaign.over
        return super().check_action(action, parameters)

    def _line(self, treaty: Treaty) -> Content:
        ours = self.me in treaty.parties
        parties = ", ".join(
            "you" if party == self.me else self.name_of(party) for party in treaty.parties
        )
        left = treaty.until - self.campaign.world.turn + 1
        due = phrases.term_left(treaty, self.campaign.world.turn)
        if self._ends_early(treaty):
            due = "ends next turn"
        style = "$text-warning" if left <= 2 and ours else "$text-muted"
        return line(
            ("● " if ours else "· ", "$accent"),
            (parties, "bold" if ours else ""),
            f": {self._terms(treaty)} ",
            (f"({due})", style),
            ("  notice given" if treaty.leavers else "", "$text-warning"),
        )

    @staticmethod
    def _ends_early(treaty: Treaty) -> bool:
        """Whether notice was given by so many that fewer than two parties stay."""
        return bool(treaty.leavers) and len(treaty.parties) - len(treaty.leavers) < 2

    def _terms(self, treaty: Treaty) -> str:
        if treaty.guarantor:
            giver = "you" if treaty.guarantor == self.me else self.spoken(treaty.guarantor)
            return f"a guarantee by {giver}"
        return order_words.standing(treaty.terms, self.atlas, self.me)

    @property
    def _marked(self) -> Treaty | None:
        index = self.query_one("#treaties", OptionList).highlighted
        return None if index is None else self._treaties[index]

    def on_option_list_option_highlighted(self) -> None:
        """Show the marked treaty, and what can be done about it."""
        treaty = self._marked
        if treaty is None:
            return
        since = self.atlas.date(treaty.signed) if treaty.signed > 0 else "before the first turn"
        last = self.atlas.date(max(1, treaty.until))
        words = f"Signed {since}, its term runs to {last}."
        if phrases.term_end(self.campaign.world, treaty) == phrases.RUNS_ON:
            words = f"Signed {since}, its term ended in {last}; it runs on until a party leaves."
        if treaty.terms.secret:
            words += " It is secret."
        if treaty.terms.burden:
            payer = "you pay" if treaty.payer == self.me else f"{self.spoken(treaty.payer)} pays"
            words += f" For it {payer} {treaty.terms.burden / BP:.0%} of revenue a turn."
        if treaty.leavers:
            leavers = listed(str(self.spoken(state)) for state in treaty.leavers)
            words += " " + sentence(f"{leavers} gave notice")
        if treaty.guarantor:
            words += " It binds its giver alone, to defend the other against anybody."
        if self.me in treaty.parties and treaty.owes(self.me):
            breach = share(self.atlas.rules.reliability_breach / BP)
            words += (
                " With notice we leave with the next turn, at the price of an envoy; broken, it "
                f"ends now and costs {breach} of our reliability."
            )
        self.set_text("detail", words)
        self.set_text("refused", "")

    def on_option_list_option_selected(self) -> None:
        """Renew one of ours; of another, the dossier of its first party."""
        treaty = self._marked
        if treaty is None:
            return
        if self.me in treaty.parties and not self.campaign.over:
            self.action_offer()
        else:
            other = next(party for party in treaty.parties if party != self.me)
            self.app.push_screen(screen("dossier", self.campaign, other), self._take)

    def action_offer(self) -> None:
        """Open the dialog of treaties, with the marked treaty's terms if it is the player's."""
        treaty = self._marked
        if treaty is not None and treaty.guarantor == self.me:
            desk = screen("guarantee", self.campaign, treaty.others(self.me)[0])
        elif treaty is not None and self.me in treaty.parties and treaty.owes(self.me):
            partner, terms = treaty.others(self.me)[0], treaty.terms
            desk = screen("treaty_desk", self.campaign, partner, terms)
        else:
            desk = screen("treaty_desk", self.campaign, self._state)
        self.app.push_screen(desk, self._take)

    def action_invite(self) -> None:
        """Ask another state into the marked treaty."""
        treaty = self._marked
        if treaty is None:
            return
        shut = closed(self.me, treaty)
        if shut is not None:
            self.set_text(
                "refused", f"✗ {refusal_sentences.refuse(shut, self.campaign.world, self.me)}"
            )
            self.app.bell()
            return
        guest = self._state if self._state not in treaty.parties else None
        self.app.push_screen(screen("invite", self.campaign, guest, treaty.id), self._take)

    def action_notice(self) -> None:
        """Give notice of the marked treaty."""
        self._leave(breach=False)

    def action_breach(self) -> None:
        """Break the marked treaty, after a question."""
        treaty = self._marked
        if treaty is None or self._refused(treaty, breach=True):
            return

        def take(yes: bool | None) -> None:
            if yes:
                self._leave(breach=True)

        price = (
            "All who know of it see us break our word." if treaty.binding else "It costs our name."
        )
        self.app.push_screen(
            ConfirmScreen("Break this treaty now?", price, yes="Break it", no="Keep it"), take
        )

    def _refused(self, treaty: Treaty, *, breach: bool) -> bool:
        reason = self.why_not([Denounce(treaty.id, breach)])
        self.set_text("refused", f"✗ {reason}" if reason else "")
        return reason is not None

    def _leave(self, *, breach: bool) -> None:
        treaty = self._marked
        if treaty is None or self._refused(treaty, breach=breach):
            return
        order = Denounce(treaty.id, breach)
        self.give([order])
        self.dismiss([order])

    def _take(self, result: Any) -> None:
        if result is not None:
            self.dismiss(result)
