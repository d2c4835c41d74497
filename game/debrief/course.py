"""The course of a campaign by turn: power, threat, who feared whom, treaties, wars. Blind.

Moments are numbered by turn: moment 1 is the world before the first turn, the last one the world
after the last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from game.debrief.assurances import assurances
from game.debrief.decision_replay import DecisionReplay
from game.debrief.quarrels import crises, wars
from game.debrief.report_types import (
    Course,
    ProvinceMoved,
    StateEliminated,
    TreatySpan,
    WarSpan,
)
from game.history import History
from game.inference.evidence import Evidence
from game.theory.lens import View
from game.world.alignment_kinds import informal
from game.world.model import World
from game.world.orders import Offer, Terms
from game.world.questions import OfferQuestion
from game.world.sight import Facts, Floats, facts_of, seen_by

LENSES = ("BOP", "BOT")
Figure = TypeVar("Figure")
PLACES = 4
"""Decimals of a figure."""


def course(history: History, moments: DecisionReplay) -> Course:
    """Power, threat and fear at every moment; every treaty and war with its turns.

    `power` is a state's share of capability. `threat` is what it looks like to the others through
    a lens: the mean over them of what each faces from it, where 1 is the mean insecurity at the
    start. `insecurity` is what it faces itself, in the same unit. None: no longer there.
    """
    worlds = [record.start for record in history.turns] + [history.world]
    atlas = history.start.atlas
    ids = [state.id for state in history.start.states]
    rows = [
        {lens: _seen_through(moments, world, index, lens) for lens in LENSES}
        for index, world in enumerate(worlds)
    ]
    turns = range(1, len(worlds) + 1)
    return Course(
        moments=tuple(turns),
        dates=tuple(atlas.date(turn) for turn in turns),
        power=_by_state(ids, [_power(facts_of(world)) for world in worlds]),
        threat={lens: _by_state(ids, [row[lens].threat for row in rows]) for lens in LENSES},
        insecurity={
            lens: _by_state(ids, [row[lens].insecurity for row in rows]) for lens in LENSES
        },
        feared={lens: _by_state(ids, [row[lens].feared for row in rows]) for lens in LENSES},
        treaties=treaties(worlds),
        aligned=_aligned(history),
        wars=wars(history),
        land=_land(history),
        crises=crises(history),
        assurances=assurances(moments),
    )


def _by_state(
    ids: Sequence[str], by_moment: Sequence[Sequence[Figure]]
) -> dict[str, tuple[Figure, ...]]:
    """Rows of [moment][state] by state."""
    return {name: tuple(row[index] for row in by_moment) for index, name in enumerate(ids)}


def _power(facts: Facts) -> list[float | None]:
    return [
        _rounded(share) if there else None
        for share, there in zip(facts.c, facts.there, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A moment through a lens, a figure a state."""

    threat: list[float | None]
    insecurity: list[float | None]
    feared: list[str | None]


def _seen_through(moments: DecisionReplay, world: World, index: int, lens: str) -> _Seen:
    facts = facts_of(world)
    ids = [state.id for state in world.states]
    views = _views(moments, world, index, lens)
    looks = _looks(views, len(ids))
    own = [views.get(name) for name in ids]
    return _Seen(
        threat=[
            _rounded(look) if there else None
            for look, there in zip(looks, facts.there, strict=True)
        ],
        insecurity=[None if view is None else _rounded(view.insecurity) for view in own],
        feared=[None if view is None else _most_feared(view, ids) for view in own],
    )


def _views(moments: DecisionReplay, world: World, index: int, lens: str) -> dict[str, View]:
    beliefs = moments.beliefs[index]
    return {
        state.id: moments.view(seen_by(world, beliefs, state.id), lens)
        for state in world.states
        if state.alive and state.committed > 0
    }


def _looks(views: dict[str, View], count: int) -> Floats:
    """What each state looks like to the others: the mean of what they face from it: [state]."""
    if not views:
        return np.zeros(count)
    rows = np.array([view.faced[view.me] for view in views.values()])
    seers = np.full(count, float(len(views)))
    for view in views.values():
        seers[view.me] -= 1.0
    return np.asarray(rows.sum(axis=0) / np.maximum(seers, 1.0))


def _most_feared(view: View, ids: list[str]) -> str | None:
    faced = view.faced[view.me]
    index = int(np.argmax(faced))
    return ids[index] if float(faced[index]) > 0 else None


def _rounded(value: float) -> float:
    return round(float(value), PLACES)


def treaties(worlds: list[World]) -> tuple[TreatySpan, ...]:
    """Every treaty with the first and the last moment at which it stood, in order of the first.

    What is said of it is what held at the last; `until` is None where it stands at the end.
    """
    found: dict[int, TreatySpan] = {}
    for moment, world in enumerate(worlds, start=1):
        for treaty in world.treaties:
            known = found.get(treaty.id)
            found[treaty.id] = TreatySpan(
                id=treaty.id,
                parties=treaty.parties,
                obligations=treaty.obligations,
                against=treaty.against or None,
                secret=treaty.terms.secret,
                binding=treaty.binding,
                since=moment if known is None else known.since,
                until=None if moment == len(worlds) else moment,
            )
    return tuple(sorted(found.values(), key=lambda one: (one.since, one.id)))


def stood(one: TreatySpan | WarSpan, moment: int) -> bool:
    """Whether a treaty, or a war, of a course was there at a moment."""
    return one.since <= moment and (one.until is None or moment <= one.until)


def _aligned(history: History) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The pairs that stood together by conduct, whatever they had signed, by moment (S5)."""
    events = history.events()
    result = []
    for turn in range(len(history.turns) + 1):
        by_then = [row for row in events if row[0] <= turn]
        result.append(tuple(sorted(tuple(sorted(pair)) for pair in informal(by_then, turn))))
    return tuple(result)


def _land(history: History) -> tuple[ProvinceMoved | StateEliminated, ...]:
    """Provinces that changed their owner, and states that were no more."""
    result: list[ProvinceMoved | StateEliminated] = []
    for record in history.turns:
        for before, after in zip(record.start.provinces, record.end.provinces, strict=True):
            if before.owner != after.owner:
                name = history.start.atlas.place(after.id).name
                owners = (before.owner or None, after.owner or None)
                result.append(ProvinceMoved(record.turn, after.id, name, *owners))
        result += [
            StateEliminated(record.turn, old.id)
            for old, new in zip(record.start.states, record.end.states, strict=True)
            if old.alive and not new.alive
        ]
    return tuple(result)


def appeased(decisions: Iterable[Evidence]) -> dict[str, int]:
    """How often a state promised peace or neutrality to whom it had most to fear, by lens (T5)."""
    counts = dict.fromkeys(LENSES, 0)
    for one in decisions:
        bond = _peaceful_bond(one)
        for lens, feared in one.feared.items():
            counts[lens] += bool(bond) and bond == feared
    return counts


def _peaceful_bond(one: Evidence) -> str:
    """To whom a decision would promise peace or neutrality, and no more; empty for nobody."""
    if isinstance(one.chosen, Offer):
        return one.chosen.to if _peaceful(one.chosen.terms) else ""
    if isinstance(one.question, OfferQuestion):
        if isinstance(one.chosen, Terms):
            return one.question.by if _peaceful(one.chosen) else ""
        if one.chosen == "accept" and _peaceful(one.question.terms):
            return one.question.by
    return ""


def _peaceful(terms: Terms) -> bool:
    return not terms.binding and bool({"nonaggression", "neutrality"} & set(terms.obligations))
