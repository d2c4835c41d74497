"""A history gone through again as its states saw it: the one place where that begins. Blind.

Worlds come from the history's stages, beliefs from the map and the public events.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from game.history import History, TurnRecord
from game.inference.rebuilt_beliefs import rebuilt
from game.theory.frame import frame
from game.world.beliefs import Beliefs
from game.world.memo import remembering


class Replay:
    """The beliefs of all states by turn, and the frame that measures what they see."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.beliefs = rebuilt(history)
        """At the start of each turn, and after the last."""
        self.frame = frame(history.setup.map, history.start, self.beliefs[0])

    def turns(
        self, states: Sequence[str] | None = None
    ) -> Iterator[tuple[TurnRecord, Beliefs, list[str]]]:
        """Each turn, the beliefs at its start, and those of some states (default: all) that play.

        In the world's order; not those that are dead or outside the system then.
        """
        for record, beliefs in zip(self.history.turns, self.beliefs, strict=False):
            yield record, beliefs, deciding(record, states)


def deciding(record: TurnRecord, states: Sequence[str] | None = None) -> list[str]:
    """Those of some states (default: all) that play in a turn, in the world's order."""
    return [
        state.id
        for state in record.start.states
        if state.alive and state.committed > 0 and (states is None or state.id in states)
    ]


@contextmanager
def replaying(history: History) -> Iterator[Replay]:
    """A replay of which every world remembers what is worked out of it, until it ends."""
    with remembering([world for record in history.turns for world in record.worlds]):
        yield Replay(history)
