"""Makes sentences of events, refusals and decisions, and formats figures for the player."""

from game.world.atlas import Atlas
from game.world.rules import CROWN

__all__ = ["army", "fleet", "money", "percent", "share", "signed"]


def money(units: int) -> str:
    """Money in crowns, to a tenth: "12.3". `units` are `rules.CROWN` to a crown."""
    return _fixed(units / CROWN, 1)


ROUNDING = 1e-9
"""A sum of shares that is nearer to 1 than this is 1, but for the rounding of floats."""


def percent(part: float) -> str:
    """A share (0 to 1) in percent: "34%".

    What is possible and not certain is never rounded to "0%" or "100%" but to "<1%" or ">99%".
    """
    if 0 < part < 0.005:
        return "<1%"
    if 0.995 <= part < 1 - ROUNDING:
        return ">99%"
    return f"{_fixed(part * 100, 0)}%"


def share(value: float) -> str:
    """A share (0 to 1) with two decimals, written as in the literature: ".33", "1.00"."""
    return _bare(_fixed(value, 2))


def signed(value: float) -> str:
    """A change with its sign and two decimals: "+.31", "-.12"."""
    text = _bare(_fixed(value, 2))
    return text if text.startswith("-") else f"+{text}"


def army(units: int, atlas: Atlas) -> str:
    """An army in the map's own unit: "670", "7.0", "0". `units` are world units."""
    return _forces(units, atlas.army_unit)


def fleet(units: int, atlas: Atlas) -> str:
    """A fleet in the map's own unit: "44", "7.0", "0". `units` are world units."""
    return _forces(units, atlas.fleet_unit)


def _forces(units: int, unit: float) -> str:
    """A number with at least two digits, and without decimals from 10 up."""
    own = units / unit if unit > 0 else 0.0
    if own == 0:
        return "0"
    if abs(own) < 0.995:
        return f"{own:.2g}" if abs(own) >= 0.005 else "<0.01"
    return _fixed(own, 1 if abs(own) < 9.95 else 0)


def _fixed(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


def _bare(text: str) -> str:
    """The text of a number without the 0 before the decimal point."""
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
