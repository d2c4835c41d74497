"""The application: themes, the first screen, starting and ending the game."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rich.console import RenderableType
from rich.text import Text
from textual import events, work
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import WorkerFailed

from game.messages import PlayerMessage
from game.tui.actions import BY_ID
from game.tui.changed_cells import ChangedCells, ShownCells, WholeScreen
from game.tui.command_palette import ActionCommands
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import SERVER, notify, place_of
from game.tui.screen_registry import screen, screen_class, style_paths
from game.tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from game.tui.lesson.lesson import Lesson


COMING = ("answers", "matter", "report")
"""The screens that are prepared once a campaign is shown."""
ALWAYS = frozenset({"ctrl+c", "ctrl+l", "ctrl+z"})
"""Keys that are meant for the program, not for a screen: they count whenever they are pressed."""
MOST_WAITING = 1.0
"""Seconds for which a program that was left waits for threads that work out what is no more shown.
"""
MOST_LEAVING = 3.0
"""Seconds in which the program ends after a signal, when all is saved."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What the command line asks the game to open."""

    kind: Literal["title", "play", "resume", "edit"] = "title"
    map: str | None = None
    """A shipped id or a path; None lets the player choose. The file to edit."""
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
        Binding("ctrl+c", "copy_or_quit", "Quit", show=False, priority=True),
        Binding("ctrl+l", "repaint", "Repaint", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True),
    ]
    SIGNALS: ClassVar = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
    """Signals on which the game saves what was ordered, restores the terminal, and ends."""

    def __init__(self, intent: Intent | None = None) -> None:
        super().__init__()
        self.intent = intent or Intent()
        self.lesson: Lesson | None = None
        """The lesson, while its campaign is open; the screens above it look here."""
        self.own_keys: dict[str, str] = {}
        """Action -> key, where the player chose another than the game's."""
        self._shown = ShownCells()
        self._leaving: asyncio.Future[None] | None = None
        """What saves and ends the game, once a signal or a lost terminal has begun it."""
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
        self._listen_for_signals()
        self.app_resume_signal.subscribe(self, lambda _: self.action_repaint())
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
        elif intent.kind == "edit" and intent.map:
            self.push_screen(screen("map_editor", Path(intent.map)), lambda _: self.exit())

    def use_keys(self, own: dict[str, str]) -> None:
        """Let actions be done by other keys; what names no action is left out."""
        self.own_keys = {name: key for name, key in own.items() if name in BY_ID}
        self.set_keymap(self.own_keys)

    def _use_settings(self) -> None:
        from game.files.settings import read_settings

        settings = read_settings()
        self.use_keys(settings.keys)
        wanted = settings.theme
        if wanted in self.available_themes:
            self.theme = wanted

    def begin(self, map: str, state: str, **chosen: Any) -> None:
        """Begin a campaign and open its screen; arguments as in `Campaign.new`."""

        def make() -> Any:
            from game.campaign import Campaign
            from game.maps.load import load_map

            campaign = Campaign.new(load_map(map), player=state, **chosen)
            campaign.save_new(self.saves)
            return campaign

        self._open(make)

    def begin_lesson(self) -> None:
        """Begin the lesson anew, in a save that is named after it."""

        def make() -> Any:
            from game.campaign import Campaign
            from game.maps.load import load_map
            from game.saves.save_list import free_path
            from game.tui.lesson import lesson
            from game.tui.screens.title_screen import FIRST_MAP, FIRST_STATE, LESSON

            campaign = Campaign.new(
                load_map(FIRST_MAP),
                player=FIRST_STATE,
                seed=lesson.SEED,
                difficulty=lesson.DIFFICULTY,
                turns=lesson.TURNS,
                doctrines=lesson.DOCTRINES,
            )
            self.saves.mkdir(parents=True, exist_ok=True)
            name = campaign.atlas.name(FIRST_STATE)
            campaign.save(free_path(self.saves, LESSON, name))
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
        """Make a campaign in a thread, then open its screen above the title screen."""
        try:
            campaign = await asyncio.to_thread(make)
        except (PlayerMessage, OSError) as problem:
            notify(self, problem, severity="error", timeout=15)
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        from game.words.revision_words import revision_words

        if note := revision_words(campaign.history):
            notify(self, note, timeout=12)
        if campaign.player is None:
            campaign.file.release()
            self.push_screen(screen("debrief", campaign))
            return
        self.push_screen(screen("campaign", campaign))
        # Objects that exist now stay in use, so the garbage collector need not examine them again;
        # with them a full collection takes 40 ms and would be felt.
        gc.collect()
        gc.freeze()
        if not campaign.history.turns and not campaign.pending and not campaign.questions():
            self.push_screen(screen("briefing", campaign))

    @work(group="prepare", exclusive=True)
    async def prepare_dialogs(self) -> None:
        """Read the code and the style of what comes at a turn's end; it then opens sooner."""
        kinds = await asyncio.to_thread(lambda: [screen_class(name) for name in COMING])
        paths = {path for kind in kinds for path in style_paths(kind)}
        unread = [path for path in sorted(paths) if not self.stylesheet.has_source(str(path), "")]
        for path in unread:
            self.stylesheet.read(path)
        if unread:
            self.stylesheet.reparse()

    # keys

    async def on_event(self, event: events.Event) -> None:
        """Ignore a key that was pressed before the screen was drawn that it would now reach."""
        if not (isinstance(event, events.Key) and self._comes_too_early(event)):
            await super().on_event(event)

    def _comes_too_early(self, event: events.Key) -> bool:
        top = self.screen_stack[-1] if self.screen_stack else None
        meant = event.key in ALWAYS
        return not meant and isinstance(top, OneDismissal) and not top.counts(event)

    async def action_copy_or_quit(self) -> None:
        """Copy the text that is selected with the mouse; leave the game where none is.

        In a browser the key only copies: nobody ends a page with it.
        """
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
            self.screen.clear_selection()
            again = "." if self.is_web else "; ctrl+c again leaves the game."
            notify(self, f"Copied what was selected{again}", timeout=4)
        elif self.is_web:
            notify(self, "Select text with the mouse to copy it; escape leaves.", timeout=4)
        else:
            await self.run_action("quit")

    # what is written to the terminal

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Write an update of a screen; of one of its parts only the cells that changed."""
        if isinstance(renderable, ChopsUpdate):
            renderable = ChangedCells(renderable, self._shown)
        elif isinstance(renderable, LayoutUpdate):
            renderable = WholeScreen(renderable, self._shown)
        super()._display(screen, renderable)

    def action_repaint(self) -> None:
        """Write the whole screen anew, where something else wrote to the terminal."""
        self._shown.forget()
        self.screen.refresh(layout=True)

    # leaving

    async def run_async(self, *arguments: Any, **options: Any) -> None:
        """Run until it is left; a debrief that is still worked out is not waited for.

        All is saved by then, and the terminal restored.
        """
        try:
            await super().run_async(*arguments, **options)
        finally:
            last = threading.Timer(MOST_WAITING, _end, [self.return_code or 0])
            last.daemon = True
            last.start()

    async def action_quit(self) -> None:
        """Leave; what was ordered is on disk before, and a turn that is being played is waited for.

        Where it cannot be written, that is said once the terminal is restored.
        """
        problem = await self._save_before_leaving()
        if problem is None:
            self.exit()
        else:
            self.exit(return_code=1, message=Text(str(problem)))

    async def _save_before_leaving(self) -> Exception | None:
        """Write what is not on disk yet; what kept it from being written, if anything did."""
        from game.files.file_problems import SaveProblem

        for one in self.screen_stack:
            driver = getattr(one, "driver", None)
            if driver is not None:
                try:
                    await asyncio.to_thread(driver.save_before_leaving)
                except SaveProblem as problem:
                    return problem
        return None

    def _listen_for_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in self.SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                # Windows has no such handlers, and only the main thread may set them.
                with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
                    loop.add_signal_handler(number, self._leave_on_signal, int(number))
        if SERVER in os.environ:
            self.set_interval(1.0, self._leave_if_server_is_gone)
        elif self._driver is not None and not self._driver.is_headless and sys.stdin.isatty():
            self.set_interval(1.0, self._leave_if_terminal_is_gone)

    def _leave_on_signal(self, number: int) -> None:
        async def leave() -> None:
            problem = await self._save_before_leaving()
            message = Text(str(problem)) if problem is not None else None
            # Where the terminal is gone, nothing takes what is still to be written, and the usual
            # end would wait for it for ever.
            last = threading.Timer(MOST_LEAVING, os._exit, [128 + number])
            last.daemon = True
            last.start()
            self.exit(return_code=128 + number, message=message)

        self._leaving = asyncio.ensure_future(leave())

    def _leave_if_terminal_is_gone(self) -> None:
        """Who closed the terminal need not have told the game: nobody can see it any more."""
        # A terminal that is gone is always ready, to say that it hung up.
        with contextlib.suppress(AttributeError, OSError, ValueError):
            asked = select.poll()
            asked.register(sys.stdin.fileno(), 0)
            if self._leaving is None and asked.poll(0):
                self._leave_on_signal(signal.SIGHUP)

    async def _leave_if_server_is_gone(self) -> None:
        """A game in a browser ends with the server that began it: nobody can see it any more."""
        if os.environ[SERVER] != str(os.getppid()):
            await self._save_before_leaving()
            # Nothing can be written to the server any more, not even that the game ends.
            os._exit(1)

    # faults of the program

    def _handle_exception(self, error: Exception) -> None:
        """Handle an internal error, except a missing widget while the application is closing.

        Widgets are removed one by one then, and a screen that is still opening may not find one.
        """
        if not (isinstance(error, NoMatches) and (self._exit or not self.is_running)):
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

        campaign = next((one for one in self._campaigns() if one is not None), None)
        log = write_crash_log(error, about=_about(campaign))
        said = ["The game met a fault of its own and had to stop"]
        for campaign in self._campaigns():
            if campaign is not None and campaign.file.path is not None:
                try:
                    campaign.save()
                    held = f"saved with its orders at turn {campaign.turn} ({campaign.date})"
                except Exception:  # a fault may not bring a second one
                    held = "as it was when it was last saved"
                said.append(f"the campaign is {held} in {place_of(campaign.file.path)}")
                break
        where = f"the details are in {place_of(log)}" if log else ""
        said.append(where or "the details could not be written down")
        return "; ".join(said) + "."

    def _campaigns(self) -> list[Any]:
        """Of every screen above the title, the last opened first: its campaign, or None."""
        return [getattr(one, "campaign", None) for one in self.screen_stack][:0:-1]


def _end(status: int) -> None:
    """End the process, whatever its threads do."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _about(campaign: Any) -> dict[str, object]:
    """What a report of a fault says of the campaign: all that is needed to play it again."""
    if campaign is None:
        return {}
    try:
        last = campaign.history.turns[-1].orders.get(campaign.player, ()) if campaign.player else ()
        return {
            "map": campaign.setup.map.id,
            "seed": campaign.setup.seed,
            "begun under engine revision": campaign.setup.engine_revision,
            "played as": campaign.player or "nobody",
            "turn": campaign.turn,
            "orders of this turn": list(campaign.pending),
            "orders of the last turn": list(last),
        }
    except Exception:  # a fault may not bring a second one
        return {}


def run_app(intent: Intent | None = None) -> int:
    """Run the game. Returns the exit status: 0, or 1 after an internal error."""
    app = RealpolitikApp(intent)
    app.run()
    return app.return_code or 0
