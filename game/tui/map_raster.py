"""From the grid of a map to the pixels of a window: provinces and borders.

A terminal cell has two pixels, one above the other. Pixels and cells of the map are square.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.world.atlas import Ints

STRETCH = 1.35
"""The largest ratio between the scales of the two axes."""
BEYOND = -1_000_000
"""The value of a pixel outside of the grid: open water."""

LAND, FAINT, STRONG, STRIPE = range(4)
"""Kinds of land pixels: inside, on a province's border, on a state's border, occupied."""
KINDS = 4
SEA, COAST = 0, 1
"""Kinds of sea pixels."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A part of the map shown in a window of `columns` x `rows` terminal cells."""

    columns: int
    rows: int
    left: float
    """The map column at the window's left edge; `top` likewise."""
    top: float
    across: float
    """The size of a map cell in pixels, across and down."""
    down: float

    def pixel(self, row: float, column: float) -> tuple[int, int]:
        """The pixel (row, column) at the middle of a map cell."""
        return (
            int((row + 0.5 - self.top) * self.down),
            int((column + 0.5 - self.left) * self.across),
        )


def fit(
    height: int,
    width: int,
    columns: int,
    rows: int,
    zoom: float = 1.0,
    middle: tuple[float, float] | None = None,
) -> Viewport:
    """The viewport that shows all of a map of `height` x `width` cells, or `zoom` times enlarged.

    The cell `middle` (row, column) is in the middle as far as the map's edges allow.
    """
    across, down = columns / width, 2 * rows / height
    across, down = min(across, down * STRETCH) * zoom, min(down, across * STRETCH) * zoom
    seen_width, seen_height = columns / across, 2 * rows / down
    row, column = middle if middle is not None else (height / 2, width / 2)
    return Viewport(
        columns,
        rows,
        _edge(column, seen_width, width),
        _edge(row, seen_height, height),
        across,
        down,
    )


def _edge(middle: float, seen: float, whole: float) -> float:
    if seen >= whole:
        return (whole - seen) / 2
    return max(0.0, min(middle - seen / 2, whole - seen))


def sample(cells: Ints, view: Viewport) -> Ints:
    """The province of each pixel, below 0 for water: [2 * rows, columns].

    If several cells fall into a pixel, the most common one counts, land before water.
    """
    steps = 1 if min(view.across, view.down) >= 1 else 3
    shares = (np.arange(steps) + 0.5) / steps
    rows = np.floor(view.top + (np.arange(2 * view.rows)[:, None] + shares) / view.down)
    columns = np.floor(view.left + (np.arange(view.columns)[:, None] + shares) / view.across)
    height, width = cells.shape
    taken = []
    for row in rows.astype(np.int64).T:
        for column in columns.astype(np.int64).T:
            inside = ((row >= 0) & (row < height))[:, None] & ((column >= 0) & (column < width))
            found = cells[np.clip(row, 0, height - 1)][:, np.clip(column, 0, width - 1)]
            taken.append(np.where(inside, found, BEYOND))
    if steps == 1:
        return taken[0]
    stack = np.stack(taken)
    votes = np.zeros(stack.shape, dtype=np.int64)
    for layer in stack:
        votes += stack == layer
    votes = votes * 4 + 3 * (stack >= 0)
    best = votes.argmax(axis=0)
    result: Ints = np.take_along_axis(stack, best[None], axis=0)[0]
    return result


def middles(cells: Ints, count: int) -> NDArray[np.float64]:
    """The cell of each province that is nearest to its middle: [province, (row, column)].

    It is (-1, -1) for a province without cells.
    """
    result = np.full((count, 2), -1.0)
    rows, columns = np.nonzero(cells >= 0)
    owner = cells[rows, columns]
    order = np.argsort(owner, kind="stable")
    rows, columns, owner = rows[order], columns[order], owner[order]
    present, starts = np.unique(owner, return_index=True)
    ends = [*starts[1:], len(owner)]
    for province, start, end in zip(present, starts, ends, strict=True):
        mine, across = rows[start:end], columns[start:end]
        far = (mine - mine.mean()) ** 2 + (across - across.mean()) ** 2
        index = int(far.argmin())
        result[province] = (mine[index], across[index])
    return result


def kinds(pixels: Ints, owners: Ints, holders: Ints) -> Ints:
    """The colour index of each pixel: province * `KINDS` + kind; water after the last province.

    `owners` and `holders` give a number for each province's owner and holder, -1 for nobody.
    A border is drawn on the pixel above or left of it.
    """
    land = pixels >= 0
    safe = np.where(land, pixels, 0)
    owned = np.where(land, owners[safe], -2)
    kind = np.zeros_like(pixels)
    water = np.zeros_like(pixels)
    for axis in (0, 1):
        here: tuple[slice, slice] = (slice(None, -1), slice(None))
        there: tuple[slice, slice] = (slice(1, None), slice(None))
        if axis:
            here, there = (here[1], here[0]), (there[1], there[0])
        both = land[here] & land[there]
        other = both & (pixels[here] != pixels[there])
        kind[here] = np.maximum(kind[here], np.where(other, FAINT, 0))
        foreign = other & (owned[here] != owned[there])
        kind[here] = np.maximum(kind[here], np.where(foreign, STRONG, 0))
        water[here] |= ~land[here] & land[there]
        water[there] |= land[here] & ~land[there]
    held = land & (owners[safe] != holders[safe])
    down, across = np.indices(pixels.shape)
    kind = np.where(held & ((down + across) % 3 == 0), STRIPE, kind)
    base = len(owners) * KINDS
    return np.where(land, safe * KINDS + kind, base + water)


def label_spots(pixels: Ints, owners: Ints) -> dict[int, list[tuple[int, int, int]]]:
    """Where a name fits: owner -> [(length, row, first column)], in terminal cells.

    The longest runs are first; of equal length, those nearest to the middle of the land.
    """
    land = pixels >= 0
    owned = np.where(land, owners[np.where(land, pixels, 0)], -2)
    upper, lower = owned[0::2], owned[1::2]
    same = np.where(upper == lower, upper, -2)
    spots: dict[int, list[tuple[int, int, int]]] = {}
    for row, line in enumerate(same):
        edges = np.nonzero(np.diff(line))[0] + 1
        starts = [0, *edges.tolist()]
        ends = [*edges.tolist(), len(line)]
        for start, end in zip(starts, ends, strict=True):
            owner = int(line[start])
            if owner >= 0:
                spots.setdefault(owner, []).append((end - start, row, start))
    for runs in spots.values():
        weight = sum(length for length, _, _ in runs)
        middle = sum(length * row for length, row, _ in runs) / weight
        runs.sort(key=lambda spot: (-spot[0] + abs(spot[1] - middle), spot[1]))
    return spots
