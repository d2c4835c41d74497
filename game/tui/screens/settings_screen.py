"""Settings: the theme, and the defaults of a new campaign. They last between sessions."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game.files.file_problems import SaveProblem
from game.files.settings import Settings, read_settings, write_settings
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import fit, line, notify, plain
from game.tui.screen_registry import screen
from game.tui.themes import TITLES
from game.tui.widgets.list_with_ends import ListWithEnds

DIFFICULTIES = ("easy", "normal", "hard")


class SettingsScreen(ModalScreen[None], OneDismissal[None]):
    """Enter changes the marked setting; every change is seen and kept at once."""

    CSS_PATH = "choice_box.tcss"
    DEFAULT_CLASSES = "asking"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Back")]

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()

    def compose(self) -> ComposeResult:
        """The list of settings."""
        with Vertical(id="ask"):
            yield Static(plain("Settings", "bold $text-accent"))
            yield ListWithEnds(id="settings", markup=False)
            yield Static(plain("Enter changes, Esc goes back. NO_COLOR is respected.",
                               "$text-muted"))  # fmt: skip

    def on_mount(self) -> None:
        """Read what was kept."""
        self._read(0)
        self.query_one(OptionList).focus()

    def _read(self, marked: int) -> None:
        self._settings = read_settings()
        self._fill(marked)

    def _fill(self, marked: int = 0) -> None:
        theme = TITLES.get(self.app.theme, self.app.theme)
        teaching = "on" if self._settings.teaching else "off"
        rows = (
            ("theme", "Colours", theme),
            ("difficulty", "Difficulty of new campaigns", self._settings.difficulty),
            ("teaching", "Teaching mode in new ones", teaching),
            ("keys", "Keys", f"{len(self._settings.keys)} of your own"),
        )
        listed = self.query_one(OptionList)
        listed.set_options(
            Option(line((fit(label, 30), "bold"), value), id=id) for id, label, value in rows
        )
        listed.highlighted = marked

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change the marked setting and write it."""
        event.stop()
        if event.option_id == "keys":
            self.app.push_screen(screen("keys"), lambda _: self._read(event.option_index))
            return
        now = self._settings
        if event.option_id == "theme":
            self.app.theme = _after(tuple(TITLES), self.app.theme)
            now = replace(now, theme=self.app.theme)
        elif event.option_id == "difficulty":
            now = replace(now, difficulty=_after(DIFFICULTIES, now.difficulty))
        else:
            now = replace(now, teaching=not now.teaching)
        self._settings = now
        try:
            write_settings(now)
        except SaveProblem as problem:
            notify(self.app, problem, severity="error")
        self._fill(event.option_index)


def _after(choices: tuple[str, ...], chosen: str) -> str:
    """The next choice; the first after the last and after an unknown one."""
    index = choices.index(chosen) + 1 if chosen in choices else 0
    return choices[index % len(choices)]
