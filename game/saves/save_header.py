"""The header of a save, for lists of saves; only the file's first 4 kB are read."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from game.files.file_problems import CannotRead, DamagedSave, NewerSave, shown, why
from game.files.ordinary import read_ordinary
from game.saves.checksums import has_checksums, header_fits, without_checksums
from game.world.clean_text import clean_text

FORMAT = 2
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
    revisions: tuple[int, ...] = ()
    """The engine revisions of all programs that wrote it, the lowest first."""

    @property
    def moment(self) -> datetime:
        """When it was saved."""
        return datetime.fromisoformat(self.saved_at)

    @property
    def seconds(self) -> float:
        """When it was saved, in seconds by which saves are ranked."""
        try:
            return self.moment.timestamp()
        except (ValueError, OverflowError):
            return 0.0

    def saved_words(self, *, local: bool = False) -> str:
        """When it was saved, to the minute: in UTC, or by the clock of this place.

        A moment that no calendar here reaches stands as it is written in the save.
        """
        try:
            moment = self.moment.astimezone(None if local else UTC)
        except (ValueError, OverflowError):
            return self.saved_at
        return moment.strftime("%Y-%m-%d %H:%M") if local else f"{moment:%Y-%m-%d %H:%M} UTC"


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
    "revisions": list,
}
_SINCE_2 = frozenset({"revisions"})
"""The fields that headers of format 1 have not."""
_MOST_LETTERS = 400
_MOST_REVISIONS = 100


def header_to_json(header: Header) -> dict[str, Any]:
    """The header as a document of a save."""
    return {**asdict(header), "revisions": list(header.revisions)}


def header_from_json(document: Any) -> Header:
    """The header that a document of any known format holds, its text cleaned, without checksums.

    Raises ValueError if it is none.
    """
    if not isinstance(document, dict):
        raise ValueError("no object")
    given: dict[str, Any] = without_checksums(document)
    names = set(_TYPES) - (_SINCE_2 if given.get("format") == 1 else set())
    if set(given) != names:
        raise ValueError("other fields than a header's")
    parts: dict[str, Any] = {}
    for name, value in given.items():
        if type(value) is not _TYPES[name]:
            raise ValueError(f"{name} is not {_TYPES[name].__name__}")
        if type(value) is int and not 0 <= value < 10**9:
            raise ValueError(f"{name} is out of range")
        if isinstance(value, str) and len(value) > _MOST_LETTERS:
            raise ValueError(f"{name} is too long")
        parts[name] = clean_text(value) if isinstance(value, str) else value
    revisions = parts.setdefault("revisions", [parts["engine_revision"]])
    if len(revisions) > _MOST_REVISIONS or not all(type(one) is int for one in revisions):
        raise ValueError("revisions are not numbers")
    header = Header(**{**parts, "revisions": tuple(revisions)})
    if header.moment.tzinfo is None:
        raise ValueError("saved_at names no time zone")
    return header


def read_header(path: Path | str) -> Header:
    """The header of a save, from at most its first 4 kB.

    Raises DamagedSave, NewerSave or CannotRead, each in one sentence.
    """
    path = Path(path)
    try:
        start = read_ordinary(path, HEADER_BYTES)
    except OSError as error:
        raise CannotRead(f"The save {shown(path)} cannot be read: {why(error)}.") from error
    document = first_document(start)
    number = document.get("format") if isinstance(document, dict) else None
    try:
        if has_checksums(document) and not header_fits(document):
            raise ValueError("not as it was written")
        if type(number) is int:
            refuse_newer(number, path)
            if number != 1 and not has_checksums(document):
                raise ValueError("without checksums")
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
