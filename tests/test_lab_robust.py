"""The laboratory when things go wrong: a sentence, the status, and what was finished is kept."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from game.lab.command import Lost, run
from game.lab.results_cache import CannotKeep, ResultsCache
from game.lab.runs import Run
from game.maps.load import load_map
from tests.command import ROOT, Commands, process

FIVE = load_map("five-crowns")


def plainly(told: dict[str, Any]) -> str:
    """A report but for its seconds."""
    return json.dumps({name: value for name, value in told.items() if name != "seconds"})


def kept_runs(folder: Path) -> int:
    """How many campaigns the laboratory kept below a cache."""
    lines = 0
    for path in folder.rglob("*.jsonl"):
        lines += sum(b'"run"' in line for line in path.read_bytes().splitlines())
    return lines


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group of processes")
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_with_a_sentence_and_the_same_command_goes_on(
    tmp_path: Path, jobs: int
) -> None:
    """Ctrl-C reaches every process of the terminal; none of them may print its own end."""
    pytest.importorskip("joblib")
    lab = ("lab", "five-crowns", "--runs", "9", "--turns", "4", "--jobs", str(jobs))
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    started = subprocess.Popen(
        [sys.executable, "-m", "game", *lab],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **cache},
        start_new_session=True,
        # Whoever started the tests may have had them ignore it.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    ends = time.monotonic() + 90
    while kept_runs(tmp_path) < 2 and time.monotonic() < ends and started.poll() is None:
        time.sleep(0.05)
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (130, ""), err
    assert len(err.splitlines()) == 1, err
    assert "campaigns are finished and kept" in err
    before = kept_runs(tmp_path)
    assert 2 <= before < 63
    assert f"Stopped: {before} of 63" in err


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_that_fills_is_told_and_what_was_written_is_gone_on_from(
    tmp_path: Path, jobs: int
) -> None:
    """A limit on the size of files stands in for a full disk."""
    pytest.importorskip("joblib")
    resource: Any = pytest.importorskip("resource")
    lab = ("lab", "five-crowns", "--runs", 1, "--turns", 2, "--jobs", jobs, "--json")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        ran = process(*lab, XDG_CACHE_HOME=str(tmp_path / "cache"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    ran.refused(1, "Could not write the results", "finished campaigns were kept")
    told = int(ran.err.split(";")[1].split()[0])
    (file,) = tmp_path.rglob("*.jsonl")
    whole = [line for line in file.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
    assert told == len(whole) - 1 > 0
    again = process(*lab, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert again.status == 0, again.err
    assert file.read_bytes().startswith(b"".join(whole))


def test_what_could_not_be_written_does_not_count_as_kept() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with ResultsCache(None, "mark") as kept:
        kept.path, kept._file = full, full.open("w", encoding="utf-8")
        with pytest.raises(CannotKeep, match="; 0 finished campaigns"):
            kept.add([(Run("five-crowns", "BOP", 1, 3), {"rows": {}})])
        assert kept.results == {}


def test_a_killed_worker_is_told_and_its_work_is_done_the_next_time(tmp_path: Path) -> None:
    """As when memory runs out: the system kills a process, and no result of it arrives."""
    pytest.importorskip("joblib")
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("no list of children here")
    kept = tmp_path / "kept.jsonl"
    killed: list[int] = []

    def kill(done: int, _total: int, _left: float) -> None:
        if done and not killed:
            for child in map(int, children.read_text().split()):
                if b"popen_loky" in Path(f"/proc/{child}/cmdline").read_bytes():
                    killed.append(child)
                    os.kill(child, signal.SIGKILL)

    named: dict[str, Any] = {"runs": 12, "turns": 4, "doctrines": "BOP", "results_path": kept}
    with pytest.raises(Lost, match=r"worker process was lost; \d+ of 12 campaigns are finished"):
        run([FIVE], jobs=2, progress=kill, **named)
    assert killed
    assert len(kept.read_bytes().splitlines()) >= 2
    whole = run([FIVE], jobs=1, **named)
    fresh = run([FIVE], jobs=1, **{**named, "results_path": tmp_path / "fresh.jsonl"})
    assert plainly(whole) == plainly(fresh)


def test_a_report_that_cannot_be_written_stops_before_the_work(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def play(*_: Any, **__: Any) -> dict[str, Any]:
        raise AssertionError("hours of work")

    monkeypatch.setattr("game.lab.command.run", play)
    commands = Commands(capsys)
    commands("lab", "five-crowns", "-o", tmp_path / "no" / "a.html").refused(1, "no folder")
    commands("lab", "five-crowns", "-o", tmp_path).refused(1, "is a folder")


def test_progress_goes_to_standard_error_with_the_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a terminal it is one line, written over; in a log a line a minute."""
    from game.cli import lab_command

    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    on_progress = lab_command._Progress()
    on_progress(3, 40, 3_725.0)
    on_progress(40, 40, 0.0)
    shown = capsys.readouterr()
    assert "\r3 of 40 campaigns, 1:02:05 left" in shown.err
    assert shown.out == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    quiet = lab_command._Progress()
    quiet(3, 40, 100.0)
    assert capsys.readouterr().err == ""
    quiet.last -= lab_command.MINUTE
    quiet(4, 40, 99.0)
    assert capsys.readouterr().err == "4 of 40 campaigns, 1:39 left\n"
