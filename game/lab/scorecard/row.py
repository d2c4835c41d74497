"""A row of the scorecard: a claim, what would confirm it, and how it is measured and judged.

A row measures each campaign as a few named sums. Its figures are functions of the sums over all
campaigns. So a bootstrap over campaigns gives the intervals, and only the sums have to be saved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from game.lab.conduct import Conduct
from game.world.sight import Floats

Kind = Literal["identity", "mechanism", "emergent", "game"]
Measured = Mapping[str, float | Floats]
"""The measures of one campaign: named sums."""
Sums = Mapping[str, Floats]
"""Named sums over campaigns; the first axis is the bootstrap's: [sample, ...]."""
ByWorld = Mapping[str, Sums]

THEORIES = ("random", "BOP", "BOT")
"""Worlds in which states of any size follow BOP or BOT."""


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of a row and where its interval must lie."""

    name: str
    figure: Callable[[ByWorld], Floats]
    """Sums by world -> the figure: [sample]."""
    at_least: float = -np.inf
    at_most: float = np.inf
    reported: bool = False
    """Whether it is only shown, and does not count for the verdict."""
    seldom: bool = False
    """Whether it compares how often campaigns came to something that few or none come to."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of the ledger as the laboratory tests it."""

    id: str
    claim: str
    kind: Kind
    null: str
    """What the figure is compared with."""
    expected: str
    """What the theory expects, in words. The bounds of the parts say how large an effect."""
    worlds: tuple[str, ...]
    measure: Callable[[Conduct], Measured]
    count: str
    """The name of the sum that counts the cases."""
    parts: tuple[Part, ...]
    """The first part gives the row's figure; the row is supported if every judged part is."""

    @property
    def exact(self) -> bool:
        """Whether one case suffices: an identity is checked, not estimated."""
        return self.kind == "identity"

    @property
    def smallest(self) -> float | None:
        """The bound of the first part: the smallest effect that counts, or the margin."""
        part = self.parts[0]
        bound = part.at_least if np.isfinite(part.at_least) else part.at_most
        return float(bound) if np.isfinite(bound) else None


def pooled(sums: ByWorld, *worlds: str) -> dict[str, Floats]:
    """Sums over several worlds: over those of `worlds` that were run, or over all."""
    chosen = [sums[world] for world in (worlds or tuple(sums)) if world in sums]
    return {name: np.sum([one[name] for one in chosen], axis=0) for name in chosen[0]}


def ratio(top: Floats, bottom: Floats) -> Floats:
    """A quotient; NaN where the divisor is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom != 0, top / np.where(bottom == 0, 1.0, bottom), np.nan)


# outcomes of exposed and unexposed cases, compared like with like


def table(strata: int) -> Floats:
    """An empty table of outcomes: [stratum, unexposed or exposed, (cases, sum of outcomes)]."""
    return np.zeros((strata, 2, 2))


def enter(into: Floats, stratum: int, exposed: bool, outcome: float) -> None:
    """Add a case to a table."""
    cell = into[stratum, int(exposed)]
    cell[0] += 1
    cell[1] += outcome


def difference(tables: Floats) -> Floats:
    """Mean outcome of the exposed minus that of the unexposed, within strata.

    [sample, stratum, 2, 2] -> [sample]; strata weigh as in Mantel and Haenszel (1959).
    """
    cases, outcomes = tables[..., 0], tables[..., 1]
    means = ratio(outcomes, cases)
    weight = ratio(cases[..., 0] * cases[..., 1], cases.sum(axis=-1))
    both = (cases > 0).all(axis=-1)
    gap = np.where(both, means[..., 1] - means[..., 0], 0.0)
    weight = np.where(both, weight, 0.0)
    return ratio((gap * weight).sum(axis=-1), weight.sum(axis=-1))


class Slopes:
    """Sums of a least-squares regression, centred within groups (a campaign, a decision)."""

    def __init__(self, variables: int) -> None:
        self.cross = np.zeros((variables, variables))
        self.outcome = np.zeros(variables)
        self.squares = 0.0
        self.cases = 0

    def group(self, x: Floats, y: Floats) -> None:
        """Add a group: x [case, variable], y [case]."""
        if len(y) < 2:
            return
        centred = x - x.mean(axis=0)
        rest = y - y.mean()
        self.cross += centred.T @ centred
        self.outcome += centred.T @ rest
        self.squares += float(rest @ rest)
        self.cases += len(y)

    def measured(self, prefix: str = "") -> dict[str, float | Floats]:
        """The sums by name."""
        return {
            f"{prefix}xx": self.cross,
            f"{prefix}xy": self.outcome,
            f"{prefix}yy": self.squares,
            f"{prefix}n": float(self.cases),
        }


def slopes(sums: Sums, prefix: str = "", variables: tuple[int, ...] | None = None) -> Floats:
    """The slopes: [sample, variable]; of some of the variables alone if these are given."""
    cross, outcome = sums[f"{prefix}xx"], sums[f"{prefix}xy"]
    if variables is not None:
        chosen = list(variables)
        cross, outcome = cross[:, chosen][:, :, chosen], outcome[:, chosen]
    size = np.maximum(np.trace(cross, axis1=1, axis2=2), 1e-300)[:, None, None]
    ridge = 1e-9 * size * np.eye(cross.shape[1])
    solved = np.linalg.solve(cross + ridge, outcome[..., None])[..., 0]
    solved[sums[f"{prefix}n"] < 10] = np.nan
    return np.asarray(solved)


def spread(sums: Sums, prefix: str = "") -> Floats:
    """The standard deviation of each variable within groups: [sample, variable]."""
    diagonal = np.diagonal(sums[f"{prefix}xx"], axis1=1, axis2=2)
    return np.sqrt(ratio(diagonal, sums[f"{prefix}n"][:, None]))
