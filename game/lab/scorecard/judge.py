"""From the sums of campaigns to judged rows, with a bootstrap over campaigns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from game.lab.runs import Run
from game.lab.scorecard.row import Part, Row
from game.world.sight import Floats

SAMPLES = 400
"""The number of samples of the bootstrap."""
LEVEL = 0.95
"""The confidence level of the intervals, 0 to 1."""

Measures = Mapping[Run, Mapping[str, Mapping[str, Any]]]
"""Run -> row id -> its named sums."""


def judge(row: Row, measures: Measures) -> dict[str, Any]:
    """A row of the report (DESIGN section 6): its figure, its interval, and whether it holds.

    `holds` is None if a world that the row needs was not run.
    """
    by_world: dict[str, list[Run]] = {world: [] for world in row.worlds}
    for run in sorted(measures):
        if run.world in by_world and row.id in measures[run]:
            by_world[run.world].append(run)
    entry: dict[str, Any] = {
        "id": row.id,
        "claim": row.claim,
        "figure": None,
        "low": None,
        "high": None,
        "expected": row.expected,
        "holds": None,
        "n": 0,
        "kind": row.kind,
        "null": row.null,
        "smallest": row.smallest,
        "worlds": list(row.worlds),
        "by_map": {},
        "parts": [],
    }
    if any(not runs for runs in by_world.values()):
        return entry
    sums = {world: _sums(row, runs, measures) for world, runs in by_world.items()}
    entry["n"] = int(sum(float(one[row.count][0]) for one in sums.values()))
    with np.errstate(all="ignore"):
        entry["parts"] = [_part(part, part.figure(sums)) for part in row.parts]
    first = entry["parts"][0]
    entry.update(figure=first["figure"], low=first["low"], high=first["high"])
    entry["by_map"] = _by_map(row, by_world, measures)
    entry["holds"] = all(part["holds"] for part in entry["parts"] if part["holds"] is not None)
    return entry


def _by_map(
    row: Row, by_world: Mapping[str, Sequence[Run]], measures: Measures
) -> dict[str, float | None]:
    """Map -> the row's figure, for maps on which every world it needs was run."""
    result: dict[str, float | None] = {}
    for map in sorted({run.map for runs in by_world.values() for run in runs}):
        own = {world: [run for run in runs if run.map == map] for world, runs in by_world.items()}
        if all(own.values()):
            sums = {world: _sums(row, runs, measures, samples=0) for world, runs in own.items()}
            with np.errstate(all="ignore"):
                figure = float(row.parts[0].figure(sums)[0])
            result[map] = round(figure, 4) if np.isfinite(figure) else None
    return result


def _sums(
    row: Row, runs: Sequence[Run], measures: Measures, samples: int = SAMPLES
) -> dict[str, Floats]:
    """The sums of a world: [1 + sample, ...].

    The first entry sums all campaigns; the others sum bootstrap samples, drawn within each map.
    """
    weights = np.ones((1, len(runs)))
    if samples:
        weights = np.vstack([weights, _draws([run.map for run in runs], row.id, samples)])
    result = {}
    for name in measures[runs[0]][row.id]:
        values = np.array([measures[run][row.id][name] for run in runs], dtype=np.float64)
        result[name] = np.tensordot(weights, values, axes=1)
    return result


def _draws(maps: Sequence[str], key: str, samples: int) -> Floats:
    """How often each campaign is drawn in each sample: [sample, campaign]."""
    random = np.random.default_rng([len(maps), *key.encode()])
    counts = np.zeros((samples, len(maps)))
    for map in dict.fromkeys(maps):
        indices = np.array(
            [index for index, map_of_campaign in enumerate(maps) if map_of_campaign == map]
        )
        counts[:, indices] = random.multinomial(
            len(indices), np.full(len(indices), 1 / len(indices)), size=samples
        )
    return counts


def _part(part: Part, values: Floats) -> dict[str, Any]:
    """The entry of a part in the report: figure, interval, and whether it holds."""
    values = np.asarray(values, dtype=np.float64)
    figure = float(values[0])
    samples = values[1:][np.isfinite(values[1:])]
    result: dict[str, Any] = {
        "name": part.name,
        "figure": None,
        "low": None,
        "high": None,
        "at_least": float(part.at_least) if np.isfinite(part.at_least) else None,
        "at_most": float(part.at_most) if np.isfinite(part.at_most) else None,
        "holds": None if part.reported else False,
    }
    if not np.isfinite(figure):
        return result
    result["figure"] = round(figure, 4)
    if len(samples) < SAMPLES // 2:
        return result
    tail = 100 * (1 - LEVEL) / 2
    low, high = (float(end) for end in np.percentile(samples, (tail, 100 - tail)))
    result.update(low=round(low, 4), high=round(high, 4))
    if not part.reported:
        result["holds"] = bool(low >= part.at_least and high <= part.at_most)
    return result


def scorecard(rows: Iterable[Row], measures: Measures) -> list[dict[str, Any]]:
    """All rows judged, in the ledger's order."""
    return [judge(row, measures) for row in rows]
