"""The campaign screen: map, states, matters, dispatches, the two readings, this turn's orders."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Enter, MouseMove
from textual.timer import Timer
from textual.widgets import Static

from game.tui import actions
from game.tui.campaign_worker import CampaignWorker
from game.tui.lesson.lesson_box import LessonBox
from game.tui.lesson.teaching import Teaching
from game.tui.map_paint import OVERLAY_NAMES, OVERLAYS
from game.tui.map_view import MapView
from game.tui.one_dismissal import OneDismissal
from game.tui.panels.dispatches_panel import Dispatches
from game.tui.panels.header_line import Header
from game.tui.panels.key_bar import KeyBar
from game.tui.panels.matters_panel import MatterLink, Matters
from game.tui.panels.orders_panel import Orders
from game.tui.panels.panel_tabs import Tabs
from game.tui.panels.readings_panel import Readings
from game.tui.panels.state_card import StateCard
from game.tui.panels.states_panel import States
from game.tui.safe_text import line, notify
from game.tui.screen_registry import screen
from game.tui.screens.order_actions import OrderActions
from game.tui.screens.turn_actions import TurnLoop
from game.tui.snapshot import Snapshot
from game.tui.widgets.explained_lines import explain_on_hover

if TYPE_CHECKING:
    from game.advice.explained_form import Explained
    from game.campaign import Campaign

PAUSE = 0.3
"""Seconds after the campaign is first shown in which nothing else is done."""


class CampaignScreen(Teaching, OrderActions, TurnLoop, OneDismissal[None]):
    """One campaign. `OrderActions` opens the dialogs of orders, `TurnLoop` ends turns,
    `Teaching` shows the lesson where the campaign is one.
    """

    CSS_PATH = "campaign_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as in its base)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012 (as in its base)

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self.campaign = campaign
        self.driver = CampaignWorker(campaign)
        self.snapshot: Snapshot | None = None
        self.busy = False
        self._save_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The layout of SCREENS.md."""
        yield Header()
        with Horizontal(id="upper"):
            yield MapView(id="map")
            with Vertical(id="side"):
                yield States(id="states")
                yield StateCard(id="card")
        yield Matters()
        yield Tabs()
        with Horizontal(id="lower"):
            yield Dispatches(id="dispatches")
            yield Readings(id="readings")
            yield Orders(id="orders")
        yield LessonBox()
        yield Static(id="progress")
        with Vertical(id="too-small"):
            yield Static("The window is too small for a campaign.\nMake it 60 x 18 or larger.")
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the first snapshot, and focus the map."""
        self.query_one(MapView).focus()
        self.begin_lesson()
        self.begin()

    def on_resize(self, event: Any) -> None:
        """Show a message if the window is too small."""
        self.set_class(event.size.width < 60 or event.size.height < 18, "-tiny")

    def on_unmount(self) -> None:
        """Write what is not on disk yet, however the screen is left; others may write it then."""
        from game.files.file_problems import SaveProblem

        with contextlib.suppress(SaveProblem):
            self.driver.save_before_leaving()
        self.campaign.file.release()

    # what is shown

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot in all panels."""
        first, self.snapshot = self.snapshot is None, snapshot
        self.query_one(MapView).show(snapshot)
        for panel in self.query("Header, Matters, States, StateCard, Dispatches, Readings, Orders"):
            panel.show(snapshot)  # type: ignore[attr-defined]
        self.query_one(KeyBar).refresh()
        self._say_place()
        self.teach()
        if first:
            self.set_timer(PAUSE, self.app.prepare_dialogs)  # type: ignore[attr-defined]

    def _say_place(self) -> None:
        """The overlay and the place under the cursor, where the map has no frame to say it."""
        view = self.query_one(MapView)
        overlay = OVERLAY_NAMES[view.overlay]
        mark = (f"{overlay} · ", "bold $text-accent") if overlay else ""
        self.query_one(Tabs).set_text(line(mark, view.place_in_words()))

    def orders_changed(self) -> None:
        """Show the orders as they are now, and save them soon; leaving waits for that."""
        self.driver.unsaved = True
        if self.snapshot is None:
            return
        self.snapshot = self.snapshot.with_orders(self.campaign)
        for panel in self.query("Header, Matters, States, Orders"):
            panel.show(self.snapshot)  # type: ignore[attr-defined]
        self.teach()
        if self._save_timer is not None:
            self._save_timer.stop()
        self._save_timer = self.set_timer(0.4, self.save_soon)

    @work(group="save", exclusive=False)
    async def save_soon(self) -> None:
        """Write the campaign, in a thread."""
        await self.try_to_save()

    @property
    def selected(self) -> str:
        """The state under the cursor, which orders are about; empty if it is the player's."""
        state = self.query_one(MapView).state
        return "" if state == self.campaign.player else state

    # the map and the table go together

    def on_map_view_moved(self, event: MapView.Moved) -> None:
        """Mark the row of the state under the cursor."""
        self.query_one(MapView).selected = event.owner
        self.query_one(States).mark(event.owner)
        self.query_one(StateCard).turn_to(event.owner)
        self._say_place()

    def on_states_marked(self, event: States.Marked) -> None:
        """Put the cursor on the marked state."""
        self.query_one(MapView).select(event.state)
        self.query_one(StateCard).turn_to(event.state)

    def on_map_view_opened(self, event: MapView.Opened) -> None:
        """Open the dossier of the state under the cursor."""
        self.open_dossier(event.state)

    def on_states_opened(self, event: States.Opened) -> None:
        """Open the dossier of the marked state."""
        self.open_dossier(event.state)

    def on_dispatches_opened(self, event: Dispatches.Opened) -> None:
        """Open the letter that an event brought, its actor's dossier, or the report."""
        if event.letter is not None:
            self.open_letter(event.letter)
        elif event.state:
            self.open_dossier(event.state)
        else:
            self.action_report()

    def on_matter_link_chosen(self, event: MatterLink.Chosen) -> None:
        """Open the matter that was clicked."""
        self.action_matter(event.number)

    def on_tabs_chosen(self, event: Tabs.Chosen) -> None:
        """Show the panel of the tab that was clicked."""
        self.action_tab(event.key)

    # actions about looking

    def action_overlay(self) -> None:
        """The next overlay."""
        view = self.query_one(MapView)
        names = list(OVERLAYS)
        view.overlay = names[(names.index(view.overlay) + 1) % len(names)]
        self._say_place()
        self.teach()

    def action_zoom(self, by: int) -> None:
        """Nearer or farther."""
        self.query_one(MapView).change_zoom(by)

    def action_spotlight(self) -> None:
        """Dim the other states, or stop that."""
        view = self.query_one(MapView)
        view.selected = view.state
        view.spotlight = not view.spotlight

    def action_home(self) -> None:
        """To the player's capital."""
        self.query_one(MapView).select(self.campaign.player or "")
        self.query_one(StateCard).turn_to(self.campaign.player or "")

    def action_pin(self) -> None:
        """Pin the selected state to the table, or unpin it."""
        if self.selected:
            self.query_one(States).pin(self.selected)
        else:
            notify(self.app, "Put the cursor on another state to pin it.", timeout=4)

    def action_sort(self) -> None:
        """Sort the table by the next column."""
        self.query_one(States).next_sort()

    def action_lesser(self) -> None:
        """Unfold or fold the lesser states."""
        self.query_one(States).fold()

    def action_tab(self, key: int) -> None:
        """Show one panel under the map; 9 gives the map the whole window."""
        self.query_one(Tabs).choose(key)

    def action_own_dossier(self) -> None:
        """The player's own dossier: aim and points."""
        self.open_dossier(self.campaign.player or "")

    def action_explain(self) -> None:
        """The figures of the selected state; of the player's own, its points and means too."""
        me = self.campaign.player or ""
        state = me if self.query_one(Readings).has_focus else self.query_one(MapView).state or me
        title = f"{self.campaign.atlas.name(state)}: the figures"
        figures = self._figures(state)
        if state == me:
            figures += self.campaign.adviser.explanations.means()
        self.app.push_screen(screen("help", title, keys=False, figures=figures))

    def _figures(self, state: str) -> tuple[Explained, ...]:
        """The figures of a state; of the player's own, its points too."""
        explain = self.campaign.adviser.explanations
        mine = state == self.campaign.player
        return (*(explain.points() if mine else ()), *explain.state(state))

    def _figures_of_matter(self, number: int) -> tuple[Explained, ...]:
        """The figures of a matter by its number; none where there are fewer."""
        found = () if self.snapshot is None else self.snapshot.matters
        if not 1 <= number <= len(found) or self.busy:
            return ()
        return self.campaign.adviser.explanations.matter(found[number - 1])

    def on_enter(self, event: Enter) -> None:
        """Explain figures beside the mouse, when it comes to a panel."""
        me = self.campaign.player
        if me is None:
            return
        explain = self.campaign.adviser.explanations
        for panel in event.node.ancestors_with_self:
            match panel:
                case StateCard():
                    explain_on_hover(event.node, partial(self._figures, panel.state or me))
                case Readings():
                    explain_on_hover(event.node, partial(self._figures, me))
                case MatterLink():
                    explain_on_hover(panel, partial(self._figures_of_matter, panel.number))
                case Header() | Orders():
                    explain_on_hover(panel, explain.means)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Explain the figures of the state whose row is under the mouse."""
        if isinstance(event.widget, States) and self.campaign.player is not None:
            event.widget.explain_row(event.style.meta.get("option"), self._figures)

    def action_dossier(self) -> None:
        """The dossier of the state under the cursor."""
        if self.query_one(MapView).state:
            self.open_dossier(self.query_one(MapView).state)
