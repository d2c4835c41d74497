"""The player's own maps: where they are found, watched, packed and unpacked."""

import hashlib
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from command import ROOT, Commands

from game.cli.maps_share_command import changes
from game.files.user_maps import VARIABLE, user_maps_folder
from game.maps.find import known_ids, resolve_map
from game.maps.starter import starter_text


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def write(path: Path, identifier: str = "") -> Path:
    path.write_text(starter_text(identifier or path.stem), "utf-8")
    return path


def test_maps_of_ones_own_folder_are_listed_checked_shown_and_played(
    run: Commands, own: Path
) -> None:
    write(own / "kell.json")
    (own / "broken.json").write_text("{")
    listed = run("maps", "list").out
    assert f"Yours, in {own}:" in listed
    assert "kell             The Long Strand: 4 states, 7 provinces, 15 turns" in listed
    assert f"broken: {own / 'broken.json'}: line 1, column 1: error" in listed
    assert known_ids()[-2:] == ["broken", "kell"]
    assert run("maps", "check", "kell").status == 0
    assert "The Long Strand" in run("maps", "show", "kell").out
    assert run("autoplay", "kell", "--turns", 1, "--json").json["map"] == "kell"
    run("maps", "check", "kel").refused(2, 'Did you mean "kell"')


def test_another_folder_is_taken_for_one_run(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    folder = tmp_path / "other"
    folder.mkdir()
    write(folder / "kell.json")
    assert "kell" in run("maps", "list", "--maps", folder).out
    run("maps", "list", "--maps", tmp_path / "none").refused(2, "there is no folder")


def test_without_a_setting_the_folder_is_in_the_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert user_maps_folder() == Path(os.environ["XDG_DATA_HOME"]) / "realpolitik" / "maps"


def test_a_name_without_its_ending_is_found_and_that_is_said(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "kell.json")
    assert resolve_map("kell") == Path("kell.json")
    assert run("maps", "check", "kell").out == (
        "There is no file kell; reading kell.json.\nkell: good.\n"
    )
    assert run("maps", "check", "kell.json").out == "kell.json: good.\n"


def test_a_new_map_has_its_schema_beside_it(run: Commands, tmp_path: Path) -> None:
    done = run("maps", "new", tmp_path / "kell")
    assert "map.schema.json" in done.out
    shipped = (ROOT / "maps" / "map.schema.json").read_text("utf-8")
    assert (tmp_path / "map.schema.json").read_text("utf-8") == shipped
    assert json.loads((tmp_path / "kell.json").read_text())["$schema"] == "./map.schema.json"


def test_a_map_goes_into_a_zip_and_out_of_it_as_it_was(
    run: Commands, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "kell.json")
    (tmp_path / "kell.md").write_text("# Notes")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    done = run("maps", "pack", "kell")
    assert done.out == f"Wrote kell.zip: kell.json, kell.md.\nSHA-256 of the map: {digest}\n"
    first = (tmp_path / "kell.zip").read_bytes()
    run("maps", "pack", "kell").refused(1, "kell.zip exists already", "-o")
    run("maps", "pack", "kell", "-o", "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == first
    out = run("maps", "unpack", "kell.zip").out
    assert f"SHA-256 of the map: {digest}" in out
    assert (own / "kell.json").read_bytes() == path.read_bytes()
    assert (own / "kell.md").read_text() == "# Notes"
    run("maps", "unpack", "kell.zip").refused(1, "kell.json exists already")


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({".___evil_json": "{}"}, "in no folder"),
        ({"sub__a_json": "{}"}, "in no folder"),
        ({"a_exe": "x"}, "holds a.exe"),
        ({"a_json": "{}", "b_json": "{}"}, "holds 2 maps"),
        ({"a_md": "x"}, "holds 0 maps"),
        ({"a_json": "{}"}, 'a map needs "format"'),
        ({"a_json": starter_text(), "a_md": "x" * 1_000_001}, "a.md is too large"),
    ],
)
def test_a_zip_that_is_no_packed_map_writes_nothing(
    run: Commands, own: Path, tmp_path: Path, files: dict[str, str], words: str
) -> None:
    path = zipped(tmp_path / "x.zip", **files)
    run("maps", "unpack", path).refused(1, words)
    assert list(own.iterdir()) == []


def test_a_file_that_is_no_zip_is_told(run: Commands, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    run("maps", "unpack", path).refused(1, "not a zip that can be read")
    run("maps", "unpack", tmp_path / "none.zip").refused(1, "there is no file")


def test_changes_of_a_file_are_seen_once_each(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}")
    seen = changes(path, pause=0.01)
    next(seen)
    path.write_text("{ }")
    next(seen)
    path.unlink()
    next(seen)
    path.write_text("{}")
    next(seen)


def test_a_watched_map_is_checked_and_drawn_again(tmp_path: Path) -> None:
    path = write(tmp_path / "kell.json")
    page = tmp_path / "out.txt"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with page.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "game", "maps", "check", str(path), "--watch"],
            stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=ROOT,
        )  # fmt: skip
        try:
            wait_for(page, "good. Waiting for a change")
            assert "N*N" in page.read_text() or "*" in page.read_text()
            path.write_text(starter_text("kell").replace('"owner": "MID"', '"owner": "MDI"'))
            wait_for(page, 'found "MDI"')
            wait_for(page, "not playable as it is. Waiting")
        finally:
            process.terminate()
            process.wait(10)


def wait_for(page: Path, words: str) -> None:
    end = time.monotonic() + 30
    while words not in page.read_text():
        assert time.monotonic() < end, page.read_text()
        time.sleep(0.05)
