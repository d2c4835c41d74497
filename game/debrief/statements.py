"""Single statements of a debrief, each with the turn and the claims that it rests on."""

from collections.abc import Mapping
from typing import Any

from game.page.blocks import Faint, Inline, Strong, Text


def told(row: Mapping[str, Any]) -> Text:
    """A diagnostic turn: what was done, each reading of it, what it resembled, and the sources."""
    pieces: list[Inline] = [Strong(f"{row['date']}: "), row["deed"]]
    for reading in row["readings"].values():
        lead, comma, why = str(reading["sentence"]).partition(", ")
        pieces += [" ", Strong(lead), comma + why]
    pieces += [f" {row['resembled']}", sources(row)]
    return tuple(pieces)


def sources(row: Mapping[str, Any]) -> Faint:
    """The turn and the claims behind a statement, by their ids."""
    return Faint(f" (turn {row['turn']}; {', '.join(row['ledger'])})")
