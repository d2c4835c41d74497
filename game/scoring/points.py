"""A state's score and its parts, and the winner of a campaign of AI states (RULES, Aims)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.history import History
from game.scoring.aims import aim_reached

AIM_POINTS, SECURITY_POINTS, INSIGHT_POINTS = 50.0, 25.0, 25.0
"""The most points for the aim, for security and for insight."""
BROKEN_OBLIGATION = 5.0
"""The points that each broken treaty costs."""
INSIGHT_FROM = 1
"""The first turn in which the notebook counts."""
LEAST_COUNT = 0.1
"""How much a page counts, of 1, on a rival that the evidence has settled (see `insight_share`)."""
UNDECIDED = 0.5
"""The probability of a page that says nothing."""
WORST_BRIER = 0.25
"""The Brier score of an empty notebook: every probability is 0.5."""


Pages = Mapping[int, Mapping[str, float]]
"""Turn -> rival -> the probability, written by that turn's end, that it fears power."""


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


def by_then(known: Mapping[int, float], turn: int) -> float:
    """What was known by a turn's end: the last that was learned; 0.5 if nothing was.

    `known` is turn -> the probability that a rival follows BOP.
    """
    earlier = [one for one in known if one <= turn]
    return known[max(earlier)] if earlier else UNDECIDED


def insight_share(
    notebook: Pages, evidence: Mapping[str, Mapping[int, float]], truth: Mapping[str, str]
) -> float | None:
    """How much of the insight a notebook earned, 0 to 1, from turn `INSIGHT_FROM` on.

    Each page earns 1 - (its squared error / that of an undecided page) for each rival: 1 if it is
    sure and right, 0 if undecided, -3 if sure and wrong. The result is the mean over rivals and
    turns, at least 0, in which a page counts 4 e (1 - e), at least `LEAST_COUNT`. There e is the
    probability that what the player could see gave before that turn. So to know early counts most,
    and to copy what the evidence has settled earns little. As a page's count depends neither on
    the page nor on the truth, nothing better can be written than what one believes.

    `notebook` is turn -> {state: probability that it follows BOP}; a missing entry counts as 0.5.
    `evidence` is state -> {turn: probability by that turn's end, from what the player could see}.
    `truth` is state -> BOP or BOT. Returns None if there is nothing to score.
    """
    earned = [_earned(notebook, evidence, state, truth[state]) for state in truth]
    counted = sum(counts for _, counts in earned)
    return max(0.0, sum(points for points, _ in earned) / counted) if counted else None


def best_insight_share(
    notebook: Pages, evidence: Mapping[str, Mapping[int, float]], rivals: Sequence[str]
) -> float | None:
    """The most that `insight_share` can be, while the doctrines of the rivals are sealed."""
    best = {
        state: max(("BOP", "BOT"), key=lambda name: _earned(notebook, evidence, state, name)[0])
        for state in rivals
    }
    return insight_share(notebook, evidence, best)


def _earned(
    notebook: Pages, evidence: Mapping[str, Mapping[int, float]], state: str, doctrine: str
) -> tuple[float, float]:
    """What the pages on one rival earned, and how much they count: sums over turns."""
    right = 1.0 if doctrine == "BOP" else 0.0
    points = counted = 0.0
    for turn, page in notebook.items():
        if turn < INSIGHT_FROM:
            continue
        known = by_then(evidence.get(state, {}), turn - 1)
        counts = max(LEAST_COUNT, 4 * known * (1 - known))
        points += counts * (1 - (page.get(state, UNDECIDED) - right) ** 2 / WORST_BRIER)
        counted += counts
    return points, counted


def score(
    history: History, state: str, before: float, after: float, insight: float | None = None
) -> Score:
    """A state's score. `before` and `after` are its insecurity at the start and at the end,
    `insight` the share of the insight that it earned (`insight_share`).

    Security gives 25 x before / (before + after) points, so 12.5 for no change. Without insight,
    the points of aim and security are scaled to 100.
    """
    reached = aim_reached(history, state)
    broken = broken_obligations(history, state)
    total = before + after
    security = SECURITY_POINTS * (before / total if total > 0 else 0.5)
    earned = None
    points = AIM_POINTS * reached + security
    if insight is None:
        points *= 100.0 / (AIM_POINTS + SECURITY_POINTS)
    else:
        earned = INSIGHT_POINTS * insight
        points += earned
    points -= BROKEN_OBLIGATION * broken
    if not history.world.state(state).alive:
        points = 0.0
    return Score(min(100.0, max(0.0, points)), reached, security, earned, broken, (before, after))


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
