"""The saves: load, delete, recover a damaged one, or read the debrief of a finished one."""

import asyncio
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.campaign.save_results import SaveResult, save_result
from game.files.file_problems import SaveProblem
from game.saves import save_file
from game.saves.save_list import SaveEntry, list_saves, saves_dir
from game.tui.safe_text import fit, line, lines, notify, place_of, plain
from game.tui.screen_registry import screen
from game.tui.screens.card_base import Card
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import percent

NAME, STATE, WHEN, SCORE, SIZE = 27, 13, 15, 6, 8
"""Cells of the columns of the list."""


def _key(entry: SaveEntry) -> tuple[Path, float]:
    """A save as it is now: another result is read once it is written anew."""
    try:
        return entry.path, entry.path.stat().st_mtime
    except OSError:
        return entry.path, 0.0


def _size(path: Path) -> str:
    """The size of a file in kilobytes; empty where it is gone."""
    try:
        return f"{max(1, round(path.stat().st_size / 1000))} kB"
    except OSError:
        return ""


class SavesScreen(Card[None]):
    """The last saved first; those that cannot be opened are at the end, with the reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "load", "Open"),
        Binding("d", "delete", "Delete"),
        Binding("r", "recover", "Recover"),
        Binding("h", "hall", "Hall of fame"),
        *(Binding(str(at), f"mark({at})", show=False) for at in range(1, 10)),
    ]

    about = (
        "A campaign is saved after every turn and every change of orders. A damaged file is "
        "never written over: recovering it writes what is whole, to its last whole turn, to "
        "a new file beside it. The list shows each one's score (before the end without insight) "
        "and size; a number marks its row. h opens the hall of fame. In a campaign, the chronicle "
        "(c) goes on from any of its turns as a new one."
    )

    def __init__(self, folder: Path | None = None, *, finished: bool = False) -> None:
        super().__init__()
        self._given = folder
        self._finished = finished
        self._entries: list[SaveEntry] = []
        self._results: dict[tuple[Path, float], SaveResult | None] = {}
        """(path, when it was written) -> what it came to, once it is read."""

    @property
    def _folder(self) -> Path:
        folder: Path | None = getattr(self.app, "saves", None)
        return self._given or folder or saves_dir()

    def heading(self) -> str:
        """What is listed."""
        return "Campaigns that ended" if self._finished else "Saved campaigns"

    def body(self) -> ComposeResult:
        """The list, and what is to be said of the marked one."""
        yield ListWithEnds(id="saves", markup=False)
        yield Static(id="words", classes="part", markup=False)

    def buttons(self) -> ComposeResult:
        """Open, delete, recover, leave."""
        label = "Read its debrief" if self._finished else "Go on playing"
        yield Button(label, id="load", variant="primary", compact=True)
        yield Button("Recover", id="recover", variant="warning", compact=True)
        yield Button("Delete", id="delete", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """List them."""
        self._list()

    def _list(self, marked: int = 0) -> None:
        entries = list_saves(self._folder)
        if self._finished:
            entries = [entry for entry in entries if entry.header and entry.header.over]
        self._entries = entries
        listed = self.query_one("#saves", OptionList)
        listed.clear_options()
        listed.add_options(Option(self._row(entry)) for entry in entries)
        listed.display = bool(entries)
        if entries:
            listed.highlighted = min(marked, len(entries) - 1)
            listed.focus()
        else:
            self.query_one("#back", Button).focus()
        self._show()
        self._read_results()

    @work(group="results", exclusive=True)
    async def _read_results(self) -> None:
        """Read what each save came to, one after another; the list fills as they come."""
        for entry in list(self._entries):
            key = _key(entry)
            if entry.header is not None and key not in self._results:
                self._results[key] = await asyncio.to_thread(save_result, entry.path)
                if entry in self._entries:
                    at = self._entries.index(entry)
                    listed = self.query_one("#saves", OptionList)
                    listed.replace_option_prompt_at_index(at, self._row(entry))
                    if entry is self._marked:
                        self._show()

    def _row(self, entry: SaveEntry) -> Content:
        header = entry.header
        number = f"{self._entries.index(entry) + 1:>2} "
        if header is None:
            return line(
                (number, "$text-muted"), ("✗ ", "$text-error"), fit(entry.name, NAME),
                (" cannot be opened", "$text-error"),
            )  # fmt: skip
        when = "ended" if header.over else f"turn {header.turn} ({header.date})"
        state = header.state or "the AI alone"
        result = self._results.get(_key(entry))
        score = "" if result is None or result.score is None else f"{result.score:.0f}"
        return line(
            (number, "$text-muted"),
            ("■ " if header.over else "▶ ", "$accent"),
            fit(entry.name, NAME) + " ",
            fit(state, STATE) + " ",
            (fit(when, WHEN), "$text-muted"),
            (f"{score:>{SCORE}}", "bold"),
            (f"{_size(entry.path):>{SIZE}}", "$text-muted"),
        )

    @property
    def _marked(self) -> SaveEntry | None:
        index = self.query_one("#saves", OptionList).highlighted
        return None if index is None or index >= len(self._entries) else self._entries[index]

    def on_option_list_option_highlighted(self) -> None:
        """Show a text about the marked save."""
        self._show()

    def _show(self) -> None:
        entry = self._marked
        broken = entry is not None and entry.header is None
        load = self.query_one("#load", Button)
        load.disabled = entry is None or broken
        over = entry is not None and entry.header is not None and entry.header.over
        load.label = "Read its debrief" if over or self._finished else "Go on playing"
        self.refresh_bindings()
        self.query_one("#delete", Button).disabled = entry is None
        self.query_one("#recover", Button).display = broken
        if entry is None:
            words = "No campaign has ended yet." if self._finished else "Nothing is saved yet."
            self.set_text("words", words)
        elif entry.header is None:
            self.set_text("words", line((entry.problem or "It cannot be read.", "$text-warning")))
        else:
            saved = entry.header.saved_words(local=True)
            rows = [line((entry.header.title, "bold"), f"  saved {saved}")]
            result = self._results.get(_key(entry))
            if result is not None and result.score is not None:
                so_far = "" if result.over else " so far, insight not counted"
                rows.append(
                    line(
                        f"{result.aim}: {percent(result.reached)} reached; ",
                        (f"score {result.score:.1f}", "bold"),
                        (f"{so_far}; {result.difficulty}", "$text-muted"),
                    )
                )
            rows.append(plain(place_of(entry.path), "$text-muted"))
            self.set_text("words", lines(*rows))

    def on_option_list_option_selected(self) -> None:
        """Open the save."""
        self.action_load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a damaged save can be recovered."""
        if action == "recover" and self.is_mounted:
            entry = self._marked
            return entry is not None and entry.header is None
        return super().check_action(action, parameters)

    def action_mark(self, number: int) -> None:
        """Mark the save of a number."""
        if number <= len(self._entries):
            self.query_one("#saves", OptionList).highlighted = number - 1

    def action_hall(self) -> None:
        """The best results of all finished campaigns."""
        self.app.push_screen(screen("hall", self._folder))

    def action_load(self) -> None:
        """Continue the marked campaign; if it has ended, open its debrief."""
        entry = self._marked
        if entry is None or entry.header is None:
            self.app.bell()
            return
        self._load(entry)

    @work(group="load", exclusive=True)
    async def _load(self, entry: SaveEntry) -> None:
        """Check and load a save; a damaged one stays in the list and can be recovered."""
        try:
            await asyncio.to_thread(save_file.read_history, entry.path)
        except SaveProblem as problem:
            index = self._entries.index(entry)
            broken = SaveEntry(entry.path, None, str(problem))
            self._entries[index] = broken
            listed = self.query_one("#saves", OptionList)
            listed.replace_option_prompt_at_index(index, self._row(broken))
            self._show()
            return
        app: Any = self.app
        self.dismiss(None)
        app.load(entry.path)

    def action_delete(self) -> None:
        """Delete the marked save, after a question."""
        entry = self._marked
        if entry is None:
            return
        index = self._entries.index(entry)

        def take(yes: bool | None) -> None:
            if not yes:
                return
            try:
                save_file.delete(entry.path)
            except SaveProblem as problem:
                notify(self.app, problem, severity="error", timeout=10)
            self._list(index)

        detail = line(f"{entry.name} is gone for good then, with its copy.")
        self.app.push_screen(
            ConfirmScreen("Delete this campaign?", detail, yes="Delete it", no="Keep it"), take
        )

    def action_recover(self) -> None:
        """Recover a damaged save to a new file beside it."""
        entry = self._marked
        if entry is not None and entry.header is None:
            self._recover(entry.path)

    @work(group="recover", exclusive=True)
    async def _recover(self, path: Path) -> None:
        try:
            recovered = await asyncio.to_thread(save_file.recover, path)
        except SaveProblem as problem:
            notify(self.app, problem, severity="error", timeout=10)
            return
        notify(self.app, recovered.sentence, timeout=12)
        self._list()
