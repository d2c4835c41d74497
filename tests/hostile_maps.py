"""Maps in which everything that has a name or an id is called as a stranger chose."""

import json
import random
import unicodedata
from collections.abc import Sequence
from typing import Any

from game.world.map_document import MapDoc, from_data

PIECES = (
    "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\x00", "\x1b[31m", "\x1b]0;x\x07", "\u202e",
    "\u200b", "\ud7ff", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "&amp;&lt;", "]]>", "[bold red]x[/]", "[@click=app.quit]x[/]", "{{7*7}}", "${7*7}", "%s%n",
    "=cmd|'/c calc'!A1", "@SUM(1)", "../../etc/passwd", "..\\..\\x", "C:\\x", "|`rm -rf`", "'\"",
    "\\u0000", "Z" + "\u0301" * 60, "\U0001f468\u200d\U0001f469", "\u0e19\u0e35\u0e49", "ﷺ", "𒐫",
    "a" * 119, "\u3000", "\xa0", "\r\n", "\t", "\v", "NUL", "con.json", "-o", "--force", "'; --",
    "\u05d0\u05d1", "\u0627\u0644", "\U000e0041", "\ufff9x\ufffb", "\u2028",
)  # fmt: skip
"""What hostile strings are made of."""
LONGEST = 110
"""Letters of a hostile name; a number that tells it from others follows."""
LONGEST_ID = 60
NO_ID = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of the characters that no id may have."""
STATES, PROVINCES, SEAS, IDEOLOGIES, DOCTRINES, AIMS = (
    tuple(range(first, first + 3)) for first in range(1, 19, 3)
)
"""The numbers of a map's parts: three of each kind."""
MAP = 20


def strings(cases: int) -> list[str]:
    """So many hostile strings: each piece, then several behind one another."""
    luck = random.Random(9)
    made = [*PIECES] if cases > len(PIECES) else luck.sample(PIECES, cases)
    while len(made) < cases:
        made.append("".join(luck.choices(PIECES, k=luck.randrange(2, 4))))
    return [text[:LONGEST] for text in made[:cases]]


def as_id(texts: Sequence[str], number: int) -> str:
    """The id of a part: its text without the characters that the format refuses, and its number."""
    kept = "".join(
        letter for letter in _of(texts, number) if unicodedata.category(letter) not in NO_ID
    )
    return f"{kept[:LONGEST_ID]}{number}"


def _of(texts: Sequence[str], number: int) -> str:
    """The text of a part: those of one kind take turns."""
    return texts[number % len(texts)]


def map_data(texts: Sequence[str], *, raw: int = 0) -> dict[str, Any]:
    """A small map as plain data in which every name and every id begins with one of the texts.

    With three texts each is the name and the id of one part of every kind. The part of the number
    `raw` has its text itself as its id, whatever is in it.
    """

    def id(number: int) -> str:
        return _of(texts, number) if number == raw else as_id(texts, number)

    def name(number: int) -> str:
        return f"{_of(texts, number)}{number}"

    first, second, third = states = [id(number) for number in STATES]
    lands, seas, aims = ([id(number) for number in kind] for kind in (PROVINCES, SEAS, AIMS))
    ideologies, doctrines = ([id(number) for number in kind] for kind in (IDEOLOGIES, DOCTRINES))
    whole = " ".join(texts)
    named = {
        one: {
            "name": name(number), "adjective": name(21 + number), "leader": name(30 + number),
            "capital": lands[at], "army": 5 - number, "fleet": 1, "ideology": ideologies[at],
            "doctrine": doctrines[at], "great": True,
            "heirs": [{"name": name(42 + number), "year": 1901}],
        }
        for at, (number, one) in enumerate(zip(STATES, states, strict=True))
    }  # fmt: skip
    named[first]["aims"] = [
        {"id": aims[0], "title": name(AIMS[0]), "kind": "contain", "target": second},
        {"id": aims[1], "title": name(AIMS[1]), "kind": "take", "target": lands[1]},
        {"id": aims[2], "title": name(AIMS[2]), "kind": "hold"},
    ]
    return {
        "format": 1, "id": texts[0] if raw == MAP else "hostile",
        "title": f"{whole[:LONGEST]}0", "description": whole, "authors": list(texts),
        "license": whole, "sources": list(texts), "briefing": whole,
        "calendar": {"start": 1900, "turns": 4},
        "grid": ["aabbccsss", "aabbccttu"],
        "legend": {
            **{letter: {"province": land} for letter, land in zip("abc", lands, strict=True)},
            **{letter: {"sea": sea} for letter, sea in zip("stu", seas, strict=True)},
        },
        "seas": {sea: {"name": name(number)} for number, sea in zip(SEAS, seas, strict=True)},
        "provinces": {
            land: {"name": name(number), "owner": owner, "population": 6, "industry": 5}
            for number, land, owner in zip(PROVINCES, lands, states, strict=True)
        },
        "states": named,
        "treaties": [
            {"parties": [first, third], "obligations": ["defense"], "against": second, "term": 9}
        ],
        "beliefs": [{"of": first, "about": second, "hostile": 0.9}],
        "claims": [{"of": second, "province": lands[0]}],
        "rivalries": [[first, second]],
        "ideologies": {
            ideologies[0]: {"name": name(IDEOLOGIES[0]), "affinity": {ideologies[1]: 0.5}},
            ideologies[1]: {"name": name(IDEOLOGIES[1])},
            ideologies[2]: {"name": name(IDEOLOGIES[2])},
        },
        "doctrines": {one: {"exponents": [1, 1, 0, 1]} for one in doctrines},
    }  # fmt: skip


def as_bytes(data: Any) -> bytes:
    """Plain data as the bytes of a file; whatever has no place in UTF-8 is escaped."""
    return json.dumps(data).encode()


def hostile_map(texts: Sequence[str]) -> MapDoc:
    """The map of some texts; its first state is `as_id(texts, STATES[0])`."""
    return from_data(map_data(texts))
