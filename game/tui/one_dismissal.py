"""Screens that take their dismissal once, and no key that was pressed before they were seen."""

from math import inf
from time import monotonic

from rich.console import RenderableType
from textual import events
from textual.await_complete import AwaitComplete
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from game.tui.dimmed_screen import DimmedScreen


class OneDismissal(Screen[ScreenResultType]):
    """The base of every screen of the game.

    Keys that come in one burst all reach the screen before it is taken away: each of them may
    dismiss it. The second dismissal would take away the screen below, so it is ignored.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus. As Textual has it, the whole screen is painted again when that changes;
    what gains or loses the focus is painted anyway.
    """

    FRESH_KEYS_ONLY = False
    """Whether a key counts only if it was pressed after the screen was drawn.

    Set where a screen comes unasked: a key that was meant for the one before must not answer it.
    """
    keys_count_from = 0.0
    """The time from which keys count, by the clock of Textual's events."""

    def render(self) -> RenderableType:
        """What stands behind the screen's widgets: the screen below, where one shines through."""
        found = super().render()
        if isinstance(found, BackgroundScreen):
            return DimmedScreen(found.screen, found.color)
        return found

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Dismiss the screen if it is the one on top; nothing happens if it is not.

        One that is not composed yet is dismissed once it is: its `on_mount` finds its widgets.
        """
        if self.app.screen is not self:
            return AwaitComplete()
        if not self.is_mounted:
            self.call_later(self._dismiss_later, result)
            return AwaitComplete()
        return super().dismiss(result)

    def _dismiss_later(self, result: ScreenResultType | None) -> None:
        # Nothing is returned: a message handler of the screen must not await its own end.
        self.dismiss(result)

    def on_screen_resume(self) -> None:
        """Count keys once the screen is drawn."""
        self.ignore_older_keys()

    def ignore_older_keys(self) -> None:
        """Let only keys count that are pressed after what the screen shows now is drawn."""
        if not self.FRESH_KEYS_ONLY:
            return

        def drawn() -> None:
            self.keys_count_from = monotonic()

        self.keys_count_from = inf
        self.call_after_refresh(drawn)

    @property
    def counts_now(self) -> bool:
        """Whether a key that is pressed now counts."""
        return self.is_mounted and self.keys_count_from < inf

    def counts(self, event: events.Key) -> bool:
        """Whether a key was pressed late enough to be meant for what the screen shows."""
        if self.FRESH_KEYS_ONLY and not self.is_mounted:
            return False
        return event.time >= self.keys_count_from
