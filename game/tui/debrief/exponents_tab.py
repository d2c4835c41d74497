"""The exponents of each state's lens, each with its interval on one axis."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from game.debrief.report_types import Exponent, Report, StateReport
from game.debrief.rerun import Stopped
from game.tui.debrief.long_work import LongWorkPane
from game.tui.safe_text import fit, line, lines, plain
from game.tui.widgets.bars import meter

LOW, HIGH = -1.0, 3.0
"""The part of the axis that is drawn."""
NAME, FACTOR = 22, 11
BAR = 30
PENDING = "Not fitted yet: f fits them, which takes some seconds."
INTRO = (
    "How much each factor of danger counted in what was done: 0 not at all, 1 as in balance of "
    "threat; balance of power is 1, 0, 0, 0. Dots are estimates, lines 90% intervals; where a line "
    "leaves the axis, the evidence does not say (T1, W1)."
)


class Exponents(LongWorkPane):
    """A row a factor, a block a state."""

    class Wanted(Message):
        """Asks the screen to fit the exponents (or, with `halt`, to stop)."""

        def __init__(self, *, halt: bool = False) -> None:
            super().__init__()
            self.halt = halt

    class Fitted(Message):
        """The exponents of some states are there."""

        def __init__(self, states: Sequence[str]) -> None:
            super().__init__()
            self.states = states

    START, STOP, LINE = "fit", "fit-stop", "fit-line"

    def compose(self) -> ComposeResult:
        """The explanation, the button, the drawing."""
        yield Static(plain(INTRO, "$text-muted"))
        with Horizontal(id="fit-buttons"):
            yield Button("Fit the exponents", id="fit", variant="primary", compact=True)
            yield Button("Cancel", id="fit-stop", variant="warning", compact=True)
        yield Static(id="fit-line", markup=False)
        yield Static(id="exponents-text", markup=False)

    def on_mount(self) -> None:
        """Nothing is fitted yet: it takes a while, so the player has to ask for it."""
        self.show_running(False)
        self.set_text("exponents-text", "")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Fit, or stop."""
        event.stop()
        self.post_message(self.Wanted(halt=event.button.id == "fit-stop"))

    def show_progress(self, done: int, total: int) -> None:
        """Show the progress of the fit."""
        words = line((meter(done / max(1, total), BAR), "$accent"), f" {100 * done // total}%")
        self.set_text("fit-line", words)

    @property
    def can_start(self) -> bool:
        """Whether nothing is fitted yet."""
        return self.report is None or not self._fitted(self.report)

    @staticmethod
    def _fitted(report: Report) -> dict[str, StateReport]:
        """The states whose exponents were fitted."""
        return {
            state: entry
            for state, entry in report.states.items()
            if any(row.estimate is not None for row in entry.exponents.values())
        }

    @work(thread=True, exclusive=True, group="fit")
    def fit(self, states: Sequence[str]) -> None:
        """Fit the exponents of some states together; `Fitted` tells when they are there."""
        words = ""
        try:
            self.campaign.debriefing.fit_exponents(states, self.report_progress)
            self.post_message(self.Fitted(states))
        except Stopped:
            words = "Stopped: nothing was fitted."
        self.app.call_from_thread(self.end_work, words)

    def fill(self, report: Report) -> None:
        """Draw the exponents as wide as the window allows."""
        self.report = report
        self.show_buttons()
        self._draw()

    def on_resize(self) -> None:
        """Draw them anew."""
        self._draw()

    def _draw(self) -> None:
        if self.report is None:
            return
        width = max(21, min(61, self.size.width - FACTOR - 26))
        fitted = self._fitted(self.report)
        if not fitted:
            self.set_text("exponents-text", PENDING)
            return
        rows: list[Content] = [line((f"{'':<{FACTOR + 2}}{axis(width)}", "$text-muted"))]
        for state, entry in fitted.items():
            rows += [plain(""), line((self.name_of(state), "bold"))]
            for factor, row in entry.exponents.items():
                rows.append(
                    line(
                        f"  {fit(factor, FACTOR)}",
                        (whisker(row, width), "$accent"),
                        (f"  {figures(row)}", "$text-muted"),
                    )
                )
        self.set_text("exponents-text", lines(*rows))


def axis(width: int) -> str:
    """The whole numbers along the axis."""
    cells = [" "] * width
    for value in range(int(LOW), int(HIGH) + 1):
        text = str(value)
        index = _column(value, width) - (len(text) - 1)
        cells[index : index + len(text)] = text
    return "".join(cells)


def whisker(row: Exponent, width: int) -> str:
    """An estimate and its interval on the axis; an end that is unbounded leaves it."""
    if row.estimate is None:
        return " " * width
    cells = ["·" if _is_whole(index, width) else " " for index in range(width)]
    low = 0 if row.low is None else _column(row.low, width)
    high = width - 1 if row.high is None else _column(row.high, width)
    cells[low : high + 1] = "─" * (high + 1 - low)
    cells[low] = "◂" if row.low is None or row.low < LOW else "├"
    cells[high] = "▸" if row.high is None or row.high > HIGH else "┤"
    cells[_column(row.estimate, width)] = "●"
    return "".join(cells)


def figures(row: Exponent) -> str:
    """The same in figures."""
    if row.estimate is None:
        return "no estimate"
    low = "-∞" if row.low is None else f"{row.low:.2f}"
    high = "∞" if row.high is None else f"{row.high:.2f}"
    return f"{row.estimate:.2f} ({low} to {high})"


def _column(value: float, width: int) -> int:
    """The column of a value on an axis of `width` cells."""
    share = (min(HIGH, max(LOW, value)) - LOW) / (HIGH - LOW)
    return round(share * (width - 1))


def _is_whole(index: int, width: int) -> bool:
    return any(_column(value, width) == index for value in range(int(LOW), int(HIGH) + 1))
