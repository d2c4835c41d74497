"""A new campaign: map, state, aim, and settings. Pressing Enter only starts a good first game."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from game.advice.aim_words import in_words
from game.files.settings import read_settings
from game.maps.find import RANDOM
from game.tui.map_overview import MapOverview, Unplayable, map_overview
from game.tui.map_view import MapView
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import fit, line, lines, plain
from game.tui.screens.title_screen import FIRST_MAP
from game.tui.snapshot import preview
from game.tui.widgets.list_with_ends import ListWithEnds

if TYPE_CHECKING:
    from game.tui.app import Intent

STEPS = ("Map", "State", "Aim", "Begin")
DIFFICULTIES = {
    "easy": "rivals err more often, and the notebook adds up what you see",
    "normal": "rivals as the theories have them",
    "hard": "rivals err less and want more",
}


class NewCampaignScreen(OneDismissal[None]):
    """Four steps on the left, what is chosen on the right."""

    CSS_PATH = "new_campaign_screen.tcss"
    DEFAULT_CLASSES = "choosing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("r", "draw", "Draw a random map"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as in its base)

    def __init__(self, intent: Intent) -> None:
        super().__init__()
        self._step = 0
        self._map = intent.map or ""
        self._given = self._map
        self._random = _random_map()
        self._state = intent.state or ""
        self._aim = ""
        self._seed = intent.seed
        self._drawn = secrets.randbelow(1_000_000)
        settings = read_settings()
        given = intent.kind == "play"
        self._difficulty = intent.difficulty if given else settings.difficulty
        self._teaching = intent.teaching if given else settings.teaching
        if self._difficulty not in DIFFICULTIES:
            self._difficulty = "normal"
        self._prospects: dict[str, MapOverview | Unplayable] = {}

    def compose(self) -> ComposeResult:
        """Steps, list, preview, words."""
        yield Static(id="steps")
        with Horizontal(id="choice"):
            with Vertical(id="left"):
                yield ListWithEnds(id="list", markup=False)
                yield Input(id="seed", placeholder="seed: a whole number", type="integer")
            with Vertical(id="right"):
                yield MapView(id="preview", live=False)
                with VerticalScroll(id="about", can_focus=False):
                    yield Static(id="words")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first step; a map that was named on the command line is chosen."""
        self.query_one("#seed", Input).display = False
        self._fill()

    # the steps

    @property
    def _prospect(self) -> MapOverview | None:
        found = self._prospects.get(self._map)
        return found if isinstance(found, MapOverview) else None

    def _fill(self) -> None:
        """Write the steps, and the list of the present step."""
        names = [
            (f" {number} {name} ", "bold $text-accent" if number == self._step + 1 else
             "$text-muted")
            for number, name in enumerate(STEPS, start=1)
        ]  # fmt: skip
        self.query_one("#steps", Static).update(
            line(" New campaign   ", *names, ("  enter chooses", ""))
        )
        listed = self.query_one("#list", OptionList)
        rows, chosen = [self._maps, self._states, self._aims, self._rest][self._step]()
        listed.set_options(Option(row, id=id) for id, row in rows)
        ids = [id for id, _ in rows]
        if ids:
            listed.highlighted = ids.index(chosen) if chosen in ids else 0
        listed.focus()
        self.refresh_bindings()

    def _maps(self) -> tuple[list[tuple[str, Content]], str]:
        from game.maps.find import known_ids

        ids = known_ids()
        ids.sort(key=lambda id: (id != FIRST_MAP, id))
        if self._given and self._given not in ids:
            ids.insert(0, self._given)
        ids.append(self._random)
        rows = []
        for id in ids:
            found = self._prospects.get(id)
            title, about = id, " "
            if isinstance(found, MapOverview):
                title, about = found.title, found.summary
            elif isinstance(found, Unplayable):
                about = "cannot be played as it is"
            elif id == self._random:
                title, about = "A random map", f"{id}; r draws another"
            rows.append((id, lines(line((title, "bold")), line((f"  {about}", "$text-muted")))))
        return rows, self._map or FIRST_MAP

    def _states(self) -> tuple[list[tuple[str, Content]], str]:
        found = self._prospect
        if found is None:
            return [], ""
        rows = [
            (seat.id, line((fit(seat.name, 18), "bold"), " ", (seat.hardness, "$text-muted")))
            for seat in found.seats
        ]
        return rows, self._state or rows[0][0]

    def _aims(self) -> tuple[list[tuple[str, Content]], str]:
        found = self._prospect
        if found is None:
            return [], ""
        return [
            (aim.id, line((aim.title, "bold"))) for aim in found.seat(self._state).aims
        ], self._aim

    def _rest(self) -> tuple[list[tuple[str, Content]], str]:
        teaching = "on: doctrines and reasons are open" if self._teaching else "off"
        rows = [
            ("begin", line(("Begin", "bold $text-accent"))),
            ("difficulty", _setting("Difficulty", self._difficulty)),
            ("teaching", _setting("Teaching", teaching)),
            ("seed", _setting("Seed", str(self._seed_in_use()))),
        ]
        return rows, "begin"

    def _seed_in_use(self) -> int:
        """The seed that was entered, or else the drawn one."""
        return self._drawn if self._seed is None else self._seed

    # choosing

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the marked entry."""
        event.stop()
        marked = event.option_id or ""
        if self._step == 0:
            self._look_at(marked)
        elif self._step == 1:
            self._state = marked
            self._show_state()
        elif self._step == 2:
            self._aim = marked
            self._show_aim()
        else:
            self._show_rest(marked)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the marked entry, and go to the next step."""
        event.stop()
        marked = event.option_id or ""
        if self._step == 3:
            self._settle(marked)
            return
        if self._step == 0:
            if marked != self._map or self._prospect is None:
                return
        elif self._step == 1:
            self._state, self._aim = marked, ""
        else:
            self._aim = marked
        self._step += 1
        self._fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A random map can be drawn only in the step of maps."""
        if action == "draw":
            return self._step == 0
        return super().check_action(action, parameters)

    def action_draw(self) -> None:
        """Add another random map to the list, and mark it."""
        self._random = _random_map()
        self._map, self._state, self._aim = self._random, "", ""
        self._fill()

    def action_back(self) -> None:
        """Go a step back; from the first step to the title screen."""
        seed = self.query_one("#seed", Input)
        if seed.display:
            seed.display = False
            self.query_one("#list", OptionList).focus()
        elif self._step == 0:
            self.dismiss(None)
        else:
            self._step -= 1
            self._fill()

    def _settle(self, what: str) -> None:
        if what == "difficulty":
            names = list(DIFFICULTIES)
            self._difficulty = names[(names.index(self._difficulty) + 1) % len(names)]
        elif what == "teaching":
            self._teaching = not self._teaching
        elif what == "seed":
            entry = self.query_one("#seed", Input)
            entry.display = True
            entry.value = str(self._seed_in_use())
            entry.focus()
            return
        else:
            app: Any = self.app
            app.begin(
                self._map,
                self._state,
                seed=self._seed_in_use(),
                aim=self._aim or None,
                teaching=self._teaching,
                difficulty=self._difficulty,
            )
            return
        index = ["begin", "difficulty", "teaching", "seed"].index(what)
        self._fill()
        self.query_one("#list", OptionList).highlighted = index

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Use the seed that was entered."""
        event.stop()
        if event.value.strip().lstrip("-").isdigit():
            self._seed = abs(int(event.value))
        event.input.display = False
        self._fill()
        self.query_one("#list", OptionList).highlighted = 3

    # what is shown on the right

    def _look_at(self, map: str) -> None:
        if map != self._map:
            self._map, self._state, self._aim = map, "", ""
        if map in self._prospects:
            self._show_map()
        else:
            self.query_one("#words", Static).update(plain("Reading the map …", "$text-muted"))
            self._read(map)

    @work(group="read", exclusive=True)
    async def _read(self, map: str) -> None:
        from game.maps.find import known_ids

        for one in dict.fromkeys((map, *known_ids())):
            if one in self._prospects:
                continue
            self._prospects[one] = await asyncio.to_thread(map_overview, one)
            if self._step == 0:
                self._fill()

    def _show_map(self) -> None:
        found = self._prospects[self._map]
        view = self.query_one(MapView)
        if isinstance(found, Unplayable):
            view.display = False
            self._say(plain(found.sentence, "$text-warning"))
            return
        view.display = True
        view.show(preview(found.world))
        self._say(
            line((found.title, "bold $text-accent"), f"   {found.summary}"),
            plain(found.description),
            Content(""),
            plain(found.briefing, "$text-muted"),
        )

    def _show_state(self) -> None:
        found = self._prospect
        if found is None or not self._state:
            return
        seat = found.seat(self._state)
        view = self.query_one(MapView)
        view.show(preview(found.world, seat.id))
        view.select(seat.id)
        view.spotlight = True
        self._say(
            line((seat.name, "bold $text-accent"), f"   {seat.leader}"),
            plain(seat.position),
            plain(f"To lead it is {seat.hardness}, going by how safe it stands at the start."),
        )

    def _show_aim(self) -> None:
        found = self._prospect
        if found is None or not self._aim:
            return
        aim = next((aim for aim in found.seat(self._state).aims if aim.id == self._aim), None)
        if aim is not None:
            self._say(
                line((aim.title, "bold $text-accent")),
                plain(in_words(aim, found.world.atlas)),
                plain("Half of the score is the aim; a quarter is security, a quarter is "
                      "insight: how early and how well your notebook knew what the others fear.",
                      "$text-muted"),
            )  # fmt: skip

    def _show_rest(self, marked: str) -> None:
        about = {
            "begin": "Everything is set. The first turn waits for you.",
            "difficulty": DIFFICULTIES[self._difficulty],
            "teaching": "Doctrines and reasons are open, and insight is not scored.",
            "seed": "The same seed and the same orders give the same campaign.",
        }
        found = self._prospect
        name = found.seat(self._state).name if found is not None else ""
        head = f"{name}, {found.title}" if found is not None else ""
        self._say(line((head, "bold $text-accent")), plain(about.get(marked, "")))

    def _say(self, *rows: Content) -> None:
        self.query_one("#words", Static).update(lines(*rows))
        self.query_one("#about").scroll_home(animate=False)


def _setting(label: str, value: str) -> Content:
    return line((fit(label, 12), "bold"), (value, "$text-muted"))


def _random_map() -> str:
    """The name of a random map, with a random seed."""
    return f"{RANDOM}{secrets.randbelow(1_000_000)}"
