"""`realpolitik lab`: the report as contracted, and bad input in one sentence."""

from pathlib import Path

import pytest

from game.lab.scorecard.ledger import ROWS
from tests.command import Commands, process

KEYS = {
    "runs",
    "turns",
    "identification",
    "scorecard",
    "wars_per_100_turns",
    "hegemony_rate",
    "seconds",
}
ROW_KEYS = {"id", "claim", "figure", "low", "high", "expected", "holds", "n"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results are kept away from the user's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


def test_the_report_has_every_key(commands: Commands) -> None:
    ran = commands("lab", "five-crowns", "--runs", 1, "--turns", 2, "--jobs", 1, "--json")
    assert ran.status == 0, ran.err
    told = ran.json
    assert set(told) >= KEYS
    assert (told["runs"], told["turns"]) == (1, 2)
    assert set(told["identification"]) == {"accuracy", "brier", "ece", "by_turn"}
    assert len(told["scorecard"]) == len(ROWS)
    for row in told["scorecard"]:
        assert set(row) >= ROW_KEYS
        assert row["holds"] in (True, False, None)
        assert row["verdict"] in ("supported", "contradicted", "undetermined", None)
        assert row["id"] in {"S1", "W1", "W13", "W14", "T1", "T13"} or row["holds"] is None


def test_the_table_goes_into_a_file(commands: Commands, tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    ran = commands(
        *("lab", "five-crowns", "--runs", 1, "--turns", 1, "--doctrines", "bop", "--jobs", 1),
        *("-o", target),
    )
    assert (ran.status, ran.out) == (0, ""), ran.err
    shown = target.read_text(encoding="utf-8")
    assert "W13" in shown
    assert "No row was run." in shown, "every row needs more worlds than BOP"


def test_bad_input_is_one_sentence(commands: Commands, tmp_path: Path) -> None:
    map = ("lab", "five-crowns")
    commands(*map, "--doctrines", "WALTZ").refused(2, "WALTZ", "BANDWAGON")
    commands(*map, "--runs", 0).refused(2, "--runs")
    commands(*map, "--turns", 0).refused(2, "--turns")
    commands(*map, "--jobs", 0).refused(2, "--jobs")
    commands(*map, "five-crowns").refused(2, "five-crowns")
    commands(*map, "-o", tmp_path / "none" / "report").refused(1, "none")


def test_an_unreachable_cluster_is_one_sentence() -> None:
    pytest.importorskip("distributed")
    ran = process("lab", "five-crowns", "--runs", 1, "--turns", 1, "--cluster", "tcp://127.0.0.1:1")
    ran.refused(2, "tcp://127.0.0.1:1")
