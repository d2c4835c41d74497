"""The base class of the tabs of the debrief."""

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.debrief.report_names import capital
from game.debrief.report_types import Report, TreatySpan
from game.tui.safe_text import plain
from game.words.grammar import listed, with_article
from game.words.phrases import pact_name
from game.world.atlas import Atlas

if TYPE_CHECKING:
    from game.campaign import Campaign


def treaty_words(atlas: Atlas, treaty: TreatySpan) -> str:
    """A treaty of the course in words: "Austria-Hungary and Germany: defense pact"."""
    parties = capital(listed(with_article(atlas.name(party)) for party in treaty.parties))
    against = f" against {with_article(atlas.name(treaty.against))}" if treaty.against else ""
    secret = "secret " if treaty.secret else ""
    return f"{parties}: {secret}{pact_name(treaty.obligations)}{against}"


class DebriefTab(VerticalScroll):
    """A tab that scrolls. `fill` is called when the report is ready."""

    def __init__(self, campaign: "Campaign", *, id: str) -> None:
        super().__init__(id=id, can_focus=False)
        self.campaign = campaign
        self.atlas = campaign.atlas
        self.report: Report | None = None
        """None until it is worked out."""

    @property
    def me(self) -> str:
        """The player's state."""
        return self.campaign.player or ""

    def name_of(self, state: str) -> str:
        """A state's name, as text."""
        return self.atlas.name(state) if state else "nobody"

    def fill(self, report: Report) -> None:
        """Show a report; called again when parts are added to it."""
        raise NotImplementedError

    def enter(self) -> None:
        """Called when the tab is opened: focus the right widget."""

    def set_text(self, id: str, content: Content | str) -> None:
        """Put text into one of the tab's lines; an empty line is hidden.

        Does nothing if the screen is being closed (a thread may still call this then).
        """
        text = plain(content) if isinstance(content, str) else content
        for line in self.query(f"#{id}").results(Static):
            line.update(text)
            line.display = bool(text.plain)
