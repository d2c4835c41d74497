"""Warnings about a map without errors: duplicates, and theories that it cannot tell apart.

Distances are approximate here, which is fast; a world computes exact ones after loading. Whether a
province can be reached need not be checked: every cell is land or sea, so all are connected.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from game.maps.grid import Grid, cell_numbers, each_once
from game.maps.map_problem import Issue, shown
from game.maps.map_twins import twins
from game.maps.stray_cells import stray_cells
from game.theory.theory_contrast import StateSketch, contrasts
from game.world.map_document import MapDoc
from game.world.rules import with_overrides

_SEA = -1

Graph = dict[str | int, dict[str | int, int]]
"""Province id or sea number -> what it touches and how far that is, in half steps."""


def warnings(doc: MapDoc) -> Iterator[Issue]:
    """Every warning about a map without errors."""
    graph = neighbours(doc)
    yield from twins(doc)
    yield from stray_cells(doc)
    yield from _needless(doc, graph)
    yield from _theories(doc, _joined(doc, graph))


def neighbours(doc: MapDoc) -> Graph:
    """The provinces and seas that touch on the grid. All unnamed sea counts as one sea."""
    sea_step = with_overrides(doc.rules).sea_step
    seas: dict[str | None, int] = {}
    codes: dict[str, str | int] = {}
    for key, entry in doc.legend.items():
        if entry.province is not None:
            codes[key] = entry.province
        else:
            codes[key] = seas.setdefault(entry.sea, _SEA - len(seas))
    nodes: list[str | int] = [*doc.provinces, *seas.values()]
    number = {node: index for index, node in enumerate(nodes)}
    cells = cell_numbers(doc.grid, {key: number[code] for key, code in codes.items()})
    graph: Graph = {node: {} for node in nodes}
    for first, second in _touching(cells):
        a, b = nodes[first], nodes[second]
        wet = isinstance(a, int) + isinstance(b, int)
        graph[a][b] = graph[b][a] = (2, sea_step, 2 * sea_step)[wet]
    return graph


def _joined(doc: MapDoc, graph: Graph) -> Graph:
    """The graph with straits and links added."""
    joined = {place: dict(near) for place, near in graph.items()}
    joins = [(pair, 2) for pair in doc.straits]
    joins += [(link.between, 2 * link.distance) for link in doc.links]
    for (first, second), steps in joins:
        nearer = min(steps, joined[first].get(second, steps))
        joined[first][second] = joined[second][first] = nearer
    return joined


def _touching(cells: Grid) -> list[tuple[int, int]]:
    """Pairs of different numbers whose cells share an edge, each pair once."""
    count = int(cells.max()) + 1
    pairs = []
    for one, other in ((cells[:, :-1], cells[:, 1:]), (cells[:-1], cells[1:])):
        edge = one != other
        low, high = np.minimum(one[edge], other[edge]), np.maximum(one[edge], other[edge])
        pairs.append(low * count + high)
    return [divmod(pair, count) for pair in each_once(np.concatenate(pairs)).tolist()]


def _needless(doc: MapDoc, graph: Graph) -> Iterator[Issue]:
    joined: set[frozenset[str]] = set()
    joins = [(("straits", number), pair, "strait") for number, pair in enumerate(doc.straits)]
    joins += [(("links", number), link.between, "link") for number, link in enumerate(doc.links)]
    for place, (first, second), what in joins:
        if second in graph[first] or frozenset((first, second)) in joined:
            why = "border already" if second in graph[first] else "are joined already"
            message = f"{shown(first)} and {shown(second)} {why}"
            yield Issue(place, message, f"take the {what} out", "warning")
        joined.add(frozenset((first, second)))


def _held(doc: MapDoc) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {name: [] for name in doc.states}
    for name, province in doc.provinces.items():
        if province.owner is not None:
            held[province.owner].append(name)
    return held


def _playing(doc: MapDoc, held: Mapping[str, list[str]]) -> list[str]:
    return [name for name in doc.states if held[name] and doc.states[name].committed_at(1) > 0]


def differing_states(doc: MapDoc) -> dict[str, bool]:
    """For each state that plays: whether its strongest rival is not its most threatening one."""
    return dict(_differing(doc, _joined(doc, neighbours(doc))))


def _theories(doc: MapDoc, graph: Graph) -> Iterator[Issue]:
    """A warning if every state's strongest rival is also its most threatening (W1, T1)."""
    playing = _playing(doc, _held(doc))
    if len(playing) < 3:
        message = f"{len(playing)} states leave nobody to ally with against another"
        hint = "with three or more, whom to fear becomes a question"
        yield Issue(("states",), message, hint, "warning", at_key=True)
        return
    if any(differs for _, differs in _differing(doc, graph)):
        return
    message = "the strongest is also the most threatening for every state"
    hint = (
        "the theories cannot be told apart: let a strong state be far or calm, "
        'or a weaker one near, forward in "posture" or believed hostile ("beliefs")'
    )
    yield Issue(("states",), message, hint, "warning", at_key=True)


def _differing(doc: MapDoc, graph: Graph) -> Iterator[tuple[str, bool]]:
    """Made one by one: the warning needs only the first that differs."""
    held = _held(doc)
    strength = _strength(doc, held)
    playing = _playing(doc, held)
    mean = sum(strength[name] for name in playing) / len(playing)
    poles = [
        name
        for name in playing
        if doc.states[name].great or (doc.states[name].great is None and strength[name] >= mean)
    ]
    states = [
        StateSketch(
            name,
            round(strength[name] * 1_000_000),
            round(70 + 60 * doc.states[name].posture),
            name in poles,
            held[name],
        )
        for name in playing
    ]
    return contrasts(states, graph, _hostile(doc))


def _strength(doc: MapDoc, held: Mapping[str, list[str]]) -> dict[str, float]:
    """Approximate shares of capability: the mean of the shares that the map states."""
    figures: dict[str, list[float]] = {name: [] for name in doc.states}
    for part in ("population", "industry", "army", "fleet"):
        given: dict[str, float] = {}
        for name, state in doc.states.items():
            if state.committed_at(1) == 0:
                continue
            if part in ("army", "fleet"):
                value: float | None = getattr(state, part)
            else:
                stated = [getattr(doc.provinces[province], part) for province in held[name]]
                known = [figure for figure in stated if figure is not None]
                value = sum(known) if known else getattr(state, part)
            if value is not None:
                given[name] = value * state.committed_at(1)
        total = sum(given.values())
        for name, value in given.items():
            if total > 0:
                figures[name].append(value / total * (0.5 if part in ("army", "fleet") else 1))
    return {name: sum(shares) for name, shares in figures.items()}


def _hostile(doc: MapDoc) -> Callable[[str, str], int]:
    """How hostile one state believes another at the start, bp."""
    stated = {(belief.of, belief.about): belief.hostile for belief in doc.beliefs}
    rules = with_overrides(doc.rules)
    pairs = {pair for a, b in doc.rivalries for pair in ((a, b), (b, a))}

    def hostile(of: str, about: str) -> int:
        ground = rules.hostile_rival if (of, about) in pairs else rules.hostile_default
        belief = stated.get((of, about))
        return ground if belief is None else round(belief * 10_000)

    return hostile
