"""Whatever becomes of a save, the screen says so in one sentence, plays on, and saves later."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT
from tests.save_lost import Step, delete_folder, nothing, plays_past, put_away, replace

ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
"""Runs a command that may mount, without being root."""


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("directory", "a folder stands in its place; move that away"),
        ("link", "a link stands in its place; move that away"),
        ("pipe", "a pipe stands in its place; move that away"),
        ("file", "It goes on under the name"),
    ],
)
async def test_play_goes_on_past_a_save_that_is_another_thing(
    tmp_path: Path, what: str, words: str
) -> None:
    folder = tmp_path / "saves"
    folder.mkdir()
    [said] = await plays_past(folder / "a.json", replace(what), put_away)
    assert words in said


async def test_play_goes_on_without_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "saves"
    folder.mkdir()
    assert await plays_past(folder / "a.json", delete_folder, nothing) == []


def _may(right: int) -> Step:
    return lambda path: path.parent.chmod(right)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_play_goes_on_in_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "saves"
    folder.mkdir()
    [said] = await plays_past(folder / "a.json", _may(0o500), _may(0o700))
    assert "ermission denied" in said


def _cannot_mount() -> bool:
    if shutil.which("unshare") is None:
        return True
    tried = subprocess.run([*ALONE, "true"], capture_output=True, check=False)
    return tried.returncode != 0


@pytest.mark.skipif(_cannot_mount(), reason="nothing may be mounted on this machine")
def test_play_goes_on_past_a_full_disk(tmp_path: Path) -> None:
    ran = subprocess.run(
        [*ALONE, sys.executable, "-m", "tests.save_lost", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2_000:]
    assert "No space left on device".lower() in ran.stdout.lower()
