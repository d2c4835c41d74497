"""How it was inferred."""

from textual.app import ComposeResult
from textual.widgets import Static

from game.debrief.document import METHOD
from game.debrief.report_types import Report
from game.tui.debrief.tab_base import DebriefTab
from game.tui.safe_text import line, lines, plain


class Method(DebriefTab):
    """The method in a page, as the exported debrief has it."""

    def compose(self) -> ComposeResult:
        """All of it is text."""
        rows = [line(("How this was inferred", "bold"))]
        for paragraph in METHOD:
            rows += [plain(paragraph), plain("")]
        yield Static(lines(*rows[:-1]), markup=False)

    def fill(self, report: Report) -> None:
        """It is the same of every campaign."""
        self.report = report
