"""Damaged saves: one sentence, nothing overwritten, the last whole turn recovered."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from campaigns import assert_same, assert_same_beliefs, campaign, played

from game.files.atomic import backup_of
from game.files.file_problems import CannotRead, DamagedSave, NewerSave, SaveProblem
from game.history import History
from game.saves import migrations, save_file, save_header
from game.saves.codec import pack_json
from game.saves.save_header import FORMAT
from game.saves.storage import read_tables, to_bytes
from game.world.orders import Posture

TURNS = 5


def _saved(path: Path, turns: int = TURNS) -> Any:
    saved = replace(
        campaign(turns, player="ASH"),
        pending=(Posture(1),),
        notebook={"pins": {"CED": [[1, "It armed."]]}},
    )
    save_file.write(path, saved)
    return saved


def _one_sentence(problem: SaveProblem) -> str:
    text = str(problem)
    assert text.endswith(".")
    assert text.isprintable()
    assert ". " not in text.replace("its .bak.", "")
    return text


def _same_history(first: History, second: History) -> bool:
    return first.digest == second.digest and [turn.digest for turn in first.turns] == [
        turn.digest for turn in second.turns
    ]


def _zeros(content: bytes, place: int) -> bytes:
    return content[:place] + bytes(40) + content[place + 40 :]


def _noise(content: bytes, place: int) -> bytes:
    return content[:place] + random.Random(place).randbytes(40) + content[place + 40 :]


def _other_letters(content: bytes, place: int) -> bytes:
    part = content[place : place + 6]
    swapped = bytes(letter + 1 if chr(letter).isalnum() else letter for letter in part)
    return content[:place] + swapped + content[place + 6 :]


def _a_piece_less(content: bytes, place: int) -> bytes:
    return content[:place] + content[place + 25 :]


@pytest.mark.parametrize("harm", [_zeros, _noise, _other_letters, _a_piece_less])
def test_damage_anywhere_is_told_and_mended_from_the_file_and_its_backup(
    tmp_path: Path, harm: Callable[[bytes, int], bytes]
) -> None:
    path = tmp_path / "a.json"
    with save_file.SaveFile(path) as file:
        saved = campaign(TURNS - 1, player="ASH")
        file.save(saved)
        saved = played(saved, 1)
        file.save(saved)
    content = path.read_bytes()
    told = 0
    for place in range(0, len(content) - 40, len(content) // 60):
        damaged = harm(content, place)
        path.write_bytes(damaged)
        try:
            assert _same_history(save_file.read(path).history, saved.history)
        except SaveProblem as problem:
            told += 1
            _one_sentence(problem)
        found = save_file.recover(path)
        assert path.read_bytes() == damaged
        assert found.path.name == "a recovered.json"
        assert found.sentence.endswith(".")
        assert len(found.saved.history.turns) >= TURNS - 1
        again = save_file.read(found.path)
        assert _same_history(again.history, found.saved.history)
        assert again.envelope == saved.envelope or harm is _other_letters
        assert_same_beliefs(again.beliefs, saved.beliefs[: len(again.beliefs)])
        save_file.delete(found.path)
    assert told > 40


def test_a_save_cut_short_anywhere_gives_its_whole_turns(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    saved = _saved(path)
    content = path.read_bytes()
    ends = [content.index(turn.digest.encode()) + 66 for turn in saved.history.turns]
    # The last turn's digest is in the header too.
    ends[-1] = content.index(saved.history.turns[-1].digest.encode(), ends[-2]) + 66
    sealed = content.index(b'"notebook":{\n')
    for place in range(0, len(content) - 3, 97):
        path.write_bytes(content[:place])
        with pytest.raises(DamagedSave) as problem:
            save_file.read(path)
        _one_sentence(problem.value)
        if place < sealed - 4:
            with pytest.raises(DamagedSave) as problem:
                save_file.recover(path)
            _one_sentence(problem.value)
            continue
        found = save_file.recover(path)
        assert len(found.saved.history.turns) == sum(end <= place for end in ends)
        again = save_file.read(found.path)
        assert_same_beliefs(again.beliefs, saved.beliefs[: len(again.beliefs)])
        save_file.delete(found.path)


def test_what_was_pending_is_kept_if_its_turn_is(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _saved(path)
    content = path.read_bytes()
    path.write_bytes(content[:-300])
    whole = save_file.recover(path)
    assert whole.saved.pending == (Posture(1),)
    assert dict(whole.saved.notebook) == {"pins": {"CED": [[1, "It armed."]]}}
    path.write_bytes(content[: content.index(b'"private":{') - 200])
    shorter = save_file.recover(path)
    assert len(shorter.saved.history.turns) == TURNS - 1
    assert shorter.saved.pending == ()
    assert dict(shorter.saved.notebook) == {"pins": {"CED": [[1, "It armed."]]}}
    assert shorter.path.name == "a recovered 2.json"


def test_a_recovered_campaign_is_played_on(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    saved = _saved(path)
    path.write_bytes(path.read_bytes()[:-900])
    found = save_file.recover(path)
    with save_file.SaveFile(found.path) as file:
        later = played(file.read(), 1)
        file.save(later)
    assert save_file.read(found.path).history.digest == later.history.digest
    assert later.history.digest == played(saved, 1).history.digest


def test_a_lost_file_is_recovered_from_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    saved = _saved(path, 2)
    save_file.write(path, played(saved, 1))
    path.unlink()
    assert len(save_file.recover(path).saved.history.turns) == 2
    with pytest.raises(CannotRead) as problem:
        save_file.recover(tmp_path / "never.json")
    _one_sentence(problem.value)


def _edit(path: Path, change: Callable[[Any], None]) -> None:
    tables = read_tables(path)
    change(tables)
    path.write_bytes(to_bytes(tables))


def _swap_turns(tables: Any) -> None:
    turns = tables["turns"]
    turns["2"], turns["3"] = turns["3"], turns["2"]
    turns["2"]["turn"], turns["3"]["turn"] = 2, 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda tables: tables["turns"].pop("3"), "turn 3 is missing"),
        (lambda tables: tables["turns"].pop("5"), "what followed turn 4 is missing"),
        (_swap_turns, "turn 2 does not follow"),
        (lambda tables: tables["turns"]["4"].update(digest="0" * 64), "turn 4 does not follow"),
        (lambda tables: tables["turns"]["1"].update(events=pack_json([])), "turn 1 does not"),
        (lambda tables: tables["turns"]["1"].update(worlds=pack_json([])), "turn 1 does not"),
        (lambda tables: tables["map"]["1"]["setup"].update(seed=8), "its map is not"),
        (lambda tables: tables["map"]["1"]["map"].update(title="Else"), "its map is not"),
        (lambda tables: tables["map"]["1"]["setup"].update(player="XXX"), "its map is not"),
        (lambda tables: tables["private"].pop("3"), "what its states believed after turn 2"),
        (lambda tables: tables["private"]["3"].update(record=pack_json({})), "believed after"),
        (lambda tables: tables["envelope"].clear(), "its envelope is missing"),
        (lambda tables: tables["envelope"]["1"]["seats"]["ASH"].update(doctrine="X"), "doctrines"),
        (lambda tables: tables["envelope"]["1"]["seats"]["ASH"].update(ambition=1.5), "envelope"),
        (lambda tables: tables["notebook"]["1"]["pending"].update(orders=[{}]), "not one|damaged"),
        (lambda tables: tables.pop("notebook"), "its notebook is missing"),
        (lambda tables: tables.pop("header"), "its beginning"),
        (lambda tables: tables["header"]["1"].pop("title"), "damaged"),
        (lambda tables: tables.pop("turns"), "what followed turn 0 is missing"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, change: Callable[[Any], None], said: str) -> None:
    path = tmp_path / "a.json"
    saved = _saved(path)
    _edit(path, change)
    before = path.read_bytes()
    with pytest.raises(DamagedSave, match=said) as problem:
        save_file.read(path)
    _one_sentence(problem.value)
    assert problem.value.status == 1
    with pytest.raises(DamagedSave):
        save_file.write(path, saved)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe", b"{}", b'{"header": 3}', b'{"a": {"b": 1}}',
     b"[" * 100_000, b'{"header":{"1":' + b'{"a":' * 50_000, b"my diary"],
)  # fmt: skip
def test_a_file_that_is_no_save_is_told_and_never_overwritten(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    for use in (save_file.read, save_file.read_history, save_file.read_header, save_file.recover):
        with pytest.raises(DamagedSave) as problem:
            use(path)
        _one_sentence(problem.value)
    with pytest.raises(DamagedSave):
        save_file.write(path, campaign(1))
    assert path.read_bytes() == content
    [entry] = save_file.list_saves(tmp_path)
    assert entry.header is None
    assert "damaged" in entry.problem


def test_a_folder_is_no_save(tmp_path: Path) -> None:
    for use in (save_file.read, save_file.read_history, save_file.read_header):
        with pytest.raises(CannotRead) as problem:
            use(tmp_path)
        _one_sentence(problem.value)


def test_control_characters_never_come_out(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _saved(path)

    def harm(tables: Any) -> None:
        tables["header"]["1"]["title"] = "\x1b[31mred\u202e [bold]x[/]"
        tables["notebook"]["1"]["notebook"] = {"pins": {"CED": [[1, "b\u200bc\x1b[0m"]]}}

    _edit(path, harm)
    assert save_file.read_header(path).title == "[31mred [bold]x[/]"
    assert dict(save_file.read(path).notebook) == {"pins": {"CED": [[1, "bc[0m"]]}}
    _edit(path, lambda tables: tables["map"]["1"]["map"]["states"]["ASH"].update(name="A\x1bB"))
    with pytest.raises(DamagedSave):
        save_file.read(path)


def _blind(history: History) -> Any:
    return [history.digest, history.setup.seed, [turn.events for turn in history.turns]]


def test_the_blind_reading_does_not_touch_envelope_and_private(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    saved = _saved(path)
    whole = _blind(saved.history)
    assert _blind(save_file.read_history(path)) == whole
    content = path.read_bytes()

    def swap(tables: Any) -> None:
        for seat in tables["envelope"]["1"]["seats"].values():
            seat.update(doctrine="ISOLATION", ambition=1, temperature=2)
        tables["private"]["2"] = {"turn": "?", "noise": [1, 2]}

    def empty(tables: Any) -> None:
        tables["envelope"], tables["private"] = {}, {}

    def absent(tables: Any) -> None:
        del tables["envelope"], tables["private"]

    for change in (swap, empty, absent):
        path.write_bytes(content)
        _edit(path, change)
        assert _blind(save_file.read_history(path)) == whole
    for name in (b'"envelope":{\n', b'"private":{\n'):
        path.write_bytes(_noise(content, content.index(name) + 30))
        with pytest.raises(DamagedSave):
            save_file.read(path)
        assert _blind(save_file.read_history(path)) == whole
    start = content.index(b'"private":{\n')
    path.write_bytes(content[:start] + random.Random(1).randbytes(len(content) - start))
    assert _blind(save_file.read_history(path)) == whole


def test_a_newer_format_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _saved(path)
    _edit(path, lambda tables: tables["header"]["1"].update(format=FORMAT + 1, news={"a": 1}))
    before = path.read_bytes()
    for use in (save_file.read, save_file.read_history, save_file.read_header, save_file.recover):
        with pytest.raises(
            NewerSave, match=rf"format {FORMAT + 1}, .*up to format {FORMAT}: update"
        ) as said:
            use(path)
        _one_sentence(said.value)
    with pytest.raises(NewerSave):
        save_file.write(path, campaign(1))
    assert path.read_bytes() == before
    assert save_file.list_saves(tmp_path)[0].problem == str(said.value)


def test_an_older_format_is_migrated_forward_and_written_as_today_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    saved = _saved(path)
    steps = []

    def step(older: int) -> Callable[[Any], Any]:
        def migrate(tables: Any) -> Any:
            steps.append(older)
            tables["header"]["1"]["format"] = older + 1
            if older == FORMAT + 1:
                tables["notebook"] = tables.pop("papers")
                return {name: tables[name] for name in _ORDER}
            return tables

        return migrate

    monkeypatch.setattr(migrations, "FORMAT", FORMAT + 2)
    monkeypatch.setattr(save_header, "FORMAT", FORMAT + 2)
    monkeypatch.setattr(
        migrations, "MIGRATIONS", {older: step(older) for older in (FORMAT, FORMAT + 1)}
    )
    _edit(path, lambda tables: tables.update(papers=tables.pop("notebook")))
    assert_same(save_file.read(path), saved)
    assert steps == [FORMAT, FORMAT + 1]
    with save_file.SaveFile(path) as file:
        file.save(played(file.read(), 1))
    assert "papers" in read_tables(backup_of(path))
    assert list(read_tables(path)) == _ORDER


_ORDER = ["header", "map", "envelope", "notebook", "turns", "private"]


def test_every_older_format_has_its_migration() -> None:
    assert list(migrations.MIGRATIONS) == list(range(1, save_header.FORMAT))
