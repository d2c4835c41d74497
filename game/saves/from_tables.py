"""Reads a campaign from the tables of a save, with every check that a save must pass.

The blind debrief reads `header`, `map` and `turns` alone.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from game.history import ENGINE_REVISION, History, Setup, TurnRecord, chain, chain_start
from game.maps.check import read_and_check
from game.saves.checksums import Tables
from game.saves.codec import (
    Json,
    answers_from_json,
    beliefs_from_json,
    cleaned,
    is_clean,
    orders_from_json,
    private_chain,
    turn_from_json,
    unpack,
    unpack_visible,
)
from game.saves.references import check_names, check_world
from game.saves.save_header import header_from_json
from game.saves.saved_campaign import SavedCampaign, Seat
from game.saves.world_deltas import apply, bare
from game.world.atlas import Atlas
from game.world.beliefs import Beliefs
from game.world.clean_text import clean_text
from game.world.map_document import BUILT_IN_DOCTRINES, Id, MapDoc, Part, from_data
from game.world.model import World
from game.world.orders import Order, Terms
from game.world.questions import Answer
from game.world.rules import BP
from game.world.world_setup import build_world

_Probability = Annotated[float, Field(ge=0, le=1)]
_Turn = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}$")]
_Pinned = Annotated[str, StringConstraints(max_length=4_000)]


class _SetupEntry(Part):
    seed: Annotated[int, Field(ge=-(2**127), lt=2**127)]
    player: Id | None
    turns: Annotated[int, Field(ge=1, le=10**8)]
    aims: dict[Id, str]
    teaching: bool
    difficulty: Literal["easy", "normal", "hard"]
    engine_revision: Annotated[int, Field(ge=1, le=10**6)]


_Factor = Annotated[int, Field(ge=BP // 100, le=100 * BP)]


class _SeatEntry(Part):
    doctrine: str
    ambition: Annotated[int, Field(ge=0, le=BP)]
    temperature: Annotated[int, Field(ge=1, le=10**12)]
    habits: dict[Literal["allies", "contest", "feeding", "entanglement"], _Factor] = Field(
        default_factory=dict
    )
    temperament: dict[
        Literal["patience", "candour", "pride"], Annotated[int, Field(ge=0, le=BP)]
    ] = Field(default_factory=dict)


class _NotebookEntry(Part):
    now: dict[Id, _Probability] = Field(default_factory=dict)
    pages: dict[_Turn, dict[Id, _Probability]] = Field(default_factory=dict, max_length=100_000)
    pins: dict[Id, list[tuple[int, _Pinned]]] = Field(default_factory=dict)
    assessments: dict[Id, list[tuple[int, _Probability]]] = Field(default_factory=dict)


class _DecisionEntry(Part):
    family: str
    done: str
    partner: Annotated[str, Field(alias="with")]
    against: str
    terms: list[tuple[str, float]]
    instead: str
    known: bool = True


_Decisions = TypeAdapter(dict[Id, list[_DecisionEntry]])


def decisions_from_json(text: bytes) -> dict[str, list[_DecisionEntry]]:
    """A turn's records of decisions. Raises ValueError for what are none."""
    try:
        return _Decisions.validate_json(text, strict=True)
    except ValidationError as error:
        raise ValueError("its record of what states thought is not one") from error


_UNREADABLE = (ValueError, LookupError, TypeError, ArithmeticError, RecursionError)
"""What reading a document that is none may raise."""


def only(tables: Tables, name: str) -> Any:
    """The one document of a table. Raises ValueError if there is not one."""
    documents = list(tables.get(name, {}).values())
    if len(documents) != 1:
        raise ValueError(f"its {name} is missing")
    return documents[0]


def read_start(document: Json) -> tuple[Setup, World, Beliefs]:
    """The start of a campaign: setup, world and beliefs of turn 1.

    Raises ValueError with a description of what is wrong.
    """
    wrong = "its map is not what the campaign was begun with"
    if not isinstance(document, dict) or set(document) != {"map", "setup", "start", "digest"}:
        raise ValueError(wrong)
    try:
        map_doc = from_data(document["map"])
        entry = _SetupEntry.model_validate_json(json.dumps(document["setup"]))
        setup = Setup(map=map_doc, **entry.model_dump())
        if chain_start(setup) != document["digest"] or not _is_playable(map_doc):
            raise ValueError(wrong)
        if setup.player is not None and setup.player not in map_doc.states:
            raise ValueError(wrong)
        founded, beliefs = build_world(map_doc)
        start = start_from_json(document["start"], founded)
        check_world(start)
        return setup, start, beliefs
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(wrong) from error


def start_from_json(value: Json, founded: World) -> World:
    """The world of turn 1, of which the map gives the names, distances and rules.

    Raises ValueError for what is none.
    """
    return apply(bare(founded), json.loads(unpack_visible(value)))


def _is_playable(map_doc: MapDoc) -> bool:
    """Whether a map has no errors, and no doctrine or ambition (these belong to the envelope)."""
    if any(state.doctrine or state.ambition is not None for state in map_doc.states.values()):
        return False
    tree = map_doc.model_dump(mode="json", by_alias=True, exclude_none=True)
    tree["legend"] = {key: entry or {"sea": None} for key, entry in tree["legend"].items()}
    return _is_sound(json.dumps(tree))


@lru_cache(maxsize=4)
def _is_sound(text: str) -> bool:
    """Whether a map passes every check; a save is often read more than once."""
    return read_and_check(text.encode(), doubts=False).doc is not None


def read_turns(
    documents: Iterable[Json], setup: Setup, start: World
) -> tuple[tuple[TurnRecord, ...], str]:
    """(the turns as far as the chain of digests is right, why it is not right further on or "").

    If several documents claim to be the same turn, the one that fits the chain is taken.
    """
    claims: dict[Any, list[Json]] = {}
    for document in documents:
        number = document.get("turn") if isinstance(document, dict) else None
        claims.setdefault(number if type(number) is int else None, []).append(document)
    records: list[TurnRecord] = []
    world, digest = start, chain_start(setup)
    while candidates := claims.pop(len(records) + 1, None):
        record = _fitting(candidates, world, digest)
        if record is None:
            return tuple(records), f"turn {len(records) + 1} does not follow from what came before"
        records.append(record)
        world, digest = record.end, record.digest
    return tuple(records), f"turn {len(records) + 1} is missing" if claims else ""


def _fitting(candidates: list[Json], start: World, before: str) -> TurnRecord | None:
    for document in candidates:
        try:
            record = turn_from_json(document, start)
            digest = chain(before, record.orders, record.stages, record.events, record.end)
        except _UNREADABLE:
            continue
        if digest == record.digest:
            return record
    return None


def check_chain(history: History) -> int | None:
    """The first turn whose digest does not follow from the turns before it; None if all are right."""
    digest = chain_start(history.setup)
    for record in history.turns:
        digest = chain(digest, record.orders, record.stages, record.events, record.end)
        if digest != record.digest:
            return record.turn
    return None


def history_of(tables: Tables) -> History:
    """The public history, from the tables `header`, `map` and `turns`. Raises ValueError."""
    header = header_from_json(only(tables, "header"))
    setup, start, _ = read_start(only(tables, "map"))
    records, broken = read_turns(tables.get("turns", {}).values(), setup, start)
    if broken:
        raise ValueError(broken)
    history = History(setup, start, records)
    if history.digest != header.digest:
        raise ValueError(f"what followed turn {len(records)} is missing")
    said = (header.player, header.map_id, header.engine_revision)
    # The header is shown in lists, so what it says was cleaned as it was read.
    if said != (clean_text(setup.player or ""), setup.map.id, setup.engine_revision):
        raise ValueError("its beginning is of another campaign")
    return history


def envelope_from(document: Json, map_doc: MapDoc) -> dict[str, Seat]:
    """The envelope. Raises ValueError for seats of unknown states or with unknown doctrines."""
    known = {*BUILT_IN_DOCTRINES, *map_doc.doctrines}
    seats: dict[str, Seat] = {}
    given = document.get("seats") if isinstance(document, dict) else None
    if not isinstance(given, dict):
        raise ValueError("its envelope is not one")
    for state, entry in given.items():
        try:
            seat = _SeatEntry.model_validate_json(json.dumps(entry))
        except ValidationError as error:
            raise ValueError("its envelope is not one") from error
        if state not in map_doc.states or seat.doctrine not in known:
            raise ValueError("its envelope names states or doctrines that there are not")
        seats[state] = Seat(
            doctrine=seat.doctrine, ambition=seat.ambition, temperature=seat.temperature
        )
        if seat.habits:
            seats[state]["habits"] = {str(name): of for name, of in seat.habits.items()}
        if seat.temperament:
            seats[state]["temperament"] = {str(name): of for name, of in seat.temperament.items()}
    if missing := set(map_doc.states) - set(seats):
        raise ValueError(f"its envelope has no seat of {min(missing)}")
    return seats


def notebook_from(
    document: Json, world: World
) -> tuple[dict[str, Json], tuple[Order, ...], dict[str, Answer]]:
    """(notebook, pending orders, pending answers). Raises ValueError if they are malformed.

    What was pending in another turn than that of `world` (after a recovery) is left out.
    """
    match document:
        case {
            "notebook": dict(notebook),
            "pending": {"turn": int(since), "orders": orders, "answers": answers},
        }:
            kept = _checked_notebook(notebook, world.atlas)
            given, answered = orders_from_json(orders), answers_from_json(answers)
            if since != world.turn:
                return kept, (), {}
            for thing in (*given, *(one for one in answered.values() if isinstance(one, Terms))):
                check_names(thing, world.atlas)
            return kept, given, answered
    raise ValueError("its notebook is not one")


def notebook_in_part(
    document: Json, world: World
) -> tuple[dict[str, Json], tuple[Order, ...], dict[str, Answer], list[str]]:
    """What can be read of notebook, pending orders and answers, and what of them is lost."""
    kept: dict[str, Json] = {}
    lost = []
    notebook = document.get("notebook")
    for name, words in _PAPERS.items():
        if not isinstance(notebook, dict) or name not in notebook:
            continue
        try:
            kept |= _checked_notebook({name: notebook[name]}, world.atlas)
        except ValueError:
            lost.append(words)
    if not isinstance(notebook, dict):
        lost.append("your notebook")
    try:
        _, pending, answers = notebook_from({**document, "notebook": {}}, world)
    except ValueError:
        pending, answers = (), {}
        lost.append("the orders that were pending")
    return kept, pending, answers, lost


_PAPERS = {
    "now": "what your notebook said now",
    "pages": "what your notebook said in turns before",
    "pins": "the evidence that you pinned",
    "assessments": "the assessments that you ordered",
}
"""The parts of a notebook, as a player knows them."""


def _checked_notebook(notebook: Json, atlas: Atlas) -> dict[str, Json]:
    """A notebook, cleaned. Raises ValueError for one that this game does not write."""
    try:
        entry = _NotebookEntry.model_validate_json(json.dumps(notebook))
    except (ValidationError, RecursionError) as error:
        raise ValueError("its notebook is not one") from error
    named = {*entry.now, *entry.pins, *entry.assessments}
    named |= {*(name for page in entry.pages.values() for name in page)}
    if named - set(atlas.state_index):
        raise ValueError("its notebook names states that there are not")
    result: dict[str, Json] = cleaned(notebook)
    return result


def read_private(
    documents: Iterable[Json], atlas: Atlas, turns: int
) -> tuple[tuple[Beliefs, ...], tuple[dict[str, Json], ...]]:
    """Beliefs and decision records as far as the private chain of digests is right.

    If several documents claim to be the same turn, the one that fits the chain is taken.
    """
    claims: dict[Any, list[Json]] = {}
    for document in documents:
        turn = document.get("turn")
        claims.setdefault(turn if type(turn) is int else None, []).append(document)
    beliefs: list[Beliefs] = []
    records: list[dict[str, Json]] = []
    digest = ""
    for turn in range(turns + 1):
        for document in claims.get(turn, ()):
            try:
                record, written = _private_record(document["record"], atlas)
                held = beliefs_from_json(
                    document["beliefs"], beliefs[-1] if beliefs else None, len(atlas.state_index)
                )
                following = private_chain(digest, held, written)
            except _UNREADABLE:
                continue
            if following == document.get("digest"):
                digest = following
                beliefs.append(held)
                records.append(record)
                break
        else:
            break
    return tuple(beliefs), tuple(records[1:])


def _private_record(packed: Json, atlas: Atlas) -> tuple[dict[str, Json], dict[str, Json]]:
    """What states said of their reasons in a turn: cleaned, and as it was written.

    Raises ValueError for what this game does not write.
    """
    text = unpack(packed)
    kept = decisions_from_json(text)
    known = {"", *atlas.state_index}
    if set(kept) - set(atlas.state_index) or any(
        {one.partner, one.against} - known for made in kept.values() for one in made
    ):
        raise ValueError("a record of states that there are not")
    written = json.loads(text)
    return (written if is_clean(text) else cleaned(written)), written


def from_tables(tables: Tables) -> SavedCampaign:
    """The whole campaign. Raises ValueError with a description of what is wrong."""
    history = history_of(tables)
    turns = len(history.turns)
    envelope = envelope_from(only(tables, "envelope"), history.setup.map)
    notebook, pending, answers = notebook_from(only(tables, "notebook"), history.world)
    documents = tables.get("private", {}).values()
    beliefs, records = read_private(documents, history.start.atlas, turns)
    if len(beliefs) != turns + 1 or len(documents) != turns + 1:
        raise ValueError(f"what its states believed after turn {len(beliefs)} is not whole")
    revisions = header_from_json(only(tables, "header")).revisions
    return SavedCampaign(history, envelope, notebook, pending, answers, beliefs, records, revisions)


def is_of_this_engine(history: History) -> bool:
    """Whether the campaign was played with the rules of this version of the engine."""
    return history.setup.engine_revision == ENGINE_REVISION
