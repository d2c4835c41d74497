"""Map format 1: what a map file says, as frozen Pydantic models (DESIGN, section 4).

The models hold the shape alone. That what one part names exists in another is checked by
`game.maps`, which is how a map should be read.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_serializer,
)
from pydantic_core import PydanticCustomError

from game.world.clean_text import clean_text
from game.world.rules import OVERRIDABLE, RULE_UNITS, Rules

MOST_STATES = 200
"""States a map may have."""

MOST_PROVINCES = 2_000
"""Provinces a map may have: what the distances between all of them take stays bearable."""

BUILT_IN_DOCTRINES = ("BOP", "BOT", "SOLIDARITY", "BANDWAGON", "ISOLATION", "RANDOM")
"""Doctrines every map knows, beside its own."""

TERRAINS = ("plain", "hills", "forest", "mountain", "desert", "marsh")
OBLIGATIONS = ("defense", "offense", "neutrality", "nonaggression", "consultation")

Doctrine = str
"""The name of a doctrine: a built-in one, or one of the map's own."""

Obligation = Literal["defense", "offense", "neutrality", "nonaggression", "consultation"]
Terrain = Literal["plain", "hills", "forest", "mountain", "desert", "marsh"]


def _seen(text: str) -> str:
    cleaned = clean_text(text)
    if not cleaned:
        raise PydanticCustomError("invisible_text", "has no visible character")
    return cleaned


def _seen_lines(text: str) -> str:
    return clean_text(text, keep_lines=True)


def _rules(rules: dict[str, int]) -> dict[str, int]:
    for name, value in rules.items():
        if name not in OVERRIDABLE:
            raise PydanticCustomError("rule_unknown", "names a rule that cannot be overridden")
        least, greatest, _ = OVERRIDABLE[name]
        if not least <= value <= greatest:
            raise PydanticCustomError("rule_bounds", "sets a rule outside its bounds")
    return rules


def rules_schema() -> dict[str, JsonValue]:
    """The JSON schema of `rules`: each name with its bounds, its default, meaning and unit."""
    standard = Rules()
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {
                "type": "integer",
                "minimum": least,
                "maximum": greatest,
                "default": getattr(standard, name),
                "description": f"{text} Unit: {RULE_UNITS[name]}.",
            }
            for name, (least, greatest, text) in OVERRIDABLE.items()
        },
    }


ID_PATTERN = r"^[^\p{C}\p{Zl}\p{Zp}]+$"
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ID_PATTERN)]
"""A name by which parts of a map refer to each other: up to 64 printable characters."""

MapId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
"""A map's own id, safe in a file's name."""

Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(_seen)]
Line = Annotated[str, StringConstraints(max_length=1_000), AfterValidator(clean_text)]
Lines = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_seen_lines)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0, le=1e12)]
Turns = Annotated[int, Field(ge=1, le=1_000)]
Pair = tuple[Id, Id]


class Part(BaseModel):
    """What all parts of a map share: exact types, no unknown fields, never changed."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


class Calendar(Part):
    """When the campaign begins, how long a turn is, how many there are."""

    start: int = Field(default=1, ge=-100_000, le=100_000)
    """Year of turn 1."""
    step: Literal["year", "season", "month"] = "year"
    """How long a turn is."""
    turns: Turns = 30
    """Turns in a campaign."""


class LegendEntry(Part):
    """What a cell is: land of a province, or sea. Exactly one of the two is stated."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["province"]}, {"required": ["sea"]}]}
    )

    province: Id | None = None
    """Id of the province; never null where it is stated."""
    sea: Id | None = None
    """Id of the sea; null: unnamed sea."""


LegendKey = Annotated[str, StringConstraints(min_length=1, max_length=2)]


class Province(Part):
    """A province: who owns it and what it is worth."""

    name: Name | None = None
    """Shown name; its id if left out."""
    owner: Id | None = None
    """Id of the state that owns it; null: land nobody plays."""
    population: Amount | None = None
    """People, in the map's own unit; null: the owner's mean share of its other figures."""
    industry: Amount | None = None
    """Industry, in the map's own unit; null: as for population."""
    terrain: Terrain = "plain"
    """Terrain, which helps the defence."""


class Sea(Part):
    """A named sea."""

    name: Name
    """Shown name."""


class Link(Part):
    """A way between two provinces that do not touch on the grid."""

    between: Pair
    """Two provinces."""
    distance: int = Field(default=1, ge=1, le=100)
    """Steps it counts for (a border is 1)."""


class AimBreakRing(Part):
    """No hostile bloc holds more than a share of the world, and one has a side to keep it so."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["break_ring"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: Share = 0.3
    """Share of capability that no hostile bloc may exceed."""
    turns: Turns = 5
    """Turns that it must stand, of those from the first third of the campaign on; at least half."""


class AimGrow(Part):
    """The state's own share of the world grows."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["grow"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: Share = 0.04
    """Share of capability to gain on the share at the start."""
    turns: Turns | None = None
    """Not used by this kind."""


class AimBroker(Part):
    """Crises in which the state pledged itself end without war."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["broker"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: int = Field(default=3, ge=1, le=100)
    """How many crises."""
    turns: Turns | None = None
    """Not used by this kind."""


class AimHold(Part):
    """The state holds what it began with, with a side of its own behind it."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["hold"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: None = None
    """Not used by this kind."""
    turns: Turns | None = None
    """Not used by this kind."""


class AimContain(Part):
    """Another state's share is no larger than at the start, by a side of one's own."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["contain"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: Id
    """Id of the state to contain."""
    turns: Turns | None = None
    """Not used by this kind."""


class AimTake(Part):
    """The state owns a province at the end."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["take"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: Id
    """Id of the province to take."""
    turns: Turns | None = None
    """Not used by this kind."""


class AimLeague(Part):
    """The state's own side holds a share of the world."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["league"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: Share = 0.4
    """Share of capability."""
    turns: Turns = 3
    """Turns that it must stand, of those from the first third of the campaign on; at least half."""


class AimPeace(Part):
    """The state is out of war, with a side of its own behind it."""

    id: Id
    """Id of the aim, its own among the state's aims."""
    title: Name
    """Shown title."""
    kind: Literal["peace"]
    """Which kind of aim this is; it decides what target and turns mean."""
    target: None = None
    """Not used by this kind."""
    turns: Turns = 10
    """Turns that it must stand, of those from the first third of the campaign on; at least half."""


AIM_KINDS = ("break_ring", "grow", "broker", "hold", "contain", "take", "league", "peace")

Aim = Annotated[
    AimBreakRing | AimGrow | AimBroker | AimHold | AimContain | AimTake | AimLeague | AimPeace,
    Field(discriminator="kind"),
]


def _committed_tag(value: object) -> str:
    return "a schedule" if isinstance(value, (list, tuple)) else "a share"


Committed = Annotated[
    Annotated[Share, Tag("a share")]
    | Annotated[
        tuple[tuple[Annotated[int, Field(ge=1)], Share], ...],
        Field(min_length=1),
        Tag("a schedule"),
    ],
    Discriminator(_committed_tag),
]


class Heir(Part):
    """Who leads a state after its present leader."""

    name: Annotated[Line, Field(min_length=1)]
    """Who leads it then, as `leader`."""
    year: int | None = Field(default=None, ge=-100_000, le=100_000)
    """Its first year in the calendar; null: by chance, likelier the longer the last one leads."""


class State(Part):
    """A state at the start."""

    name: Name
    """Shown name."""
    adjective: Name | None = None
    """As in "the German army"; the name if left out."""
    colour: Colour | None = None
    """Colour on the map, #rrggbb; one is chosen if left out."""
    capital: Id | None = None
    """Id of a province it owns; its most populous one if left out."""
    army: Amount | None = None
    """Land forces, in the map's own unit; null: its mean share of the other figures."""
    fleet: Amount | None = None
    """Naval forces, in the map's own unit; null: as for the army."""
    treasury: Amount | None = None
    """Money; 10 is one turn of the state's own revenue. Null: the rules' default."""
    posture: Share = 0.5
    """0 conciliatory to 1 offensive, rounded to five steps."""
    ideology: Id | None = None
    """Id of one of the map's ideologies."""
    openness: Share = 0.5
    """How far foreign influence reaches into it."""
    ambition: Share | None = None
    """How much it wants; null: drawn from the seed."""
    doctrine: Doctrine | None = None
    """BOP, BOT, SOLIDARITY, BANDWAGON, ISOLATION, RANDOM or one of the map's own; null: drawn."""
    leader: Line = ""
    """Who leads it."""
    great: bool | None = None
    """true: a great power until eliminated; false: never one; null: by its share."""
    committed: Committed = 1.0
    """Share of its capability that counts, 0 to 1, or [[turn, share], ...] from each turn on."""
    population: Amount | None = None
    """For a state without provinces."""
    industry: Amount | None = None
    """For a state without provinces."""
    aims: tuple[Aim, ...] = ()
    """Objectives it may choose from; sensible ones are made where none is given."""
    heirs: Annotated[tuple[Heir, ...], Field(max_length=40)] = ()
    """Who leads it next, in order; where none is named, nobody is succeeded."""

    @model_serializer(mode="wrap")
    def _without_later_defaults(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave `heirs` out where there are none: older maps keep the digest that they had."""
        written: dict[str, Any] = write(self)
        if not self.heirs:
            written.pop("heirs", None)
        return written

    def committed_at(self, turn: int) -> float:
        """The share of its capability that counts on `turn` (from 1).

        Before the first entry of a schedule it is 0.
        """
        if not isinstance(self.committed, tuple):
            return self.committed
        entries = [entry for entry in self.committed if entry[0] <= turn]
        return max(entries, key=lambda entry: entry[0])[1] if entries else 0.0


class Treaty(Part):
    """A treaty in force at the start."""

    parties: Annotated[tuple[Id, ...], Field(min_length=2)]
    """Ids of two or more states."""
    obligations: Annotated[tuple[Obligation, ...], Field(min_length=1)]
    """What the parties owe each other."""
    against: Id | None = None
    """Id of the named adversary, if there is one."""
    signed: int | None = Field(default=None, ge=-100_000, le=100_000)
    """Year of signature."""
    term: Turns | None = None
    """Turns of its term from turn 1, after which it runs on; null: the rules' default."""
    fixed: bool = False
    """Whether it ends with its term."""
    secret: bool = False
    """Known to its parties alone."""
    burden: Share = 0.0
    """How unevenly the cost falls: 0 even, 1 on the first party alone."""

    @model_serializer(mode="wrap")
    def _without_later_defaults(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave `fixed` out while it says nothing: older maps keep the digest that they had."""
        written: dict[str, Any] = write(self)
        if not self.fixed:
            written.pop("fixed", None)
        return written


class Belief(Part):
    """How hostile one state believes another to be."""

    of: Id
    """Id of the state that believes."""
    about: Id
    """Id of the state believed so."""
    hostile: Share
    """0 harmless to 1 bent on attack."""


class Claim(Part):
    """A state's claim to a province of another."""

    of: Id
    """Id of the state that claims."""
    province: Id
    """Id of the province claimed."""


class Ideology(Part):
    """An ideology and its liking for others."""

    name: Name
    """Shown name."""
    affinity: dict[Id, Share] = {}
    """Affinity with other ideologies, 0 to 1; 1 with itself, 0 where nothing is said."""


class Weights(Part):
    """What a custom doctrine weighs, beside the doctrine's own lens."""

    security: float = Field(default=1.0, ge=-10, le=10)
    """Safety: danger taken away, by the doctrine's own lens."""
    ideology: float = Field(default=0.0, ge=-10, le=10)
    """Kinship of ideologies."""
    gains: float = Field(default=0.0, ge=-10, le=10)
    """What oneself gains."""
    spoils: float = Field(default=0.0, ge=-10, le=10)
    """Sharing the gains of the stronger side."""
    strength: float = Field(default=0.0, ge=-10, le=10)
    """The strength of the other, whatever it means to do."""
    pact: float = Field(default=0.0, ge=-10, le=10)
    """Keeping to treaties in force."""


Exponent = Annotated[float, Field(ge=-5, le=5)]


class CustomDoctrine(Part):
    """A doctrine of the map's own (THEORY, the lens)."""

    exponents: tuple[Exponent, Exponent, Exponent, Exponent]
    """Exponents of power, proximity, offence, intentions."""
    scope: Literal["all", "poles"] = "all"
    """Which states it sees."""
    weights: Weights = Weights()
    """What it weighs."""


class MapDoc(Part):
    """A whole map of format 1. The first of `states` is the player's where none is named."""

    schema_uri: str | None = Field(default=None, alias="$schema", max_length=1_000)
    """Where the schema is, for editors."""
    format: Literal[1]
    """The format's number."""
    id: MapId
    """The map's id: letters, digits, dot, dash, underscore."""
    title: Name
    """Shown title."""
    description: Lines = ""
    """A few sentences, shown in lists."""
    authors: tuple[Line, ...] = ()
    """Who made it."""
    license: Line = ""
    """Terms of use."""
    sources: tuple[Line, ...] = ()
    """Where its figures come from."""
    calendar: Calendar = Calendar()
    """The campaign's first year, the length of a turn, the number of turns."""
    grid: Annotated[tuple[str, ...], Field(min_length=1, max_length=2_000)]
    """Rows of cells, each a key of the legend; all rows of one length."""
    legend: Annotated[dict[LegendKey, LegendEntry], Field(min_length=1)]
    """What the cells are: keys of 1 character each, or of 2."""
    provinces: Annotated[dict[Id, Province], Field(min_length=1, max_length=MOST_PROVINCES)]
    """Provinces by id."""
    seas: dict[Id, Sea] = {}
    """Named seas by id."""
    straits: tuple[Pair, ...] = ()
    """Pairs of provinces that border across water."""
    links: tuple[Link, ...] = ()
    """Ways between places that do not touch."""
    states: Annotated[dict[Id, State], Field(min_length=2, max_length=MOST_STATES)]
    """States by id, the default player's first."""
    treaties: tuple[Treaty, ...] = ()
    """Treaties in force."""
    beliefs: tuple[Belief, ...] = ()
    """Who believes whom hostile, where it is not the default."""
    claims: tuple[Claim, ...] = ()
    """Who claims which province."""
    rivalries: tuple[Pair, ...] = ()
    """Pairs of states that hold each other rivals."""
    ideologies: dict[Id, Ideology] = {}
    """Ideologies by id."""
    doctrines: dict[Id, CustomDoctrine] = {}
    """Doctrines of the map's own by id."""
    rules: Annotated[dict[str, int], AfterValidator(_rules), WithJsonSchema(rules_schema())] = {}
    """Rules changed for this map, by name."""
    briefing: Lines = ""
    """What the player reads before the first turn."""


def canonical_json(doc: MapDoc) -> str:
    """The one JSON text of a map: every field, in the models' order, nothing optional left out.

    Two maps that mean the same give the same text, whatever they were written with; the order of
    states and provinces means something and is kept. `MapDoc.model_validate_json` reads it back.
    """
    return doc.model_copy(update={"schema_uri": None}).model_dump_json(by_alias=True)


def from_data(data: JsonValue) -> MapDoc:
    """A map from plain data (dicts and lists, as a save holds it).

    Raises `pydantic.ValidationError` if it is not one.
    """
    return MapDoc.model_validate_json(json.dumps(data))


def pretty_json(doc: MapDoc) -> str:
    """A map for people to edit: what was stated alone, an entry a line where it fits one."""
    data: dict[str, JsonValue] = json.loads(
        doc.model_dump_json(by_alias=True, exclude_unset=True), parse_float=_shortest
    )
    lines = []
    for key, value in data.items():
        tables = isinstance(value, (dict, list)) and key not in ("calendar", "rules", "authors")
        lines.append(f"  {_inline(key)}: {_laid_out(value, 2, whole=not tables)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


_LINE_WIDTH = 110


def _shortest(number: str) -> float:
    value = float(number)
    return int(value) if value.is_integer() else value


def _inline(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)


def _laid_out(value: JsonValue, indent: int, *, whole: bool = True) -> str:
    """JSON of `value`; on one line if that fits (and `whole`), else an entry a line."""
    inline = _inline(value)
    if not isinstance(value, (dict, list)) or not value:
        return inline
    if whole and indent + len(inline) <= _LINE_WIDTH:
        return inline
    space = " " * (indent + 2)
    if isinstance(value, dict):
        rows = [
            f"{space}{_inline(key)}: {_laid_out(entry, indent + 2)}" for key, entry in value.items()
        ]
        opening, closing = "{", "}"
    else:
        rows = [f"{space}{_laid_out(entry, indent + 2)}" for entry in value]
        opening, closing = "[", "]"
    return opening + "\n" + ",\n".join(rows) + "\n" + " " * indent + closing


def without_secrets(doc: MapDoc) -> MapDoc:
    """The map less every doctrine and ambition: what the blind inference may read."""
    states = {
        name: state.model_copy(update={"doctrine": None, "ambition": None})
        for name, state in doc.states.items()
    }
    return doc.model_copy(update={"states": states})
