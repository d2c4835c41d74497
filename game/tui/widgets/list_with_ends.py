"""A list whose cursor stops at its ends: pressing down too often marks no line at the other end."""

from textual.widgets import OptionList


class ListWithEnds(OptionList):
    """An `OptionList` that does not go round."""

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
