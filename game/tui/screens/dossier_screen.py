"""The dossier of a state: its threat, deeds, treaties, reasons, levers, and the notebook."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from game.advice.explained_form import Explained
from game.tui.actions import ACTIONS
from game.tui.safe_text import line, lines, notify, plain
from game.tui.screen_registry import screen
from game.tui.screens.dialog_base import Dialog
from game.tui.screens.dossier_cards import (
    feared_line,
    levers_card,
    own_card,
    reasons_card,
    standing_line,
    threat_card,
    treaties_card,
)
from game.tui.widgets.fields import Field, SliderField
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import event_sentences as event_words
from game.world.events import FACTS, Event
from game.world.orders import Order

if TYPE_CHECKING:
    from game.campaign import Campaign

ORDERS = tuple(action for action in ACTIONS if action.dialog and action.dialog.addressed)
"""What can be addressed to it, by the keys of the campaign screen."""
DEEDS = 40
"""The most deeds that are listed."""
NOTABLE = 2
"""The least weight of a listed deed that does not concern the player."""


class DossierScreen(Dialog[Sequence[Order] | Order | None]):
    """Dismisses with the order that was made from it, or None."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as in its base)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(one.key, one.name, one.label, show=False) for one in ORDERS),
        Binding("p", "pin", "Pin the marked deed"),
    ]

    explains = True
    about = (
        "What we know of a state. Walt's threat is its power, nearness, means of attack and "
        "believed intentions together (T1); Waltz looks at power alone (W1). The levers "
        "card tries each act on what we see and says how much more or less it would fear us "
        "under either reading. The notebook is scored at the end: write down what you "
        "believe."
    )

    def __init__(self, campaign: "Campaign", state: str) -> None:
        super().__init__(campaign)
        self.state = state
        self._deeds = self._find_deeds()

    @property
    def _mine(self) -> bool:
        return self.state == self.me

    @property
    def _playing(self) -> bool:
        """Whether orders can be addressed to it."""
        return not self._mine and not self.campaign.over and bool(self.me)

    def heading(self) -> str:
        """The state's leader and kind."""
        sheet = self.atlas.sheet(self.state)
        ideology = self.atlas.ideologies.get(sheet.ideology, sheet.ideology)
        parts = [self.name_of(self.state), self.campaign.world.leader(self.state), ideology]
        if self.campaign.world.state(self.state).great:
            parts.append("a great power")
        return ", ".join(part for part in parts if part)

    def body(self) -> ComposeResult:
        """Two columns if there is room, else one."""
        yield Static(standing_line(self.campaign, self.state), id="standing")
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                if self._mine:
                    yield Static(own_card(self.campaign), id="own")
                else:
                    yield Static(threat_card(self.campaign, self.state), id="threat")
                    yield Static(plain("Our notebook: what does it fear?", "bold"), classes="part")
                    yield SliderField(
                        "It fears", 0, 100, self._noted(), step=5, say=_say_note, id="note"
                    )
                    yield Static(feared_line(self.campaign, self.state), id="feared")
            with Vertical(classes="column -aside"):
                yield Static(treaties_card(self.campaign, self.state), id="treaties")
                if not self._mine:
                    yield Static(
                        reasons_card(self.campaign, self.state), id="reasons", classes="part"
                    )
                    yield Static(id="pins", classes="part", markup=False)
        if self._playing:
            yield Static(levers_card(self.campaign, self.state), id="levers", classes="part")
        whose = "we have" if self._mine else "it has"
        nothing = "" if self._deeds else ": nothing yet that is worth a line"
        yield Static(
            line((f"What {whose} said and done", "bold"), (nothing, "$text-muted")), classes="part"
        )
        yield ListWithEnds(
            *(Option(self._deed(turn, deed)) for turn, deed in self._deeds),
            id="deeds",
            markup=False,
        )

    def figures(self) -> Sequence[Explained]:
        """The figures of the state; of the player's own, its points too."""
        explain = self.campaign.adviser.explanations
        return (*(explain.points() if self._mine else ()), *explain.state(self.state))

    def buttons(self) -> ComposeResult:
        """Every order that can be addressed to it."""
        if self._playing:
            for one in ORDERS:
                assert one.dialog is not None
                yield Button(
                    _with_key(one.key, one.label),
                    id=one.dialog.screen,
                    action=f"screen.{one.name}",
                    compact=True,
                )
        if self._deeds and not self._mine:
            yield Button(_with_key("p", "Pin"), id="pin", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Focus the list of deeds, if there are any."""
        deeds = self.query_one("#deeds", OptionList)
        if self._deeds:
            deeds.highlighted = 0
        else:
            deeds.display = False
        self._show_pins()
        if self._mine and self.me:
            self._count_insight()
        buttons = self.query(Button)
        (deeds if self._deeds else buttons.first()).focus(scroll_visible=False)
        self.call_after_refresh(self.query_one("#body").scroll_home, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Orders only while there is something to order."""
        if action == "order_dialog":
            return self._playing
        if action == "pin":
            return bool(self._deeds) and not self._mine
        return super().check_action(action, parameters)

    @work(thread=True, group="insight", exclusive=True)
    def _count_insight(self) -> None:
        """Work out what the notebook can be worth, which takes a moment, and show it."""
        worker = get_current_worker()
        card = own_card(self.campaign, self.campaign.debriefing.most_insight())

        def show() -> None:
            if self.is_attached and self.query("#own"):
                self.set_text("own", card)

        if not worker.is_cancelled:
            self.app.call_from_thread(show)

    # what is shown

    def _find_deeds(self) -> list[tuple[int, Event]]:
        """The state's deeds that concern the player or are important, the latest first."""
        me = self.me
        found = [
            (turn, deed)
            for turn, deed in self.campaign.events
            if self.state in (deed.actor, deed.target)
            and (_touches(deed, me) or self._notable(deed))
        ]
        return found[::-1][:DEEDS]

    def _notable(self, deed: Event) -> bool:
        weight = event_words.weight(deed, self.me or None, self.campaign.world)
        return deed.actor == self.state and weight >= NOTABLE

    def _deed(self, turn: int, deed: Event) -> Content:
        sentence = event_words.describe_event(deed, self.atlas, self.me or None)
        return line((f"{self.atlas.date(turn)}  ", "$text-muted"), sentence)

    def _noted(self) -> int:
        return round(100 * self.campaign.notebook.now.get(self.state, 0.5))

    def _show_pins(self) -> None:
        if self._mine:
            return
        pins = self.campaign.notebook.pinned(self.state)[-3:]
        rows = [line(f"  {self.atlas.date(turn)}: {text}") for turn, text in pins]
        none = line(("  none: p pins the deed that is marked below", "$text-muted"))
        self.set_text("pins", lines(line(("Evidence we pinned", "bold")), *(rows or [none])))

    # what can be done

    def on_field_changed(self, event: Field.Changed) -> None:
        """Write the guess into the notebook."""
        self.campaign.notebook.write(self.state, event.field.value / 100)

    def action_pin(self) -> None:
        """Pin the marked deed to the notebook."""
        index = self.query_one("#deeds", OptionList).highlighted
        if index is None:
            return
        turn, deed = self._deeds[index]
        told = event_words.describe_event(deed, self.atlas, self.me or None)
        if (turn, told) in self.campaign.notebook.pinned(self.state):
            notify(self.app, "That is pinned already.", timeout=3)
            return
        self.campaign.notebook.pin(self.state, turn, told)
        self._show_pins()

    def action_order_dialog(self, name: str) -> None:
        """Open a dialog in which orders to it are made."""

        def take(result: Any) -> None:
            if result is not None:
                self.dismiss(result)

        opened: Screen[Any] = screen(name, self.campaign, self.state)
        self.app.push_screen(opened, take)


def _with_key(key: str, label: str) -> Content:
    """A label that shows its key: its first letter underlined, else the key before it."""
    if label.lower().startswith(key):
        return line((label[:1], "underline"), label[1:])
    return line(f"{key} {label}")


def _touches(deed: Event, me: str) -> bool:
    """Whether an event has the player as its actor or target, or names it."""
    if not me:
        return False
    named: set[object] = {
        fact
        for name, fact in zip(FACTS[deed.kind], deed.facts, strict=True)
        if name in ("against", "enemy", "from")
    }
    return me in (deed.actor, deed.target) or me in named


def _say_note(power: int) -> str:
    if power == 50:
        return "undecided"
    return f"power {power}%" if power > 50 else f"threat {100 - power}%"
