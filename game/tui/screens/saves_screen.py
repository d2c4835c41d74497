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

from game.files.file_problems import SaveProblem
from game.saves import save_file
from game.saves.save_list import SaveEntry, list_saves, saves_dir
from game.tui.safe_text import fit, line, lines, notify, place_of, plain
from game.tui.screens.card_base import Card
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.widgets.list_with_ends import ListWithEnds

NAME, STATE = 30, 18


class SavesScreen(Card[None]):
    """The last saved first; those that cannot be opened are at the end, with the reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "load", "Open"),
        Binding("d", "delete", "Delete"),
        Binding("r", "recover", "Recover"),
    ]

    about = (
        "A campaign is saved after every turn and every change of orders. A damaged file is "
        "never written over: recovering it writes what is whole, to its last whole turn, to "
        "a new file beside it."
    )

    def __init__(self, folder: Path | None = None, *, finished: bool = False) -> None:
        super().__init__()
        self._given = folder
        self._finished = finished
        self._entries: list[SaveEntry] = []

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

    def _row(self, entry: SaveEntry) -> Content:
        header = entry.header
        if header is None:
            return line(
                ("✗ ", "$text-error"), fit(entry.name, NAME), (" cannot be opened", "$text-error")
            )
        when = "ended" if header.over else f"turn {header.turn} ({header.date})"
        state = header.state or "the AI alone"
        return line(
            ("■ " if header.over else "▶ ", "$accent"),
            fit(entry.name, NAME) + " ",
            fit(state, STATE) + " ",
            (when, "$text-muted"),
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
        self.query_one("#load", Button).disabled = entry is None or broken
        self.query_one("#delete", Button).disabled = entry is None
        self.query_one("#recover", Button).display = broken
        if entry is None:
            words = "No campaign has ended yet." if self._finished else "Nothing is saved yet."
            self.set_text("words", words)
        elif entry.header is None:
            self.set_text("words", line((entry.problem or "It cannot be read.", "$text-warning")))
        else:
            saved = entry.header.saved_words(local=True)
            self.set_text(
                "words",
                lines(
                    line((entry.header.title, "bold"), f"  saved {saved}"),
                    plain(place_of(entry.path), "$text-muted"),
                ),
            )

    def on_option_list_option_selected(self) -> None:
        """Open the save."""
        self.action_load()

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
