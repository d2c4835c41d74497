"""Refusals of orders into one sentence each: the rule, and what would make it legal.

And into the few words that a report spends on an order that did not stand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from game.words import money, percent
from game.words.grammar import Speech, article, counted, sentence
from game.words.order_labels import ORDER_WORDS
from game.words.phrases import posture, term_end, treaty_of
from game.world.legality import CALMEST_THAT_FIGHTS, Refusal, opposed_to
from game.world.model import Treaty, World
from game.world.rules import BP


def refuse(refusal: Refusal, world: World, state: str) -> str:
    """One sentence saying why an order of `state` is not legal and what would make it so.

    Raises KeyError for a code without a sentence (a test checks that all codes have one).
    """
    return sentence(REFUSE[refusal.code](_Case(refusal, world, state)))


@dataclass(frozen=True, slots=True)
class _Case:
    """A refusal and the world in which it occurred, read for a sentence."""

    refusal: Refusal
    world: World
    state: str

    @property
    def speech(self) -> Speech:
        return Speech(self.world.atlas, you=self.state)

    def number(self, index: int) -> int:
        """A subject of the refusal as a number; 0 if it is no number."""
        subject = self._subject(index)
        return subject if isinstance(subject, int) else 0

    def name(self, index: int = 0) -> str:
        """A subject as a state's name, with its article; "you" for the state itself."""
        return str(self.speech.party(str(self._subject(index))) or "nobody")

    def place(self, index: int) -> str:
        """A subject as a province's name."""
        return self.speech.place(str(self._subject(index)))

    def treaty(self, index: int) -> str:
        """A subject as a treaty, with its end."""
        return self.named(self.world.treaty(self.number(index)))

    def named(self, treaty: Treaty | None) -> str:
        """A treaty with its end: "your defense pact with Italy against France (to 1911)"."""
        if treaty is None:
            return "a treaty in force"
        return f"{treaty_of(self.speech, treaty, self.state)} ({term_end(self.world, treaty)})"

    def before(self, index: int) -> str:
        """The date of the turn before a subject's."""
        return self.world.atlas.date(max(1, self.number(index) - 1))

    def _subject(self, index: int) -> str | int:
        subjects = self.refusal.subjects
        return subjects[index] if index < len(subjects) else ""


def _dead(case: _Case) -> str:
    if case.name() == "you":
        return "You are no more, and the dead give no orders; nothing makes that legal"
    return f"{case.name()} is no more; address a living state"


def _off_map(case: _Case) -> str:
    if case.name() == "you":
        return "You stand outside the system and may only give aid, until events commit you"
    return f"{case.name()} stands outside the system; it can be addressed once it commits itself"


def _unknown_state(case: _Case) -> str:
    if not case._subject(0):
        return "This is addressed to nobody; name a state on the map that still stands"
    return f'No living state is called "{case._subject(0)}"; name one on the map that still stands'


def _not_a_side(case: _Case) -> str:
    if case.state in case.refusal.subjects[1:]:
        return "Ask a state whether it will stand by you, or aside; no side asks for the other"
    sides = f"{case.name(1)} and {case.name(2)}"
    return f"That crisis is one of {sides}; ask about one of the two, or whether it stands aside"


def _twice(case: _Case) -> str:
    words = ORDER_WORDS.get(str(case._subject(0)))
    given = words.given.format(case.name(1)) if words else "such an order"
    return f"Your orders of this turn hold {given} already; withdraw or change that one"


def _no_envoys(case: _Case) -> str:
    had = counted(case.number(0), "envoy")
    return f"You have {had} a turn, and all are sent; withdraw an order that costs one, or wait"


def _no_money(case: _Case) -> str:
    needed, purse = money(case.number(0)), money(case.number(1))
    return f"This costs {needed} and your purse holds {purse}; spend less here or elsewhere"


def _opposed(case: _Case) -> str:
    treaty = case.world.treaty(case.number(1))
    blocked = case.treaty(1)
    if treaty is not None and case.state not in treaty.parties:
        return (
            f"A public promise to {case.name()} is barred by {blocked}; offer a secret pact, "
            f"or wait until that treaty ends"
        )
    theirs = opposed_to(case.world, str(case.refusal.subjects[0]), case.state) if treaty else None
    if theirs is not None:
        return (
            f"A public promise to {case.name()} is barred while you keep {blocked}, and by "
            f"{case.named(theirs)}; offer a secret pact, or one without help in war"
        )
    return (
        f"A public promise to {case.name()} is barred while you keep {blocked}; offer a secret "
        f"pact, or leave that treaty first"
    )


def _bound_to_target(case: _Case) -> str:
    treaty = case.world.treaty(case.number(1))
    if treaty is not None and case.state not in treaty.parties:
        return (
            f"A public pact against {case.name()} is barred by {case.treaty(1)}; make it secret, "
            f"or name another adversary"
        )
    return (
        f"A public pact against {case.name()} is barred while you keep {case.treaty(1)}; "
        f"make it secret, or leave that treaty first"
    )


def _posture_step(case: _Case) -> str:
    now = case.number(0)
    open_to = " or ".join(posture(step) for step in (now - 1, now + 1) if 0 <= step <= 4)
    return f"Posture moves one step a turn; from {posture(now)} the next is {open_to}"


def _not_party(case: _Case) -> str:
    if case.world.treaty(case.number(0)) is None:
        return "That treaty is no longer in force; leave one that is"
    return f"You are no party to {case.treaty(0)}; only a party can leave it"


REFUSE: dict[str, Callable[[_Case], str]] = {
    "dead": _dead,
    "unknown_state": _unknown_state,
    "oneself": lambda _: "An order is addressed to another state; choose one other than yourself",
    "off_map": _off_map,
    "no_money": _no_money,
    "amount": lambda _: (
        "The amount is outside what the order allows; give more than nothing and "
        "no more than the whole"
    ),
    "means": lambda _: "Work abroad goes through envoys, a lobby or propaganda; choose one of them",
    "twice": _twice,
    "no_envoys": _no_envoys,
    "no_obligation": lambda _: (
        "A treaty needs at least one obligation, none of them twice; "
        "choose what the parties owe each other"
    ),
    "against_party": lambda c: (
        f"A pact cannot be against its own party, and {c.name()} would be one; name a third state"
    ),
    "offense_needs_target": lambda _: "An offense pact names its adversary; say against whom",
    "term": lambda c: f"A treaty runs 1 to {c.number(0)} turns; choose a term within that",
    "burden": lambda c: f"A burden is at most {percent(c.number(0) / BP)} of revenue; promise less",
    "at_war": lambda c: f"You are at war with {c.name()}; make peace first",
    "opposed": _opposed,
    "bound_to_target": _bound_to_target,
    "already_bound": lambda c: (
        f"You owe {c.name()} as much already; add an obligation, or renew it once its term is over"
    ),
    "not_party": _not_party,
    "not_guarantor": lambda c: (
        f"You owe nothing by {c.treaty(0)}; {c.name(1)} alone can withdraw it"
    ),
    "one_sided": lambda _: (
        "A guarantee is given and not offered, and nobody joins it; give one of your own"
    ),
    "notice_given": lambda c: (
        f"Notice has been given of {c.treaty(0)}; wait for its end, or break it at once"
    ),
    "no_interest": lambda c: (
        f"You have no interest to base this demand on {c.name()} upon; it takes a claim, a border, "
        f"a rivalry or a treaty against you"
    ),
    "crisis_open": lambda c: (
        f"You and {c.name()} are in a crisis already; end that one before you make a new demand"
    ),
    "demand_rests": lambda c: (
        f"Your last demand on {c.name()} is too recent; the next may be made in "
        f"{c.world.atlas.date(max(1, c.number(1)))}"
    ),
    "offer_rests": lambda c: (
        f"{c.name()} declined your last offer; it may be asked again in "
        f"{c.world.atlas.date(max(1, c.number(1)))}, unless to renew a treaty"
    ),
    "unknown_province": lambda c: f'No province is called "{c._subject(0)}"; name one on the map',
    "not_theirs": lambda c: (
        f"{c.place(1)} does not belong to {c.name()}; name a province that does"
    ),
    "last_province": lambda c: (
        f"{c.place(1)} is all that {c.name()} has, and no state yields itself; demand "
        f"something else"
    ),
    "pact_in_crisis": lambda c: (
        f"You and {c.name()} are in a crisis; end it before you sign a pact that binds"
    ),
    "capital": lambda c: (
        f"{c.place(1)} is a capital, and no capital is yielded short of war; demand something else"
    ),
    "adversary_out_of_reach": lambda c: (
        f"Neither you nor {c.name(1)} could come to blows with {c.name()}; name an adversary that "
        f"is nearer, or none"
    ),
    "growth": lambda c: (
        f"Forces grow by at most {percent(c.number(0) / BP)} a turn, and no army is smaller than "
        f"none; choose a change within that"
    ),
    "posture_same": lambda c: (
        f"Your posture is {posture(c.number(0))} already; move one step up or down"
    ),
    "posture_step": _posture_step,
    "too_calm": lambda c: (
        f"From {article(posture(c.number(0)))} posture no war can be declared; "
        f"move to {posture(CALMEST_THAT_FIGHTS)} first"
    ),
    "comrade": lambda c: (
        f"You and {c.name()} fight on the same side of a war; wait until that war ends"
    ),
    "opening": lambda c: (
        f"It is too early to threaten anybody; the first demands and wars may come in "
        f"{c.world.atlas.date(max(1, c.number(0)))}"
    ),
    "truce": lambda c: f"The truce with {c.name()} still holds; it ends with {c.before(1)}",
    "not_leader": lambda c: (
        f"Peace is made by or with a side's leader, {c.name(0)} or {c.name(1)}; address that one"
    ),
    "too_much": lambda c: (
        f"One peace moves at most {percent(c.number(1) / BP)} of the land of {c.name()}, or a "
        f"single province; ask for less"
    ),
    "too_much_at_once": lambda c: (
        f"One peace moves at most {percent(c.number(1) / BP)} of the land of {c.name()} and of "
        f"those beside it taken together, or a single province; ask for less"
    ),
    "out_of_reach": lambda c: (
        f"Your army cannot reach {c.name()}; it takes a border or a single sea crossing"
    ),
    "not_at_war": lambda c: (
        f"You are not at war with {c.name()}; choose an enemy in a war of yours"
    ),
    "weight": lambda _: "A front weighs 0 to 3; choose a weight within that",
    "not_member": lambda _: (
        "You are no party to that treaty; invite others into one of yours that is in force"
    ),
    "secret_closed": lambda _: (
        "A secret treaty admits nobody; wait until it is known, or offer a treaty of its own"
    ),
    "ending": lambda c: (
        f"Notice has been given of {c.treaty(0)}, and nobody can join it; offer a new treaty"
    ),
    "accession_terms": lambda c: (
        f"Who joins {c.treaty(0)} takes it as it is; invite on the treaty's own terms"
    ),
    "already_member": lambda c: (
        f"{c.name(0)} is a party to {c.treaty(1)} already; invite somebody else"
    ),
    "at_war_with_member": lambda c: (
        f"{c.name(1)}, a member, is at war with {c.name(0)}; wait until they have made peace"
    ),
    "not_restorable": lambda c: (
        f"{c.name(0)} cannot be restored by {c.name(1)}; name a state that is no more and "
        f"whose land they own"
    ),
    "no_crisis": lambda _: (
        "No such crisis stands; ask for an assurance about a crisis that is open now"
    ),
    "asked_is_side": lambda c: (
        f"{c.name()} is a side of that crisis itself; ask a state that could choose between the two"
    ),
    "not_a_side": _not_a_side,
    "no_war": lambda _: "You are in no such war; choose one that you fight in",
}
"""What each code means, and what would make the order legal."""

WHY_REFUSED = {
    "dead": "one of those it concerns is no more",
    "unknown_state": "it names a state that is not there",
    "no_money": "the money does not reach",
    "no_envoys": "no envoy was left",
    "at_war": "there is a war between the two",
    "twice": "the same was ordered already",
    "opposed": "a treaty stands against it",
    "bound_to_target": "a treaty stands against it",
    "already_bound": "a treaty holds as much already",
    "out_of_reach": "no army can reach so far",
    "too_calm": "the posture is too calm for it",
    "demand_rests": "the last demand is too recent",
    "offer_rests": "the last offer was declined too lately",
    "no_interest": "nothing gives a right to it",
    "opening": "it is too early for threats",
    "truce": "a truce still holds",
    "comrade": "the two fight on one side",
    "notice_given": "notice has been given already",
    "not_party": "no such treaty is there to leave",
    "not_guarantor": "only who gave a guarantee withdraws it",
    "one_sided": "a guarantee is given by one state alone",
    "crisis_open": "a crisis between the two is open already",
    "pact_in_crisis": "a crisis between the two is open",
    "not_theirs": "the province is not theirs",
    "last_province": "no state yields its last province",
    "capital": "no state yields a capital short of war",
    "adversary_out_of_reach": "neither of the two could come to blows with whom it names",
    "off_map": "one of the two stands outside the system",
    "not_leader": "only a leader can settle for a side",
    "too_much": "it takes more than one peace may",
    "too_much_at_once": "it takes more of them together than one peace may",
    "oneself": "it is addressed to its own sender",
    "amount": "the amount is out of bounds",
    "means": "there is no such way of working abroad",
    "no_obligation": "the treaty obliges nobody to anything",
    "against_party": "the treaty is against its own party",
    "offense_needs_target": "an offense pact must name its adversary",
    "term": "the term is out of bounds",
    "burden": "the burden is too large",
    "unknown_province": "it names a province that is not there",
    "growth": "forces cannot change so fast",
    "posture_same": "that is the posture already",
    "posture_step": "posture moves one step a turn",
    "not_at_war": "there is no war between the two",
    "weight": "the weight is out of bounds",
    "no_war": "there is no such war",
    "not_member": "no such treaty of theirs is in force",
    "secret_closed": "a secret treaty admits nobody",
    "ending": "notice has been given of it",
    "accession_terms": "who joins a treaty takes it as it is",
    "already_member": "the invited is a party already",
    "at_war_with_member": "a member is at war with the invited",
    "no_crisis": "no such crisis stands",
    "asked_is_side": "who is asked is a side of that crisis",
    "not_a_side": "it asks for one that is no side of that crisis",
    "not_restorable": "nobody there can rise again by it",
}
"""Why an order did not stand, by the code of its refusal."""
