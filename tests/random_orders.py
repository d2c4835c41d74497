"""Orders at random, most of them legal: what a property of the engine is tried with."""

import random

from game.world.legality import legal
from game.world.model import World
from game.world.orders import (
    MEANS,
    OBLIGATIONS,
    STAKES,
    Aid,
    AskAssurance,
    Assess,
    Budget,
    DeclareWar,
    Demand,
    Denounce,
    Front,
    Guarantee,
    Offer,
    OfferPeace,
    Order,
    PeaceTerms,
    Penetrate,
    Posture,
    Sound,
    Terms,
)

WARLIKE = 0.15
"""How often a state tries to attack in a turn."""


def random_orders(world: World, lot: random.Random) -> dict[str, tuple[Order, ...]]:
    """Orders for every living state; about a third of the sets keep their illegal ones."""
    given = {}
    for state in world.living():
        orders = _of_state(world, state.id, lot)
        lot.shuffle(orders)
        given[state.id] = tuple(orders) if lot.random() < 0.3 else legal(world, state.id, orders)
    return given


def _of_state(world: World, me: str, lot: random.Random) -> list[Order]:
    others = [state.id for state in world.states if state.id != me]
    posture = world.state(me).posture
    orders: list[Order] = [
        Posture(max(0, min(4, posture + lot.choice((-1, 1, 1))))),
        Budget(
            army=lot.choice((-2_000, 0, 300, 1_200)),
            fleet=lot.choice((-500, 0, 600)),
            invest=lot.choice((0, 500, 2_000)),
        ),
        Penetrate(lot.choice(others), lot.choice(MEANS)),
        Sound(lot.choice(others)),
        Assess(lot.choice(others)),
        Aid(lot.choice(others), lot.randint(0, 400_000)),
        Offer(lot.choice(others), _terms(world, lot)),
        Offer(lot.choice(others), _terms(world, lot)),
        _demand(world, me, lot),
        Guarantee(lot.choice(others)),
    ]
    for crisis in world.crises:
        beside = lot.choice((crisis.by, crisis.of, me, ""))
        orders.append(AskAssurance(lot.choice(others), crisis.id, beside))
    for treaty in world.treaties_of(me):
        if lot.random() < 0.2:
            orders.append(Offer(lot.choice(others), treaty.terms, treaty.id))
        if lot.random() < 0.2:
            orders.append(Denounce(treaty.id, breach=lot.random() < 0.5))
    if lot.random() < WARLIKE:
        orders.append(DeclareWar(lot.choice(others)))
    for war in world.wars_of(me):
        for enemy in war.enemies(me):
            if lot.random() < 0.5:
                orders.append(Front(enemy, lot.randint(0, 3), lot.random() < 0.7))
        if lot.random() < 0.4:
            orders.append(OfferPeace(war.id, lot.choice(war.enemies(me)), _peace(world, lot)))
    return orders


def _terms(world: World, lot: random.Random) -> Terms:
    kinds = tuple(kind for kind in OBLIGATIONS if lot.random() < 0.35) or ("defense",)
    against = lot.choice(("", lot.choice(world.states).id))
    return Terms(
        kinds,
        against,
        term=lot.randint(1, 6),
        secret=lot.random() < 0.3,
        burden=lot.choice((0, 0, 333)),
    )


def _demand(world: World, me: str, lot: random.Random) -> Demand:
    stake = lot.choice(STAKES)
    target = lot.choice([state.id for state in world.states if state.id != me])
    subject = ""
    if stake == "cede":
        subject = lot.choice(world.provinces).id
        target = world.province(subject).owner or target
    elif stake == "renounce" and world.treaties:
        treaty = lot.choice(world.treaties)
        subject, target = str(treaty.id), lot.choice(treaty.parties)
    return Demand(target if target != me else "nowhere", stake, subject)


def _peace(world: World, lot: random.Random) -> PeaceTerms:
    if lot.random() < 0.5:
        return PeaceTerms()
    some = tuple(sorted({lot.choice(world.provinces).id for _ in range(lot.randint(0, 2))}))
    dead = [state.id for state in world.states if not state.alive]
    return PeaceTerms(
        takes=some,
        indemnity=lot.choice((0, 3_000, -3_000)),
        disarm=lot.random() < 0.3,
        restores=(lot.choice(dead),) if dead and lot.random() < 0.5 else (),
    )
