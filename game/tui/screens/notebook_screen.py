"""The notebook: for each rival the player's guess, how it changed, and pinned evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from game.tui.safe_text import fit, line, lines, plain
from game.tui.screen_registry import screen
from game.tui.screens.dialog_base import Dialog
from game.tui.widgets.bars import sparkline
from game.tui.widgets.fields import Field, SliderField
from game.words import percent
from game.world.legality import is_neighbour

if TYPE_CHECKING:
    from game.advice.doctrine_estimate import DoctrineEstimate, Sign
    from game.campaign import Campaign

NAME_WIDTH = 22
EVEN, SLIGHT = 0.5, 0.1
"""The value of undecided evidence, and the distance from it that counts as no tendency."""
SPARK = 20
"""How many turns the line of past guesses shows."""


class NotebookRow(SliderField):
    """The row of a rival: the slider, and the guesses of past turns."""

    label_width = NAME_WIDTH

    def __init__(self, state: str, name: str, value: int, pages: list[float], scored: bool) -> None:
        super().__init__(name, 0, 100, value, step=5, say=_say)
        self.state, self._pages, self._scored = state, pages, scored

    def render(self) -> Content:
        """The slider, then the line of past guesses if there is room."""
        drawn = super().render()
        spark = sparkline(self._pages, SPARK)
        room = self.size.width - drawn.cell_length - 3
        if room < len(spark) or not spark:
            return drawn
        return line(drawn, "  ", (spark, "$secondary"))


class NotebookScreen(Dialog[None]):
    """All rivals; great powers and neighbours, on whom insight is scored, come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dossier", "Dossier"),
        Binding("r", "reset", "Undecided"),
        Binding("s", "assistant", "Evidence"),
        Binding("p", "pin", "Pin it"),
    ]

    about = (
        "Your own verdict on every rival: from surely threat (Walt) to surely power "
        "(Waltz). Forecasts are blended by it, and a quarter of the score is how right it "
        "was, averaged from turn 5, over great powers and neighbours. By default only great "
        "powers fear power alone (W13). s asks the assistant: it weighs what you yourself could "
        "see, names the choices that say most, and never writes for you; what is sealed it does "
        "not know (S10)."
    )

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign)
        world = campaign.world
        scored = {
            state
            for state, _ in self.others()
            if world.state(state).great or (self.me and is_neighbour(world, self.me, state))
        }
        rows = [(state, name, state in scored) for state, name in self.others()]
        self._rivals = sorted(rows, key=lambda row: not row[2])
        self._asking = self._left = False
        self._last = ""
        self._leanings: dict[str, DoctrineEstimate] = {}

    def heading(self) -> str:
        """What a guess means."""
        return "Notebook: what does each rival fear?"

    def body(self) -> ComposeResult:
        """The rows, each with a slider from "surely threat" to "surely power", then the pins."""
        ends = f"{'surely threat ◂':>{NAME_WIDTH + 2}}" + " " * 20 + "▸ surely power"
        yield Static(line((ends, "$text-muted")), id="ends")
        before = True
        for state, name, scored in self._rivals:
            if before and not scored:
                before = False
                yield Static(plain("Others (insight is not scored on them)", "$text-muted"))
            pages = [share for _, share in self.campaign.notebook.history(state)]
            now = round(100 * self.campaign.notebook.now.get(state, 0.5))
            yield NotebookRow(state, name, now, pages, scored)
        yield Static(id="assistant", classes="part", markup=False)
        yield Static(id="pins", classes="part", markup=False)

    def buttons(self) -> ComposeResult:
        """Ask, pin, close."""
        yield Button("What the evidence says", id="consult", compact=True)
        yield Button("Pin that", id="pin", compact=True)
        yield Button("Done", id="back", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Focus the first rival."""
        self.set_text("assistant", "")
        self.query_one("#pin", Button).display = False
        rows = self.query(NotebookRow)
        if rows:
            rows.first().focus()

    def on_descendant_focus(self) -> None:
        """Show the evidence for the rival under the cursor."""
        row = self._row
        if row is None:
            return
        self._last = row.state
        self._show_pins(row.state)
        if self._asking:
            self._consult(row.state)

    def _show_pins(self, state: str) -> None:
        pins = self.campaign.notebook.pinned(state)
        shown = [line(f"  {self.atlas.date(turn)}: {text}") for turn, text in pins[-6:]]
        none = "  none; p in a dossier or a report pins a line"
        title = f"Evidence pinned to {self.spoken(state)}"
        self.set_text("pins", lines(line((title, "bold")), *(shown or [plain(none)])))

    @property
    def _row(self) -> NotebookRow | None:
        return self.focused if isinstance(self.focused, NotebookRow) else None

    def on_field_changed(self, event: Field.Changed) -> None:
        """Write the guess into the notebook."""
        if isinstance(event.field, NotebookRow):
            self.campaign.notebook.write(event.field.state, event.field.value / 100)

    # the assistant

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key for pinning is shown only if the assistant has named a turn."""
        if action == "pin" and self.is_mounted:
            return bool(self._named())
        return super().check_action(action, parameters)

    def _named(self) -> tuple[Sign, ...]:
        leaning = self._leanings.get(self._last)
        return leaning.signs if self._asking and leaning is not None else ()

    def action_consult(self) -> None:
        """The button does what the key does."""
        self.action_assistant()

    def action_assistant(self) -> None:
        """Show what the evidence says, or hide it."""
        self._asking = not self._asking
        if self._asking and self._last:
            self._consult(self._last)
        else:
            self._show_leaning()

    def _consult(self, state: str) -> None:
        if state in self._leanings:
            self._show_leaning()
            return
        self.set_text("assistant", f"Weighing what we saw of {self.spoken(state)}…")
        self._weigh(state)

    @work(thread=True, group="assistant", exclusive=True)
    def _weigh(self, state: str) -> None:
        """Compute the evidence in a thread: the first time in a turn it takes a moment."""
        worker = get_current_worker()
        found = self.campaign.adviser.doctrine_estimates([state])[state]
        if not worker.is_cancelled and not self._left:
            self.app.call_from_thread(self._take, found)

    def _take(self, found: DoctrineEstimate) -> None:
        self._leanings[found.state] = found
        if not self._left:
            self._show_leaning()

    def _show_leaning(self) -> None:
        leaning = self._leanings.get(self._last) if self._asking else None
        self.set_text("assistant", lines(*self._said(leaning)) if leaning is not None else "")
        self.query_one("#pin", Button).display = bool(self._named())
        self.refresh_bindings()

    def _said(self, leaning: DoctrineEstimate) -> list[Content]:
        """Which doctrine the evidence favours, and the turns that show it."""
        who = self.spoken(leaning.state)
        if not leaning.decisions:
            return [plain(f"We have seen nothing yet of what {who} decides.")]
        power = leaning.power
        towards = f"power ({percent(power)})" if power >= EVEN else f"threat ({percent(1 - power)})"
        leans = "leans neither way" if abs(power - EVEN) < SLIGHT else f"leans to {towards}"
        head = f"What we saw of {who} {leans}"
        rows = [line((head, "bold"), (f", by {leaning.decisions} decisions", "$text-muted"))]
        for sign in leaning.signs:
            figures = f"  if power {percent(sign.if_power)}, if threat {percent(sign.if_threat)}"
            rows.append(
                line((f"  {sign.date}: ", "$text-accent"), sign.words, (figures, "$text-muted"))
            )
        if not leaning.signs:
            rows.append(plain("  no single choice says much yet", "$text-muted"))
        return rows

    def action_pin(self) -> None:
        """Pin the turn that the assistant named."""
        pinned = self.campaign.notebook.pinned(self._last)
        for sign in self._named():
            if (sign.turn, sign.words) not in pinned:
                self.campaign.notebook.pin(self._last, sign.turn, sign.words)
        self._show_pins(self._last)

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
