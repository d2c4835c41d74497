"""The line of tabs with which panels share the room under the map in a narrow window."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from game.tui.panels.matters_panel import Matters
from game.tui.safe_text import line

TABS = {5: "States", 6: "Dispatches", 7: "Readings", 8: "Orders", 9: "Map"}
"""Key -> the panel's name."""
PANELS = {5: "states", 6: "dispatches", 7: "readings", 8: "orders"}
"""Key -> the panel's id."""


class Tab(Static):
    """One tab, which can be clicked."""

    def __init__(self, key: int) -> None:
        super().__init__(line((f" {key} ", "bold $text-accent"), f"{TABS[key]} "), classes="tab")
        self.key = key

    def on_click(self, event: events.Click) -> None:
        """Show its panel."""
        event.stop()
        self.post_message(Tabs.Chosen(self.key))


class Tabs(Horizontal):
    """The line of tabs. The class `tab-<panel>` on the screen says which is shown."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, key: int) -> None:
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self.chosen = 9

    def compose(self) -> ComposeResult:
        """A tab for each panel, and one for the map alone."""
        for key in TABS:
            yield Tab(key)
        yield Static(id="place")

    def set_text(self, words: Content) -> None:
        """Show what the map's cursor is on; in a low window the map has no frame that shows it."""
        self.query_one("#place", Static).update(words, layout=False)

    def on_mount(self) -> None:
        """Show the first."""
        self.choose(self.chosen, focus=False)

    def choose(self, key: int, *, focus: bool = True) -> None:
        """Show the panel of a key; 9 gives the map the whole window."""
        self.chosen = key
        for number, id in PANELS.items():
            self.screen.set_class(number == key, f"tab-{id}")
        self.screen.set_class(key == 9, "tab-map")
        for tab in self.query(Tab):
            tab.set_class(tab.key == key, "-chosen")
        target = PANELS.get(key, "map")
        self.screen.query_one(Matters).rewrite()
        if focus:
            self.screen.query_one(f"#{target}").focus()
