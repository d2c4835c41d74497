"""A list with entries that can be ticked; the tick is a character, not a colour."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from game.tui.safe_text import line
from game.tui.widgets.list_with_ends import ListWithEnds


class CheckList(ListWithEnds):
    """Ticked by Enter, space or a click; posts `CheckList.Changed`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "select", "Tick")]

    class Changed(Message):
        """What is ticked changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._entries: list[tuple[str, str]] = []
        self._ticked: set[str] = set()

    @property
    def ticked(self) -> tuple[str, ...]:
        """What is ticked, in the list's order."""
        return tuple(value for value, _ in self._entries if value in self._ticked)

    def fill(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show other entries, (value, words), all without a tick."""
        self._entries, self._ticked = list(entries), set()
        self.clear_options()
        self.add_options(Option(self._row(value, words)) for value, words in entries)
        self.highlighted = 0 if entries else None

    def _row(self, value: str, words: str) -> Content:
        ticked = value in self._ticked
        box = ("[x] ", "bold $accent") if ticked else ("[ ] ", "$text-muted")
        return line(box, words)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tick or untick."""
        event.stop()
        value, words = self._entries[event.option_index]
        self._ticked ^= {value}
        self.replace_option_prompt_at_index(event.option_index, self._row(value, words))
        self.post_message(self.Changed())
