"""Rows G1 to G4, about the game: does a player gain by knowing what its rivals fear (RULES, 5)?

Two computer players are compared in the same seat of the same map with the same seed. The rivals
and the dice are then the same, and only what the player assumes differs. Scores are without
insight, because insight would reward the assumption itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from game.lab.conduct import Conduct
from game.lab.players import FAMILIES, NAMES, SCRIPTS
from game.lab.players.player_results import Outcome, table
from game.lab.runs import Run
from game.lab.scorecard.judge import judge
from game.lab.scorecard.row import Measured, Part, Row
from game.lab.scorecard.shared_figures import mean_of
from game.lab.scorecard.verdicts import corrected

EVEN = "planner-even"
"""The player with whom the table of players compares all others."""
G1_POINTS, G2_POINTS, G3_POINTS, G4_POINTS = 8.0, 4.0, 4.0, 10.0
"""The smallest effects that count, in points of score."""

Outcomes = Mapping[Run, Outcome]


def _nobody(_conduct: Conduct) -> Measured:
    """These rows measure nothing in a campaign without a player."""
    return {"n": 0.0, "gap": 0.0}


def _row(id: str, claim: str, null: str, least: float, worlds: tuple[str, ...]) -> Row:
    return Row(
        id=id,
        claim=claim,
        kind="game",
        null=null,
        expected=f"at least {least:g} points of 100 more, without insight" if least else "",
        worlds=worlds,
        measure=_nobody,
        count="n",
        parts=(Part("points of score, pair by pair", mean_of("gap"), at_least=least),),
    )


def game_rows(outcomes: Outcomes) -> list[dict[str, Any]]:
    """G1 to G4 judged, each if both of its players were run.

    They compare the planners that look ahead if such were run, else the others.
    """
    run_here = {run.player for run in outcomes}
    kind = "ahead" if run_here & set(FAMILIES["ahead"]) else "planner"
    true, guess, inverted, reader = FAMILIES[kind]
    even, opposite = "the planner told 50/50", "the planner told the opposite"
    claims = [
        ("G1", true, guess, "who knows the doctrines beats who guesses", even, G1_POINTS),
        ("G2", guess, inverted, "who guesses beats who is wrong", opposite, G2_POINTS),
        ("G3", reader, guess, "who infers from what it sees beats who guesses", even, G3_POINTS),
    ]
    script = _best_script(outcomes)
    if script:
        claim = "no script comes near who knows the doctrines"
        claims.append(("G4", true, script, claim, f"the best script, {script}", G4_POINTS))
    rows = []
    for id, first, second, claim, null, least in claims:
        pairs = _pairs(outcomes, first, second)
        if pairs:
            rows.append(_judged(_row(id, claim, null, least, _worlds(pairs)), pairs))
    return corrected(rows)


def _best_script(outcomes: Outcomes) -> str:
    """The fixed script with the highest mean score over all its campaigns; empty without any."""
    scores: dict[str, list[float]] = {}
    for outcome in outcomes.values():
        if outcome.player in SCRIPTS:
            scores.setdefault(outcome.player, []).append(outcome.score)
    return max(scores, key=lambda name: sum(scores[name]) / len(scores[name]), default="")


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
    judged = _judged(_row(f"{player}/even", "", "", 0.0, _worlds(pairs)), pairs)
    low = judged["low"]
    return {
        "figure": judged["figure"],
        "low": low,
        "high": judged["high"],
        "n": judged["n"],
        "better": None if low is None else low > 0,
    }


def _pairs(outcomes: Outcomes, first: str, second: str) -> dict[Run, float]:
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


def _worlds(pairs: Iterable[Run]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(run.world for run in pairs))


def _judged(row: Row, pairs: Mapping[Run, float]) -> dict[str, Any]:
    return judge(row, {run: {row.id: {"n": 1.0, "gap": gap}} for run, gap in pairs.items()})


def beaten_by(players: Sequence[Mapping[str, Any]]) -> list[str]:
    """The scripts that beat the 50/50 planner in some seat, such as "arm (five-crowns, ALD)"."""
    return [
        f"{row['player']} ({row['map']}, {row['seat']})"
        for row in players
        if row["player"] in SCRIPTS
        and row["against_even"] is not None
        and row["against_even"]["better"]
    ]
