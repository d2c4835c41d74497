"""Warnings about parts of a map that are there twice, or look alike."""

from collections.abc import Iterator

from game.maps.map_problem import Issue, shown
from game.world.map_document import MapDoc

ALIKE = 8
"""Colours that differ by no more than this, of 255, in red, green and blue look the same."""


FEW = 40
"""States up to which colours can differ; of more, only equal ones are told."""


def twins(doc: MapDoc) -> Iterator[Issue]:
    """Every warning about names, colours, treaties and rivalries that stand twice."""
    yield from _same_names(doc)
    yield from _same_colours(doc)
    yield from _same_treaties(doc)
    seen: dict[frozenset[str], int] = {}
    for number, pair in enumerate(doc.rivalries):
        first = seen.setdefault(frozenset(pair), number)
        if first != number:
            message = f"the same pair as rivalry {first + 1}"
            yield Issue(("rivalries", number), message, "take one out", "warning")


def _same_names(doc: MapDoc) -> Iterator[Issue]:
    parts: dict[str, list[tuple[str, str | None]]] = {
        "states": [(key, state.name) for key, state in doc.states.items()],
        "provinces": [(key, province.name) for key, province in doc.provinces.items()],
        "seas": [(key, sea.name) for key, sea in doc.seas.items()],
    }
    for part, entries in parts.items():
        seen: dict[str, str] = {}
        for key, name in entries:
            if name is None:
                continue
            other = seen.setdefault(name.casefold(), key)
            if other != key:
                message = f"the same name as {shown(other)}: {shown(name)}"
                yield Issue((part, key, "name"), message, None, "warning")


def _same_colours(doc: MapDoc) -> Iterator[Issue]:
    if len(doc.states) > FEW:
        yield from _equal_colours(doc)
        return
    seen: list[tuple[str, tuple[int, ...]]] = []
    for key, state in doc.states.items():
        if state.colour is None:
            continue
        rgb = tuple(int(state.colour[at : at + 2], 16) for at in (1, 3, 5))
        for other, tint in seen:
            most = max(abs(one - two) for one, two in zip(rgb, tint, strict=True))
            if most <= ALIKE:
                what = "the same colour as" if not most else "a colour hard to tell from that of"
                message = f"{what} {shown(other)}: {shown(state.colour)}"
                yield Issue(("states", key, "colour"), message, None, "warning")
                break
        seen.append((key, rgb))


def _equal_colours(doc: MapDoc) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for key, state in doc.states.items():
        if state.colour is not None:
            other = seen.setdefault(state.colour.lower(), key)
            if other != key:
                message = f"the same colour as {shown(other)}: {shown(state.colour)}"
                yield Issue(("states", key, "colour"), message, None, "warning")


def _same_treaties(doc: MapDoc) -> Iterator[Issue]:
    seen: dict[object, int] = {}
    for number, treaty in enumerate(doc.treaties):
        terms = (frozenset(treaty.parties), frozenset(treaty.obligations), treaty.against)
        first = seen.setdefault(terms, number)
        if first != number:
            message = f"the same parties and obligations as treaty {first + 1}"
            yield Issue(("treaties", number), message, "take one out", "warning")
        if treaty.signed is not None and treaty.signed > doc.calendar.start:
            message = f"signed in {treaty.signed}, after the campaign begins ({doc.calendar.start})"
            yield Issue(("treaties", number, "signed"), message, None, "warning")
