"""How AI campaigns order what followed a real position: `lab MAP --history FILE.csv`.

A file of outcomes tells, for pairs of the map's states, who was bound before, who signed a new
defence pact after, and who fought on the same side or on opposed ones. The campaigns give each pair
a score; the area under the ROC curve (AUC) is the chance that a pair to which it happened ranks
above one to which it did not: .5 is chance (Hanley & McNeil 1982).
"""

import csv
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game import play
from game.lab.runs import MIXED, Run, begin
from game.lab.scorecard.verdicts import few
from game.messages import PlayerMessage
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.sight import Floats

COLUMNS = (
    "a",
    "b",
    "bound_before",
    "new_defence_pact",
    "same_side_in_war",
    "opposed_in_war",
)
"""The head of a file of outcomes: two states' ids, and 0 or 1 for each of the rest."""
SAMPLES = 400
"""Samples of the bootstrap, over campaigns and over pairs."""
SHOWN = 8
"""Pairs that are shown as most over- or under-predicted."""

Pair = tuple[str, str]
Counts = tuple[frozenset[Pair], frozenset[Pair], frozenset[Pair]]
"""Of one campaign: pairs newly bound to defend each other, on one side of a war, opposed in one."""


class BadOutcomes(PlayerMessage):
    """A file of outcomes that cannot be used."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What followed between two states."""

    pair: Pair
    """In the order of their ids."""
    bound_before: bool
    new_defence_pact: bool
    same_side_in_war: bool
    opposed_in_war: bool


def read_outcomes(path: Path, doc: MapDoc) -> list[Outcome]:
    """The outcomes of a file, each pair once. Raises BadOutcomes."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise BadOutcomes(
                    f"{path} has no column {missing[0]!r}; its first line must name "
                    f"{', '.join(COLUMNS)}."
                )
            found = [_outcome(row, path, reader.line_num, doc) for row in reader]
    except OSError as error:
        raise BadOutcomes(f"{path} cannot be read: {error.strerror or error}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise BadOutcomes(f"{path} is no table of comma-separated text in UTF-8.") from None
    if not found:
        raise BadOutcomes(f"{path} has no rows; give one for each pair of states.")
    twice = [one.pair for one in found if sum(other.pair == one.pair for other in found) > 1]
    if twice:
        raise BadOutcomes(f"{path} names {' and '.join(twice[0])} twice; keep one of the rows.")
    return found


def _outcome(row: Mapping[str, str | None], path: Path, line: int, doc: MapDoc) -> Outcome:
    states = [(row[name] or "").strip() for name in COLUMNS[:2]]
    for state in states:
        if state not in doc.states:
            raise BadOutcomes(
                f'{path}, line {line}: the map {doc.id} has no state "{state}"; use the ids of '
                f"its states."
            )
    if states[0] == states[1]:
        raise BadOutcomes(f"{path}, line {line}: {states[0]} is paired with itself.")
    flags = []
    for name in COLUMNS[2:]:
        value = (row[name] or "").strip()
        if value not in ("0", "1"):
            raise BadOutcomes(f'{path}, line {line}: {name} is "{value}"; it must be 0 or 1.')
        flags.append(value == "1")
    first, second = sorted(states)
    return Outcome((first, second), *flags)


def counted(doc: MapDoc, seed: int, turns: int) -> Counts:
    """What a campaign of AI states came to, pair by pair."""
    position = begin(doc, Run(doc.id, MIXED, seed, turns))
    before = _defended(position.world)
    signed: set[Pair] = set()
    beside: set[Pair] = set()
    opposed: set[Pair] = set()
    for _ in range(turns):
        position = play.begin(position, {})
        world = position.world
        signed |= _defended(world) - before
        for war in world.wars:
            for side in (war.attackers, war.defenders):
                beside.update(itertools.combinations(sorted(side), 2))
            for attacker, defender in itertools.product(war.attackers, war.defenders):
                opposed.add((min(attacker, defender), max(attacker, defender)))
    return frozenset(signed), frozenset(beside), frozenset(opposed)


def _defended(world: World) -> set[Pair]:
    """Pairs that owe each other defence."""
    return {
        pair
        for treaty in world.treaties
        if "defense" in treaty.obligations
        for pair in itertools.combinations(sorted(treaty.parties), 2)
    }


def history_report(
    doc: MapDoc, outcomes: Sequence[Outcome], *, runs: int, turns: int, seed: int, jobs: int | None
) -> dict[str, Any]:
    """Play campaigns and score how they order the outcomes: the report of `lab --history`."""
    seeds = range(seed, seed + runs)
    played = _play_all(doc, list(seeds), turns, jobs)
    pact, same, opposed = (
        np.array([[one.pair in counts[kind] for one in outcomes] for counts in played], dtype=float)
        for kind in range(3)
    )
    bound = np.array([one.bound_before for one in outcomes], dtype=float)
    new = np.array([one.new_defence_pact for one in outcomes])
    free = bound == 0
    beside = np.array([one.same_side_in_war and not one.opposed_in_war for one in outcomes])
    against = np.array([one.opposed_in_war and not one.same_side_in_war for one in outcomes])
    sides = beside | against
    ties = pact + same - opposed + bound
    return {
        "map": doc.id,
        "runs": runs,
        "turns": turns,
        "seed": seed,
        "pairs": len(outcomes),
        "warning": few(runs),
        "orderings": [
            _ordering("new defence pacts", pact[:, free], new[free]),
            _ordering("same side rather than opposed in war", ties[:, sides], beside[sides]),
        ],
        "base_rates": [
            _base_rate("new defence pact", new[free], pact[:, free]),
            _base_rate("same side in war", beside, same),
            _base_rate("opposed in war", against, opposed),
        ],
        "pacts": _missed(
            [one for one in outcomes if not one.bound_before], pact[:, free], new[free]
        ),
        "sides": _missed(
            [one for one, counts in zip(outcomes, sides, strict=True) if counts],
            ties[:, sides],
            beside[sides],
        ),
    }


def _play_all(doc: MapDoc, seeds: Sequence[int], turns: int, jobs: int | None) -> list[Counts]:
    """Every campaign, over several processes where the extra that spreads work is installed."""
    if jobs == 1 or find_spec("joblib") is None:
        return [counted(doc, seed, turns) for seed in seeds]
    from joblib import Parallel, delayed

    work = Parallel(n_jobs=jobs or -1)
    return list(work(delayed(counted)(doc, seed, turns) for seed in seeds))


def auc(score: Floats, happened: NDArray[np.bool_]) -> float:
    """The chance that what happened ranks above what did not; ties count a half.

    `score` is [pair], `happened` [pair] of bool. Not a number where either is missing.
    """
    high, low = score[happened], np.sort(score[~happened])
    if not len(high) or not len(low):
        return float("nan")
    below = np.searchsorted(low, high, side="left")
    equal = np.searchsorted(low, high, side="right") - below
    return float((below + 0.5 * equal).sum() / (len(high) * len(low)))


def _ordering(what: str, scores: Floats, happened: Any) -> dict[str, Any]:
    """An AUC and its interval, by a bootstrap over campaigns and over pairs of each outcome."""
    random = np.random.default_rng(1)
    campaigns = len(scores)
    yes, no = np.flatnonzero(happened), np.flatnonzero(~happened)
    found = auc(scores.mean(axis=0), happened)
    low = high = None
    if len(yes) and len(no):
        samples = []
        for _ in range(SAMPLES):
            mean = scores[random.integers(campaigns, size=campaigns)].mean(axis=0)
            drawn = np.concatenate([random.choice(yes, len(yes)), random.choice(no, len(no))])
            samples.append(auc(mean[drawn], happened[drawn]))
        low, high = (round(float(end), 4) for end in np.quantile(samples, (0.025, 0.975)))
    return {
        "what": what,
        "auc": round(found, 4) if np.isfinite(found) else None,
        "low": low,
        "high": high,
        "happened": len(yes),
        "not": len(no),
    }


def _base_rate(what: str, happened: Any, played: Floats) -> dict[str, Any]:
    """How often something happened to a pair: in history, and in a campaign."""
    return {
        "what": what,
        "history": round(float(np.mean(happened)), 4) if len(happened) else None,
        "campaigns": round(float(played.mean()), 4) if played.size else None,
    }


def _missed(pairs: Sequence[Outcome], scores: Floats, happened: Any) -> dict[str, Any]:
    """The pairs most over-predicted, and most under-predicted."""
    mean = scores.mean(axis=0) if len(pairs) else np.zeros(0)
    order = sorted(range(len(pairs)), key=lambda index: (-mean[index], pairs[index].pair))
    over = [index for index in order if not happened[index]][:SHOWN]
    under = [index for index in reversed(order) if happened[index]][:SHOWN]
    return {
        name: [{"pair": list(pairs[at].pair), "score": round(float(mean[at]), 4)} for at in places]
        for name, places in (("over", over), ("under", under))
    }
