"""Help about the focused thing: what it is, its keys, and the rule behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from game.advice.explained_form import Explained
from game.tui.actions import ACTIONS
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import fit, line, lines, plain
from game.tui.widgets.explained_lines import explained_lines
from game.words.claims import CLAIMS

MUTED = "$text-muted"

GENERAL = (
    "You lead one state in an anarchic system. Every rival follows a doctrine that you are not "
    "told: some fear the strongest (Waltz's balance of power), some fear whoever is strong, "
    "near, armed for attack and believed hostile (Walt's balance of threat). Watch what they do, "
    "write down what you think in the notebook, and use it. Where there are four great powers or "
    "more, at least two draw each doctrine, your own state among them."
)


AUTHORS = {"W": "Waltz", "T": "Walt", "S": "Both"}
"""Whose claim it is, by the first letter of its number in the ledger."""


WIDEST, EDGES = 100, 6
"""The largest width of the card, and how much of it is not available for a line, in cells."""


class HelpScreen(ModalScreen[None], OneDismissal[None]):
    """Any key leaves it."""

    CSS_PATH = "help_screen.tcss"
    DEFAULT_CLASSES = "helping"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss(None)", "Back"),
    ]

    def __init__(
        self,
        title: str = "",
        about: str = "",
        *,
        keys: bool = True,
        claims: Sequence[str] = (),
        figures: Sequence[Explained] = (),
    ) -> None:
        super().__init__()
        self._title = title or "Realpolitik"
        self._about = about or ("" if figures else GENERAL)
        self._claims = claims if about or figures else ("W1", "T1", "W14")
        self._keys = keys
        self._figures = figures

    def compose(self) -> ComposeResult:
        """The focused thing, the claims behind it, the keys."""
        with VerticalScroll(id="help"):
            yield Static(plain(self._title, "bold $text-accent"))
            if self._about:
                yield Static(plain(self._about))
            for claim in self._claims:
                words, where = CLAIMS[claim]
                words_of_it = f"{AUTHORS.get(claim[0], 'Both theories')}: {words}"
                yield Static(
                    line((f"{claim:<4}", "$text-accent"), words_of_it, (f" ({where})", MUTED))
                )
            yield Static(id="figures", classes="last", markup=False)
            if self._keys:
                yield Static(_keys(self.app), classes="last")
            if self._keys:
                yield Static(plain("Ctrl+P finds a command by what it does.", MUTED))

    def on_mount(self) -> None:
        """Let the arrow keys scroll it; how to leave stands on its frame, always in sight."""
        card = self.query_one("#help")
        card.border_subtitle = plain(" esc leaves ", "bold $text-accent")
        card.focus()

    def on_resize(self) -> None:
        """The figures, in the width that there is."""
        shown = self.query_one("#figures", Static)
        shown.display = bool(self._figures)
        width = min(WIDEST, self.size.width) - EDGES
        shown.update(lines(*explained_lines(self._figures, width)))


def _keys(app: object) -> Content:
    """All keys, group by group."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in ACTIONS:
        parts = groups.setdefault(action.group, [(fit(action.group, 10), "bold $text-primary")])
        parts += [(f" {action.keys_for(app)}", "bold $text-accent"), (f" {action.label} ", "")]
    return lines(*(line(*parts) for parts in groups.values()))
