"""Forks: a campaign played again from one of its turns, with the same dice and one change.

The change is to a state, a treaty, or an answer; all later decisions are taken anew by the same
states. The difference between the two courses is the effect of the change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from game import play
from game.dice import draw
from game.history import TurnRecord
from game.lab.conduct import Conduct, in_full
from game.lab.runs import MIXED, RANDOM_MIX, at_turn, play_out
from game.theory.choice_rule import Record
from game.world.memo import changed
from game.world.model import State, Treaty, World
from game.world.questions import Answer

FORKED = (MIXED, RANDOM_MIX)
"""The worlds that are forked."""
Records = Sequence[Mapping[str, Sequence[object]]]


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Some turns of a campaign, as they were or as they would have been."""

    turns: tuple[TurnRecord, ...]
    position: play.Position
    """The campaign after the last of them."""
    begun: int
    """The first of the turns, from 1."""

    @property
    def worlds(self) -> list[World]:
        """The world at the end of each turn."""
        return [record.end for record in self.turns]

    def decisions(self, begin: int) -> Iterator[tuple[str, Record]]:
        """Every decision of an AI state from a turn on, with the id of the state."""
        for made in self.position.records[begin - 1 :]:
            for state, records in made.items():
                for record in in_full(records):
                    yield state, record


def sample(conduct: Conduct, row: str, count: int) -> int:
    """Which of so many candidates a row takes."""
    setup = conduct.history.setup
    return min(count - 1, int(draw(setup.seed, 0, "lab", row, "candidate", setup.map.id) * count))


def last_turn(conduct: Conduct, horizon: int) -> int:
    """The last turn with so many turns after it; below 1 if the campaign is too short."""
    return len(conduct.history.turns) - horizon + 1


def as_it_was(conduct: Conduct, turn: int, horizon: int) -> Path:
    """The turns as they happened."""
    turns = conduct.history.turns[turn - 1 : turn - 1 + horizon]
    return Path(turns, at_turn(conduct.position, turn + len(turns)), turn)


def with_world(
    conduct: Conduct,
    turn: int,
    world: World,
    horizon: int,
    until: Callable[[World], bool] | None = None,
) -> Path:
    """What would have happened from a turn on in another world.

    It ends before the horizon at the first turn's end of which `until` is true: where a row's
    figure is decided by then, nothing after it counts.
    """
    base = at_turn(conduct.position, turn)
    history = base.history
    if history.turns:
        last = replace(history.turns[-1], end=world)
        history = replace(history, turns=(*history.turns[:-1], last))
    else:
        history = replace(history, start=world)
    position = replace(base, history=history)
    for _ in range(horizon):
        position = play_out(position, 1)
        if until is not None and until(position.history.world):
            break
    return _path(position, turn)


def with_answer(conduct: Conduct, turn: int, answers: Mapping[str, Answer], horizon: int) -> Path:
    """The turns from one on, had some of its questions been answered differently."""
    base = at_turn(conduct.position, turn)
    recorded = conduct.history.turns[turn - 1]
    opened = replace(
        base, orders=recorded.orders, answers=dict(answers), deciding={}, hand=frozenset()
    )
    return _path(play_out(play.run(opened), horizon - 1), turn)


def _path(position: play.Position, turn: int) -> Path:
    return Path(position.history.turns[turn - 1 :], position, turn)


def with_state(world: World, index: int, **changes: Any) -> World:
    """The world with other figures for one state."""
    other: State = replace(world.states[index], **changes)
    return changed(world, states=(*world.states[:index], other, *world.states[index + 1 :]))


def with_treaty(world: World, treaty: Treaty) -> World:
    """The world with one more treaty, which gets the next free number."""
    added = replace(treaty, id=world.next_id)
    return changed(world, treaties=(*world.treaties, added), next_id=world.next_id + 1)


def without_treaties(world: World, gone: Sequence[Treaty]) -> World:
    """A world without some treaties."""
    numbers = {treaty.id for treaty in gone}
    remaining = tuple(treaty for treaty in world.treaties if treaty.id not in numbers)
    return changed(world, treaties=remaining)
