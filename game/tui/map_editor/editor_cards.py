"""The cards of the editor: figures of a province or a state, names of new ones, treaties."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from game.maps.map_edits import name_of
from game.messages import PlayerMessage
from game.tui.safe_text import plain
from game.tui.screens.card_base import Card
from game.tui.widgets.fields import LABEL_WIDTH, Choice, ChoiceField, SliderField, SwitchField
from game.tui.widgets.list_with_ends import ListWithEnds
from game.world.map_document import MapDoc, Terrain
from game.world.orders import OBLIGATIONS

Attempt = Callable[[Mapping[str, Any]], None]
"""A function that makes the change of a card; raises PlayerMessage if it cannot be made."""
NOBODY = "nobody"


class EditCard(Card[bool]):
    """A form; what it says is tried when it is confirmed, and a refusal is told in the form.

    Dismisses with True if the change was made.
    """

    CSS_PATH = "../screens/card_base.tcss"
    DEFAULT_CSS = """
    EditCard .text-field { height: 1; width: 1fr; }
    EditCard .field-label { padding: 0 0 0 2; color: $text-muted; }
    EditCard .text-field Input { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "confirm", "Take it", priority=True),
    ]
    about = "Tab and the arrows go from field to field, Enter in a text takes the form, Esc leaves."

    def __init__(self, title: str, attempt: Attempt) -> None:
        super().__init__()
        self._title, self._attempt = title, attempt

    def heading(self) -> str:
        """What is edited."""
        return self._title

    def pinned(self) -> ComposeResult:
        """What is wrong with it."""
        yield Static(classes="refused", id="refused", markup=False)

    def buttons(self) -> ComposeResult:
        """Take it, or leave."""
        yield Button("Take it", id="confirm", variant="primary", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query("Input, Field").first().focus()

    def written(self) -> dict[str, Any]:
        """What the fields say; empty texts are left out (None)."""
        texts = {field.id or "": field.value.strip() or None for field in self.query(Input)}
        chosen = {field.id or "": field.value for field in self.query(ChoiceField)}
        return {**texts, **chosen}

    def action_confirm(self) -> None:
        """Try the change."""
        try:
            self._attempt(self.written())
        except PlayerMessage as refused:
            self.set_text("refused", f"✗ {refused}")
            self.app.bell()
        else:
            self.dismiss(True)

    def on_input_submitted(self) -> None:
        """Enter takes the form."""
        self.action_confirm()


def text_field(label: str, id: str, value: object = None, hint: str = "") -> Horizontal:
    """A labelled line of text."""
    text = "" if value is None else str(value)
    shown = Static(plain(label), classes="field-label")
    shown.styles.width = LABEL_WIDTH + 2
    return Horizontal(
        shown, Input(text, id=id, placeholder=hint, compact=True), classes="text-field"
    )


def states_of(doc: MapDoc) -> list[Choice]:
    """Every state as a choice, and nobody."""
    return [(None, NOBODY), *((id, state.name) for id, state in doc.states.items())]


class ProvinceCard(EditCard):
    """A province's name, owner and figures."""

    def __init__(self, doc: MapDoc, province: str, attempt: Attempt) -> None:
        super().__init__(f"Province {province}", attempt)
        self._doc, self._province = doc, doc.provinces[province]

    def body(self) -> ComposeResult:
        """Its fields."""
        place = self._province
        yield text_field("Name", "name", place.name)
        yield ChoiceField("Owner", states_of(self._doc), place.owner, id="owner")
        terrains = [(kind, kind) for kind in get_args(Terrain)]
        yield ChoiceField("Terrain", terrains, place.terrain, id="terrain")
        unit = "a number in the map's own unit; empty: its owner's mean"
        yield text_field("Population", "population", place.population, unit)
        yield text_field("Industry", "industry", place.industry, unit)


class StateCard(EditCard):
    """A state's name, leader and figures."""

    def __init__(self, doc: MapDoc, state: str, attempt: Attempt) -> None:
        super().__init__(f"State {state}", attempt)
        self._doc, self._state = doc, doc.states[state]

    def body(self) -> ComposeResult:
        """Its fields."""
        state, unit = self._state, "a number in the map's own unit; empty: its mean share"
        yield text_field("Name", "name", state.name)
        yield text_field("Adjective", "adjective", state.adjective, "as in: the German army")
        yield text_field("Leader", "leader", state.leader)
        yield text_field("Colour", "colour", state.colour, "#rrggbb; empty: one is chosen")
        yield text_field("Army", "army", state.army, unit)
        yield text_field("Fleet", "fleet", state.fleet, unit)
        yield text_field("Treasury", "treasury", state.treasury, "10 is a turn of its revenue")
        yield text_field("Posture", "posture", state.posture, "0 conciliatory to 1 offensive")
        yield text_field("Openness", "openness", state.openness, "0 closed to 1 open")
        kinds: list[Choice] = [(None, "none")]
        kinds += [(id, one.name) for id, one in self._doc.ideologies.items()]
        yield ChoiceField("Ideology", kinds, state.ideology, id="ideology")

    def written(self) -> dict[str, Any]:
        """As elsewhere; what may not be empty has its usual value then."""
        found = super().written()
        usual = {"leader": "", "posture": 0.5, "openness": 0.5}
        return {
            field: usual.get(field) if value is None else value for field, value in found.items()
        }


class NameCard(EditCard):
    """The name of a new province or state, and who owns the province."""

    def __init__(
        self, title: str, attempt: Attempt, owners: Sequence[Choice] = (), owner: object = None
    ) -> None:
        super().__init__(title, attempt)
        self._owners, self._owner = owners, owner

    def body(self) -> ComposeResult:
        """The name; the owner, where there is a choice."""
        yield text_field("Name", "name")
        if self._owners:
            yield ChoiceField("Owner", self._owners, self._owner, id="owner")


class TreatyCard(EditCard):
    """A new treaty between two states."""

    def __init__(self, doc: MapDoc, first: str | None, attempt: Attempt) -> None:
        super().__init__("A treaty in force at the start", attempt)
        self._states = states_of(doc)[1:]
        self._first = first
        self._against: list[Choice] = [("", "nobody in particular"), *self._states]

    def body(self) -> ComposeResult:
        """Its parties and terms."""
        second = self._states[1 if self._first == self._states[0][0] else 0][0]
        yield ChoiceField("Between", self._states, self._first, id="first")
        yield ChoiceField("and", self._states, second, id="second")
        for kind in OBLIGATIONS:
            yield SwitchField(kind.capitalize(), kind == "defense", id=kind)
        yield ChoiceField("Against", self._against, "", id="against")
        yield SliderField("Term", 1, 12, 6, say=lambda turns: f"{turns} turns", id="term")
        yield SwitchField("Secret", False, "known to its parties alone", id="secret")

    def written(self) -> dict[str, Any]:
        """A treaty as the map has it."""
        found: dict[str, Any] = {
            "parties": (self.value_of("first"), self.value_of("second")),
            "obligations": tuple(kind for kind in OBLIGATIONS if self.value_of(kind)),
            "term": int(self.value_of("term")),
        }
        if self.value_of("against"):
            found["against"] = self.value_of("against")
        if self.value_of("secret"):
            found["secret"] = True
        return found


class TreatiesCard(Card[int | str | None]):
    """The treaties of a map. Dismisses with the place of one to remove, or "add"."""

    CSS_PATH = "../screens/card_base.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add one"),
        Binding("delete,d", "remove", "Remove it", key_display="d"),
    ]
    about = "The treaties in force at the start: a adds one, d removes the marked one."

    def __init__(self, doc: MapDoc) -> None:
        super().__init__()
        self._doc = doc

    def heading(self) -> str:
        """How many there are."""
        return f"Treaties in force at the start: {len(self._doc.treaties)}"

    def body(self) -> ComposeResult:
        """A line each."""
        yield ListWithEnds(
            *(Option(plain(treaty_words(self._doc, at))) for at in range(len(self._doc.treaties))),
            id="treaties",
            markup=False,
        )

    def buttons(self) -> ComposeResult:
        """Add, remove, close."""
        yield Button("Add one", id="add", variant="primary", compact=True)
        yield Button("Remove it", id="remove", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Begin with the first."""
        listed = self.query_one(OptionList)
        listed.focus()
        if listed.option_count:
            listed.highlighted = 0

    def action_add(self) -> None:
        """Close with "add"."""
        self.dismiss("add")

    def action_remove(self) -> None:
        """Close with the place of the marked one."""
        marked = self.query_one(OptionList).highlighted
        if marked is None:
            self.app.bell()
        else:
            self.dismiss(marked)


def treaty_words(doc: MapDoc, at: int) -> str:
    """A treaty of a map in a line."""
    treaty = doc.treaties[at]
    names = [doc.states[id].name if id in doc.states else id for id in treaty.parties]
    against = doc.states[treaty.against].name if treaty.against in doc.states else treaty.against
    named = f" against {against}" if against else ""
    secret = "secret " if treaty.secret else ""
    return f"{', '.join(names)}: {secret}{', '.join(treaty.obligations)}{named}"


def brush_words(doc: MapDoc, key: str) -> str:
    """What a key draws, in words."""
    entry = doc.legend[key]
    if entry.province is not None:
        return name_of(doc, entry.province)
    sea = doc.seas.get(entry.sea or "")
    return sea.name if sea is not None else "unnamed sea"
