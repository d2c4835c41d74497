"""Exceptions about files. Their text is one sentence: what is wrong, where, and what to do."""

from pathlib import Path

from game.messages import PlayerMessage
from game.world.clean_text import clean_text


class SaveProblem(PlayerMessage):
    """Something is wrong with a save."""


class DamagedSave(SaveProblem):
    """The file is no complete save."""


class NewerSave(SaveProblem):
    """The save was written by a newer version of the game."""


class SaveInUse(SaveProblem):
    """Another window or process has the save open for writing."""


class MovedOn(SaveProblem):
    """Another program wrote the save since it was opened here; it was left as it is."""


class CannotWrite(SaveProblem):
    """The file could not be written; the previous one is unchanged."""


class CannotRead(SaveProblem):
    """The file could not be read."""


class UnknownSave(SaveProblem):
    """There is no save of that name or path."""

    status = 2


def shown(path: Path) -> str:
    """A save's name in quotes, for a sentence."""
    name = path.name.removesuffix(".json")
    return f'"{clean_text(name) or "unnamed"}"'


def why(error: OSError) -> str:
    """The system's message, beginning in lower case and without the file's name."""
    text = error.strerror or type(error).__name__
    return text[:1].lower() + text[1:]
