"""A save is wholly the old one or wholly the new one, whatever happens to its writer."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from campaigns import assert_same, campaign, played

from game.files import atomic
from game.files.file_problems import CannotWrite, SaveInUse, SaveProblem
from game.saves import save_file, storage

HERE = str(Path(__file__).parent)

WRITER = f"""
import sys
sys.path.insert(0, {HERE!r})
from pathlib import Path
from game.saves.storage import AtomicStorage
storage = AtomicStorage(Path(sys.argv[1]))
tables = storage.read()
print("open", flush=True)
while True:
    number = tables["header"]["1"]["number"] + 1
    tables["header"]["1"]["number"] = number
    tables["turns"] = {{str(place): {{"n": number, "pad": "x" * 900}} for place in range(1, 300)}}
    storage.write(tables)
"""

HOLDER = f"""
import sys
sys.path.insert(0, {HERE!r})
from game.saves.save_file import SaveFile
file = SaveFile(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def _started(program: str, path: Path) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    return child


def _strays(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(".tmp")]


@pytest.mark.parametrize("kills", [20, pytest.param(900, marks=pytest.mark.hostile)])
def test_a_killed_writer_never_leaves_a_corrupt_save(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "a.json"
    first = {"header": {"1": {"number": 0}}, "turns": {"1": {"n": 0}}}
    storage.write_atomically(path, storage.to_bytes(first), keep_previous=False)
    last = 0
    for round_ in range(kills):
        child = _started(WRITER, path)
        time.sleep(0.02 + 0.006 * (round_ % 20))
        child.send_signal(signal.SIGKILL)
        child.wait()
        for generation in (path, atomic.backup_of(path)):
            if generation.exists():
                tables = storage.read_tables(generation)
                number = tables["header"]["1"]["number"]
                assert {turn["n"] for turn in tables["turns"].values()} == {number}
        number = storage.read_tables(path)["header"]["1"]["number"]
        assert number >= last
        last = number
    assert last > 20
    storage.AtomicStorage(path).close()
    assert _strays(tmp_path) == []


@pytest.mark.parametrize("call", ["write", "fsync", "link", "open"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_disk_that_fails_leaves_the_save_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    path = tmp_path / "a.json"
    saved = campaign(2)
    with save_file.SaveFile(path) as file:
        file.save(saved)
        before = path.read_bytes()
        later = played(saved, 1)

        def fails(*_: Any, **__: Any) -> Any:
            raise OSError(code, os.strerror(code))

        with monkeypatch.context() as broken:
            broken.setattr(os, call, fails)
            if call == "link":
                broken.setattr(Path, "read_bytes", fails)
            with pytest.raises(CannotWrite) as problem:
                file.save(later)
        _is_one_sentence(problem.value)
        assert os.strerror(code).lower() in str(problem.value).lower()
        assert path.read_bytes() == before
        assert _strays(tmp_path) == []
        file.save(later)
    assert_same(save_file.read(path), later)


def test_a_writer_that_gets_half_of_it_through_leaves_the_save_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(1))
    before = path.read_bytes()
    write = os.write
    calls = []

    def half(file: int, content: Any) -> int:
        calls.append(1)
        if len(calls) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, bytes(content)[:500])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(CannotWrite):
        save_file.write(path, campaign(2))
    assert len(calls) == 4
    assert path.read_bytes() == before


def test_a_limit_on_file_size_leaves_the_save_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(1))
    before = path.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, limit[1]))
        with pytest.raises(CannotWrite) as problem:
            save_file.write(path, campaign(5))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    _is_one_sentence(problem.value)
    assert path.read_bytes() == before
    assert _strays(tmp_path) == []


def test_without_second_names_the_previous_generation_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", fails)
    save_file.write(tmp_path / "a.json", campaign(1))
    save_file.write(tmp_path / "a.json", campaign(2))
    assert_same(save_file.read(tmp_path / "a.json"), campaign(2))
    assert_same(save_file.read(tmp_path / "a.json.bak"), campaign(1))


def test_a_second_process_is_told_and_may_read(tmp_path: Path) -> None:
    path = tmp_path / "my war.json"
    saved = campaign(2)
    save_file.write(path, saved)
    child = _started(HOLDER, path)
    try:
        with pytest.raises(SaveInUse) as problem:
            save_file.SaveFile(path)
        _is_one_sentence(problem.value)
        assert '"my war"' in str(problem.value)
        with pytest.raises(SaveInUse):
            save_file.write(path, played(saved, 1))
        with pytest.raises(SaveInUse):
            save_file.delete(path)
        assert_same(save_file.read(path), saved)
        assert save_file.read_history(path).digest == saved.history.digest
    finally:
        child.kill()
        child.wait()
    save_file.write(path, played(saved, 1))


def test_a_second_window_of_the_same_process_is_told_too(tmp_path: Path) -> None:
    with save_file.SaveFile(tmp_path / "a.json"), pytest.raises(SaveInUse):
        save_file.SaveFile(tmp_path / "a.json")
    save_file.SaveFile(tmp_path / "a.json").close()


def test_strays_of_other_saves_are_left_alone(tmp_path: Path) -> None:
    own = tmp_path / ".a.json.0123abcd.tmp"
    others = [tmp_path / name for name in (".b.json.0123abcd.tmp", "a.json.tmp", ".a.json.lock")]
    for path in (own, *others):
        path.write_text("x")
    save_file.write(tmp_path / "a.json", campaign(1))
    assert not own.exists()
    assert all(path.exists() for path in others)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotWrite) as problem:
        save_file.write(tmp_path / "a.json", campaign(1))
    _is_one_sentence(problem.value)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "saves").write_text("x")
    with pytest.raises(CannotWrite) as problem:
        save_file.write(tmp_path / "saves" / "a.json", campaign(1))
    _is_one_sentence(problem.value)


def test_a_link_to_a_save_stays_a_link(tmp_path: Path) -> None:
    save_file.write(tmp_path / "a.json", campaign(1))
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "a.json")
    save_file.write(link, campaign(2))
    assert link.is_symlink()
    assert_same(save_file.read(tmp_path / "a.json"), campaign(2))


def test_a_save_is_json_with_a_document_a_line(tmp_path: Path) -> None:
    save_file.write(tmp_path / "a.json", campaign(3))
    content = (tmp_path / "a.json").read_bytes()
    tables = json.loads(content)
    assert len(content.splitlines()) == sum(map(len, tables.values())) + len(tables) + 1
    assert storage.to_bytes(tables) == content


def _is_one_sentence(problem: SaveProblem) -> None:
    text = str(problem)
    assert text.endswith(".")
    assert text.isprintable()
    assert ". " not in text


def test_writing_again_and_again_checks_the_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(2))
    reads = []
    read = storage.read_tables

    def counted(path: Path) -> Any:
        reads.append(path)
        return read(path)

    monkeypatch.setattr(storage, "read_tables", counted)
    monkeypatch.setattr(save_file, "read_tables", counted)
    saved = save_file.read(path)
    for _ in range(3):
        saved = played(saved, 1)
        save_file.write(path, saved)
    assert len(reads) == 1
    assert_same(save_file.read(path), saved)


def test_what_another_process_wrote_meanwhile_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    first = campaign(2)
    save_file.write(path, first)
    copy = path.read_bytes()
    save_file.write(path, played(first, 1))
    storage.write_atomically(path, copy, keep_previous=False)
    save_file.write(path, played(first, 2))
    assert_same(save_file.read(path), played(first, 2))
    path.write_bytes(copy[:-50])
    with pytest.raises(SaveProblem):
        save_file.write(path, played(first, 3))
    assert path.read_bytes() == copy[:-50]


def test_a_save_that_failed_is_tried_again_by_a_new_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    first = campaign(2)
    save_file.write(path, first)

    def fails(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fails)
        with pytest.raises(CannotWrite):
            save_file.write(path, played(first, 1))
    save_file.write(path, played(first, 2))
    assert_same(save_file.read(path), played(first, 2))
