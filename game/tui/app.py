"""The application: themes, the first screen, starting and ending the game."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from rich.text import Text
from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import WorkerFailed

from game.messages import PlayerMessage
from game.tui.command_palette import ActionCommands
from game.tui.safe_text import notify
from game.tui.screen_registry import screen
from game.tui.themes import DARK, THEMES


@dataclass(frozen=True, slots=True)
class Intent:
    """What the command line asks the game to open."""

    kind: Literal["title", "play", "resume"] = "title"
    map: str | None = None
    """A shipped id or a path; None lets the player choose."""
    state: str | None = None
    """The state to lead; None lets the player choose."""
    seed: int | None = None
    teaching: bool = False
    difficulty: str = "normal"
    saves: Path | None = None
    """The folder of saves; None: the usual one."""
    save: Path | None = None
    """The save to resume."""


class RealpolitikApp(App[None]):
    """The game as a Textual application."""

    TITLE = "Realpolitik"
    CSS_PATH: ClassVar = ["app.tcss", "screens/title_screen.tcss"]
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type | Callable[[], type]]] = {ActionCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(self, intent: Intent | None = None) -> None:
        super().__init__()
        self.intent = intent or Intent()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    @property
    def saves(self) -> Path:
        """The folder of saves."""
        from game.saves.save_list import saves_dir

        return self.intent.saves or saves_dir()

    def get_default_screen(self) -> Screen[Any]:
        """The title screen, which is at the bottom of the stack of screens."""
        self._use_settings()
        return screen("title")

    def on_mount(self) -> None:
        """Open what the command line asked for."""
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

    def _use_settings(self) -> None:
        from game.files.settings import read_settings

        wanted = read_settings().theme
        if wanted in self.available_themes:
            self.theme = wanted

    def begin(self, map: str, state: str, **chosen: Any) -> None:
        """Begin a campaign and open its screen; arguments as in `Campaign.new`."""

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

    @work(group="open", exclusive=True)
    async def _open(self, make: Callable[[], Any]) -> None:
        """Make a campaign in a thread, then open its screen above the title screen."""
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
        # Objects that exist now stay in use, so the garbage collector need not examine them again;
        # with them a full collection takes 40 ms and would be felt.
        gc.collect()
        gc.freeze()
        if not campaign.history.turns and not campaign.pending:
            self.push_screen(screen("briefing", campaign))

    # faults of the program

    def _handle_exception(self, error: Exception) -> None:
        """Handle an internal error, except a missing widget while the application is closing.

        Widgets are removed one by one then, and a screen that is still opening may not find one.
        """
        if not (isinstance(error, NoMatches) and not self.is_running):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End with one sentence; the traceback goes to a file. (Textual would print it.)"""
        if not self._exit_renderables:
            error: BaseException | None = self._exception
            while isinstance(error, WorkerFailed):
                error = error.error
            self._exit_renderables.append(Text(self._last_words(error or RuntimeError())))
        self._close_messages_no_wait()

    def _last_words(self, error: BaseException) -> str:
        """The sentence about an internal error: what was saved, and where the details are."""
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
    """Run the game. Returns the exit status: 0, or 1 after an internal error."""
    app = RealpolitikApp(intent)
    app.run()
    return app.return_code or 0
