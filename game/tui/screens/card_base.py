"""The base class of cards: a heading, a body that scrolls, buttons, and a footer of keys."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Enter
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Static

from game.advice.explained_form import Explained
from game.tui.lesson.lesson_box import LessonLine
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import plain
from game.tui.screen_registry import screen
from game.tui.widgets.explained_lines import explain_on_hover
from game.tui.widgets.fields import Field
from game.words.claims import CLAIMS

CODE = re.compile(r"\b[WTS]\d+\b")
"""The number of a claim in the ledger."""
IN_BRACKETS = re.compile(r" \([WTS]\d+(?:, [WTS]\d+)*\)")
"""Such numbers in a text: help leaves them out there and writes the claims out below it."""
EXPLAINS = " e shows what the figures here are made of."
Result = TypeVar("Result")
FRAME = 4
"""How many lines of the screen a card's body cannot use: border (two), buttons, footer."""


class Pinned(Vertical):
    """What stays in sight below a card's body: the body gets what it leaves."""

    def on_resize(self) -> None:
        """Fit the body anew."""
        card = self.screen
        if self.size.height and isinstance(card, Card):
            card.call_after_refresh(card.fit_body)


class Card(ModalScreen[Result], OneDismissal[Result]):
    """A card over the screen. Subclasses give `heading`, `body` and `buttons`."""

    CSS_PATH = "card_base.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 (as in its base)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("e", "explain", "Explain"),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
        Binding("pagedown", "page(1)", "More below", key_display="pgdn", priority=True),
    ]

    least_body = 4
    """Lines that the body has at the least, however low the window is."""
    explains = False
    """Whether it has figures to explain."""
    paged = "#body"
    """What the paging keys scroll."""
    about = ""
    """The text of `?`: what the card is for, the rule, the claim of the ledger."""

    def value_of(self, field: str) -> Any:
        """The value of the field of that id."""
        return self.query_one(f"#{field}", Field).value

    def heading(self) -> str:
        """What the card is about."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """What the card holds."""
        raise NotImplementedError

    def pinned(self) -> ComposeResult:
        """What stays in sight below the body while that scrolls; nothing unless overridden."""
        yield from ()

    def buttons(self) -> ComposeResult:
        """The buttons in its last line."""
        yield Button("Back", id="back", compact=True)

    def compose(self) -> ComposeResult:
        """The card and the footer."""
        with Vertical(id="card"):
            yield Static(plain(self.heading()), classes="heading", id="heading")
            with VerticalScroll(id="body", can_focus=False):
                yield from self.body()
            with Pinned(id="pinned"):
                yield from self.pinned()
                yield LessonLine()
            with Horizontal(id="buttons"):
                yield from self.buttons()
        yield Footer(show_command_palette=False)

    def on_resize(self) -> None:
        """Make the body scroll if the card is higher than the screen."""
        self.call_after_refresh(self.fit_body)

    def fit_body(self) -> None:
        """Limit the height of the body to what heading, buttons and footer leave."""
        if not self.query("#pinned"):
            return  # It is not composed yet, or is being left.
        margins = 0 if self.has_class("-short") else 2
        always = self.query_one("#heading").size.height + self.query_one("#pinned").size.height
        taken = FRAME + margins + always
        self.query_one("#body").styles.max_height = max(self.least_body, self.size.height - taken)
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer shows the paging keys only if the body can scroll, and no key in vain."""
        if action == "explain":
            return self.explains
        if action == "page" and self.is_mounted:
            return self.query_one(self.paged).max_scroll_y > 0
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Close without a result."""
        self.dismiss(None)

    def action_help(self) -> None:
        """What this is, and the rule behind it."""
        claims = [code for code in CODE.findall(self.about) if code in CLAIMS]
        about = IN_BRACKETS.sub("", self.about)
        self.app.push_screen(
            screen(
                "help",
                self.heading(),
                f"{about}{EXPLAINS * self.explains}",
                keys=False,
                claims=claims,
            )
        )

    def figures(self) -> Sequence[Explained]:
        """The figures that the card shows now, taken apart; none unless overridden."""
        return ()

    def action_explain(self) -> None:
        """What the card's figures are made of."""
        title = f"{self.heading()}: the figures"
        self.app.push_screen(screen("help", title, keys=False, figures=self.figures()))

    def on_enter(self, event: Enter) -> None:
        """Explain the card's figures beside the mouse."""
        if self.explains:
            explain_on_hover(event.node, self.figures)

    def action_page(self, by: int) -> None:
        """Scroll the body by a page."""
        body = self.query_one(self.paged)
        if by < 0:
            body.scroll_page_up(animate=False)
        else:
            body.scroll_page_down(animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button runs the action with the name of its id."""
        event.stop()
        if event.button.id:
            self.call_later(self.run_action, event.button.id)

    def set_text(self, id: str, content: Content | str) -> None:
        """Put text into one of the card's lines; an empty line is hidden."""
        line = self.query_one(f"#{id}", Static)
        text = plain(content) if isinstance(content, str) else content
        line.update(text)
        line.display = bool(text.plain)
