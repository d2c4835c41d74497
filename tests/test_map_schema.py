"""The schema: taken by every validator, complete, and no milder than the check in structure."""

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from test_map_check import GOOD, mutated

from game.maps.find import maps_folder, shipped_ids
from game.maps.schema import schema_text
from game.maps.starter import starter_text
from game.world.map_document import MapDoc, from_data
from game.world.rules import OVERRIDABLE, Rules

SCHEMA: dict[str, Any] = json.loads(schema_text())


def parts(tree: Any) -> list[dict[str, Any]]:
    found = [tree] if isinstance(tree, dict) else []
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    return found + [one for value in inner for one in parts(value)]


def test_every_pattern_is_one_for_python_too() -> None:
    patterns = {part["pattern"] for part in parts(SCHEMA) if isinstance(part.get("pattern"), str)}
    assert len(patterns) >= 3
    for pattern in patterns:
        re.compile(pattern)
        assert "\\p" not in pattern


def test_no_word_is_foreign_to_json_schema() -> None:
    assert not any("discriminator" in part for part in parts(SCHEMA))
    for part in parts(SCHEMA):
        bounded = part.keys() & {"minLength", "maxLength", "minimum", "maximum", "minItems"}
        assert not bounded or "type" in part, part


def test_every_field_has_a_description() -> None:
    definitions = {"Map": SCHEMA} | SCHEMA["$defs"]
    bare = [
        f"{part}.{name}"
        for part, definition in definitions.items()
        for name, field in definition["properties"].items()
        if len(field.get("description", "")) < 8
    ]
    assert bare == []
    rules = SCHEMA["properties"]["rules"]["properties"]
    for name in OVERRIDABLE:
        assert rules[name]["default"] == getattr(Rules(), name)
        assert "Unit: " in rules[name]["description"]


def test_the_examples_are_of_their_fields() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    definitions = {"Map": SCHEMA} | SCHEMA["$defs"]
    checked = 0
    for definition in definitions.values():
        for field in definition["properties"].values():
            for example in field.get("examples", ()):
                rooted = field | {"$defs": SCHEMA["$defs"]}
                jsonschema.Draft202012Validator(rooted).validate(example)
                checked += 1
    assert checked >= 30


@pytest.mark.parametrize("name", [*shipped_ids(), "starter"])
def test_a_good_map_is_valid(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    text = starter_text() if name == "starter" else (maps_folder() / f"{name}.json").read_text()
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    assert [error.message for error in validator.iter_errors(json.loads(text))] == []


def whole(tree: Any) -> Any:
    """The tree with 12.0 as 12, as a map is read."""
    if isinstance(tree, dict):
        return {key: whole(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [whole(value) for value in tree]
    return int(tree) if isinstance(tree, float) and tree.is_integer() else tree


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_what_the_models_refuse_the_schema_refuses(data: dict[str, Any]) -> None:
    """Structure alone: what has invisible characters beyond the plain ones is not told."""
    jsonschema = pytest.importorskip("jsonschema")
    text = json.dumps(data)
    if "NaN" in text or "Infinity" in text or "\\u" in text:
        return
    valid = jsonschema.Draft202012Validator(SCHEMA).is_valid(data)
    try:
        from_data(whole(data))
        good = True
    except ValidationError:
        good = False
    assert good or not valid


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("title",), " "),
        (("straits",), [["lys", "lys"]]),
        (("rivalries",), [["ALD", "ALD"]]),
        (("links",), [{"between": ["lys", "lys"]}]),
        (("treaties", 0, "parties"), ["LYS", "LYS"]),
        (("legend", "A"), {"province": None}),
        (("legend", "xyz"), {"sea": None}),
        (("rules",), {"sea_step": 99}),
        (("states", "ALD", "aims", 0, "kind"), "gro"),
    ],
)
def test_what_the_check_refuses_in_structure_the_schema_refuses(
    place: tuple[Any, ...], value: Any
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    data = copy.deepcopy(GOOD)
    inner: Any = data
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(data)


@given(st.floats(1, 60).map(round).map(float))
def test_a_whole_number_with_a_point_is_valid_by_both(turns: float) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    data = copy.deepcopy(GOOD) | {"calendar": {"turns": turns}}
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(data)
    from game.maps.check import check_map

    assert not [p for p in check_map(json.dumps(data).encode()) if p.severity == "error"]
    assert MapDoc.model_fields["calendar"].is_required() is False
