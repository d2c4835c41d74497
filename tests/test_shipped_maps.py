"""The shipped maps: each has what a player needs, and can tell the theories apart."""

import pytest

from game.maps.check import check_file
from game.maps.find import maps_folder, shipped_ids
from game.maps.load import load_map
from game.maps.map_warnings import differing_states
from game.world.map_document import MapDoc


@pytest.fixture(params=shipped_ids(), scope="module")
def doc(request: pytest.FixtureRequest) -> MapDoc:
    return load_map(request.param)


def test_five_maps_ship() -> None:
    assert shipped_ids() == [
        "europe-1909", "five-crowns", "middle-east-1955", "two-leagues", "world-1950",
    ]  # fmt: skip


def test_a_shipped_map_has_its_name_briefing_sources_and_terms(doc: MapDoc) -> None:
    assert (maps_folder() / f"{doc.id}.json").is_file()
    assert check_file(maps_folder() / f"{doc.id}.json") == []
    assert len(doc.briefing) >= 400
    assert 40 <= len(doc.description) <= 300
    assert doc.sources
    assert doc.authors
    assert doc.license


def test_at_least_four_states_have_three_aims_of_different_kinds(doc: MapDoc) -> None:
    full = [
        state
        for state in doc.states.values()
        if len(state.aims) == 3 and len({aim.kind for aim in state.aims}) == 3
    ]
    assert len(full) >= 4
    assert next(iter(doc.states.values())) in full


def test_no_state_of_a_shipped_map_has_its_doctrine_fixed(doc: MapDoc) -> None:
    assert [name for name, state in doc.states.items() if state.doctrine is not None] == []


def test_a_third_of_the_states_should_fear_another_by_threat_than_by_power(doc: MapDoc) -> None:
    differs = differing_states(doc)
    assert sum(differs.values()) * 3 >= len(differs)
