"""How the evidence so far leans on a rival, from what the player could see alone.

The notebook's assistant: it is asked, it never writes. The likelihoods are the debrief's own, on
the history that the player witnessed; a secret offer that it did not see looks like none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from game.advice.visible_history import visible_history
from game.history import History
from game.inference.choice_sets import ChoiceSet, choice_sets
from game.inference.evidence import Evidence, gather
from game.inference.posterior import chances_of, posteriors_by_turn
from game.words.deed_clauses import deed, moved
from game.words.grammar import sentence

MOST = 3
"""Turns that are named."""
TELLING = float(np.log(1.5))
"""How much likelier a choice must be under one theory to be named, as a log."""
EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Sign:
    """A choice that says which of the two theories a state follows."""

    turn: int
    date: str
    words: str
    """What it did, in a sentence."""
    if_power: float
    """How likely that was if it fears power."""
    if_threat: float


@dataclass(frozen=True, slots=True)
class DoctrineEstimate:
    """What the evidence says of a rival."""

    state: str
    power: float
    """Of the two theories alone, how likely it is that it fears power, 0 to 1."""
    by_turn: dict[int, float]
    """Turn -> the same by that turn's end; turns in which it decided nothing are left out."""
    decisions: int
    signs: tuple[Sign, ...]
    """The choices that say most, in order of time."""


def doctrine_estimates(
    history: History, me: str, states: Iterable[str]
) -> dict[str, DoctrineEstimate]:
    """How the evidence leans on some states, as far as `me` could see it."""
    wanted = list(states)
    seen = visible_history(history, me)
    decisions: dict[str, list[Evidence]] = {state: [] for state in wanted}
    for one in gather(seen, wanted):
        decisions[one.state].append(one)
    choices: dict[str, list[ChoiceSet]] = {state: [] for state in wanted}
    for made in choice_sets(seen, wanted):
        choices[made.state].append(made)
    return {state: _leaning(seen, state, choices[state], own) for state, own in decisions.items()}


def _leaning(
    seen: History, state: str, choices: list[ChoiceSet], own: list[Evidence]
) -> DoctrineEstimate:
    by_turn = {turn: _power(shares) for turn, shares in posteriors_by_turn(choices).items()}
    latest = by_turn[max(by_turn)] if by_turn else EVEN
    return DoctrineEstimate(state, latest, by_turn, len(own), _signs(seen, own))


def _power(shares: dict[str, float]) -> float:
    both = shares["BOP"] + shares["BOT"]
    return shares["BOP"] / both if both > 0 else EVEN


def _signs(seen: History, own: list[Evidence]) -> tuple[Sign, ...]:
    """The most telling choices, one a turn: a ratio counts the more, the likelier the choice."""
    if not own:
        return ()
    by_power, by_threat = (chances_of(own, name).tolist() for name in ("BOP", "BOT"))
    rows = list(zip(own, by_power, by_threat, strict=True))
    gaps = [abs(float(np.log(power / threat))) for _, power, threat in rows]
    order = sorted(range(len(rows)), key=lambda at: -gaps[at] * max(rows[at][1:]))
    chosen: list[Sign] = []
    for at in order:
        one, power, threat = rows[at]
        if gaps[at] <= TELLING or any(sign.turn == one.turn for sign in chosen):
            continue
        world = seen.turns[one.turn - 1].start
        if one.question is not None:
            for stage in seen.turns[one.turn - 1].stages:
                if one.question in stage.questions:
                    world = stage.world
        further = moved(seen.turns[one.turn - 1].orders.get(one.state, ()))
        done = deed(one.state, one.family, one.chosen, one.question, world, further=further)
        date = world.atlas.date(one.turn)
        chosen.append(Sign(one.turn, date, sentence(done), power, threat))
        if len(chosen) == MOST:
            break
    return tuple(sorted(chosen, key=lambda sign: sign.turn))
