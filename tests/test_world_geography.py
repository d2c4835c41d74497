"""How far everything is: large maps by the library, small ones by hand, the same numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.world import geography
from game.world.atlas import FAR


def graph(seed: int, nodes: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    steps = np.full((nodes, nodes), FAR, dtype=np.int64)
    for _ in range(2 * nodes):
        one, other = chance.integers(0, nodes, 2)
        if one != other:
            steps[one, other] = steps[other, one] = chance.integers(1, 200)
    np.fill_diagonal(steps, 0)
    return steps


@given(st.integers(0, 10_000), st.integers(2, 40))
@settings(max_examples=60, deadline=None)
def test_the_library_finds_the_distances_of_floyd_and_warshall(seed: int, nodes: int) -> None:
    steps = graph(seed, nodes)
    assert geography._shortest_sparse(steps).tolist() == geography._shortest(steps).tolist()


def test_a_graph_in_two_parts_is_far_apart_by_either_way() -> None:
    steps = np.array([[0, 2, FAR], [2, 0, FAR], [FAR, FAR, 0]])
    expected = steps.tolist()
    assert geography._shortest(steps).tolist() == expected
    assert geography._shortest_sparse(steps).tolist() == expected


def test_large_graphs_go_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(geography, "_shortest_sparse", lambda steps: asked.append(len(steps)))
    geography._shortest(graph(1, geography.DENSE_NODES + 1))
    geography._shortest(graph(1, 12))
    assert asked == [geography.DENSE_NODES + 1]
