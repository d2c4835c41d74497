"""Form fields of one line, for arrow keys and mouse: a choice, a slider, a switch.

Every field posts `Field.Changed` when its value changes, so that a form can show the effect at
once. Labels and values are text from outside; they are never read as markup.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import fit, line, plain
from game.tui.widgets.list_with_ends import ListWithEnds

LABEL_WIDTH = 14
BOX = 7
"""The cells of a switch between its label and its note."""
TRACK_WIDTH = 20
"""The most cells of a slider's track; a narrow field has fewer."""
VALUE_WIDTH = 14
"""The cells reserved for a slider's value."""

Choice = tuple[Any, str]
"""(value, words that show it)."""


class PickList(ModalScreen[int | None], OneDismissal[int | None]):
    """A list to choose one line from; a letter goes to the next line that begins with it.

    Dismisses with the index of the line, or None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]
    DEFAULT_CSS = """
    PickList { align: center middle; }
    PickList > Vertical {
        width: 44; max-width: 90%; height: auto; max-height: 90%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    PickList .pick-title { text-style: bold; color: $text-accent; }
    PickList OptionList { height: auto; max-height: 18; border: none; background: $surface; }
    PickList OptionList:focus { border: none; }
    """

    def __init__(self, title: str, lines: Sequence[str], chosen: int) -> None:
        super().__init__()
        self._heading, self._lines, self._chosen = title, lines, chosen

    def compose(self) -> ComposeResult:
        """A list with a frame."""
        with Vertical():
            yield Static(plain(self._heading), classes="pick-title")
            yield ListWithEnds(*(Option(plain(words)) for words in self._lines), markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Start at the present choice."""
        self.query_one(OptionList).highlighted = max(0, self._chosen)

    def on_key(self, event: events.Key) -> None:
        """Go to the next line that begins with the letter."""
        letter = event.character
        if letter is None or not letter.isalnum():
            return
        listed = self.query_one(OptionList)
        after = (listed.highlighted if listed.highlighted is not None else -1) + 1
        count = len(self._lines)
        for index in (at % count for at in range(after, after + count)):
            if _initial(self._lines[index]) == letter.casefold():
                listed.highlighted = index
                event.stop()
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the line."""
        self.dismiss(event.option_index)


def _initial(words: str) -> str:
    """The letter by which a line is found: the first one after an article."""
    return words.casefold().removeprefix("the ").strip()[:1]


class Field(Widget, can_focus=True):
    """A labelled line of a form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Change", key_display="←→"),
        Binding("right", "step(1)", "Change", show=False),
        # A form that scrolls would take these two keys for itself.
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
    ]
    DEFAULT_CSS = """
    Field { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    Field:focus { background: $boost; text-style: bold; }
    """
    value: reactive[Any] = reactive(None, init=False)
    label_width = LABEL_WIDTH

    class Changed(Message):
        """A field's value changed."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> "Field":
            """The field that changed."""
            return self.field

    def __init__(self, label: str, value: Any, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = label
        self.set_reactive(Field.value, value)

    def watch_value(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self))

    def action_step(self, by: int) -> None:
        """Move the value by some steps."""
        raise NotImplementedError

    def _labelled(self, body: Content) -> Content:
        mark = "› " if self.has_focus else "  "
        style = "bold" if self.has_focus else "$text-muted"
        return line((mark + fit(self.label, self.label_width), style), body)

    def on_focus(self) -> None:
        """Show that the field has the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the field has lost the focus."""
        self.refresh()


class ChoiceField(Field):
    """One of several values: arrows go through them, Enter or a click lists them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "open", "List")]

    def __init__(
        self, label: str, choices: Sequence[Choice], value: Any = None, *, id: str | None = None
    ) -> None:
        self.choices = list(choices)
        known = [choice for choice, _ in self.choices]
        super().__init__(label, value if value in known or not known else known[0], id=id)

    @property
    def choice_index(self) -> int:
        """The index of the value among the choices; -1 if it is none of them."""
        return next((at for at, (choice, _) in enumerate(self.choices) if choice == self.value), -1)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Set other choices; the value stays if it is one of them."""
        self.choices = list(choices)
        if self.choice_index < 0 and self.choices:
            self.value = self.choices[0][0]
        self.refresh(layout=True)

    def action_step(self, by: int) -> None:
        """The next or previous choice; after the last comes the first."""
        if self.choices:
            self.value = self.choices[(self.choice_index + by) % len(self.choices)][0]

    def action_open(self) -> None:
        """All choices in a list."""

        def take(index: int | None) -> None:
            if index is not None:
                self.value = self.choices[index][0]

        words = [text for _, text in self.choices]
        self.app.push_screen(PickList(self.label, words, self.choice_index), take)

    def on_click(self, event: events.Click) -> None:
        """A click on an arrow makes a step; a click on the value opens the list."""
        at = event.x - self.label_width - 2
        if 0 <= at < 2:
            self.action_step(-1)
        elif at >= 2 and at >= len(self._words()) + 3:
            self.action_step(1)
        elif at >= 2:
            self.action_open()

    def _words(self) -> str:
        return self.choices[self.choice_index][1] if self.choice_index >= 0 else "none"

    def render(self) -> Content:
        """The label and the chosen value between arrows."""
        room = max(4, self.size.width - self.label_width - 6)
        words = fit(self._words(), room).rstrip()
        arrow = "$text-accent" if len(self.choices) > 1 else "$text-disabled"
        return self._labelled(line(("◂ ", arrow), words, (" ▸", arrow)))


class SliderField(Field):
    """A number between two ends: arrows step, shift steps five, a drag sets it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+left", "step(-5)", "Much less", show=False),
        Binding("shift+right", "step(5)", "Much more", show=False),
        Binding("home", "end(0)", "Least", show=False),
        Binding("end", "end(1)", "Most", show=False),
    ]

    def __init__(
        self,
        label: str,
        low: int,
        high: int,
        value: int,
        *,
        step: int = 1,
        say: Callable[[int], str] = str,
        id: str | None = None,
    ) -> None:
        super().__init__(label, value, id=id)
        self.low, self.high, self.by, self.say = low, max(low, high), max(1, step), say
        self._held = False

    def set_range(self, low: int, high: int, step: int) -> None:
        """Set other ends; the value is moved between them."""
        self.low, self.high, self.by = low, max(low, high), max(1, step)
        self.value = max(self.low, min(self.high, self.value))
        self.refresh()

    def action_step(self, by: int) -> None:
        """Some steps up or down, as far as the end."""
        self.value = max(self.low, min(self.high, self.value + by * self.by))

    def action_end(self, end: int) -> None:
        """Move the value to one of the ends."""
        self.value = self.high if end else self.low

    @property
    def _track(self) -> int:
        return max(6, min(TRACK_WIDTH, self.size.width - self.label_width - 2 - VALUE_WIDTH))

    def _reach(self, x: int) -> None:
        share = (x - self.label_width - 2) / (self._track - 1)
        raw = self.low + max(0.0, min(1.0, share)) * (self.high - self.low)
        steps = round((raw - self.low) / self.by)
        self.value = max(self.low, min(self.high, self.low + steps * self.by))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Start to drag the knob."""
        if 0 <= event.x - self.label_width - 2 < self._track:
            self._held = True
            self.capture_mouse()
            self._reach(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the knob."""
        if self._held:
            self._reach(event.x)

    def on_mouse_up(self) -> None:
        """End the drag."""
        if self._held:
            self._held = False
            self.release_mouse()

    def render(self) -> Content:
        """The label, the track with its knob, the value in words."""
        span = max(1, self.high - self.low)
        track = self._track - 1
        knob = round((self.value - self.low) * track / span)
        return self._labelled(
            line(
                ("━" * knob, "$accent"),
                ("●", "bold $accent"),
                ("─" * (track - knob), "$text-muted"),
                "  ",
                self.say(self.value),
            )
        )


class SwitchField(Field):
    """Yes or no, with a note that says what it means."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "step(1)", "Switch")]

    def __init__(self, label: str, value: bool, note: str = "", *, id: str | None = None) -> None:
        super().__init__(label, value, id=id)
        self.note = note

    def action_step(self, by: int) -> None:
        """The other way, whichever the direction."""
        if by:
            self.value = not self.value

    def on_click(self) -> None:
        """The other way."""
        self.value = not self.value

    def render(self) -> Content:
        """The label, a box, the note; where it is too long, as far as its comma."""
        box = ("[x]", "bold $accent") if self.value else ("[ ]", "$text-muted")
        room = self.size.width - self.label_width - BOX
        note = self.note if cell_len(self.note) <= room else self.note.partition(",")[0]
        return self._labelled(line(box, "  ", (note, "$text-muted")))
