"""The orders a state could give now, as forms: a kind, the domain of each field, what it costs.

A form can draw an order from its domains; the whole can draw a legal set of them. Screens, scripts
and property tests all go by these.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from game.dice import Draw
from game.world.legality import envoys, legal, purse, refusal
from game.world.model import World
from game.world.orders import (
    MEANS,
    OBLIGATIONS,
    Aid,
    Budget,
    DeclareWar,
    Demand,
    Denounce,
    Front,
    Offer,
    OfferPeace,
    Order,
    PeaceTerms,
    Penetrate,
    Posture,
    Sound,
    Terms,
)
from game.world.peace_terms import restorable
from game.world.rules import BP

Domain = tuple[Any, ...]
AID_STEPS = 4
"""Amounts of aid that a form lists: quarters of the purse."""


@dataclass(frozen=True, slots=True)
class OrderForm:
    """A kind of order that is open: what each field may be, and what it costs in words."""

    kind: str
    domains: dict[str, Domain]
    cost: str
    make: Callable[[dict[str, Any]], Order]

    def sample(self, draw: Draw) -> Order:
        """An order with each field drawn from its domain; `draw(*subject)` gives [0, 1)."""
        chosen = {
            name: domain[int(draw(self.kind, name) * len(domain))]
            for name, domain in self.domains.items()
        }
        return self.make(chosen)


@dataclass(frozen=True, slots=True)
class LegalOrders:
    """All forms open to a state in a world."""

    world: World
    state: str
    forms: tuple[OrderForm, ...]

    def __iter__(self) -> Iterator[OrderForm]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def sample(self, draw: Draw) -> tuple[Order, ...]:
        """A legal set of orders: a few drawn from the forms, those that clash left out."""
        if not self.forms:
            return ()
        count = 1 + int(draw("orders") * 6)
        drawn = []
        for number in range(count):
            form = self.forms[int(draw("form", number) * len(self.forms))]
            drawn.append(form.sample(_with(draw, number)))
        return legal(self.world, self.state, drawn)


def _with(draw: Draw, number: int) -> Draw:
    def numbered(*subject: str | int) -> float:
        return draw(number, *subject)

    return numbered


def legal_orders(world: World, state: str) -> LegalOrders:
    """The forms open to a state, each with at least one order that would be legal by itself."""
    if not world.state(state).alive:
        return LegalOrders(world, state, ())
    forms = tuple(
        form for form in _forms(world, state) if all(domain for domain in form.domains.values())
    )
    return LegalOrders(world, state, forms)


def _forms(world: World, state: str) -> Iterator[OrderForm]:
    others = tuple(name for name in world.playing() if name != state)
    money = purse(world, state)
    amounts = tuple(
        amount for part in range(1, AID_STEPS + 1) if (amount := money * part // AID_STEPS) > 0
    )
    yield OrderForm(
        "aid", {"to": others, "amount": amounts}, "the amount", lambda given: Aid(**given)
    )
    if world.state(state).committed == 0:
        return
    if envoys(world, state):
        yield from _envoy_forms(world, state, others)
    cap = world.atlas.rules.forces_growth_cap
    growth = (-1_000, 0, cap // 3, cap)
    yield OrderForm(
        "budget",
        {"army": growth, "fleet": growth, "invest": (0, 500, 1_000)},
        "the price of arms and what is invested",
        lambda given: Budget(**given),
    )
    now = world.state(state).posture
    steps = tuple(
        step for step in (now - 1, now + 1) if refusal(world, state, Posture(step)) is None
    )
    yield OrderForm("posture", {"step": steps}, "nothing", lambda given: Posture(**given))
    targets = tuple(name for name in others if refusal(world, state, DeclareWar(name)) is None)
    yield OrderForm(
        "declare_war", {"on": targets}, "reliability", lambda given: DeclareWar(**given)
    )
    foes = tuple(name for name in others if world.at_war(state, name))
    yield OrderForm(
        "front",
        {"enemy": foes, "weight": (0, 1, 2, 3), "attack": (True, False)},
        "nothing",
        lambda given: Front(**given),
    )
    talks = tuple((war.id, foe) for war in world.wars_of(state) for foe in war.enemies(state))
    peaces = (
        PeaceTerms(),
        PeaceTerms(indemnity=BP // 4),
        PeaceTerms(indemnity=-BP // 4),
        *(PeaceTerms(restores=(dead,)) for dead in restorable(world, {foe for _, foe in talks})),
    )
    yield OrderForm(
        "offer_peace",
        {"with": talks, "terms": peaces},
        "nothing",
        lambda given: OfferPeace(given["with"][0], given["with"][1], given["terms"]),
    )


def _envoy_forms(world: World, state: str, others: tuple[str, ...]) -> Iterator[OrderForm]:
    envoy = "an envoy"
    pacts = [Offer(other, terms) for other in others for terms in _terms(world, state, other)]
    pacts += [
        Offer(other, treaty.terms, treaty.id)
        for treaty in world.treaties_of(state)
        for other in others
    ]
    offers = tuple(offer for offer in pacts if refusal(world, state, offer) is None)
    yield OrderForm("offer", {"pact": offers}, envoy, lambda given: given["pact"])
    treaties = tuple(treaty.id for treaty in world.treaties_of(state))
    yield OrderForm(
        "denounce",
        {"treaty": treaties, "breach": (False, True)},
        envoy,
        lambda given: Denounce(**given),
    )
    demands = tuple(
        demand for demand in _demands(world, state, others) if refusal(world, state, demand) is None
    )
    yield OrderForm("demand", {"demand": demands}, envoy, lambda given: given["demand"])
    yield OrderForm(
        "penetrate", {"of": others, "means": MEANS}, envoy, lambda given: Penetrate(**given)
    )
    yield OrderForm("sound", {"of": others}, envoy, lambda given: Sound(**given))


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
