"""Recovers a damaged save up to its last complete turn, under a new name."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.files.atomic import backup_of
from game.files.file_problems import CannotRead, DamagedSave, SaveProblem, shown
from game.history import History
from game.saves.checksums import Tables, has_checksums, header_fits, table_fits
from game.saves.codec import TURN_FIELDS, Json, unpacking
from game.saves.from_tables import (
    envelope_from,
    notebook_from,
    notebook_in_part,
    read_private,
    read_start,
    read_turns,
)
from game.saves.migrations import migrated, without_header
from game.saves.save_header import FORMAT
from game.saves.save_list import ENDING, first_free
from game.saves.saved_campaign import SavedCampaign, Seat
from game.saves.storage import (
    MOST_VALUES,
    bare_tables,
    damaged,
    first_header,
    is_tables,
    needs_checksums,
    parsed,
    read_bytes,
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
    extent: str
    """The same in a phrase: "to the end of turn 5, without your notebook"."""


def salvage(content: bytes) -> Tables:
    """All complete documents that can be found in a save's bytes, sorted into tables."""
    if sum(content.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        return {name: {} for name in _MARKS}
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


@dataclass(frozen=True, slots=True)
class Source:
    """What a file, or its `.bak`, still holds."""

    tables: Tables
    """In today's format, as far as they can be read."""
    whole: frozenset[str]
    """The tables that are as they were written, by the header's checksums."""
    damaged: frozenset[str]
    """Those that are not. In neither: what nothing vouches for (format 1, or no header)."""


def source_of(content: bytes, path: Path) -> Source:
    """What a save's bytes hold: the whole tables if they are JSON, else what `salvage` finds.

    Raises NewerSave, and DamagedSave if no header is left that says the format.
    """
    try:
        tables = parsed(content)
    except ValueError:
        tables = None
    if not is_tables(tables):
        tables = salvage(content)
    header = first_header(tables)
    whole: frozenset[str] = frozenset()
    damaged_ones: frozenset[str] = frozenset()
    if has_checksums(header):
        if header_fits(header):
            names = [name for name in _MARKS if name != "header"]
            whole = frozenset(
                name for name in names if table_fits(header, name, tables.get(name, {}))
            )
            damaged_ones = frozenset(names) - whole
        else:
            damaged_ones = frozenset({"header"})
    elif needs_checksums(header):
        damaged_ones = frozenset({"header"})
    if damaged_ones == {"header"} and _is_newer(header):
        # A header that is not as it was written says nothing of its format either.
        raise damaged(path, "its beginning is not as it was written")
    return Source(migrated(bare_tables(tables), path), whole, damaged_ones)


def _is_newer(header: Any) -> bool:
    number = header.get("format")
    return type(number) is int and number > FORMAT


def recoverable(path: Path, *, backup: bool = True) -> Recovered:
    """The campaign up to the last whole turn that the file, or its `.bak`, still holds.

    Without `backup` the file alone is looked at. Nothing is written yet. Beliefs that are lost are
    learned anew from the events; lost decision records are empty. Raises DamagedSave where map or
    envelope is lost in both, NewerSave, CannotRead.
    """
    sources = _sources(path, backup=backup)
    if not sources:
        raise CannotRead(f"There is nothing to recover: neither {shown(path)} nor its .bak exists.")
    with unpacking(sum(_size(one) for one in (path, backup_of(path)))):
        for begun, doubtful in _pool(sources, "map"):
            try:
                setup, start, beliefs = read_start(begun)
            except ValueError:
                continue
            records, _ = read_turns([one for one, _ in _pool(sources, "turns")], setup, start)
            history = History(setup, start, records)
            envelope = _envelope(sources, history)
            if envelope is None:
                raise DamagedSave(
                    f"The save {shown(path)} cannot be played on: its sealed envelope is lost, in"
                    ' the file and in its .bak; "realpolitik debrief --blind" may still read it.'
                )
            return _recovered(path, history, envelope, sources, beliefs, doubtful)
    raise DamagedSave(
        f"The save {shown(path)} cannot be recovered: its map is lost, in the file and in its .bak."
    )


def surviving(path: Path) -> History | None:
    """The public history in a damaged save or its `.bak`; None if there is none.

    Neither the envelope nor the private table is read. Raises NewerSave, CannotRead.
    """
    sources = _sources(path)
    with unpacking(sum(_size(one) for one in (path, backup_of(path)))):
        for begun, _ in _pool(sources, "map"):
            try:
                setup, start, _ = read_start(begun)
            except ValueError:
                continue
            records, _ = read_turns([one for one, _ in _pool(sources, "turns")], setup, start)
            if records:
                return History(setup, start, records)
    return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sources(path: Path, *, backup: bool = True) -> list[Source]:
    """What the file and its `.bak` hold, of those that can be read."""
    found = []
    for place in (path, *([backup_of(path)] if backup else [])):
        if not place.exists():
            continue
        try:
            content = read_bytes(place)
        except (CannotRead, DamagedSave):
            if place == path:
                raise
            continue
        try:
            found.append(source_of(content, path))
        except DamagedSave:
            found.append(Source(without_header(salvage(content)), frozenset(), frozenset()))
    return found


def _pool(sources: list[Source], name: str) -> list[tuple[Json, bool]]:
    """A table's documents of all sources: those that are as written first, the damaged ones last.

    With each, whether it is among the damaged ones.
    """
    ranked = sorted(sources, key=lambda one: (name in one.damaged, name not in one.whole))
    return [
        (document, name in source.damaged)
        for source in ranked
        for document in source.tables.get(name, {}).values()
    ]


def _envelope(sources: list[Source], history: History) -> dict[str, Seat] | None:
    for document, doubtful in _pool(sources, "envelope"):
        if doubtful:
            # One changed letter makes a rival another: no envelope is better than a false one.
            continue
        try:
            return envelope_from(document, history.setup.map)
        except ValueError:
            continue
    return None


def _recovered(
    path: Path,
    history: History,
    envelope: dict[str, Seat],
    sources: list[Source],
    beliefs: Beliefs,
    doubtful: bool,
) -> Recovered:
    """The recovered campaign: history and envelope, and whatever else the tables still hold."""
    turns = len(history.turns)
    notebook: dict[str, Json] = {}
    pending: tuple[Order, ...] = ()
    answers: dict[str, Answer] = {}
    lost_papers = ["your notebook and the orders that were pending"]
    papers = [one for one, changed in _pool(sources, "notebook") if not changed]
    for document in papers:
        try:
            notebook, pending, answers = notebook_from(document, history.world)
            lost_papers = []
            break
        except ValueError:
            continue
    else:
        for document in papers[:1]:
            notebook, pending, answers, lost_papers = notebook_in_part(document, history.world)
    private = [one for one, _ in _pool(sources, "private")]
    held, records = read_private(private, history.start.atlas, turns)
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
    lost = [] if len(held) > turns else ["what its states said of their reasons since"]
    lost += lost_papers
    without = f", without {' and without '.join(lost)}" if lost else ""
    doubt = " (whether it taught, and how hard it was, may be read wrong)" if doubtful else ""
    extent = when + without + doubt
    sentence = (
        f"The save {shown(path)} was damaged; it was recovered {extent}, under the name"
        f" {shown(new)}, and the damaged file is left as it was."
    )
    return Recovered(new, whole, sentence, extent)


def what_can_be_had(path: Path) -> str:
    """Of a damaged save: what the file itself still gives, and what its `.bak` adds, in a sentence.

    Nothing is written.
    """
    extents = []
    for backup in (False, True):
        try:
            extents.append(recoverable(path, backup=backup).extent)
        except SaveProblem:
            extents.append("")
    alone, together = extents
    if not together:
        return "Nothing of it can be played on, neither from the file nor from its .bak."
    if alone == together:
        return f"Resuming it recovers it {together}."
    own = f"; the file alone gives it {alone}" if alone else "; the file alone gives nothing"
    return f"Resuming it recovers it {together}, with the help of its .bak{own}."
