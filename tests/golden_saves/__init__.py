"""Golden saves: what earlier versions of the game wrote, and what it held."""

import gzip
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Every golden save."""
    return sorted(path.name.removesuffix(".json.gz") for path in FOLDER.glob("*.json.gz"))


def unpacked(name: str, folder: Path) -> Path:
    """A golden save as a file in a folder."""
    path = folder / f"{name}.json"
    path.write_bytes(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))
    return path


def expected(name: str) -> dict[str, Any]:
    """What the game that wrote a golden save held."""
    family, _, kind = name.rpartition("-")
    found: dict[str, Any] = json.loads((FOLDER / f"{family}.json").read_text("utf-8"))
    return found[f"{family}-{kind}"]  # type: ignore[no-any-return]
