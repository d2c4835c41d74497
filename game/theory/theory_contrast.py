"""Whether a map can tell the two theories apart, estimated before a world is made (THEORY W1, T1).

It can where the strongest great power that a state should fear by power is not the state that it
should fear by threat. The estimate is the product of the lens's four factors in whole numbers, so
that a map made from a seed is the same on every machine. Random maps aim at it while they are made;
`maps check` warns where a map has none.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)
Node = Any
"""A province or a sea: its name or its number."""
Graph = Mapping[Node, Mapping[Node, int]]
"""Half steps from each province or sea to those it touches: 2 over a land border."""

NO_PATH = 79_994
"""Half steps that give the least proximity, 1 bp, as between states that no path joins."""


@dataclass(frozen=True, slots=True)
class StateSketch(Generic[Id]):
    """What the estimate needs of a state."""

    id: Id
    share: int
    """Its share of capability, in any unit that is the same for all."""
    attack: int
    """The attack factor of its posture, percent: 70 to 130."""
    great: bool
    held: Sequence[Node]
    """The provinces that it holds."""


def contrasts(
    states: Sequence[StateSketch[Id]],
    graph: Graph,
    hostile: Callable[[Id, Id], int],
) -> Iterator[tuple[Id, bool]]:
    """For each state in turn: whether the strongest other pole is not the most threatening state.

    `hostile(i, j)` is how hostile i believes j, in any unit that is the same for all. Where no
    other state is a great power, the strongest of all others is meant. Of equals the first counts.
    Made one by one, for a caller that needs only some.
    """
    for observer in states:
        steps = half_steps(observer.held, graph)
        others = [other for other in states if other is not observer]
        poles = [other for other in others if other.great] or others

        def threat(
            other: StateSketch[Id],
            me: Id = observer.id,
            steps: Mapping[Node, int] = steps,
        ) -> int:
            far = min((steps[node] for node in other.held if node in steps), default=NO_PATH)
            proximity = other.share * 80_000 // (6 + far)
            return proximity * other.attack * hostile(me, other.id)

        strongest = max(poles, key=lambda other: other.share)
        yield observer.id, max(others, key=threat) is not strongest


def half_steps(start: Sequence[Node], graph: Graph) -> dict[Node, int]:
    """Half steps from the nearest of `start` to all that can be reached from it (Dijkstra)."""
    steps: dict[Node, int] = {}
    queue = [(0, number, node) for number, node in enumerate(start)]
    entered = len(queue)
    while queue:
        far, _, node = heappop(queue)
        if node in steps:
            continue
        steps[node] = far
        for other, step in graph[node].items():
            if other not in steps:
                # The running number keeps nodes of different types from being compared.
                heappush(queue, (far + step, entered, other))
                entered += 1
    return steps
