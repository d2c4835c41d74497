"""What is measured in one run. The whole report is computed from these measures."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from game.lab.conduct import Conduct
from game.lab.identification import identify
from game.lab.players.player_results import Outcome, Task
from game.lab.players.player_results import run as played
from game.lab.runs import MIXED, Run, begin, envelope, play_out
from game.lab.scorecard.ledger import ROWS
from game.lab.scorecard.waltz_rows import hegemon
from game.world.map_document import MapDoc
from game.world.world_setup import build_world

Measured = dict[str, Any]
"""The measures of a run, as JSON values."""


def worlds_needed() -> tuple[str, ...]:
    """Every world that some row needs, in a fixed order, the mixed one first."""
    needed = dict.fromkeys((MIXED, *(world for row in ROWS for world in row.worlds)))
    return tuple(needed)


def measure(doc: MapDoc, run: Run, named: bool) -> Measured:
    """Play a run and measure what the report needs.

    `named`: the user asked for this run's world by name. Doctrines are inferred ("identification")
    in the mixed world, or in the named one. For a run with a computer player, the outcome for that
    player is measured instead.
    """
    if run.player:
        return {"outcome": asdict(played(task(doc, run)))}
    conduct = Conduct(play_out(begin(doc, run), run.turns))
    rows = {
        row.id: {name: plain(value) for name, value in row.measure(conduct).items()}
        for row in ROWS
        if run.world in row.worlds
    }
    wars = sum(one.kind == "war_declared" for _, one in conduct.history.events())
    identified = named or run.world == MIXED
    return {
        "rows": rows,
        "wars": wars,
        "hegemony": bool(hegemon(conduct)),
        "identification": identify(conduct) if identified else {},
    }


def task(doc: MapDoc, run: Run) -> Task:
    """The task of a run with a computer player (see `players.player_results`)."""
    doctrines = None
    if run.world != MIXED:
        world, _ = build_world(doc)
        seats = envelope(doc, world, run)
        doctrines = {name: seat.doctrine for name, seat in seats.items() if name != run.seat}
    return Task(run.player, doc, run.seat, run.seed, None, run.turns, doctrines)


def outcome_of(measured: Measured) -> Outcome:
    """The outcome of a player's run, from its measures."""
    return Outcome(**measured["outcome"])


def plain(value: Any) -> Any:
    """A number or an array as a JSON value."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return float(value)


def measure_chunk(doc: MapDoc, runs: Sequence[Run], named: bool) -> list[tuple[Run, Measured]]:
    """Several runs on one map, measured."""
    return [(run, measure(doc, run, named)) for run in runs]


Results = Mapping[Run, Measured]
