"""The command line: nothing is overwritten unasked, and what was there is kept."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import ROOT, Commands, process

from game import Campaign, load_map
from game.files.atomic import backup_of
from game.saves.save_file import SaveFile

GEOJSON = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "a", "name": "A", "owner": "AAA"}, "geometry":
 {"type": "Polygon",
 "coordinates": [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]]}},
{"type": "Feature", "properties": {"id": "b", "name": "B", "owner": "BBB"}, "geometry":
 {"type": "Polygon",
 "coordinates": [[[10, 0], [20, 0], [20, 10], [10, 10], [10, 0]]]}}]}"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.fixture
def save(tmp_path: Path, run: Commands) -> Path:
    path = tmp_path / "crowns.json"
    assert run("autoplay", "five-crowns", "--turns", 2, "--save", path).status == 0
    return path


@pytest.mark.parametrize("command", ["debrief", "packet", "export", "import", "lab", "autoplay"])
def test_a_file_that_is_there_is_left_unless_forced_and_then_kept(
    run: Commands, save: Path, command: str
) -> None:
    target = save.parent / "thesis.txt"
    source = save.parent / "a.geojson"
    source.write_text(GEOJSON)
    words = {
        "debrief": ("debrief", save, "-o", target),
        "packet": ("debrief", save, "--packet", target),
        "export": ("saves", "export", save, "-o", target),
        "import": ("maps", "import", source, "-o", target),
        "lab": ("lab", "five-crowns", "--runs", 1, "--turns", 1, "--doctrines", "mixed",
                "--jobs", 1, "-o", target),
        "autoplay": ("autoplay", "five-crowns", "--turns", 1, "--save", target),
    }[command]  # fmt: skip
    target.write_text("my life's work")
    run(*words).refused(1, "thesis", "--force")
    assert target.read_text() == "my life's work"
    done = run(*words, "--force")
    assert done.status == 0, done.err
    assert target.read_bytes() != b"my life's work"
    # An autoplay writes many times, so what it was forced over is moved aside.
    aside = target.with_name("thesis before.txt") if command == "autoplay" else backup_of(target)
    assert aside.read_text() == "my life's work"


def test_a_save_that_is_open_is_not_written_over_by_force(run: Commands, save: Path) -> None:
    other = save.parent / "open.json"
    run("autoplay", "five-crowns", "--seed", 2, "--turns", 1, "--save", other)
    before = other.read_bytes()
    with SaveFile(other):
        for words in (
            ("debrief", save, "-o", other),
            ("saves", "export", save, "-o", other),
            ("autoplay", "five-crowns", "--save", other),
        ):
            run(*words, "--force").refused(1, "another window")
    assert other.read_bytes() == before


def test_an_autoplay_goes_on_with_its_own_save(run: Commands, tmp_path: Path) -> None:
    path, whole = tmp_path / "a.json", tmp_path / "b.json"
    words = ("autoplay", "five-crowns", "--seed", 4, "--turns", 4)
    run(*words, "--save", whole)
    campaign = Campaign.load(whole)
    half = Campaign.new(load_map("five-crowns"), seed=4, turns=4)
    half.submit()
    half.submit()
    half.save(path)
    done = run(*words, "--save", path)
    assert done.status == 0
    assert "Going on after turn 2" in done.err
    assert Campaign.load(path).history.digest == campaign.history.digest
    run("autoplay", "five-crowns", "--seed", 5, "--turns", 4, "--save", path).refused(1, "--force")


def test_a_stopped_autoplay_leaves_a_save_that_it_goes_on_with(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    words = ["autoplay", "five-crowns", "--turns", "100000", "--save", str(path)]
    program = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from game.cli import run; sys.argv = ['realpolitik', *sys.argv[1:]]; run()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, *words], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and not (path.exists() and backup_of(path).exists()):
        time.sleep(0.1)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130, said
    assert "Traceback" not in said
    played = len(Campaign.load(path).history.turns)
    assert f"Stopped after turn {played};" in said
    assert played > 0
    assert process("saves", "check", path).status == 0
