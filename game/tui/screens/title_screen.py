"""The title screen: continue, new campaign, first game, saves, maps and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import fit, line, notify, plain
from game.tui.screen_registry import screen
from game.tui.widgets.list_with_ends import ListWithEnds

if TYPE_CHECKING:
    from game.saves.save_list import SaveEntry

NAME = "R E A L P O L I T I K"
LINE = "They fear the strongest, or they fear the threatening.\nThey will not tell you which."
KEYS = (("enter", "choose"), ("c", "continue"), ("n", "new"), ("l", "load"), ("?", "help"),
        ("q", "quit"))  # fmt: skip
FIRST_MAP, FIRST_STATE = "five-crowns", "ALD"
"""The map and the state of the lesson, and the map that is listed first."""
LESSON = "lesson"
"""How the names of the lesson's saves begin."""


class TitleScreen(OneDismissal[None]):
    """The first screen, and the one under every other. Its style is the application's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "pick('continue')", "Continue", show=False),
        Binding("n", "pick('new')", "New campaign"),
        Binding("l", "pick('load')", "Load"),
        Binding("question_mark", "pick('help')", "Help", key_display="?"),
        Binding("q", "pick('quit')", "Quit", key_display="q"),
        Binding("escape", "leave", "Quit", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._last: SaveEntry | None = None
        self._lesson: SaveEntry | None = None

    def compose(self) -> ComposeResult:
        """The name, what it is about, the list."""
        with Vertical(id="title-card"):
            yield Static(plain(NAME, "bold"), id="title-name")
            yield Static(plain(LINE), id="title-line")
            yield ListWithEnds(id="title-list", markup=False)
        yield Static(id="title-keys")

    def on_mount(self) -> None:
        """Find the last campaign."""
        self._fill()

    def on_screen_resume(self) -> None:
        """Find the last campaign again; there may be another one now."""
        self._fill()

    def _fill(self) -> None:
        from game.saves.save_list import list_saves

        folder = self.app.saves  # type: ignore[attr-defined]
        entries = [entry for entry in list_saves(folder) if entry.header is not None]
        going = [entry for entry in entries if entry.header and not entry.header.over]
        self._last = going[0] if going else None
        self._lesson = next((one for one in going if one.name.startswith(LESSON)), None)
        rows = [
            ("new", "New campaign", "choose a map and a state"),
            ("learn", "Learn in ten minutes", _lesson_words(self._lesson)),
            ("load", "Load", _count(len(entries), "save")),
            ("maps", "Maps", "look at them, check them"),
            ("debriefs", "Debriefs", _count(len(entries) - len(going), "finished campaign")),
            ("laboratory", "Laboratory", "many campaigns at once"),
            ("settings", "Settings", "colours, difficulty"),
            ("quit", "Quit", ""),
        ]
        if self._last is not None and self._last.header is not None:
            header = self._last.header
            about = f"{header.state or header.title}, {header.date}, turn {header.turn}"
            rows.insert(0, ("continue", "Continue", about))
        self.query_one("#title-keys", Static).update(_keys(self._last is not None))
        listed = self.query_one("#title-list", OptionList)
        before = listed.highlighted
        marked = listed.get_option_at_index(before).id if before is not None else None
        listed.set_options(
            Option(line((fit(label, 23), "bold"), (about, "$text-muted")), id=id)
            for id, label, about in rows
        )
        ids = [id for id, _, _ in rows]
        first = "continue" if "continue" in ids else "new"
        listed.highlighted = ids.index(marked if marked in ids[1:] else first)
        listed.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        event.stop()
        self.action_pick(event.option_id or "")

    def action_pick(self, what: str) -> None:
        """Do what was chosen."""
        app: Any = self.app
        if what == "continue" and self._last is None:
            notify(app, "There is no campaign to continue: n begins one.", timeout=4)
        elif what == "continue" and self._last is not None:
            app.load(self._last.path)
        elif what == "learn":
            self._learn()
        elif what == "new":
            app.push_screen(screen("new_campaign", app.intent))
        elif what == "load":
            app.push_screen(screen("saves"))
        elif what == "debriefs":
            app.push_screen(screen("saves", finished=True))
        elif what == "help":
            app.push_screen(screen("help"))
        elif what == "quit":
            app.exit()
        elif what in ("maps", "laboratory", "settings"):
            self._open(what)

    def action_leave(self) -> None:
        """Ask before the program is left: the same key closes everything else."""

        def take(chosen: str | None) -> None:
            if chosen == "quit":
                self.app.exit()

        buttons = [("stay", "Stay"), ("quit", "Quit")]
        self.app.push_screen(screen("ask", "Quit the game?", buttons), take)

    def _learn(self) -> None:
        """Begin the lesson; where one was left, ask whether to go on with it."""
        app: Any = self.app
        left = self._lesson
        if left is None:
            app.begin_lesson()
            return

        def take(chosen: str | None) -> None:
            if chosen == "go_on":
                app.load(left.path)
            elif chosen == "anew":
                app.begin_lesson()

        buttons = [("go_on", "Go on with it"), ("anew", "Begin anew")]
        app.push_screen(screen("ask", "You left the lesson on the way.", buttons), take)

    def _open(self, what: str) -> None:
        try:
            opened = screen(what)
        except ModuleNotFoundError:
            notify(self.app, f"The {what} is not part of this version.")
            return
        self.app.push_screen(opened)


def _lesson_words(left: SaveEntry | None) -> str:
    if left is None or left.header is None:
        return "a lesson: one new thing a turn"
    return f"a lesson: left at turn {left.header.turn}"


def _keys(going: bool) -> Content:
    """The keys; "continue" only where there is a campaign to go on with."""
    parts: list[tuple[str, str]] = []
    for key, label in KEYS:
        if going or label != "continue":
            parts += [(f"  {key} ", "bold $text-accent"), (label, "$text-muted")]
    return line(*parts)


def _count(number: int, noun: str) -> str:
    if number == 0:
        return "none yet"
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
