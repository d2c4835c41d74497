"""Random plausible maps, made from a seed: for modders, for the laboratory, for a new game.

The same seed gives the same map on every machine: all chance is keyed, all sums are whole numbers,
and no rule that may be tuned is read.
"""

from game.random_maps.random_map import (
    LEAST_GREAT,
    LEAST_STATES,
    MOST_GREAT,
    BadSize,
    random_data,
    random_map,
    random_text,
)

__all__ = [
    "LEAST_GREAT",
    "LEAST_STATES",
    "MOST_GREAT",
    "BadSize",
    "random_data",
    "random_map",
    "random_text",
]
