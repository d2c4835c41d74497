"""The beliefs of each state, worked out again from the map and the public events."""

from game.history import History
from game.world.beliefs import Beliefs, learn
from game.world.world_setup import build_world


def rebuilt(history: History) -> list[Beliefs]:
    """Beliefs at the start of each turn, and those after the last: one more than turns."""
    _, start = build_world(history.setup.map)
    result = [start]
    for record in history.turns:
        result.append(learn(result[-1], record.end, record.events))
    return result
