"""Offer: a treaty for another state, or a place in a treaty that stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.events import Event
from game.world.legality import Refusal, accession_refusal, renewing, terms_refusal
from game.world.model import World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind, same_treaty
from game.world.terms import OBLIGATIONS, Terms


@dataclass(frozen=True, slots=True)
class Offer(OrderKind):
    """Offer a treaty to another state. Costs an envoy.

    With `joins`, invite it into the public treaty of that number, on that treaty's own terms; every
    member must agree in the same round.
    """

    envoys: ClassVar[int] = 1
    to: str
    terms: Terms
    joins: int | None = None
    kind: Literal["offer"] = "offer"

    @property
    def target(self) -> str:
        """Who is asked to sign."""
        return self.to

    def refusal(self, world: World, state: str) -> Refusal | None:
        """Who declined is not asked again for some turns, but to renew what is about to end."""
        rests = world.cooldown_until("offer", state, self.to)
        if rests >= world.turn and not self.renews(world, state):
            return Refusal("offer_rests", (self.to, rests + 1))
        if self.joins is None:
            return terms_refusal(world, state, self.to, self.terms)
        return accession_refusal(world, state, self.to, self.joins, self.terms)

    def renews(self, world: World, state: str) -> bool:
        """Whether it would renew a treaty; an invitation into one renews nothing."""
        return self.joins is None and renewing(world, state, self.to, self.terms) is not None

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Every plain treaty, pacts against rivals and great powers, and invitations."""
        pacts = [cls(other, terms) for other in others for terms in _terms(world, state, other)]
        pacts += [
            cls(other, treaty.terms, treaty.id)
            for treaty in world.treaties_of(state)
            for other in others
        ]
        legal = tuple(offer for offer in pacts if offer.refusal(world, state) is None)
        return OrderForm("offer", {"pact": legal}, ENVOY, lambda pact: pact)

    def concerns(self, world: World, state: str) -> tuple[str, str]:
        """The partner, and the adversary that the terms name."""
        return (self.to, self.terms.against)

    def shown_by(self, giver: str, happening: Event) -> bool:
        """Talks of it show it, and a treaty that was signed on its terms."""
        if (happening.actor, happening.target) != (giver, self.to):
            return False
        return offers(happening, "treaty_offered", self.terms) or signed_on(happening, self.terms)

    def same_in(self, world: World, then: World) -> bool:
        """An invitation is into the same treaty."""
        return self.joins is None or same_treaty(self.joins, world, then)


def offers(happening: Event, kind: str, terms: Terms) -> bool:
    """Whether an event, `treaty_offered` or `treaty_countered`, is an offer of these very terms."""
    return happening.kind == kind and (
        happening["obligations"],
        happening["against"],
        happening["term"],
        happening["secret"],
        happening["burden"],
    ) == (terms.obligations, terms.against, terms.term, int(terms.secret), terms.burden)


def signed_on(happening: Event, terms: Terms) -> bool:
    """Whether an event is the signing of a treaty of these obligations against this adversary."""
    return (
        happening.kind == "treaty_signed"
        and happening["obligations"] == terms.obligations
        and happening["against"] == terms.against
    )


def _terms(world: World, state: str, other: str) -> Iterator[Terms]:
    """A treaty of each obligation, and pacts against the strongest and against rivals."""
    term = world.atlas.rules.offer_term
    for obligation in OBLIGATIONS:
        if obligation != "offense":
            yield Terms((obligation,), "", term)
            yield Terms((obligation,), "", term, secret=True)
    rivals = [
        name
        for name in world.playing()
        if name not in (state, other)
        and ((state, name) in world.atlas.rivalries or world.state(name).great)
    ]
    for rival in rivals:
        yield Terms(("defense",), rival, term)
        yield Terms(("offense",), rival, term)
