"""A run: one campaign of the laboratory, given by map, world, seed and number of turns.

"World" means here which doctrines the states follow. All chance follows from the seed, so a run
has the same result in any process and in any order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from game import play
from game.dice import draw
from game.history import History, Setup
from game.messages import PlayerMessage
from game.rivals.envelope import Envelope, Seat, seal
from game.theory.doctrine import BUILT_IN
from game.theory.doctrine import doctrines as known_doctrines
from game.world.map_document import MapDoc, without_secrets
from game.world.model import World
from game.world.world_setup import build_world

MIXED, RANDOM_MIX = "mixed", "random"
"""MIXED: doctrines drawn as in a game. RANDOM_MIX: BOP or BOT drawn for every state."""
WORLDS = (MIXED, RANDOM_MIX, *BUILT_IN)
"""The worlds that rows need: the two mixes, and one world a doctrine that all states follow."""


class UnknownWorld(PlayerMessage):
    """There is no world of that name; the sentence lists the worlds."""

    status = 2


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """One campaign of the laboratory."""

    map: str
    world: str
    seed: int
    turns: int
    player: str = ""
    """The computer player in a seat (`players.NAMES`); empty where the AI plays every state."""
    seat: str = ""
    """The state it plays."""


def world_named(name: str, docs: Mapping[str, MapDoc]) -> str:
    """The world of a name, in any case of letters; a doctrine known to every map is a world too.

    Raises UnknownWorld.
    """
    shared = [set(known_doctrines(doc)) for doc in docs.values()]
    own = set.intersection(*shared) - set(WORLDS) if shared else set()
    known = [*WORLDS, *sorted(own)]
    for world in known:
        if name == world:
            return world
    for world in known:
        if name.casefold() == world.casefold() and world != RANDOM_MIX:
            return world
    raise UnknownWorld(f"There is no doctrine or world {name!r}; choose of {', '.join(known)}.")


def envelope(doc: MapDoc, world: World, run: Run) -> Envelope:
    """What every state follows in a run."""
    drawn = seal(doc, world, run.seed)
    if run.world == MIXED:
        return drawn
    return {name: _seat(seat, name, run) for name, seat in drawn.items()}


def _seat(seat: Seat, state: str, run: Run) -> Seat:
    if run.world == RANDOM_MIX:
        chance = draw(run.seed, 0, "lab", state, "doctrine")
        return replace(seat, doctrine="BOP" if chance < 0.5 else "BOT")
    return replace(seat, doctrine=run.world)


def begin(doc: MapDoc, run: Run) -> play.Position:
    """A run before its first turn."""
    setup = Setup(without_secrets(doc), run.seed, None, run.turns, {})
    world, beliefs = build_world(doc)
    start = play.between_turns(History(setup, world), envelope(doc, world, run), (beliefs,))
    return replace(start, full_records=True)


def play_out(position: play.Position, turns: int) -> play.Position:
    """The position after so many more turns, with all states played by the AI."""
    for _ in range(turns):
        position = play.begin(position, {})
    return position


def at_turn(position: play.Position, turn: int) -> play.Position:
    """The same campaign as it stood before a turn (from 1)."""
    done = turn - 1
    history = replace(position.history, turns=position.history.turns[:done])
    return replace(
        position,
        history=history,
        beliefs=position.beliefs[: done + 1],
        records=position.records[:done],
    )
