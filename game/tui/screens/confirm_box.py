"""A question with yes and no, before something that cannot be undone."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Static

from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import plain


class ConfirmScreen(ModalScreen[bool | None], OneDismissal[bool | None]):
    """Dismisses with True for yes. The safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes"),
        Binding("escape,n", "no", "No", key_display="esc"),
        Binding("left,up", "app.focus_previous", "Previous", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]
    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; background: $background 60%; }
    ConfirmScreen > Vertical {
        width: 72; max-width: 96%; height: auto; max-height: 90%;
        border: round $warning; background: $surface; padding: 0 1;
    }
    ConfirmScreen .question { height: auto; text-style: bold; color: $text-warning; }
    ConfirmScreen VerticalScroll { height: auto; max-height: 14; margin: 1 0; }
    ConfirmScreen Horizontal { height: 1; }
    ConfirmScreen Button { margin: 0 2 0 0; }
    """

    def __init__(
        self, question: str, detail: Content | str = "", *, yes: str = "Yes", no: str = "No"
    ) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no
        self._detail = plain(detail) if isinstance(detail, str) else detail

    def compose(self) -> ComposeResult:
        """The question, its consequences, two buttons."""
        with Vertical():
            yield Static(plain(self._question), classes="question")
            with VerticalScroll(can_focus=False):
                yield Static(self._detail)
            with Horizontal():
                yield Button(Content(self._no), id="no", variant="primary", compact=True)
                yield Button(Content(self._yes), id="yes", variant="warning", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Focus the safe button, so that Enter does no harm."""
        self.query_one("#no", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close with the answer."""
        self.dismiss(event.button.id == "yes")

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_no(self) -> None:
        """No."""
        self.dismiss(False)
