"""Keys for the cells of a grid: short, all of the same length, easy to distinguish."""

import string
import unicodedata
from collections.abc import Sequence

_LETTERS = string.ascii_lowercase + string.digits + string.ascii_uppercase
OPEN_WATER = "~"


def legend_keys(provinces: Sequence[str], seas: Sequence[str]) -> tuple[dict[str, str], str]:
    """A key for each province and sea, and the key of unnamed water.

    Keys have one character on small maps and two on others. If possible, the key of a province
    begins with the first letter of its id, and that of a sea with ``~``.
    """
    if len(provinces) + len(seas) < len(_LETTERS) // 2:
        return _single(provinces, seas), OPEN_WATER
    keys: dict[str, str] = {}
    taken = {OPEN_WATER * 2}
    for identity in provinces:
        letters = _letters(identity)
        heads = (letters[:1] or "x") + _LETTERS
        keys[identity] = _first_free(heads, letters[1:] + _LETTERS, taken)
    for identity in seas:
        letters = _letters(identity)
        keys[identity] = _first_free("~.:" + _LETTERS, letters + _LETTERS, taken)
    return keys, OPEN_WATER * 2


def _single(provinces: Sequence[str], seas: Sequence[str]) -> dict[str, str]:
    keys: dict[str, str] = {}
    taken = {OPEN_WATER}
    for identity in provinces:
        letters = _letters(identity)
        keys[identity] = _first_free(letters + letters.upper() + _LETTERS, ("",), taken)
    for identity in seas:
        keys[identity] = _first_free("~.,:;'-=+*" + _LETTERS, ("",), taken)
    return keys


def _first_free(heads: str, tails: str | Sequence[str], taken: set[str]) -> str:
    key = next(head + tail for head in heads for tail in tails if head + tail not in taken)
    taken.add(key)
    return key


def _letters(identity: str) -> str:
    plain = unicodedata.normalize("NFKD", identity).encode("ascii", "ignore").decode().lower()
    return "".join(mark for mark in plain if mark in _LETTERS)
