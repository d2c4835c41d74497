"""One run measured: what is kept of a campaign. Everything in the report is made of these."""

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
"""What is kept of a run, in JSON's own types."""


def worlds_needed() -> tuple[str, ...]:
    """Every world that some row needs, in a fixed order; the mixed one first."""
    needed = dict.fromkeys((MIXED, *(world for row in ROWS for world in row.worlds)))
    return tuple(needed)


def measure(doc: MapDoc, run: Run, named: bool) -> Measured:
    """Play a run and keep what the report needs. `named`: its world is the one asked for.

    Identification is computed in the mixed world, or in the named one. Of a run with a computer
    player in a seat, what it came to is kept instead.
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
    """A run with a computer player, as the players' own measure has it."""
    doctrines = None
    if run.world != MIXED:
        world, _ = build_world(doc)
        seats = envelope(doc, world, run)
        doctrines = {name: seat.doctrine for name, seat in seats.items() if name != run.seat}
    return Task(run.player, doc, run.seat, run.seed, None, run.turns, doctrines)


def outcome_of(measured: Measured) -> Outcome:
    """What a player's run came to, as it was before it was kept."""
    return Outcome(**measured["outcome"])


def plain(value: Any) -> Any:
    """A number or an array as JSON has it."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return float(value)


def measure_chunk(doc: MapDoc, runs: Sequence[Run], named: bool) -> list[tuple[Run, Measured]]:
    """Several runs on one map, measured."""
    return [(run, measure(doc, run, named)) for run in runs]


Results = Mapping[Run, Measured]
