"""The odds of the two theories by turn, as logarithms, and the deeds that moved them."""

import math
from collections.abc import Mapping, Sequence

from game.debrief.decision_replay import DecisionReplay
from game.debrief.deeds import done_by
from game.debrief.report_types import OddsMove
from game.inference.evidence import Evidence
from game.inference.posterior import chances_of
from game.words.grammar import sentence

MOST = 4
"""Turns that are named for a state."""
LEAST = 0.3
"""The least change of the log odds that is named."""
SMALLEST = 1e-9
"""A probability below this counts as this, so that odds stay finite."""
PLACES = 3
"""Decimals of a figure."""


def log_odds(by_turn: Mapping[int, Mapping[str, float]]) -> dict[int, float]:
    """By turn, the natural logarithm of the odds of power against threat."""
    return {
        turn: round(
            math.log(max(row["BOP"], SMALLEST)) - math.log(max(row["BOT"], SMALLEST)), PLACES
        )
        for turn, row in by_turn.items()
    }


def moves(
    moments: DecisionReplay, decisions: Sequence[Evidence], odds: Mapping[int, float]
) -> tuple[OddsMove, ...]:
    """The turns that moved the log odds most, each with the decision that did most of it.

    That decision is the one whose likelihood under the two theories differs most in the direction
    in which the odds moved.
    """
    changes: dict[int, float] = {}
    before = 0.0
    for turn, value in sorted(odds.items()):
        changes[turn] = value - before
        before = value
    ranked = sorted(changes, key=lambda turn: -abs(changes[turn]))
    named = sorted(turn for turn in ranked[:MOST] if abs(changes[turn]) >= LEAST)
    if not named:
        return ()
    power, threat = (chances_of(decisions, name).tolist() for name in ("BOP", "BOT"))
    rows = list(zip(decisions, power, threat, strict=True))
    found = []
    for turn in named:
        sign = math.copysign(1.0, changes[turn])
        gaps = [
            (sign * math.log(by_power / by_threat), one)
            for one, by_power, by_threat in rows
            if one.turn == turn
        ]
        if not gaps:
            continue
        _, most = max(gaps, key=lambda pair: pair[0])
        found.append(
            OddsMove(
                turn=turn,
                date=moments.history.start.atlas.date(turn),
                change=round(changes[turn], PLACES),
                deed=sentence(done_by(moments, most)),
            )
        )
    return tuple(found)
