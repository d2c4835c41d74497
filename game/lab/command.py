"""What `realpolitik lab` does: plan the runs, spread them, judge them."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from game.campaign import Campaign, Refused
from game.lab.lab_report import report
from game.lab.parallel import LostWorkers, Progress, run_in_parallel
from game.lab.players import NAMES, SCRIPTS, TOLD
from game.lab.results_cache import ResultsCache, fingerprint
from game.lab.run_measures import worlds_needed
from game.lab.runs import MIXED, Run, world_named
from game.messages import PlayerMessage
from game.world.map_document import MapDoc

SoFar = Callable[[dict[str, Any]], None]
"""Called with a report of the campaigns finished so far."""
FIRST_REPORT, BETWEEN_REPORTS = 3.0, 4.0
"""Seconds to the first report of what is finished, and at least between two."""
REPORTS_COST = 12
"""How many times as long as a report took until the next."""


class WrongUse(PlayerMessage):
    """What was asked for cannot be."""

    status = 2


class NotEnough(WrongUse):
    """A figure that is too small."""


class SameMap(WrongUse):
    """Two maps of the same id."""


class UnknownPlayer(WrongUse):
    """There is no such computer player."""


class UnknownSeat(WrongUse):
    """A state that no player can lead."""


class Lost(PlayerMessage):
    """Workers are gone; the sentence says what is kept."""


class Cancelled(PlayerMessage):
    """Cancelled by the user; the sentence says what is kept."""

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
    kept: Path | None = None,
    progress: Progress | None = None,
    so_far: SoFar | None = None,
) -> dict[str, Any]:
    """Play and judge many campaigns; the report of `lab --json`.

    `runs` campaigns for each map and world, seeds from `seed` on. With `players` it is they who
    play, each on every map with the same seeds, in `seat` or in each map's first great power, among
    rivals of the world named (default: mixed). `kept` is the file that results are written to as
    they arrive (default: in the user's cache); the same call goes on from there. `so_far` is handed
    a report of what is finished now and then.
    Raises NotEnough, SameMap, UnknownPlayer, UnknownSeat, `runs.UnknownWorld`,
    `spread.NoSpreading`, `spread.UnreachableCluster`, `kept.CannotKeep`, Lost, or Cancelled.
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
        Run(name, of, seed + number, turns or doc.calendar.turns, player, seats[name])
        for number in range(runs)
        for name, doc in docs.items()
        for of in worlds
        for player in chosen or ("",)
    ]
    named = world is not None
    mark = fingerprint(docs, named)
    path = kept or _folder() / f"{'+'.join(docs)}.jsonl"
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
            raise Cancelled(f"Stopped: {_kept(results, planned)}") from None
        except LostWorkers as lost:
            raise Lost(f"{str(lost).removesuffix('.')}; {_kept(results, planned)}") from None
        return report(results.results, planned, world=world, seconds=time.monotonic() - begun)


def _kept(results: ResultsCache, planned: Sequence[Run]) -> str:
    done = sum(one in results.results for one in planned)
    return (
        f"{done} of {len(planned)} campaigns are finished and kept, and the same command goes on "
        "from there."
    )


def players_named(names: Sequence[str]) -> tuple[str, ...]:
    """The computer players of some names, each once, in a fixed order.

    "planner" stands for all that plan, "scripts" for all fixed scripts, "all" for both. Raises
    UnknownPlayer.
    """
    groups = {"planner": tuple(TOLD), "scripts": tuple(SCRIPTS), "all": NAMES}
    found: set[str] = set()
    for name in names:
        if name not in NAMES and name not in groups:
            known = ", ".join((*NAMES, *groups))
            raise UnknownPlayer(f"There is no player {name!r}; choose of {known}.")
        found.update(groups.get(name, (name,)))
    return tuple(name for name in NAMES if name in found)


def seat_on(doc: MapDoc, state: str | None) -> str:
    """Whom a computer player leads: a state that is named, or the map's first great power.

    Raises UnknownSeat.
    """
    try:
        campaign = Campaign.new(doc, player=state, seed=0)
    except Refused as refused:
        raise UnknownSeat(f"{doc.id}: {refused}") from None
    return state or next(one.id for one in campaign.world.states if one.great)


class _Watch:
    """Tells how far the runs are, and, now and then, what they show so far."""

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
        """Some runs are finished."""
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
    """Where results are kept: the user's cache, or where that cannot be, the temporary folder."""
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
