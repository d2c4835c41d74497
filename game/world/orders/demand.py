"""Demand: to ask something of another state, on an interest, and so to open a crisis."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from game.world.legality import (
    CALMEST_THAT_FIGHTS,
    Refusal,
    is_neighbour,
    touched,
    truce_until,
)
from game.world.model import World
from game.world.orders.kind import ENVOY, OrderForm, OrderKind, same_treaty
from game.world.terms import STAKES, Stake


@dataclass(frozen=True, slots=True)
class Demand(OrderKind):
    """Demand something of another state, and open a crisis. Costs an envoy.

    `subject` is a province's id for "cede", a treaty's number as text for "renounce", else empty.
    """

    envoys: ClassVar[int] = 1
    shows: ClassVar[tuple[str, ...]] = ("demand_made",)
    of: str
    stake: Stake
    subject: str = ""
    kind: Literal["demand"] = "demand"

    @property
    def target(self) -> str:
        """Of whom it is made."""
        return self.of

    def refusal(self, world: World, state: str) -> Refusal | None:
        """It needs an interest; it rests after the last, in a truce, in a crisis and in a war."""
        if self.stake not in STAKES:
            return Refusal("no_interest", (self.of,))
        if world.at_war(state, self.of):
            return Refusal("at_war", (self.of,))
        if world.turn <= world.atlas.rules.opening:
            return Refusal("opening", (world.atlas.rules.opening + 1,))
        for crisis in world.crises:
            if {crisis.by, crisis.of} == {state, self.of}:
                return Refusal("crisis_open", (self.of,))
        rests = world.cooldown_until("demand", state, self.of)
        if rests >= world.turn:
            return Refusal("demand_rests", (self.of, rests + 1))
        truce = truce_until(world, state, self.of)
        if truce >= world.turn:
            return Refusal("truce", (self.of, truce + 1))
        if self.stake == "cede":
            if self.subject not in world.atlas.province_index:
                return Refusal("unknown_province", (self.subject,))
            if world.province(self.subject).owner != self.of:
                return Refusal("not_theirs", (self.of, self.subject))
            if len(world.owned(self.of)) == 1:
                return Refusal("last_province", (self.of, self.subject))
            if any(sheet.capital == self.subject for sheet in world.atlas.states):
                return Refusal("capital", (self.of, self.subject))
        if not self.interest(world, state):
            return Refusal("no_interest", (self.of,))
        return None

    @classmethod
    def form(cls, world: World, state: str, others: tuple[str, ...]) -> OrderForm:
        """Every demand that stands on something now."""
        legal = tuple(
            demand
            for demand in _demands(world, state, others)
            if demand.refusal(world, state) is None
        )
        return OrderForm("demand", {"demand": legal}, ENVOY, lambda demand: demand)

    def concerns(self, world: World, state: str) -> tuple[str, str]:
        """It is made against whom it asks."""
        return ("", self.of)

    def same_in(self, world: World, then: World) -> bool:
        """The treaty to be renounced is the same."""
        if self.stake != "renounce" or not self.subject.isdecimal():
            return True
        return same_treaty(int(self.subject), world, then)

    def distance(self, other: "Demand") -> int | None:
        """Another stake is a step away."""
        return int(self.stake != other.stake) if self.of == other.of else None

    def interest(self, world: World, state: str) -> str:
        """What it stands on: claim, treaty, border or rivalry; empty if on nothing."""
        rival = (state, self.of) in world.atlas.rivalries
        if self.stake == "cede":
            if self.subject not in world.atlas.province_index:
                return ""
            claimed = (state, self.subject) in world.atlas.claims
            lost = world.atlas.place(self.subject).owner == state
            if claimed or lost:
                return "claim"
            return "border" if self.subject in touched(world, state) else ""
        if self.stake == "renounce":
            treaty = world.treaty(int(self.subject)) if self.subject.isdecimal() else None
            if treaty is None or self.of not in treaty.parties or state in treaty.parties:
                return ""
            if not treaty.owes(self.of):
                return ""
            if treaty.against == state:
                return "treaty"
            return "rivalry" if rival and treaty.binding and not treaty.against else ""
        if world.state(self.of).posture < CALMEST_THAT_FIGHTS + 1:
            return ""
        if is_neighbour(world, state, self.of):
            return "border"
        return "rivalry" if rival else ""


def _demands(world: World, state: str, others: tuple[str, ...]) -> Iterator[Demand]:
    for other in others:
        yield Demand(other, "stand_down")
        for province in world.owned(other):
            if (state, province.id) in world.atlas.claims:
                yield Demand(other, "cede", province.id)
    for treaty in world.treaties:
        for party in treaty.parties:
            if party != state:
                yield Demand(party, "renounce", str(treaty.id))
