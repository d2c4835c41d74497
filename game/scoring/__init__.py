"""Aims, score and winner of a campaign (RULES, Aims).

All is computed from the history, except insecurity, which the caller passes: it depends on beliefs.
"""

from game.scoring.aims import (
    AimStatus,
    Condition,
    aim_reached,
    aim_status,
    aims_of,
    asks_for_a_match,
    chosen_aim,
    first_counted,
)
from game.scoring.coalition_shares import hostile_bloc, own_side, strongest_other
from game.scoring.points import (
    AIM_POINTS,
    BROKEN_OBLIGATION,
    INSIGHT_FROM,
    INSIGHT_POINTS,
    SECURITY_POINTS,
    UNDECIDED,
    WORST_BRIER,
    Score,
    best_insight_share,
    broken_obligations,
    by_then,
    insight_share,
    score,
    winner,
)

__all__ = [
    "AIM_POINTS",
    "BROKEN_OBLIGATION",
    "INSIGHT_FROM",
    "INSIGHT_POINTS",
    "SECURITY_POINTS",
    "UNDECIDED",
    "WORST_BRIER",
    "AimStatus",
    "Condition",
    "Score",
    "aim_reached",
    "aim_status",
    "aims_of",
    "asks_for_a_match",
    "best_insight_share",
    "broken_obligations",
    "by_then",
    "chosen_aim",
    "first_counted",
    "hostile_bloc",
    "insight_share",
    "own_side",
    "score",
    "strongest_other",
    "winner",
]
