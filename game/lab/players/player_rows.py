"""Rows G1 to G4, about the game: does a player gain by knowing what its rivals fear (RULES, 5)?

Two computer players are compared in the same seat of the same map with the same seed. The rivals
and the dice are then the same, and only what the player assumes differs. Scores are without
insight, because insight would reward the assumption itself.
"""

from collections.abc import Mapping, Sequence
from math import fsum, inf, sqrt
from typing import Any

from game.lab.conduct import Conduct
from game.lab.players import NAMES, READER, SCRIPTS
from game.lab.players.player_results import Outcome, table
from game.lab.runs import Run
from game.lab.scorecard.judge import judge
from game.lab.scorecard.row import Measured, Part, Row
from game.lab.scorecard.shared_figures import mean_of
from game.lab.scorecard.verdicts import corrected

TRUE, EVEN, INVERTED = "planner-true", "planner-even", "planner-inverted"
G1_POINTS, G2_POINTS = 8.0, 4.0
"""The smallest effects that count, in points of score."""
G3_POINTS = G1_POINTS / 2
"""What it is worth to infer what one is not told: half of knowing it."""
BELOW_TRUE = 10.0
"""By how many points every script should stay below the planner that knows."""

NULLS = {
    EVEN: "the planner told 50/50",
    INVERTED: "the planner told the opposite",
}
"""Planner -> what is said of who is compared with it."""

Outcomes = Mapping[Run, Outcome]
Pairs = Mapping[Run, float]
"""Pair, a run without its player -> the first player's score less the second's."""


def _nobody(_conduct: Conduct) -> Measured:
    """These rows measure nothing in a campaign without a player."""
    return {"n": 0.0, "gap": 0.0}


def _row(id: str, claim: str, null: str, expected: str, bounds: Part, pairs: Pairs) -> Row:
    return Row(
        id=id,
        claim=claim,
        kind="game",
        null=null,
        expected=expected,
        worlds=tuple(dict.fromkeys(run.world for run in pairs)),
        measure=_nobody,
        count="n",
        parts=(bounds,),
    )


def _points(least: float = -inf, most: float = inf) -> Part:
    """The mean difference pair by pair, and where it must lie, in points of score."""
    return Part("points of score, pair by pair", mean_of("gap"), at_least=least, at_most=most)


def game_rows(outcomes: Outcomes) -> list[dict[str, Any]]:
    """G1 to G4 judged, each if both of its players were run.

    Each has the standard error of its figure as `error`, and who was compared as `players`.
    """
    compared = [
        ("G1", TRUE, EVEN, "who knows the doctrines beats who guesses", G1_POINTS),
        ("G2", EVEN, INVERTED, "who guesses beats who is wrong", G2_POINTS),
        ("G3", READER, EVEN, "who reads the evidence beats who guesses", G3_POINTS),
    ]
    rows = []
    for id, first, second, claim, least in compared:
        if pairs := _pairs(outcomes, first, second):
            expected = f"at least {least:g} points of 100 more, without insight"
            row = _row(id, claim, NULLS[second], expected, _points(least=least), pairs)
            rows.append({**_judged(row, pairs), "players": [first, second]})
    best = best_script(outcomes)
    if pairs := _pairs(outcomes, best, EVEN):
        most = G1_POINTS - BELOW_TRUE
        claim = f"no fixed script is near who thinks (the best here: {best})"
        expected = f"at least {-most:g} points of 100 less, without insight"
        row = _row("G4", claim, NULLS[EVEN], expected, _points(most=most), pairs)
        rows.append({**_judged(row, pairs), "players": [best, EVEN]})
    return corrected(rows)


def best_script(outcomes: Outcomes) -> str:
    """The fixed script with the highest mean score; empty if none was run."""
    scores: dict[str, list[float]] = {}
    for run, outcome in outcomes.items():
        if run.player in SCRIPTS:
            scores.setdefault(run.player, []).append(outcome.score)
    return max(scores, key=lambda name: fsum(scores[name]) / len(scores[name]), default="")


def players_table(outcomes: Outcomes) -> list[dict[str, Any]]:
    """The results of each player in each seat (DESIGN section 6, `lab --player`).

    `against_even` is the difference, pair by pair, from the planner that assumes 50/50, if that
    was run.
    """
    rows = []
    for row in sorted(
        table(outcomes.values()), key=lambda row: (row.map, row.seat, NAMES.index(row.player))
    ):
        own = {
            run: outcome
            for run, outcome in outcomes.items()
            if (outcome.map, outcome.seat) == (row.map, row.seat)
        }
        rows.append(
            {
                "player": row.player,
                "map": row.map,
                "seat": row.seat,
                "aim": row.aim,
                "campaigns": row.campaigns,
                "score": round(row.score, 4),
                "error": round(row.error, 4),
                "aim_reached": round(row.reached, 4),
                "security": round(row.security, 4),
                "broken": round(row.broken, 4),
                "decisions": row.decisions,
                "longest_without_matter": row.idle,
                "own_side": round(row.own_side, 4),
                "against_even": _against_even(own, row.player),
            }
        )
    return rows


def _against_even(outcomes: Outcomes, player: str) -> dict[str, Any] | None:
    pairs = _pairs(outcomes, player, EVEN) if player != EVEN else {}
    if not pairs:
        return None
    judged = _judged(_row(f"{player}/even", "", "", "", _points(least=0.0), pairs), pairs)
    low = judged["low"]
    return {
        "figure": judged["figure"],
        "error": judged["error"],
        "low": low,
        "high": judged["high"],
        "n": judged["n"],
        "better": None if low is None else low > 0,
    }


def _pairs(outcomes: Outcomes, first: str, second: str) -> Pairs:
    """Pair -> the first player's score minus the second's."""
    by_player: dict[str, dict[Run, float]] = {first: {}, second: {}}
    for run, outcome in outcomes.items():
        if run.player in by_player:
            by_player[run.player][shared(run)] = outcome.score
    others = by_player[second]
    return {
        run: score - others[run] for run, score in sorted(by_player[first].items()) if run in others
    }


def shared(run: Run) -> Run:
    """What two runs of a pair have in common: a run without its player."""
    return Run(run.map, run.world, run.seed, run.turns, "", run.seat)


def _judged(row: Row, pairs: Pairs) -> dict[str, Any]:
    """A row judged on its pairs, with the standard error of its figure beside the interval."""
    judged = judge(row, {run: {row.id: {"n": 1.0, "gap": gap}} for run, gap in pairs.items()})
    return {**judged, "error": standard_error(list(pairs.values()))}


def standard_error(values: Sequence[float]) -> float | None:
    """The standard error of a mean; None of a single value."""
    count = len(values)
    if count < 2:
        return None
    mean = fsum(values) / count
    return round(sqrt(fsum((one - mean) ** 2 for one in values) / (count - 1) / count), 4)


def beaten_by(players: Sequence[Mapping[str, Any]]) -> list[str]:
    """The scripts that beat the 50/50 planner in some seat, such as "arm (five-crowns, ALD)"."""
    return [
        f"{row['player']} ({row['map']}, {row['seat']})"
        for row in players
        if row["player"] in SCRIPTS
        and row["against_even"] is not None
        and row["against_even"]["better"]
    ]
