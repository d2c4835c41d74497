"""Aims, score and winner of a campaign (RULES, Aims).

All is computed from the history, except insecurity, which the caller passes: it depends on beliefs.
"""

from game.scoring.aims import (
    AimStatus,
    Condition,
    aim_reached,
    aim_status,
    aims_of,
    chosen_aim,
    first_counted,
)
from game.scoring.coalition_shares import hostile_bloc, matched, own_side, strongest_other
from game.scoring.points import (
    AIM_POINTS,
    BROKEN_OBLIGATION,
    INSIGHT_FROM,
    INSIGHT_POINTS,
    SECURITY_POINTS,
    WORST_BRIER,
    Score,
    brier,
    broken_obligations,
    score,
    winner,
)

__all__ = [
    "AIM_POINTS",
    "BROKEN_OBLIGATION",
    "INSIGHT_FROM",
    "INSIGHT_POINTS",
    "SECURITY_POINTS",
    "WORST_BRIER",
    "AimStatus",
    "Condition",
    "Score",
    "aim_reached",
    "aim_status",
    "aims_of",
    "brier",
    "broken_obligations",
    "chosen_aim",
    "first_counted",
    "hostile_bloc",
    "matched",
    "own_side",
    "score",
    "strongest_other",
    "winner",
]
