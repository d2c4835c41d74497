"""What each state came to believe, rebuilt from public events, starting from the map's beliefs."""

from game.history import History
from game.world.beliefs import Beliefs, learn
from game.world.world_setup import build_world


def rebuilt(history: History) -> list[Beliefs]:
    """Beliefs at the start of each turn, and at the end: one more than there are turns."""
    _, start = build_world(history.setup.map)
    result = [start]
    for record in history.turns:
        result.append(learn(result[-1], record.end, record.events))
    return result
