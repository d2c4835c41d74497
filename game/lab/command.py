"""What `realpolitik lab` does: plan the runs, spread them, judge them, and lay out the table."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from game.lab.kept import Kept, fingerprint
from game.lab.measure import worlds_needed
from game.lab.report import report
from game.lab.runs import Run, world_named
from game.lab.spread import Progress, spread
from game.world.mapdoc import MapDoc

PAGE = 140
"""Columns of the table in a file."""


class NotEnough(ValueError):  # noqa: N818 (a wrong figure of the user's, told in one sentence)
    """A figure that is too small; the text is one sentence."""


class SameMap(ValueError):  # noqa: N818 (told in one sentence)
    """Two maps of the same id; the text is one sentence."""


class Cancelled(KeyboardInterrupt):
    """Cancelled by the user; the text is one sentence that says what is kept."""


def run(
    maps: Sequence[MapDoc],
    *,
    runs: int = 20,
    turns: int | None = None,
    seed: int = 1,
    doctrines: str | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    kept: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Play and judge many campaigns; the report of `lab --json`.

    `runs` campaigns for each map and world, seeds from `seed` on. `kept` is the file that results
    are written to as they arrive (default: in the user's cache); the same call goes on from there.
    Raises NotEnough, SameMap, `runs.UnknownWorld`, `spread.NoSpreading`,
    `spread.UnreachableCluster`, `kept.CannotKeep`, or Cancelled.
    """
    begun = time.monotonic()
    for name, value in (("--runs", runs), ("--turns", turns), ("--jobs", jobs)):
        if value is not None and value < 1:
            raise NotEnough(f"{name} must be at least 1.")
    docs = _by_id(maps)
    world = world_named(doctrines, docs) if doctrines is not None else None
    worlds = (world,) if world is not None else worlds_needed()
    planned = [
        Run(name, of, seed + number, turns or doc.calendar.turns)
        for number in range(runs)
        for name, doc in docs.items()
        for of in worlds
    ]
    named = world is not None
    mark = fingerprint(docs, named)
    path = kept or _folder() / f"{'+'.join(docs)}.jsonl"
    with Kept(path, mark) as results:
        try:
            spread(
                planned,
                docs,
                results,
                named=named,
                jobs=jobs,
                cluster=cluster,
                progress=progress,
            )
        except KeyboardInterrupt:
            done = sum(one in results.results for one in planned)
            raise Cancelled(
                f"Stopped: {done} of {len(planned)} campaigns are finished and kept, and the same "
                "command goes on from there."
            ) from None
        return report(results.results, planned, world=world, seconds=time.monotonic() - begun)


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


def table(told: dict[str, Any]) -> RenderableType:
    """The report as a table for a terminal."""
    card = Table(title="The scorecard", title_justify="left", expand=False)
    for heading in ("id", "holds", "figure", "interval", "n", "kind", "expected"):
        right = heading in ("figure", "interval", "n")
        card.add_column(heading, justify="right" if right else "left", no_wrap=right)
    for row in told["scorecard"]:
        card.add_row(
            row["id"],
            {True: "yes", False: "NO", None: "-"}[row["holds"]],
            _number(row["figure"]),
            f"{_number(row['low'])} .. {_number(row['high'])}",
            str(row["n"]),
            row["kind"],
            Text(row["expected"]),
        )
        for part in row["parts"][1:]:
            if part["holds"] is False:
                card.add_row(
                    "",
                    "NO",
                    _number(part["figure"]),
                    f"{_number(part['low'])} .. {_number(part['high'])}",
                    "",
                    "",
                    Text(part["name"]),
                )
    shown = told["identification"]
    held = sum(row["holds"] is True for row in told["scorecard"])
    lines = [
        f"{held} of {len(told['scorecard'])} rows hold.",
        f"Identification: accuracy {_number(shown['accuracy'])}, Brier {_number(shown['brier'])}, "
        f"calibration error {_number(shown['ece'])}.",
        f"Wars in 100 turns {_number(told['wars_per_100_turns'])}, "
        f"hegemony {_number(told['hegemony_rate'])}, {told['seconds']:.0f} seconds.",
    ]
    return Group(card, *(Text(line) for line in lines))


def text(told: dict[str, Any]) -> str:
    """The table as text: as wide as the terminal, or wide enough for a file."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PAGE)
    with console.capture() as captured:
        console.print(table(told))
    return captured.get().rstrip("\n")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
