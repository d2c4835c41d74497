"""Map format 1: what the models accept, refuse and give back."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from game.maps.find import maps_folder, resolve_map, shipped_ids
from game.maps.load import load_map
from game.maps.map_problem import MapProblems, UnknownMap
from game.maps.schema import schema_text
from game.world.clean_text import clean_text
from game.world.map_document import (
    AIM_KINDS,
    MapDoc,
    canonical_json,
    from_data,
    pretty_json,
    without_secrets,
)
from game.world.rules import OVERRIDABLE


def small() -> dict[str, Any]:
    return {
        "format": 1,
        "id": "small",
        "title": "Small",
        "grid": ["ab~", "ac~"],
        "legend": {
            "a": {"province": "alba"},
            "b": {"province": "brae"},
            "c": {"province": "crag"},
            "~": {"sea": None},
        },
        "provinces": {"alba": {"owner": "A"}, "brae": {"owner": "B"}, "crag": {"owner": "C"}},
        "states": {
            "A": {"name": "Alba", "army": 9, "posture": 1},
            "B": {"name": "Brae", "army": 4, "posture": 1},
            "C": {"name": "Crag", "army": 20, "posture": 0},
        },
    }


def read(data: dict[str, Any]) -> MapDoc:
    return MapDoc.model_validate_json(json.dumps(data))


def test_what_is_required_is_enough() -> None:
    doc = read(small())
    assert doc.calendar.turns == 30
    assert doc.states["A"].committed == 1.0
    assert doc.provinces["alba"].terrain == "plain"


@pytest.mark.parametrize(
    "field", ["format", "id", "title", "grid", "legend", "provinces", "states"]
)
def test_each_required_field_is_required(field: str) -> None:
    data = small()
    del data[field]
    with pytest.raises(ValidationError):
        read(data)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("title", 5),
        ("format", 2),
        ("format", "1"),
        ("id", "../etc"),
        ("surprise", 1),
        ("grid", []),
        ("rules", {"sea_step": 11}),
        ("rules", {"unknown": 1}),
        ("title", "\u200b\u202e"),
        ("calendar", {"step": "week"}),
        ("states", {"A": {"name": "A", "army": float("nan")}, "B": {"name": "B"}}),
        ("states", {"A": {"name": "A", "army": float("inf")}, "B": {"name": "B"}}),
        ("states", {"A": {"name": "A", "army": True}, "B": {"name": "B"}}),
        ("states", {"A\u202e": {"name": "A"}, "B": {"name": "B"}}),
        ("doctrines", {"X": {"exponents": [1, 2, 3]}}),
        ("treaties", [{"parties": ["A"], "obligations": ["defense"]}]),
    ],
)
def test_what_is_not_the_format_is_refused(place: str, value: object) -> None:
    with pytest.raises(ValidationError):
        read(small() | {place: value})


@pytest.mark.parametrize("kind", AIM_KINDS)
def test_every_kind_of_aim_is_read(kind: str) -> None:
    data = small()
    target = {"contain": "B", "take": "brae"}.get(kind)
    aim = {"id": "x", "title": "X", "kind": kind} | ({"target": target} if target else {})
    data["states"]["A"]["aims"] = [aim]
    (found,) = read(data).states["A"].aims
    assert found.kind == kind
    assert found.target == target or target is None


def test_a_schedule_commits_a_state_from_its_turn_on() -> None:
    data = small()
    data["states"]["A"]["committed"] = [[3, 0.5], [6, 1]]
    state = read(data).states["A"]
    assert [state.committed_at(turn) for turn in (1, 2, 3, 5, 6, 99)] == [0, 0, 0.5, 0.5, 1, 1]


def test_a_map_cannot_be_changed() -> None:
    doc = read(small())
    with pytest.raises(ValidationError):
        doc.title = "Other"  # type: ignore[misc]


@pytest.mark.parametrize("name", shipped_ids())
def test_a_shipped_map_survives_being_written_and_read(name: str) -> None:
    doc = load_map(name)
    bare = doc.model_copy(update={"schema_uri": None})
    assert MapDoc.model_validate_json(canonical_json(doc)) == bare
    assert from_data(json.loads(canonical_json(doc))) == bare
    assert MapDoc.model_validate_json(pretty_json(doc)) == doc
    assert list(from_data(json.loads(canonical_json(doc))).states) == list(doc.states)


def test_maps_that_mean_the_same_have_one_canonical_text() -> None:
    other = small() | {"treaties": [], "description": "", "$schema": "./map.schema.json"}
    other["states"]["A"]["army"] = 9.0
    assert canonical_json(read(small())) == canonical_json(read(other))


def test_no_secret_is_left_without_secrets() -> None:
    data = small()
    data["states"]["A"] |= {"doctrine": "BOP", "ambition": 0.9}
    data["states"]["B"] |= {"doctrine": "BOT"}
    blind = without_secrets(read(data))
    assert all(state.doctrine is None and state.ambition is None for state in blind.states.values())
    assert canonical_json(blind) == canonical_json(read(small()))


def test_the_committed_schema_is_current() -> None:
    committed = (maps_folder() / "map.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "run: realpolitik maps schema > maps/map.schema.json"


def test_the_schema_tells_of_rules_aims_and_fields() -> None:
    schema = json.loads(schema_text())
    assert schema["properties"]["rules"]["properties"].keys() == OVERRIDABLE.keys()
    assert all(f'"{kind}"' in schema_text() for kind in AIM_KINDS)
    required = {"format", "id", "title", "grid", "legend", "provinces", "states"}
    assert set(schema["required"]) == required


def test_names_are_cleaned_and_markup_is_left_as_text() -> None:
    data = small() | {"title": "  A\u202e [red]\u200bmap[/]\tof\x1b[31m war\n"}
    assert read(data).title == "A [red]map[/] of[31m war"
    assert read(small() | {"briefing": "one\r\ntwo\u2028\x00three"}).briefing == "one\ntwo\nthree"


@given(st.text())
def test_clean_text_is_printable_and_stays_so(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", once)
    lines = clean_text(text, keep_lines=True)
    assert clean_text(lines, keep_lines=True) == lines
    assert all(clean_text(line) == line for line in lines.split("\n"))


def test_shipped_maps_are_found_by_id_and_others_by_path(tmp_path: Path) -> None:
    assert "five-crowns" in shipped_ids()
    assert "map.schema" not in shipped_ids()
    assert resolve_map("five-crowns").name == "five-crowns.json"
    own = tmp_path / "own.json"
    own.write_text(json.dumps(small()))
    assert resolve_map(own) == own
    assert load_map(own).id == "small"


@pytest.mark.parametrize("name", ["five-crown", "Five-Crowns.jsn", "fivecrowns"])
def test_a_name_nearly_right_is_answered_with_the_right_one(name: str) -> None:
    with pytest.raises(UnknownMap, match="five-crowns"):
        resolve_map(name)


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000, "no/such/map.json", "\u202eevil"])
def test_a_strange_name_is_unknown_and_printable(name: str) -> None:
    with pytest.raises(UnknownMap) as caught:
        resolve_map(name)
    assert str(caught.value).isprintable()


def test_a_map_with_errors_is_not_loaded_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(small() | {"rivalries": [["A", "Q"]]}))
    with pytest.raises(MapProblems, match=r"line 1, column \d+.*/rivalries/0/1") as caught:
        load_map(path)
    assert caught.value.path == path
    assert [problem.path for problem in caught.value.problems] == ["/rivalries/0/1"]


def test_five_crowns_is_what_the_first_game_needs() -> None:
    doc = load_map("five-crowns")
    assert doc.calendar.turns == 12
    assert sum(state.great is True for state in doc.states.values()) == 5
    assert next(iter(doc.states)) == "ALD"
    assert all(state.doctrine is None for state in doc.states.values())
    assert all(len(state.aims) >= 2 for state in doc.states.values())
