"""The laboratory on a local Dask cluster: the same results as in one process."""

import json
from pathlib import Path

import pytest

from game.lab.command import run
from game.store.maps.read import load_map

distributed = pytest.importorskip("distributed")
pytest.importorskip("joblib")


def test_a_cluster_says_what_one_process_says(tmp_path: Path) -> None:
    """Byte for byte, but for the seconds."""
    five = load_map("five-crowns")
    told = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        for name, address in (("one", None), ("cluster", cluster.scheduler_address)):
            found = run(
                [five],
                runs=1,
                turns=3,
                seed=3,
                jobs=1,
                cluster=address,
                kept=tmp_path / f"{name}.jsonl",
            )
            told.append({key: value for key, value in found.items() if key != "seconds"})
    assert json.dumps(told[0]) == json.dumps(told[1])
