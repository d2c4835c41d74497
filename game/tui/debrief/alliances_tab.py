"""Which states were bound by treaty in a turn, with a slider for the turn."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from game.debrief.course import LENSES, stood
from game.debrief.document_alliances import DEFENCE, ENEMIES, OTHER_TREATY, network
from game.debrief.report_names import signed
from game.debrief.report_types import Report
from game.tui.debrief.tab_base import DebriefTab, treaty_words
from game.tui.safe_text import fit, fit_name, line, lines, plain
from game.tui.widgets.fields import Field, SliderField

SIGNS = {
    DEFENCE: ("═", "bold $accent"),
    OTHER_TREATY: ("─", "$secondary"),
    ENEMIES: ("×", "bold $error"),
}
CELL = 4
NAME = 18


class Alliances(DebriefTab):
    """A table of pairs of states, and whom each state feared most."""

    def compose(self) -> ComposeResult:
        """The turn, the table, the legend."""
        yield SliderField("Turn", 1, 1, 1, say=self._date, id="network-moment")
        yield Static(id="network", markup=False)
        yield Static(id="legend", classes="part", markup=False)
        yield Static(id="standing", classes="part", markup=False)

    def _date(self, moment: int) -> str:
        dates = self.report.course.dates if self.report else ("",)
        return f"start of {dates[moment - 1]}" if moment < len(dates) else "the end"

    def fill(self, report: Report) -> None:
        """Draw it."""
        self.report = report
        slider = self.query_one("#network-moment", SliderField)
        slider.set_range(1, max(1, len(report.course.moments)), 1)
        signs = [
            part
            for kind, (sign, style) in SIGNS.items()
            for part in ((f"{sign} ", style), f"{kind}   ")
        ]
        self.set_text(
            "legend",
            lines(
                line(*signs),
                plain(
                    "On the right: whom each had most to fear, by power and by threat (W1, T2). "
                    "States that stood together without a treaty are not marked (S5).",
                    "$text-muted",
                ),
            ),
        )
        self._draw()

    def enter(self) -> None:
        """Give the slider the focus."""
        self.query_one("#network-moment").focus()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another turn."""
        event.stop()
        self._draw()

    def on_resize(self) -> None:
        """Show as many columns as fit."""
        self._draw()

    def _draw(self) -> None:
        report = self.report
        if report is None or not report.states:
            return
        moment = int(self.query_one("#network-moment", SliderField).value)
        drawn = network(report, moment)
        ids = {name: state for state, name in report.names.items()}
        ties = {}
        for edge in drawn.edges:
            for one, other in ((edge.one, edge.other), (edge.other, edge.one)):
                ties[ids[one], ids[other]] = SIGNS[edge.kind]
        there = [ids[name] for name in drawn.nodes]
        room = max(2, (self.size.width - NAME - 14) // CELL)
        columns = sorted(there, key=lambda state: -sum(pair[0] == state for pair in ties))[:room]
        columns = [state for state in there if state in columns]
        rows = [
            line(
                (" " * NAME, ""),
                ("".join(fit(state, CELL) for state in columns), "$text-muted"),
                ("  P    T", "$text-muted"),
            )
        ]
        rows += [self._row(report, state, columns, ties, moment) for state in there]
        self.set_text("network", lines(*rows))
        self.set_text("standing", self._standing(report, moment))

    def _standing(self, report: Report, moment: int) -> Content:
        """Every treaty that stood then, the pacts to fight first."""
        there = [one for one in report.course.treaties if stood(one, moment)]
        there.sort(key=lambda one: (not one.binding, one.since))
        rows = [line(("What stood then", "bold"), ("" if there else ": nothing", "$text-muted"))]
        for one in there:
            sign, style = SIGNS[DEFENCE if one.binding else OTHER_TREATY]
            since = f"  since {signed(report, one) or 'before'}"
            rows.append(
                line((f"{sign} ", style), treaty_words(self.atlas, one), (since, "$text-muted"))
            )
        return lines(*rows)

    def _row(
        self,
        report: Report,
        state: str,
        columns: list[str],
        ties: dict[tuple[str, str], tuple[str, str]],
        moment: int,
    ) -> Content:
        cells: list[tuple[str, str]] = []
        for other in columns:
            if other == state:
                cells.append((fit("\\", CELL), "$text-disabled"))
            else:
                sign, style = ties.get((state, other), ("·", "$text-disabled"))
                cells += [(sign, style), (" " * (CELL - 1), "")]
        rows = [report.course.feared[lens].get(state) for lens in LENSES]
        feared = ["-" if row is None else row[moment - 1] or "-" for row in rows]
        return line(
            (fit_name(self.name_of(state), NAME), "bold" if state == self.me else ""),
            *cells,
            (f"  {fit(feared[0], CELL)} {fit(feared[1], CELL)}", "$warning"),
        )
