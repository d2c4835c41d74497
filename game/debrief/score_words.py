"""A player's score in words: its parts, which add up to the total."""

from game.scoring import AIM_POINTS, BROKEN_OBLIGATION, INSIGHT_POINTS, SECURITY_POINTS, Score
from game.words.grammar import counted
from game.words.rounding import rounded_parts


def score_parts(score: Score) -> list[str]:
    """The parts of a score in whole points, each with the most it could be; breaches take away.

    The points of aim and security count for all where insight is not scored (`scoring.score`).
    Whole points are rounded so that they add up to the rounded total, unless that is capped.
    """
    scored = score.insight is not None
    scale = (
        1.0
        if scored
        else (AIM_POINTS + SECURITY_POINTS + INSIGHT_POINTS) / (AIM_POINTS + SECURITY_POINTS)
    )
    exact = [AIM_POINTS * score.aim * scale, score.security * scale, score.insight or 0.0]
    lost = round(BROKEN_OBLIGATION * score.broken)
    aim, security, insight = rounded_parts(exact, round(sum(exact)))
    said = [
        f"aim {aim} of {AIM_POINTS * scale:.0f}",
        f"security {security} of {SECURITY_POINTS * scale:.0f}",
        f"insight {insight} of {INSIGHT_POINTS:.0f}" if scored else "insight not scored",
    ]
    if lost:
        said.append(f"less {lost} for {counted(score.broken, 'broken treaty')}")
    return said
