"""Damage anywhere is found, whatever a file holds is borne, and nothing is silently different."""

import contextlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from golden_saves import names, unpacked
from hostile_saves import (
    check_sentence,
    closed,
    deep,
    mutated,
    opened,
    read_in_every_way,
    rechained,
)

from game import Campaign
from game.files.atomic import backup_of
from game.files.file_problems import DamagedSave, SaveProblem
from game.messages import PlayerMessage
from game.saves import references, save_file
from game.saves.codec import pack, pack_json
from game.saves.save_list import list_saves
from game.saves.storage import MOST_FILE_BYTES, read_tables, to_bytes
from game.tui.snapshot import take
from game.words.event_sentences import describe_event
from game.words.order_labels import say
from game.world.events import FACTS


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A save of today's format: a campaign with a player, three turns old."""
    path = unpacked("format-1-revision-4-player", tmp_path_factory.mktemp("golden"))
    campaign = Campaign.load(path)
    return campaign.save(path.with_name("today.json")).read_bytes()


def populations(small: int, large: int) -> pytest.MarkDecorator:
    """A small population always, a large one under the mark `hostile`."""
    marked = pytest.param(large, marks=pytest.mark.hostile)
    return pytest.mark.parametrize("cases", [small, marked])


@populations(60, 1_000)
def test_damaged_bytes_are_found_and_mended_without_a_lie(
    tmp_path: Path, whole: bytes, cases: int
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(whole)
    true, header = save_file.read(path), save_file.read_header(path)
    luck = random.Random(22)
    for _ in range(cases):
        place, length = luck.randrange(len(whole)), luck.choice((1, 1, 2, 8, 40, 400, 5_000))
        harm = luck.randrange(4)
        if harm == 0:
            content = whole[:place] + bytes(length) + whole[place + length :]
        elif harm == 1:
            content = whole[:place] + luck.randbytes(length) + whole[place + length :]
        elif harm == 2:
            content = whole[:place] + whole[place + length :]
        else:
            content = whole[:place] + whole[place : place + length] + whole[place:]
        content = content if luck.random() < 0.9 else content[:place]
        path.write_bytes(content)
        try:
            assert save_file.read_header(path) == header
        except SaveProblem as problem:
            check_sentence(problem)
        if content == whole:
            continue
        with pytest.raises(SaveProblem) as said:
            save_file.read(path)
        check_sentence(said.value)
        try:
            found = save_file.recover(path)
        except SaveProblem as problem:
            check_sentence(problem)
            continue
        saved = found.saved
        digests = [record.digest for record in true.history.turns]
        assert [record.digest for record in saved.history.turns] == digests[
            : len(saved.history.turns)
        ]
        assert saved.envelope == true.envelope
        assert saved.notebook in ({}, true.notebook)
        assert saved.notebook == true.notebook or "without" in found.sentence
        assert saved.pending in ((), true.pending)
        save_file.delete(found.path)


@populations(300, 10_000)
def test_every_flipped_bit_is_found(tmp_path: Path, whole: bytes, cases: int) -> None:
    path = tmp_path / "a.json"
    start, end = 0, whole.index(b'"turns":{\n')
    setup = whole.index(b'"setup":{')
    weak = [
        *range(start, whole.index(b'"map":{\n')),
        *range(setup, whole.index(b'"envelope":{\n')),
        *range(whole.index(b'"envelope":{\n'), end),
    ]
    luck = random.Random(23)
    path.write_bytes(whole)
    header = save_file.read_header(path)
    for number in range(cases):
        place = luck.choice(weak) if number % 4 else luck.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << luck.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(DamagedSave) as said:
            save_file.read(path)
        check_sentence(said.value)
        try:
            assert save_file.read_header(path) == header
        except DamagedSave as problem:
            check_sentence(problem)


def test_one_bit_of_the_envelope_is_found_and_had_from_the_backup(
    tmp_path: Path, whole: bytes
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(whole)
    seats = save_file.read(path).envelope
    harmed = whole.replace(b'"doctrine":"BOT"', b'"doctrine":"BOP"', 1)
    assert harmed != whole
    path.write_bytes(harmed)
    with pytest.raises(DamagedSave, match="its sealed envelope is not as written"):
        save_file.read(path)
    path.write_bytes(whole.replace(b'"header":{\n"1":', b'"header":{\n"3":', 1))
    with pytest.raises(DamagedSave, match="it is not as it was written"):
        save_file.read(path)
    path.write_bytes(harmed)
    with pytest.raises(DamagedSave, match="its sealed envelope is lost"):
        save_file.recover(path)
    backup_of(path).write_bytes(whole)
    assert save_file.recover(path).saved.envelope == seats


def _look(campaign: Campaign) -> None:
    """What the screen reads of a campaign that was loaded, and one more turn of it."""
    if campaign.player is not None and not campaign.over:
        take(campaign)
        for order in campaign.pending:
            campaign.refusal(order)
            say(order, campaign.world, campaign.player)
    for record in campaign.history.turns:
        for happening in record.events:
            describe_event(happening, campaign.atlas, campaign.player)
    campaign.notebook.history(next(iter(campaign.atlas.state_index)))
    campaign.debriefing.save_bytes()
    if not campaign.over and not campaign.questions():
        with contextlib.suppress(PlayerMessage):
            campaign.submit()


@populations(500, 20_000)
def test_a_save_mutated_by_structure_is_borne(tmp_path: Path, whole: bytes, cases: int) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(whole)
    sources = [opened(read_tables(path))]
    for name in names():
        if name.startswith("format-1-revision-4"):
            sources.append(opened(read_tables(unpacked(name, tmp_path))))
            (tmp_path / f"{name}.json").unlink()
    loaded = 0
    for number in range(cases):
        luck = random.Random(f"structure {number}")
        tables = json.loads(json.dumps(sources[number % len(sources)]))
        done = mutated(tables, luck)
        content = closed(tables)
        path.write_bytes(rechained(content) if number % 2 else content)
        try:
            loaded += read_in_every_way(path, _look, thoroughly=number % 10 == 0)
        except Exception as error:
            raise AssertionError(f"case {number}: {done}") from error
    assert 0 < loaded < cases


def test_a_mutation_is_the_same_whatever_was_mutated_before() -> None:
    tables = {"header": {"1": {"format": 1, "seats": [[1, 2], {"a": "b"}], "title": "x"}}}

    def made(number: int) -> tuple[str, Any]:
        copied = json.loads(json.dumps(tables))
        luck = random.Random(number)
        return "; ".join(mutated(copied, luck) for _ in range(6)), copied

    first = [json.dumps(made(number)) for number in range(300)]
    assert first == [json.dumps(made(number)) for number in range(300)]


@pytest.mark.parametrize("bomb", ["[]", "[[],[]]", '"aaaaaaaa"', "0"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, whole: bytes, bomb: str) -> None:
    import resource
    import time

    path = tmp_path / "a.json"
    path.write_bytes(whole)
    tables = read_tables(path)
    text = "[" + ",".join([bomb] * (60_000_000 // (len(bomb) + 1))) + "]"
    packed = pack(text.encode())
    for document in tables["turns"].values():
        document["events"] = packed
    for document in tables["private"].values():
        document["record"] = packed
    path.write_bytes(to_bytes(tables))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(DamagedSave):
        save_file.read(path)
    assert save_file.recover(path).saved.history.turns == ()
    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_file_too_large_for_a_save_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.write(b'{"header":{')
        file.truncate(2 * MOST_FILE_BYTES)
    for read in (save_file.read, save_file.read_history, save_file.recover):
        with pytest.raises(DamagedSave, match="200 MB, and a save has at most 100"):
            read(path)
    assert list_saves(tmp_path)[0].header is None


def test_a_moment_beyond_every_calendar_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpacked("format-1-revision-4-player", tmp_path)
    tables = read_tables(path)
    for said in ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"):
        tables["header"]["1"]["saved_at"] = said
        path.write_text(json.dumps(tables))
        [entry] = list_saves(tmp_path)
        assert entry.header is not None
        assert entry.header.saved_words() == said
        assert entry.header.saved_words(local=True) == said


def test_a_notebook_nested_too_deeply_is_refused_and_the_rest_is_had(
    tmp_path: Path, whole: bytes
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(whole)
    tables = read_tables(path)
    tables["notebook"]["1"]["notebook"]["pins"] = deep(700)
    path.write_bytes(to_bytes(tables))
    with pytest.raises(DamagedSave, match="notebook"):
        save_file.read(path)
    found = save_file.recover(path)
    assert "without the evidence that you pinned" in found.sentence
    assert found.saved.notebook["now"]
    assert len(found.saved.history.turns) == 3


def test_what_a_save_with_checksums_says_is_what_it_holds(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "a.json"
    for name, value in (("player", "BRE"), ("map_id", "x"), ("engine_revision", 3)):
        path.write_bytes(whole)
        tables = read_tables(path)
        tables["header"]["1"][name] = value
        path.write_bytes(to_bytes(tables))
        with pytest.raises(DamagedSave, match="its beginning is of another campaign"):
            save_file.read(path)
    path.write_bytes(whole)
    tables = read_tables(path)
    tables["private"]["2"]["record"] = pack_json({"ALD": [{"family": 1}]})
    path.write_bytes(to_bytes(tables))
    with pytest.raises(DamagedSave, match="after turn 1 is not whole"):
        save_file.read(path)


def _first(tables: Any, name: str) -> Any:
    """The first packed part of that name that is not empty."""
    for document in tables["turns"].values():
        part = document[name]["packed"]
        if part:
            return part
    raise LookupError(name)


def _event(tables: Any, kind: str) -> Any:
    for document in tables["turns"].values():
        for row in document["events"]["packed"]:
            if row[0] == kind:
                return row
    raise LookupError(kind)


def _a_stranger_acts(tables: Any) -> None:
    _event(tables, "treaty_offered")[1] = "ZZZ"


def _a_stranger_is_asked(tables: Any) -> None:
    _event(tables, "treaty_offered")[2] = "ZZZ"


def _nobody_is_asked(tables: Any) -> None:
    _event(tables, "treaty_offered")[2] = ""


def _a_stranger_saw_it(tables: Any) -> None:
    _event(tables, "treaty_offered")[4] = ["ZZZ"]


def _a_fact_is_of_another_kind(tables: Any) -> None:
    _event(tables, "treaty_offered")[3][2] = "soon"


def _an_order_names_a_stranger(tables: Any) -> None:
    orders = _first(tables, "orders")
    orders[next(iter(orders))] = [{"kind": "sound", "of": "ZZZ"}]


def _a_stranger_orders(tables: Any) -> None:
    _first(tables, "orders")["ZZZ"] = []


def _the_world_has_no_posture_so_high(tables: Any) -> None:
    _first(tables, "worlds")[-1]["states"] = {"change": [[0, 6, 9]]}


def _a_stranger_holds_a_province(tables: Any) -> None:
    _first(tables, "worlds")[-1]["provinces"] = {"change": [[0, 2, "ZZZ"]]}


def _an_answer_is_none(tables: Any) -> None:
    for _, answers in _first(tables, "answers"):
        for name in answers:
            answers[name] = "perhaps"


@pytest.mark.parametrize(
    "tamper",
    [
        _a_stranger_acts, _a_stranger_is_asked, _nobody_is_asked, _a_stranger_saw_it,
        _a_fact_is_of_another_kind, _an_order_names_a_stranger, _a_stranger_orders,
        _the_world_has_no_posture_so_high, _a_stranger_holds_a_province, _an_answer_is_none,
    ],
)  # fmt: skip
def test_what_names_nothing_on_the_map_is_refused_though_every_digest_fits(
    tmp_path: Path, whole: bytes, tamper: Any
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(whole)
    tables = opened(read_tables(path))
    path.write_bytes(rechained(closed(tables)))
    assert len(save_file.read(path).history.turns) == 3
    tamper(tables)
    path.write_bytes(rechained(closed(tables)))
    read_tables(path)
    with pytest.raises(DamagedSave, match="does not follow from what came before"):
        save_file.read(path)


def test_every_fact_of_an_event_has_a_kind() -> None:
    known = (
        references.STATE_FACTS | references.PROVINCE_FACTS | references.SEVERAL_PROVINCES
        | references.SEVERAL_STATES | references.SEVERAL_WORDS | references.WORDS
        | references.NUMBERS
    )  # fmt: skip
    assert {name for facts in FACTS.values() for name in facts} <= known
