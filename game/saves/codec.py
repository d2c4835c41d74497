"""Converts orders, questions, answers, events and beliefs to JSON and back, with strict checks.

"Packed" means compact JSON, compressed, in base64. It holds ids, kinds, numbers and names that were
cleaned, so a packed text with an invisible character (control, bidirectional) is refused. A letter
that this Python's Unicode does not know yet is none of these: another Python may have written it.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields
from functools import cache
from itertools import accumulate, pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import Field, TypeAdapter, ValidationError

from game.history import Orders, TurnRecord
from game.saves.references import check_turn
from game.saves.world_deltas import apply, difference
from game.world.beliefs import Beliefs
from game.world.clean_text import clean_text, is_visible
from game.world.events import FACTS, Event, whole
from game.world.model import World
from game.world.orders import Order, Terms
from game.world.questions import Answer, Question
from game.world.rules import BP
from game.world.stage import Stage

Json = Any
"""A JSON value."""

MOST_BYTES = 8_000_000
"""More than this is no packed part of a save (200 states take a tenth of it in a turn)."""
LEAST_BUDGET, BUDGET_RATIO = 4_000_000, 20
"""All packed parts of a file together: so many bytes, or so many times the file's own size.

A true save's parts are three times its size.
"""

_budget: ContextVar[list[int] | None] = ContextVar("bytes that may still be unpacked", default=None)


@contextmanager
def unpacking(file_bytes: int) -> Iterator[None]:
    """Let no more be unpacked within than a file of that size may hold."""
    token = _budget.set([max(LEAST_BUDGET, BUDGET_RATIO * file_bytes)])
    try:
        yield
    finally:
        _budget.reset(token)


_Order = Annotated[Order, Field(discriminator="kind")]
_Question = Annotated[Question, Field(discriminator="kind")]
_Fact = str | bool | int | tuple[str, ...]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _dumped(kind: Any, value: Any) -> bytes:
    return _adapter(kind).dump_json(value)


def _loaded(kind: Any, text: bytes) -> Any:
    try:
        return _adapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"{first['msg']} at {first['loc']}") from error


def pack(text: bytes) -> str:
    """Bytes as compressed base64."""
    return base64.b64encode(zlib.compress(text, 6)).decode("ascii")


def unpack(packed: Json, most: int | None = None) -> bytes:
    """What `pack` was given, of at most so many bytes; without a figure, what the budget allows.

    Raises ValueError for anything else.
    """
    if not isinstance(packed, str):
        raise ValueError("a packed part is not text")
    left = _budget.get() if most is None else None
    most = MOST_BYTES if most is None else most
    try:
        engine = zlib.decompressobj()
        raw = base64.b64decode(packed, validate=True)
        text = engine.decompress(raw, min(most, left[0]) if left else most)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError("a packed part cannot be unpacked") from error
    if not engine.eof or engine.unused_data:
        raise ValueError("a packed part is cut short or too large")
    if left:
        left[0] = max(1, left[0] - len(text))
    return text


def pack_json(value: Json) -> str:
    """Any JSON value, packed. Tuples become lists. Raises ValueError for NaN and infinities."""
    return pack(
        json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    )


def unpack_visible(packed: Json) -> bytes:
    """JSON text in which no string holds anything invisible. Raises ValueError otherwise."""
    text = unpack(packed)
    decoded = text.decode()
    if "\\" in decoded or not decoded.isprintable():
        for word in _words(json.loads(decoded)):
            if not is_visible(word):
                raise ValueError(f"invisible characters in {word[:40]!a}")
    return text


def _words(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)


def cleaned(value: Json) -> Json:
    """A JSON value with every string in it cleaned (line breaks stay).

    A name of an object's part may be a state's id, which stays as the map has it: an id has nothing
    invisible, but may have spaces or marks that a text loses.
    """
    if isinstance(value, str):
        return clean_text(value, keep_lines=True)
    if isinstance(value, dict):
        return {
            name if is_visible(name) else clean_text(name): cleaned(item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return value


def is_clean(text: bytes) -> bool:
    """Whether JSON text, as `pack_json` writes it, certainly has no string that needs cleaning."""
    decoded = text.decode()
    return decoded.isascii() and decoded.isprintable() and not any(odd in decoded for odd in _ODD)


_ODD = ("\\", "  ", '" ', ' "')
"""Matches escapes, and white space that cleaning might change; false alarms are possible."""


def orders_to_json(orders: Sequence[Order]) -> Json:
    """Orders as a list of objects, each with its `kind`."""
    return json.loads(_dumped(tuple[_Order, ...], tuple(orders)))


def orders_from_json(value: Json) -> tuple[Order, ...]:
    """The inverse of `orders_to_json`. Raises ValueError for anything but orders."""
    orders: tuple[Order, ...] = _loaded(tuple[_Order, ...], json.dumps(value).encode())
    return orders


def answers_to_json(answers: Mapping[str, Answer]) -> Json:
    """Answers by question id: an option as text, a counter-offer's terms as an object."""
    return json.loads(_dumped(dict[str, str | Terms], dict(answers)))


def answers_from_json(value: Json) -> dict[str, Answer]:
    """The inverse of `answers_to_json`. Raises ValueError for anything but answers."""
    answers: dict[str, Answer] = _loaded(dict[str, str | Terms], json.dumps(value).encode())
    return answers


def turn_to_json(record: TurnRecord) -> dict[str, Json]:
    """A turn as a document of a save: orders, answers, events, worlds (packed), digest."""
    return {
        "turn": record.turn,
        "orders": pack(_dumped(dict[str, tuple[_Order, ...]], dict(record.orders))),
        "answers": pack(
            _dumped(
                tuple[tuple[tuple[_Question, ...], dict[str, str | Terms]], ...],
                tuple((stage.questions, dict(stage.answers)) for stage in record.stages),
            )
        ),
        "events": pack_json(
            [[one.kind, one.actor, one.target, one.facts, one.witnesses] for one in record.events]
        ),
        "worlds": pack_json(_differences(record)),
        "digest": record.digest,
    }


def _differences(record: TurnRecord) -> list[Json]:
    worlds = [record.start, *(stage.world for stage in record.stages), record.end]
    return [difference(old, new) for old, new in pairwise(worlds)]


def turn_from_json(document: Json, start: World) -> TurnRecord:
    """The turn in a document; `start` is the world at its start. Its digest is not checked here.

    Raises ValueError if the document is no turn, or names an unknown state.
    """
    if not isinstance(document, dict) or set(document) != TURN_FIELDS:
        raise ValueError("other fields than a turn's")
    turn, digest = document["turn"], document["digest"]
    if type(turn) is not int or not isinstance(digest, str):
        raise ValueError("a turn without number or digest")
    orders: Orders = _loaded(dict[str, tuple[_Order, ...]], unpack_visible(document["orders"]))
    asked = _loaded(
        tuple[tuple[tuple[_Question, ...], dict[str, str | Terms]], ...],
        unpack_visible(document["answers"]),
    )
    events = _events(unpack_visible(document["events"]))
    changes = json.loads(unpack_visible(document["worlds"]))
    if not isinstance(changes, list) or len(changes) != len(asked) + 1:
        raise ValueError("a turn with other stages than worlds")
    worlds = list(accumulate(changes, apply, initial=start))
    stages = tuple(
        Stage(world, questions, answers)
        for world, (questions, answers) in zip(worlds[1:], asked, strict=False)
    )
    record = TurnRecord(turn, start, orders, stages, events, worlds[-1], digest)
    check_turn(record)
    return record


TURN_FIELDS = frozenset({"turn", "orders", "answers", "events", "worlds", "digest"})
"""The fields of a turn's document."""


def _events(text: bytes) -> tuple[Event, ...]:
    rows = _loaded(
        tuple[tuple[str, str, str, tuple[_Fact, ...], tuple[str, ...] | None], ...], text
    )
    events = tuple([Event(*row) for row in rows])
    for one in events:
        if one.kind not in FACTS or not whole(one):
            raise ValueError(f"no event {one.kind!r} with {len(one.facts)} facts")
    return events


def beliefs_to_json(beliefs: Beliefs, before: Beliefs | None) -> dict[str, Json]:
    """Beliefs as packed arrays of the changes since `before`; an unchanged array is left out.

    Raises OverflowError for a figure that does not fit in 32 bits.
    """
    result: dict[str, Json] = {}
    for part in fields(Beliefs):
        array = _array(beliefs, part.name)
        change = array - _array(before, part.name) if before is not None else array
        if before is None or change.any():
            result[part.name] = pack(change.tobytes())
    return result


def _array(beliefs: Beliefs, name: str) -> "np.ndarray[Any, np.dtype[np.int32]]":
    array = getattr(beliefs, name)
    if np.abs(array).max(initial=0) > MOST_BELIEF:
        raise OverflowError(f"beliefs.{name} holds more than {MOST_BELIEF}")
    return np.asarray(array, dtype="<i4")


MOST_BELIEF = 2**30
"""The limit of figures of beliefs, so that their differences fit in 32 bits."""


def beliefs_from_json(document: Json, before: Beliefs | None, states: int) -> Beliefs:
    """The inverse of `beliefs_to_json`, for `count` states. Raises ValueError for anything else."""
    if not isinstance(document, dict):
        raise ValueError("beliefs are not an object")
    parts = {}
    for part in fields(Beliefs):
        if part.name not in document and before is not None:
            parts[part.name] = getattr(before, part.name)
            continue
        raw = unpack(document.get(part.name), 4 * states * states + 1)
        if len(raw) != 4 * states * states:
            raise ValueError(f"beliefs of another number of states than {states}")
        array = np.frombuffer(raw, dtype="<i4").astype(np.int64).reshape(states, states)
        whole = array if before is None else array + getattr(before, part.name)
        if whole.min(initial=0) < 0 or whole.max(initial=0) > BP:
            raise ValueError("beliefs beyond certainty")
        parts[part.name] = whole
    return Beliefs(**parts)


def private_chain(before: str, beliefs: Beliefs, record: Mapping[str, Json]) -> str:
    """The digest of a turn's private part, chained to the one before; hexadecimal SHA-256."""
    digest = hashlib.sha256(before.encode())
    text = json.dumps(record, sort_keys=True, allow_nan=False, separators=(",", ":"))
    digest.update(text.encode())
    for part in fields(Beliefs):
        digest.update(_array(beliefs, part.name).tobytes())
    return digest.hexdigest()


def private_digest(beliefs: Sequence[Beliefs], records: Sequence[Mapping[str, Json]]) -> str:
    """The digest of all that is private: beliefs (one more than turns) and decision records."""
    digest = ""
    for held, record in zip(beliefs, ({}, *records), strict=True):
        digest = private_chain(digest, held, record)
    return digest
