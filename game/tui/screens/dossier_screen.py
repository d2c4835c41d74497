"""The dossier of a state: its threat to us, its deeds, treaties, reasons, levers, our notebook."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.safe_text import line, lines, notify, plain
from game.tui.screen_registry import screen
from game.tui.screens.dialog_base import Dialog
from game.tui.screens.dossier_cards import (
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

ORDERS = ("offer", "aid", "influence", "demand", "war", "treaties")
"""What can be addressed to it: the screens' names, each by the key of its first letter."""
DEEDS = 40
"""Most of its deeds that are listed."""
NOTABLE = 2
"""The weight from which a deed that is not towards us is listed."""


class DossierScreen(Dialog[Sequence[Order] | Order | None]):
    """Dismisses with the order that was made from it, or None."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as in its base)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(name[0], name, name.capitalize(), show=False) for name in ORDERS),
        Binding("p", "pin", "Pin the marked deed"),
    ]

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
        """Who leads it, of what kind it is."""
        sheet = self.atlas.sheet(self.state)
        ideology = self.atlas.ideologies.get(sheet.ideology, sheet.ideology)
        parts = [self.name_of(self.state), sheet.leader, ideology]
        if self.campaign.world.state(self.state).great:
            parts.append("a great power")
        return ", ".join(part for part in parts if part)

    def body(self) -> ComposeResult:
        """Two columns where there is room, else one under another."""
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

    def buttons(self) -> ComposeResult:
        """Every order that can be addressed to it."""
        if self._playing:
            for name in ORDERS:
                yield Button(f"{name[0]} {name.capitalize()}", id=name, compact=True)
        if self._deeds and not self._mine:
            yield Button("p Pin", id="pin", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """The deeds have the keys, if there are any."""
        deeds = self.query_one("#deeds", OptionList)
        if self._deeds:
            deeds.highlighted = 0
        else:
            deeds.display = False
        self._show_pins()
        buttons = self.query(Button)
        (deeds if self._deeds else buttons.first()).focus(scroll_visible=False)
        self.call_after_refresh(self.query_one("#body").scroll_home, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Orders only while there is something to order."""
        if action in ORDERS:
            return self._playing
        if action == "pin":
            return bool(self._deeds) and not self._mine
        return super().check_action(action, parameters)

    # what is shown

    def _find_deeds(self) -> list[tuple[int, Event]]:
        """Its deeds, those towards us and the notable ones, the latest first."""
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
        told = event_words.describe_event(deed, self.atlas, self.me or None)
        return line((f"{self.atlas.date(turn)}  ", "$text-muted"), told)

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
        """Write the notebook."""
        self.campaign.notebook.write(self.state, event.field.value / 100)

    def action_pin(self) -> None:
        """Pin the marked deed to our notebook."""
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

    def _open(self, name: str) -> None:
        def take(result: Any) -> None:
            if result is not None:
                self.dismiss(result)

        opened: Screen[Any] = screen(name, self.campaign, self.state)
        self.app.push_screen(opened, take)

    def action_offer(self) -> None:
        """The treaty desk."""
        self._open("treaty_desk")

    def action_aid(self) -> None:
        """Money."""
        self._open("aid")

    def action_influence(self) -> None:
        """Envoys, lobbies, propaganda."""
        self._open("influence")

    def action_demand(self) -> None:
        """A demand."""
        self._open("demand")

    def action_war(self) -> None:
        """The war room."""
        self._open("war")

    def action_treaties(self) -> None:
        """The treaties in force."""
        self._open("treaties")


def _touches(deed: Event, me: str) -> bool:
    """Whether a deed is ours, towards us, or names us."""
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
