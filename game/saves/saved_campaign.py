"""The content of a save as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from game.history import History
from game.saves.codec import Json
from game.world.beliefs import Beliefs
from game.world.orders import Order
from game.world.questions import Answer


class Seat(TypedDict):
    """What the envelope says about a state."""

    doctrine: str
    ambition: int
    """bp."""
    temperature: int
    """Millionths of the unit of utility."""
    habits: NotRequired[dict[str, int]]
    """How it reckons otherwise than its doctrine says: factors in bp; none where left out."""
    temperament: NotRequired[dict[str, int]]
    """What it is like: traits in bp; all in the middle where left out."""


@dataclass(frozen=True, slots=True, eq=False)
class SavedCampaign:
    """The content of a save."""

    history: History
    envelope: Mapping[str, Seat]
    """State -> its seat."""
    notebook: Mapping[str, Json] = field(default_factory=dict)
    """The player's notebook, as JSON."""
    pending: tuple[Order, ...] = ()
    """The player's orders for the next turn, the most important first."""
    pending_answers: Mapping[str, Answer] = field(default_factory=dict)
    """The answers given so far in an unfinished turn."""
    beliefs: tuple[Beliefs, ...] = ()
    """Beliefs at the start and after each turn: one more than turns."""
    records: tuple[Mapping[str, Json], ...] = ()
    """A turn's private decision records and letters: JSON, one a turn."""
    revisions: tuple[int, ...] = ()
    """The engine revisions of the programs that wrote it so far."""
