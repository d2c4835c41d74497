"""The maps: a list with previews and problems. Maps with errors are listed too."""

import asyncio
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.files.user_maps import make_folder, user_maps_folder
from game.maps.check import check_file
from game.maps.find import ids_in, maps_folder
from game.maps.map_draft import copied
from game.maps.map_problem import Problem
from game.messages import PlayerMessage
from game.tui.map_overview import MapOverview, Unplayable, map_overview
from game.tui.map_view import MapView
from game.tui.safe_text import fit, line, lines, notify, plain
from game.tui.screen_registry import screen
from game.tui.screens.card_base import Card
from game.tui.snapshot import preview
from game.tui.widgets.list_with_ends import ListWithEnds

NAME = 20


class MapsScreen(Card[None]):
    """Lists all maps and checks each when it opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "play", "Play it"),
        Binding("d", "draw", "Draw"),
        Binding("c", "check", "Check again"),
        Binding("f", "folder", "Folder"),
    ]
    paged = "#about"

    about = (
        "A map is a JSON file. Put yours in your own folder (f opens it), or name its path: "
        "realpolitik play FILE. Every problem is listed with its line and what to do; a broken map "
        "stays in the list until it is mended; c reads the files again. d opens the editor, in "
        "which provinces are painted and changed; of a shipped map it makes a copy of your own."
    )

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folders = [folder] if folder is not None else [maps_folder(), user_maps_folder()]
        self._paths: dict[str, Path] = {}
        self._ids: list[str] = []
        self._problems: dict[str, list[Problem]] = {}
        self._prospects: dict[str, MapOverview | Unplayable] = {}

    def heading(self) -> str:
        """Where they are."""
        return f"Maps in {' and '.join(str(folder) for folder in self._folders)}"

    def body(self) -> ComposeResult:
        """The list, and the marked map."""
        with Horizontal(id="halves"):
            yield ListWithEnds(id="maps", markup=False)
            with Vertical(id="map"):
                yield MapView(id="preview", live=False)
                with VerticalScroll(id="about", can_focus=False):
                    yield Static(id="words", markup=False)

    def buttons(self) -> ComposeResult:
        """Play, check, open the folder, close."""
        yield Button("Play it", id="play", variant="primary", compact=True)
        yield Button("Check again", id="check", compact=True)
        yield Button("Open the folder", id="folder", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """List the maps, then check them."""
        self.query_one("#preview").display = False
        self.action_check()

    def _list_files(self) -> dict[str, Path]:
        """The maps by what they are played as: an id, or a path where the id is taken."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            for name in ids_in(folder):
                path = folder / f"{name}.json"
                by_id = name not in found and len(self._folders) > 1
                found[name if by_id else str(path)] = path
        return found

    def action_check(self) -> None:
        """Read the folder again and check every map in it."""
        marked = self._marked
        self._paths = self._list_files()
        self._ids = list(self._paths)
        self._problems.clear()
        self._prospects.clear()
        listed = self.query_one("#maps", OptionList)
        listed.clear_options()
        listed.add_options(Option(self._row(map)) for map in self._ids)
        listed.highlighted = self._ids.index(marked) if marked in self._ids else 0
        listed.focus()
        if not self._ids:
            self.set_text("words", "There is no map in this folder.")
        self._check_all()

    @work(group="check", exclusive=True)
    async def _check_all(self) -> None:
        for index, map in enumerate(list(self._ids)):
            path = self._paths[map]
            self._problems[map] = await asyncio.to_thread(check_file, path)
            if not any(one.severity == "error" for one in self._problems[map]):
                self._prospects[map] = await asyncio.to_thread(map_overview, str(path))
            listed = self.query_one("#maps", OptionList)
            if index < listed.option_count:
                listed.replace_option_prompt_at_index(index, self._row(map))
            if map == self._marked:
                self._show()

    @property
    def _marked(self) -> str:
        index = self.query_one("#maps", OptionList).highlighted
        return "" if index is None or index >= len(self._ids) else self._ids[index]

    def _row(self, map: str) -> Content:
        problems = self._problems.get(map)
        name = fit(self._paths[map].stem, NAME)
        if problems is None:
            return line(("… ", "$text-muted"), name)
        errors = sum(one.severity == "error" for one in problems)
        if errors:
            return line(
                ("✗ ", "$text-error"),
                name,
                (f" {errors} wrong", "$text-error"),
            )
        if problems:
            doubts = f" {len(problems)} to note"
            return line(("! ", "$text-warning"), name, (doubts, "$text-warning"))
        return line(("✓ ", "$text-success"), name, (" good", "$text-muted"))

    def on_option_list_option_highlighted(self) -> None:
        """Show the marked map."""
        self._show()

    def _show(self) -> None:
        found = self._prospects.get(self._marked)
        view = self.query_one("#preview", MapView)
        view.display = isinstance(found, MapOverview)
        rows: list[Content] = []
        if isinstance(found, MapOverview):
            view.show(preview(found.world))
            rows.append(line((found.title, "bold $text-accent"), f"  {found.summary}"))
            rows += [plain(found.description), plain("")]
        elif isinstance(found, Unplayable):
            rows.append(plain(found.sentence, "$text-warning"))
        problems = self._problems.get(self._marked)
        if problems is None:
            rows.append(plain("Checking…", "$text-muted"))
        elif problems:
            rows.append(plain("What the check found, errors first", "bold"))
            ranked = sorted(problems, key=lambda one: one.severity != "error")
            rows += [_problem(one) for one in ranked]
        else:
            rows.append(plain("The check found nothing wrong.", "$text-success"))
        if isinstance(found, MapOverview) and found.briefing:
            rows += [plain(""), plain(found.briefing, "$text-muted")]
        self.set_text("words", lines(*rows))
        self.query_one("#about").scroll_home(animate=False)
        self.query_one("#play", Button).disabled = not isinstance(found, MapOverview)
        self.call_after_refresh(self.refresh_bindings)

    def on_option_list_option_selected(self) -> None:
        """Enter plays it."""
        self.action_play()

    def action_play(self) -> None:
        """A new campaign on the marked map."""
        if not isinstance(self._prospects.get(self._marked), MapOverview):
            self.app.bell()
            return
        from game.tui.app import Intent

        map = self._marked
        app: Any = self.app
        self.dismiss(None)
        app.push_screen(screen("new_campaign", Intent(map=map)))

    def action_draw(self) -> None:
        """Open the editor, on a copy in the player's own folder if the map is a shipped one."""
        path = self._paths.get(self._marked)
        if path is None:
            self.app.bell()
            return
        try:
            if path.parent == maps_folder():
                path = copied(path, self._folders[-1])
            editor = screen("map_editor", path)
        except PlayerMessage as problem:
            notify(self.app, problem, severity="warning", timeout=12)
        except OSError as problem:
            why = problem.strerror or str(problem)
            notify(self.app, f"No copy could be made in {self._folders[-1]}: {why}.")
        else:
            self.app.push_screen(editor, lambda _: self.action_check())

    def action_folder(self) -> None:
        """Show the folder in the desktop's file manager."""
        folder = self._folders[-1]
        make_folder(folder)
        self.app.open_url(folder.resolve().as_uri())


def _problem(one: Problem) -> Content:
    """A problem with its position and a hint."""
    sign = ("✗ ", "$text-error") if one.severity == "error" else ("! ", "$text-warning")
    where = f"line {one.line}: " if one.line else ""
    hint = f" ({one.hint})" if one.hint else ""
    path = f"{one.path} " if one.path else ""
    return line(sign, (where + path, "$text-muted"), one.message, (hint, "$text-muted"))
