"""A list whose cursor stops at its ends: pressing down too often marks no line at the other end."""

from textual.reactive import reactive
from textual.widgets import OptionList


class ListWithEnds(OptionList):
    """An `OptionList` that does not go round, and paints two rows when its cursor moves."""

    highlighted: reactive[int | None] = reactive(None, repaint=False)

    def watch_highlighted(  # type: ignore[override]
        self, before: int | None, highlighted: int | None
    ) -> None:
        """Paint the row that was marked and the one that is."""
        if self.is_mounted and self.size:
            for index in (before, highlighted):
                if index is not None and index in self._index_to_line:
                    self.refresh_lines(self._index_to_line[index], self._heights[index])
        super().watch_highlighted(highlighted)

    def action_cursor_up(self) -> None:
        """The line above that can be chosen, if there is one."""
        self._move(-1)

    def action_cursor_down(self) -> None:
        """The line below that can be chosen, if there is one."""
        self._move(1)

    def action_page_up(self) -> None:
        """A page up; nothing where the list has no room and so no pages."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """A page down; nothing where the list has no room and so no pages."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]

    def _move(self, by: int) -> None:
        if self.highlighted is None:
            self.action_first()
            return
        at = self.highlighted + by
        while 0 <= at < self.option_count:
            if not self.get_option_at_index(at).disabled:
                self.highlighted = at
                return
            at += by
