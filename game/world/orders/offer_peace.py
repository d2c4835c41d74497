"""Offer peace: between the leaders of two sides, or a separate peace."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world import peace_terms
from game.world.legality import Refusal
from game.world.model import War, World
from game.world.orders.kind import OrderForm, OrderKind
from game.world.rules import BP
from game.world.terms import PeaceTerms

WHITE = PeaceTerms()
"""All as it was."""


@dataclass(frozen=True, slots=True)
class OfferPeace(OrderKind):
    """Offer peace in a war: leader to leader ends it, any other pair is a separate peace."""

    shows: ClassVar[tuple[str, ...]] = ("peace_offered", "peace_made")
    war: int
    to: str
    terms: PeaceTerms = WHITE
    kind: Literal["offer_peace"] = "offer_peace"

    @property
    def target(self) -> str:
        """Who is asked to make peace."""
        return self.to

    @property
    def slot(self) -> tuple[str, str]:
        """One offer a war and enemy."""
        return (self.kind, f"{self.war} {self.to}")

    def refusal(self, world: World, state: str) -> Refusal | None:
        """By or with a leader, on terms that one peace may move."""
        war = world.war(self.war)
        if war is None or not war.side(state):
            return Refusal("no_war", (self.war,))
        if self.to not in war.enemies(state):
            return Refusal("not_at_war", (self.to,))
        leaders = (war.attackers[0], war.defenders[0])
        if state not in leaders and self.to not in leaders:
            return Refusal("not_leader", leaders)
        return _terms_refusal(world, war, state, self.to, self.terms)

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """A white peace, an indemnity either way, or a dead state restored, with each enemy."""
        talks = tuple((war.id, foe) for war in world.wars_of(state) for foe in war.enemies(state))
        foes = {foe for _, foe in talks}
        peaces = (
            WHITE,
            PeaceTerms(indemnity=BP // 4),
            PeaceTerms(indemnity=-BP // 4),
            *(PeaceTerms(restores=(dead,)) for dead in peace_terms.restorable(world, foes)),
        )
        return OrderForm(
            "offer_peace",
            {"with": talks, "terms": peaces},
            "nothing",
            lambda **given: cls(given["with"][0], given["with"][1], given["terms"]),
        )

    def concerns(self, world: World, state: str) -> tuple[str, str]:
        """Peace is with nobody and against nobody."""
        return ("", "")

    def same_in(self, world: World, then: World) -> bool:
        """The war was begun by the same state on the same."""
        now, before = world.war(self.war), then.war(self.war)
        if now is None or before is None:
            return False
        return {now.opener, now.victim} == {before.opener, before.victim}

    def distance(self, other: "OfferPeace") -> int | None:
        """By how many provinces the terms differ."""
        if self.war != other.war:
            return None
        far = abs(len(self.terms.takes) - len(other.terms.takes))
        return far + abs(len(self.terms.gives) - len(other.terms.gives))


def _terms_refusal(
    world: World, war: War, state: str, to: str, terms: PeaceTerms
) -> Refusal | None:
    """Why peace could not be offered on these terms; None if it could.

    A leader that treats with a leader disposes of the land of its whole side (THEORY W12, p. 47).
    """
    losers = peace_terms.parties_for(war, to, state)
    for taken, speaker, owners in (
        (terms.takes, to, losers),
        (terms.gives, state, peace_terms.parties_for(war, state, to)),
    ):
        for province in taken:
            if province not in world.atlas.province_index:
                return Refusal("unknown_province", (province,))
            if world.province(province).owner not in owners:
                return Refusal("not_theirs", (speaker, province))
        for owner in owners:
            lost = tuple(name for name in taken if world.province(name).owner == owner)
            if not peace_terms.within_cap(world, (owner,), lost):
                return Refusal("too_much", (owner, world.atlas.rules.annexation_cap))
        if not peace_terms.within_cap(world, owners, taken):
            return Refusal("too_much_at_once", (speaker, world.atlas.rules.annexation_cap))
    risen = peace_terms.restorable(world, losers) if terms.restores else ()
    for dead in terms.restores:
        if dead not in risen:
            return Refusal("not_restorable", (dead, to))
    return None if -BP <= terms.indemnity <= BP else Refusal("amount")
