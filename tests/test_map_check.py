"""Checking maps: every problem at once, each in its place, whatever the bytes."""

import copy
import json
import os
import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from game.maps.check import (
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_PROBLEMS,
    check_file,
    check_map,
    read_and_check,
)
from game.maps.cross_references import Relations
from game.maps.find import maps_folder, shipped_ids
from game.maps.grid import Grid, grid_issues
from game.maps.json_positions import locate
from game.maps.load import load_map
from game.maps.map_problem import MOST_NAMES, Problem, Speller
from game.maps.starter import starter_text
from game.maps.stray_cells import _labels
from game.random_maps import random_text
from game.world.map_document import from_data
from game.world.world_setup import build_world

GOOD: dict[str, Any] = json.loads((maps_folder() / "five-crowns.json").read_bytes())
Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> dict[str, Any]:
    data = copy.deepcopy(GOOD)
    change(data)
    return data


def problems(data: object) -> list[Problem]:
    return check_map(json.dumps(data, ensure_ascii=False, indent=1).encode())


def put(*place: str | int, value: object) -> Change:
    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = value

    return change


def cut(*place: str | int) -> Change:
    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for step in place[:-1]:
            inner = inner[step]
        del inner[place[-1]]

    return change


@pytest.mark.parametrize("name", shipped_ids())
def test_shipped_maps_have_no_problem_at_all(name: str) -> None:
    found = check_file(maps_folder() / f"{name}.json")
    assert [problem.sentence() for problem in found] == []


ERRORS: list[tuple[Change, str, str, str | None]] = [
    (cut("format"), "", '"format", which is missing', None),
    (put("format", value=2), "/format", "expected 1", None),
    (put("titel", value="x"), "/titel", "not a field of a map", '"title"'),
    (put("title", value=7), "/title", "found 7", None),
    (put("title", value="\u200b"), "/title", "visible", None),
    (put("id", value="a/b"), "/id", "letters, digits", None),
    (put("calendar", "step", value="yeer"), "/calendar/step", "year, season, month", '"year"'),
    (put("calendar", "turns", value=0), "/calendar/turns", "1 or more", None),
    (put("calendar", "turns", value=1.5), "/calendar/turns", "whole number", None),
    (put("legend", "A", value={"province": "greywatr"}), "/legend/A/province", "id of a province",
     '"greywater"'),
    (put("legend", "=", value={"sea": "gulf"}), "/legend/=/sea", "id of a sea", None),
    (put("legend", "A", value={}), "/legend/A", "neither", None),
    (put("legend", "A", value={"province": "lys", "sea": None}), "/legend/A", "and", None),
    (put("legend", "A", value={"province": None}), "/legend/A", "province", None),
    (put("legend", "xx", value={"sea": None}), "/legend/xx", "key of 1", None),
    (put("legend", "xyz", value={"sea": None}), "/legend/xyz", "2 characters at most", None),
    (put("legend", " ", value={"sea": None}), "/legend/ ", "one column wide", None),
    (put("legend", "\u754c", value={"sea": None}), "/legend/\u754c", "one column wide", None),
    (put("legend", "\x07", value={"sea": None}), "/legend/\x07", "one column wide", None),
    (put("grid", 2, value="~"), "/grid/2", "expected 52 characters", "51 too few"),
    (put("grid", 0, value="?" * 52), "/grid/0", '"?" is not in the legend (52 cells)', None),
    (put("grid", value="~~"), "/grid", "a list", None),
    (put("provinces", "atlantis", value={}), "/provinces/atlantis", "nowhere on the grid", None),
    (put("provinces", "lys", "owner", value="LIS"), "/provinces/lys/owner", "id of a state",
     '"LYS"'),
    (put("provinces", "lys", "terrain", value="hill"), "/provinces/lys/terrain", "one of plain",
     '"hills"'),
    (put("provinces", "lys", "population", value=-1), "/provinces/lys/population", "0 or more",
     None),
    (put("provinces", "lys", "population", value="2"), "/provinces/lys/population", "a number",
     "without quotes"),
    (put("provinces", "lys", "industy", value=2), "/provinces/lys/industy", "not a field",
     '"industry"'),
    (put("straits", 0, value=["lys", "lys"]), "/straits/0", "two different", None),
    (put("straits", 0, value=["lys"]), "/straits/0", "expected 2 entries", None),
    (put("straits", 0, value=["lys", "nowhere"]), "/straits/0/1", "id of a province", None),
    (put("links", value=[{"between": ["lys", "LYS"]}]), "/links/0/between/1", "id of a province",
     '"lys"'),
    (put("states", "ALD", "capital", value="lys"), "/states/ALD/capital", '"LYS"\'s', None),
    (put("states", "ALD", "capital", value="gull-skerries"), "/states/ALD/capital", "nobody's",
     None),
    (put("states", "ALD", "capital", value="rome"), "/states/ALD/capital", "id of a province",
     None),
    (put("states", "ALD", "colour", value="red"), "/states/ALD/colour", "a colour like", None),
    (put("states", "ALD", "great", value="yes"), "/states/ALD/great", "true or false", None),
    (put("states", "ALD", "posture", value=2), "/states/ALD/posture", "1 or less", None),
    (put("states", "ALD", "doctrine", value="BOPP"), "/states/ALD/doctrine", "id of a doctrine",
     '"BOP"'),
    (put("states", "ALD", "ideology", value="irn"), "/states/ALD/ideology", "id of an ideology",
     '"iron"'),
    (put("states", "ALD", "committed", value=[[1, 0], [1, 1]]), "/states/ALD/committed",
     "each turn once", None),
    (put("states", "ALD", "committed", value=[[0, 1]]), "/states/ALD/committed/0/0", "1 or more",
     None),
    (put("states", "NEW", value={"name": "New", "industry": 1}), "/states/NEW", '"population"',
     None),
    (put("states", "ALD", "aims", 0, "kind", value="gro"), "/states/ALD/aims/0/kind",
     "break_ring", '"grow"'),
    (put("states", "ALD", "aims", 1, "id", value="ring"), "/states/ALD/aims/1/id", "twice", None),
    (put("states", "SAR", "aims", 0, "target", value="mars"), "/states/SAR/aims/0/target",
     "id of a province", None),
    (put("states", "SAR", "aims", 1, "target", value="SAR"), "/states/SAR/aims/1/target",
     "contain itself", None),
    (put("treaties", 0, "parties", 1, value="LSY"), "/treaties/0/parties/1", "id of a state",
     '"LYS"'),
    (put("treaties", 0, "parties", value=["LYS", "LYS"]), "/treaties/0/parties/1", "twice", None),
    (put("treaties", 0, "against", value="LYS"), "/treaties/0/against", "a party itself", None),
    (put("treaties", 0, "obligations", value=["defence"]), "/treaties/0/obligations/0",
     "defense", '"defense"'),
    (put("treaties", 0, "obligations", value=[]), "/treaties/0/obligations", "1 or more", None),
    (put("beliefs", 0, "about", value="ALD"), "/beliefs/0/about", "about itself", None),
    (put("beliefs", 0, "of", value="XXX"), "/beliefs/0/of", "id of a state", None),
    (put("claims", 0, "province", value="saltmarsh"), "/claims/0/province", "id of a province",
     '"saltmarch"'),
    (put("rivalries", 0, value=["ALD", "ALD"]), "/rivalries/0", "two different", None),
    (put("ideologies", "iron", "affinity", value={"tempel": 1}),
     "/ideologies/iron/affinity/tempel", "id of an ideology", '"temple"'),
    (put("doctrines", value={"BOP": {"exponents": [1, 1, 1, 1]}}), "/doctrines/BOP", "built in",
     None),
    (put("doctrines", value={"X": {"exponents": [1, 1]}}), "/doctrines/X/exponents", "4 entries",
     None),
    (put("doctrines", value={"X": {"exponents": [1, 1, 1, 1], "weights": {"power": 1}}}),
     "/doctrines/X/weights/power", "not a field of a doctrine's weights", None),
    (put("rules", value={"sea_stp": 1}), "/rules/sea_stp", "not a rule", '"sea_step"'),
    (put("rules", value={"sea_step": 99}), "/rules/sea_step", "1 to 10", None),
    (put("rules", value={"pole_falls": 900}), "/rules", "must not be above", None),
    (put("states", value={"ALD": GOOD["states"]["ALD"]}), "/states", "2 or more", None),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path", "message", "hint"), ERRORS)
def test_an_error_is_found_placed_and_explained(
    change: Change, path: str, message: str, hint: str | None
) -> None:
    data = changed(change)
    found = [problem for problem in problems(data) if problem.path == path]
    hits = [problem for problem in found if message in problem.message]
    assert hits, [problem.sentence() for problem in problems(data)]
    assert hits[0].severity == "error"
    assert hint is None or hint in (hits[0].hint or "")
    assert hits[0].line is not None
    assert hits[0].column is not None
    assert all(problem.sentence().isprintable() for problem in problems(data))


def test_two_playable_states_are_needed() -> None:
    data = changed(lambda data: [state.update(committed=0) for state in data["states"].values()])
    assert any("can be played, found 0" in problem.message for problem in problems(data))


def test_at_most_two_hundred_states() -> None:
    extra = {f"S{n}": {"name": f"S{n}", "population": 1, "industry": 1} for n in range(200)}
    found = problems(changed(lambda data: data["states"].update(extra)))
    assert [(problem.path, problem.severity) for problem in found] == [("/states", "error")]
    assert "200 entries at most" in found[0].message


def many_provinces(count: int) -> dict[str, Any]:
    """A map of that many provinces of a cell each, in rows of fifty."""
    signs = string.ascii_letters + string.digits
    keys = [one + other for one in signs for other in signs][:count]
    rows = ["".join(keys[at : at + 50]) for at in range(0, count, 50)]
    return {
        "format": 1, "id": "many", "title": "Many", "grid": rows,
        "legend": {key: {"province": key} for key in keys},
        "provinces": {key: {"owner": "AB"[number % 2]} for number, key in enumerate(keys)},
        "states": {"A": {"name": "A"}, "B": {"name": "B"}},
    }  # fmt: skip


def test_at_most_two_thousand_provinces_and_as_many_start() -> None:
    found = problems(many_provinces(2_050))
    assert [(p.path, p.message) for p in found if p.severity == "error"] == [
        ("/provinces", "expected 2000 entries at most, found 2050")
    ]
    world, _ = build_world(from_data(many_provinces(2_000)))
    assert world.atlas.distance.shape == (2_000, 2_000)
    assert int(world.atlas.distance.max()) == 2 * (49 + 39)


WARNINGS: list[tuple[Change, str, str]] = [
    (put("seas", "puddle", value={"name": "Puddle"}), "/seas/puddle", "nowhere on the grid"),
    (put("legend", "?", value={"sea": None}), "/legend/?", "nowhere on the grid"),
    (put("states", "ALD", "name", value="Vorrund"), "/states/VOR/name", "the same name"),
    (put("states", "ALD", "population", value=5), "/states/ALD/population", "not read"),
    (put("claims", 0, "of", value="ALD"), "/claims/0/province", "its own already"),
    (put("straits", 0, value=["greywater", "highmoor"]), "/straits/0", "border already"),
    (put("states", "OMB", "aims", 0, "turns", value=99), "/states/OMB/aims/0/turns", "campaign"),
    (put("beliefs", 1, value={"of": "ALD", "about": "VOR", "hostile": 1}), "/beliefs/1", "twice"),
]


@pytest.mark.parametrize(("change", "path", "message"), WARNINGS)
def test_a_doubtful_thing_is_a_warning_and_the_map_can_be_played(
    change: Change, path: str, message: str
) -> None:
    checked = read_and_check(json.dumps(changed(change)).encode())
    assert checked.doc is not None
    assert [(problem.path, problem.severity) for problem in checked.problems] == [(path, "warning")]
    assert message in checked.problems[0].message


def test_what_stands_twice_or_looks_alike_is_a_warning_with_its_place() -> None:
    data = changed(put("calendar", "start", value=400))
    data["provinces"]["lys"]["name"] = "SALTMARCH"
    data["provinces"]["saltmarch"]["name"] = "Saltmarch"
    states = list(data["states"])
    data["states"][states[0]]["colour"], data["states"][states[1]]["colour"] = "#404040", "#464440"
    data["rivalries"] = [states[:2], states[1::-1]]
    pact = {"parties": states[:2], "obligations": ["defense"]}
    data["treaties"] = [pact | {"signed": 401}, pact | {"parties": states[1::-1]}]
    data["links"] = [
        {"between": ["greywater", "highmoor"]},
        {"between": data["straits"][0]},
    ]
    found = {problem.path: problem.message for problem in problems(data)}
    names = [json.dumps(name) for name in data["straits"][0]]
    order = [name for name in data["provinces"] if name in ("lys", "saltmarch")]
    assert found == {
        f"/provinces/{order[1]}/name": f'the same name as "{order[0]}": '
        f'"{data["provinces"][order[1]]["name"]}"',
        f"/states/{states[1]}/colour": f'a colour hard to tell from that of "{states[0]}": '
        '"#464440"',
        "/rivalries/1": "the same pair as rivalry 1",
        "/treaties/0/signed": "signed in 401, after the campaign begins (400)",
        "/treaties/1": "the same parties and obligations as treaty 1",
        "/links/0": '"greywater" and "highmoor" border already',
        "/links/1": f"{names[0]} and {names[1]} are joined already",
    }


def test_a_stray_letter_is_found_where_it_stands() -> None:
    """One letter in another's land makes neighbours of two provinces that are far apart."""
    data = changed(lambda data: None)
    row = next(n for n, line in enumerate(data["grid"]) if "DDDDD" in line)
    at = data["grid"][row].index("DDDDD") + 2
    data["grid"][row] = data["grid"][row][:at] + "B" + data["grid"][row][at + 1 :]
    (problem,) = problems(data)
    assert (problem.path, problem.severity) == (f"/grid/{row}", "warning")
    names = {key: entry.get("province") for key, entry in data["legend"].items()}
    assert problem.message == f'1 cell of "{names["B"]}" enclosed in "{names["D"]}"'
    text = json.dumps(data, ensure_ascii=False, indent=1).splitlines()
    assert problem.line is not None
    assert problem.column is not None
    assert text[problem.line - 1][problem.column - 1] == "B"


def test_a_stray_letter_by_the_sea_is_found_and_a_near_island_is_not() -> None:
    data = plain_map(
        ["aaaaaaaaaa~~~", "aaaaaaaaaa~bb", "aaaaaaaaaa~bb", "cccccccccc~bb", "c~~~~~~~~~~bb"]
    )
    told = [p.message for p in problems(data) if p.path.startswith("/grid")]
    assert told == []
    data["grid"][2] = "baaaaaaaaa~bb"
    told = [p.message for p in problems(data) if p.path.startswith("/grid")]
    assert told == ['1 cell of "p-b" far from the rest and beside "p-a"']
    data["grid"][2] = "aaaaaaaaab~bb"
    assert [p for p in problems(data) if p.path.startswith("/grid")] == []


@pytest.mark.parametrize("seed", range(8))
def test_random_maps_have_no_stray_cell(seed: int) -> None:
    from game.random_maps import random_text

    assert [p.message for p in check_map(random_text(seed).encode())] == []


def test_characters_that_cannot_be_seen_are_told() -> None:
    data = changed(put("states", "ALD", "name", value="Al\ufffeda"))
    data["briefing"] = "one\ttwo\nthree\u0007\u202e"
    found = {problem.path: problem.message for problem in problems(data)}
    assert found == {
        "/states/ALD/name": "holds a character that cannot be seen (U+FFFE), "
        "left out as the map is read",
        "/briefing": "holds 2 characters that cannot be seen (U+0007), left out as the map is read",
    }


SLIPS: list[tuple[str, str, str, str, str]] = [
    ('"posture": 0.5', '"posture": 0,5', "/states/NOR/posture", "a comma in a number; JSON has a "
     "point there", "write 0.5"),
    ('"army": 60', '"army": +60', "/states/NOR/army", "+60 is no number in JSON", "write 60"),
    ('"army": 60', '"army": .5', "/states/NOR/army", ".5 is no number in JSON", "write 0.5"),
    ('"army": 60', '"army": 060', "/states/NOR/army", "060 is no number in JSON", "write 60"),
    ('"crown"', "'crown'", "/states/IRO/ideology", "a text in single quotes",
     'write "crown", in double quotes'),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "path", "message", "hint"), SLIPS)
def test_a_slip_of_writing_is_explained_alone(
    good: str, bad: str, path: str, message: str, hint: str
) -> None:
    text = starter_text().replace(good, bad, 1)
    (problem,) = check_map(text.encode())
    assert (problem.path, problem.message, problem.hint) == (path, message, hint)


def test_a_bracket_never_closed_is_placed_where_it_opens() -> None:
    text = starter_text().replace('"~~~~~~~~~~~~~~~~dd~~~~~~~~~~"\n  ],', '"~~"\n  ,', 1)
    problem = check_map(text.encode())[-1]
    line = 1 + text[: text.index('"grid": [')].count("\n")
    assert problem.message == 'this "[" is never closed'
    assert (problem.line, problem.hint) == (line, 'a "]" is missing')
    (problem,) = check_map(b'{"format": 1,\n "states": {"A": {"name": "x"}')
    assert (problem.line, problem.column) == (2, 12)


def test_deep_nesting_is_told_without_echoing_it() -> None:
    (problem,) = check_map(b"[" * 100_000)
    assert problem.sentence() == (
        "line 1, column 65: error: nested more than 64 levels deep (a map has seven)"
    )


def test_a_byte_order_mark_and_whole_numbers_with_a_point_are_good(tmp_path: Path) -> None:
    text = starter_text().replace('"turns": 15', '"turns": 15.0', 1)
    assert check_map(text.encode("utf-8-sig")) == []
    path = tmp_path / "bom.json"
    path.write_bytes(text.encode("utf-8-sig"))
    assert load_map(path).calendar.turns == 15
    half = starter_text().replace('"turns": 15', '"turns": 15.5', 1)
    assert [p.message for p in check_map(half.encode())] == ["expected a whole number, found 15.5"]


def test_an_unknown_doctrine_lists_the_known_ones() -> None:
    data = changed(put("states", "ALD", "doctrine", value="zzz"))
    data["doctrines"] = {"LOCAL": {"exponents": [1, 3, 1, 1]}}
    (problem,) = problems(data)
    assert problem.hint == "known: BOP, BOT, SOLIDARITY, BANDWAGON, ISOLATION, RANDOM, LOCAL"


def plain_map(grid: list[str], **states: dict[str, Any]) -> dict[str, Any]:
    keys = sorted(set("".join(grid)) - {"~"})
    legend: dict[str, Any] = {key: {"province": f"p-{key}"} for key in keys}
    legend |= {"~": {"sea": None}} if "~" in "".join(grid) else {}
    return {
        "format": 1, "id": "plain", "title": "Plain", "grid": grid, "legend": legend,
        "provinces": {f"p-{key}": {"owner": key.upper()} for key in keys},
        "states": {key.upper(): {"name": key.upper()} | states.get(key, {}) for key in keys},
    }  # fmt: skip


def test_a_map_that_cannot_tell_the_theories_apart_is_warned_of() -> None:
    mighty = {"army": 90, "fleet": 9, "posture": 1.0}
    lesser = {"army": 5, "fleet": 1, "posture": 0.0}
    same = plain_map(["aabb", "ccbb"], a=lesser | {"army": 6}, b=mighty, c=lesser)
    # To the strongest itself, the next strongest is the nearest and the most hostile too.
    same["beliefs"] = [{"of": "B", "about": "A", "hostile": 0.9}]
    (found,) = problems(same)
    assert (found.severity, found.path) == ("warning", "/states")
    assert "most threatening" in found.message
    calm = plain_map(["aabb", "ccbb"], a=lesser | {"army": 60, "posture": 1.0}, b=mighty, c=lesser)
    calm["states"]["B"]["posture"] = 0.0
    calm["beliefs"] = [{"of": "C", "about": "A", "hostile": 0.9}]
    assert problems(calm) == []


def test_every_problem_is_told_in_one_pass() -> None:
    data = copy.deepcopy(GOOD)
    changes = [change for change, path, _, _ in ERRORS if path.startswith("/states/ALD/")][:3]
    changes += [put("rules", value={"sea_step": 99}), put("titel", value=1), cut("license")]
    changes += [put("provinces", "lys", "owner", value="X"), put("grid", 2, value="~")]
    for change in changes:
        change(data)
    paths = {problem.path for problem in problems(data)}
    assert {"/rules/sea_step", "/titel", "/provinces/lys/owner", "/grid/2"} <= paths


def test_problems_stand_in_the_order_of_the_text_at_line_and_column() -> None:
    text = (
        '{\n  "format": 1,\n  "id": "x", "title": 3,\n'
        '  "grid": ["ab", "a?"],\n'
        '  "legend": {"a": {"province": "p"}, "b": {"sea": null}},\n'
        '  "provinces": {"p": {"owner": "Z"}},\n'
        '  "states": {"A": {"name": "A"}, "B": {"name": "B"}}\n}\n'
    )
    found = [(problem.path, problem.line, problem.column) for problem in check_map(text.encode())]
    assert ("/title", 3, 23) in found
    assert ("/grid/1", 4, 20) in found
    assert ("/provinces/p/owner", 6, 32) in found
    assert [place[1:] for place in found] == sorted(place[1:] for place in found)


def test_columns_count_characters_and_paths_are_json_pointers() -> None:
    data = b'{"a/b~c": 1, "title": "\xc3\xa9\xc3\xa9", "x": 1}'
    found = {problem.path: problem.column for problem in check_map(data)}
    assert found["/a~1b~0c"] == 2
    assert found["/x"] == 29


TEXTS: list[tuple[bytes, str]] = [
    (b"", "empty"),
    (b" \n ", "empty"),
    (b"\xff\xfe{\x00}\x00", "UTF-16"),
    (b'{"title": "\xe9"}', "not in UTF-8 (byte 0xe9)"),
    (b"PK\x03\x04", "this is a zip archive"),
    (b'{"type": "FeatureCollection", "features": []}', "this is GeoJSON, not a map"),
    (b'{"type": "Topology", "objects": {}}', "this is TopoJSON, not a map"),
    (b"[1, 2]", "expected an object"),
    (b"null", "expected an object"),
    (b'{"format": 1', 'this "{" is never closed'),
    (b'{"format": 1,}', 'a comma before "}"'),
    (b'{"format": 1 "id": "x"}', "a comma is missing"),
    (b'{"format": 1, // one\n "id": "x"}', "a comment"),
    (b"{'format': 1}", "a text in single quotes"),
    (b'{"format": 1, "format": 1}', '"format" stands twice'),
    (b'{"format": NaN}', "expected a number, found NaN"),
    (b'{"format": -Infinity}', "found -Infinity"),
    (b'{"format": True}', "found True"),
    (b'{"title": "a\nb"}', "line break"),
    (b'{"title": "a\\qb"}', "backslash"),
    (b'{"title": "a', "never ends"),
    (b'{"title": "\\ud800"}', "half a character"),
    (b'{"format": ' + b"1" * 5000 + b"}", "5000 digits"),
    (b"[" * 100_000, "levels deep"),
    (b"{} {}", "expected the end of the file"),
]


@pytest.mark.parametrize(("data", "message"), TEXTS)
def test_a_text_that_is_no_json_or_no_map_is_explained(data: bytes, message: str) -> None:
    found = check_map(data)
    assert any(message in problem.message for problem in found)
    assert any(problem.severity == "error" for problem in found)
    assert all(problem.sentence().isprintable() for problem in found)


def test_a_key_twice_deep_inside_a_good_map_is_found() -> None:
    text = json.dumps(GOOD).replace('"name": "Lys",', '"name": "Lys", "name": "Lys",', 1)
    (problem,) = check_map(text.encode())
    assert (problem.path, problem.severity) == ("/provinces/lys/name", "error")


def test_a_small_slip_does_not_hide_the_other_problems() -> None:
    text = json.dumps(changed(put("rules", value={"sea_step": 99})))[:-1] + ",}"
    found = check_map(text.encode())
    assert {problem.path for problem in found} == {"", "/rules/sea_step"}


def test_names_are_safe_to_print() -> None:
    evil = "\x1b[31m\u202e[@click=app.quit]x[/]"
    data = changed(put("claims", 0, "of", value=evil))
    data[evil] = 1
    found = problems(data)
    assert found
    assert all(problem.sentence().isprintable() for problem in found)
    assert all((problem.message + (problem.hint or "")).isprintable() for problem in found)


def test_problems_as_json_have_the_keys_of_the_contract() -> None:
    (problem,) = problems(changed(put("rules", value={"sea_step": 99})))
    assert list(problem.as_json()) == ["severity", "path", "line", "column", "message", "hint"]


def test_a_file_full_of_problems_is_told_in_reasonable_length() -> None:
    wrong = [{"of": f"Q{number}", "about": "ALD", "hostile": 5} for number in range(3_000)]
    found = problems(changed(put("beliefs", value=wrong)))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].message == "and 5000 problems or more"


def test_files_that_cannot_be_read_have_one_problem_each(tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    cases = {tmp_path: "folder", huge: "20 MB at most", pipe: "regular", tmp_path / "no": "no such"}
    for path, message in cases.items():
        (problem,) = check_file(path)
        assert message in problem.message
        assert problem.severity == "error"


def test_a_file_without_permission_has_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.json"
    path.write_text("{}")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = check_file(path)
    assert "may not be read" in problem.message


def test_a_file_of_too_many_entries_is_refused_at_once() -> None:
    data = json.dumps(GOOD | {"rivalries": [["ALD", "VOR"]] * MOST_ENTRIES}).encode()
    (problem,) = check_map(data)
    assert re.fullmatch(
        r"error: the file has 3\d\d,\d\d\d entries; a map has 150,000 at most", problem.sentence()
    )


def test_a_name_is_suggested_out_of_no_more_names_than_a_map_may_have() -> None:
    names = [f"S{number}" for number in range(MOST_NAMES + 1)]
    assert Speller().hint("s1", names) is None
    assert Speller().hint("s1", names[:-1]) == 'did you mean "S1"?'


def test_commas_in_texts_are_no_entries() -> None:
    grid = [",," * 200] * 800
    data = changed(put("grid", value=[*grid, "~" * 400]))
    data["legend"][","] = data["legend"].pop("L")
    data["license"] = 'said "MIT", and \\'
    text = json.dumps(data).encode()
    assert text.count(b",") > MOST_ENTRIES
    assert "entries" not in " ".join(problem.message for problem in check_map(text))


def test_of_very_many_problems_the_first_thousand_are_told() -> None:
    data = GOOD | {"rivalries": [["ALD", "VOX"]] * 20_000}
    found = check_map(json.dumps(data).encode())
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].message == "and 4000 problems or more"
    found = check_map(json.dumps(GOOD | {"rivalries": [["ALD", "VOX"]] * 1_200}).encode())
    assert found[-1].message == "and 200 problems more"
    found = check_map(b"[" + b"1,//\n" * 9_000 + b"1]")
    assert len(found) == MOST_PROBLEMS + 1


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


def _places(tree: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [place]
    if isinstance(tree, dict):
        for key, value in tree.items():
            found += _places(value, (*place, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            found += _places(value, (*place, number))
    return found


PLACES = _places(GOOD)[1:]
WORDS = ["ALD", "VOR", "lys", "saltmarch", "iron", "BOP", "~", 0, 1, 0.5, None, [], {}, True]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    data = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(PLACES))
        inner: Any = data
        try:
            for step in place[:-1]:
                inner = inner[step]
            if draw(st.booleans()):
                inner[place[-1]] = draw(_values | st.sampled_from(WORDS))
            else:
                del inner[place[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    return data


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_a_mutated_map_is_checked_without_an_exception(data: dict[str, Any]) -> None:
    text = json.dumps(data)
    checked = read_and_check(text.encode())
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    assert (checked.doc is None) == bool(errors)
    assert all(problem.sentence().isprintable() for problem in checked.problems)
    # The glance agrees with the close look: a sound map has no issue of relation or of grid.
    if not checked.problems:
        assert checked.doc is not None
        assert not list(Relations(data, Speller()).issues())
        assert not list(grid_issues(data, Speller()))


@pytest.mark.parametrize("name", ["europe-1909", "middle-east-1955", "two-leagues", "world-1950"])
def test_a_good_map_needs_no_full_check(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(data: bytes) -> None:
        raise AssertionError("the full check, which is slow")

    monkeypatch.setattr("game.maps.check._thorough", full)
    data = (maps_folder() / f"{name}.json").read_bytes()
    assert read_and_check(data).problems == []
    assert read_and_check(random_text(1, states=200).encode()).problems == []


@pytest.mark.parametrize("space", ["", " ", "\n", "\t "])
def test_a_key_that_stands_twice_is_found_however_it_is_spaced(space: str) -> None:
    good = json.loads((maps_folder() / "two-leagues.json").read_bytes())
    text = json.dumps(good | {"briefing": ""}, indent=1)
    assert check_map(text.encode()) == []
    twice = text.replace('"briefing": ""', f'"briefing": "", "briefing"{space}: ""')
    assert [problem.message for problem in check_map(twice.encode())] == [
        '"briefing" stands twice in one object'
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_text_is_checked_without_an_exception(data: st.DataObject) -> None:
    text = json.dumps(GOOD)
    at = data.draw(st.integers(0, len(text) - 1))
    piece = data.draw(st.text(max_size=3) | st.sampled_from(['"', "{", "}", "[", ",", "\\", ":"]))
    broken = text[:at] + piece + text[at + data.draw(st.integers(0, 3)) :]
    for problem in check_map(broken.encode("utf-8", "surrogatepass")):
        assert problem.sentence().isprintable()


@given(st.binary(max_size=60))
def test_any_bytes_are_checked_without_an_exception(data: bytes) -> None:
    assert any(problem.severity == "error" for problem in check_map(data))


@given(_values)
def test_the_reader_with_positions_reads_what_json_reads(value: object) -> None:
    text = json.dumps(value, indent=1)
    located = locate(text)
    if "NaN" in text or "Infinity" in text or "\\ud" in text:
        return
    assert located.whole
    assert located.tree == json.loads(text)
    assert located.slips == []


@given(
    arrays(np.int64, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 2))
)
def test_pieces_are_those_of_an_image_library(cells: Grid) -> None:
    found = _labels(cells)
    count = 0
    for value in range(3):
        pieces, here = ndimage.label(cells == value)
        count += here
        for piece in range(1, here + 1):
            assert len(set(found[pieces == piece].tolist())) == 1
    assert len(set(found.ravel().tolist())) == count
