"""The peers that the game is measured beside; they come with the extra `bench`.

`diplomacy` is a referee and adjudicator of the board game, Mesa a framework for agent-based models
with an example of alliance formation. The game itself imports neither.
"""

import random
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tests.bench.clock import Task, timed


def are_here() -> bool:
    """Whether both are installed."""
    return all(find_spec(name) for name in ("diplomacy", "mesa", "networkx"))


def diplomacy_phase() -> Task:
    """A movement phase of random play: what seven powers can order, one order each, resolved."""
    game_of: Any = import_module("diplomacy").Game
    games = [game_of()]
    chance = random.Random(1)

    def play() -> None:
        game = games[0]
        possible = game.get_all_possible_orders()
        for power in game.powers:
            places = game.get_orderable_locations(power)
            game.set_orders(power, [chance.choice(possible[it]) for it in places if possible[it]])
        game.process()

    def task() -> float:
        while games[0].is_game_done or games[0].phase_type != "M":
            if games[0].is_game_done:
                games[0] = game_of()
            else:
                play()
        return timed(play)

    return task


def mesa_step(agents: int) -> Task:
    """A step of Mesa's example of alliance formation, of so many agents."""
    example: Any = import_module("mesa.examples.advanced.alliance_formation.model")

    def task() -> float:
        model = example.MultiLevelAllianceModel(n=agents)
        return timed(model.step)

    return task
