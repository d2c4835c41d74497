"""The editor of maps: what a change makes of a map, undo, writing, and the screen by keys."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.widgets import Input

from game.maps import map_edits as edits
from game.maps.check import check_map, read_and_check
from game.maps.load import load_map
from game.maps.map_draft import ChangedOnDisk, MapDraft, copied
from game.maps.map_edits import EditRefused
from game.maps.map_problem import MapProblems
from game.maps.starter import starter_text
from game.tui.app import Intent, RealpolitikApp
from game.tui.map_editor.cell_grid import CellGrid
from game.tui.map_editor.map_editor_screen import MapEditor
from game.world.map_document import MapDoc, pretty_json

STARTER = MapDoc.model_validate_json(starter_text("kell"))


def errors(doc: MapDoc) -> list[str]:
    found = check_map(pretty_json(doc).encode())
    return [one.sentence() for one in found if one.severity == "error"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kell.json"
    path.write_text(starter_text("kell"), "utf-8")
    return path


def test_paint_changes_the_cells_named_and_no_other() -> None:
    painted = edits.painted(STARTER, [(0, 0), (0, 1), (99, 99), (-1, 0)], "a")
    assert painted.grid[0] == "aa" + STARTER.grid[0][2:]
    assert painted.grid[1:] == STARTER.grid[1:]
    assert errors(painted) == []


def test_the_last_cell_of_a_province_is_not_painted_over() -> None:
    cells = [
        (row, column)
        for row, line in enumerate(STARTER.grid)
        for column, key in enumerate(line)
        if key == "i"
    ]
    with pytest.raises(EditRefused, match="last cell of Gannet Isle"):
        edits.painted(STARTER, cells, "~")
    assert edits.painted(STARTER, cells[1:], "~").grid != STARTER.grid


def test_an_area_is_what_hangs_together_by_edges() -> None:
    isle = edits.area(STARTER, 6, 1)
    assert isle == {(6, 1), (7, 1), (7, 2)}
    assert len(edits.area(STARTER, 0, 0)) < sum(line.count("~") for line in STARTER.grid)


def test_who_loses_its_capital_has_none_stated_any_more() -> None:
    taken = edits.with_owner(STARTER, "ironhill", "NOR")
    assert taken.provinces["ironhill"].owner == "NOR"
    assert taken.states["IRO"].capital is None
    assert edits.with_capital(taken, "ironhill").states["NOR"].capital == "ironhill"
    with pytest.raises(EditRefused, match="Nobody owns Gannet Isle"):
        edits.with_capital(STARTER, "gannet-isle")


def test_a_strait_is_made_and_taken_away() -> None:
    joined = edits.with_strait(STARTER, "westmark", "gannet-isle")
    assert joined.straits == (("westmark", "gannet-isle"),)
    assert errors(joined) == []
    assert edits.with_strait(joined, "gannet-isle", "westmark").straits == ()
    with pytest.raises(EditRefused, match="two provinces"):
        edits.with_strait(STARTER, "westmark", "westmark")


def test_a_new_province_and_state_can_be_played() -> None:
    made = edits.with_province(STARTER, "Nether Fell", "NOR", (0, 3))
    assert edits.province_at(made, 0, 3) == "nether-fell"
    assert edits.key_of(made, "nether-fell") not in STARTER.legend
    with_state = edits.with_state(made, "Fellmark", "nether-fell")
    assert with_state.provinces["nether-fell"].owner == "FEL"
    assert with_state.states["FEL"].capital == "nether-fell"
    assert errors(with_state) == []
    with pytest.raises(EditRefused, match="letter of the alphabet"):
        edits.with_province(STARTER, "  ", None, (0, 0))


def test_a_deleted_province_leaves_nothing_that_names_it() -> None:
    joined = edits.with_strait(STARTER, "westmark", "gannet-isle")
    without = edits.without_province(joined, "westmark", "~")
    assert "westmark" not in pretty_json(without)
    assert errors(without) == []
    with pytest.raises(EditRefused, match="another brush"):
        edits.without_province(STARTER, "westmark", "b")


@pytest.mark.parametrize(
    ("stated", "words"),
    [({"population": "many"}, "population"), ({"terrain": "swamp"}, "terrain")],
)
def test_figures_that_cannot_be_are_refused(stated: dict[str, Any], words: str) -> None:
    with pytest.raises(EditRefused, match=words):
        edits.with_province_changed(STARTER, "westmark", stated)


def test_a_treaty_has_two_parties_and_another_adversary() -> None:
    stated = {"parties": ("NOR", "IRO"), "obligations": ("defense",), "against": "PLA"}
    made = edits.with_treaty(STARTER, stated)
    assert errors(made) == []
    assert edits.without_treaty(made, 1) == STARTER
    for wrong in ({"against": "NOR"}, {"parties": ("NOR", "NOR")}, {"obligations": ()}):
        with pytest.raises(EditRefused):
            edits.with_treaty(STARTER, {**stated, **wrong})


Change = Callable[[MapDoc, int, int], MapDoc]
CHANGES: tuple[Change, ...] = (
    lambda doc, row, column: edits.painted(doc, [(row, column)], "a"),
    lambda doc, row, column: edits.painted(doc, edits.area(doc, row, column), "~"),
    lambda doc, row, column: edits.with_province(doc, f"P{row}", "MID", (row, column)),
    lambda doc, row, column: edits.with_owner(doc, _some(doc, row), _state(doc, column)),
    lambda doc, row, column: edits.with_capital(doc, _some(doc, row + column)),
    lambda doc, row, column: edits.with_strait(doc, _some(doc, row), _some(doc, column)),
    lambda doc, row, column: edits.without_province(doc, _some(doc, row), "~"),
    lambda doc, row, column: edits.with_state(doc, f"New {column}", _some(doc, row)),
)


def _some(doc: MapDoc, number: int) -> str:
    return list(doc.provinces)[number % len(doc.provinces)]


def _state(doc: MapDoc, number: int) -> str:
    return list(doc.states)[number % len(doc.states)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(CHANGES) - 1), st.integers(0, 8), st.integers(0, 27)),
        max_size=12,
    )
)
def test_whatever_is_changed_can_be_written_read_and_taken_back(
    steps: list[tuple[int, int, int]],
) -> None:
    courses = [STARTER]
    for which, row, column in steps:
        try:
            courses.append(CHANGES[which](courses[-1], row, column))
        except EditRefused:
            continue
    for doc in courses:
        text = pretty_json(doc)
        assert MapDoc.model_validate_json(text) == doc
        told = [one.sentence() for one in read_and_check(text.encode()).problems]
        # Nothing that a change leaves behind is unknown to the map; a state may be without land.
        assert not [one for one in told if "unknown" in one or "no such" in one]


def test_undo_redo_and_writing(path: Path) -> None:
    draft = MapDraft(path)
    first = draft.doc
    assert not draft.undo()
    assert draft.change(edits.painted(first, [(0, 0)], "a"))
    assert not draft.change(draft.doc)
    assert draft.unsaved
    assert draft.undo()
    assert draft.doc == first
    assert not draft.unsaved
    assert draft.redo()
    draft.write()
    assert not draft.unsaved
    assert load_map(path) == draft.doc
    assert json.loads(path.with_name("kell.json.bak").read_text()) == json.loads(
        starter_text("kell")
    )


def test_a_file_that_changed_meanwhile_is_not_overwritten_unasked(path: Path) -> None:
    draft = MapDraft(path)
    draft.change(edits.painted(draft.doc, [(0, 0)], "a"))
    path.write_text(starter_text("other"), "utf-8")
    with pytest.raises(ChangedOnDisk, match=r"kell\.json was changed by another program"):
        draft.write()
    assert load_map(path).id == "other"
    draft.write(over=True)
    assert load_map(path).id == "kell"


@pytest.mark.parametrize("text", ["{", '{"format": 1}', "[]"])
def test_what_is_no_map_is_refused_with_its_problems(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(MapProblems, match=r"x\.json"):
        MapDraft(path)


def test_a_copy_has_an_id_and_a_file_of_its_own(path: Path, tmp_path: Path) -> None:
    first = copied(path, tmp_path / "mine")
    second = copied(path, tmp_path / "mine")
    assert (first.name, second.name) == ("kell-1.json", "kell-2.json")
    assert load_map(second).id == "kell-2"


async def test_by_keys_a_province_is_drawn_named_undone_and_written(path: Path) -> None:
    app = RealpolitikApp(Intent("edit", map=str(path)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        editor = app.screen
        assert isinstance(editor, MapEditor)
        grid = editor.query_one(CellGrid)
        await pilot.press("down", "right", "right", "n")
        await pilot.pause()
        app.screen.query_one(Input).value = "Holm"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert edits.province_at(editor.doc, 1, 2) == "holm"
        await pilot.press("shift+right", "shift+right")
        assert editor.doc.grid[1].count(editor.brush) == 3
        assert grid.cursor == (1, 4)
        await pilot.press("u")
        assert editor.doc.grid[1].count(editor.brush) == 2
        await pilot.press("U", "w")
        await pilot.pause()
        assert not editor.draft.unsaved
        assert load_map(path).provinces["holm"].name == "Holm"
        await pilot.press("escape")
        await pilot.pause()
    assert app.return_code == 0


async def test_leaving_asks_about_what_is_not_written(path: Path) -> None:
    app = RealpolitikApp(Intent("edit", map=str(path)))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        await pilot.press("b", "down", "enter", "space", "escape")
        await pilot.pause()
        assert app.screen.query("#discard")
        await pilot.press("escape", "q")
        await pilot.pause()
        await pilot.click("#discard")
        await pilot.pause()
    assert load_map(path) == STARTER


async def test_problems_are_told_as_one_draws(path: Path) -> None:
    app = RealpolitikApp(Intent("edit", map=str(path)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        editor = app.screen
        assert isinstance(editor, MapEditor)
        await app.workers.wait_for_complete()
        told = str(editor.query_one("#problems").render())
        assert "Playable" in told
        editor._change(lambda: edits.with_owner(editor.doc, "ironhill", None))
        await app.workers.wait_for_complete()
        await pilot.pause()
        told = str(editor.query_one("#problems").render())
        assert "IRO" in told
