"""The player's part: its own doctrine, and its notebook beside envelope and evidence."""

from collections.abc import Iterable, Mapping, Sequence

from game.debrief.report_types import NotebookScore, RivalScore
from game.history import History
from game.scoring import (
    INSIGHT_FROM,
    INSIGHT_POINTS,
    UNDECIDED,
    WORST_BRIER,
    by_then,
    insight_share,
)
from game.world.legality import is_neighbour

Pages = Mapping[int, Mapping[str, float]]
"""Turn -> rival -> the probability, written at that turn's end, that it fears power."""
Known = Mapping[str, Mapping[int, float]]
"""Rival -> turn -> the probability that it fears power which the evidence by then gave."""


def rivals(history: History) -> list[str]:
    """Whom insight is scored on: the poles and the player's neighbours at the start."""
    me, start = history.setup.player, history.start
    if me is None:
        return []
    return [
        state.id
        for state in start.states
        if state.id != me
        and state.committed > 0
        and (state.great or is_neighbour(start, me, state.id))
    ]


def power_by_turn(posteriors: Mapping[int, Mapping[str, float]]) -> dict[int, float]:
    """Of the two theories alone, how likely the evidence by each turn made balance of power."""
    result = {}
    for turn, posterior in posteriors.items():
        both = posterior["BOP"] + posterior["BOT"]
        result[turn] = posterior["BOP"] / both if both > 0 else UNDECIDED
    return result


def scored(
    history: History,
    pages: Pages,
    archives: Known,
    seen: Known | None = None,
    envelope: Mapping[str, str] | None = None,
) -> NotebookScore:
    """The notebook beside the evidence and, where they are open, the envelopes.

    Every figure is a mean Brier score from `first_turn` on: 0 is always sure and right, 0.25 is
    who writes nothing, 1 always sure and wrong. `brier` is the notebook's against the envelopes;
    `brier_archives` what all that was done by then would have scored, `brier_seen` what the player
    itself could see; `distance` is the notebook's mean square from that evidence. None: nothing to
    score. `insight` is scored as `scoring.insight_share` says.
    """
    turns = tuple(turn for turn in sorted(pages) if turn >= INSIGHT_FROM)
    states = {}
    for state in rivals(history):
        truth = None
        if envelope is not None and envelope.get(state) in ("BOP", "BOT"):
            truth = float(envelope[state] == "BOP")
        noted = [pages[turn].get(state, UNDECIDED) for turn in turns]
        from_archives = [by_then(archives.get(state, {}), turn) for turn in turns]
        from_seen = None if seen is None else [by_then(seen.get(state, {}), turn) for turn in turns]
        nearest = from_seen or from_archives
        states[state] = RivalScore(
            turns=turns,
            noted=_rounded(noted),
            archives=_rounded(from_archives),
            seen=None if from_seen is None else _rounded(from_seen),
            brier=_mean_square(noted, truth),
            brier_archives=_mean_square(from_archives, truth),
            brier_seen=_mean_square(from_seen or (), truth),
            distance=_mean([(mine - best) ** 2 for mine, best in zip(noted, nearest, strict=True)]),
        )
    rows = states.values()
    insight, copied = _insights(pages, seen, envelope, states)
    return NotebookScore(
        first_turn=INSIGHT_FROM,
        unwritten=WORST_BRIER,
        brier=_mean([row.brier for row in rows]),
        brier_archives=_mean([row.brier_archives for row in rows]),
        brier_seen=_mean([row.brier_seen for row in rows]),
        distance=_mean([row.distance for row in rows]),
        states=states,
        insight=insight,
        insight_copied=copied,
    )


def _insights(
    pages: Pages, seen: Known | None, envelope: Mapping[str, str] | None, states: Iterable[str]
) -> tuple[float | None, float | None]:
    """The points of insight of the notebook, and of one that copied what could be seen."""
    if seen is None or envelope is None:
        return None, None
    truth = {state: envelope[state] for state in states if envelope.get(state) in ("BOP", "BOT")}
    copied = {
        turn: {state: by_then(seen.get(state, {}), turn - 1) for state in truth} for turn in pages
    }
    shares = (insight_share(noted, seen, truth) for noted in (pages, copied))
    mine, best = (None if share is None else INSIGHT_POINTS * share for share in shares)
    return mine, best


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(one, 4) for one in values)


def _mean_square(values: Sequence[float], truth: float | None) -> float | None:
    return None if truth is None else _mean([(value - truth) ** 2 for value in values])


def _mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that there are."""
    there = [value for value in values if value is not None]
    return round(sum(there) / len(there), 4) if there else None
