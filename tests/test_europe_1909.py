"""Europe 1909 as history had it: its borders, its powers, its pacts."""

from itertools import combinations

import numpy as np
import pytest

from game.maps.check import check_file
from game.maps.find import resolve_map
from game.maps.load import load_map
from game.world.capability import capability
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.world_setup import build_world

GREAT_POWERS = ("GMY", "RUS", "UKG", "FRN", "AUH", "ITA")

LAND_BORDERS_OF_1909 = {
    "GMY": "FRN BEL NTH DEN RUS AUH SWZ",
    "AUH": "RUS ROM YUG TUR ITA SWZ",
    "FRN": "BEL SWZ ITA SPN",
    "BEL": "NTH",
    "ITA": "SWZ",
    "RUS": "ROM TUR SWD NOR",
    "SWD": "NOR",
    "SPN": "POR",
    "TUR": "BUL GRC YUG",
    "BUL": "ROM YUG",
    "ROM": "YUG",
}
"""Each border once. Austria-Hungary met the Ottoman Empire at the Sanjak of Novi Pazar."""

OVERSEAS = {"corsica", "algiers", "oran", "tunis", "cyprus", "sardinia"}
"""Provinces that the sea parts from the body of their state (sicily has its strait)."""


@pytest.fixture(scope="module")
def doc() -> MapDoc:
    return load_map("europe-1909")


@pytest.fixture(scope="module")
def world(doc: MapDoc) -> World:
    return build_world(doc)[0]


def touching(world: World) -> set[frozenset[str]]:
    """Pairs of provinces whose cells share an edge."""
    cells = world.atlas.cells
    pairs = set()
    for one, other in ((cells[:-1], cells[1:]), (cells[:, :-1], cells[:, 1:])):
        for a, b in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True):
            if a >= 0 and b >= 0 and a != b:
                pairs.add(frozenset((world.atlas.provinces[a].id, world.atlas.provinces[b].id)))
    return pairs


def states_joined(world: World, pairs: set[frozenset[str]]) -> set[frozenset[str]]:
    owner = {place.id: place.owner for place in world.provinces}
    joined = {frozenset(owner[name] for name in pair) for pair in pairs}
    return {pair for pair in joined if len(pair) == 2 and "" not in pair}


def test_map_has_no_problem_not_even_a_doubt():
    assert check_file(resolve_map("europe-1909")) == []


def test_states_border_as_in_1909_and_no_others(world: World):
    wanted = {
        frozenset((one, other))
        for one, others in LAND_BORDERS_OF_1909.items()
        for other in others.split()
    }
    assert states_joined(world, touching(world)) == wanted


def test_the_only_states_joined_by_a_strait_are_those_of_the_sound(doc: MapDoc, world: World):
    by_strait = states_joined(world, {frozenset(pair) for pair in doc.straits})
    assert by_strait - states_joined(world, touching(world)) == {frozenset(("DEN", "SWD"))}


def test_montenegro_and_morocco_are_nobodys(world: World):
    nobodys = {place.id for place in world.provinces if not place.owner}
    assert nobodys == {"montenegro", "morocco"}


def test_sanjak_parts_serbia_from_montenegro(world: World):
    assert frozenset(("serbia", "montenegro")) not in touching(world)


@pytest.mark.parametrize("state", GREAT_POWERS)
def test_great_power_is_whole(world: World, state: str):
    """All its provinces but those overseas hang together."""
    own = {place.id for place in world.owned(state)} - OVERSEAS
    reached, queue = {min(own)}, [min(own)]
    while queue:
        for name in world.atlas.neighbours(queue.pop()):
            if name in own - reached:
                reached.add(name)
                queue.append(name)
    assert reached == own


def test_every_province_can_be_pointed_at(world: World):
    numbers, counts = np.unique(world.atlas.cells, return_counts=True)
    cells = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    assert min(cells[index] for index in range(len(world.provinces))) >= 4
    assert len(world.provinces) == 142


def test_ships_reach_every_sea(doc: MapDoc, world: World):
    cells = world.atlas.cells
    joined: dict[int, set[int]] = {}
    for one, other in ((cells[:-1], cells[1:]), (cells[:, :-1], cells[:, 1:])):
        for a, b in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True):
            if a < 0 and b < 0:
                joined.setdefault(a, set()).add(b)
                joined.setdefault(b, set()).add(a)
    start = next(iter(joined))
    reached, queue = {start}, [start]
    while queue:
        for sea in joined[queue.pop()] - reached:
            reached.add(sea)
            queue.append(sea)
    assert len(reached) == len(doc.seas)


def test_capability_ranks_the_great_powers_as_the_index_of_1909_does(world: World):
    """Published order: Germany .135, Russia .119, United Kingdom .117, France, Austria-Hungary,
    Italy. The game, without the United States and the rest of the world, computes .214, .204,
    .202, .107, .078, .051: the same order, the same near tie for the second place.
    """
    shares = dict(zip(world.atlas.state_index, capability(world).tolist(), strict=True))
    ranked = sorted(shares, key=lambda state: -shares[state])
    assert ranked[:6] == list(GREAT_POWERS)
    assert shares["RUS"] - shares["UKG"] < 100
    assert shares["GMY"] == pytest.approx(2140, abs=100)
    assert shares["USA"] == 0


def test_six_states_are_great_powers_at_the_start(world: World):
    poles = {sheet.id for sheet, s in zip(world.atlas.states, world.states, strict=True) if s.great}
    assert poles == set(GREAT_POWERS)


def test_united_states_stay_off_the_map_until_1917(doc: MapDoc):
    america = doc.states["USA"]
    assert not any(place.owner == "USA" for place in doc.provinces.values())
    turn_of_1917 = 1917 - doc.calendar.start + 1
    assert america.committed_at(turn_of_1917 - 1) == 0
    assert america.committed_at(turn_of_1917) > 0
    assert turn_of_1917 <= doc.calendar.turns


def test_informal_alignments_oblige_to_consult(doc: MapDoc):
    for parties, year in (({"FRN", "UKG"}, 1904), ({"RUS", "UKG"}, 1907)):
        (treaty,) = [pact for pact in doc.treaties if set(pact.parties) == parties]
        assert treaty.obligations == ("consultation",)
        assert treaty.signed == year


def test_renewals_come_up_over_the_first_eight_turns(doc: MapDoc):
    assert {treaty.term for treaty in doc.treaties} == set(range(2, 9))


def test_default_player_is_germany_with_the_aims_of_the_rules(doc: MapDoc):
    assert next(iter(doc.states)) == "GMY"
    aims = {aim.kind: (aim.title, aim.target, aim.turns) for aim in doc.states["GMY"].aims}
    assert aims == {
        "break_ring": ("Break the ring", 0.30, 5),
        "grow": ("A place in the sun", 0.04, None),
        "broker": ("Honest broker", 3, None),
    }


@pytest.mark.parametrize("state", GREAT_POWERS)
def test_great_power_has_three_aims_of_different_kinds(doc: MapDoc, state: str):
    assert len({aim.kind for aim in doc.states[state].aims}) == 3


def test_no_rival_is_given_its_doctrine(doc: MapDoc):
    assert {state.doctrine for state in doc.states.values()} == {None}


def test_neighbours_on_the_map_are_told_apart_by_colour(doc: MapDoc, world: World):
    colours = {name: _rgb(state.colour or "") for name, state in doc.states.items()}
    for name, colour in colours.items():
        assert max(colour) >= 140, f"{name} is too dark for a dark screen"
    for one, other in combinations(colours, 2):
        apart = sum((a - b) ** 2 for a, b in zip(colours[one], colours[other], strict=True)) ** 0.5
        near = frozenset((one, other)) in states_joined(world, touching(world))
        assert apart >= (70 if near else 30), (one, other, apart)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
