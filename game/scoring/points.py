"""A state's score and its parts, and the winner of a campaign of AI states (RULES, Aims)."""

from collections.abc import Mapping
from dataclasses import dataclass

from game.history import History
from game.scoring.aims import aim_reached

AIM_POINTS, SECURITY_POINTS, INSIGHT_POINTS = 50.0, 25.0, 25.0
"""The most points for the aim, for security and for insight."""
BROKEN_OBLIGATION = 5.0
"""The points that each broken treaty costs."""
INSIGHT_FROM = 5
"""The first turn in which the notebook counts."""
WORST_BRIER = 0.25
"""The Brier score of an empty notebook: every probability is 0.5."""


@dataclass(frozen=True, slots=True)
class Score:
    """A state's score, 0 to 100, and its parts. `insight` is None if it is not scored."""

    total: float
    aim: float
    """Share of the aim reached, 0 to 1."""
    security: float
    """Points, 0 to 25."""
    insight: float | None
    """Points, 0 to 25."""
    broken: int
    """How many treaties it broke."""
    insecurity: tuple[float, float]
    """Insecurity at the start and now, each the mean of both lenses in their own units."""


def broken_obligations(history: History, state: str) -> int:
    """How many treaties a state broke: by leaving without notice, or by refusing a call.

    A treaty counts once, however many parties it has and however it was broken.
    """
    return len(
        {
            happening.number("treaty")
            for _, happening in history.events()
            if happening.actor == state
            and (
                happening.kind == "treaty_broken"
                or (happening.kind == "call_refused" and happening.number("treaty") >= 0)
            )
        }
    )


def brier(notebook: Mapping[int, Mapping[str, float]], truth: Mapping[str, str]) -> float | None:
    """The mean Brier score of a notebook, 0 (best) to 1, from turn `INSIGHT_FROM` on.

    `notebook` is turn -> {state: probability that it follows BOP}; a missing entry counts as 0.5.
    `truth` is state -> BOP or BOT. Returns None if there is nothing to score.
    """
    errors = [
        (page.get(state, 0.5) - (1.0 if doctrine == "BOP" else 0.0)) ** 2
        for turn, page in notebook.items()
        if turn >= INSIGHT_FROM
        for state, doctrine in truth.items()
    ]
    return sum(errors) / len(errors) if errors else None


def score(
    history: History, state: str, before: float, after: float, brier_score: float | None = None
) -> Score:
    """A state's score. `before` and `after` are its insecurity at the start and at the end.

    Security gives 25 x before / (before + after) points, so 12.5 for no change. Without a Brier
    score, the points of aim and security are scaled to 100.
    """
    reached = aim_reached(history, state)
    broken = broken_obligations(history, state)
    total = before + after
    security = SECURITY_POINTS * (before / total if total > 0 else 0.5)
    insight = None
    points = AIM_POINTS * reached + security
    if brier_score is None:
        points *= 100.0 / (AIM_POINTS + SECURITY_POINTS)
    else:
        insight = INSIGHT_POINTS * max(0.0, 1 - brier_score / WORST_BRIER)
        points += insight
    points -= BROKEN_OBLIGATION * broken
    if not history.world.state(state).alive:
        points = 0.0
    return Score(min(100.0, max(0.0, points)), reached, security, insight, broken, (before, after))


def winner(history: History) -> str | None:
    """In a campaign of AI states: who reached the highest share of its own aim; None for a tie."""
    reached = sorted(
        ((aim_reached(history, state), state) for state in history.world.playing()), reverse=True
    )
    if not reached or reached[0][0] <= 0:
        return None
    if len(reached) > 1 and reached[1][0] == reached[0][0]:
        return None
    return reached[0][1]
