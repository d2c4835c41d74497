"""The player's tab: what its conduct resembled, and its notebook compared with the evidence."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from game.debrief.document_player import notebook_words
from game.debrief.report_types import NotebookScore, Report
from game.debrief.statements import exponents_words
from game.tui.debrief.tab_base import DebriefTab
from game.tui.debrief.verdicts_tab import diagnostic
from game.tui.safe_text import fit, fit_name, line, lines, plain
from game.tui.widgets.bars import sparkline
from game.words import percent
from game.words.verdict_sentences import title

NAME, SPARK = 18, 20
IMPUTED = (
    "This verdict rests on imputed beliefs: what you believed of others is taken to be what the "
    "public events would have taught anybody in your place (S10, T13, W14)."
)


class You(DebriefTab):
    """Verdict, diagnostic turns, notebook."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="own", markup=False)
        yield Static(id="noted", classes="part", markup=False)

    def fill(self, report: Report) -> None:
        """Show the report."""
        self.report = report
        you = report.you
        if you is None:
            self.set_text("own", "Nobody played this campaign: all states decided for themselves.")
            self.set_text("noted", "")
            return
        entry = report.states[you.state]
        rows = [plain(you.in_short), plain("")] if you.in_short else []
        rows += [plain(entry.crucial_said), line((entry.said, "bold"))]
        rows += [plain(entry.check_said)] if entry.check_said else []
        rows.append(plain(entry.gloss, "$text-muted"))
        exponents = exponents_words(entry)
        rows += [plain(exponents)] if exponents else []
        rows += [plain(""), plain(IMPUTED, "$text-muted"), plain("")]
        rows += [line((f"{one.date}: ", "bold"), one.text) for one in you.events]
        rows += [plain("")] if you.events else []
        rows += [diagnostic(one) for one in entry.diagnostic]
        self.set_text("own", lines(*rows))
        self.set_text("noted", "" if you.notebook is None else self._notebook(report, you.notebook))

    def _notebook(self, report: Report, noted: NotebookScore) -> Content:
        rows = [line(("Your notebook", "bold")), plain(notebook_words(noted)), plain("")]
        head = f"{'how likely it fears power':<{NAME + 8}}{'you wrote':<{SPARK + 6}}the evidence"
        rows.append(plain(head, "$text-muted"))
        for state, row in noted.states.items():
            if not row.turns:
                continue
            known = row.seen or row.archives
            sealed = report.states[state].doctrine if state in report.states else None
            rows.append(
                line(
                    fit_name(self.name_of(state), NAME + 8),
                    (fit(sparkline(row.noted, SPARK), SPARK), "$accent"),
                    f" {percent(row.noted[-1]):>4} ",
                    (fit(sparkline(known, SPARK), SPARK), "$secondary"),
                    f" {percent(known[-1]):>4}",
                    (f"  {title(sealed)}" if sealed else "", "$text-muted"),
                )
            )
        return lines(*rows)
