"""The player's settings, in a small JSON file in the user's own configuration directory."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from game.files.file_problems import CannotWrite, why


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that last from one session to the next."""

    theme: str = ""
    """The theme's name; empty is the game's own."""
    difficulty: str = "normal"
    teaching: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    """Action -> the key that does it, where it is another than at first."""


def settings_path() -> Path:
    """The path of the settings file."""
    import platformdirs

    return platformdirs.user_config_path("realpolitik", appauthor=False) / "settings.json"


def read_settings(path: Path | None = None) -> Settings:
    """The settings; a value that is missing, damaged or of a wrong type has its default."""
    try:
        found = json.loads((path or settings_path()).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    standard = asdict(Settings())
    valid = {
        part.name: found[part.name]
        for part in fields(Settings)
        if type(found.get(part.name)) is type(standard[part.name])
    }
    valid["keys"] = {
        action: key
        for action, key in valid.get("keys", {}).items()
        if isinstance(action, str) and isinstance(key, str) and key
    }
    return Settings(**valid)


def write_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings. Raises CannotWrite; the old file is then unchanged."""
    target = path or settings_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, asdict(settings))
    except OSError as error:
        raise CannotWrite(f"The settings could not be kept: {why(error)}.") from error


def _replace(target: Path, data: Mapping[str, object]) -> None:
    """Write a temporary file, then replace the target by it."""
    """Write a temporary file, then replace the target by it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".settings-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
