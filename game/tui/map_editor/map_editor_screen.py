"""The editor of maps: provinces are painted, owned, joined and bound, and every change is checked.

What a change means is in `game.maps.map_edits`; here it is asked for and shown.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from game.maps import map_edits
from game.maps.check import Checked
from game.maps.map_draft import ChangedOnDisk, MapDraft
from game.maps.map_edits import Cell
from game.maps.map_warnings import differing_states
from game.messages import PlayerMessage
from game.tui.map_editor.cell_grid import CellGrid
from game.tui.map_editor.editor_cards import (
    NameCard,
    ProvinceCard,
    StateCard,
    TreatiesCard,
    TreatyCard,
    brush_words,
    states_of,
)
from game.tui.one_dismissal import OneDismissal
from game.tui.safe_text import line, lines, notify, place_of, plain
from game.tui.screen_registry import screen
from game.tui.widgets.fields import PickList
from game.world.map_document import MapDoc

PROBLEMS_SHOWN = 8
HELP = (
    "Arrows move; shift and an arrow, or a drag of the mouse, paint with the brush; Space paints "
    "one cell, f fills the whole area. b chooses the brush from the legend, p takes what is under "
    "the cursor. n makes a new province here, N a new state; d deletes the province under the "
    "cursor and draws its cells with the brush. o gives it to another state, c makes it its "
    "owner's capital, j marks one end of a strait and at another province makes it, or takes it "
    "away. Enter shows its figures, i those of its owner, t the treaties. u takes back, U does "
    "again, w writes the file; what was there before stays beside it as .bak. On the right every "
    "problem that maps check finds is told at once, and in how many states the two theories point "
    "at different rivals."
)


class MapEditor(OneDismissal[None]):
    """One map on the screen. Dismisses when it is left."""

    CSS_PATH = "map_editor.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as in its base)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "paint", "Paint"),
        Binding("b", "brush", "Brush"),
        Binding("n", "province", "New"),
        Binding("o", "owner", "Owner"),
        Binding("enter", "figures", "Figures", key_display="⏎"),
        Binding("u", "undo", "Undo"),
        Binding("w,ctrl+s", "write", "Write", key_display="w"),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("escape,q", "leave", "Leave", key_display="esc"),
        Binding("f", "fill", "Fill"),
        Binding("c", "capital", "Capital"),
        Binding("j", "strait", "Strait"),
        Binding("t", "treaties", "Treaties"),
        Binding("p", "pick", "Pick", show=False),
        Binding("U", "redo", "Redo", show=False),
        Binding("N", "state", "New state", show=False),
        Binding("i", "state_figures", "State", show=False),
        Binding("d,delete", "delete", "Delete", show=False),
    ]

    def __init__(self, path: Path) -> None:
        """Raises MapProblems for a file that is no map."""
        super().__init__()
        self.draft = MapDraft(path)
        self.brush = next(iter(self.draft.doc.legend))
        self._strait_from: str | None = None
        self._checked: Checked | None = None

    @property
    def doc(self) -> MapDoc:
        """The map as it stands."""
        return self.draft.doc

    def compose(self) -> ComposeResult:
        """The grid, and what is to be known of the cell and of the map."""
        yield Static(id="title", markup=False)
        with Horizontal(id="halves"):
            yield CellGrid(self.doc, id="grid")
            with Vertical(id="side"):
                yield Static(id="cell", markup=False)
                with VerticalScroll(id="checked", can_focus=False):
                    yield Static(id="problems", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the map, and check it."""
        self.query_one(CellGrid).focus()
        self._show()

    @property
    def here(self) -> Cell:
        """The cell under the cursor."""
        return self.query_one(CellGrid).cursor

    @property
    def province(self) -> str | None:
        """The province under the cursor; None at sea."""
        return map_edits.province_at(self.doc, *self.here)

    # what is shown

    def _show(self) -> None:
        """Everything anew, after a change."""
        if self.brush not in self.doc.legend:
            self.brush = next(iter(self.doc.legend))
        grid = self.query_one(CellGrid)
        grid.marked = self._strait_from
        grid.show(self.doc)
        unsaved = "  · not written yet" if self.draft.unsaved else ""
        self.query_one("#title", Static).update(
            line(
                (self.doc.title, "bold $text-accent"),
                (f"  {place_of(self.draft.path)}", "$text-muted"),
                (unsaved, "$text-warning"),
            )
        )
        self._show_cell()
        self._check()

    def on_cell_grid_moved(self) -> None:
        """Tell of the cell."""
        self._show_cell()

    def _show_cell(self) -> None:
        doc, province = self.doc, self.province
        row, column = self.here
        key = map_edits.cells_of(doc)[row][column]
        rows = [
            line((f"row {row + 1}, column {column + 1}", "$text-muted")),
            line((brush_words(doc, key), "bold"), (f"  {key}", "$text-accent")),
        ]
        if province is not None:
            place = doc.provinces[province]
            owner = doc.states[place.owner].name if place.owner in doc.states else "nobody"
            capital = any(state.capital == province for state in doc.states.values())
            rows.append(plain(f"{owner} · {place.terrain}{' · capital' if capital else ''}"))
            figures = (("population", place.population), ("industry", place.industry))
            told = [f"{name} {value:g}" for name, value in figures if value is not None]
            rows.append(plain(", ".join(told) or "figures: its owner's mean", "$text-muted"))
            joined = [b if a == province else a for a, b in doc.straits if province in (a, b)]
            if joined:
                names = ", ".join(map_edits.name_of(doc, other) for other in joined)
                rows.append(plain(f"strait to {names}", "$text-muted"))
        if self._strait_from is not None:
            begun = map_edits.name_of(doc, self._strait_from)
            rows.append(plain(f"A strait from {begun}: j at its other end", "$text-warning"))
        brush = brush_words(doc, self.brush)
        rows.append(line(("Brush  ", "$text-muted"), f"{self.brush}  {brush}"))
        self.query_one("#cell", Static).update(lines(*rows))

    @work(group="check", exclusive=True)
    async def _check(self) -> None:
        """Check the map in a thread, and tell what was found."""
        doc = self.doc
        found = await asyncio.to_thread(self.draft.checked)
        apart = await asyncio.to_thread(differing_states, found.doc) if found.doc else {}
        if doc is self.doc:
            self._checked = found
            self.query_one("#problems", Static).update(_told(found, doc, apart))

    # changes

    def _change(self, make: Callable[[], MapDoc]) -> bool:
        """Make a change and show it; a refusal is told. Whether it was made."""
        try:
            changed = self.draft.change(make())
        except PlayerMessage as refused:
            notify(self.app, refused, severity="warning")
            self.app.bell()
            return False
        if changed:
            self._show()
        return changed

    def _taking(self, make: Callable[[Mapping[str, Any]], MapDoc]) -> Callable[..., None]:
        """A change that a card asks for: what is refused is told in the card."""

        def attempt(stated: Mapping[str, Any]) -> None:
            if self.draft.change(make(stated)):
                self._show()

        return attempt

    def on_cell_grid_painted(self, event: CellGrid.Painted) -> None:
        """Paint what the cursor went over."""
        self._change(lambda: map_edits.painted(self.doc, event.cells, self.brush))

    def action_paint(self) -> None:
        """Paint the cell."""
        self._change(lambda: map_edits.painted(self.doc, [self.here], self.brush))

    def action_fill(self) -> None:
        """Paint the whole area."""
        self._change(
            lambda: map_edits.painted(self.doc, map_edits.area(self.doc, *self.here), self.brush)
        )

    def action_pick(self) -> None:
        """Take what is under the cursor as the brush."""
        row, column = self.here
        self.brush = map_edits.cells_of(self.doc)[row][column]
        self._show_cell()

    def action_brush(self) -> None:
        """Choose the brush from the legend."""
        keys = list(self.doc.legend)
        words = [f"{key}  {brush_words(self.doc, key)}" for key in keys]

        def take(index: int | None) -> None:
            if index is not None:
                self.brush = keys[index]
                self._show_cell()

        self.app.push_screen(PickList("Brush", words, keys.index(self.brush)), take)

    def action_owner(self) -> None:
        """Choose who owns the province."""
        province = self._land()
        if province is None:
            return
        choices = states_of(self.doc)
        ids = [id for id, _ in choices]
        owner = self.doc.provinces[province].owner
        name = map_edits.name_of(self.doc, province)

        def take(index: int | None) -> None:
            if index is not None:
                self._change(lambda: map_edits.with_owner(self.doc, province, ids[index]))

        now = ids.index(owner) if owner in ids else 0
        words = [words for _, words in choices]
        self.app.push_screen(PickList(f"Who owns {name}?", words, now), take)

    def action_capital(self) -> None:
        """Make the province its owner's capital."""
        province = self._land()
        if province is not None:
            self._change(lambda: map_edits.with_capital(self.doc, province))

    def action_strait(self) -> None:
        """Mark one end of a strait, or make it to the marked one."""
        province = self._land()
        if province is None:
            return
        start, self._strait_from = self._strait_from, None
        if start is None:
            self._strait_from = province
        elif start in self.doc.provinces:
            self._change(lambda: map_edits.with_strait(self.doc, start, province))
        self._show()

    def action_province(self) -> None:
        """A new province, of which this cell is the first."""
        here, province = self.here, self.province
        owner = self.doc.provinces[province].owner if province is not None else None

        def make(stated: Mapping[str, Any]) -> MapDoc:
            made = map_edits.with_province(self.doc, stated["name"] or "", stated["owner"], here)
            self.brush = map_edits.cells_of(made)[here[0]][here[1]]
            return made

        owners = states_of(self.doc)
        self.app.push_screen(NameCard("A new province", self._taking(make), owners, owner))

    def action_state(self) -> None:
        """A new state, whose land is the province under the cursor."""
        province = self._land()
        if province is None:
            return
        name = map_edits.name_of(self.doc, province)
        self.app.push_screen(
            NameCard(
                f"A new state in {name}",
                self._taking(
                    lambda stated: map_edits.with_state(self.doc, stated["name"] or "", province)
                ),
            )
        )

    def action_delete(self) -> None:
        """Delete the province; its cells are drawn with the brush."""
        province = self._land()
        if province is not None:
            self._change(lambda: map_edits.without_province(self.doc, province, self.brush))

    def action_figures(self) -> None:
        """The province's figures."""
        province = self._land()
        if province is None:
            return

        def make(stated: Mapping[str, Any]) -> MapDoc:
            rest = {field: value for field, value in stated.items() if field != "owner"}
            changed = map_edits.with_province_changed(self.doc, province, rest)
            return map_edits.with_owner(changed, province, stated["owner"])

        self.app.push_screen(ProvinceCard(self.doc, province, self._taking(make)))

    def action_state_figures(self) -> None:
        """The figures of the state that owns the province."""
        province = self._land()
        owner = None if province is None else self.doc.provinces[province].owner
        if owner is None or owner not in self.doc.states:
            if province is not None:
                notify(self.app, "Nobody owns this province; o gives it an owner.")
            return
        self.app.push_screen(
            StateCard(
                self.doc,
                owner,
                self._taking(lambda stated: map_edits.with_state_changed(self.doc, owner, stated)),
            )
        )

    def action_treaties(self) -> None:
        """The treaties in force at the start."""
        self.app.push_screen(TreatiesCard(self.doc), self._treaty)

    def _treaty(self, wanted: int | str | None) -> None:
        """Remove a treaty, or ask for a new one; then list them again."""
        if isinstance(wanted, int):
            self._change(lambda: map_edits.without_treaty(self.doc, wanted))
            self.action_treaties()
        elif wanted == "add":
            province = self.province
            first = self.doc.provinces[province].owner if province is not None else None
            attempt = self._taking(lambda stated: map_edits.with_treaty(self.doc, stated))
            self.app.push_screen(
                TreatyCard(self.doc, first, attempt), lambda _: self.action_treaties()
            )

    def _land(self) -> str | None:
        """The province under the cursor; at sea that is told, and there is none."""
        if self.province is None:
            notify(self.app, "There is no province here; move to land, or make one with n.")
        return self.province

    def action_undo(self) -> None:
        """Take the last change back."""
        self._again(self.draft.undo(), "There is nothing to take back.")

    def action_redo(self) -> None:
        """Make it again."""
        self._again(self.draft.redo(), "There is nothing to do again.")

    def _again(self, done: bool, otherwise: str) -> None:
        if done:
            self._show()
        else:
            notify(self.app, otherwise)

    # the file

    def action_write(self) -> None:
        """Write the file."""
        self._write(over=False)

    def _write(self, *, over: bool) -> bool:
        """Whether it is written; if not, why is told, or asked about."""
        try:
            self.draft.write(over=over)
        except ChangedOnDisk as changed:
            buttons = (("over", "Write over it"), ("back", "Back"))
            self.app.push_screen(screen("ask", f"{changed}", buttons), self._answered)
            return False
        except OSError as problem:
            why = problem.strerror or str(problem)
            sentence = f"{place_of(self.draft.path)} could not be written: {why}. Try again."
            notify(self.app, sentence, severity="error", timeout=12)
            return False
        notify(self.app, f"Wrote {place_of(self.draft.path)}.")
        self._show()
        return True

    def _answered(self, answer: str | None) -> None:
        """What the player said to an unwritten or a changed file."""
        if answer == "over":
            self._write(over=True)
        elif answer == "write":
            if self._write(over=False):
                self.dismiss(None)
        elif answer == "discard":
            self.dismiss(None)

    def action_leave(self) -> None:
        """Leave; what is not written is asked about."""
        if self._strait_from is not None:
            self._strait_from = None
            self._show()
        elif self.draft.unsaved:
            sentence = "The changes of this map are not written."
            buttons = (("write", "Write them"), ("discard", "Leave them"), ("back", "Back"))
            self.app.push_screen(screen("ask", sentence, buttons), self._answered)
        else:
            self.dismiss(None)

    def action_help(self) -> None:
        """What the keys do."""
        self.app.push_screen(screen("help", "Editing a map", HELP, keys=False))


def _told(found: Checked, doc: MapDoc, apart: Mapping[str, bool]) -> Content:
    """What the check found, and where the two theories point apart."""
    rows: list[Content] = []
    errors = sum(one.severity == "error" for one in found.problems)
    if found.doc is None:
        rows.append(plain(f"Not playable yet: {errors} wrong", "bold $text-error"))
    else:
        rows.append(plain("Playable", "bold $text-success"))
        differ = [doc.states[state].name for state, differs in apart.items() if differs]
        rows.append(
            plain(
                f"Power and threat point apart for {len(differ)} of {len(apart)} states"
                + (f": {', '.join(differ)}" if differ else "")
            )
        )
    ranked = sorted(found.problems, key=lambda one: one.severity != "error")
    for one in ranked[:PROBLEMS_SHOWN]:
        bad = one.severity == "error"
        hint = f" ({one.hint})" if one.hint else ""
        rows.append(
            line(
                ("✗ " if bad else "! ", "$text-error" if bad else "$text-warning"),
                (f"{one.path} " if one.path else "", "$text-muted"),
                one.message,
                (hint, "$text-muted"),
            )
        )
    if len(ranked) > PROBLEMS_SHOWN:
        rows.append(plain(f"… and {len(ranked) - PROBLEMS_SHOWN} more", "$text-muted"))
    return lines(*rows)
