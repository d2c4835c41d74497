"""Why pacts end (H14): what happened to the parties, or to the adversary, shortly before.

Leeds & Savun 2007 and Leeds, Mattes & Vogel 2009 find that alliances end when what they were made
for changes: a war lost, an adversary that is no more or has become a friend, a new alliance,
another rank. Such changes are read here from the events, of pacts that end and of like pacts that
go on.
"""

from collections.abc import Sequence

from game.history import TurnRecord
from game.lab.conduct import Conduct
from game.lab.scorecard.row import Measured, enter, table
from game.world.events import Event
from game.world.model import Treaty

BEFORE = 2
"""A cause counts if it happened in so many turns before."""
STRATA = 6
"""Kinds of pacts that are compared with each other: see `_stratum`."""
OF_A_PARTY = frozenset(
    {
        "bankrupt",
        "pole_risen",
        "pole_fallen",
        "province_ceded",
        "province_annexed",
        "state_eliminated",
        "state_restored",
        "treaty_leaked",
    }
)
"""Events that change what a party, or the adversary, is worth: it is their actor or target."""
BETWEEN_PARTIES = frozenset(
    {"demand_made", "war_declared", "call_refused", "treaty_broken", "plot_found"}
)
"""Events that count where both of those they concern are parties."""
UNTOLD = frozenset({"", "expired", "notice", "breach"})
"""Ways to leave that tell no reason: the calendar, or a leave that states none."""


def measure_ends(conduct: Conduct) -> Measured:
    """Binding pacts by turn, whether they end in it, and whether a cause came before.

    The table is entered with a case for each pact and turn. A pact that a party leaves has ended;
    one that a new pact replaces has not. `untold` counts the ends whose event names no reason.
    """
    entered = table(STRATA)
    ends = untold = 0
    turns = conduct.history.turns
    for index in range(BEFORE, len(turns)):
        record = turns[index]
        left = {treaty.id: set(treaty.parties) for treaty in record.end.treaties}
        why = _reasons(record)
        before = turns[index - BEFORE : index]
        great = {state.id for state in record.start.states if state.great}
        for treaty in record.start.treaties:
            if not treaty.binding or treaty.guarantor or why.get(treaty.id) == "renewed":
                continue
            ended = bool(set(treaty.parties) - left.get(treaty.id, set()))
            enter(entered, _stratum(treaty, great), ended, float(caused(treaty, before)))
            ends += ended
            untold += ended and why.get(treaty.id, "") in UNTOLD
    return {"n": float(ends), "untold": float(untold), "table": entered}


def _reasons(record: TurnRecord) -> dict[int, str]:
    """Treaty -> the reason that its end in a turn names; of several, one that is told."""
    found: dict[int, str] = {}
    for one in record.events:
        if one.kind in ("treaty_ended", "treaty_broken"):
            number, why = one.number("treaty"), one.text("why")
            if found.get(number, "") in UNTOLD:
                found[number] = why
    return found


def _stratum(treaty: Treaty, great: set[str]) -> int:
    """0 to 5: how many great powers are parties (none, one, more), and whether it names a foe."""
    return 2 * min(2, len(great.intersection(treaty.parties))) + bool(treaty.against)


def caused(treaty: Treaty, before: Sequence[TurnRecord]) -> bool:
    """Whether some turns held an event for which a pact may end.

    Among them: a party or the adversary lost a war, land, rank or its existence; a party quarrelled
    with, or broke its word to, another party; a party signed with the adversary, or bound itself
    anew with a state outside.
    """
    return any(_is_cause(treaty, one) for record in before for one in record.events)


def _is_cause(treaty: Treaty, one: Event) -> bool:
    parties, foe = treaty.parties, treaty.against
    concerned = {one.actor, one.target} - {""}
    if one.kind in OF_A_PARTY:
        lost_by = {one.text("from")} if one.kind == "province_annexed" else set()
        return bool((concerned | lost_by) & {*parties, foe})
    if one.kind in BETWEEN_PARTIES:
        return len(concerned.intersection(parties)) == 2
    if one.kind == "peace_made":
        lost = one.target if one.names("takes") else one.actor if one.names("gives") else ""
        return lost in (*parties, foe) and bool(lost)
    if one.kind == "treaty_signed" and one.number("treaty") != treaty.id:
        of_us = concerned.intersection(parties)
        with_the_foe = bool(foe) and foe in concerned
        outside = {"defense", "offense"}.intersection(one.names("obligations"))
        return len(of_us) == 1 and (with_the_foe or bool(outside))
    return False
