"""Warnings about a map without errors: duplicates, and theories that it cannot tell apart.

Distances are approximate here, which is fast; a world computes exact ones after loading. Whether a
province can be reached need not be checked: every cell is land or sea, so all are connected.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.maps.map_problem import Issue, shown
from game.theory.theory_contrast import StateSketch, contrasts
from game.world.map_document import MapDoc
from game.world.rules import with_overrides

_SEA = -1

Graph = dict[str | int, dict[str | int, int]]
"""Province id or sea number -> what it touches and how far that is, in half steps."""


def warnings(doc: MapDoc) -> Iterator[Issue]:
    """Every warning about a map without errors."""
    graph = neighbours(doc)
    yield from _same_names(doc)
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
    width = len(next(iter(doc.legend)))
    text = "".join(doc.grid).encode("utf-32-le")
    cells = np.frombuffer(text, dtype=np.uint32 if width == 1 else np.uint64)
    cells = cells.reshape(len(doc.grid), -1)
    by_code = {int.from_bytes(key.encode("utf-32-le"), "little"): codes[key] for key in codes}
    graph: Graph = {name: {} for name in doc.provinces}
    graph.update((sea, {}) for sea in seas.values())
    for first, second in _touching(cells):
        a, b = by_code[first], by_code[second]
        if a != b:
            wet = isinstance(a, int) + isinstance(b, int)
            steps = (2, sea_step, 2 * sea_step)[wet]
            graph[a][b] = graph[b][a] = steps
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


def _touching(cells: NDArray[Any]) -> set[tuple[int, int]]:
    """Pairs of different codes whose cells share an edge."""
    pairs: set[tuple[int, int]] = set()
    for one, other in ((cells[:, :-1], cells[:, 1:]), (cells[:-1], cells[1:])):
        edge = one != other
        pairs.update(zip(one[edge].tolist(), other[edge].tolist(), strict=True))
    return pairs


def _same_names(doc: MapDoc) -> Iterator[Issue]:
    for part, what in (("name", "name"), ("colour", "colour")):
        seen: dict[str, str] = {}
        for key, state in doc.states.items():
            value: str | None = getattr(state, part)
            if value is None:
                continue
            other = seen.setdefault(value.casefold(), key)
            if other != key:
                message = f"the same {what} as {shown(other)}: {shown(value)}"
                yield Issue(("states", key, part), message, None, "warning")


def _needless(doc: MapDoc, graph: Graph) -> Iterator[Issue]:
    for number, (first, second) in enumerate(doc.straits):
        if second in graph[first]:
            message = f"{shown(first)} and {shown(second)} border already"
            yield Issue(("straits", number), message, "take the strait out", "warning")


def _held(doc: MapDoc) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {name: [] for name in doc.states}
    for name, province in doc.provinces.items():
        if province.owner is not None:
            held[province.owner].append(name)
    return held


def _theories(doc: MapDoc, graph: Graph) -> Iterator[Issue]:
    """A warning if the strongest other state is also the most threatening for all (W1, T1)."""
    held = _held(doc)
    strength = _strength(doc, held)
    playing = [name for name in doc.states if held[name] and doc.states[name].committed_at(1) > 0]
    if len(playing) < 3:
        message = f"{len(playing)} states leave nobody to ally with against another"
        hint = "with three or more, whom to fear becomes a question"
        yield Issue(("states",), message, hint, "warning", at_key=True)
        return
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
    if any(differs for _, differs in contrasts(states, graph, _hostile(doc))):
        return
    message = "the strongest is also the most threatening for every state"
    hint = (
        "the theories cannot be told apart: let a strong state be far or calm, "
        'or a weaker one near, forward in "posture" or believed hostile ("beliefs")'
    )
    yield Issue(("states",), message, hint, "warning", at_key=True)


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
                given[name] = value
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
