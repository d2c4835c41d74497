"""The chronicle: all that happened, charts, alliances and fears, turn by turn as we saw them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, ContentSwitcher, Static

from game.advice.seen_course import MEASURES, SeenCourse
from game.tui.debrief.tab_label import TabLabel
from game.tui.safe_text import fit, fit_name, line, lines, plain
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.dialog_base import Dialog
from game.tui.widgets.fields import ChoiceField, Field, SliderField
from game.words import event_sentences, money, percent, share

if TYPE_CHECKING:
    from game.campaign import Campaign

TABS = (
    ("events", "What happened"),
    ("charts", "Charts"),
    ("pacts", "Alliances"),
    ("fears", "Fears"),
)
STEPS = "▁▂▃▄▅▆▇█"
NAME, CELL = 18, 4
READINGS = (("BOP", "by power"), ("BOT", "by threat"))


class ChronicleScreen(Dialog[int | None]):
    """Dismisses with the turn from which a new campaign shall be begun, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(at), f"tab('{tab}')", words, show=False)
            for at, (tab, words) in enumerate(TABS, start=1)
        ),
        Binding("right_square_bracket", "turn_tab(1)", "Next tab", key_display="]"),
        Binding("left_square_bracket", "turn_tab(-1)", "Tab before", show=False),
        Binding("w", "what_if", "What if"),
    ]
    about = (
        "Every turn so far as you saw it. 1 to 4 open the tabs. What happened can be narrowed to "
        "a turn, a state and a kind; the charts show power (W1), what you face from each by "
        "power and by threat (T1), and money; the alliances those that you knew of then. w begins "
        "a new campaign from the turn that is chosen; this one stays as it is."
    )

    def __init__(self, campaign: "Campaign") -> None:
        super().__init__(campaign)
        self._course: SeenCourse = campaign.adviser.seen_course()
        self._events = campaign.events
        self._moments = len(self._course.treaties)

    @property
    def paged(self) -> str:  # type: ignore[override]
        """What the paging keys scroll: the open tab."""
        return f"#{self.tab}"

    @property
    def tab(self) -> str:
        """The open tab."""
        return str(self.query_one(ContentSwitcher).current)

    def heading(self) -> str:
        """Of what."""
        return f"Chronicle: {self.atlas.title}, {self.atlas.date(1)} to {self.campaign.date}"

    def body(self) -> ComposeResult:
        """The turn, the tabs, and what they show."""
        with Horizontal(id="tab-line"):
            for at, (tab, words) in enumerate(TABS, start=1):
                yield TabLabel(at, tab, words)
        everyone = [(state.id, self.name_of(state.id)) for state in self.campaign.world.states]
        kinds = sorted({event.kind for _, event in self._events})
        all_turns = [(0, "all")] + [(at, self.atlas.date(at)) for at in self._turns()]
        with ContentSwitcher(initial=TABS[0][0], id="panes"):
            with VerticalScroll(id="events", can_focus=False):
                yield ChoiceField("Turn", all_turns, 0, id="of-turn")
                yield ChoiceField("State", [("", "all"), *everyone], "", id="of-state")
                named = [("", "all"), *((kind, kind.replace("_", " ")) for kind in kinds)]
                yield ChoiceField("Kind", named, "", id="of-kind")
                yield Static(id="events-text", classes="part", markup=False)
            with VerticalScroll(id="charts", can_focus=False):
                yield ChoiceField("Measure", [(one, one) for one in MEASURES], id="measure")
                yield Static(id="charts-text", classes="part", markup=False)
            with VerticalScroll(id="pacts", can_focus=False):
                yield SliderField(
                    "Turn", 1, self._moments, self._moments, say=self.atlas.date, id="moment"
                )
                yield Static(id="pacts-text", classes="part", markup=False)
            with VerticalScroll(id="fears", can_focus=False):
                living = [(state, self.name_of(state)) for state in self.campaign.world.playing()]
                yield ChoiceField("Who", living, self.me, id="who")
                yield Static(id="fears-text", classes="part", markup=False)

    def buttons(self) -> ComposeResult:
        """Begin anew from the chosen turn, or leave."""
        yield Button("Go on from this turn", id="what_if", compact=True)
        yield Button("Back", id="back", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Write every tab."""
        self.action_tab(TABS[0][0])
        self._write()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Write anew what it changes."""
        event.stop()
        self._write()

    def on_resize(self) -> None:
        """As much as there is room for."""
        super().on_resize()
        self.call_after_refresh(self._write)

    def action_tab(self, tab: str) -> None:
        """Open a tab; its first field has the keys."""
        self.query_one(ContentSwitcher).current = tab
        for label in self.query(TabLabel):
            label.set_class(label.tab == tab, "-chosen")
        self.query_one(f"#{tab}").query(Field).first().focus()
        self.call_after_refresh(self.refresh_bindings)

    def action_turn_tab(self, by: int) -> None:
        """The next tab, or the one before."""
        names = [tab for tab, _ in TABS]
        self.action_tab(names[(names.index(self.tab) + by) % len(names)])

    def on_tab_label_chosen(self, event: TabLabel.Chosen) -> None:
        """A tab was clicked."""
        self.action_tab(event.tab)

    def _turns(self) -> range:
        return range(1, len(self.campaign.history.turns) + 1)

    def _write(self) -> None:
        self.set_text("events-text", lines(*self._happened()))
        self.set_text("charts-text", lines(*self._charts()))
        self.set_text("pacts-text", lines(*self._pacts()))
        self.set_text("fears-text", lines(*self._fears()))

    def _happened(self) -> list[Content]:
        """The events that fit, the last turn first."""
        turn, state, kind = (self.value_of(id) for id in ("of-turn", "of-state", "of-kind"))
        rows: list[Content] = []
        for at in reversed(self._turns()):
            found = [
                event
                for when, event in self._events
                if when == at
                and turn in (0, at)
                and kind in ("", event.kind)
                and (not state or state in (event.actor, event.target))
            ]
            if found:
                rows.append(line((self.atlas.date(at), "bold $text-accent")))
                me = self.me or None
                rows += [
                    plain(f"  {event_sentences.describe_event(event, self.atlas, me)}")
                    for event in found
                ]
        return rows or [plain("Nothing of this kind came to our ears.", "$text-muted")]

    def _charts(self) -> list[Content]:
        """A line for each state: its course, and its first and last figure."""
        measure = str(self.value_of("measure"))
        series = self._course.series[measure]
        highest = max((value or 0.0 for row in series.values() for value in row), default=0.0)
        says: dict[str, Callable[[float], str]] = {"power": percent, "treasury": _money}
        say = says.get(measure, share)
        room = max(4, self.size.width - NAME - 28)
        rows = []
        for state, values in sorted(series.items(), key=lambda pair: -(pair[1][-1] or -1.0)):
            known = [value for value in values if value is not None]
            if known:
                style = "bold" if state == self.me else ""
                figures = f" {say(known[0]):>8} to {say(known[-1]):>8}"
                wide = max(1, min(3, room // len(values)))
                shown = [value for value in values[-room:] for _ in range(wide)]
                drawn = sparkline(shown, highest)
                rows.append(
                    line((fit_name(self.name_of(state), NAME), style), (drawn, "$accent"), figures)
                )
        return rows

    def _pacts(self) -> list[Content]:
        """A table of pairs at the chosen turn: ═ a pact to fight, ─ another."""
        moment = int(self.value_of("moment"))
        ties: dict[tuple[str, str], str] = {}
        for treaty in self._course.treaties[moment - 1]:
            for one in treaty.parties:
                for other in treaty.others(one):
                    known = ties.get((one, other), "─")
                    ties[one, other] = "═" if treaty.binding or known == "═" else "─"
        power = self._course.series["power"]
        there = [state for state, values in power.items() if values[moment - 1] is not None]
        room = max(2, (self.size.width - NAME - 8) // CELL)
        columns = sorted(there, key=lambda state: -sum(pair[0] == state for pair in ties))[:room]
        columns = [state for state in there if state in columns]
        rows = [line((" " * NAME, ""), ("".join(fit(one, CELL) for one in columns), "$text-muted"))]
        for state in there:
            cells = ["\\" if state == other else ties.get((state, other), "·") for other in columns]
            drawn = "".join(fit(cell, CELL) for cell in cells)
            rows.append(
                line((fit_name(self.name_of(state), NAME), "bold" * (state == self.me)), drawn)
            )
        return [*rows, line(("═ a pact to fight   ─ another pact   · none", "$text-muted"))]

    def _fears(self) -> list[Content]:
        """Whom the chosen state has to fear, by either reading, as far as we can tell."""
        who = str(self.value_of("who"))
        found = [self.campaign.adviser.readings(lens, None if who == self.me else who)
                 for lens, _ in READINGS]  # fmt: skip
        head = "".join(f"{words:>16}" for _, words in READINGS)
        rows = [line((f"{'To fear':<{NAME}}{head}", "bold"))]
        for state in sorted(found[0], key=lambda one: found[0][one].rank):
            cells = "".join(
                f"{f'{one[state].rank}.  {share(one[state].threat)}':>16}" for one in found
            )
            rows.append(line(fit_name(self.name_of(state), NAME), cells))
        note = "Its place among those it has to fear, and how much beside the first (1)."
        return [*rows, plain(note, "$text-muted")]

    # what if

    def _chosen_turn(self) -> int:
        """The turn that the open tab shows; the last where it shows all."""
        if self.tab == "pacts":
            return int(self.value_of("moment"))
        return int(self.value_of("of-turn")) or max(1, len(self.campaign.history.turns))

    def action_what_if(self) -> None:
        """Ask, then begin a new campaign where this one stood."""
        turn = self._chosen_turn()

        def confirmed(yes: bool | None) -> None:
            if yes:
                self.dismiss(turn)

        question = f"Go on from {self.atlas.date(turn)} as a new campaign?"
        detail = (
            "It stands as this one did before that turn, with the notebook of then, and is saved "
            "under its own name. This one is saved too and stays as it is."
        )
        self.app.push_screen(ConfirmScreen(question, detail, yes="Begin it", no="Back"), confirmed)


def _money(units: float) -> str:
    return money(int(units))


def sparkline(values: Sequence[float | None], highest: float) -> str:
    """Values as a row of blocks, the highest of all as the tallest; a gap where there is none."""
    top = max(highest, 1e-9)
    return "".join(
        " " if value is None else STEPS[min(7, int(max(0.0, value) / top * 7.999))]
        for value in values
    )
