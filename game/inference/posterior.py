"""The posterior probability of each hypothesis, given a state's choices, and the verdict.

Each kind of choice is explained on its own (`choice_fit`), so that a state may name its foes by one
measure and sign what it is offered by another; the evidence of the kinds adds up. A theory is named
only where what it expects is also what was done (`fit_check`). A second posterior compares what the
lenses show of danger, and nothing else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from game.inference.choice_fit import Fitted, fitted, stacked
from game.inference.choice_sets import ChoiceSet
from game.inference.evidence import NEUTRAL_AMBITION, Evidence
from game.inference.fit_check import FitCheck, fit_check
from game.inference.hypotheses import (
    HABIT,
    HYPOTHESES,
    KINDS,
    NONE,
    RANDOM,
    RECIPROCITY,
    THEORIES,
    Reading,
    Readings,
    lens_readings,
    readings,
)
from game.inference.likelihood import Table, chances, table
from game.inference.option_figures import NAME, SIDE
from game.theory.doctrine import BUILT_IN, term_weights
from game.world.sight import Floats

LENSES = (*THEORIES, RANDOM)
"""The hypotheses of the comparison of lenses: power among poles, threat from all, neither."""
SURE = 0.8
"""The least posterior probability that makes a verdict; below it the verdict is UNDECIDED."""
NOISE = 0.02
"""The usual temperature, in the unit of utility, with which a single decision is weighed."""
CHANCE = "CHANCE"
UNDECIDED = "UNDECIDED"
NO_DOCTRINE = frozenset({HABIT, RECIPROCITY, NONE})
"""The hypotheses whose verdict is NONE."""
Shares = dict[int, dict[str, float]]
"""Turn -> hypothesis -> posterior probability after it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the choices of one state show."""

    state: str
    posterior: Mapping[str, float]
    """Hypothesis -> probability; they sum to 1."""
    verdict: str
    """A doctrine, `NONE`, `CHANCE`, or `UNDECIDED`."""
    decisions: int
    """How many choices there were."""
    lens: Mapping[str, float] = field(default_factory=dict)
    """The posterior of `LENSES`: lens -> probability."""
    lens_verdict: str = UNDECIDED
    by_turn: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    """Turn -> posterior after it, for each turn in which the state made a choice."""
    check: FitCheck | None = None
    """How well the likeliest doctrine foretold what was done; None where none is likeliest."""


def findings(choices: Iterable[ChoiceSet], states: Sequence[str] = ()) -> dict[str, Finding]:
    """A finding for each of the states, and for every other one that made a choice."""
    by_state: dict[str, list[ChoiceSet]] = {state: [] for state in states}
    for one in choices:
        by_state.setdefault(one.state, []).append(one)
    return {state: finding(state, own) for state, own in by_state.items()}


def finding(state: str, choices: Sequence[ChoiceSet]) -> Finding:
    """What a state's choices show. Without any, every hypothesis is equally likely."""
    by_turn = posteriors_by_turn(choices)
    posterior = by_turn[max(by_turn)] if by_turn else dict.fromkeys(HYPOTHESES, 1 / len(HYPOTHESES))
    lens_by_turn = lens_posteriors_by_turn(choices, last=True)
    even = dict.fromkeys(LENSES, 1 / len(LENSES))
    lens = lens_by_turn[max(lens_by_turn)] if lens_by_turn else even
    verdict = verdict_of(posterior)
    check = _check(choices, posterior)
    if verdict in BUILT_IN and check is not None and not check.passed:
        verdict = NONE
    return Finding(state, posterior, verdict, len(choices), lens, verdict_of(lens), by_turn, check)


def verdict_of(posterior: Mapping[str, float]) -> str:
    """The verdict that a posterior allows: a doctrine, `NONE`, `CHANCE`, or `UNDECIDED`."""
    if sum(posterior.get(name, 0.0) for name in NO_DOCTRINE) >= SURE:
        return NONE
    best = max(posterior, key=lambda name: posterior[name])
    if posterior[best] < SURE:
        return UNDECIDED
    return CHANCE if best == RANDOM else best


def posteriors_by_turn(choices: Sequence[ChoiceSet]) -> Shares:
    """Turn -> {hypothesis: probability} from the choices up to it, for each turn with one."""
    return _by_turn(choices, HYPOTHESES, readings, last=False)


def lens_posteriors_by_turn(choices: Sequence[ChoiceSet], *, last: bool = False) -> Shares:
    """Turn -> {lens: probability}, where hypotheses differ by the danger they see alone.

    `last`: of the last turn only.
    """
    some = [one for one in choices if one.kind in (NAME, SIDE)]
    return _by_turn(some, LENSES, lens_readings, last=last)


@dataclass(frozen=True, slots=True, eq=False)
class _Distinct:
    """The readings of a kind of choice, each once, and their share of each hypothesis."""

    readings: tuple[Reading, ...]
    log_share: Floats
    """The log of the share of each reading in each hypothesis: [hypothesis, reading]."""


@cache
def _distinct(kind: str, make: Callable[[str], Readings], names: tuple[str, ...]) -> _Distinct:
    """The readings of a kind, so that what several hypotheses say is fitted once."""
    made = make(kind)
    every = tuple(dict.fromkeys(reading for name in names for _, reading in made[name]))
    share = np.zeros((len(names), len(every)))
    for row, name in enumerate(names):
        for part, reading in made[name]:
            share[row, every.index(reading)] += part
    with np.errstate(divide="ignore"):
        return _Distinct(every, np.log(share))


def _by_turn(
    choices: Sequence[ChoiceSet],
    names: tuple[str, ...],
    make: Callable[[str], Readings],
    *,
    last: bool,
) -> Shares:
    """Turn -> {hypothesis: probability}, each hypothesis as likely as another at first."""
    turns = sorted({one.turn for one in choices})
    if last:
        turns = turns[-1:]
    logs = np.zeros((len(turns), len(names)))
    for kind in KINDS:
        own = [one for one in choices if one.kind == kind]
        if own:
            logs += _evidence(own, turns, _distinct(kind, make, names))
    shares = np.exp(logs - logs.max(axis=1, keepdims=True)) if turns else logs
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-300)
    return {
        turn: dict(zip(names, row, strict=True))
        for turn, row in zip(turns, shares.tolist(), strict=True)
    }


def _evidence(own: Sequence[ChoiceSet], turns: Sequence[int], distinct: _Distinct) -> Floats:
    """The log-evidence of one kind's choices up to each turn: [turn, hypothesis]."""
    stack = stacked(own, distinct.readings)
    of_choice = np.array([one.turn for one in own])
    result = np.zeros((len(turns), len(distinct.log_share)))
    known, made = 0, np.zeros(len(distinct.log_share))
    fit: Fitted | None = None
    for row, turn in enumerate(turns):
        count = int(np.searchsorted(of_choice, turn, side="right"))
        if count > known:
            fit = fitted(stack.first(count), None if fit is None else fit.weights)
            mixed = distinct.log_share + fit.evidence
            best = mixed.max(axis=1, keepdims=True)
            made = np.log(np.exp(mixed - best).sum(axis=1)) + best[:, 0]
            known = count
        result[row] = made
    return result


def _check(choices: Sequence[ChoiceSet], posterior: Mapping[str, float]) -> FitCheck | None:
    """How well the likeliest doctrine, by its likeliest reading, foretold whom the state named."""
    best = max(posterior, key=lambda name: posterior[name])
    named = [one for one in choices if one.kind == NAME]
    if best not in BUILT_IN or best == RANDOM or not named:
        return None
    shares, every = zip(*readings(NAME)[best], strict=True)
    fit = fitted(stacked(named, every))
    likeliest = int(np.argmax(fit.evidence + np.log(shares)))
    return fit_check(named, fit.probability[likeliest])


def chances_of(
    decisions: Sequence[Evidence],
    doctrine: str,
    noise: float = NOISE,
    ambition: float = NEUTRAL_AMBITION,
) -> Floats:
    """As `chance_of`, for many decisions at once: [decision]."""
    rows = table((one.terms[doctrine], one.taken, one.allowed, one.hesitant) for one in decisions)
    return _declared(rows, doctrine, noise, ambition)


def _declared(decisions: Table, doctrine: str, noise: float, ambition: float) -> Floats:
    """The probability of what was taken, under a doctrine's declared weights: [decision]."""
    weights = term_weights(BUILT_IN[doctrine].weights, ambition)
    found = chances(decisions, weights[None, :], np.array([noise]))
    return found[:, 0, 0].astype(np.float64)


def chance_of(
    one: Evidence, doctrine: str, noise: float = NOISE, ambition: float = NEUTRAL_AMBITION
) -> float:
    """The probability, 0 to 1, of what was taken, under a doctrine's declared weights."""
    rows = table([(one.terms[doctrine], one.taken, one.allowed, one.hesitant)])
    return float(_declared(rows, doctrine, noise, ambition)[0])
