"""From the sums of campaigns to judged rows: supported, contradicted or undetermined.

Campaigns are the units that are drawn (a cluster bootstrap), for what happens within one campaign
hangs together. A row's verdict follows from its interval and its bounds alone. What does not
survive a correction for the number of rows, or rests on too few campaigns, is undetermined.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from game.lab.runs import Run
from game.lab.scorecard.row import Part, Row
from game.lab.scorecard.verdicts import HOLDS, LEVEL, Verdict, corrected, decide
from game.world.sight import Floats

SAMPLES = 2_000
"""The number of samples of the bootstrap."""
FEW_CAMPAIGNS, FEW_IN_A_WORLD = 10, 5
"""Fewer campaigns with cases, or fewer of a world that a row needs, make no interval to trust:
resampling so few understates the spread (Cameron, Gelbach & Miller 2008)."""
RULE_OF_THREE = 3.0
"""Where something happened in no campaign of n (or in all), the interval of its rate reaches so
much over n to either side: it may still happen in 3 of n (Hanley & Lippman-Hand 1983)."""

Measures = Mapping[Run, Mapping[str, Mapping[str, Any]]]
"""Run -> row id -> its named sums."""


def judge(row: Row, measures: Measures) -> dict[str, Any]:
    """A row of the report (DESIGN section 6): its figure, its interval, and its verdict.

    `verdict` is None if a world that the row needs was not run. `holds` says the same as true,
    false or null (undetermined, or not run). `p_supported` is the chance of such figures if the
    claim were true by no more than its bound; `p_contradicted` if it were false by no more. Neither
    is corrected for the number of rows (`scorecard`).
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
        "verdict": None,
        "n": 0,
        "campaigns": 0,
        "kind": row.kind,
        "null": row.null,
        "smallest": row.smallest,
        "worlds": list(row.worlds),
        "warning": "",
        "p_supported": None,
        "p_contradicted": None,
        "by_map": {},
        "parts": [],
    }
    if any(not runs for runs in by_world.values()):
        return entry
    sums = {world: _sums(row, runs, measures) for world, runs in by_world.items()}
    entry["n"] = int(sum(float(one[row.count][0]) for one in sums.values()))
    every = [run for runs in by_world.values() for run in runs]
    fewest = min(map(len, by_world.values()))
    entry["campaigns"] = sum(float(measures[run][row.id][row.count]) > 0 for run in every)
    with np.errstate(all="ignore"):
        judged = [_part(part, part.figure(sums), fewest) for part in row.parts]
    entry["parts"] = [shown for shown, _, _ in judged]
    first = entry["parts"][0]
    entry.update(figure=first["figure"], low=first["low"], high=first["high"])
    entry["by_map"] = _by_map(row, by_world, measures)
    bounded = [one for one, part in zip(judged, row.parts, strict=True) if not part.reported]
    if not row.exact:
        entry["p_supported"] = round(max(right for _, right, _ in bounded), 5)
        wrong = min(wrong for _, _, wrong in bounded) * len(bounded)
        entry["p_contradicted"] = round(min(1.0, wrong), 5)
    entry["warning"] = _warning(row, entry["campaigns"], fewest)
    decide(entry, "undetermined" if entry["warning"] else _together(entry["parts"]))
    return entry


def _warning(row: Row, campaigns: int, fewest: int) -> str:
    """Why a row's interval is not to be trusted, in a sentence; empty if it is.

    `campaigns` have a case; `fewest` were run of some world.
    """
    if row.exact or (campaigns >= FEW_CAMPAIGNS and fewest >= FEW_IN_A_WORLD):
        return ""
    if campaigns < FEW_CAMPAIGNS:
        return f"Only {campaigns} of the campaigns have a case: too few for an interval to trust."
    return f"Only {fewest} campaigns of a world: too few for an interval to trust."


def _together(parts: Sequence[Mapping[str, Any]]) -> Verdict:
    """A row is contradicted by one part, and supported by all of them."""
    found = [part["verdict"] for part in parts if part["verdict"] is not None]
    if "contradicted" in found:
        return "contradicted"
    return "undetermined" if "undetermined" in found else "supported"


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


def _part(part: Part, values: Floats, campaigns: int) -> tuple[dict[str, Any], float, float]:
    """A part of the report, and the chances that it is wrongly supported, or contradicted.

    `values` are its figure and those of the bootstrap's samples: [1 + sample]. `campaigns` is the
    least number of them in a world that the row needs.
    """
    values = np.asarray(values, dtype=np.float64)
    figure = float(values[0])
    samples = values[1:][np.isfinite(values[1:])]
    result: dict[str, Any] = {
        "name": part.name,
        "figure": round(figure, 4) if np.isfinite(figure) else None,
        "low": None,
        "high": None,
        "at_least": float(part.at_least) if np.isfinite(part.at_least) else None,
        "at_most": float(part.at_most) if np.isfinite(part.at_most) else None,
        "holds": None,
        "verdict": None if part.reported else "undetermined",
    }
    if not np.isfinite(figure) or len(samples) < SAMPLES // 2:
        return result, 1.0, 1.0
    if part.seldom and float(np.ptp(samples)) < 1e-12:
        reach = RULE_OF_THREE / campaigns
        samples = figure + reach * np.linspace(-1.0, 1.0, SAMPLES)
    tail = 100 * (1 - LEVEL) / 2
    low, high = (float(end) for end in np.percentile(samples, (tail, 100 - tail)))
    result.update(low=round(low, 4), high=round(high, 4))
    if part.reported:
        return result, 1.0, 1.0
    if low >= part.at_least and high <= part.at_most:
        result["verdict"] = "supported"
    elif high < part.at_least or low > part.at_most:
        result["verdict"] = "contradicted"
    result["holds"] = HOLDS[result["verdict"]]
    sides = int(np.isfinite(part.at_least)) + int(np.isfinite(part.at_most))
    beyond = max(int((samples < part.at_least).sum()), int((samples > part.at_most).sum()))
    right = (1 + beyond) / (1 + len(samples))
    wrong = min(1.0, sides * (1 + len(samples) - beyond) / (1 + len(samples)))
    return result, right, wrong


def scorecard(rows: Iterable[Row], measures: Measures) -> list[dict[str, Any]]:
    """All rows judged, in the ledger's order, with a correction for their number."""
    return corrected([judge(row, measures) for row in rows])
