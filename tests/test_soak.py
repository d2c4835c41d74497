"""The soak plays what it says, resumes, and sees a campaign that raises or comes out otherwise."""

import json
from pathlib import Path
from unittest import mock

import pytest

from tests import soak


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.jsonl"
    assert soak.soak(path, campaigns=2, turns=2, long=0) == 0
    return path


def test_a_soak_that_was_cut_off_plays_only_what_is_missing(results: Path) -> None:
    lines = results.read_text("utf-8").splitlines(keepends=True)
    results.write_text(lines[0] + lines[1][:20], "utf-8")
    with mock.patch("tests.soak.played", side_effect=soak.played) as playing:
        assert soak.soak(results, campaigns=2, turns=2, long=0) == 0
    assert playing.call_count == 1
    assert [one["map"] for one in soak.read(results)] == list(soak.MAPS[:2])
    assert [one["played"] for one in soak.read(results)] == [2, 2]


def test_a_campaign_that_raises_is_counted_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with mock.patch("game.play.resolve", side_effect=ZeroDivisionError):
        assert soak.soak(tmp_path / "results.jsonl", campaigns=1, turns=1, long=0) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_a_campaign_that_comes_out_otherwise_is_counted(results: Path) -> None:
    assert soak.again(results) == 0
    first, second = soak.read(results)
    first["digest"] = "another"
    results.write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n", "utf-8")
    assert soak.again(results) == 1
