"""The values of a campaign that was run again with one state's doctrine swapped."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run, and of the state whose doctrine was swapped."""

    treaties: int
    pacts: int
    """Pacts to fight that the state signed."""
    against: Mapping[str, int]
    """Adversary -> how many of those named it."""
    wars: int
    annexed: int
    """Provinces that changed their owner, counted by turn."""
    eliminated: tuple[str, ...]
    capability: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RunPair:
    """A run with the doctrine as it was and one with the swap, under the same dice."""

    before: Outcome
    after: Outcome
    parts: int | None
    """The turn in which the two part; None if they never do."""


@dataclass(frozen=True, slots=True)
class PlayerSeat:
    """What became of the player's seat in the runs with the swap."""

    state: str
    doctrine: str
    """What it followed once its recorded orders were no longer legal."""
    handed_over: tuple[int | None, ...]
    """By run, the turn from which it did; None: it kept its orders."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Means over the runs, each as (without the swap, with it)."""

    treaties: tuple[float, float]
    pacts: tuple[float, float]
    wars: tuple[float, float]
    annexed: tuple[float, float]
    capability: Mapping[str, tuple[float, float]]
    eliminated: Mapping[str, tuple[int, int]]
    """State -> in how many runs it was eliminated; those that never were are left out."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """A campaign that was run again with one state's doctrine swapped."""

    state: str
    doctrine: str
    instead: str
    """The doctrine that it follows otherwise."""
    times: int
    player: PlayerSeat | None
    runs: tuple[RunPair, ...]
    changes: Changes
    ledger: tuple[str, ...]
    note: str = ""
    """What is to be said of it where the campaign was played by other rules than today's."""
