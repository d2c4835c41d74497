"""A tab with work that takes minutes: its progress, and how it is stopped."""

from typing import ClassVar

from textual.message import Message
from textual.widgets import Button

from game.debrief.rerun import Stopped
from game.tui.debrief.tab_base import DebriefTab


class LongWorkPane(DebriefTab):
    """A tab that works in a thread. Leaving the screen ends the work."""

    class Ended(Message):
        """The work is over, done or stopped."""

    START: ClassVar[str]
    """The id of the button that starts the work."""
    STOP: ClassVar[str]
    """The id of the button that stops it."""
    LINE: ClassVar[str]
    """The id of the line that shows how far it is."""

    running = False
    stopping = False
    left = False
    """Whether the screen was left: nothing is shown any more."""

    def on_unmount(self) -> None:
        """Leaving the screen ends the work."""
        self.stopping = self.left = True

    def begin_work(self, words: str) -> None:
        """Show that the work is under way."""
        self.stopping = False
        self.show_running(True, words)

    def stop_work(self) -> None:
        """Ask the work to end: it does at its next step."""
        if self.running:
            self.stopping = True
            self.show_running(True, "Stopping…")

    def end_work(self, words: str) -> None:
        """Show that the work is over, and why; not where the screen was left."""
        if not self.left:
            self.show_running(False, words)
            self.post_message(self.Ended())

    def show_running(self, running: bool, words: str = "") -> None:
        """Show whether the work is under way, and words in the line."""
        self.running = running
        self.show_buttons()
        self.set_text(self.LINE, words)

    def show_buttons(self) -> None:
        """Show the button that does something now."""
        shown = {self.START: self.can_start and not self.running, self.STOP: self.running}
        for button in self.query(Button):
            button.display = shown.get(button.id or "", button.display)

    @property
    def can_start(self) -> bool:
        """Whether there is work left to do."""
        return True

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is."""
        raise NotImplementedError

    def report_progress(self, done: int, total: int) -> None:
        """Called in the thread after every step. Raises Stopped where the work is to end."""
        if self.stopping:
            raise Stopped
        self.app.call_from_thread(self.show_progress, done, total)
