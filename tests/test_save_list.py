"""Names, lists and folders of saves."""

from dataclasses import replace
from pathlib import Path

import pytest
from campaigns import assert_same, begun, campaign, played, tiny_map

import game
from game import Campaign
from game.files.atomic import backup_of
from game.files.file_problems import CannotWrite, DamagedSave, UnknownSave
from game.saves import save_file, save_list
from game.saves.save_header import HEADER_BYTES, read_header
from game.saves.storage import read_tables, to_bytes
from game.world.map_document import from_data


def test_a_header_says_what_a_title_screen_shows(tmp_path: Path) -> None:
    save_file.write(tmp_path / "a.json", campaign(3, player="BIR"))
    shown = read_header(tmp_path / "a.json")
    assert (shown.title, shown.map_id) == ("A tiny world", "tiny")
    assert (shown.player, shown.state) == ("BIR", "Birchland")
    assert (shown.turn, shown.date, shown.over) == (4, "4", False)
    assert shown.digest == campaign(3, player="BIR").history.digest
    assert shown.moment.utcoffset() is not None


def test_a_header_needs_the_first_4_kb_alone(tmp_path: Path) -> None:
    doc = tiny_map()
    longest = "\U0001f30d" * 120
    states = {**doc.states, "ASH": doc.states["ASH"].model_copy(update={"name": longest})}
    large = doc.model_copy(update={"title": longest, "states": states, "id": "i" * 64})
    path = tmp_path / "a.json"
    save_file.write(path, campaign(1, large, player="ASH"))
    whole = read_header(path)
    path.write_bytes(path.read_bytes()[:HEADER_BYTES])
    assert read_header(path) == whole
    assert whole.state == longest


def test_a_campaign_is_over_when_its_turns_are_or_its_player_is_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(2, length=2))
    assert read_header(path).over
    saved = begun(tiny_map(), player="ASH")
    states = saved.history.start.states
    start = replace(saved.history.start, states=(replace(states[0], alive=False), *states[1:]))
    gone = replace(saved, history=replace(saved.history, start=start))
    save_file.write(path, gone, over=True)
    assert read_header(path).over
    save_file.write(path, saved)
    assert not read_header(path).over


def test_a_campaign_is_over_when_fewer_than_two_states_play_on(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    saved = begun(tiny_map(), player="ASH")
    first, *others = saved.history.start.states
    gone = tuple(replace(state, alive=False) for state in others)
    start = replace(saved.history.start, states=(first, *gone))
    saved = replace(saved, history=replace(saved.history, start=start))
    save_file.write(path, saved)
    assert read_header(path).over
    assert saved.history.over
    assert Campaign.load(path).over


def test_a_campaign_that_is_over_is_listed_with_the_date_of_its_last_turn(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(4, length=4))
    shown = read_header(path)
    assert (shown.turn, shown.date, shown.over) == (4, "4", True)
    eliminated = campaign(2, player="ASH").history
    last = eliminated.turns[-1]
    dead = replace(
        last.end, states=(replace(last.end.states[0], alive=False), *last.end.states[1:])
    )
    history = replace(eliminated, turns=(*eliminated.turns[:-1], replace(last, end=dead)))
    assert history.over
    assert history.turn == 2


def test_saves_are_listed_the_last_first_and_the_damaged_too(tmp_path: Path) -> None:
    for name, moment in (("old", "2026-01-01"), ("new", "2026-03-01"), ("middle", "2026-02-01")):
        path = tmp_path / f"{name}.json"
        save_file.write(path, campaign(1))
        tables = read_tables(path)
        tables["header"]["1"]["saved_at"] = f"{moment}T12:00:00+00:00"
        path.write_bytes(to_bytes(tables))
    (tmp_path / "bad.json").write_text("{}")
    (tmp_path / "note.txt").write_text("x")
    (tmp_path / "folder.json").mkdir()
    entries = save_file.list_saves(tmp_path)
    assert [entry.name for entry in entries] == ["new", "middle", "old", "bad"]
    assert [entry.problem != "" for entry in entries] == [False, False, False, True]
    assert save_file.list_saves(tmp_path / "nowhere") == []


def test_a_save_is_found_by_name_and_by_path(tmp_path: Path) -> None:
    path = tmp_path / "tiny Ashland 2.json"
    save_file.write(path, campaign(1))
    for asked in ("tiny Ashland 2", "tiny Ashland 2.json", "TINY ashland 2", str(path), path):
        assert save_file.resolve_save(asked, tmp_path) == path


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("tiny Ashlnd", 'There is no save "tiny Ashlnd": did you mean "tiny Ashland"?'),
        ("xyz", 'There is no save "xyz": see "realpolitik saves list".'),
        ("a\x1b[31m\n", 'There is no save "a[31m": see "realpolitik saves list".'),
        ("", 'A save needs a name or a path: see "realpolitik saves list".'),
        ("a\0b", 'A save needs a name or a path: see "realpolitik saves list".'),
        ("x" * 5_000, None),
    ],
)
def test_an_unknown_save_is_told_in_a_sentence(tmp_path: Path, asked: str, said: str) -> None:
    save_file.write(tmp_path / "tiny Ashland.json", campaign(1))
    with pytest.raises(UnknownSave) as problem:
        save_file.resolve_save(asked, tmp_path)
    assert problem.value.status == 2
    assert said is None or str(problem.value) == said


def test_where_there_are_no_saves_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnknownSave, match='no save "x", and none at all in'):
        save_file.resolve_save("x", tmp_path)


def test_a_new_save_gets_a_free_name(tmp_path: Path) -> None:
    first = save_file.free_path(tmp_path, "europe-1909", "Germany")
    assert first.name == "europe-1909 Germany.json"
    first.write_text("x")
    second = save_file.free_path(tmp_path, "europe-1909", "Germany")
    assert second.name == "europe-1909 Germany 2.json"
    second.write_text("x")
    assert (
        save_file.free_path(tmp_path, "europe-1909", "Germany").name == "europe-1909 Germany 3.json"
    )
    assert save_file.free_path(tmp_path, "europe-1909").name == "europe-1909 AI.json"


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("../../etc/passwd", "tiny etcpasswd.json"),
        ('a/b\\c:d*e?f"g<h>i|j', "tiny abcdefghij.json"),
        ("\x1b[31m\u202e\n", "tiny [31m.json"),
        ("...", "tiny AI.json"),
        ("\U0001f30d" * 120, "tiny " + "\U0001f30d" * 30 + ".json"),
    ],
)
def test_a_state_s_name_is_made_fit_for_a_file(tmp_path: Path, state: str, name: str) -> None:
    path = save_file.free_path(tmp_path, "tiny", state)
    assert path == tmp_path / name
    save_file.write(path, campaign(1))
    assert path.is_file()


def test_saves_of_a_checkout_stand_in_it() -> None:
    home = Path(game.__file__).parent.parent
    assert save_file.saves_dir() == home / "saves"


def test_saves_of_an_installed_game_stand_in_the_user_s_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(game, "__file__", str(tmp_path / "site" / "game" / "__init__.py"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = save_list.saves_dir()
    assert folder.name == "saves"
    assert "realpolitik" in str(folder)


def test_a_deleted_save_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(1))
    save_file.write(path, campaign(2))
    save_file.delete(path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UnknownSave):
        save_file.delete(path)


def test_a_damaged_save_may_be_deleted_but_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(2))
    path.write_bytes(b"\0" * 200 + path.read_bytes()[200:-40])
    save_file.delete(path)
    assert not path.exists()
    for content in ("my diary", '{"turns": 3}', "{}"):
        path.write_text(content)
        with pytest.raises(DamagedSave, match="no save of this game, so it was not deleted"):
            save_file.delete(path)
        assert path.read_text() == content


def test_an_exported_save_is_whole_by_itself(tmp_path: Path) -> None:
    path, target = tmp_path / "a.json", tmp_path / "out" / "for the teacher.save"
    saved = campaign(2)
    save_file.write(path, saved)
    with pytest.raises(CannotWrite):
        save_file.export(path, target)
    target.parent.mkdir()
    save_file.export(path, target)
    assert_same(save_file.read(target), saved)
    assert list(target.parent.iterdir()) == [target]
    before = target.read_bytes()
    with pytest.raises(CannotWrite, match="is there already"):
        save_file.export(path, target)
    save_file.export(path, target, over=True)
    assert backup_of(target).read_bytes() == before
    with pytest.raises(CannotWrite, match="onto itself"):
        save_file.export(path, path)
    path.write_bytes(path.read_bytes()[:-99])
    with pytest.raises(DamagedSave):
        save_file.export(path, tmp_path / "b.json")
    assert not (tmp_path / "b.json").exists()


def test_saving_again_keeps_the_generation_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    saved = campaign(1)
    with save_file.SaveFile(path) as file:
        file.save(saved)
        assert not backup_of(path).exists()
        file.save(played(saved, 1))
    assert_same(save_file.read(backup_of(path)), saved)


def test_a_save_that_is_not_there_yet_cannot_be_read_from_an_open_file(tmp_path: Path) -> None:
    with save_file.SaveFile(tmp_path / "a.json") as file, pytest.raises(UnknownSave):
        file.read()


def test_the_tiny_map_is_a_map() -> None:
    assert from_data(tiny_map().model_dump(mode="json", by_alias=True)) == tiny_map()
