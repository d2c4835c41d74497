"""The laboratory: many campaigns of AI states at once, and the scorecard of the two theories."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.lab import command
from game.lab.parallel import without_console
from game.lab.runs import MIXED, RANDOM_MIX
from game.lab.scorecard.verdicts import in_words
from game.maps.find import RANDOM, shipped_ids
from game.maps.load import load_map
from game.messages import PlayerMessage
from game.theory.doctrine import BUILT_IN
from game.tui.safe_text import fit, line, lines
from game.tui.screens.card_base import Card
from game.tui.widgets.bars import meter
from game.tui.widgets.fields import ChoiceField, SliderField, SwitchField
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import percent, verdict_sentences

MOST_RUNS, RUNS = 20, 2
MOST_RANDOM = 5
BAR = 30
EVERY = ""
"""The choice of all worlds that the scorecard needs."""
NOBODY = ""
"""The choice of no player: AI states alone."""
PLAYERS = (
    (NOBODY, "AI states alone"),
    ("planner", "planners told the truth, 50/50, the opposite; a reader"),
    ("scripts", "fixed scripts, one after the other"),
    ("all", "all computer players"),
)
VERDICTS = {"supported": ("✓ supported", "$text-success"),
            "contradicted": ("✗ contradicted", "$text-error"),
            "undetermined": ("? undetermined", "$text-warning"),
            None: ("– not run", "$text-muted")}  # fmt: skip
KINDS = {
    "identity": "an identity: true by how the rule is built",
    "mechanism": "a mechanism: one rule, seen at work",
    "emergent": "emergent: nobody wrote it down, it comes of all the rules together",
    "game": "the game: computer players in one seat, pair by pair, scored without insight",
}


class LaboratoryScreen(Card[None]):
    """The player chooses maps, a world and a number of runs, watches them, reads the scorecard."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "Start"),
        Binding("c", "cancel", "Cancel"),
    ]

    about = (
        "Plays many campaigns in which AI states alone decide, in worlds where all follow one "
        "doctrine and in mixed ones, and holds what came of it against the claims of the ledger: "
        "the scorecard. It fills while they are played; with few runs some rows cannot be judged. "
        "Or a computer player takes the first great power's seat: what is it worth to know what "
        "the rivals fear? What is finished is kept: the same choice goes on from there. "
        "realpolitik lab does the same in a shell."
    )

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[Content, Content]] = []
        """What is listed, and what is said of it."""
        self._playing = False
        self._stopping = False

    def heading(self) -> str:
        """What it is."""
        return "Laboratory: many campaigns at once"

    def body(self) -> ComposeResult:
        """The choice, the progress, the scorecard."""
        with Vertical(id="choice"):
            for name in shipped_ids():
                first = name == "five-crowns"
                yield SwitchField(name, first, "play on this map", id=f"map-{name}")
            yield SliderField("Random maps", 0, MOST_RANDOM, 0, say=_random_maps, id="random")
            worlds = [
                (EVERY, "every world that the rows need"),
                (MIXED, "mixed, as in play"),
                (RANDOM_MIX, "power or threat by a coin"),
                *((name, f"all follow {verdict_sentences.title(name)}") for name in BUILT_IN),
            ]
            yield ChoiceField("World", worlds, EVERY, id="world")
            yield ChoiceField("Who plays", PLAYERS, NOBODY, id="player")
            yield SliderField("Runs", 1, MOST_RUNS, RUNS, say=_runs, id="runs")
        yield Static(id="progress-line", classes="said", markup=False)
        yield ListWithEnds(id="scorecard", markup=False)
        yield Static(id="row", classes="part", markup=False)

    def buttons(self) -> ComposeResult:
        """Start, or cancel what runs."""
        yield Button("Start", id="start", variant="primary", compact=True)
        yield Button("Cancel", id="cancel", variant="warning", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Nothing runs yet."""
        self._show_state()
        self.set_text("progress-line", "")
        self.set_text("row", "")
        self.query_one("#world").focus()

    def on_unmount(self) -> None:
        """Stop after the present chunk."""
        self._stopping = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Start if nothing runs; cancel if something does."""
        if action in ("start", "cancel"):
            return self._playing == (action == "cancel")
        return super().check_action(action, parameters)

    def _show_state(self) -> None:
        self.query_one("#start", Button).display = not self._playing
        self.query_one("#cancel", Button).display = self._playing
        self.query_one("#choice").disabled = self._playing
        self.query_one("#scorecard", OptionList).display = bool(self._entries)
        self.refresh_bindings()

    # running

    def action_start(self) -> None:
        """Play the chosen campaigns."""
        chosen = [name for name in shipped_ids() if self.value_of(f"map-{name}")]
        chosen += [f"{RANDOM}{seed}" for seed in range(1, int(self.value_of("random")) + 1)]
        if not chosen:
            self.set_text("progress-line", "Choose a map first: switch one on.")
            self.app.bell()
            return
        self._stopping, self._playing, self._entries = False, True, []
        self._show_state()
        self.set_text("row", "")
        self.set_text("progress-line", "The first campaigns are under way...")
        self._play(
            chosen,
            str(self.value_of("world")),
            str(self.value_of("player")),
            int(self.value_of("runs")),
        )

    def action_cancel(self) -> None:
        """Stop after the present chunk."""
        self._stopping = True
        self.set_text("progress-line", "Stopping...")

    @work(group="laboratory", exclusive=True)
    async def _play(self, maps: list[str], world: str, player: str, runs: int) -> None:
        def play() -> dict[str, Any] | str:
            try:
                with without_console():
                    return command.run(
                        [load_map(name) for name in maps],
                        runs=runs,
                        doctrines=world or None,
                        players=[player] if player else [],
                        progress=self._on_progress,
                        so_far=self._on_report,
                    )
            except PlayerMessage as stopped:
                return str(stopped)

        ended = await asyncio.to_thread(play)
        self._playing = False
        if isinstance(ended, str):
            self.set_text("progress-line", ended)
        else:
            self._list(ended)
            self._sum_up(ended)
        self._show_state()

    def _on_progress(self, done: int, total: int, seconds: float) -> None:
        """Show the progress after a chunk. Called in the thread that plays."""
        if self._stopping:
            raise KeyboardInterrupt
        minutes, rest = divmod(round(seconds), 60)
        words = line(
            (meter(done / total, BAR), "$accent"),
            f" {done} of {total} campaigns, {minutes}:{rest:02} left",
        )
        self.app.call_from_thread(self.set_text, "progress-line", words)

    def _on_report(self, report: dict[str, Any]) -> None:
        """Show an interim report. Called in the thread that plays."""
        if not self._stopping:
            self.app.call_from_thread(self._list, report)

    # the scorecard

    def _list(self, report: dict[str, Any]) -> None:
        """List the rows and the players; the marked row stays marked."""
        players = report.get("players", ())
        rows = [row for row in report["scorecard"] if not players or row["kind"] == "game"]
        self._entries = [(_row(row), _about(row)) for row in rows]
        self._entries += [(_player(one), _about_player(one)) for one in players]
        listed = self.query_one("#scorecard", OptionList)
        marked = listed.highlighted or 0
        listed.display = bool(self._entries)
        listed.set_options(Option(entry) for entry, _ in self._entries)
        listed.highlighted = min(marked, len(self._entries) - 1) if self._entries else None

    def _sum_up(self, report: dict[str, Any]) -> None:
        seen = report["identification"]
        found = "" if seen["accuracy"] is None else (
            f"; doctrines told apart: {percent(seen['accuracy'])}"
        )  # fmt: skip
        counted = in_words(report["scorecard"]) or "no row was run"
        self.set_text("progress-line", f"{counted}{found}.")
        self.query_one("#scorecard", OptionList).focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the marked row expects, and its parts."""
        if event.option_index < len(self._entries):
            self.set_text("row", self._entries[event.option_index][1])


def _row(row: dict[str, Any]) -> Content:
    word, style = VERDICTS[row["verdict"]]
    between = f"{_number(row['low'])} to {_number(row['high'])}"
    return line(
        (f"{row['id']:<5}", "bold"),
        (f"{word:<15}", style),
        f"{_number(row['figure']):>7}  ",
        (fit(between, 17), "$text-muted"),
        (f"n {row['n']:<7}", "$text-muted"),
        row["expected"],
    )


def _about(row: dict[str, Any]) -> Content:
    """What a row expects, what kind it is, and its further parts."""
    rows = [line((f"{row['id']}  ", "bold $accent"), row["expected"])]
    rows.append(line((KINDS.get(row["kind"], row["kind"]), "$text-muted")))
    if row["warning"]:
        rows.append(line((row["warning"], "$text-warning")))
    for part in row["parts"][1:]:
        word, style = VERDICTS[part["verdict"]] if part["verdict"] else ("", "$text-muted")
        rows.append(line((f"  {word:<15}", style), f"{_number(part['figure'])}  {part['name']}"))
    return lines(*rows)


def _player(one: dict[str, Any]) -> Content:
    """A computer player in a seat: its score, and how many points more than the 50/50 planner."""
    against = one["against_even"]
    more = f"{against['figure']:+.1f} to a guess" if against else ""
    return line(
        (f"{one['player']:<19}", "bold"),
        f"{one['score']:>6.1f} ",
        (f"± {one['error']:<6.1f}", "$text-muted"),
        (fit(more, 20), "$text-muted"),
        (f"n {one['campaigns']:<7}", "$text-muted"),
        f"{one['map']}, {one['seat']}",
    )


def _about_player(one: dict[str, Any]) -> Content:
    against = one["against_even"]
    rows = [
        line((f"{one['player']}  ", "bold $accent"), f"leads {one['seat']} on {one['map']}"),
        line(
            (
                f"decisions a turn {one['decisions']:g}, turns running without a matter "
                f"{one['longest_without_matter']}, most of the world on its side "
                f"{percent(one['own_side'])}",
                "$text-muted",
            )
        ),
    ]
    if against and against["low"] is not None:
        between = f"{against['low']:+.1f} to {against['high']:+.1f}"
        rows.append(line(f"  {against['figure']:+.1f} points more than told 50/50 ({between})"))
    return lines(*rows)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _random_maps(count: int) -> str:
    if count < 2:
        return f"{RANDOM}1, made from seeds" if count else "none"
    return f"{RANDOM}1 to {RANDOM}{count}, made from seeds"


def _runs(count: int) -> str:
    return f"{count} of each map and world"
