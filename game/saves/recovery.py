"""Recovers a damaged save up to its last complete turn, under a new name."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.history import History
from game.saves.codec import TURN_FIELDS, Json
from game.saves.save_header import refuse_newer
from game.saves.migrations import migrated
from game.files.file_problems import CannotRead, DamagedSave, shown
from game.saves.saved_campaign import SavedCampaign, Seat
from game.saves.save_list import ENDING, first_free
from game.files.atomic import backup_of
from game.saves.storage import Tables, is_tables, read_bytes
from game.saves.from_tables import (
    envelope_from,
    notebook_from,
    read_private,
    read_start,
    read_turns,
)
from game.world.beliefs import Beliefs, learn
from game.world.orders import Order
from game.world.questions import Answer

_DOCUMENT = re.compile(r'"[0-9]{1,9}":\s*(?=\{)')

_MARKS: dict[str, frozenset[str]] = {
    "header": frozenset({"map_id", "saved_at"}),
    "map": frozenset({"map", "setup"}),
    "envelope": frozenset({"seats"}),
    "notebook": frozenset({"notebook", "pending"}),
    "turns": TURN_FIELDS,
    "private": frozenset({"beliefs", "record"}),
}
"""Table -> fields by which its documents are recognised when the table's name is lost."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A campaign recovered from a damaged save."""

    path: Path
    """Its new file; the damaged one is never overwritten."""
    saved: SavedCampaign
    sentence: str
    """What was recovered, and what could not be."""


def salvage(content: bytes) -> Tables:
    """All complete documents that can be found in a save's bytes, sorted into tables."""
    text = content.decode("utf-8", errors="replace")
    tables: Tables = {name: {} for name in _MARKS}
    for document in _documents(text):
        for name, marks in _MARKS.items():
            if marks <= set(document):
                tables[name][str(len(tables[name]) + 1)] = document
                break
    return tables


def _documents(text: str) -> Iterator[dict[str, Any]]:
    """Yield every JSON object in the text that begins like a document and is complete."""
    """Yield every JSON object in the text that begins like a document and is complete."""
    decoder = json.JSONDecoder()
    offset = 0
    while found := _DOCUMENT.search(text, offset):
        try:
            document, offset = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            offset = found.end()
            continue
        yield document


def salvaged(content: bytes, path: Path) -> Tables:
    """The tables if the bytes are JSON, else what `salvage` finds, in this version's format.

    Raises NewerSave, and DamagedSave if no header is left that says the format.
    """
    try:
        tables = json.loads(content)
    except (ValueError, RecursionError):
        tables = None
    if not is_tables(tables):
        tables = salvage(content)
    return migrated(tables, path)


def recoverable(path: Path) -> Recovered:
    """The campaign up to the last complete turn in the file or its `.bak`.

    Nothing is written. Lost beliefs are computed again from the events; lost decision records are
    empty. Raises DamagedSave if the map or the envelope is lost in both files; NewerSave;
    CannotRead.
    """
    sources = [_source(index, path) for index in (path, backup_of(path))]
    if all(source is None for source in sources):
        raise CannotRead(f"There is nothing to recover: neither {shown(path)} nor its .bak exists.")
    tables = [source for source in sources if source is not None]
    for begun in _pool(tables, "map"):
        try:
            setup, start, beliefs = read_start(begun)
        except ValueError:
            continue
        records, _ = read_turns(_pool(tables, "turns"), setup, start)
        history = History(setup, start, records)
        envelope = _envelope(_pool(tables, "envelope"), history)
        if envelope is None:
            raise DamagedSave(
                f"The save {shown(path)} cannot be played on: its sealed envelope is lost, in the"
                ' file and in its .bak; "realpolitik debrief --blind" may still read it.'
            )
        return _recovered(path, history, envelope, tables, beliefs)
    raise DamagedSave(
        f"The save {shown(path)} cannot be recovered: its map is lost, in the file and in its .bak."
    )


def surviving(path: Path) -> History | None:
    """The public history in a damaged save or its `.bak`; None if there is none.

    Neither the envelope nor the private table is read. Raises NewerSave, CannotRead.
    """
    tables = [
        source for index in (path, backup_of(path)) if (source := _source(index, path)) is not None
    ]
    for begun in _pool(tables, "map"):
        try:
            setup, start, _ = read_start(begun)
        except ValueError:
            continue
        records, _ = read_turns(_pool(tables, "turns"), setup, start)
        if records:
            return History(setup, start, records)
    return None


def _source(source: Path, path: Path) -> Tables | None:
    """The tables of a file, as far as they can be read; None if there is no file."""
    if not source.exists():
        return None
    content = read_bytes(source)
    tables = salvage(content)
    for header in tables["header"].values():
        number = header.get("format")
        if type(number) is int:
            refuse_newer(number, path)
    try:
        return salvaged(content, path)
    except DamagedSave:
        # Without a header this version's format is assumed; if that is wrong, no digest will fit.
        return tables


def _pool(tables: list[Tables], name: str) -> list[Json]:
    return [document for source in tables for document in source.get(name, {}).values()]


def _envelope(documents: list[Json], history: History) -> dict[str, Seat] | None:
    for document in documents:
        try:
            return envelope_from(document, history.setup.map)
        except ValueError:
            continue
    return None


def _recovered(
    path: Path,
    history: History,
    envelope: dict[str, Seat],
    tables: list[Tables],
    beliefs: Beliefs,
) -> Recovered:
    """The recovered campaign: history and envelope, and whatever else the tables still hold."""
    turns = len(history.turns)
    states = len(history.start.states)
    notebook: dict[str, Json] = {}
    pending: tuple[Order, ...] = ()
    answers: dict[str, Answer] = {}
    for document in _pool(tables, "notebook"):
        try:
            notebook, pending, answers = notebook_from(document, history.world.turn)
            break
        except ValueError:
            continue
    held, records = read_private(_pool(tables, "private"), states, turns)
    known = list(held or (beliefs,))
    for record in history.turns[len(known) - 1 :]:
        known.append(learn(known[-1], record.end, record.events))
    whole = SavedCampaign(
        history,
        envelope,
        notebook,
        pending,
        answers,
        tuple(known),
        (*records, *({} for _ in range(turns - len(records)))),
    )
    new = first_free(path.with_name(path.name.removesuffix(ENDING) + " recovered" + ENDING))
    when = f"to the end of turn {turns}" if turns else "to its beginning"
    lost = "" if len(held) > turns else ", without what its states said of their reasons since"
    sentence = (
        f"The save {shown(path)} was damaged; it was recovered {when}{lost}, under the name"
        f" {shown(new)}, and the damaged file is left as it was."
    )
    return Recovered(new, whole, sentence)
