"""The keys of a campaign, each of which can be changed; kept with the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game.files.file_problems import SaveProblem
from game.files.settings import read_settings, write_settings
from game.tui.actions import ACTIONS, BY_ID, Action
from game.tui.safe_text import fit, line, notify
from game.tui.screens.card_base import Card
from game.tui.widgets.list_with_ends import ListWithEnds

FIXED = frozenset(
    {"escape", "enter", "tab", "shift+tab", "up", "down", "left", "right", "ctrl+c", "ctrl+z"}
)
"""Keys that every screen needs: no action can have them for its own."""


class KeysScreen(Card[None]):
    """Enter, then the new key; delete puts the marked one back to the game's own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,backspace", "reset", "As at first", key_display="del"),
    ]
    about = (
        "What a terminal, tmux, an editor or a browser keeps for itself can have another key "
        "here. Enter on an action, then the key that shall do it; Esc leaves it as it is."
    )

    def __init__(self) -> None:
        super().__init__()
        self._keys = dict(read_settings().keys)
        self._waiting = ""
        """The action whose new key is awaited."""

    def heading(self) -> str:
        """What it is."""
        return "Keys of a campaign"

    def body(self) -> ComposeResult:
        """Every action with its key."""
        yield ListWithEnds(id="actions", markup=False)
        yield Static(id="asked", classes="said", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill(0)
        self.query_one(OptionList).focus()

    def _fill(self, marked: int) -> None:
        listed = self.query_one(OptionList)
        listed.set_options(Option(self._line(action), id=action.id) for action in ACTIONS)
        listed.highlighted = marked
        self.set_text("asked", "")

    def _line(self, action: Action) -> Any:
        own = self._keys.get(action.id)
        key = (own, "bold $text-success") if own else (action.keys, "bold $text-accent")
        return line(
            (fit(key[0], 22), key[1]), (fit(action.label, 18), ""), (action.help, "$text-muted")
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Wait for the new key."""
        self._waiting = event.option_id or ""
        label = BY_ID[self._waiting].label
        self.set_text("asked", f"Press the new key for “{label}”; Esc leaves it as it is.")
        self.set_focus(None)

    def on_key(self, event: events.Key) -> None:
        """Take the key that was waited for."""
        if not self._waiting:
            return
        event.stop()
        event.prevent_default()
        name, self._waiting = self._waiting, ""
        if event.key != "escape":
            self._take(name, event.key)
        self._fill(list(BY_ID).index(name))
        self.query_one(OptionList).focus()

    def _take(self, name: str, key: str) -> None:
        taken = next((one for one in ACTIONS if self._does(one, key) and one.id != name), None)
        if key in FIXED or taken is not None:
            whose = taken.label if taken is not None else "every screen"
            notify(self.app, f"{key} belongs to {whose}; choose another.", severity="warning")
        else:
            self._keep({**self._keys, name: key})

    def _does(self, action: Action, key: str) -> bool:
        return key in self._keys.get(action.id, action.key).split(",")

    def action_reset(self) -> None:
        """The marked action by the game's own key again."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._keep({name: key for name, key in self._keys.items() if name != ACTIONS[at].id})
            self._fill(at)

    def _keep(self, keys: dict[str, str]) -> None:
        """Use the keys at once and keep them."""
        self._keys = keys
        app: Any = self.app
        app.use_keys(keys)
        try:
            write_settings(replace(read_settings(), keys=keys))
        except SaveProblem as problem:
            notify(self.app, problem, severity="error")
