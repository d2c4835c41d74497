"""Timings of a whole AI turn (DESIGN, section 9): how it grows with the number of states."""

from __future__ import annotations

import time

import pytest

from game import Campaign, load_map
from game.world.map_document import MapDoc

pytestmark = pytest.mark.bench

TURNS = 2


def of_a_turn(doc: MapDoc) -> float:
    """The least processor time of a turn among the first few, in seconds."""
    campaign = Campaign.new(doc, seed=1, turns=TURNS)
    spent = []
    while not campaign.over:
        start = time.process_time()
        campaign.submit()
        spent.append(time.process_time() - start)
    return min(spent)


def test_a_turn_grows_at_most_eighteenfold_from_50_to_200_states() -> None:
    fifty, many = (load_map(f"random:1:{states}") for states in (50, 200))
    assert of_a_turn(many) <= 18 * of_a_turn(fifty)
