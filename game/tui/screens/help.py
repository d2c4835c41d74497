"""Help about the focused thing: what it is, its keys, and the rule behind it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from game.tui.actions import ACTIONS
from game.tui.text import fit, line, lines, plain

GENERAL = (
    "You lead one state in an anarchic system. Every rival follows a doctrine that you are not "
    "told: some fear the strongest (Waltz's balance of power), some fear whoever is strong, "
    "near, armed for attack and believed hostile (Walt's balance of threat). Watch what they do, "
    "write down what you think in the notebook, and use it. At least two great powers of each "
    "doctrine are drawn where there are four or more."
)


class HelpScreen(ModalScreen[None]):
    """Any key leaves it."""

    CSS_PATH = "help.tcss"
    DEFAULT_CLASSES = "helping"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss(None)", "Back"),
    ]

    def __init__(self, title: str = "", about: str = "", *, keys: bool = True) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The focused thing first, then all keys."""
        with VerticalScroll(id="help"):
            if self._about:
                yield Static(plain(self._title, "bold $text-accent"))
                yield Static(plain(self._about), classes="about")
            else:
                yield Static(plain("Realpolitik", "bold $text-accent"))
                yield Static(plain(GENERAL), classes="about")
            if self._keys:
                yield Static(self._table())
            yield Static(plain("Esc leaves. Ctrl+P finds any command by name.", "$text-muted"))

    def on_mount(self) -> None:
        """Let the arrow keys scroll it."""
        self.query_one("#help").focus()

    def _table(self) -> Content:
        rows: list[Content] = []
        group = ""
        for action in ACTIONS:
            if action.group != group:
                group = action.group
                rows.append(line((group, "bold $text-primary")))
            claim = f"  [{action.claim}]" if action.claim else ""
            rows.append(
                line(
                    "  ",
                    (fit(action.keys, 17), "bold $text-accent"),
                    (fit(action.label, 16), ""),
                    (action.help, "$text-muted"),
                    (claim, "$text-muted"),
                )
            )
        return lines(*rows)
