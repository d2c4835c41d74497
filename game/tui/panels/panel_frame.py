"""Base classes of panels: a framed list, and a framed text."""

from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static
from textual.widgets.option_list import Option

from game.tui.safe_text import plain
from game.tui.snapshot import Snapshot
from game.tui.widgets.list_with_ends import ListWithEnds


class ListPanel(ListWithEnds):
    """A framed list of plain text. Subclasses give `fill`."""

    DEFAULT_CLASSES = "panel"
    TITLE = ""
    HELP = ""
    """The panel's text on the help screen."""
    CLAIMS: ClassVar[tuple[str, ...]] = ()
    """The ledger's claims behind it."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self.snapshot: Snapshot | None = None

    def on_mount(self) -> None:
        """Write the title."""
        self.border_title = plain(f" {self.TITLE} ")

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot; the marked row stays marked if it still exists."""
        self.snapshot = snapshot
        self.refill()

    def refill(self) -> None:
        """Make the list again."""
        if self.snapshot is None:
            return
        before = self.highlighted
        marked = self.get_option_at_index(before).id if before is not None else None
        self.set_options(self.fill(self.snapshot))
        self.highlighted = self._row_of(marked, before)

    def _row_of(self, marked: str | None, before: int | None) -> int | None:
        for index, option in enumerate(self.options):
            if marked is not None and option.id == marked:
                return index
        if before is None or not self.option_count:
            return None
        return min(before, self.option_count - 1)

    def fill(self, snapshot: Snapshot) -> list[Option]:
        """The rows."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Rows depend on the width."""
        self.refill()


class TextPanel(VerticalScroll, can_focus=True):
    """A framed text that scrolls. Subclasses give `text`."""

    DEFAULT_CLASSES = "panel"
    TITLE = ""
    HELP = ""
    CLAIMS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, id: str) -> None:
        self._text = Static()
        super().__init__(self._text, id=id)
        self.snapshot: Snapshot | None = None
        self._written_for = 0
        """The width that the text was written for, in cells."""
        self._lines = 0
        """How many lines it has in that width."""

    def on_mount(self) -> None:
        """Write the title."""
        self.border_title = plain(f" {self.TITLE} ")

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot."""
        self.snapshot = snapshot
        self.refill()

    def refill(self) -> None:
        """Write the text again.

        The text fills the panel at the least (its style says so): it is laid out anew only where
        it is longer than that, or was.
        """
        if self.snapshot is None or not self.size.width:
            return
        region = self.scrollable_content_region
        before = self._lines
        self._written_for = region.width
        self._text.update(self.text(self.snapshot, self._written_for), layout=False)
        self._lines = self._text.get_content_height(region.size, region.size, region.width)
        if before != self._lines and max(before, self._lines) > region.height:
            self._text.refresh(layout=True)

    def rename(self, title: Content) -> None:
        """Write another title on the frame, and paint that edge alone.

        To assign `border_title` would paint the whole panel.
        """
        if title != getattr(self, "_border_title", None):
            self._border_title = title
            edge = Region(0, 0, self.outer_size.width, 1)
            self.refresh(edge.translate(-self.content_offset))

    def text(self, snapshot: Snapshot, width: int) -> Content:
        """The text in a given width."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """The text depends on the width alone: of another height it is not written again."""
        if self.scrollable_content_region.width != self._written_for:
            self.refill()
