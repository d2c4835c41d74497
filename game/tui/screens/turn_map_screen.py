"""The map in a past turn, with the turns before and after; part of the debrief."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.map_view import MapView
from game.tui.safe_text import line, plain
from game.tui.screens.dialog_base import Dialog
from game.tui.snapshot import preview
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import event_sentences as event_words

if TYPE_CHECKING:
    from game.campaign import Campaign

GRAVE = 2
"""The least weight of a listed event."""


class TurnMap(Dialog[None]):
    """The map, the decision, and the turn's events."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("comma,less_than_sign", "go(-1)", "Turn before", key_display=","),
        Binding("full_stop,greater_than_sign", "go(1)", "Turn after", key_display="."),
        Binding("plus,equals_sign", "zoom(1)", "Zoom in", key_display="+"),
        Binding("minus", "zoom(-1)", "Zoom out", key_display="-"),
    ]
    paged = "#happened"
    about = (
        "The map at the beginning of a turn, as it was: who owned what, and whose armies stood "
        "where. Below it is what happened in that turn, the archives open. Comma and full stop go "
        "a turn back and on."
    )

    def __init__(self, campaign: "Campaign", turn: int, words: str = "") -> None:
        super().__init__(campaign)
        self.turn = turn
        self._first, self._words = turn, words

    def heading(self) -> str:
        """The turn's date."""
        return f"{self.atlas.title}: {self.atlas.date(self.turn)}, turn {self.turn}"

    def body(self) -> ComposeResult:
        """The map, the decision, the turn's events."""
        yield MapView(id="then-map")
        yield Static(id="decision", markup=False)
        yield ListWithEnds(id="happened", markup=False)

    def buttons(self) -> ComposeResult:
        """A turn back, a turn on."""
        yield Button(", Turn before", id="before", compact=True)
        yield Button(". Turn after", id="after", compact=True)
        yield Button("Back", id="back", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Show the turn."""
        self._show()
        self.query_one(MapView).focus()

    def _show(self) -> None:
        record = self.campaign.history.turns[self.turn - 1]
        self.query_one("#heading", Static).update(plain(self.heading()))
        self.query_one(MapView).show(preview(record.start, self.me))
        words = self._words if self.turn == self._first else ""
        self.set_text("decision", line(("◆ ", "$accent"), words) if words else "")
        world = record.start
        grave = [
            one for one in record.events if event_words.weight(one, self.me or None, world) >= GRAVE
        ]
        listed = self.query_one("#happened", OptionList)
        listed.set_options(
            Option(line(("• ", "$text-muted"), event_words.describe_event(one, self.atlas)))
            for one in grave
        )
        listed.display = bool(grave)

    def action_go(self, by: int) -> None:
        """Go some turns back or on, not beyond the first or last."""
        last = len(self.campaign.history.turns)
        self.turn = max(1, min(last, self.turn + by))
        self._show()

    def action_before(self) -> None:
        """A turn back."""
        self.action_go(-1)

    def action_after(self) -> None:
        """A turn on."""
        self.action_go(1)

    def action_zoom(self, by: int) -> None:
        """Zoom the map."""
        self.query_one(MapView).change_zoom(by)
