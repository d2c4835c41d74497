"""From a map's grid to who touches whom and how far everything is (DESIGN section 2, Geography).

Cells touch by an edge, never by a corner. Distances are in half steps: a land border or strait 2,
coast to sea `sea_step`, sea to sea `2 * sea_step`, a link twice its distance.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from game.world.atlas import FAR, Ints

LAND_STEP = 2
"""Half steps over a land border or a strait."""

DENSE_NODES = 400
"""Provinces and seas up to which all shortest paths are found at once."""


@dataclass(frozen=True, slots=True)
class Geography:
    """What `survey` finds: see `atlas.Atlas` for the shapes and units."""

    cells: Ints
    sea_names: tuple[str, ...]
    distance: Ints
    borders: Ints
    coastal: tuple[bool, ...]


def survey(
    cells: Ints,
    provinces: int,
    sea_names: Iterable[str],
    straits: Iterable[tuple[int, int]],
    links: Iterable[tuple[int, int, int]],
    sea_step: int,
) -> Geography:
    """Survey a grid.

    `cells` is [row, column]: a province's index, -1 - a named sea's index, or `UNNAMED` for
    unnamed sea, which is divided into connected waters here. `links` carry half steps.
    """
    cells, names = _name_waters(cells, list(sea_names))
    nodes = provinces + len(names)
    graph = np.full((nodes, nodes), FAR, dtype=np.int64)
    np.fill_diagonal(graph, 0)
    borders = np.zeros((provinces, provinces), dtype=np.int64)
    coastal = [False] * provinces
    for first, second in _touching(cells):
        a = first if first >= 0 else provinces - 1 - first
        b = second if second >= 0 else provinces - 1 - second
        step = LAND_STEP
        if first < 0 and second < 0:
            step = 2 * sea_step
        elif first < 0 or second < 0:
            step = sea_step
            coastal[max(first, second)] = True
        else:
            borders[a, b] = borders[b, a] = LAND_STEP
        graph[a, b] = graph[b, a] = min(step, graph[a, b])
    joins = [(a, b, LAND_STEP) for a, b in straits] + list(links)
    for a, b, step in joins:
        borders[a, b] = borders[b, a] = min(step, borders[a, b] or step)
        graph[a, b] = graph[b, a] = min(step, graph[a, b])
    return Geography(
        cells, tuple(names), _shortest(graph)[:provinces, :provinces], borders, tuple(coastal)
    )


UNNAMED = -1_000_000
"""A cell of unnamed sea, before waters are told apart."""


def _name_waters(cells: Ints, names: list[str]) -> tuple[Ints, list[str]]:
    """Give each connected body of unnamed water a sea of its own, with an empty name."""
    cells = cells.copy()
    rows, columns = cells.shape
    for row, column in np.argwhere(cells == UNNAMED).tolist():
        if cells[row, column] != UNNAMED:
            continue
        names.append("")
        sea = -len(names)
        cells[row, column] = sea
        queue = deque([(row, column)])
        while queue:
            y, x = queue.popleft()
            for v, u in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if 0 <= v < rows and 0 <= u < columns and cells[v, u] == UNNAMED:
                    cells[v, u] = sea
                    queue.append((v, u))
    return cells, names


def _touching(cells: Ints) -> list[tuple[int, int]]:
    """Pairs of different places whose cells share an edge, in order, each once."""
    across = np.stack([cells[:, :-1].ravel(), cells[:, 1:].ravel()], axis=1)
    down = np.stack([cells[:-1, :].ravel(), cells[1:, :].ravel()], axis=1)
    pairs = np.sort(np.concatenate([across, down]), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return [(int(a), int(b)) for a, b in pairs]


def _shortest(graph: Ints) -> Ints:
    """Lengths of the shortest paths between all nodes, `FAR` where there is none.

    Small graphs by Floyd and Warshall; large ones, whose nodes have few neighbours, by Dijkstra
    from each node (SciPy, imported only here: it takes longer than a small map).
    """
    if len(graph) > DENSE_NODES:
        return _shortest_sparse(graph)
    graph = graph.copy()
    for middle in range(len(graph)):
        np.minimum(graph, graph[:, middle : middle + 1] + graph[middle], out=graph)
    np.minimum(graph, FAR, out=graph)
    return graph


def _shortest_sparse(graph: Ints) -> Ints:
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import shortest_path

    steps = csr_matrix(np.where(graph < FAR, graph, 0))
    lengths = shortest_path(steps, method="D", directed=False)
    return np.asarray(np.minimum(lengths, FAR).astype(np.int64))
