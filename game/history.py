"""A campaign as a value: its setup, and every turn's orders, answers, events and worlds.

It includes secret orders and treaties, which are public once a campaign is over. It includes
neither the envelope nor beliefs. `inference` reads nothing else.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

from game.world.atlas import Atlas
from game.world.events import Event
from game.world.map_document import MapDoc, canonical_json
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Answer
from game.world.stage import Stage

ENGINE_REVISION = 8
"""Raised whenever the same orders may lead to another world."""

Orders = Mapping[str, tuple[Order, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """What a campaign starts with. `map` has no doctrines and no ambitions (see the envelope)."""

    map: MapDoc
    seed: int
    player: str | None
    """The player's state; None if the AI plays all states."""
    turns: int
    """How many turns it has."""
    aims: Mapping[str, str]
    """State -> the id of its aim."""
    teaching: bool = False
    difficulty: str = "normal"
    engine_revision: int = ENGINE_REVISION


@dataclass(frozen=True, slots=True, eq=False)
class TurnRecord:
    """One turn as it was played."""

    turn: int
    start: World
    orders: Orders
    stages: tuple[Stage, ...]
    """The moments at which questions were asked, each with its world and the answers."""
    events: tuple[Event, ...]
    end: World
    digest: str
    """A hexadecimal SHA-256 of this turn and of the digest before it."""

    @property
    def answers(self) -> dict[str, Answer]:
        """All answers of the turn, by question id."""
        return {name: given for stage in self.stages for name, given in stage.answers.items()}

    @property
    def worlds(self) -> tuple[World, ...]:
        """The world at its start, and at each stage."""
        return (self.start, *(stage.world for stage in self.stages))


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """A campaign so far."""

    setup: Setup
    start: World
    turns: tuple[TurnRecord, ...] = ()

    @property
    def world(self) -> World:
        """The present world: the last turn's end, or the start."""
        return self.turns[-1].end if self.turns else self.start

    @property
    def over(self) -> bool:
        """Whether the campaign has ended.

        It has when its turns are played, when fewer than two states play on, or when the player's
        state is no more.
        """
        player, world = self.setup.player, self.world
        if len(self.turns) >= self.setup.turns or len(world.playing()) < 2:
            return True
        return player is not None and not world.state(player).alive

    @property
    def turn(self) -> int:
        """The turn to be played, from 1; once the campaign is over, the last one played."""
        return max(1, len(self.turns)) if self.over else self.world.turn

    @property
    def digest(self) -> str:
        """The digest of the last turn; of the setup before the first turn."""
        return self.turns[-1].digest if self.turns else chain_start(self.setup)

    def events(self) -> list[tuple[int, Event]]:
        """All events as (turn, event), in order."""
        return [(record.turn, happening) for record in self.turns for happening in record.events]


def canonical(value: Any) -> Any:
    """A value as lists, strings, integers, booleans and None, with mappings and sets sorted.

    Raises TypeError for a float, or for any other type that must not be in a world.
    """
    return json.loads(_written(value))


def _written(value: Any) -> str:
    """The JSON of a value in canonical form, in ASCII and without spaces."""
    kind: Any = type(value)
    if kind is str:
        return _quoted(value)
    if kind is int:
        return str(value)
    if kind is tuple or kind is list:
        return "[" + _listed(value) + "]"
    parts, added = _parts(kind)
    if parts:
        held = [getattr(value, part) for part in parts]
        held += [(part, own) for part, default in added if (own := getattr(value, part)) != default]
        return "[" + _listed(held) + "]"
    if value is None or kind is bool:
        return _PLAIN[value]
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, (tuple, list)):
        return _written(list(value))
    if isinstance(value, Mapping):
        pairs = sorted((_written(key), _written(item)) for key, item in value.items())
        return "[" + ",".join([f"[{key},{item}]" for key, item in pairs]) + "]"
    if isinstance(value, (set, frozenset)):
        return "[" + ",".join(sorted([_written(item) for item in value])) + "]"
    raise TypeError(f"{kind.__name__} has no place in a world: {value!r}")


def _listed(items: Iterable[Any]) -> str:
    """The items of a list in canonical form; the commonest are written here, which is faster."""
    return ",".join(
        [
            _quoted(it) if type(it) is str else str(it) if type(it) is int else _written(it)
            for it in items
        ]
    )


_PLAIN = {None: "null", True: "true", False: "false"}


@cache
def _parts(kind: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Any], ...]]:
    """The names of a dataclass's fields, and those ADDED later with their defaults.

    Nothing of either for another type, and without the atlas of a world. An added field that has
    not its default is written as a pair of its name and its value.
    """
    if not is_dataclass(kind):
        return (), ()
    shown = [part for part in fields(kind) if part.type not in (Atlas, Atlas.__name__)]
    named = [part for part in shown if "added" not in part.metadata]
    added = [part for part in fields(kind) if "added" in part.metadata]
    return (
        tuple(part.name for part in named),
        tuple((part.name, part.default) for part in added),
    )


def digest_of(*values: Any) -> str:
    """The hexadecimal SHA-256 of values in canonical form."""
    return hashlib.sha256(_written(values).encode()).hexdigest()


def chain_start(setup: Setup) -> str:
    """The digest before the first turn: of the map, seed, player, length and aims."""
    return digest_of(
        canonical_json(setup.map),
        setup.seed,
        setup.player or "",
        setup.turns,
        sorted(setup.aims.items()),
    )


def chain(
    before: str,
    orders: Orders,
    stages: tuple[Stage, ...],
    events: tuple[Event, ...],
    end: World,
) -> str:
    """The digest of a turn: of its content and of the digest `before`."""
    asked = [dict(stage.answers) for stage in stages]
    given = [[state, list(orders[state])] for state in sorted(orders)]
    return digest_of(before, given, asked, list(events), end)
