"""The keys at the foot of the screen: all of them, on as many lines as the window needs."""

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from game.tui.actions import ACTIONS, Action
from game.tui.safe_text import line, lines


class KeyBar(Widget):
    """The footer's actions of the registry, each of which can be clicked."""

    def __init__(self) -> None:
        super().__init__(id="keys")

    def _rows(self, width: int) -> list[list[tuple[int, Action]]]:
        """Rows of (column, action); with smaller gaps if that saves a row."""
        wide, close = self._rows_in_width(width, 2), self._rows_in_width(width, 1)
        return close if len(close) < len(wide) else wide

    def _rows_in_width(self, width: int, gap: int) -> list[list[tuple[int, Action]]]:
        rows: list[list[tuple[int, Action]]] = [[]]
        column = start = gap - 1
        for action in ACTIONS:
            if not action.shown:
                continue
            length = cell_len(action.keys_for(self.app)) + 1 + cell_len(action.label)
            if rows[-1] and column + length >= width:
                rows.append([])
                column = start
            rows[-1].append((column, action))
            column += length + gap
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the keys need, three at most."""
        del container, viewport
        return min(3, len(self._rows(width)))

    def render(self) -> Content:
        """The keys, their labels, and which of them cannot be used now."""
        written = []
        does_something = self.screen.does_something  # type: ignore[attr-defined]
        for row in self._rows(self.size.width):
            parts: list[tuple[str, str]] = []
            at = 0
            for column, action in row:
                able = does_something(action.name.partition("(")[0])
                parts += [
                    (" " * (column - at), ""),
                    (action.keys_for(self.app), "bold $text-accent" if able else "$text-muted"),
                    (f" {action.label}", "" if able else "$text-muted"),
                ]
                at = column + cell_len(action.keys_for(self.app)) + 1 + cell_len(action.label)
            written.append(line(*parts))
        return lines(*written)

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        rows = self._rows(self.size.width)
        if event.y >= len(rows):
            return
        for column, action in rows[event.y]:
            length = cell_len(action.keys_for(self.app)) + 1 + cell_len(action.label)
            if column <= event.x < column + length:
                await self.screen.run_action(action.name)
                return
