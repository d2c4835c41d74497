"""The header of a save, for lists of saves; only the file's first 4 kB are read."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from game.files.file_problems import CannotRead, DamagedSave, NewerSave, shown, why
from game.world.clean_text import clean_text

FORMAT = 1
"""The number of the format that this version writes."""

HEADER_BYTES = 4096
"""A header is never longer than so many bytes."""

_BEGINNING = '{"header":'


@dataclass(frozen=True, slots=True)
class Header:
    """What a save says about itself; loading a campaign does not rely on any of it."""

    title: str
    """The map's title."""
    map_id: str
    player: str
    """The id of the player's state; empty if the AI plays all states."""
    state: str
    """Its name; empty if the AI plays all states."""
    turn: int
    """The next turn to play, from 1; if the campaign is over, the last turn that was played."""
    date: str
    """That turn's date in the map's calendar."""
    saved_at: str
    """When it was saved: ISO 8601, UTC, to the second."""
    over: bool
    engine_revision: int
    digest: str
    """The digest of the chain so far."""
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When it was saved."""
        return datetime.fromisoformat(self.saved_at)


_TYPES: dict[str, type] = {
    "title": str,
    "map_id": str,
    "player": str,
    "state": str,
    "turn": int,
    "date": str,
    "saved_at": str,
    "over": bool,
    "engine_revision": int,
    "digest": str,
    "format": int,
}


def header_to_json(header: Header) -> dict[str, Any]:
    """The header as a document of a save."""
    return asdict(header)


def header_from_json(document: Any) -> Header:
    """The header in a document, with its texts cleaned. Raises ValueError if it is no header."""
    names = [part.name for part in fields(Header)]
    if not isinstance(document, dict) or set(document) != set(names):
        raise ValueError("other fields than a header's")
    for name, kind in _TYPES.items():
        if type(document[name]) is not kind:
            raise ValueError(f"{name} is not {kind.__name__}")
    parts: dict[str, Any] = {
        name: clean_text(value) if isinstance(value, str) else value
        for name, value in document.items()
    }
    header = Header(**parts)
    if header.moment.tzinfo is None:
        raise ValueError("saved_at names no time zone")
    return header


def read_header(path: Path | str) -> Header:
    """The header of a save, from at most its first 4 kB.

    Raises DamagedSave, NewerSave or CannotRead, each in one sentence.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            start = file.read(HEADER_BYTES)
    except OSError as error:
        raise CannotRead(f"The save {shown(path)} cannot be read: {why(error)}.") from error
    document = first_document(start)
    number = document.get("format") if isinstance(document, dict) else None
    if type(number) is int:
        refuse_newer(number, path)
    try:
        return header_from_json(document)
    except ValueError as error:
        raise DamagedSave(
            f"The save {shown(path)} is damaged: it does not begin as a save of this game does;"
            " it is left as it is, and resuming it recovers what can be recovered."
        ) from error


def first_document(start: bytes) -> Any:
    """The first document of a save; None if the bytes do not begin like a save."""
    text = start.decode("utf-8", errors="ignore")
    if not "".join(text[:80].split()).startswith(_BEGINNING):
        return None
    index = text.index(":") + 1
    text = text[index:].lstrip().removeprefix("{")
    try:
        index = text.index(":") + 1
        document, _ = json.JSONDecoder().raw_decode(text, len(text) - len(text[index:].lstrip()))
    except (ValueError, RecursionError):
        return None
    return document


def refuse_newer(number: int, path: Path) -> None:
    """Raise NewerSave for a format that is newer than this version's."""
    if number > FORMAT:
        raise NewerSave(
            f"The save {shown(path)} is of format {number}, and this version of the game reads"
            f" up to format {FORMAT}: update the game to open it."
        )
