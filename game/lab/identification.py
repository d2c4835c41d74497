"""How often the blind inference finds the true doctrine of a great power.

Lesser states are left out: by default they all follow BOT, so there is nothing to find.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from game.inference.choice_sets import choice_sets
from game.inference.posterior import posteriors_by_turn
from game.lab.conduct import Conduct

BINS = 10
"""The number of bins of the expected calibration error."""

Found = Mapping[str, Any]
"""State -> {"doctrine", "by_turn": {turn: [likeliest, its posterior, Brier score]}}."""


def identify(conduct: Conduct) -> dict[str, Any]:
    """For each state that begins as a great power: what the inference said, turn by turn."""
    poles = [state.id for state in conduct.history.start.states if state.great]
    by_state: dict[str, list[Any]] = {state: [] for state in poles}
    for one in choice_sets(conduct.history, poles):
        by_state[one.state].append(one)
    found = {}
    for state, decisions in by_state.items():
        doctrine = conduct.envelope[state].doctrine
        found[state] = {
            "doctrine": doctrine,
            "by_turn": {
                str(turn): _entry(posterior, doctrine)
                for turn, posterior in posteriors_by_turn(decisions).items()
            },
        }
    return found


def _entry(posterior: Mapping[str, float], doctrine: str) -> list[Any]:
    best = max(posterior, key=lambda name: posterior[name])
    brier = sum((share - (name == doctrine)) ** 2 for name, share in posterior.items())
    return [best, posterior[best], brier]


def identification(found: Sequence[Found]) -> dict[str, Any]:
    """The report's block: accuracy, Brier score, calibration error, accuracy by turn.

    The Brier score is a sum over doctrines, 0 to 2. The calibration error is that of the likeliest
    doctrine's posterior after the last turn. None where there was no such state.
    """
    ends: list[tuple[bool, float, float]] = []
    by_turn: dict[int, list[bool]] = {}
    for campaign in found:
        for one in campaign.values():
            entries = {int(turn): entry for turn, entry in one["by_turn"].items()}
            for turn, (best, _, _) in entries.items():
                by_turn.setdefault(turn, []).append(best == one["doctrine"])
            if entries:
                best, sure, brier = entries[max(entries)]
                ends.append((best == one["doctrine"], sure, brier))
    if not ends:
        return {"accuracy": None, "brier": None, "ece": None, "by_turn": {}}
    right, sure, brier = (np.array(column, dtype=np.float64) for column in zip(*ends, strict=True))
    return {
        "accuracy": round(float(right.mean()), 4),
        "brier": round(float(brier.mean()), 4),
        "ece": round(_calibration(right, sure), 4),
        "by_turn": {
            str(turn): round(sum(hits) / len(hits), 4) for turn, hits in sorted(by_turn.items())
        },
    }


def _calibration(right: Any, sure: Any) -> float:
    """The expected calibration error, 0 to 1.

    It is the mean over bins of |accuracy - mean posterior|, weighed by how many fall into a bin.
    """
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(right[bins == index].mean() - sure[bins == index].mean())) * (bins == index).sum()
        for index in np.unique(bins)
    ]
    return float(sum(gaps) / len(right))
