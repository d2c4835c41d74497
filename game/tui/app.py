"""The application: themes, the first screen, and how the game is entered and left."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from rich.text import Text
from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import WorkerFailed

from game.messages import PlayerMessage
from game.tui.actions import BY_NAME
from game.tui.command_palette import ActionCommands
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import notify
from game.tui.screen_registry import screen
from game.tui.themes import DARK, THEMES


@dataclass(frozen=True, slots=True)
class Intent:
    """With what the game is entered."""

    kind: Literal["title", "play", "resume"] = "title"
    map: str | None = None
    """A shipped id or a path; None lets the player choose."""
    state: str | None = None
    """The state to lead; None lets the player choose."""
    seed: int | None = None
    teaching: bool = False
    difficulty: str = "normal"
    saves: Path | None = None
    """The folder of saves, where it is not the usual one."""
    save: Path | None = None
    """For resume: the save."""


class RealpolitikApp(App[None]):
    """The game on the screen."""

    TITLE = "Realpolitik"
    CSS_PATH: ClassVar = ["app.tcss", "screens/title_screen.tcss"]
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type | Callable[[], type]]] = {ActionCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "copy_or_quit", "Quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True),
    ]

    def __init__(self, intent: Intent | None = None) -> None:
        super().__init__()
        self.intent = intent or Intent()
        self.own_keys: dict[str, str] = {}
        """Action -> key, where the player chose another than the game's."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    @property
    def saves(self) -> Path:
        """The folder of saves."""
        from game.saves.save_list import saves_dir

        return self.intent.saves or saves_dir()

    def get_default_screen(self) -> Screen[Any]:
        """The title lies under every other screen."""
        self._use_settings()
        return screen("title")

    def on_mount(self) -> None:
        """Open what was asked for."""
        intent = self.intent
        if intent.kind == "resume" and intent.save is not None:
            self.load(intent.save)
        elif intent.kind == "play" and intent.map and intent.state:
            self.begin(
                intent.map,
                intent.state,
                seed=intent.seed,
                teaching=intent.teaching,
                difficulty=intent.difficulty,
            )
        elif intent.kind == "play":
            self.push_screen(screen("new_campaign", intent))

    def use_keys(self, own: dict[str, str]) -> None:
        """Let actions be done by other keys; what names no action is left out."""
        self.own_keys = {name: key for name, key in own.items() if name in BY_NAME}
        self.set_keymap(self.own_keys)

    def _use_settings(self) -> None:
        from game.files.settings import read_settings

        settings = read_settings()
        self.use_keys(settings.keys)
        wanted = settings.theme
        if wanted in self.available_themes:
            self.theme = wanted

    def begin(self, map: str, state: str, **chosen: Any) -> None:
        """Begin a campaign and open it; `chosen` as in `Campaign.new`."""

        def make() -> Any:
            from game.campaign import Campaign
            from game.maps.load import load_map
            from game.saves.save_list import free_path

            doc = load_map(map)
            campaign = Campaign.new(doc, player=state, **chosen)
            self.saves.mkdir(parents=True, exist_ok=True)
            campaign.save(free_path(self.saves, doc.id, doc.states[state].name))
            campaign.file.hold()
            return campaign

        self._open(make)

    def load(self, path: Path) -> None:
        """Open a save."""

        def make() -> Any:
            from game.campaign import Campaign

            return Campaign.load(path, hold=True)

        self._open(make)

    def branch(self, campaign: Any, turn: int) -> None:
        """Begin a new campaign where another stood before a turn; that one is saved and left."""

        def make() -> Any:
            from game.saves.save_list import free_path

            if campaign.file.path is not None:
                campaign.save()
            new = campaign.branch(turn)
            self.saves.mkdir(parents=True, exist_ok=True)
            name = f"{new.atlas.name(new.player)} from turn {turn}"
            new.save(free_path(self.saves, new.setup.map.id, name))
            new.file.hold()
            return new

        self._open(make)

    @work(group="open", exclusive=True)
    async def _open(self, make: Callable[[], Any]) -> None:
        """Make a campaign in a thread and open its screen over the title."""
        try:
            campaign = await asyncio.to_thread(make)
        except (PlayerMessage, OSError) as problem:
            notify(self, problem, severity="error", timeout=15)
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if campaign.player is None:
            campaign.file.release()
            self.push_screen(screen("debrief", campaign))
            return
        self.push_screen(screen("campaign", campaign))
        # What lives until the end need not be looked at again: a full collection costs 40 ms.
        gc.collect()
        gc.freeze()
        if not campaign.history.turns and not campaign.pending and not campaign.questions():
            self.push_screen(screen("briefing", campaign))

    # keys

    async def on_event(self, event: events.Event) -> None:
        """Ignore a key that was pressed before the screen was drawn that it would now reach."""
        if not (isinstance(event, events.Key) and self._comes_too_early(event)):
            await super().on_event(event)

    def _comes_too_early(self, event: events.Key) -> bool:
        top = self.screen_stack[-1] if self.screen_stack else None
        return isinstance(top, OneDismissal) and not top.counts(event)

    async def action_copy_or_quit(self) -> None:
        """Copy the text that is selected with the mouse; leave the game where none is."""
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
            self.screen.clear_selection()
            notify(self, "Copied what was selected; ctrl+c again leaves the game.", timeout=4)
        else:
            await self.run_action("quit")

    # faults of the program

    def _handle_exception(self, error: Exception) -> None:
        """A fault of the program; none where a part of the screen is missed as the game is left.

        Parts go one after another then, and one that is still opening may look for another.
        """
        if not (isinstance(error, NoMatches) and not self.is_running):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End with one sentence and no traceback, which goes to a file (in Textual's place)."""
        if not self._exit_renderables:
            error: BaseException | None = self._exception
            while isinstance(error, WorkerFailed):
                error = error.error
            self._exit_renderables.append(Text(self._last_words(error or RuntimeError())))
        self._close_messages_no_wait()

    def _last_words(self, error: BaseException) -> str:
        """What is said of a fault: what was saved where, and where its details are."""
        from game.files.crash_log import write_crash_log

        log = write_crash_log(error)
        said = ["The game met a fault of its own and had to stop"]
        campaigns = [getattr(one, "campaign", None) for one in self.screen_stack]
        for campaign in campaigns[:0:-1]:
            if campaign is not None and campaign.file.path is not None:
                try:
                    campaign.save()
                    held = f"saved with its orders at turn {campaign.turn} ({campaign.date})"
                except Exception:  # a fault may not bring a second one
                    held = "as it was when it was last saved"
                said.append(f"the campaign is {held} in {campaign.file.path}")
                break
        said.append(f"the details are in {log}" if log else "the details could not be written down")
        return "; ".join(said) + "."


def run_app(intent: Intent | None = None) -> int:
    """Run the game; the exit status: 0 when it was left, 1 when it could not go on."""
    app = RealpolitikApp(intent)
    app.run()
    return app.return_code or 0
