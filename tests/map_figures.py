"""Measure the shipped maps and write the figures into the guide: `python -m tests.map_figures`.

It plays campaigns of AI states alone, and campaigns in which a fixed script leads a state, and
writes both tables into maps/README.md with what they were measured with. Results are kept as those
of `realpolitik lab` are, so that a run that was stopped goes on from where it was. All of it takes
some three hours of processor time: the map of 51 states takes half of them.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from game.history import ENGINE_REVISION
from game.inference.posterior import SURE
from game.lab import command
from game.lab.players import SCRIPTS
from game.lab.results_cache import ResultsCache, fingerprint
from game.lab.runs import MIXED, Run
from game.maps.find import shipped_ids
from game.maps.load import load_map
from game.world.map_document import MapDoc

GUIDE = Path(__file__).parents[1] / "maps" / "README.md"
CAMPAIGNS, TURNS = 40, 40
MOST_GAMES, SEATS = 10, 100
"""A script leads a state in so many campaigns at most; in fewer where a map has many states."""
EARLY = 10
"""The turn after which the inference is looked at a first time."""

Measured = Mapping[Run, Mapping[str, Any]]


def conduct_row(doc: MapDoc, measured: Measured) -> str:
    """A map's line of the table of its AI campaigns."""
    results = list(measured.values())
    turns = sum(run.turns for run in measured)
    ends = [last(found) for one in results for found in one["identification"].values()]
    early = [last(found, EARLY) for one in results for found in one["identification"].values()]
    decided = [right for right, sure in filter(None, ends) if sure >= SURE]
    cells = (
        f"`{doc.id}`",
        len(doc.states),
        len(doc.provinces),
        len(results),
        f"{sum(right for right, _ in filter(None, early)) / len(early):.2f}",
        f"{sum(right for right, _ in filter(None, ends)) / len(ends):.2f}",
        f"{len(decided) / len(ends):.2f}",
        f"**{fmean(decided):.2f}**",
        f"{100 * sum(one['wars'] for one in results) / turns:.1f}",
        f"{fmean(one['hegemony'] for one in results):.2f}",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def last(found: Mapping[str, Any], turn: int | None = None) -> tuple[bool, float] | None:
    """Whether the likeliest doctrine is the true one, and its posterior, at the end of `turn`.

    None if nothing was chosen until then, so that nothing is known.
    """
    turns = [int(one) for one in found["by_turn"] if turn is None or int(one) <= turn]
    if not turns:
        return None
    best, sure, _ = found["by_turn"][str(max(turns))]
    return best == found["doctrine"], sure


def script_row(doc: MapDoc, measured: Measured) -> str:
    """A map's line of the table of scripts: the mean score of each."""
    means = {
        name: fmean(one["outcome"]["score"] for run, one in measured.items() if run.player == name)
        for name in SCRIPTS
    }
    (seat,) = {run.seat for run in measured}
    games = len(measured) // len(SCRIPTS)
    scores = (f"{score:.0f}" for score in means.values())
    cells = (f"`{doc.id}`", doc.states[seat].name, str(games), *scores)
    return "| " + " | ".join(cells) + " |"


def measured(
    doc: MapDoc, folder: Path, runs: int, turns: int | None, players: Sequence[str]
) -> Any:
    """The results of campaigns, of which those that are in the folder are not played again."""
    path = folder / f"{doc.id}{'-scripts' if players else ''}.jsonl"
    command.run([doc], runs=runs, turns=turns, doctrines=MIXED, players=players, results_path=path)
    with ResultsCache(path, fingerprint({doc.id: doc}, named=True)) as cache:
        wanted = turns or doc.calendar.turns
        return {
            run: one
            for run, one in cache.results.items()
            if run.seed <= runs and run.turns == wanted
        }


def games_on(doc: MapDoc) -> int:
    """How many campaigns each script leads a state in."""
    return max(2, min(MOST_GAMES, SEATS // len(doc.states)))


def tables(folder: Path, runs: int, turns: int) -> str:
    """Both tables, with what they were measured with."""
    docs = [load_map(name) for name in shipped_ids()]
    conduct = [conduct_row(doc, measured(doc, folder, runs, turns, ())) for doc in docs]
    scripts = [
        script_row(doc, measured(doc, folder, games_on(doc), None, ["scripts"])) for doc in docs
    ]
    return "\n".join(
        [
            f"Of {runs} campaigns of {turns} turns on each map, AI states alone, engine revision"
            f" {ENGINE_REVISION}:",
            "",
            f"| map | states | provinces | campaigns | named rightly at turn {EARLY} | at the end"
            " | decided | rightly, of the decided | wars in 100 turns | hegemony |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *conduct,
            "",
            "Mean score, 0 to 100 and without insight, of campaigns of the map's own length in"
            " which a script leads the first great power:",
            "",
            "| map | leads | campaigns | " + " | ".join(SCRIPTS) + " |",
            "|---|---|---" + "|---" * len(SCRIPTS) + "|",
            *scripts,
        ]
    )


def main() -> None:
    """Measure, and write the tables into the guide."""
    parser = argparse.ArgumentParser(prog="python -m tests.map_figures", description=__doc__)
    parser.add_argument("--runs", type=int, default=CAMPAIGNS)
    parser.add_argument("--turns", type=int, default=TURNS)
    default = Path(tempfile.gettempdir()) / "realpolitik-map-figures"
    parser.add_argument("--results", type=Path, default=default, help="folder of what is measured")
    given = parser.parse_args()
    made = tables(given.results, given.runs, given.turns)
    text = GUIDE.read_text("utf-8")
    before, begin, rest = text.partition("<!-- figures -->\n")
    _, end, after = rest.partition("<!-- end of figures -->")
    GUIDE.write_text(f"{before}{begin}{made}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    main()
