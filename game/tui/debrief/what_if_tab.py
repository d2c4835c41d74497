"""What if: a turn under another doctrine, and the campaign run again under one."""

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from game.debrief.counterfactual import other, turn_under
from game.debrief.document_reruns import rerun_heading, rerun_words
from game.debrief.report_types import Report
from game.debrief.rerun import Stopped
from game.debrief.rerun_types import Rerun
from game.theory.doctrine import BUILT_IN
from game.tui.debrief.long_work import LongWorkPane
from game.tui.safe_text import line, lines, plain
from game.tui.widgets.bars import meter
from game.tui.widgets.fields import ChoiceField, Field, SliderField
from game.words.verdict_sentences import title

BAR = 30
MOST_TIMES, TIMES = 10, 3


class WhatIf(LongWorkPane):
    """Choose a state, a doctrine and a turn; run it all again if you like."""

    class Wanted(Message):
        """Asks the screen to run the campaign again (or, without a state, to stop)."""

        def __init__(self, state: str = "", doctrine: str = "", times: int = 0) -> None:
            super().__init__()
            self.state = state
            self.doctrine = doctrine
            self.times = times

    class Ran(Message):
        """The campaign was run again."""

        def __init__(self, rerun: Rerun) -> None:
            super().__init__()
            self.rerun = rerun

    START, STOP, LINE = "run", "stop", "runs-line"

    def compose(self) -> ComposeResult:
        """The choice, the turn's decisions, the runs."""
        yield ChoiceField("State", [], id="who")
        yield ChoiceField("Follows", [], id="doctrine")
        yield SliderField("In turn", 1, 1, 1, say=self._date, id="turn")
        yield SliderField("Times", 1, MOST_TIMES, TIMES, say=_times, id="times")
        with Horizontal(id="run-buttons"):
            yield Button("Run the campaign again", id="run", variant="primary", compact=True)
            yield Button("Cancel", id="stop", variant="warning", compact=True)
        yield Static(id="runs-line", markup=False)
        yield Static(id="ran", markup=False)
        yield Static(id="decisions", classes="part", markup=False)

    def on_mount(self) -> None:
        """Nothing runs yet."""
        for id in ("decisions", "runs-line", "ran"):
            self.set_text(id, "")
        self.show_running(False)

    def _date(self, turn: int) -> str:
        return self.atlas.date(turn)

    def fill(self, report: Report) -> None:
        """Offer the states and the doctrines."""
        first = self.report is None
        self.report = report
        if first and report.states:
            states = [(state, entry.name) for state, entry in report.states.items()]
            self.query_one("#who", ChoiceField).set_choices(states)
            posterior = next(iter(report.states.values())).posterior
            names = [name for name in posterior if name in BUILT_IN]
            doctrines = [(name, title(name)) for name in names]
            self.query_one("#doctrine", ChoiceField).set_choices(doctrines)
            self.query_one("#turn", SliderField).set_range(1, report.campaign.played, 1)
            self._suggest(report)
        self.set_text("ran", self._ran(report))

    def enter(self) -> None:
        """Focus the choice of the state."""
        self.query_one("#who").focus()
        self._read()

    def _suggest(self, report: Report) -> None:
        """The other theory, and the state's first diagnostic turn."""
        entry = report.states.get(self.query_one("#who", ChoiceField).value)
        if entry is None:
            return
        self.query_one("#doctrine", ChoiceField).value = other(entry.verdict)
        if entry.diagnostic:
            self.query_one("#turn", SliderField).value = entry.diagnostic[0].turn

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another choice."""
        event.stop()
        if event.field.id == "who" and self.report is not None:
            self._suggest(self.report)
        if event.field.id != "times" and self.display:
            self._read()

    def _read(self) -> None:
        """Start to compute what the state would most likely have done in that turn."""
        state = str(self.query_one("#who", ChoiceField).value)
        doctrine = str(self.query_one("#doctrine", ChoiceField).value)
        turn = int(self.query_one("#turn", SliderField).value)
        if self.report is not None and state in self.report.states:
            self._read_on(state, doctrine, turn)

    @work(thread=True, exclusive=True, group="turn")
    def _read_on(self, state: str, doctrine: str, turn: int) -> None:
        """Compute the turn's decisions again, in a thread."""
        worker = get_current_worker()
        made = self.campaign.debriefing.analysis
        rows = turn_under(made.moments, made.evidence[state], turn, doctrine)
        if worker.is_cancelled:
            return
        words = [line((f"{self.atlas.date(turn)}, {title(doctrine)}", "bold"))]
        for row in rows:
            sign = ("= ", "$text-muted") if row.same else ("≠ ", "bold $warning")
            words.append(
                line(
                    sign,
                    f"{row.deed} ",
                    (row.text, "$text-muted" if row.same else ""),
                    (f" ({', '.join(row.ledger)})", "$text-muted"),
                )
            )
        if not rows:
            words.append(plain("It decided nothing in that turn.", "$text-muted"))
        self.app.call_from_thread(self.set_text, "decisions", lines(*words))

    # runs

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Run, or stop."""
        event.stop()
        if event.button.id == "run":
            self.run_again()
        else:
            self.post_message(self.Wanted())

    def run_again(self) -> None:
        """Ask for the runs."""
        if self.running or self.report is None or not self.report.states:
            return
        self.post_message(
            self.Wanted(
                str(self.query_one("#who", ChoiceField).value),
                str(self.query_one("#doctrine", ChoiceField).value),
                int(self.query_one("#times", SliderField).value),
            )
        )

    @work(thread=True, exclusive=True, group="again")
    def run_in_thread(self, state: str, doctrine: str, times: int) -> None:
        """Run the campaign again; `Ran` brings what came of it."""
        from game.campaign import Refused

        words = ""
        try:
            made = self.campaign.debriefing.rerun(
                state, doctrine, times=times, progress=self.report_progress
            )
            self.post_message(self.Ran(made))
        except Stopped:
            words = "Stopped: nothing was kept of these runs."
        except Refused as refused:
            words = str(refused)
        self.app.call_from_thread(self.end_work, words)

    def show_progress(self, done: int, total: int) -> None:
        """Show the progress of the runs."""
        words = line((meter(done / total, BAR), "$accent"), f" {done} of {total} turns")
        self.set_text("runs-line", words)

    def _ran(self, report: Report) -> Content:
        rows: list[Content] = []
        for made in reversed(report.reruns):
            rows += [plain(""), line((rerun_heading(report, made), "bold"))]
            rows += [line(("• ", "$accent"), words) for words in rerun_words(report, made)]
        return lines(*rows) if rows else plain("")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
