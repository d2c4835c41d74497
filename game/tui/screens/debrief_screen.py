"""The debrief: verdicts from conduct alone, their evidence, and the true doctrines on a key."""

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, ContentSwitcher, Static
from textual.worker import get_current_worker

from game.debrief.report import exponents_of
from game.debrief.report_types import Report
from game.tui.debrief.alliances_tab import Alliances
from game.tui.debrief.assurances_tab import Assurances
from game.tui.debrief.exponents_tab import Exponents
from game.tui.debrief.long_work import LongWorkPane
from game.tui.debrief.method_tab import Method
from game.tui.debrief.player_tab import You
from game.tui.debrief.score_lines import score_lines
from game.tui.debrief.tab_base import DebriefTab
from game.tui.debrief.tab_label import TabLabel
from game.tui.debrief.timeline_tab import Timeline
from game.tui.debrief.verdicts_tab import Verdicts
from game.tui.debrief.what_if_tab import WhatIf
from game.tui.safe_text import notify, place_of
from game.tui.screen_registry import screen
from game.tui.screens.dialog_base import Dialog

if TYPE_CHECKING:
    from game.campaign import Campaign

TABS: tuple[tuple[str, str, type[DebriefTab]], ...] = (
    ("verdicts", "Verdicts", Verdicts),
    ("exponents", "Factors", Exponents),
    ("timeline", "Timeline", Timeline),
    ("alliances", "Pacts", Alliances),
    ("assurances", "Promises", Assurances),
    ("you", "You", You),
    ("whatif", "What if", WhatIf),
    ("method", "Method", Method),
)
"""(id, name, pane) of each tab; the key of a tab is its number."""
FORMS = {"md": "Markdown", "html": "Page", "json": "JSON", "zip": "Packet"}
"""File ending -> what is written."""


class DebriefScreen(Dialog[None]):
    """The screen of the debrief: eight tabs that show one report."""

    FRESH_KEYS_ONLY = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "envelope", "Envelope"),
        Binding("a", "all", "All"),
        Binding("m", "map", "Map"),
        Binding("f", "fit", "Fit"),
        Binding("r", "run", "Run again"),
        Binding("c", "cancel", "Cancel"),
        Binding("x", "export", "Write"),
        *(Binding(str(at), f"tab('{tab}')", words, show=False)
          for at, (tab, words, _) in enumerate(TABS, start=1)),
        Binding("right_square_bracket", "turn_tab(1)", "Next tab", show=False),
        Binding("left_square_bracket", "turn_tab(-1)", "Tab before", show=False),
        Binding("i", "method", "Method", show=False),
        *(Binding(key, f"write('{form}')", f"Write {FORMS[form]}", show=False)
          for key, form in (("M", "md"), ("H", "html"), ("J", "json"), ("P", "zip"))),
        Binding("escape", "back", "Done"),
    ]  # fmt: skip

    about = (
        "The verdict comes from conduct alone and says what it resembled, never why it was "
        "done (W14). A verdict needs 80%; less is no verdict. The envelopes are opened "
        "afterwards, one by one or all at once, and set beside it. 1 to 8 open the tabs, m the "
        "map of a diagnostic turn; M, H, J and P write Markdown, a page, JSON and a teacher's "
        "packet into the folder debriefs beside the saves."
    )

    def __init__(self, campaign: "Campaign") -> None:
        super().__init__(campaign)
        self._report: Report | None = None
        self._left = False
        self._before = ""

    @property
    def paged(self) -> str:  # type: ignore[override]
        """The widget that the paging keys scroll: the open tab, or the card in it."""
        return "#verdict" if self.tab == "verdicts" else f"#{self.tab}"

    @property
    def tab(self) -> str:
        """The open tab."""
        return str(self.query_one(ContentSwitcher).current)

    def heading(self) -> str:
        """Which campaign this is."""
        played, turns = len(self.campaign.history.turns), self.campaign.setup.turns
        span = f"{played} turns" if played >= turns or self.campaign.over else (
            f"unfinished, turn {played} of {turns}"
        )  # fmt: skip
        return f"Debrief: {self.atlas.title}, {span}"

    def body(self) -> ComposeResult:
        """The score and the tabs."""
        yield Static(id="score", markup=False)
        with Horizontal(id="tab-line"):
            for at, (tab, words, _) in enumerate(TABS, start=1):
                yield TabLabel(at, tab, words)
        with ContentSwitcher(initial=TABS[0][0], id="panes"):
            for tab, _, made in TABS:
                yield made(self.campaign, id=tab)

    def buttons(self) -> ComposeResult:
        """Open, explain, write, leave."""
        yield Button("Open the envelope", id="envelope", variant="primary", compact=True)
        yield Button("Open all", id="all", compact=True)
        yield Button("Map of the turn", id="map", compact=True)
        yield Button("Write", id="export", compact=True)
        yield Button("Done", id="back", compact=True)

    def on_mount(self) -> None:
        """Show the verdicts when they are computed; the score at once, with the first layout."""
        self._mark_tab()
        self._work_out()

    def action_back(self) -> None:
        """Leave; what still runs ends with its next step."""
        self._left = True
        super().action_back()

    def on_unmount(self) -> None:
        """Stop whatever still runs, however the screen was closed."""
        self._left = True

    @work(thread=True, exclusive=True, group="debrief")
    def _work_out(self) -> None:
        """Compute the verdicts in a thread (a second or two). Closing the screen cancels it."""
        from game.campaign import Refused

        worker = get_current_worker()
        try:
            found = self.campaign.debriefing.report(quick=True)
            if not self._left:
                self.app.call_from_thread(self._take, found)
            found = self.campaign.debriefing.report()
        except Refused as refused:
            sentence = str(refused)
            if not worker.is_cancelled:
                pane = self.query_one(Verdicts)
                self.app.call_from_thread(pane.set_text, "detail", sentence)
            return
        if not worker.is_cancelled and not self._left:
            self.app.call_from_thread(self._take_yours, found)

    def _take_yours(self, found: Report) -> None:
        """Show the part about the player, when it is computed."""
        if not self._left and self._report is not None:
            self._report = replace(self._report, you=found.you)
            self.query_one(You).fill(self._report)

    def _take(self, found: Report) -> None:
        """Show the report."""
        if self._left:
            return
        self._report = found
        for pane in self.query(DebriefTab):
            pane.fill(found)
        self.refresh_bindings()

    # what is shown

    def on_resize(self) -> None:
        """Leave the conditions of the aim to the player's tab where the window is low."""
        self.call_after_refresh(self._show_score)  # The window's class is known then.

    def _show_score(self) -> None:
        short = self.has_class("-short") and self.tab != "you"
        self.set_text("score", score_lines(self.campaign, short=short))

    def action_tab(self, tab: str) -> None:
        """Open a tab."""
        self.query_one(ContentSwitcher).current = tab
        self._mark_tab()
        self._show_score()
        if self._report:
            self.query_one(f"#{tab}", DebriefTab).enter()
        self.call_after_refresh(self.refresh_bindings)

    def action_turn_tab(self, by: int) -> None:
        """The next tab, or the one before."""
        names = [tab for tab, _, _ in TABS]
        self.action_tab(names[(names.index(self.tab) + by) % len(names)])

    def on_tab_label_chosen(self, event: TabLabel.Chosen) -> None:
        """A tab was clicked."""
        self.action_tab(event.tab)

    def _mark_tab(self) -> None:
        for label in self.query(TabLabel):
            label.set_class(label.tab == self.tab, "-chosen")
        for id in ("envelope", "all", "map"):
            self.query_one(f"#{id}", Button).display = self.tab == "verdicts"

    def action_method(self) -> None:
        """Open the tab about the method, or return to the tab before."""
        if self.tab != "method":
            self._before = self.tab
            self.action_tab("method")
        else:
            self.action_tab(self._before or "verdicts")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer shows a key only where it does something."""
        if action in ("envelope", "all", "map") and self.is_mounted:
            return self.tab == "verdicts"
        if action == "fit" and self.is_mounted:
            return self.tab == "exponents" and not self._busy
        if action == "run" and self.is_mounted:
            return self.tab == "whatif" and not self._busy
        if action == "cancel" and self.is_mounted:
            return self._busy and self.tab in ("exponents", "whatif")
        return super().check_action(action, parameters)

    # what can be done

    def action_envelope(self) -> None:
        """Show the true doctrine of the marked state."""
        self.query_one(Verdicts).open_marked()

    def action_all(self) -> None:
        """Show all true doctrines."""
        self.query_one(Verdicts).open_all()

    def action_map(self) -> None:
        """The map of the marked diagnostic turn."""
        self.query_one(Verdicts).open_map()

    def on_verdicts_opened(self, event: Verdicts.Opened) -> None:
        """Show the map of a turn."""
        self.app.push_screen(screen("turn_map", self.campaign, event.turn, event.words))

    # what takes minutes

    def action_run(self) -> None:
        """Run the campaign again as the tab says."""
        self.query_one(WhatIf).run_again()

    def action_cancel(self) -> None:
        """Stop the computation that runs."""
        for pane in self.query(LongWorkPane):
            pane.stop_work()

    @property
    def _busy(self) -> bool:
        """Whether a long computation runs; only one may run at a time."""
        return any(pane.running for pane in self.query(LongWorkPane))

    def action_fit(self) -> None:
        """Fit the exponents of all states."""
        if self._busy or self._report is None or not self._report.states:
            return
        pane = self.query_one(Exponents)
        pane.begin_work("The fit is under way…")
        pane.fit(list(self._report.states))
        self.refresh_bindings()

    def on_exponents_wanted(self, event: Exponents.Wanted) -> None:
        """Fit, or stop."""
        if event.halt:
            self.action_cancel()
        else:
            self.action_fit()

    def on_exponents_fitted(self, event: Exponents.Fitted) -> None:
        """The exponents of some states are there: put them into the report."""
        if self._report is None:
            return
        analysis, states = self.campaign.debriefing.analysis, dict(self._report.states)
        for state in event.states:
            states[state] = replace(states[state], exponents=exponents_of(analysis, state))
        self._report = replace(self._report, states=states)
        self.query_one(Exponents).fill(self._report)
        if self.me in event.states:
            self.query_one(You).fill(self._report)

    def on_what_if_wanted(self, event: WhatIf.Wanted) -> None:
        """Run the campaign again, or stop what runs."""
        if not event.state:
            self.action_cancel()
        elif not self._busy:
            pane = self.query_one(WhatIf)
            pane.begin_work("The first run is under way…")
            pane.run_in_thread(event.state, event.doctrine, event.times)
            self.refresh_bindings()

    def on_what_if_ran(self, event: WhatIf.Ran) -> None:
        """The runs are done: put them into the report."""
        if self._report is not None:
            self._report = replace(self._report, reruns=(*self._report.reruns, event.rerun))
            self.query_one(WhatIf).fill(self._report)

    def on_long_work_pane_ended(self) -> None:
        """Other keys do something again."""
        self.refresh_bindings()

    # writing

    def action_export(self) -> None:
        """Choose what to write."""
        where = (
            "Your browser downloads it"
            if self.app.is_web
            else f"It goes to {place_of(self._folder)}"
        )
        sentence = (
            "Write this debrief: as Markdown, as one page (HTML) that opens offline and prints, "
            f"as JSON, or as a packet for a class? {where}."
        )

        def take(form: str | None) -> None:
            if form is not None:
                self.action_write(form)

        self.app.push_screen(screen("ask", sentence, list(FORMS.items())), take)

    @property
    def _folder(self) -> Path:
        """The folder for written debriefs: beside the saves."""
        path = self.campaign.file.path
        if path is not None:
            return path.absolute().parent / "debriefs"
        from game.saves.save_list import saves_dir

        return saves_dir() / "debriefs"

    def action_write(self, form: str) -> None:
        """Write the debrief in a form, with all that was computed so far."""
        if self._report is None:
            notify(self.app, "The debrief is still being worked out; write it in a moment.")
            return
        path = self.campaign.file.path
        name = path.stem if path is not None else self.atlas.map_id
        if self.app.is_web:
            self._deliver(self._report, f"{name}.{form}", form)
        else:
            self._write(self._report, self._folder / f"{name}.{form}", form)

    @work(thread=True, group="write")
    def _deliver(self, report: Report, name: str, form: str) -> None:
        """Give the debrief to the browser, as a download; no file stays on the server."""
        content = io.BytesIO(self.campaign.debriefing.content(report, form))
        app = self.app
        app.call_from_thread(app.deliver_binary, content, save_filename=name)
        app.call_from_thread(notify, app, f"Your browser downloads {name}", timeout=8)

    @work(thread=True, group="write")
    def _write(self, report: Report, target: Path, form: str) -> None:
        from game.files.file_problems import SaveProblem

        try:
            self.campaign.debriefing.write(target, report, form, over=True)
        except SaveProblem as problem:
            self.app.call_from_thread(notify, self.app, problem, severity="error", timeout=12)
            return
        self.app.call_from_thread(notify, self.app, f"Wrote {place_of(target)}", timeout=8)
