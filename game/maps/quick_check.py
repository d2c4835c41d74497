"""A fast test of a map that has the right shape: no problem at all, or the full check is needed.

If the answer is yes, `references` and `grid` find nothing either (a test compares them). A no may
be a false alarm, which only costs time.
"""

from collections.abc import Iterable

import numpy as np

from game.maps.cross_references import ends_of_poles
from game.maps.grid import MOST_COLUMNS, cell_keys, plain_key
from game.world.map_document import BUILT_IN_DOCTRINES, MapDoc, Part, State

_QUOTE, _COLON = b'":'


def is_sound(doc: MapDoc, data: bytes) -> bool:
    """Whether the map read from `data` surely has no problem but a possible warning of reading."""
    return (
        _no_key_twice(doc, data)
        and _grid_sound(doc)
        and _owners_sound(doc)
        and _pairs_sound(doc)
        and _labels_sound(doc)
    )


def _no_key_twice(doc: MapDoc, data: bytes) -> bool:
    """Whether the text has as many keys as the map, so that no key occurs twice."""
    tables: list[dict[str, object]] = [
        dict(doc.legend), dict(doc.provinces), dict(doc.seas), dict(doc.states),
        dict(doc.ideologies), dict(doc.doctrines), dict(doc.rules),
    ]  # fmt: skip
    tables += [dict(ideology.affinity) for ideology in doc.ideologies.values()]
    parts: list[Iterable[Part]] = [
        [doc, doc.calendar], doc.legend.values(), doc.provinces.values(), doc.seas.values(),
        doc.links, doc.states.values(), doc.treaties, doc.beliefs, doc.claims,
        doc.ideologies.values(), doc.doctrines.values(),
        [doctrine.weights for doctrine in doc.doctrines.values()],
    ]  # fmt: skip
    parts += [state.aims for state in doc.states.values() if state.aims]
    keys = sum(map(len, tables))
    keys += sum(len(part.__pydantic_fields_set__) for group in parts for part in group)
    signs = np.frombuffer(data, dtype=np.uint8)
    # A key ends in a quote and a colon. If the count differs, the full check finds out why.
    ends = np.count_nonzero((signs[:-1] == _QUOTE) & (signs[1:] == _COLON))
    return keys == int(ends)


def _grid_sound(doc: MapDoc) -> bool:
    """Whether grid and legend have no problem."""
    widths = set(map(len, doc.legend))
    lengths = set(map(len, doc.grid))
    if len(widths) != 1 or len(lengths) != 1 or not all(map(plain_key, doc.legend)):
        return False
    width, length = widths.pop(), lengths.pop()
    if length == 0 or length % width or length > MOST_COLUMNS * width:
        return False
    if cell_keys(doc.grid, width) != doc.legend.keys():
        return False
    entries = doc.legend.values()
    land = [entry.province for entry in entries if entry.province is not None]
    seas = {entry.sea for entry in entries if entry.province is None} - {None}
    one_each = all(len(entry.__pydantic_fields_set__) == 1 for entry in entries)
    watery = sum("sea" in entry.__pydantic_fields_set__ for entry in entries)
    return (
        one_each
        and watery + len(land) == len(doc.legend)
        and set(land) == doc.provinces.keys()
        and seas == doc.seas.keys()
    )


def _owners_sound(doc: MapDoc) -> bool:
    """Whether owners and capitals have no problem."""
    provinces = doc.provinces
    landed = {province.owner for province in provinces.values()}
    if not landed - {None} <= doc.states.keys():
        return False
    playable = 0
    for name, state in doc.states.items():
        if state.capital is not None and (
            state.capital not in provinces or provinces[state.capital].owner != name
        ):
            return False
        if name in landed:
            if state.population is not None or state.industry is not None:
                return False
            playable += state.committed_at(1) > 0
        elif state.population is None or state.industry is None:
            return False
        if state.aims and not _aims_sound(doc, name, state):
            return False
        if isinstance(state.committed, tuple):
            turns = [turn for turn, _ in state.committed]
            if len(set(turns)) < len(turns):
                return False
        years = [heir.year for heir in state.heirs if heir.year is not None]
        if years != sorted(years):
            return False
    return playable >= 2


def _aims_sound(doc: MapDoc, name: str, state: State) -> bool:
    if len({aim.id for aim in state.aims}) < len(state.aims):
        return False
    for aim in state.aims:
        if aim.turns is not None and aim.turns > doc.calendar.turns:
            return False
        if aim.kind == "contain" and (aim.target == name or aim.target not in doc.states):
            return False
        if aim.kind == "take" and (
            aim.target not in doc.provinces or doc.provinces[aim.target].owner == name
        ):
            return False
    return True


def _pairs_sound(doc: MapDoc) -> bool:
    """Whether straits, links and other pairs have no problem."""
    places = [*doc.straits, *(link.between for link in doc.links)]
    believed = [(belief.of, belief.about) for belief in doc.beliefs]
    between = [*believed, *doc.rivalries]
    if any(first == second for first, second in [*places, *between]):
        return False
    if len(set(believed)) < len(believed):
        return False
    provinces = {name for pair in places for name in pair}
    states = {name for pair in between for name in pair}
    for treaty in doc.treaties:
        states.update(treaty.parties)
        if treaty.against is not None:
            states.add(treaty.against)
        if treaty.against in treaty.parties or len(set(treaty.parties)) < len(treaty.parties):
            return False
        if len(set(treaty.obligations)) < len(treaty.obligations):
            return False
    for claim in doc.claims:
        states.add(claim.of)
        if claim.province not in doc.provinces or doc.provinces[claim.province].owner == claim.of:
            return False
    return states <= doc.states.keys() and provinces <= doc.provinces.keys()


def _labels_sound(doc: MapDoc) -> bool:
    """Whether doctrines and ideologies that are named exist."""
    states = doc.states.values()
    ideologies = {state.ideology for state in states} - {None}
    for ideology in doc.ideologies.values():
        ideologies.update(ideology.affinity)
    if "ideologies" in doc.model_fields_set and not ideologies <= doc.ideologies.keys():
        return False
    doctrines = {state.doctrine for state in states} - {None, *BUILT_IN_DOCTRINES}
    if not doctrines <= doc.doctrines.keys() or not doc.doctrines.keys().isdisjoint(
        BUILT_IN_DOCTRINES
    ):
        return False
    rises, falls = ends_of_poles(doc.rules)
    return bool(falls <= rises)
