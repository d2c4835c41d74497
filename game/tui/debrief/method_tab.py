"""The tab that explains how doctrines are inferred."""

from textual.app import ComposeResult
from textual.widgets import Static

from game.debrief.document import METHOD
from game.debrief.report_types import Report
from game.tui.debrief.tab_base import DebriefTab
from game.tui.safe_text import line, lines, plain


class Method(DebriefTab):
    """The method, in the same words as in an exported debrief."""

    def compose(self) -> ComposeResult:
        """One text."""
        rows = [line(("How this was inferred", "bold"))]
        for paragraph in METHOD:
            rows += [plain(paragraph), plain("")]
        yield Static(lines(*rows[:-1]), markup=False)

    def fill(self, report: Report) -> None:
        """Nothing to do: the text is the same for every campaign."""
        self.report = report
