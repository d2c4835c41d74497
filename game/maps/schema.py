"""The JSON schema of map format 1, for text editors that check and complete a map."""

import json
from typing import Any

from game.world.map_document import BUILT_IN_DOCTRINES, MapDoc

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text() -> str:
    """The text of `maps/map.schema.json`, made from the models."""
    schema: dict[str, Any] = {"$schema": DIALECT, **MapDoc.model_json_schema(by_alias=True)}
    schema["title"] = "Realpolitik map, format 1"
    legend = schema["properties"]["legend"]
    legend["propertyNames"] = {"minLength": 1, "maxLength": 2}
    doctrine = schema["$defs"]["State"]["properties"]["doctrine"]
    doctrine["examples"] = list(BUILT_IN_DOCTRINES)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
