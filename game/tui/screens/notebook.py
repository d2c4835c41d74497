"""The notebook: a row a rival, what we think it fears, how sure we were when, what we pinned."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static

from game.tui.doors import screen
from game.tui.screens.dialog import Dialog
from game.tui.text import fit, line, lines, plain
from game.tui.widgets.bars import sparkline
from game.tui.widgets.fields import Field, SliderField
from game.world.legality import is_neighbour

if TYPE_CHECKING:
    from game.campaign import Campaign

NAME_WIDTH = 22
SPARK = 20
"""Turns that the line of confidence shows."""


class NotebookRow(SliderField):
    """A rival's row: the slider, and how the page moved from turn to turn."""

    label_width = NAME_WIDTH

    def __init__(self, state: str, name: str, value: int, pages: list[float], scored: bool) -> None:
        super().__init__(name, 0, 100, value, step=5, say=_say)
        self.state, self._pages, self._scored = state, pages, scored

    def render(self) -> Content:
        """The field, then the sparkline where there is room."""
        drawn = super().render()
        spark = sparkline(self._pages, SPARK)
        room = self.size.width - drawn.cell_length - 3
        if room < len(spark) or not spark:
            return drawn
        return line(drawn, "  ", (spark, "$secondary"))


class NotebookScreen(Dialog[None]):
    """Every rival; poles and neighbours, whom insight is scored on, come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dossier", "Dossier"),
        Binding("r", "reset", "Undecided again"),
    ]

    about = (
        "Your own verdict on every rival: from surely threat (Walt) to surely power "
        "(Waltz). Forecasts are blended by it, and a quarter of the score is how right it "
        "was, averaged from turn 5, over great powers and neighbours. By default only great "
        "powers fear power alone (W13)."
    )

    def __init__(self, campaign: "Campaign") -> None:
        super().__init__(campaign)
        world = campaign.world
        scored = {
            state
            for state, _ in self.others()
            if world.state(state).great or (self.me and is_neighbour(world, self.me, state))
        }
        rows = [(state, name, state in scored) for state, name in self.others()]
        self._rivals = sorted(rows, key=lambda row: not row[2])

    def heading(self) -> str:
        """What a page says."""
        return "Notebook: what does each rival fear?"

    def body(self) -> ComposeResult:
        """The rows, each a slider from surely threat to surely power, then the pins."""
        ends = f"{'surely threat ◂':>{NAME_WIDTH + 2}}" + " " * 20 + "▸ surely power"
        yield Static(line((ends, "$text-muted")), id="ends")
        before = True
        for state, name, scored in self._rivals:
            if before and not scored:
                before = False
                yield Static(plain("Others (insight is not scored on them)", "$text-muted"))
            pages = [share for _, share in self.campaign.notebook_history(state)]
            now = round(100 * self.campaign.notebook.get(state, 0.5))
            yield NotebookRow(state, name, now, pages, scored)
        yield Static(id="pins", classes="part", markup=False)

    def buttons(self) -> ComposeResult:
        """Leave."""
        yield Button("Done", id="back", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin at the first rival."""
        rows = self.query(NotebookRow)
        if rows:
            rows.first().focus()

    def on_descendant_focus(self) -> None:
        """Show the evidence for the rival under the cursor."""
        row = self._row
        if row is None:
            return
        pins = self.campaign.pins(row.state)
        shown = [line(f"  {self.atlas.date(turn)}: {text}") for turn, text in pins[-6:]]
        none = "  none; p in a dossier or a report pins a line"
        title = f"Evidence pinned to {self.spoken(row.state)}"
        self.tell("pins", lines(line((title, "bold")), *(shown or [plain(none)])))

    @property
    def _row(self) -> NotebookRow | None:
        return self.focused if isinstance(self.focused, NotebookRow) else None

    def on_field_changed(self, event: Field.Changed) -> None:
        """Write it down."""
        if isinstance(event.field, NotebookRow):
            self.campaign.note(event.field.state, event.field.value / 100)

    def action_reset(self) -> None:
        """Undecided again."""
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
