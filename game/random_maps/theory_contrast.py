"""Whether the two theories predict different fears on a map (THEORY W1, T1)."""

from collections.abc import Sequence
from heapq import heappop, heappush

from game.random_maps.land import Land
from game.random_maps.politics import DEFAULT_HOSTILE, Politics
from game.random_maps.realms import Realm

COAST, OPEN = 2, 4
"""Distances in half steps: COAST from land to sea and over a land border, the other from sea to
sea."""


def divided(land: Land, realms: Sequence[Realm], share: Sequence[int], politics: Politics) -> int:
    """For how many great powers the most threatening state is not the strongest other one.

    Threat is approximated as power x nearness x posture x believed hostility, in whole numbers.
    """
    graph = _graph(land)
    count = 0
    for realm in realms:
        if not realm.great:
            continue
        steps = _steps(graph, realm.held)
        others = [other for other in realms if other is not realm]
        poles = [other for other in others if other.great]
        strongest = max(poles, key=lambda other: (share[other.rank], -other.rank))

        def threat(
            other: Realm, me: Realm = realm, steps: dict[int, int] = steps
        ) -> tuple[int, int]:
            far = min(steps[place] for place in other.held)
            armed = 70 + 15 * politics.posture[other.rank]
            believed = politics.hostile.get((me.rank, other.rank), DEFAULT_HOSTILE)
            return share[other.rank] * 80_000 // (6 + far) * armed * believed, -other.rank

        count += max(others, key=threat) is not strongest
    return count


def _graph(land: Land) -> dict[int, dict[int, int]]:
    """Province, or sea as a negative number -> what it touches and the distance in half steps."""
    graph: dict[int, dict[int, int]] = {place: {} for place in range(-land.seas, land.provinces)}

    def join(a: int, b: int, steps: int) -> None:
        graph[a][b] = graph[b][a] = min(steps, graph[a].get(b, steps))

    for a, b in [*land.borders, *land.straits]:
        join(a, b, COAST)
    for a, b, far in land.links:
        join(a, b, COAST * far)
    for (row, column), sea in land.sea.items():
        for near in ((row, column + 1), (row + 1, column), (row, column - 1), (row - 1, column)):
            if near in land.province:
                join(-1 - sea, land.province[near], COAST)
            elif near in land.sea and land.sea[near] != sea:
                join(-1 - sea, -1 - land.sea[near], OPEN)
    return graph


def _steps(graph: dict[int, dict[int, int]], start: Sequence[int]) -> dict[int, int]:
    steps: dict[int, int] = {}
    queue = [(0, place) for place in sorted(start)]
    while queue:
        far, place = heappop(queue)
        if place in steps:
            continue
        steps[place] = far
        for other, step in graph[place].items():
            if other not in steps:
                heappush(queue, (far + step, other))
    return steps
