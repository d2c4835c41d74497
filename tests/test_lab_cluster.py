"""The laboratory on a local Dask cluster: the same results as in one process."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from game.lab.command import Lost, run
from game.maps.load import load_map

distributed = pytest.importorskip("distributed")
pytest.importorskip("joblib")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of a local cluster of two workers."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.parametrize("players", [[], ["planner", "arm"]], ids=["ledger", "players"])
def test_a_cluster_says_what_one_process_says(
    tmp_path: Path, address: str, players: list[str]
) -> None:
    """Byte for byte, but for the seconds."""
    five = load_map("five-crowns")
    told = []
    for name, where in (("one", None), ("cluster", address)):
        found = run(
            [five],
            runs=1 if not players else 2,
            turns=3 if not players else 2,
            seed=3,
            jobs=1,
            players=players,
            cluster=where,
            results_path=tmp_path / f"{name}.jsonl",
        )
        told.append({key: value for key, value in found.items() if key != "seconds"})
    assert json.dumps(told[0]) == json.dumps(told[1])


def test_a_cluster_that_goes_away_loses_no_campaign(tmp_path: Path) -> None:
    """Every campaign is played to the end here, or it is told which are kept."""
    five = load_map("five-crowns")
    kept = tmp_path / "kept.jsonl"
    named: dict[str, Any] = {"runs": 8, "turns": 8, "doctrines": "BOP", "results_path": kept}
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:

        def gone(done: int, _total: int, _left: float) -> None:
            if done and cluster.status.name == "running":
                cluster.close()

        with suppress(Lost):
            run([five], cluster=cluster.scheduler_address, progress=gone, **named)
    assert len(kept.read_bytes().splitlines()) >= 2
    told = run([five], jobs=1, **named)
    alone = run([five], jobs=1, **{**named, "results_path": tmp_path / "alone.jsonl"})
    assert json.dumps({**told, "seconds": 0}) == json.dumps({**alone, "seconds": 0})
