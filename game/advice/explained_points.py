"""The player's points so far, taken apart; what the sealed envelopes will add stays a range."""

from game.advice.explained_form import POINTS, Explained, Part, explained
from game.scoring import (
    AIM_POINTS,
    BROKEN_OBLIGATION,
    INSIGHT_POINTS,
    SECURITY_POINTS,
    Score,
)
from game.words import percent, share

LEAST_INSIGHT = 0.05
"""Points of insight that would be shown as 0."""


def explained_points(
    score: Score, *, sealed: bool, most_insight: float | None = None
) -> tuple[Explained, ...]:
    """The points and those for security. `score` counts no insight unless it is known.

    `sealed`: insight is scored, but not known yet; then `most_insight` is the most that it can
    be, where that was worked out.
    """
    before, now = score.insecurity
    parts = [
        (f"aim: {percent(score.aim)} of {AIM_POINTS:.0f}", AIM_POINTS * score.aim),
        (f"security, of {SECURITY_POINTS:.0f}", score.security),
    ]
    if score.insight is not None:
        parts.append((f"insight, of {INSIGHT_POINTS:.0f}", score.insight))
    elif not sealed:
        whole = AIM_POINTS + SECURITY_POINTS
        more = sum(part for _, part in parts) * (100 / whole - 1)
        parts.append((f"scaled from {whole:.0f} to 100, for insight is not scored", more))
    lost = -BROKEN_OBLIGATION * score.broken
    broken = "treaty" if score.broken == 1 else "treaties"
    parts.append((f"{score.broken} broken {broken}, {BROKEN_OBLIGATION:.0f} each", lost))
    together = sum(part for _, part in parts)
    total = min(100.0, max(0.0, together))
    if abs(total - together) > 1e-9:
        parts.append(("never below 0, nor above 100", total - together))
    rule = "Aim, security and insight, less what each broken treaty costs."
    if sealed:
        most = INSIGHT_POINTS if most_insight is None else most_insight
        rule += (
            f" To these come 0 to {most:.1f} for insight: what your notebook earned depends on the "
            "envelopes, which are sealed until the end."
            if most >= LEAST_INSIGHT
            else " For insight your notebook can have earned nothing as yet."
        )
    return (
        explained("Points so far, of 100", total, rule, "sum", parts, POINTS),
        Explained(
            "Points for security", score.security, f"{score.security:.1f}",
            "The points for security, times the insecurity at the start beside that and the "
            "present one together; each is the mean of both readings. Half of them for no change.",
            "product",
            (
                Part("the most there are", SECURITY_POINTS, f"{SECURITY_POINTS:.0f}"),
                Part(
                    f"{share(before)} / ({share(before)} + {share(now)})",
                    score.security / SECURITY_POINTS,
                    share(score.security / SECURITY_POINTS),
                ),
            ),
        ),
    )  # fmt: skip
