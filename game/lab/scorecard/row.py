"""A row of the scorecard: a claim, what would bear it out, and how it is measured and judged.

A row measures one campaign into a few named sums; its figures are functions of the sums over many
campaigns, so that an interval is a bootstrap over campaigns and nothing else has to be kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from game.lab.conduct import Conduct
from game.world.sight import Floats

Kind = Literal["identity", "mechanism", "emergent", "game"]
Measured = Mapping[str, float | Floats]
"""What a row makes of one campaign: named sums."""
Sums = Mapping[str, Floats]
"""Named sums over campaigns; the first axis is that of the bootstrap's samples."""
ByWorld = Mapping[str, Sums]

THEORIES = ("random", "BOP", "BOT")
"""Worlds of states that follow the theories, whatever their size."""


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of a row and where its interval must lie."""

    name: str
    figure: Callable[[ByWorld], Floats]
    """Sums by world -> the figure: [sample]."""
    at_least: float = -np.inf
    at_most: float = np.inf
    reported: bool = False
    """Shown, and not judged."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of the ledger as the laboratory tests it."""

    id: str
    claim: str
    kind: Kind
    null: str
    """What it is held against."""
    expected: str
    """What the theory expects, in words; the effect's least size is in the parts' bounds."""
    worlds: tuple[str, ...]
    measure: Callable[[Conduct], Measured]
    count: str
    """The sum that says how many cases a figure rests on."""
    parts: tuple[Part, ...]
    """The first gives the row's figure; it holds when every judged part does."""

    @property
    def smallest(self) -> float | None:
        """The bound of the first part: the smallest effect worth the name, or the margin."""
        part = self.parts[0]
        bound = part.at_least if np.isfinite(part.at_least) else part.at_most
        return float(bound) if np.isfinite(bound) else None


def pooled(sums: ByWorld, *worlds: str) -> dict[str, Floats]:
    """Sums over several worlds; over those given that were run, or over all."""
    chosen = [sums[world] for world in (worlds or tuple(sums)) if world in sums]
    return {name: np.sum([one[name] for one in chosen], axis=0) for name in chosen[0]}


def ratio(top: Floats, bottom: Floats) -> Floats:
    """A quotient; not a number where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom != 0, top / np.where(bottom == 0, 1.0, bottom), np.nan)


# outcomes of exposed and unexposed cases, compared like with like


def table(strata: int) -> Floats:
    """An empty table of outcomes: [stratum, unexposed or exposed, (cases, sum of outcomes)]."""
    return np.zeros((strata, 2, 2))


def enter(into: Floats, stratum: int, exposed: bool, outcome: float) -> None:
    """Enter a case."""
    cell = into[stratum, int(exposed)]
    cell[0] += 1
    cell[1] += outcome


def difference(tables: Floats) -> Floats:
    """Mean outcome of the exposed less that of the unexposed, like strata compared.

    [sample, stratum, 2, 2] -> [sample]; strata weigh as in Mantel and Haenszel (1959).
    """
    cases, outcomes = tables[..., 0], tables[..., 1]
    means = ratio(outcomes, cases)
    weight = ratio(cases[..., 0] * cases[..., 1], cases.sum(axis=-1))
    both = (cases > 0).all(axis=-1)
    gap = np.where(both, means[..., 1] - means[..., 0], 0.0)
    weight = np.where(both, weight, 0.0)
    return ratio((gap * weight).sum(axis=-1), weight.sum(axis=-1))


def raw_difference(tables: Floats) -> Floats:
    """The same without regard to strata."""
    return difference(tables.sum(axis=1, keepdims=True))


# slopes


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
