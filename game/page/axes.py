"""Round values along an axis."""

import math

TICKS = 5
"""About how many steps an axis has."""


def round_steps(top: float) -> list[float]:
    """Round values from 0 to at least `top`."""
    if top <= 0:
        return [0, 1]
    rough = top / TICKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * part for part in (1, 2, 2.5, 5, 10) if power * part >= rough * 0.999)
    return [round(step * index, 10) for index in range(math.ceil(top / step - 1e-9) + 1)]
