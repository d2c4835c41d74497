"""How often verdicts of this program were right when they were measured, for the method page.

The figures are in `game/files/verdict_record.json`, which `python -m tests.verdict_record` writes.
"""

from dataclasses import dataclass

from game.files.program_data import VERDICT_RECORD, read_json
from game.page.blocks import Table

LEVELS = (0.8, 0.9, 0.95)
"""The least posterior of each level of verdicts; a level ends where the next begins."""
KINDS = {
    "own": "the game's own states, balance of power or of threat (a check of the code)",
    "odd": "the same, with odd habits of which nobody was told",
    "outside": "a state that followed a simple rule which is not the game's",
}
"""Kind of conduct -> how the table names it."""


@dataclass(frozen=True, slots=True)
class Level:
    """The verdicts of one level."""

    least: float
    named: int
    """How many named a doctrine."""
    right: int
    """How many of those named the right one."""


@dataclass(frozen=True, slots=True)
class ConductRecord:
    """One kind of conduct."""

    kind: str
    campaigns: int
    states: int
    levels: tuple[Level, ...]

    @property
    def unnamed(self) -> int:
        """How many states were given no doctrine: undecided, none of these, or chance."""
        return self.states - sum(level.named for level in self.levels)


def read_record() -> tuple[ConductRecord, ...]:
    """The record of each kind of conduct, in the order of `KINDS`."""
    found = read_json(VERDICT_RECORD)["rows"]
    return tuple(
        ConductRecord(
            row["kind"],
            row["campaigns"],
            row["states"],
            tuple(Level(**level) for level in row["levels"]),
        )
        for row in found
    )


def record_table() -> Table:
    """How often a doctrine that was named was right, at each level and for each kind of conduct."""
    rows = tuple(
        (
            KINDS[row.kind],
            f"{row.campaigns}",
            f"{row.states}",
            *(f"{it.right} of {it.named}" if it.named else "-" for it in row.levels),
            f"{row.unnamed}",
        )
        for row in read_record()
    )
    head = ("conduct", "campaigns", "states", "right at 80-90%", "at 90-95%", "at 95% and more")
    return Table("Verdicts that named a doctrine", (*head, "no doctrine named"), rows)
