"""What `realpolitik lab` does: list the runs, play them in parallel, judge the results."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from game.campaign import Campaign, Refused
from game.lab.lab_report import report
from game.lab.parallel import LostWorkers, Progress, run_in_parallel
from game.lab.players import FAMILIES, NAMES, SCRIPTS
from game.lab.results_cache import ResultsCache, fingerprint
from game.lab.run_measures import worlds_needed
from game.lab.runs import MIXED, Run, world_named
from game.messages import PlayerMessage
from game.world.map_document import MapDoc

SoFar = Callable[[dict[str, Any]], None]
"""Called with a report of the campaigns finished so far."""
FIRST_REPORT, BETWEEN_REPORTS = 3.0, 4.0
"""Seconds until the first interim report, and the least time between two of them."""
REPORTS_COST = 12
"""The time between two interim reports is at least this many times what making one took."""


class WrongUse(PlayerMessage):
    """The laboratory cannot do what was asked."""

    status = 2


class NotEnough(WrongUse):
    """A number of runs, turns or processes is below 1."""


class SameMap(WrongUse):
    """Two of the maps have the same id."""


class UnknownPlayer(WrongUse):
    """There is no such computer player."""


class UnknownSeat(WrongUse):
    """A state that no player can lead."""


class Lost(PlayerMessage):
    """Worker processes died; the sentence says how many results are saved."""


class Cancelled(PlayerMessage):
    """Cancelled by the user; the sentence says how many results are saved."""

    status = 130


def run(
    maps: Sequence[MapDoc],
    *,
    runs: int = 20,
    turns: int | None = None,
    seed: int = 1,
    doctrines: str | None = None,
    players: Sequence[str] = (),
    seat: str | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    results_path: Path | None = None,
    progress: Progress | None = None,
    so_far: SoFar | None = None,
) -> dict[str, Any]:
    """Play and judge many campaigns. Returns the report of `lab --json`.

    `runs` campaigns are played for each map and each world, with the seeds `seed`, `seed` + 1, and
    so on. `doctrines` names the one world to play (default: every world that a row needs). With
    `players`, computer players lead a state: each of them on every map with the same seeds, in
    `seat` or else as the map's first great power, in the world that `doctrines` names (default:
    the mixed one).

    Results are appended to the file `results_path` as they arrive (default: a file in the user's
    cache folder); the same call later continues from it. `so_far` is called now and then with a
    report of the campaigns that are finished.

    Raises NotEnough, SameMap, UnknownPlayer, UnknownSeat, `runs.UnknownWorld`,
    `parallel.MissingExtra`, `parallel.UnreachableCluster`, `results_cache.CannotKeep`, Lost, or
    Cancelled.
    """
    begun = time.monotonic()
    for name, value in (("--runs", runs), ("--turns", turns), ("--jobs", jobs)):
        if value is not None and value < 1:
            raise NotEnough(f"{name} must be at least 1.")
    docs = _by_id(maps)
    world = world_named(doctrines, docs) if doctrines is not None else None
    chosen = players_named(players)
    if seat is not None and not chosen:
        raise UnknownSeat("--as names whom a --player leads; name a player too.")
    worlds = (world,) if world is not None else (MIXED,) if chosen else worlds_needed()
    seats = {name: seat_on(doc, seat) if chosen else "" for name, doc in docs.items()}
    planned = [
        Run(name, world_of_run, seed + number, turns or doc.calendar.turns, player, seats[name])
        for number in range(runs)
        for name, doc in docs.items()
        for world_of_run in worlds
        for player in chosen or ("",)
    ]
    named = world is not None
    mark = fingerprint(docs, named)
    path = results_path or _folder() / f"{'+'.join(docs)}.jsonl"
    with ResultsCache(path, mark) as results:
        watch = _Watch(results, planned, world, begun, progress, so_far)
        try:
            run_in_parallel(
                planned,
                docs,
                results,
                named=named,
                jobs=jobs,
                cluster=cluster,
                progress=watch.on_progress,
            )
        except KeyboardInterrupt:
            raise Cancelled(f"Stopped: {_how_many_finished(results, planned)}") from None
        except LostWorkers as lost:
            raise Lost(
                f"{str(lost).removesuffix('.')}; {_how_many_finished(results, planned)}"
            ) from None
        return report(results.results, planned, world=world, seconds=time.monotonic() - begun)


def _how_many_finished(results: ResultsCache, planned: Sequence[Run]) -> str:
    """How many of the runs are finished, as the end of a sentence for the user."""
    """How many of the runs are finished, as the end of a sentence for the user."""
    done = sum(one in results.results for one in planned)
    return (
        f"{done} of {len(planned)} campaigns are finished and kept, and the same command goes on "
        "from there."
    )


def players_named(names: Sequence[str]) -> tuple[str, ...]:
    """The computer players of some names, each once, in a fixed order.

    "planner" means every planner that does not look ahead, "ahead" every one that does, "scripts"
    every fixed script, "all" the scripts and "planner". Raises UnknownPlayer.
    """
    planners, scripts = FAMILIES["planner"], tuple(SCRIPTS)
    groups = {**FAMILIES, "scripts": scripts, "all": (*scripts, *planners)}
    found: set[str] = set()
    for name in names:
        if name not in NAMES and name not in groups:
            known = ", ".join((*NAMES, *groups))
            raise UnknownPlayer(f"There is no player {name!r}; choose of {known}.")
        found.update(groups.get(name, (name,)))
    return tuple(name for name in NAMES if name in found)


def seat_on(doc: MapDoc, state: str | None) -> str:
    """The state that a computer player leads: `state`, or the map's first great power.

    Raises UnknownSeat.
    """
    try:
        campaign = Campaign.new(doc, player=state, seed=0)
    except Refused as refused:
        raise UnknownSeat(f"{doc.id}: {refused}") from None
    return state or next(one.id for one in campaign.world.states if one.great)


class _Watch:
    """Reports progress after each chunk, and makes an interim report now and then."""

    def __init__(
        self,
        results: ResultsCache,
        planned: Sequence[Run],
        world: str | None,
        begun: float,
        progress: Progress | None,
        so_far: SoFar | None,
    ) -> None:
        self.results, self.planned, self.world, self.begun = results, planned, world, begun
        self.progress, self.so_far = progress, so_far
        self.next = begun + FIRST_REPORT

    def on_progress(self, done: int, total: int, left: float) -> None:
        """Called when a chunk is finished; `left` is the time left in seconds."""
        if self.progress is not None:
            self.progress(done, total, left)
        now = time.monotonic()
        if self.so_far is None or now < self.next or done == total:
            return
        finished = [run for run in self.planned if run in self.results.results]
        passed = now - self.begun
        self.so_far(report(self.results.results, finished, world=self.world, seconds=passed))
        took = time.monotonic() - now
        self.next = now + took + max(BETWEEN_REPORTS, REPORTS_COST * took)


def _folder() -> Path:
    """The folder of results: in the user's cache; in the temporary folder if that fails."""
    folder = user_cache_path("realpolitik") / "lab"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir()) / "realpolitik-lab"
    return folder


def _by_id(maps: Sequence[MapDoc]) -> dict[str, MapDoc]:
    docs: dict[str, MapDoc] = {}
    for doc in maps:
        if doc.id in docs:
            raise SameMap(f"Two of the maps have the id {doc.id}; give each map once.")
        docs[doc.id] = doc
    return docs
