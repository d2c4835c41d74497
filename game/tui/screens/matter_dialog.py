"""A matter in full: how it looks under either reading, and the order that it suggests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Enter
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from game.advice.explained_form import Explained
from game.advice.matter_words import promise_words
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import line, plain
from game.tui.screen_registry import screen
from game.tui.screens.card_base import EXPLAINS
from game.tui.widgets.explained_lines import explain_on_hover
from game.words import order_labels as order_words
from game.world.orders import Order

if TYPE_CHECKING:
    from game.advice.matters import Matter
    from game.campaign import Campaign


ROADS: dict[str, tuple[str, ...]] = {
    "against": ("treaty_desk", "demand"),
    "aid": ("aid",),
    "budget": ("budget",),
    "burden": ("treaties",),
    "assessment": ("influence", "notebook"),
    "chance": ("demand",),
    "crisis": ("treaty_desk", "budget"),
    "parting": ("treaty_desk", "treaties"),
    "guarantee": ("guarantee",),
    "leak": ("influence",),
    "network": ("influence",),
    "opening": ("treaty_desk",),
    "posture": ("budget",),
    "quarrel": ("treaty_desk", "aid"),
    "readings": ("treaty_desk", "notebook"),
    "ring": ("treaty_desk", "treaties"),
    "sounding": ("influence", "notebook"),
    "talks": ("treaty_desk", "influence"),
    "war": ("war",),
    "window": ("budget", "treaty_desk"),
}
"""Kind of matter -> the dialogs in which a suitable order can be made."""
LABELS = {
    "aid": "Aid",
    "budget": "Budget",
    "demand": "Demand",
    "guarantee": "Guarantee",
    "influence": "Influence",
    "notebook": "Notebook",
    "treaties": "Treaties",
    "treaty_desk": "Offer a treaty",
    "war": "War room",
}


ABOUT = (
    "Something that wants deciding. It stands here because of what you could see: nothing here "
    "knows a sealed doctrine. The order is suggested because the mean of both readings says that "
    "it makes you safer; where they differ, ask which of them the others follow. Give it, change "
    "it, or leave it."
)
CLAIMS = {
    "against": ("S4", "S11"),
    "aid": ("T10",),
    "assessment": ("S8", "S10"),
    "budget": ("S9",),
    "burden": ("S6", "S12"),
    "chance": ("S11",),
    "crisis": ("S11",),
    "parting": ("W8", "W10"),
    "guarantee": ("S4", "S11"),
    "leak": ("S6", "T11"),
    "network": ("T11",),
    "opening": ("S4", "S7"),
    "posture": ("S9", "T1"),
    "quarrel": ("T2", "T14"),
    "readings": ("W1", "T1"),
    "ring": ("W1", "W2"),
    "sounding": ("S8", "S10"),
    "talks": ("W10",),
    "war": ("S14",),
    "window": ("S9", "T1"),
}
"""Kind of matter -> the claims of the ledger behind it."""


class MatterDialog(ModalScreen[str | None], OneDismissal[str | None]):
    """Dismisses with "order" (give it), "change" (in its dialog), a dialog's name, or None."""

    CSS_PATH = "choice_box.tcss"
    DEFAULT_CLASSES = "asking"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (74, "-wide")]  # noqa: RUF012 (as in its base)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("e", "explain", "Explain"),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("left,up", "app.focus_previous", "Before", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, campaign: Campaign, matter: Matter) -> None:
        super().__init__()
        self._campaign = campaign
        self._matter = matter

    def compose(self) -> ComposeResult:
        """The matter, both readings, the suggested order."""
        matter, world = self._matter, self._campaign.world
        refused = None
        with Vertical(id="ask"):
            yield Static(plain(matter.title, "bold"))
            if matter.about:
                yield Static(plain(matter.about, "$text-muted"), classes="row")
            if matter.looks:
                yield Static(line(("By power   ", "$primary"), matter.looks[0]), classes="row")
                yield Static(line(("By threat  ", "$warning"), matter.looks[1]), classes="row")
            if matter.order is not None:
                said = order_words.say(matter.order, world, self._campaign.player or "")
                yield Static(line(("An order that meets it: ", "$text-muted"), said), classes="row")
                yield from self._promises(matter.order)
                refused = self._campaign.refusal(matter.order)
                if refused:
                    yield Static(plain(refused, "$text-warning"), classes="row")
            if matter.order is None:
                hint = "No single order is sure to help here; this is where one could be made:"
                yield Static(plain(hint, "$text-muted"), classes="row")
            with Horizontal(id="ask-buttons"):
                if matter.order is not None and refused is None:
                    yield Button("Give it", id="order", variant="primary", compact=True)
                    yield Button("Change it", id="change", compact=True)
                roads = ROADS.get(matter.kind, ("treaty_desk",))
                for name in roads if matter.order is None else set(roads) & {"notebook"}:
                    yield Button(LABELS[name], id=name, compact=True)
                if matter.state and matter.state != self._campaign.player:
                    yield Button("Dossier", id="dossier", compact=True)
                yield Button("Figures", id="figures", compact=True)
                yield Button("Back", id="back", compact=True)

    def _promises(self, order: Order) -> ComposeResult:
        """The chance that the other agrees, and the worth of the order, under both readings."""
        seen = self._campaign.adviser.forecast(order)
        columns = (("By power", "$primary"), ("By threat", "$warning"))
        for (words, style), said in zip(columns, promise_words(self._matter, seen), strict=True):
            if said:
                yield Static(line((f"  {words:<10} ", style), said))

    def action_help(self) -> None:
        """What a matter is, and the claims behind this one."""
        claims = CLAIMS.get(self._matter.kind, ())
        about = f"{ABOUT}{EXPLAINS}"
        self.app.push_screen(screen("help", self._matter.title, about, keys=False, claims=claims))

    def figures(self) -> Sequence[Explained]:
        """What the matter is about, the odds and the worth of its order, taken apart."""
        return self._campaign.adviser.explanations.matter(self._matter)

    def action_explain(self) -> None:
        """What the matter's figures are made of."""
        title = f"The figures: {self._matter.title}"
        self.app.push_screen(screen("help", title, keys=False, figures=self.figures()))

    def on_enter(self, event: Enter) -> None:
        """Explain the matter's figures beside the mouse."""
        explain_on_hover(event.node, self.figures)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close with the id of the button, but for the one that explains."""
        if event.button.id == "figures":
            self.action_explain()
            return
        self.dismiss(None if event.button.id == "back" else event.button.id)
