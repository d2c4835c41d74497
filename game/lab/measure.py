"""One run measured: what is kept of a campaign. Everything in the report is made of these."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from game.lab.conduct import Conduct
from game.lab.identify import identify
from game.lab.runs import MIXED, Run, begin, play_out
from game.lab.scorecard.ledger import ROWS
from game.lab.scorecard.waltz import hegemon
from game.world.mapdoc import MapDoc

Measured = dict[str, Any]
"""What is kept of a run, in JSON's own types."""


def worlds_needed() -> tuple[str, ...]:
    """Every world that some row needs, in a fixed order; the mixed one first."""
    needed = dict.fromkeys((MIXED, *(world for row in ROWS for world in row.worlds)))
    return tuple(needed)


def measure(doc: MapDoc, run: Run, named: bool) -> Measured:
    """Play a run and keep what the report needs. `named`: its world is the one asked for.

    Identification is computed in the mixed world, or in the named one.
    """
    conduct = Conduct(play_out(begin(doc, run), run.turns))
    rows = {
        row.id: {name: plain(value) for name, value in row.measure(conduct).items()}
        for row in ROWS
        if run.world in row.worlds
    }
    wars = sum(one.kind == "war_declared" for _, one in conduct.history.events())
    told = named or run.world == MIXED
    return {
        "rows": rows,
        "wars": wars,
        "hegemony": bool(hegemon(conduct)),
        "identification": identify(conduct) if told else {},
    }


def plain(value: Any) -> Any:
    """A number or an array as JSON has it."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return float(value)


def measure_chunk(doc: MapDoc, runs: Sequence[Run], named: bool) -> list[tuple[Run, Measured]]:
    """Several runs on one map, measured."""
    return [(run, measure(doc, run, named)) for run in runs]


Results = Mapping[Run, Measured]
