"""A short campaign's conduct, made once, and helpers for sums made by hand."""

from functools import cache
from typing import Any

import numpy as np

from game.lab.conduct import Conduct
from game.lab.runs import Run, begin, play_out
from game.lab.scorecard.judge import judge
from game.lab.scorecard.ledger import ROWS
from game.maps.load import load_map

BY_ID = {row.id: row for row in ROWS}


@cache
def conduct(world: str = "random", seed: int = 3, turns: int = 8) -> Conduct:
    """A campaign of five-crowns."""
    doc = load_map("five-crowns")
    return Conduct(play_out(begin(doc, Run("five-crowns", world, seed, turns)), turns))


def judged(row: str, sums: dict[str, Any], campaigns: int = 12) -> dict[str, Any]:
    """A row judged on campaigns that all measured the same."""
    ours = BY_ID[row]
    measures = {
        Run("hand-made", world, seed, 10): {
            row: {
                name: value.tolist() if isinstance(value, np.ndarray) else value
                for name, value in sums.items()
            }
        }
        for world in ours.worlds
        for seed in range(campaigns)
    }
    return judge(ours, measures)
