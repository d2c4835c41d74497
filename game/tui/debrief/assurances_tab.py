"""What was asked and answered in private in crises, how far it was believed, and what was done."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from game.debrief.document_assurances import as_sentences, in_short
from game.debrief.report_names import date
from game.debrief.report_types import AssuranceSpan, Report
from game.tui.debrief.tab_base import DebriefTab
from game.tui.safe_text import line, lines, plain

SIGNS = {
    "kept": ("✓ ", "$text-success"),
    "broken": ("✗ ", "$text-error"),
    "lapsed": ("· ", "$text-muted"),
    "": ("… ", "$text-muted"),
}
"""What became of an assurance -> a sign and its style."""
NOTHING = (
    "In this campaign nobody asked another in private what it would do if a crisis ended in war."
)


class Assurances(DebriefTab):
    """Every assurance in order, the player's own in bold."""

    def compose(self) -> ComposeResult:
        """A line about all, then one block each."""
        yield Static(id="assured-in-short", classes="part", markup=False)
        yield Static(id="assured", markup=False)

    def fill(self, report: Report) -> None:
        """Show the report."""
        self.report = report
        given = report.course.assurances
        self.set_text("assured-in-short", f"{in_short(given)}." if given else NOTHING)
        self.set_text("assured", lines(*(self._block(report, one) for one in given)))

    def _block(self, report: Report, one: AssuranceSpan) -> Content:
        asked, answer, would, came = as_sentences(report, one)
        own = "bold" if self.me in (one.asked_by, one.giver) else ""
        return lines(
            line((f"{date(report, one.turn)}  ", "bold $accent"), (asked, own)),
            line(("  ", ""), (answer, own)),
            line(("  ", ""), (would, "$text-muted")),
            line(("  ", ""), SIGNS[one.outcome], came),
            plain(""),
        )
