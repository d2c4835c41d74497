"""The name of a tab in the line of tabs."""

from textual import events
from textual.message import Message
from textual.widgets import Static

from game.tui.safe_text import line


class TabLabel(Static):
    """A tab's name with its key; a click opens it."""

    class Chosen(Message):
        """It was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, index: int, tab: str, words: str) -> None:
        super().__init__(line((f"{index} ", "bold $text-accent"), words), classes="tab")
        self.tab = tab

    def on_click(self, event: events.Click) -> None:
        """Open its tab."""
        event.stop()
        self.post_message(self.Chosen(self.tab))
