"""The notebook: for each rival the player's guess, and the deeds by which to judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from game.tui.safe_text import fit, line, notify, plain
from game.tui.screen_registry import screen
from game.tui.screens.dialog_base import Dialog
from game.tui.screens.notebook_lines import entries_of, head_lines
from game.tui.widgets.bars import sparkline
from game.tui.widgets.fields import Field, SliderField
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words.grammar import counted
from game.world.legality import is_neighbour
from game.world.orders import Assess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.advice.witnessed_deeds import WitnessedDeed
    from game.campaign import Campaign

NAME_WIDTH = 22
LEGEND = "What it did, the newest first; ● to ●●●: how much likelier it is of one that fears that"
SPARK = 20
"""How many turns the line of past guesses shows."""


class NotebookRow(SliderField):
    """The row of a rival: the slider, and the guesses of past turns."""

    label_width = NAME_WIDTH

    def __init__(self, state: str, name: str, value: int, pages: list[float]) -> None:
        super().__init__(name, 0, 100, value, step=5, say=_say)
        self.state, self._pages = state, pages

    def render(self) -> Content:
        """The slider, then the line of past guesses if there is room."""
        drawn = super().render()
        spark = sparkline(self._pages, SPARK)
        room = self.size.width - drawn.cell_length - 3
        if room < len(spark) or not spark:
            return drawn
        return line(drawn, "  ", (spark, "$secondary"))


class DeedList(ListWithEnds):
    """The deeds of a rival; up from the first goes back to the rivals."""

    def action_cursor_up(self) -> None:
        """The line above, or the rivals."""
        if self.highlighted in (None, 0) and isinstance(self.screen, NotebookScreen):
            self.screen.action_deeds()
        else:
            super().action_cursor_up()


class NotebookScreen(Dialog[None]):
    """All rivals; great powers and neighbours, on whom insight is scored, come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dossier", "Dossier"),
        Binding("r", "reset", "Reset", show=False),
        Binding("d", "deeds", "Deeds"),
        Binding("t", "silent", "Silent"),
        Binding("a", "assess", "Assess", show=False),
        Binding("p", "pin", "Pin"),
    ]

    paged = "#deeds"
    about = (
        "Your own verdict on every rival: from surely threat (Walt) to surely power (Waltz). "
        "Forecasts are blended by it, and a quarter of the score is how early and how well it "
        "knew, over great powers and neighbours: a turn counts the more, the less what you could "
        "see had settled it. Below are the deeds of the rival that you saw: whom it stood "
        "against, of those that stood open to it. The pips say how much likelier that is under "
        "one reading than under the other, 1 to 3; t leaves out the deeds that say nothing. By "
        "default only great powers fear power alone (W13). Nobody adds the deeds up for you; an "
        "assessment (a) costs an envoy and brings a figure when the turn is over. What is sealed "
        "it does not know (S10)."
    )

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign)
        scored = {
            state
            for state, _ in self.others()
            if campaign.world.state(state).great
            or (self.me and is_neighbour(campaign.world, self.me, state))
        }
        rows = [(state, name, state in scored) for state, name in self.others()]
        self._rivals = sorted(rows, key=lambda row: not row[2])
        self._left, self._all = False, True
        self._last = self._rivals[0][0] if self._rivals else ""
        self._deeds: dict[str, Sequence[WitnessedDeed]] = {}
        self._estimates: dict[str, float] = {}
        self._pinnable: list[tuple[int, str]] = []

    def heading(self) -> str:
        """What a guess means."""
        return "Notebook: what does each rival fear?"

    def body(self) -> ComposeResult:
        """The rows, each with a slider from "surely threat" to "surely power"."""
        ends = f"{'surely threat ◂':>{NAME_WIDTH + 2}}" + " " * 20 + "▸ surely power"
        yield Static(line((ends, "$text-muted")), id="ends")
        before = True
        for state, name, scored in self._rivals:
            if before and not scored:
                before = False
                yield Static(plain("Others (insight is not scored on them)", "$text-muted"))
            pages = [share for _, share in self.campaign.notebook.history(state)]
            now = round(100 * self.campaign.notebook.now.get(state, 0.5))
            yield NotebookRow(state, name, now, pages)

    def pinned(self) -> ComposeResult:
        """What is known of the rival under the cursor, and its deeds."""
        yield Static(id="known", markup=False)
        yield Static(plain(LEGEND, "$text-muted"), id="legend")
        yield DeedList(id="deeds", markup=False)

    def buttons(self) -> ComposeResult:
        """Assess, close."""
        if self._assessing:
            yield Button(line(("A", "underline"), "ssess"), id="assess", compact=True)
        yield Button("Done", id="back", variant="primary", compact=True)

    @property
    def _assessing(self) -> bool:
        """Whether assessments can be ordered."""
        return bool(self.me) and not self.campaign.over

    @property
    def _adds_up(self) -> bool:
        """Whether the notebook adds the deeds up: on easy difficulty and in teaching mode."""
        setup = self.campaign.setup
        return setup.teaching or setup.difficulty == "easy"

    def on_mount(self) -> None:
        """Focus the first rival."""
        rows = self.query(NotebookRow)
        if rows:
            rows.first().focus()
        if self.me:
            self._look()

    def on_descendant_focus(self) -> None:
        """Show what is known of the rival under the cursor."""
        if self._row is not None and self._row.state != self._last:
            self._last = self._row.state
            self._show()

    @property
    def _row(self) -> NotebookRow | None:
        return self.focused if isinstance(self.focused, NotebookRow) else None

    def on_field_changed(self, event: Field.Changed) -> None:
        """Write the guess into the notebook."""
        if isinstance(event.field, NotebookRow):
            self.campaign.notebook.write(event.field.state, event.field.value / 100)

    # what is shown

    @work(thread=True, group="deeds", exclusive=True)
    def _look(self) -> None:
        """Work the deeds out in a thread: the first time in a turn it takes a moment."""
        worker, adviser = get_current_worker(), self.campaign.adviser
        states = [state for state, _, _ in self._rivals]
        deeds = {state: adviser.witnessed_deeds(state) for state in states}
        if not worker.is_cancelled and not self._left:
            self.app.call_from_thread(self._take, deeds, {})
        if self._adds_up and not worker.is_cancelled and not self._left:
            found = adviser.doctrine_estimates(states)
            estimates = {state: one.power for state, one in found.items() if one.decisions}
            if not worker.is_cancelled and not self._left:
                self.app.call_from_thread(self._take, deeds, estimates)

    def _take(self, deeds: dict[str, Sequence[WitnessedDeed]], estimates: dict[str, float]) -> None:
        self._deeds, self._estimates = deeds, estimates
        if not self._left:
            self._show()

    def on_resize(self) -> None:
        """Wrap the deeds anew."""
        super().on_resize()
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        """Show the rival that was marked last."""
        if not self._last or not self.is_mounted:
            return
        known = head_lines(self.campaign, self._last, self._estimates.get(self._last))
        self.set_text("known", known)
        listed = self.query_one("#deeds", DeedList)
        marked = listed.highlighted
        deeds = self._deeds.get(self._last)
        entries, hidden = entries_of(
            deeds or (), self.campaign.notebook.pinned(self._last), self.atlas, silent=self._all
        )
        width = max(30, listed.size.width - 2)
        options = [Option(entry.drawn(width)) for entry in entries]
        if deeds is None and self.me:
            options.append(Option(plain("Reading what we saw…", "$text-muted"), disabled=True))
        elif hidden:
            more = f"{counted(hidden, 'deed')} without pips: t lists them too"
            options.append(Option(plain(more, "$text-muted"), disabled=True))
        elif not entries:
            nothing = f"We have seen nothing yet of what {self.spoken(self._last)} does."
            options.append(Option(plain(nothing, "$text-muted"), disabled=True))
        self._pinnable = [(entry.turn, entry.words) for entry in entries]
        listed.clear_options()
        listed.add_options(options)
        if listed.has_focus and entries:
            listed.highlighted = min(marked or 0, len(entries) - 1)
        self.refresh_bindings()

    # what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key is shown where it does something."""
        if action == "pin" and self.is_mounted:
            return isinstance(self.focused, DeedList) and bool(self._pinnable)
        if action in ("dossier", "reset") and self.is_mounted:
            return self._row is not None
        if action == "assess":
            return self._assessing and bool(self._last)
        return super().check_action(action, parameters)

    def action_deeds(self) -> None:
        """Go to the deeds of the rival, or from them back to it."""
        listed = self.query_one("#deeds", DeedList)
        if listed.has_focus:
            listed.highlighted = None
            row = next((one for one in self.query(NotebookRow) if one.state == self._last), None)
            if row is not None:
                row.focus()
        else:
            listed.focus()
            listed.highlighted = 0 if self._pinnable else None

    def action_silent(self) -> None:
        """Show the deeds that say nothing too, or leave them out."""
        self._all = not self._all
        self._show()

    def action_assess(self) -> None:
        """Order an assessment of the rival; say why it cannot be."""
        from game.campaign import Refused

        order = Assess(self._last)
        if order in self.campaign.pending:
            said = f"An assessment of {self.spoken(self._last)} is ordered already this turn."
            notify(self.app, said, severity="warning")
            return
        refused = self.why_not([order])
        if refused is None:
            try:
                self.give([order])
            except Refused as problem:
                refused = str(problem)
        if refused is not None:
            notify(self.app, refused, severity="warning", timeout=8)
        self._show()

    def action_pin(self) -> None:
        """Pin the marked deed."""
        at = self.query_one("#deeds", DeedList).highlighted
        if at is None or at >= len(self._pinnable):
            return
        if self._pinnable[at] not in self.campaign.notebook.pinned(self._last):
            self.campaign.notebook.pin(self._last, *self._pinnable[at])
            self._show()

    def action_back(self) -> None:
        """Close; a running computation is dropped."""
        self._left = True
        super().action_back()

    def action_reset(self) -> None:
        """Set the guess back to undecided."""
        if self._row is not None:
            self._row.value = 50

    def action_dossier(self) -> None:
        """The dossier of the rival under the cursor."""
        if self._row is not None:
            self.app.push_screen(screen("dossier", self.campaign, self._row.state))


def _say(power: int) -> str:
    if power == 50:
        return fit("undecided", 11)
    return fit(f"power {power}%" if power > 50 else f"threat {100 - power}%", 11)
