"""Changes of a map: each makes a new map of an old one, and what cannot be done is refused.

A change may leave a map that `maps check` finds wrong (a province without cells); that is told
where the map is edited, and mended by the next change.
"""

import string
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from game.messages import PlayerMessage
from game.world.map_document import (
    LegendEntry,
    MapDoc,
    Part,
    Province,
    State,
    Treaty,
)

Cell = tuple[int, int]
"""(row, column), from 0."""
P = TypeVar("P", bound=Part)
NEW_KEYS = string.ascii_letters + string.digits + "!#$%&*+/<>@|"
"""Letters and signs that a new province may be drawn with."""


class EditRefused(PlayerMessage):
    """A change of a map that cannot be made; the sentence says why and what to do."""


def key_width(doc: MapDoc) -> int:
    """How many characters a cell of the grid has: 1 or 2."""
    return len(next(iter(doc.legend)))


def cells_of(doc: MapDoc) -> list[list[str]]:
    """The key of every cell: [row][column]."""
    width = key_width(doc)
    return [[row[at : at + width] for at in range(0, len(row), width)] for row in doc.grid]


def painted(doc: MapDoc, cells: Collection[Cell], key: str) -> MapDoc:
    """The map with some cells drawn by a key of the legend; cells outside are left out.

    Raises EditRefused if a province would lose its last cell.
    """
    rows = cells_of(doc)
    before = {cell for row in rows for cell in row}
    for row, column in cells:
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            rows[row][column] = key
    lost = before - {cell for row in rows for cell in row}
    for gone in lost:
        province = doc.legend[gone].province if gone in doc.legend else None
        if province is not None:
            raise EditRefused(
                f"That is the last cell of {name_of(doc, province)}; to be rid of the province, "
                "delete it."
            )
    return doc.model_copy(update={"grid": tuple("".join(row) for row in rows)})


def area(doc: MapDoc, row: int, column: int) -> set[Cell]:
    """The cells of one key that hang together with a cell by their edges, itself included."""
    from scipy import ndimage

    cells = np.array(cells_of(doc))
    found: tuple[NDArray[np.int32], int] = ndimage.label(cells == cells[row, column])
    pieces = found[0]
    return {(int(at), int(on)) for at, on in np.argwhere(pieces == pieces[row, column])}


def name_of(doc: MapDoc, province: str) -> str:
    """A province's name; its id if it has none."""
    stated = doc.provinces.get(province)
    return (stated.name if stated is not None else None) or province


def province_at(doc: MapDoc, row: int, column: int) -> str | None:
    """The province whose cell it is; None for sea."""
    entry = doc.legend.get(cells_of(doc)[row][column])
    return None if entry is None else entry.province


def key_of(doc: MapDoc, province: str) -> str:
    """The key with which a province is drawn. Raises KeyError if there is none."""
    for key, entry in doc.legend.items():
        if entry.province == province:
            return key
    raise KeyError(province)


def with_owner(doc: MapDoc, province: str, owner: str | None) -> MapDoc:
    """The map with a province owned by another state, or by nobody.

    A state whose capital it was has its most populous province as capital then.
    """
    changed = {
        name: state.model_copy(update={"capital": None})
        for name, state in doc.states.items()
        if state.capital == province and name != owner
    }
    held = doc.provinces[province].model_copy(update={"owner": owner})
    return doc.model_copy(
        update={
            "provinces": {**doc.provinces, province: held},
            "states": {**doc.states, **changed},
        }
    )


def with_capital(doc: MapDoc, province: str) -> MapDoc:
    """The map with a province as its owner's capital. Raises EditRefused if nobody owns it."""
    owner = doc.provinces[province].owner
    if owner is None or owner not in doc.states:
        raise EditRefused(
            f"Nobody owns {name_of(doc, province)}; give it an owner before it is a capital."
        )
    return with_state_changed(doc, owner, {"capital": province})


def with_strait(doc: MapDoc, first: str, second: str) -> MapDoc:
    """The map with a strait between two provinces, or without it if there was one."""
    if first == second:
        raise EditRefused("A strait joins two provinces; mark one, then the other.")
    kept = tuple(pair for pair in doc.straits if set(pair) != {first, second})
    if len(kept) == len(doc.straits):
        kept = (*kept, (first, second))
    return doc.model_copy(update={"straits": kept})


def with_province(doc: MapDoc, name: str, owner: str | None, cell: Cell) -> MapDoc:
    """The map with a new province, of which one cell is drawn.

    Raises EditRefused for an empty name, or where every letter of the legend is taken.
    """
    found = _free_id(name.lower(), doc.provinces)
    made = _validated(Province, {"name": name.strip(), "owner": owner})
    key = _free_key(doc)
    with_it = doc.model_copy(
        update={
            "legend": {**doc.legend, key: LegendEntry(province=found)},
            "provinces": {**doc.provinces, found: made},
        }
    )
    return painted(with_it, [cell], key)


def without_province(doc: MapDoc, province: str, key: str) -> MapDoc:
    """The map without a province: its cells are drawn with another key.

    Its straits, links and claims go too, and it is nobody's capital. Raises EditRefused if the
    key is its own, or if it is the only province.
    """
    if doc.legend[key].province == province:
        raise EditRefused("Choose another brush first: the cells are drawn with the brush.")
    if len(doc.provinces) == 1:
        raise EditRefused("A map has at least one province.")
    own = key_of(doc, province)
    rows = [[key if cell == own else cell for cell in row] for row in cells_of(doc)]
    states = {
        name: state.model_copy(update={"capital": None}) if state.capital == province else state
        for name, state in doc.states.items()
    }
    return doc.model_copy(
        update={
            "grid": tuple("".join(row) for row in rows),
            "legend": {at: entry for at, entry in doc.legend.items() if at != own},
            "provinces": {at: one for at, one in doc.provinces.items() if at != province},
            "states": states,
            "straits": tuple(pair for pair in doc.straits if province not in pair),
            "links": tuple(link for link in doc.links if province not in link.between),
            "claims": tuple(claim for claim in doc.claims if claim.province != province),
        }
    )


def with_state(doc: MapDoc, name: str, province: str) -> MapDoc:
    """The map with a new state, whose land and capital is a province."""
    letters = "".join(letter for letter in name.upper() if letter.isalpha() and letter.isascii())
    found = _free_id(letters[:3], doc.states, joint="")
    made = _validated(State, {"name": name.strip(), "capital": province})
    return with_owner(
        doc.model_copy(update={"states": {**doc.states, found: made}}), province, found
    )


def with_province_changed(doc: MapDoc, province: str, stated: Mapping[str, Any]) -> MapDoc:
    """The map with other figures of a province. Raises EditRefused for one that cannot be."""
    changed = _changed(doc.provinces[province], stated)
    return doc.model_copy(update={"provinces": {**doc.provinces, province: changed}})


def with_state_changed(doc: MapDoc, state: str, stated: Mapping[str, Any]) -> MapDoc:
    """The map with other figures of a state. Raises EditRefused for one that cannot be."""
    changed = _changed(doc.states[state], stated)
    return doc.model_copy(update={"states": {**doc.states, state: changed}})


def with_treaty(doc: MapDoc, stated: Mapping[str, Any]) -> MapDoc:
    """The map with a further treaty. Raises EditRefused for one that cannot be."""
    made = _validated(Treaty, stated)
    if len(set(made.parties)) < 2:
        raise EditRefused("A treaty has two different parties.")
    if made.against in made.parties:
        raise EditRefused("A treaty is not against one of its own parties.")
    return doc.model_copy(update={"treaties": (*doc.treaties, made)})


def without_treaty(doc: MapDoc, index: int) -> MapDoc:
    """The map without its treaty at a place of the list."""
    kept = tuple(treaty for at, treaty in enumerate(doc.treaties) if at != index)
    return doc.model_copy(update={"treaties": kept})


def _changed(part: P, stated: Mapping[str, Any]) -> P:
    """A part of a map with other values of some fields, as if they had stood in the file."""
    known = {name: getattr(part, name) for name in part.model_fields_set}
    return _validated(type(part), {**known, **stated})


def _validated(kind: type[P], stated: Mapping[str, Any]) -> P:
    try:
        return kind.model_validate(dict(stated))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(step) for step in first["loc"]) or kind.__name__.lower()
        raise EditRefused(f"{field}: {first['msg'].lower()}; {first['input']!r:.40} is not.") from (
            None
        )


def _free_id(wanted: str, taken: Collection[str], *, joint: str = "-") -> str:
    """An id that no other has, made of a name. Raises EditRefused for a name of no letters."""
    plain = "".join(letter if letter.isalnum() else joint for letter in wanted).strip("-")[:60]
    if not plain:
        raise EditRefused("A name needs a letter of the alphabet: write one.")
    number, found = 1, plain
    while found in taken:
        number += 1
        found = f"{plain}{joint}{number}"
    return found


def _free_key(doc: MapDoc) -> str:
    width = key_width(doc)
    for key in NEW_KEYS if width == 1 else (f"{a}{b}" for a in NEW_KEYS for b in NEW_KEYS):
        if key not in doc.legend:
            return key
    raise EditRefused(
        "Every letter of the legend is taken: give the legend keys of two letters in the file."
    )
