"""The report of a turn: the seven most important events, all of them on a key, and letters."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.safe_text import line, lines, notify, plain
from game.tui.screens.dialog_base import Dialog
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import event_sentences as event_words
from game.words.event_weights import weightiest
from game.words.letters import sender_of
from game.world.events import Event

if TYPE_CHECKING:
    from game.campaign import Campaign

FIRST = 7
"""How many lines a report shows at first."""
SIGNS = ("·", "·", "•", "◆")
"""Weight -> its sign, so that it does not depend on colour."""
STYLES = ("$text-muted", "", "bold", "bold $text-accent")


class ReportScreen(Dialog[None]):
    """The events of a turn that the player saw. Arrow keys show other turns."""

    FRESH_KEYS_ONLY = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space", "back", "Go on", key_display="space"),
        Binding("enter", "enter", "Go on", show=False, priority=True),
        Binding("left", "turn(-1)", "Earlier", key_display="←", priority=True),
        Binding("right", "turn(1)", "Later", key_display="→", priority=True),
        Binding("m", "more", "More or less"),
        Binding("p", "pin", "Pin it"),
    ]

    about = (
        "The turn in the order in which it happened, as far as you saw it: seven lines "
        "first, all of them on m. The arrow keys go to earlier turns. A letter speaks in "
        "its sender's voice, which comes from leader and ideology and tells nothing of a "
        "doctrine. What you see is your evidence: p pins it (S10)."
    )

    def __init__(
        self, campaign: "Campaign", turn: int | None = None, at: Event | None = None
    ) -> None:
        super().__init__(campaign)
        self._at = at
        self.played = len(campaign.history.turns)
        self.turn = self.played if turn is None else max(1, min(self.played, turn))
        self._whole = False
        self._shown: list[Event] = []

    def heading(self) -> str:
        """Which turn it is."""
        return f"Report of {self.atlas.date(max(1, self.turn))} (turn {self.turn} of {self.played})"

    def body(self) -> ComposeResult:
        """The lines, then the letter that the marked one brought."""
        yield ListWithEnds(id="happened", markup=False)
        yield Static(id="more-line", classes="hint", markup=False)
        yield Static(id="letter", classes="letter", markup=False)

    def buttons(self) -> ComposeResult:
        """Continue, or show all."""
        yield Button("Go on", id="back", variant="primary", compact=True)
        yield Button("More", id="more", compact=True)

    def on_mount(self) -> None:
        """Show the turn, and focus the list."""
        self._show()
        self.query_one("#happened", OptionList).focus()

    def _show(self) -> None:
        happened = list(self.campaign.report(self.turn))
        world, me = self.campaign.world, self.me or None
        weights = [event_words.weight(event, me, world) for event in happened]
        first = weightiest(happened, me, world)[:FIRST]
        if self._at in happened:
            first.append(happened.index(self._at))
        indices = range(len(happened)) if self._whole else sorted(set(first))
        self._shown = [happened[at] for at in indices]
        self.query_one("#heading", Static).update(plain(self.heading()))
        listed = self.query_one("#happened", OptionList)
        listed.clear_options()
        listed.add_options(Option(self._line(happened[at], weights[at])) for at in indices)
        listed.display = bool(self._shown)
        listed.highlighted = self._first_letter() if self._shown else None
        left = len(happened) - len(self._shown)
        if not happened:
            words = "A quiet turn: nothing came to our ears."
        elif left:
            words = f"  and {left} more: m shows all"
        else:
            words = ""
        self.set_text("more-line", line((words, "$text-muted")))
        self.query_one("#more", Button).display = self._whole or left > 0
        self.query_one("#more", Button).label = "Less" if self._whole else "More"
        self._show_letter()

    def _first_letter(self) -> int:
        """The index of the line that was asked for, or else the first with a letter, or else 0."""
        me = self.me or None
        if self._at in self._shown:
            return self._shown.index(self._at)
        found = (at for at, event in enumerate(self._shown) if sender_of(event, self.atlas, me))
        return next(found, 0)

    def _line(self, event: Event, weight: int) -> Content:
        sentence = event_words.describe_event(event, self.atlas, self.me or None)
        return line((f"{SIGNS[weight]} ", "$accent"), (sentence, STYLES[weight]))

    def on_option_list_option_highlighted(self) -> None:
        """Show the letter of the marked line."""
        self._show_letter()

    def _show_letter(self) -> None:
        index = self.query_one("#happened", OptionList).highlighted
        written = None
        if index is not None and index < len(self._shown):
            written = self.campaign.letter(self._shown[index], self.turn)
        rows = [plain(row) for row in written.splitlines()] if written else []
        self.set_text("letter", lines(*rows) if rows else "")

    def action_enter(self) -> None:
        """Continue, unless a button has the focus."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self.dismiss(None)

    def action_turn(self, by: int) -> None:
        """An earlier or a later turn."""
        turn = max(1, min(self.played, self.turn + by))
        if turn != self.turn:
            self.turn, self._whole = turn, False
            self._show()

    def action_more(self) -> None:
        """Show all lines, or only the first seven."""
        self._whole = not self._whole
        self._show()

    def action_pin(self) -> None:
        """Pin the marked event to its actor's page of the notebook."""
        index = self.query_one("#happened", OptionList).highlighted
        if index is None or index >= len(self._shown):
            notify(self.app, "There is nothing in this turn to pin.", timeout=4)
            return
        event = self._shown[index]
        about = event.actor if event.actor != self.me else event.target
        if about not in self.atlas.state_index or about == self.me:
            notify(self.app, "There is no rival in it to pin it to.", timeout=4)
            return
        told = event_words.describe_event(event, self.atlas, self.me or None)
        if (self.turn, told) not in self.campaign.notebook.pinned(about):
            self.campaign.notebook.pin(about, self.turn, told)
        notify(self.app, f"Pinned to the page of {self.spoken(about)}.", timeout=3)
