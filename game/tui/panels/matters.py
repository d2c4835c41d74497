"""The matters line: up to three things that want deciding, each with its key."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from game.tui.snapshot import Snapshot
from game.tui.text import fit, line


class MatterLink(Static):
    """One matter, which can be clicked."""

    class Chosen(Message):
        """A matter was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, number: int) -> None:
        super().__init__(classes="matter")
        self.number = number

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        event.stop()
        self.post_message(self.Chosen(self.number))


class Matters(Horizontal):
    """The line of matters."""

    HELP = (
        "Up to three things that want deciding this turn: a treaty that runs out, a partner in "
        "talks with whom you fear, a quarrel, a leak, a rival's window, a chance. Its number opens "
        "it, with an order that would meet it; one is suggested only where it is worth something "
        "to your security. The sign ≠ stands where the two readings differ."
    )

    def __init__(self) -> None:
        super().__init__(id="matters")
        self.snapshot: Snapshot | None = None

    def compose(self) -> ComposeResult:
        """A heading and three places."""
        yield Static("Matters", id="matters-title")
        for number in (1, 2, 3):
            yield MatterLink(number)

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot."""
        self.snapshot = snapshot
        self._write()

    def on_resize(self) -> None:
        """What fits depends on the width."""
        self.rewrite()

    def rewrite(self) -> None:
        """Write again what fits, once the new layout is known."""
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        if self.snapshot is None:
            return
        found = self.snapshot.matters
        for link in self.query(MatterLink):
            place = link.number - 1
            link.display = place < len(found) or (place == 0 and not found)
            if place < len(found):
                matter = found[place]
                sign = " ≠" if matter.looks else ""
                room = max(4, link.size.width - 4 - len(sign)) if link.size.width else 30
                title = fit(matter.title, room).rstrip()
                link.update(line((f" {link.number} ", "bold $text-accent"), title, (sign, "bold")))
            elif place == 0:
                link.update(line(("nothing presses", "$text-muted")))
