"""How the evidence so far leans on a rival, from what the player could see alone.

It is what an assessment returns, what the notebook shows on easy difficulty and in teaching mode,
and what insight is held against. The likelihoods are the debrief's own, on the history that the
player witnessed. Talks are private: where no offer was seen, one may have been made, so that no
choice is read from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from game.advice.visible_history import visible_history
from game.history import History
from game.inference.choice_sets import ChoiceSet, choice_sets
from game.inference.posterior import posteriors_by_turn

EVEN = 0.5


@dataclass(frozen=True, slots=True)
class DoctrineEstimate:
    """What the evidence says of a rival."""

    state: str
    power: float
    """Of the two theories alone, how likely it is that it fears power, 0 to 1."""
    by_turn: dict[int, float]
    """Turn -> the same by that turn's end; turns in which it decided nothing are left out."""
    decisions: int


def doctrine_estimates(
    history: History, me: str, states: Iterable[str]
) -> dict[str, DoctrineEstimate]:
    """How the evidence leans on some states, as far as `me` could see it."""
    wanted = list(states)
    choices: dict[str, list[ChoiceSet]] = {state: [] for state in wanted}
    for made in choice_sets(visible_history(history, me), wanted):
        choices[made.state].append(made)
    return {state: _leaning(state, own) for state, own in choices.items()}


def _leaning(state: str, own: list[ChoiceSet]) -> DoctrineEstimate:
    by_turn = {turn: _power(shares) for turn, shares in posteriors_by_turn(own).items()}
    latest = by_turn[max(by_turn)] if by_turn else EVEN
    return DoctrineEstimate(state, latest, by_turn, len(own))


def _power(shares: dict[str, float]) -> float:
    both = shares["BOP"] + shares["BOT"]
    return shares["BOP"] / both if both > 0 else EVEN
