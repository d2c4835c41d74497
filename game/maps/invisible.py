"""Texts of a map with characters that cannot be seen, which are left out as it is read."""

import re
from collections.abc import Iterator

from game.maps.map_problem import Issue, KeyPath
from game.world.clean_text import INVISIBLE

_PERHAPS = re.compile(r"\\u|" + INVISIBLE.pattern)


def may_be_invisible(text: str) -> bool:
    """Whether a closer look is worth its time: an escape, or an invisible character itself."""
    plain = text.isascii() and "\\u" not in text and "\x7f" not in text
    return not plain and _PERHAPS.search(text) is not None


def invisible_characters(tree: object, path: KeyPath = ()) -> list[Issue]:
    """A warning for each text value in which characters are left out."""
    return list(_found(tree, path))


def _found(tree: object, path: KeyPath) -> Iterator[Issue]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _found(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from _found(value, (*path, number))
    elif isinstance(tree, str):
        hidden = "".join(INVISIBLE.findall(tree))
        if hidden:
            code = f"U+{ord(hidden[0]):04X}"
            what = f"{len(hidden)} characters" if len(hidden) > 1 else "a character"
            message = f"holds {what} that cannot be seen ({code}), left out as the map is read"
            yield Issue(path, message, "take it out" if len(hidden) == 1 else "take them out",
                        "warning")  # fmt: skip
