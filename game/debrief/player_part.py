"""The player's part: its own doctrine, and its notebook beside envelope and evidence."""

from collections.abc import Mapping
from typing import Any

from game.history import History
from game.scoring import INSIGHT_FROM, WORST_BRIER
from game.world.legality import is_neighbour

Pages = Mapping[int, Mapping[str, float]]
"""Turn -> rival -> the probability, written at that turn's end, that it fears power."""
Known = Mapping[str, Mapping[int, float]]
"""Rival -> turn -> the probability that it fears power which the evidence by then gave."""
UNWRITTEN = 0.5
"""What a page says of a rival that it does not name."""


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
        result[turn] = posterior["BOP"] / both if both > 0 else UNWRITTEN
    return result


def by_then(known: Mapping[int, float], turn: int) -> float:
    """What was known by a turn's end: the last that was learned."""
    earlier = [one for one in known if one <= turn]
    return known[max(earlier)] if earlier else UNWRITTEN


def scored(
    history: History,
    pages: Pages,
    archives: Known,
    seen: Known | None = None,
    envelope: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The notebook beside the evidence and, where they are open, the envelopes.

    Every figure is a mean Brier score from turn `from` on: 0 is always sure and right, 0.25 is who
    writes nothing, 1 always sure and wrong. `brier` is the notebook's against the envelopes;
    `archives` what all that was done by then would have scored, `seen` what the player itself
    could see; `distance` is the notebook's mean square from that evidence. None: nothing to score.
    """
    turns = [turn for turn in sorted(pages) if turn >= INSIGHT_FROM]
    states: dict[str, Any] = {}
    for state in rivals(history):
        truth = None
        if envelope is not None and envelope.get(state) in ("BOP", "BOT"):
            truth = float(envelope[state] == "BOP")
        noted = [pages[turn].get(state, UNWRITTEN) for turn in turns]
        allowed: dict[str, list[float] | None] = {
            "archives": [by_then(archives.get(state, {}), turn) for turn in turns],
            "seen": None
            if seen is None
            else [by_then(seen.get(state, {}), turn) for turn in turns],
        }
        nearest = allowed["seen"] or allowed["archives"] or []
        states[state] = {
            "turns": turns,
            "noted": [round(one, 4) for one in noted],
            **{
                name: None if row is None else [round(one, 4) for one in row]
                for name, row in allowed.items()
            },
            "brier": _mean_square(noted, truth),
            "brier_archives": _mean_square(allowed["archives"] or [], truth),
            "brier_seen": _mean_square(allowed["seen"] or [], truth),
            "distance": _mean(
                [(mine - best) ** 2 for mine, best in zip(noted, nearest, strict=True)]
            ),
        }
    return {
        "from": INSIGHT_FROM,
        "unwritten": WORST_BRIER,
        **{
            name: _mean([row[name] for row in states.values() if row[name] is not None])
            for name in ("brier", "brier_archives", "brier_seen", "distance")
        },
        "states": states,
    }


def _mean_square(values: list[float], truth: float | None) -> float | None:
    return None if truth is None else _mean([(value - truth) ** 2 for value in values])


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
