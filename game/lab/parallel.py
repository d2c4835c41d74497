"""Runs campaigns in several processes or on a Dask cluster, and saves results as they arrive.

A run is a pure function of its map, world, seed and number of turns, so any process may play it.
"""

import os
import signal
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from game.lab.results_cache import ResultsCache
from game.lab.run_measures import measure_chunk
from game.lab.runs import Run
from game.messages import PlayerMessage
from game.world.map_document import MapDoc

CHUNK_SECONDS = 0.6
"""The time that a chunk of runs should take: much more than sending it to another process costs,
and less than a user wants to wait after a cancel."""
STATE_TURN_SECONDS = 0.003
"""A guess of the time that one state takes for one turn, used for the size of chunks."""
PLAYED_COSTS = 2
"""How many times as long a campaign with a computer player takes as one without."""

LOST = (
    "BrokenProcessPool", "CancelledError", "CommClosedError", "FutureCancelledError",
    "FuturesCancelledError", "KilledWorker", "SchedulerStillAlive", "TerminatedWorkerError",
)  # fmt: skip
"""Names of the exceptions that joblib and Dask raise when worker processes have died."""

Progress = Callable[[int, int, float], None]
"""Called with (runs done, runs in all, seconds left)."""


class MissingExtra(PlayerMessage):
    """An optional dependency is not installed."""

    status = 2


class LostWorkers(PlayerMessage):
    """Worker processes died: killed, out of memory, or connection lost."""


class UnreachableCluster(PlayerMessage):
    """The cluster does not answer."""

    status = 2


@contextmanager
def without_console() -> Iterator[None]:
    """Within it, standard error is the null device.

    Processes that are started inherit standard error, and on the screen it is no real file.
    """
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        yield


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chunks(runs: Sequence[Run], docs: Mapping[str, MapDoc]) -> list[tuple[Run, ...]]:
    """Divide runs into chunks that take about `CHUNK_SECONDS` each.

    The runs of a chunk are on one map, and all with a computer player or all without. Chunks are
    ordered by their first run: so every map has results early, and the estimate of the time left
    is not made from the slowest map alone.
    """
    index = {run: number for number, run in enumerate(runs)}
    alike: dict[tuple[str, bool], list[Run]] = {}
    for run in runs:
        alike.setdefault((run.map, bool(run.player)), []).append(run)
    result: list[tuple[Run, ...]] = []
    for (name, played), own in alike.items():
        cost = STATE_TURN_SECONDS * len(docs[name].states) * max(1, own[0].turns)
        size = max(1, round(CHUNK_SECONDS / (cost * (PLAYED_COSTS if played else 1))))
        result += [tuple(own[begin : begin + size]) for begin in range(0, len(own), size)]
    return sorted(result, key=lambda part: index[part[0]])


def run_in_parallel(
    runs: Sequence[Run],
    docs: Mapping[str, MapDoc],
    cache: ResultsCache,
    *,
    named: bool,
    jobs: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Play and measure every run that is not in the cache, and add the results to it.

    `named`: see `run_measures.measure`. `jobs` is the number of processes (default: one for each
    processor). Raises KeyboardInterrupt when cancelled, MissingExtra, UnreachableCluster,
    LostWorkers, or `results_cache.CannotKeep`; results that arrived before are in the cache.
    """
    todo = [run for run in runs if run not in cache.results]
    done, total, begun = len(runs) - len(todo), len(runs), time.monotonic()
    fresh = 0
    processes = jobs or (processors() if find_spec("joblib") else 1)
    results = _results(chunks(todo, docs), docs, named, processes, cluster)
    try:
        for found in results:
            cache.add(found)
            fresh += len(found)
            if progress is not None:
                left = (time.monotonic() - begun) / fresh * (len(todo) - fresh)
                progress(done + fresh, total, left)
    finally:
        with warnings.catch_warnings():
            # joblib warns that running tasks are dropped; a cancel means just that.
            warnings.simplefilter("ignore", UserWarning)
            results.close()
    if fresh < len(todo):
        raise LostWorkers("The work was cut short: some of it never came back.")


def _measure_undisturbed(doc: MapDoc, part: Sequence[Run], named: bool) -> list[tuple[Run, Any]]:
    """Measure a chunk in a worker process. It ignores Ctrl-C; the parent process handles it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return measure_chunk(doc, part, named)


def _results(
    parts: Sequence[Sequence[Run]],
    docs: Mapping[str, MapDoc],
    named: bool,
    jobs: int,
    cluster: str | None,
) -> Generator[list[tuple[Run, Any]]]:
    """Yield the results of each chunk when it is finished, in any order."""
    if not parts:
        return
    if jobs == 1 and cluster is None:
        for part in parts:
            yield measure_chunk(docs[part[0].map], part, named)
        return
    try:
        from joblib import Parallel, delayed
    except ImportError:
        raise MissingExtra(
            "To use several processes install the extra lab: pip install 'realpolitik[lab]'."
        ) from None
    measure = measure_chunk if cluster else _measure_undisturbed
    with _backend(cluster, jobs) as settings:
        work = Parallel(**settings, return_as="generator_unordered", batch_size=1)
        try:
            yield from work(delayed(measure)(docs[part[0].map], part, named) for part in parts)
        except Exception as error:
            if type(error).__name__ in LOST:
                where = f"the cluster at {cluster}" if cluster else "a worker process"
                raise LostWorkers(f"The work was cut short: {where} was lost.") from None
            raise


@contextmanager
def _backend(cluster: str | None, jobs: int) -> Iterator[dict[str, Any]]:
    """The settings of joblib for local processes or for a Dask cluster."""
    if cluster is None:
        yield {"n_jobs": jobs}
        return
    try:
        from joblib import parallel_config

        distributed = import_module("distributed")
    except ImportError:
        raise MissingExtra(
            "To use a cluster install the extra cluster: pip install 'realpolitik[cluster]'."
        ) from None
    try:
        client = distributed.Client(cluster, timeout="5s", set_as_default=True)
    except (OSError, ValueError, TypeError):
        raise UnreachableCluster(f"No Dask cluster answers at {cluster}.") from None
    with client, parallel_config(backend="dask"):
        yield {}
