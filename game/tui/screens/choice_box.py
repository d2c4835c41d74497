"""A question of the program: a sentence with two or three buttons."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import plain


class ChoiceBox(ModalScreen[str | None], OneDismissal[str | None]):
    """Dismisses with the id of the button that was pressed, or None."""

    CSS_PATH = "choice_box.tcss"
    DEFAULT_CLASSES = "asking"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("left,up", "app.focus_previous", "Before", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, sentence: str, buttons: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._sentence = sentence
        self._buttons = buttons

    def compose(self) -> ComposeResult:
        """The sentence, and a button each for (id, label)."""
        with Vertical(id="ask"):
            yield Static(plain(self._sentence))
            with Horizontal(id="ask-buttons"):
                for index, (id, label) in enumerate(self._buttons):
                    yield Button(
                        plain(label),
                        id=id,
                        variant="primary" if index == 0 else "default",
                        compact=True,
                    )

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close with the id of the button."""
        self.dismiss(event.button.id)
