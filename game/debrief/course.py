"""The course of a campaign by turn: power, threat, who feared whom, treaties, wars. Blind.

Moments are numbered by turn: moment 1 is the world before the first turn, the last one the world
after the last.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from game.debrief.decision_replay import DecisionReplay
from game.history import History
from game.inference.evidence import Evidence
from game.theory.lens import View
from game.world.alignment_kinds import informal
from game.world.model import World
from game.world.orders import Offer, Terms
from game.world.questions import OfferQuestion
from game.world.sight import Floats, facts_of, seen_by

LENSES = ("BOP", "BOT")
PLACES = 4
"""Decimals of a figure."""


def course(history: History, moments: DecisionReplay) -> dict[str, Any]:
    """Power, threat and fear at every moment; every treaty and war with its turns.

    `power` is a state's share of capability. `threat` is what it looks like to the others through
    a lens: the mean over them of what each faces from it, where 1 is the mean insecurity at the
    start. `insecurity` is what it faces itself, in the same unit. None: no longer there.
    """
    worlds = [record.start for record in history.turns] + [history.world]
    atlas = history.start.atlas
    ids = [state.id for state in history.start.states]
    threat: dict[str, dict[str, list[float | None]]] = {lens: {} for lens in LENSES}
    insecurity: dict[str, dict[str, list[float | None]]] = {lens: {} for lens in LENSES}
    feared: dict[str, dict[str, list[str | None]]] = {lens: {} for lens in LENSES}
    power: dict[str, list[float | None]] = {name: [] for name in ids}
    for table in (threat, insecurity, feared):
        for lens in LENSES:
            table[lens] = {name: [] for name in ids}
    for index, world in enumerate(worlds):
        facts = facts_of(world)
        for at, name in enumerate(ids):
            power[name].append(_rounded(facts.c[at]) if facts.there[at] else None)
        for lens in LENSES:
            views = _views(moments, world, index, lens)
            looks = _looks(views, len(ids))
            for at, name in enumerate(ids):
                view = views.get(name)
                threat[lens][name].append(_rounded(looks[at]) if facts.there[at] else None)
                insecurity[lens][name].append(None if view is None else _rounded(view.insecurity))
                feared[lens][name].append(None if view is None else _most_feared(view, ids))
    turns = list(range(1, len(worlds) + 1))
    return {
        "moments": turns,
        "dates": [atlas.date(turn) for turn in turns],
        "power": power,
        "threat": threat,
        "insecurity": insecurity,
        "feared": feared,
        "treaties": treaties(worlds),
        "aligned": _aligned(history),
        "wars": wars(history),
        "land": _land(history),
    }


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


def treaties(worlds: list[World]) -> list[dict[str, Any]]:
    """Every treaty with the first and the last moment at which it stood (`to` null: it stands)."""
    found: dict[int, dict[str, Any]] = {}
    for moment, world in enumerate(worlds, start=1):
        for treaty in world.treaties:
            known = found.setdefault(treaty.id, {})
            first = known.get("from", moment)
            known.update(
                {
                    "id": treaty.id,
                    "parties": list(treaty.parties),
                    "obligations": list(treaty.obligations),
                    "against": treaty.against or None,
                    "secret": treaty.terms.secret,
                    "binding": treaty.binding,
                    "from": first,
                    "to": moment,
                }
            )
    last = len(worlds)
    for known in found.values():
        if known["to"] == last:
            known["to"] = None
    return sorted(found.values(), key=lambda one: (one["from"], one["id"]))


def stood(treaty: dict[str, Any], moment: int) -> bool:
    """Whether a treaty, or a war, of a course was there at a moment."""
    return bool(treaty["from"] <= moment and (treaty["to"] is None or moment <= treaty["to"]))


def _aligned(history: History) -> list[list[list[str]]]:
    """The pairs that stood together by conduct, whatever they had signed, by moment (S5)."""
    told = history.events()
    result: list[list[list[str]]] = []
    for turn in range(len(history.turns) + 1):
        by_then = [row for row in told if row[0] <= turn]
        result.append(sorted(sorted(pair) for pair in informal(by_then, turn)))
    return result


def wars(history: History) -> list[dict[str, Any]]:
    """Every war, from its declaration: who began it, who joined when, and when it ended."""
    found: dict[int, dict[str, Any]] = {}
    for record in history.turns:
        for world in (record.start, record.end):
            for war in world.wars:
                known = found.setdefault(
                    war.id,
                    {
                        "id": war.id,
                        "by": war.opener,
                        "on": war.victim,
                        "from": war.since,
                        "to": None,
                        "attackers": [],
                        "defenders": [],
                    },
                )
                for side, members in (("attackers", war.attackers), ("defenders", war.defenders)):
                    known[side] += [one for one in members if one not in known[side]]
        for happening in record.events:
            if happening.kind == "war_declared" and happening.number("war") not in found:
                found[happening.number("war")] = {
                    "id": happening.number("war"),
                    "by": happening.actor,
                    "on": happening.target,
                    "from": record.turn,
                    "to": record.turn,
                    "attackers": [happening.actor],
                    "defenders": [happening.target],
                }
    standing = {war.id for war in history.world.wars}
    for number, known in found.items():
        if number not in standing and known["to"] is None:
            known["to"] = max(
                record.turn
                for record in history.turns
                if any(war.id == number for war in (*record.start.wars, *record.end.wars))
            )
    return sorted(found.values(), key=lambda one: (one["from"], one["id"]))


def _land(history: History) -> list[dict[str, Any]]:
    """Provinces that changed their owner, and states that were no more."""
    result: list[dict[str, Any]] = []
    for record in history.turns:
        for before, after in zip(record.start.provinces, record.end.provinces, strict=True):
            if before.owner != after.owner:
                result.append(
                    {
                        "turn": record.turn,
                        "province": after.id,
                        "name": history.start.atlas.place(after.id).name,
                        "from": before.owner or None,
                        "to": after.owner or None,
                    }
                )
        result += [
            {"turn": record.turn, "eliminated": old.id}
            for old, new in zip(record.start.states, record.end.states, strict=True)
            if old.alive and not new.alive
        ]
    return result


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
