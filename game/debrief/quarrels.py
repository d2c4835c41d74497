"""The demands and the wars of a campaign, with the sides that others took. Blind."""

from collections.abc import Sequence
from dataclasses import replace

from game.debrief.report_types import CrisisSpan, WarEntry, WarSpan
from game.history import History
from game.world.events import Event

ENDS = {"demand_yielded": "yielded", "demand_withdrawn": "withdrawn"}
"""Kind of event that ends a crisis -> how it is called."""


def wars(history: History) -> tuple[WarSpan, ...]:
    """Every war, from its declaration: who began it, who joined when, and when it ended."""
    found: dict[int, WarSpan] = {}
    standing = {war.id for war in history.world.wars}
    for record in history.turns:
        for world in (record.start, record.end):
            for war in world.wars:
                known = found.get(war.id) or WarSpan(
                    war.id, war.opener, war.victim, war.since, None, (), ()
                )
                found[war.id] = replace(
                    known,
                    until=None if war.id in standing else record.turn,
                    attackers=_joined(known.attackers, war.attackers),
                    defenders=_joined(known.defenders, war.defenders),
                )
        for happening in record.events:
            number = happening.number("war") if happening.kind == "war_declared" else 0
            if happening.kind == "war_declared" and number not in found:
                found[number] = WarSpan(
                    id=number,
                    by=happening.actor,
                    on=happening.target,
                    since=record.turn,
                    until=record.turn,
                    attackers=(happening.actor,),
                    defenders=(happening.target,),
                )
    told = _entries(history)
    return tuple(
        _with_entries(war, told.get(war.id, ()))
        for war in sorted(found.values(), key=lambda one: (one.since, one.id))
    )


def _with_entries(war: WarSpan, entries: Sequence[WarEntry]) -> WarSpan:
    """A war with all that came in, those too that were out of it before their first turn ended."""
    came = [one for one in entries if one.how != "refused"]
    return replace(
        war,
        attackers=_joined(
            war.attackers, tuple(one.state for one in came if one.side == "attackers")
        ),
        defenders=_joined(
            war.defenders, tuple(one.state for one in came if one.side == "defenders")
        ),
        entries=tuple(entries),
    )


def _joined(before: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """Those that fought on a side until now, and after them those that came in."""
    return (*before, *(one for one in now if one not in before))


def _entries(history: History) -> dict[int, list[WarEntry]]:
    """War -> how each belligerent came in, and who refused a call, in order of the events."""
    found: dict[int, list[WarEntry]] = {}
    sides: dict[tuple[int, str], str] = {}
    bound: dict[tuple[int, str], str] = {}
    for turn, event in history.events():
        if event.kind == "war_declared":
            number = event.number("war")
            for state, side, way in (
                (event.actor, "attackers", "began"),
                (event.target, "defenders", "attacked"),
            ):
                sides[number, state] = side
                found.setdefault(number, []).append(WarEntry(turn, state, side, way))
        elif event.kind == "call_honoured":
            bound[event.number("war"), event.actor] = _by(event)
        elif event.kind == "call_refused":
            number = event.number("war")
            entry = WarEntry(
                turn, event.actor, sides.get((number, event.target), ""), "refused", _by(event)
            )
            found.setdefault(number, []).append(entry)
        elif event.kind == "war_joined":
            number, state, side = event.number("war"), event.actor, event.text("side")
            sides[number, state] = side
            by = bound.get((number, state), "")
            found.setdefault(number, []).append(WarEntry(turn, state, side, "joined", by))
    return found


def _by(call: Event) -> str:
    """What a call rests on; a pledge has no number of a treaty."""
    return "pledge" if call.number("treaty") < 0 else "treaty"


def crises(history: History) -> tuple[CrisisSpan, ...]:
    """Every demand, with those who stood by either side in public, and its end."""
    atlas = history.start.atlas
    found: dict[int, CrisisSpan] = {}
    for turn, event in history.events():
        if event.kind == "demand_made":
            place = event.text("subject") if event["stake"] == "cede" else ""
            found[event.number("crisis")] = CrisisSpan(
                turn=turn,
                by=event.actor,
                of=event.target,
                stake=event.text("stake"),
                subject=atlas.place(place).name if place else "",
                for_demand=(),
                against_demand=(),
                outcome="",
                ended=None,
            )
        elif event.kind == "pledge_made":
            number = event.number("crisis")
            if number in found:
                found[number] = _pledged(found[number], event)
        elif event.kind in ENDS:
            number = event.number("crisis")
            if number in found:
                found[number] = replace(found[number], outcome=ENDS[event.kind], ended=turn)
        elif event.kind == "war_declared":
            for number, crisis in found.items():
                if not crisis.outcome and {crisis.by, crisis.of} == {event.actor, event.target}:
                    found[number] = replace(crisis, outcome="war", ended=turn)
    return tuple(found.values())


def _pledged(crisis: CrisisSpan, event: Event) -> CrisisSpan:
    """A crisis with one more that stands by a side."""
    if event.target == crisis.by:
        return replace(crisis, for_demand=(*crisis.for_demand, event.actor))
    return replace(crisis, against_demand=(*crisis.against_demand, event.actor))
