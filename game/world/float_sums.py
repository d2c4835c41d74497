"""Sums of floats that come out the same under every version of Python."""

from collections.abc import Iterable
from functools import reduce
from operator import add


def in_order(values: Iterable[float]) -> float:
    """The sum of floats, added one after another.

    `sum` does so up to Python 3.11; from 3.12 on it makes up for what is rounded away, and a world
    would come out otherwise by its last digit, and so by its digest.
    """
    return reduce(add, values, 0.0)
