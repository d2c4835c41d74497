"""Functions from sums to figures that many rows share."""

from collections.abc import Callable

from game.lab.scorecard.row import ByWorld, difference, pooled, ratio, slopes
from game.world.sight import Floats

Figure = Callable[[ByWorld], Floats]


def mean_of(name: str, per: str = "n", *worlds: str) -> Figure:
    """One sum divided by another, over the given worlds (default: all)."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums, *worlds)
        return ratio(one[name], one[per])

    return figure


def share_of(name: str, other: str, *worlds: str) -> Figure:
    """One sum divided by itself plus another."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums, *worlds)
        return ratio(one[name], one[name] + one[other])

    return figure


def of_table(sums: ByWorld) -> Floats:
    """The figure of the sum `table`: exposed minus unexposed, within strata."""
    return difference(pooled(sums)["table"])


def table_named(name: str, *worlds: str) -> Figure:
    """The same for a table of another name."""
    return lambda sums: difference(pooled(sums, *worlds)[name])


def slope_of(variable: int, step: float = 1.0, prefix: str = "", *worlds: str) -> Figure:
    """The change of the outcome when a variable changes by a step."""
    return lambda sums: step * slopes(pooled(sums, *worlds), prefix)[:, variable]
