"""Warnings about pieces of a province that lie in another's land: most are slips of a letter."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from game.maps.map_problem import Issue, shown
from game.world.map_document import MapDoc

SLIP = 2
"""Cells up to which a piece beside the sea is taken for a slip."""

NEAR = 3
"""Cells from its province within which a small piece is taken for its own."""

MOST_TOLD = 20
"""Pieces told one by one."""

Grid = NDArray[np.int64]
Piece = list[tuple[int, int]]


def stray_cells(doc: MapDoc) -> Iterator[Issue]:
    """A warning for each piece enclosed in the land of others, and for small ones far off.

    A piece beside the sea is a slip if it has `SLIP` cells at most, touches land of another
    province that its own does not border otherwise, and lies more than `NEAR` cells away.
    """
    places = list(doc.provinces)
    cells = _cells(doc, places)
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


def _cells(doc: MapDoc, places: list[str]) -> Grid:
    """Each cell's province by its place in the list, or -1 for water."""
    number = {name: index for index, name in enumerate(places)}
    width = len(next(iter(doc.legend)))
    kind = np.uint32 if width == 1 else np.uint64
    text = np.frombuffer("".join(doc.grid).encode("utf-32-le"), dtype=kind)
    codes = np.array(
        [int.from_bytes(key.encode("utf-32-le"), "little") for key in doc.legend], dtype=kind
    )
    values = np.array(
        [-1 if entry.province is None else number[entry.province] for entry in doc.legend.values()]
    )
    order = np.argsort(codes)
    found = values[order[np.searchsorted(codes[order], text)]]
    return np.asarray(found.reshape(len(doc.grid), -1))


def _pieces(cells: Grid) -> dict[int, list[Piece]]:
    """The connected pieces of provinces that have more than one (and of no others)."""
    labels = _labels(cells)
    land = cells >= 0
    pairs = np.unique(np.stack([cells[land], labels[land]], axis=1), axis=0)
    counts = Counter(pairs[:, 0].tolist())
    pieces: dict[int, dict[int, Piece]] = {}
    wanted = np.isin(cells, [place for place, count in counts.items() if count > 1])
    for row, column in np.argwhere(wanted & land).tolist():
        mine = pieces.setdefault(int(cells[row, column]), {})
        mine.setdefault(int(labels[row, column]), []).append((row, column))
    return {place: list(found.values()) for place, found in pieces.items()}


def _labels(cells: Grid) -> Grid:
    """A number for each connected piece: runs of equal cells in a row, joined to those below."""
    starts = np.ones(cells.shape, dtype=bool)
    starts[:, 1:] = cells[:, 1:] != cells[:, :-1]
    runs = np.cumsum(starts).reshape(cells.shape) - 1
    same = cells[1:] == cells[:-1]
    pairs = np.stack([runs[:-1][same], runs[1:][same]], axis=1)
    new = np.ones(len(pairs), dtype=bool)
    new[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    parent = list(range(int(runs[-1, -1]) + 1))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    for upper, lower in pairs[new].tolist():
        one, other = root(upper), root(lower)
        parent[max(one, other)] = min(one, other)
    roots: Grid = np.asarray([root(run) for run in range(len(parent))], dtype=np.int64)
    return np.asarray(roots[runs])


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
