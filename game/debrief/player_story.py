"""What happened to the player in its campaign: the great events in order, and a summary."""

from collections import Counter
from collections.abc import Mapping, Sequence

from game.debrief.report_types import OwnEvent
from game.history import History, TurnRecord
from game.words import percent
from game.words.event_sentences import describe_event
from game.words.event_weights import settled, weight
from game.words.grammar import counted, listed, possessive, sentence
from game.world.events import Event

MOST = 14
"""Events that are told at the most."""
A_TURN = 3
"""Of one turn, at the most."""
GREATEST = 3
"""The weight of an event that is told (`words.event_weights.weight`)."""
RANKS: Mapping[str, int] = {
    kind: rank
    for rank, kinds in enumerate(
        (
            ("state_eliminated", "war_declared", "state_restored"),
            ("peace_made", "war_joined", "call_honoured", "call_refused"),
            ("treaty_broken", "province_ceded", "demand_yielded", "province_annexed"),
            ("treaty_signed", "notice_given", "demand_made", "guarantee_given", "pole_risen"),
        )
    )
    for kind in kinds
}
"""Kind of event -> its rank: what is told first where there is more than `MOST`; others last."""


def great_events(history: History, me: str) -> tuple[OwnEvent, ...]:
    """The great events of the player's campaign, in order of time, addressed to the player.

    Those that concern the player go before those of others, and graver kinds before lighter ones.
    """
    atlas = history.start.atlas
    found = [
        (_rank(event, me), record.turn, at, event)
        for record in history.turns
        for at, event in _of_turn(record, me)
    ]
    chosen = sorted(sorted(found, key=lambda row: row[:3])[:MOST], key=lambda row: row[1:3])
    return tuple(
        OwnEvent(turn, atlas.date(turn), event.kind, describe_event(event, atlas, me))
        for _, turn, _, event in chosen
    )


def _of_turn(record: TurnRecord, me: str) -> list[tuple[int, Event]]:
    """The great events of a turn with their places in it; of a kind that repeats itself, one."""
    redundant = settled(record.events)
    seen: set[tuple[str, str]] = set()
    found: list[tuple[int, Event]] = []
    for at, event in enumerate(record.events):
        kind = (event.kind, event.actor)
        if at in redundant or kind in seen or weight(event, me, record.start) < GREATEST:
            continue
        seen.add(kind)
        found.append((at, event))
    first = sorted(found, key=lambda row: (_rank(row[1], me), row[0]))[:A_TURN]
    return sorted(first, key=lambda row: row[0])


def _rank(event: Event, me: str) -> tuple[bool, int]:
    return me not in (event.actor, event.target), RANKS.get(event.kind, len(RANKS))


def in_short(history: History, me: str, shares: Sequence[float | None]) -> str:
    """What the player did and what became of its power, in a sentence or two.

    `shares` are its shares of the world's capability, 0 to 1, at every moment of the course.
    """
    atlas = history.start.atlas
    own: Counter[str] = Counter()
    wars: set[int] = set()
    for _, event in history.events():
        own[event.kind] += event.actor == me
        if event.kind == "war_declared" and me in (event.actor, event.target):
            wars.add(event.number("war"))
        if event.kind == "war_joined" and event.actor == me:
            wars.add(event.number("war"))
    signed = sum(
        event.kind == "treaty_signed" and me in (event.actor, event.target)
        for _, event in history.events()
    )
    broken = {
        event.number("treaty")
        for _, event in history.events()
        if event.kind == "treaty_broken" and event.actor == me
    }
    done = [
        f"signed {counted(signed, 'treaty')}" if signed else "signed no treaty",
        f"broke {counted(len(broken), 'treaty')}" if broken else "",
        f"made {counted(own['demand_made'], 'demand')}" if own["demand_made"] else "",
        f"fought in {counted(len(wars), 'war')}" if wars else "fought in no war",
        f"broke your word to {counted(own['call_refused'], 'call')} to arms"
        if own["call_refused"]
        else "",
    ]
    began, ended = shares[0] or 0.0, shares[-1] or 0.0
    moved = f"went from {percent(began)} to {percent(ended)}"
    if percent(began) == percent(ended):
        moved = f"stayed at {percent(ended)}"
    power = f"{possessive(atlas.name(me))} share of the world's capability {moved}"
    first, last = atlas.date(1), atlas.date(max(1, len(history.turns)))
    return sentence(f"You led {atlas.name(me)} from {first} to {last}: you {listed(done)}; {power}")
