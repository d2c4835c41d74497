"""The player's points so far, taken apart; what the sealed envelopes will add stays a range."""

from collections.abc import Mapping, Sequence

from game.advice.explained import Explained, Part
from game.scoring import (
    AIM_POINTS,
    BROKEN_OBLIGATION,
    INSIGHT_FROM,
    INSIGHT_POINTS,
    SECURITY_POINTS,
    WORST_BRIER,
    Score,
)
from game.words import percent, share

Pages = Mapping[int, Mapping[str, float]]
"""Turn -> rival -> the probability, written at that turn's end, that it fears power."""


def insight_range(pages: Pages, now: Mapping[str, float], rivals: Sequence[str]) -> float:
    """The most points for insight that the notebook can bring, whatever the envelopes hold.

    The least is 0 wherever it leans at all. Before the first turn that counts, it is what the
    present page would bring.
    """
    counted = [page for turn, page in pages.items() if turn >= INSIGHT_FROM] or [now]
    if not rivals:
        return 0.0
    best = sum(
        min(sum((page.get(state, 0.5) - truth) ** 2 for page in counted) for truth in (0.0, 1.0))
        for state in rivals
    ) / (len(counted) * len(rivals))
    return INSIGHT_POINTS * max(0.0, 1 - best / WORST_BRIER)


def explained_points(score: Score, most_insight: float | None) -> tuple[Explained, ...]:
    """The points and those for security. `score` counts no insight unless it is known.

    `most_insight` is None where insight is not scored, or is known already.
    """
    before, now = score.insecurity
    parts = [
        Part(f"aim: {percent(score.aim)} of {AIM_POINTS:.0f}", AIM_POINTS * score.aim, ""),
        Part(f"security, of {SECURITY_POINTS:.0f}", score.security, ""),
    ]
    if score.insight is not None:
        parts.append(Part(f"insight, of {INSIGHT_POINTS:.0f}", score.insight, ""))
    elif most_insight is None:
        whole = AIM_POINTS + SECURITY_POINTS
        more = sum(part.value for part in parts) * (100 / whole - 1)
        parts.append(Part(f"scaled from {whole:.0f} to 100, for insight is not scored", more, ""))
    lost = -BROKEN_OBLIGATION * score.broken
    broken = "treaty" if score.broken == 1 else "treaties"
    parts.append(Part(f"{score.broken} broken {broken}, {BROKEN_OBLIGATION:.0f} each", lost, ""))
    together = sum(part.value for part in parts)
    total = min(100.0, max(0.0, together))
    if abs(total - together) > 1e-9:
        parts.append(Part("never below 0, nor above 100", total - together, ""))
    rule = "Aim, security and insight, less what each broken treaty costs."
    if most_insight is not None:
        rule += (
            f" To these come 0 to {most_insight:.1f} for insight, as your notebook stands: what it "
            "is depends on the envelopes, which are sealed until the end."
        )
    return (
        Explained("Points so far, of 100", total, f"{total:.1f}", rule, "sum", _figures(parts)),
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


def _figures(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(Part(one.label, one.value, f"{one.value + 0.0:.1f}") for one in parts)
