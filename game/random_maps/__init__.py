"""Plausible random maps, made from a seed.

The same seed gives the same map on every machine: all chance is keyed, all arithmetic is in whole
numbers, and no rule of the game is read that may change later.
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
