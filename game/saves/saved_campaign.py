"""All that a save holds, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from game.history import History
from game.saves.codec import Json
from game.world.beliefs import Beliefs
from game.world.orders import Order
from game.world.questions import Answer


class Seat(TypedDict):
    """What the envelope holds of a state."""

    doctrine: str
    ambition: int
    """bp."""
    temperature: int
    """Millionths."""


@dataclass(frozen=True, slots=True, eq=False)
class SavedCampaign:
    """All that a save holds."""

    history: History
    envelope: Mapping[str, Seat]
    """By state."""
    notebook: Mapping[str, Json] = field(default_factory=dict)
    """The player's notebook: whatever JSON the screen keeps there."""
    pending: tuple[Order, ...] = ()
    """The player's orders for the turn to come, in rank."""
    pending_answers: Mapping[str, Answer] = field(default_factory=dict)
    """Answers given so far in a turn that waits amid questions."""
    beliefs: tuple[Beliefs, ...] = ()
    """At the start, and after each turn: one more than turns."""
    records: tuple[Mapping[str, Json], ...] = ()
    """A turn's private decision records and letters: JSON, one a turn."""
    revisions: tuple[int, ...] = ()
    """The engine revisions of the programs that wrote it so far."""
