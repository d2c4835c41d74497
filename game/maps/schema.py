"""The JSON schema of map format 1, for editors that complete and check as a map is written.

Made from the models, then brought to what every validator takes: no `\\p` in patterns (it is not in
Python's `re`), no `discriminator` (no word of JSON Schema), a type beside every bound.
"""

import json
from typing import Any

from game.world.map_document import BUILT_IN_DOCTRINES, ID_PATTERN, MapDoc

DIALECT = "https://json-schema.org/draft/2020-12/schema"

PLAIN_ID_PATTERN = (
    r"^[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+$"
)
"""`ID_PATTERN` as far as all regular expressions can say it."""

LONGEST_NAME = 120

EXAMPLES: dict[str, dict[str, list[Any]]] = {
    "Map": {
        "id": ["my-map"],
        "title": ["The Long Strand"],
        "sources": [["Invented"]],
        "grid": [["~aab", "~abb"]],
        "legend": [{"a": {"province": "westmark"}, "~": {"sea": "strand-sea"}}],
        "straits": [[["westmark", "gannet-isle"]]],
        "rivalries": [[["NOR", "IRO"]]],
    },
    "Calendar": {"start": [1909], "step": ["year"], "turns": [30]},
    "Province": {"name": ["Westmark"], "owner": ["NOR", None], "population": [4], "industry": [3]},
    "Sea": {"name": ["The Strand"]},
    "Link": {"between": [["westmark", "far-isle"]], "distance": [3]},
    "State": {
        "name": ["Norrin"],
        "adjective": ["Norrine"],
        "colour": ["#4c78a8"],
        "capital": ["northport"],
        "army": [60],
        "fleet": [20],
        "treasury": [6],
        "doctrine": list(BUILT_IN_DOCTRINES),
        "leader": ["First Speaker Anwen"],
        "committed": [1, 0, [[1, 0], [8, 0.5]]],
        "posture": [0.25],
        "ideology": ["republic"],
    },
    "Heir": {"name": ["First Speaker Rhys"], "year": [305, None]},
    "Treaty": {
        "parties": [["NOR", "MID"]],
        "obligations": [["defense"], ["neutrality", "consultation"]],
        "against": ["IRO"],
        "signed": [1882],
        "term": [5],
    },
    "Belief": {"of": ["NOR"], "about": ["IRO"], "hostile": [0.7]},
    "Claim": {"of": ["IRO"], "province": ["westmark"]},
    "Ideology": {"name": ["Republic"], "affinity": [{"crown": 0.2}]},
    "CustomDoctrine": {"exponents": [[1, 3, 0, 0]], "scope": ["all"]},
}
"""Values that show how a field is written, by part."""

ALL_DIFFERENT = {
    "Map": ("straits", "rivalries"),
    "Link": ("between",),
    "Treaty": ("parties",),
}
"""Lists whose entries (of pairs: whose two ends) may not be alike."""


def schema_text() -> str:
    """The text of `maps/map.schema.json`, made from the models."""
    schema: dict[str, Any] = {"$schema": DIALECT, **MapDoc.model_json_schema(by_alias=True)}
    schema["title"] = "Realpolitik map, format 1"
    for part, definition in ({"Map": schema} | schema["$defs"]).items():
        fields = definition["properties"]
        for name, values in EXAMPLES.get(part, {}).items():
            fields[name]["examples"] = values
        for name in ALL_DIFFERENT.get(part, ()):
            listed = fields[name]
            (listed["items"] if part == "Map" else listed)["uniqueItems"] = True
    schema["properties"]["legend"]["propertyNames"] = {
        "type": "string", "minLength": 1, "maxLength": 2,
    }  # fmt: skip
    schema["properties"]["grid"]["items"] |= {"minLength": 1, "maxLength": 4_000}
    schema["$defs"]["LegendEntry"]["oneOf"] = [
        {"type": "object", "properties": {name: {}}, "required": [name]}
        for name in ("province", "sea")
    ]
    province = schema["$defs"]["LegendEntry"]["properties"]["province"]
    province |= province.pop("anyOf")[0]
    del province["default"]
    plain: dict[str, Any] = _plain(schema)
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _plain(part: Any) -> Any:
    """A part of the schema, and all in it, in the words that every validator knows."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return PLAIN_ID_PATTERN if part == ID_PATTERN else part
    found = {key: _plain(value) for key, value in part.items() if not _foreign(key, value)}
    if ID_PATTERN in part.get("patternProperties", {}):
        found["additionalProperties"] = found.pop("patternProperties")[ID_PATTERN]
        found["propertyNames"] = {"type": "string", "pattern": PLAIN_ID_PATTERN} | found.get(
            "propertyNames", {}
        )
    if found.get("type") == "string" and found.get("maxLength") == LONGEST_NAME:
        found |= {"minLength": 1, "pattern": r"\S"}
    return found


def _foreign(key: str, value: Any) -> bool:
    return key == "discriminator" and isinstance(value, dict) and "propertyName" in value
