"""Reads a campaign from the tables of a save, with every check that a save must pass.

The blind debrief reads `header`, `map` and `turns` alone.
"""

import json
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from game.history import ENGINE_REVISION, History, Setup, TurnRecord, chain, chain_start
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
)
from game.saves.save_header import header_from_json
from game.maps.check import read_and_check
from game.saves.saved_campaign import SavedCampaign, Seat
from game.saves.storage import Tables
from game.saves.world_deltas import apply
from game.world.beliefs import Beliefs
from game.world.world_setup import build_world
from game.world.map_document import BUILT_IN_DOCTRINES, Id, MapDoc, Part, from_data
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Answer
from game.world.rules import BP


class _SetupEntry(Part):
    seed: Annotated[int, Field(ge=-(2**127), lt=2**127)]
    player: Id | None
    turns: Annotated[int, Field(ge=1)]
    aims: dict[Id, str]
    teaching: bool
    difficulty: Literal["easy", "normal", "hard"]
    engine_revision: Annotated[int, Field(ge=1)]


class _SeatEntry(Part):
    doctrine: str
    ambition: Annotated[int, Field(ge=0, le=BP)]
    temperature: Annotated[int, Field(ge=0)]


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
        world, beliefs = build_world(map_doc)
        return setup, apply(world, document["start"]), beliefs
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        raise ValueError(wrong) from error


def _is_playable(map_doc: MapDoc) -> bool:
    """Whether a map has no errors, and no doctrine or ambition (these belong to the envelope)."""
    if any(state.doctrine or state.ambition is not None for state in map_doc.states.values()):
        return False
    tree = map_doc.model_dump(mode="json", by_alias=True, exclude_none=True)
    tree["legend"] = {key: entry or {"sea": None} for key, entry in tree["legend"].items()}
    return read_and_check(json.dumps(tree).encode(), doubts=False).doc is not None


def read_turns(
    documents: Iterable[Json], setup: Setup, start: World
) -> tuple[tuple[TurnRecord, ...], str]:
    """(the turns as far as the chain of digests is right, why it is not right further on or "").

    If several documents claim to be the same turn, the one that fits the chain is taken.
    """
    claims: dict[Any, list[Json]] = {}
    for document in documents:
        number = document.get("turn")
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
        except (ValueError, LookupError, TypeError, RecursionError):
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
    return seats


def notebook_from(
    document: Json, turn: int
) -> tuple[dict[str, Json], tuple[Order, ...], dict[str, Answer]]:
    """(notebook, pending orders, pending answers). Raises ValueError if they are malformed.

    Orders and answers of another turn than `turn` (after a recovery) are left out.
    """
    match document:
        case {
            "notebook": dict(notebook),
            "pending": {"turn": int(since), "orders": orders, "answers": answers},
        }:
            pending, given = orders_from_json(orders), answers_from_json(answers)
            return (
                (cleaned(notebook), pending, given) if since == turn else (cleaned(notebook), (), {})
            )
    raise ValueError("its notebook is not one")


def read_private(
    documents: Iterable[Json], states: int, turns: int
) -> tuple[tuple[Beliefs, ...], tuple[dict[str, Json], ...]]:
    """Beliefs and decision records as far as the private chain of digests is right.

    If several documents claim to be the same turn, the one that fits the chain is taken.
    """
    claims: dict[Any, list[Json]] = {}
    for document in documents:
        claims.setdefault(document.get("turn"), []).append(document)
    beliefs: list[Beliefs] = []
    records: list[dict[str, Json]] = []
    digest = ""
    for turn in range(turns + 1):
        for document in claims.get(turn, ()):
            try:
                text = unpack(document["record"])
                record = json.loads(text)
                held = beliefs_from_json(
                    document["beliefs"], beliefs[-1] if beliefs else None, states
                )
                following = private_chain(digest, held, record)
            except (ValueError, LookupError, TypeError, OverflowError, RecursionError):
                continue
            if following == document.get("digest"):
                digest = following
                beliefs.append(held)
                records.append(record if is_clean(text) else cleaned(record))
                break
        else:
            break
    return tuple(beliefs), tuple(records[1:])


def from_tables(tables: Tables) -> SavedCampaign:
    """The whole campaign. Raises ValueError with a description of what is wrong."""
    history = history_of(tables)
    turns = len(history.turns)
    envelope = envelope_from(only(tables, "envelope"), history.setup.map)
    notebook, pending, answers = notebook_from(only(tables, "notebook"), history.world.turn)
    states = len(history.start.states)
    documents = tables.get("private", {}).values()
    beliefs, records = read_private(documents, states, turns)
    if len(beliefs) != turns + 1 or len(documents) != turns + 1:
        raise ValueError(f"what its states believed after turn {len(beliefs)} is not whole")
    return SavedCampaign(history, envelope, notebook, pending, answers, beliefs, records)


def is_of_this_engine(history: History) -> bool:
    """Whether the campaign was played with the rules of this version of the engine."""
    return history.setup.engine_revision == ENGINE_REVISION
