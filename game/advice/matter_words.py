"""Matters in words: what the order that a matter suggests promises, by either reading."""

from game.advice.forecast import Forecast
from game.advice.order_values import LEAST, Matter
from game.words import percent, signed
from game.world.orders import Demand


def promise_words(matter: Matter, seen: Forecast | None) -> tuple[str, str]:
    """What the suggested order promises by power, and by threat: how likely the other agrees, and
    what it is worth to us. Both are empty where nothing is suggested.

    `seen` is the forecast of the order; None where nobody answers it.
    """
    they = "they yield at once" if isinstance(matter.order, Demand) else "they agree"
    said: tuple[list[str], list[str]] = ([], [])
    if seen is not None:
        for words, chance in zip(said, (seen.if_power, seen.if_threat), strict=True):
            words.append(f"{they}: {percent(chance)}")
    for words, gain in zip(said, matter.worth or (), strict=False):
        words.append(f"worth {signed(gain) if abs(gain) >= LEAST else 'nothing'} to us")
    return ", ".join(said[0]), ", ".join(said[1])
