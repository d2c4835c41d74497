"""The timeline: a figure for each state and turn, and the events of the marked turn."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from game.debrief.report_names import capital, land_words
from game.debrief.report_types import Course, Report
from game.tui.debrief.tab_base import DebriefTab, treaty_words
from game.tui.safe_text import fit_name, line, lines, plain
from game.tui.widgets.bars import SPARKS
from game.tui.widgets.fields import ChoiceField, Field, SliderField
from game.words import percent

NAME = 18
SHOWN = [
    ("power", "power: shares of the world's capability"),
    ("threat BOT", "threat, as Walt reads it"),
    ("threat BOP", "threat, as Waltz reads it"),
    ("insecurity BOT", "insecurity, as Walt reads it"),
    ("insecurity BOP", "insecurity, as Waltz reads it"),
]


class Timeline(DebriefTab):
    """Lines of bars on a common scale, with a cursor for the turn."""

    BINDINGS: ClassVar = []

    def compose(self) -> ComposeResult:
        """The choice of a figure, the turn, the drawing, the events."""
        yield ChoiceField("Show", SHOWN, "power", id="shown")
        yield SliderField("Turn", 1, 1, 1, say=self._date, id="moment")
        yield Static(id="lines", markup=False)
        yield Static(id="then", classes="part", markup=False)

    def _date(self, moment: int) -> str:
        dates = self.report.course.dates if self.report else ("",)
        return dates[moment - 1] if moment < len(dates) else "the end"

    def fill(self, report: Report) -> None:
        """Draw it."""
        self.report = report
        moments = report.course.moments
        slider = self.query_one("#moment", SliderField)
        slider.set_range(1, max(1, len(moments)), 1)
        self._draw()

    def enter(self) -> None:
        """Focus the turn."""
        self.query_one("#moment").focus()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another figure or another turn."""
        event.stop()
        self._draw()

    def on_resize(self) -> None:
        """Draw it again in the new width."""
        self._draw()

    def _draw(self) -> None:
        if self.report is None:
            return
        course = self.report.course
        kind, _, lens = str(self.query_one("#shown", ChoiceField).value).partition(" ")
        by_lens = course.threat if kind == "threat" else course.insecurity
        table = by_lens[lens] if lens else course.power
        moment = int(self.query_one("#moment", SliderField).value)
        top = max(
            (value for row in table.values() for value in row if value is not None), default=1
        )
        rows: list[Content] = []
        ranked = sorted(table, key=lambda state: -(table[state][moment - 1] or 0))
        for state in ranked:
            values = table[state]
            if all(value is None for value in values):
                continue
            rows.append(self._row(state, values, moment, top or 1, kind == "power"))
        self.set_text("lines", lines(*rows))
        self.set_text("then", self._then(course, moment))

    def _row(
        self, state: str, values: Sequence[float | None], moment: int, top: float, share: bool
    ) -> Content:
        width = max(8, self.size.width - NAME - 12)
        first = max(0, min(moment - 1 - width // 2, len(values) - width))
        shown = values[first : first + width]
        cells = [" " if value is None else _spark(value / top) for value in shown]
        at = moment - 1 - first
        value = values[moment - 1]
        absent = "gone" if any(one is not None for one in values[: moment - 1]) else "not yet"
        figure = absent if value is None else percent(value) if share else f"{value:.2f}"
        colour = "$accent" if state == self.me else "$secondary"
        return line(
            (fit_name("You" if state == self.me else self.name_of(state), NAME), ""),
            ("".join(cells[:at]), colour),
            (cells[at] if at < len(cells) else "", "reverse"),
            ("".join(cells[at + 1 :]), colour),
            (f"  {figure:>5}", "$text-muted"),
        )

    @property
    def _names(self) -> dict[str, str]:
        return {state.id: state.name for state in self.atlas.states}

    def _then(self, course: Course, moment: int) -> Content:
        """What was signed, ended, begun and lost in the turn that begins at a moment."""
        if moment >= len(course.moments):
            return line(("The end of the campaign.", "$text-muted"))
        rows = [line((f"In {self._date(moment)}", "bold"))]
        for treaty in course.treaties:
            if treaty.since == moment + 1:
                rows.append(line(("+ ", "$text-success"), treaty_words(self.atlas, treaty)))
            if treaty.until == moment:
                rows.append(
                    line(("- ", "$text-muted"), (treaty_words(self.atlas, treaty), "$text-muted"))
                )
        for war in course.wars:
            if war.since == moment:
                words = f"{self.name_of(war.by)} went to war with {self.name_of(war.on)}"
                rows.append(line(("! ", "bold $text-error"), words))
        for one in course.land:
            if one.turn == moment:
                words = capital(land_words(self._names, one))
                rows.append(line(("! ", "bold $text-warning"), words))
        if len(rows) == 1:
            rows.append(plain("  nothing was signed, ended or fought over", "$text-muted"))
        return lines(*rows)


def _spark(share: float) -> str:
    return SPARKS[max(0, min(len(SPARKS) - 1, int(share * len(SPARKS))))]
