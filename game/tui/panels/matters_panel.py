"""The line of matters: up to three things to decide, each with its key."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from game.tui.safe_text import fit, line
from game.tui.snapshot import Snapshot

EDGES = 5
"""The cells of a matter beside its title: its number and the space after it."""


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
        """Tell the screen that this matter was chosen."""
        event.stop()
        self.post_message(self.Chosen(self.number))


class Matters(Horizontal):
    """The line of matters."""

    HELP = (
        "Up to three things that want deciding this turn: a treaty that runs out, a partner in "
        "talks with whom you fear, a quarrel, a leak, a rival's window, a chance. Its number opens "
        "it, with an order that would meet it; one is suggested only where it is worth something "
        "to your security. The sign ≠ stands where the two readings differ, and ✓ where an order "
        "like the one suggested is given."
    )

    def __init__(self) -> None:
        super().__init__(id="matters")
        self.snapshot: Snapshot | None = None

    def compose(self) -> ComposeResult:
        """A heading and room for three matters."""
        yield Static("Matters", id="matters-title")
        for number in (1, 2, 3):
            yield MatterLink(number)

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot."""
        self.snapshot = snapshot
        self._write()

    def on_resize(self) -> None:
        """Write again what fits."""
        self.rewrite()

    def rewrite(self) -> None:
        """Write again what fits, once the new layout is known."""
        self.call_after_refresh(self._write)

    def _rooms(self, lengths: list[int]) -> list[int]:
        """The width of each matter: longer ones get the room that shorter ones do not need."""
        if self.styles.layout is not None and self.styles.layout.name == "vertical":
            return [self.size.width for _ in lengths]
        heading = self.query_one("#matters-title")
        room = self.size.width - (heading.outer_size.width if heading.display else 0)
        even = max(1, room // max(1, len(lengths)))
        spare = sum(max(0, even - length) for length in lengths)
        wanted = sum(max(0, length - even) for length in lengths)
        if not wanted:
            return [even for _ in lengths]
        part = min(1.0, spare / wanted)
        return [min(length, even + int(max(0, length - even) * part)) for length in lengths]

    def _write(self) -> None:
        if self.snapshot is None:
            return
        found = self.snapshot.matters
        given = {order.slot for order in self.snapshot.pending}
        met = [matter.order is not None and matter.order.slot in given for matter in found]
        signs = [
            " ✓" if done else " ≠" if matter.differs else ""
            for matter, done in zip(found, met, strict=True)
        ]
        lengths = [
            len(matter.title) + EDGES + len(sign) for matter, sign in zip(found, signs, strict=True)
        ]
        rooms = self._rooms(lengths)
        for link in self.query(MatterLink):
            index = link.number - 1
            link.display = index < len(found) or (index == 0 and not found)
            if index < len(found):
                link.styles.width = rooms[index]
                title = fit(found[index].title, max(4, rooms[index] - EDGES - len(signs[index])))
                number = (f" {link.number} ", "bold $text-accent")
                shown = (title.rstrip(), "$text-muted" if met[index] else "")
                link.update(line(number, shown, (signs[index], "bold")))
            elif index == 0:
                link.styles.clear_rule("width")
                link.update(line(("nothing presses", "$text-muted")))
