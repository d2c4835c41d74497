"""How important an event is in a report: 0 a footnote, 1 a line, 2 important, 3 a headline."""

from collections import Counter
from collections.abc import Sequence

from game.world.events import FACTS, TALKS, Event
from game.world.model import World

MOST = 3
ALIKE = 2

GROUND: dict[str, int] = {
    **dict.fromkeys(FACTS, 1),
    **dict.fromkeys(
        (
            "war_declared", "war_joined", "peace_made", "state_eliminated", "call_refused",
            "call_honoured", "province_annexed", "province_ceded", "province_taken",
            "treaty_broken", "state_restored", "bankrupt", "demand_yielded",
        ),
        3,
    ),
    **dict.fromkeys(
        (
            "treaty_signed", "treaty_leaked", "demand_made", "demand_withdrawn",
            "crisis_climbed", "pledge_made", "battle_fought", "war_ended", "pole_risen",
            "pole_fallen", "power_committed", "plot_found", "treaty_ended", "notice_given",
            "treaty_countered", "lead_passed", "guarantee_given", "guarantee_withdrawn",
            "offer_told", "talks_leaked", "assurance_broken", "leader_succeeded",
        ),
        2,
    ),
    **dict.fromkeys(("forces_raised", "forces_cut", "invested", "sounding_made", "demobilised"), 0),
}  # fmt: skip
"""Kind -> its importance when great powers are involved."""

ROUTINE = frozenset(
    {"forces_raised", "forces_cut", "invested", "sounding_made", "posture_changed", "demobilised"}
)
"""What a state does at home or in secret: no news to that state itself."""


def weight(event: Event, me: str | None, world: World) -> int:
    """How important an event is in `me`'s report, 0 to 3.

    One more if it concerns me, or is a talk of others that I heard of; one less if it concerns
    lesser states alone.
    """
    ground = GROUND[event.kind]
    if me is not None and me in _touched(event):
        if event.kind in ROUTINE and event.actor == me:
            return 0
        return min(MOST, ground + 1)
    if me is not None and event.kind in TALKS and event.witnesses is not None:
        ground += 1
    great = any(
        world.state(id).great for id in (event.actor, event.target) if id in world.atlas.state_index
    )
    return ground if great else max(0, ground - 1)


SAME, OTHER, EITHER = (True,), (False,), (True, False)
"""The actor of an outcome: the same as that of the event it ends, the other party, or either."""
OUTCOMES: dict[str, dict[str, tuple[bool, ...]]] = {
    "treaty_offered": {"treaty_signed": EITHER, "treaty_declined": SAME, "treaty_countered": OTHER},
    "aid_offered": {"aid_given": SAME, "aid_refused": SAME},
    "peace_offered": {"peace_made": EITHER, "peace_refused": SAME},
    "call_made": {"call_honoured": SAME, "call_refused": SAME},
}
"""Kind that opens an exchange -> {kind that ends it in the same turn: whose actor it has}."""
ECHOES = {"mobilised": ("crisis_climbed", True), "province_ceded": ("demand_yielded", False)}
"""Kind that only repeats an earlier event -> (that event's kind, whether the actor is the same)."""


def settled(events: Sequence[Event]) -> set[int]:
    """The indices of events that another event makes redundant, such as an answered offer."""
    found = set()
    for at, event in enumerate(events):
        ends = OUTCOMES.get(event.kind, {})
        pair = (event.actor, event.target)
        if any(
            (later.actor, later.target)
            in [pair if same else pair[::-1] for same in ends[later.kind]]
            for later in events[at + 1 :]
            if later.kind in ends
        ):
            found.add(at)
        source, same = ECHOES.get(event.kind, ("", True))
        parties = pair if same else pair[::-1]
        if any(one.kind == source and (one.actor, one.target) == parties for one in events[:at]):
            found.add(at)
        if event.kind == "war_joined" and any(
            one.kind == "call_honoured" and one.actor == event.actor for one in events[:at]
        ):
            found.add(at)
    return found


def weightiest(events: Sequence[Event], me: str | None, world: World) -> list[int]:
    """The indices of events, the most important first; ties go to the more serious kind.

    Redundant events (`settled`) come last. Of one kind at most `ALIKE` come before other events of
    the same weight: so a long list of states joining a war does not hide the provinces lost in it.
    """
    redundant = settled(events)
    weights = [
        0 if at in redundant else weight(event, me, world) for at, event in enumerate(events)
    ]
    order = sorted(range(len(events)), key=lambda at: (-weights[at], -GROUND[events[at].kind], at))
    seen: Counter[str] = Counter()
    ranks = {}
    for index, at in enumerate(order):
        event = events[at]
        seen[event.kind] += 1
        ranks[at] = (-weights[at], seen[event.kind] > ALIKE, index)
    return sorted(order, key=ranks.__getitem__)


def _touched(event: Event) -> set[str]:
    """The states that an event concerns: actor, target, and those that its facts name."""
    named = {
        fact
        for name, fact in zip(FACTS[event.kind], event.facts, strict=False)
        if name in ("against", "by", "enemy", "from") and isinstance(fact, str)
    }
    return {event.actor, event.target} | named
