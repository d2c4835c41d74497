"""The briefing before the first turn: the situation, the aim, and how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from game.advice.aim_words import in_words
from game.tui.lesson.lesson import TURNS, is_lesson
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import line, plain
from game.words.grammar import with_article

if TYPE_CHECKING:
    from game.campaign import Campaign

FIRST_STEPS = (
    ("1 2 3", "open the matters of the turn, each with an order that would meet it"),
    ("arrows", "move over the map; Enter opens the dossier of the state under the cursor"),
    ("o", "offers a treaty and shows how it would be taken, by power and by threat"),
    ("n", "is the notebook: write down what you think each rival fears"),
    ("space", "ends the turn; what needs your answer then opens by itself"),
    ("?", "explains whatever has the focus"),
)


LESSON_STEPS = (
    ("lesson", "at the foot of the screen: one new thing a turn, and → what you shall do"),
    ("?", "explains whatever has the focus"),
)


class Briefing(ModalScreen[None], OneDismissal[None]):
    """Any of the usual keys leaves it."""

    CSS_PATH = "help_screen.tcss"
    DEFAULT_CLASSES = "helping"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space,q", "dismiss(None)", "Begin"),
    ]

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self._campaign = campaign

    def compose(self) -> ComposeResult:
        """The map's briefing, the aim, the first keys."""
        campaign = self._campaign
        atlas = campaign.atlas
        me = campaign.player or ""
        lesson = is_lesson(campaign.setup)
        kind = f", in a lesson of {TURNS} turns" if lesson else ""
        with VerticalScroll(id="help"):
            yield Static(
                line(
                    (atlas.title, "bold $text-accent"),
                    f"   you lead {with_article(atlas.name(me))}{kind}",
                )
                if me
                else plain(atlas.title, "bold $text-accent")
            )
            if atlas.briefing:
                yield Static(plain(atlas.briefing), classes="about")
            if campaign.aim is not None:
                yield Static(line(("Your aim: ", "$text-muted"), (campaign.aim.title, "bold")))
                yield Static(plain(in_words(campaign.aim, atlas)), classes="about")
            steps = LESSON_STEPS if lesson else FIRST_STEPS
            for key, what in steps:
                yield Static(line((f"{key:>8}  ", "bold $text-accent"), what))

    def on_mount(self) -> None:
        """Let the arrow keys scroll it; how to go on stands on its frame, always in sight."""
        card = self.query_one("#help")
        card.border_subtitle = plain(" enter begins ", "bold $text-accent")
        card.focus()
