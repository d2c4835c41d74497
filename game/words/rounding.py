"""Parts rounded so that those shown give the total shown: the method of largest remainders."""

import math
from collections.abc import Sequence


def rounded_parts(values: Sequence[float], total: int, *, mean: bool = False) -> list[int]:
    """Whole numbers near `values` whose sum is `total`, or whose mean rounds to it.

    Each is its value rounded down or up, the nearest to the next whole number up first, as far as
    `total` is a rounding of the values' sum (mean).
    """
    if not values:
        return []
    wanted = total
    if mean:
        middle, off = total * len(values), len(values) // 2
        wanted = min(max(round(math.fsum(values)), middle - off), middle + off)
    whole = [math.floor(value) for value in values]
    nearest = sorted(range(len(values)), key=lambda at: (whole[at] - values[at], at))
    missing = wanted - sum(whole)
    every, rest = divmod(missing, len(values))
    for place, at in enumerate(nearest):
        whole[at] += every + (place < rest)
    return whole
