"""The report of the laboratory (DESIGN section 6, `lab --json`), from the results of its runs."""

from collections.abc import Sequence
from typing import Any

from game.lab.identification import identification
from game.lab.players.player_rows import game_rows, players_table
from game.lab.published_figures import PUBLISHED
from game.lab.run_measures import Results, outcome_of
from game.lab.runs import MIXED, Run
from game.lab.scorecard.judge import scorecard
from game.lab.scorecard.ledger import ROWS
from game.lab.scorecard.verdicts import by_chance, tally


def report(
    results: Results, runs: Sequence[Run], *, world: str | None, seconds: float
) -> dict[str, Any]:
    """The report. `world` is the world that was asked for, None if all that rows need.

    The figures at its top are those of `world`, or else of the mixed world, from campaigns without
    a computer player. The same runs give the same report byte by byte, except for `seconds`.
    """
    asked = set(runs)
    chosen = {run: results[run] for run in sorted(results) if run in asked and not run.player}
    games = {
        run: outcome_of(results[run]) for run in sorted(results) if run in asked and run.player
    }
    top = [measured for run, measured in chosen.items() if run.world == (world or MIXED)]
    turns = sum(run.turns for run in chosen if run.world == (world or MIXED))
    rows = (
        *scorecard(ROWS, {run: measured["rows"] for run, measured in chosen.items()}),
        *game_rows(games),
    )
    return {
        "runs": len({run.seed for run in asked}),
        "turns": runs[0].turns if len({run.turns for run in asked}) == 1 else None,
        "identification": identification([measured["identification"] for measured in top]),
        "scorecard": [{**row, "published": PUBLISHED.get(row["id"])} for row in rows],
        "verdicts": tally(rows),
        "by_chance": by_chance(rows),
        "wars_per_100_turns": _rate([measured["wars"] for measured in top], turns, 100),
        "hegemony_rate": _rate([measured["hegemony"] for measured in top], len(top), 1),
        "seconds": round(seconds, 2),
        "worlds": _by_world(chosen),
        "players": players_table(games),
    }


def _rate(counts: Sequence[float], of: int, per: int) -> float | None:
    return round(per * sum(counts) / of, 4) if of else None


def _by_world(results: Results) -> dict[str, Any]:
    """World -> how many wars there were, and how often a hegemon."""
    result = {}
    for world in dict.fromkeys(run.world for run in results):
        own = {run: measured for run, measured in results.items() if run.world == world}
        turns = sum(run.turns for run in own)
        result[world] = {
            "campaigns": len(own),
            "wars_per_100_turns": _rate([one["wars"] for one in own.values()], turns, 100),
            "hegemony_rate": _rate([one["hegemony"] for one in own.values()], len(own), 1),
        }
    return result
