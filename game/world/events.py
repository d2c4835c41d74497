"""Events: everything that happens, as values. Screen, save, letter and debrief read these alone.

`FACTS` lists every kind with the facts it carries; an event with other facts cannot be made.
"""

from collections.abc import Iterable
from dataclasses import dataclass

Fact = str | int | tuple[str, ...]
"""What a fact can be: a name, a number, or several names."""

FACTS: dict[str, tuple[str, ...]] = {
    # talks (see TALKS): actor offers (in a counter: who counters), target is asked
    "treaty_offered": ("obligations", "against", "term", "secret", "burden"),
    "treaty_signed": ("treaty", "obligations", "against", "term", "secret", "burden", "renews"),
    "treaty_declined": ("obligations", "against"),
    "treaty_countered": ("obligations", "against", "term", "secret", "burden"),
    "treaty_lapsed": ("obligations", "against"),
    # accession: a treaty_signed that renews its own number; a member that is against it refuses
    # (actor) the newcomer (target)
    "accession_refused": ("treaty", "obligations", "against"),
    # actor, who declined an offer or a counter of `by`, tells target, whom it was against
    "offer_told": ("by", "obligations", "against"),
    # all learn of an offer that actor made to target
    "talks_leaked": ("obligations", "against"),
    # endings: actor leaves, target is another party (one event for each of them). A leak that
    # all learn of names two parties; one that a network found names its owner as actor
    "notice_given": ("treaty", "obligations", "why"),
    "treaty_ended": ("treaty", "obligations", "why"),
    "treaty_broken": ("treaty", "obligations", "why"),
    "treaty_leaked": ("treaty", "obligations", "against"),
    # guarantees: actor alone promises to defend target; it ends as a treaty does where its term
    # runs out, and is broken as one
    "guarantee_given": ("treaty", "term"),
    "guarantee_withdrawn": ("treaty", "why"),
    # aid: actor gives, target is offered
    "aid_offered": ("amount",),
    "aid_given": ("amount",),
    "aid_refused": ("amount",),
    # crises: actor demands, target is asked; actor climbs or pledges, target is climbed against
    # or stood by
    "demand_made": ("crisis", "stake", "subject", "interest"),
    "demand_yielded": ("crisis", "stake", "subject", "rung"),
    "demand_withdrawn": ("crisis", "stake", "subject", "rung"),
    "crisis_held": ("crisis", "rung"),
    "crisis_climbed": ("crisis", "rung"),
    "pledge_made": ("crisis", "against"),
    # assurances: actor answers target, who asked in private whether it would stand `beside` a side
    # of a crisis (empty: aside). When that is over, `did` says by whom it stood in the war that
    # came of it (`war`, 0 where none did). Others learn of one only where it is broken
    "assurance_given": ("crisis", "beside", "answer"),
    "assurance_kept": ("crisis", "beside", "answer", "did", "war"),
    "assurance_broken": ("crisis", "beside", "answer", "did", "war"),
    "assurance_lapsed": ("crisis", "beside", "answer", "did", "war"),
    "mobilised": ("crisis",),
    "demobilised": (),
    "province_ceded": ("province",),
    # wars: actor attacks, target is attacked. In a call the actor is who is called (who calls in
    # call_made), the target the other; who joins names the leader it fights; in peace the actor
    # proposes
    "war_declared": ("war", "aim", "surprise"),
    "call_made": ("war", "enemy", "treaty"),
    "call_honoured": ("war", "enemy", "treaty"),
    "call_refused": ("war", "enemy", "treaty"),
    "war_joined": ("war", "side"),
    # actor leads its side now, in place of target
    "lead_passed": ("war", "side"),
    "battle_fought": ("war", "province", "odds", "won", "attacker_losses", "defender_losses"),
    "province_taken": ("war", "province", "from"),
    "peace_offered": ("war", "takes", "gives", "indemnity", "disarm", "restores"),
    "peace_refused": ("war",),
    "peace_made": ("war", "takes", "gives", "indemnity", "disarm", "restores", "separate"),
    "province_annexed": ("province", "from"),
    "war_ended": ("war",),
    "state_eliminated": (),
    # actor rises again, by the peace of target; who must give its land back
    "state_restored": ("from",),
    # influence: actor works in, or listens at, target
    "penetration_made": ("means", "depth"),
    "plot_found": ("means",),
    "sounding_made": (),
    # an assessment of target that actor ordered is ready; only actor knows that it was made
    "assessment_made": (),
    # actor's envoy or network in target: the talks held there with others, and those it heard
    "talks_reported": ("held", "heard"),
    # economy
    "forces_raised": ("army", "fleet"),
    "forces_cut": ("army", "fleet"),
    "forces_disbanded": ("army", "fleet"),
    "invested": ("amount",),
    "posture_changed": ("step", "before"),
    "bankrupt": (),
    # the system
    "pole_risen": (),
    "pole_fallen": (),
    "power_committed": ("share",),
    # actor has a new leader, after the one before
    "leader_succeeded": ("leader", "predecessor"),
    "order_refused": ("order", "reason"),
}
"""Every kind of event and the facts it carries, in order."""


TALKS = frozenset(
    {
        "treaty_offered", "treaty_declined", "treaty_countered", "treaty_lapsed",
        "accession_refused", "aid_offered", "aid_given", "aid_refused", "peace_offered",
        "peace_refused",
    }
)  # fmt: skip
"""The kinds that pass in private: who talks knows of them alone, until others learn of them."""
HIDDEN_FROM_TARGET = frozenset({"penetration_made", "talks_reported", "assessment_made"})
"""The kinds that their target does not notice."""

ADDED_FACTS: dict[str, int] = {"notice_given": 1}
"""Kind of event -> how many of its last facts events of older saves lack."""


@dataclass(frozen=True, slots=True)
class Event:
    """One happening: who did what to whom, what is known of it, and who saw it.

    `witnesses` is None when everyone sees it; the archives (inference, debrief) see all. Who knows
    of an order or a question follows from it: `world.knowledge`.
    """

    kind: str
    actor: str
    target: str = ""
    facts: tuple[Fact, ...] = ()
    witnesses: tuple[str, ...] | None = None

    def __getitem__(self, name: str) -> Fact:
        """The fact of that name; empty where the event is older than the fact.

        Raises ValueError where the kind has none of that name.
        """
        index = FACTS[self.kind].index(name)
        return self.facts[index] if index < len(self.facts) else ""

    def number(self, name: str) -> int:
        """The fact of that name as a number."""
        value = self[name]
        if not isinstance(value, int):
            raise TypeError(f"{self.kind}.{name} is not a number")
        return value

    def text(self, name: str) -> str:
        """The fact of that name as text."""
        value = self[name]
        if not isinstance(value, str):
            raise TypeError(f"{self.kind}.{name} is not text")
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """The fact of that name as several names."""
        value = self[name]
        if not isinstance(value, tuple):
            raise TypeError(f"{self.kind}.{name} is not a list of names")
        return value

    def seen_by(self, state: str) -> bool:
        """Whether that state saw it happen."""
        return (
            self.witnesses is None
            or state in self.witnesses
            or state == self.actor
            or (state == self.target and self.kind not in HIDDEN_FROM_TARGET)
        )


def event(
    kind: str,
    actor: str,
    target: str = "",
    witnesses: Iterable[str] | None = None,
    **facts: Fact,
) -> Event:
    """Make an event. Raises ValueError for an unknown kind or facts that are not its own."""
    names = FACTS.get(kind)
    if names is None or set(names) != set(facts):
        raise ValueError(f"no event {kind!r} with facts {sorted(facts)}")
    values = tuple(facts[name] for name in names)
    seen = None if witnesses is None else tuple(sorted(witnesses))
    return Event(kind, actor, target, values, seen)


def whole(happening: Event) -> bool:
    """Whether an event has all the facts of its kind, but for those that came later."""
    names = len(FACTS[happening.kind])
    return names - ADDED_FACTS.get(happening.kind, 0) <= len(happening.facts) <= names
