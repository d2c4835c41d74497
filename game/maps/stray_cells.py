"""Warnings about pieces of a province that lie in another's land: most are slips of a letter."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from game.maps.grid import Grid, cell_numbers
from game.maps.map_problem import Issue, shown
from game.world.map_document import MapDoc

SLIP = 2
"""Cells up to which a piece beside the sea is taken for a slip."""

NEAR = 3
"""Cells from its province within which a small piece is taken for its own."""

MOST_TOLD = 20
"""Pieces told one by one."""

Piece = list[tuple[int, int]]


def stray_cells(doc: MapDoc) -> Iterator[Issue]:
    """A warning for each piece enclosed in the land of others, and for small ones far off.

    A piece beside the sea is a slip if it has `SLIP` cells at most, touches land of another
    province that its own does not border otherwise, and lies more than `NEAR` cells away.
    """
    places = list(doc.provinces)
    number = {name: index for index, name in enumerate(places)}
    cells = cell_numbers(
        doc.grid,
        {
            key: -1 if entry.province is None else number[entry.province]
            for key, entry in doc.legend.items()
        },
    )
    width = len(next(iter(doc.legend)))
    told = 0
    pieces = _pieces(cells)
    for place, found in sorted(pieces.items()):
        if len(found) < 2:
            continue
        found.sort(key=lambda piece: (-len(piece), piece[0]))
        rest = found[0]
        for piece in found[1:]:
            around = _around(cells, piece)
            if not around or told == MOST_TOLD:
                continue
            enclosed = -1 not in around
            if not (enclosed or _slip(cells, piece, rest, around)):
                continue
            told += 1
            yield _issue(places, place, piece, around, enclosed, width)


def _issue(
    places: list[str], place: int, piece: Piece, around: Counter[int], enclosed: bool, width: int
) -> Issue:
    row, column = piece[0]
    land = max((other for other in around if other >= 0), key=lambda other: around[other])
    cells = "1 cell" if len(piece) == 1 else f"{len(piece)} cells"
    lies = "enclosed in" if enclosed else "far from the rest and beside"
    message = f"{cells} of {shown(places[place])} {lies} {shown(places[land])}"
    hint = "a letter mistyped? it makes neighbours of provinces that are far apart"
    return Issue(("grid", row), message, hint, "warning", offset=column * width)


def _slip(cells: Grid, piece: Piece, rest: Piece, around: Counter[int]) -> bool:
    if len(piece) > SLIP or len(rest) <= len(piece) or not any(other >= 0 for other in around):
        return False
    row, column = piece[0]
    away = min(abs(row - r) + abs(column - c) for r, c in rest)
    if away <= NEAR:
        return False
    others = _around(cells, rest)
    return any(other >= 0 and other not in others for other in around)


def _pieces(cells: Grid) -> dict[int, list[Piece]]:
    """The connected pieces of provinces that have more than one (and of no others)."""
    labels = _labels(cells)
    land = cells >= 0
    places = np.full(int(labels.max()) + 1, -1)
    places[labels[land]] = cells[land]
    counts = np.bincount(places[places >= 0])
    pieces: dict[int, dict[int, Piece]] = {}
    wanted = land & (counts > 1)[cells] if counts.size else land
    for row, column in np.argwhere(wanted).tolist():
        mine = pieces.setdefault(int(cells[row, column]), {})
        mine.setdefault(int(labels[row, column]), []).append((row, column))
    return {place: list(found.values()) for place, found in pieces.items()}


def _labels(cells: Grid) -> Grid:
    """A number for each connected piece: that of its first run of equal cells in a row.

    Runs that touch take the least number among them and among those that they took theirs from,
    until none changes: a few rounds, since the chains are halved in each.
    """
    starts = np.ones(cells.shape, dtype=bool)
    starts[:, 1:] = cells[:, 1:] != cells[:, :-1]
    runs = np.cumsum(starts).reshape(cells.shape) - 1
    same = cells[1:] == cells[:-1]
    # Of cells that touch the row below, the first of each pair of runs will do.
    same[:, 1:] &= ~(same[:, :-1] & ~starts[1:, 1:] & ~starts[:-1, 1:])
    upper, lower = runs[:-1][same], runs[1:][same]
    label = np.arange(int(runs[-1, -1]) + 1)
    while True:
        above, below = label[upper], label[lower]
        least = np.minimum(above, below)
        if (above == below).all():
            return np.asarray(label[runs])
        for ends in (upper, lower, above, below):
            np.minimum.at(label, ends, least)
        label = label[label]


def _around(cells: Grid, piece: Piece) -> Counter[int]:
    """How many cell edges a piece shares with each other place; -1 is water or the map's edge."""
    rows, columns = cells.shape
    place = cells[piece[0]]
    found: Counter[int] = Counter()
    for row, column in piece:
        for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            inside = 0 <= r < rows and 0 <= c < columns
            other = int(cells[r, c]) if inside else -1
            if other != place:
                found[other] += 1
    return found
