"""Which orders the rules allow, and why not. A refusal is a typed reason; `words` makes sentences.

Everything here reads a world or a seen world alike: what binds a state, it knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from game.world import peace_terms, public_finance
from game.world.capability import steps
from game.world.memo import derived
from game.world.model import Treaty, War, World
from game.world.orders import (
    ENVOY_ORDERS,
    MEANS,
    STAKES,
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
from game.world.rules import BP, POSTURES

LONGEST_TERM = 12
"""Most turns an offered treaty may run."""
CALMEST_THAT_FIGHTS = 2
"""The least posture from which a state may mobilise or declare war (RULES, Posture)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order is not legal: a code that `words` turns into a sentence, and its subjects."""

    code: str
    subjects: tuple[str | int, ...] = ()


def envoys(world: World, state: str) -> int:
    """How many envoys a state has in a turn."""
    rules = world.atlas.rules
    return rules.envoys_great if world.state(state).great else rules.envoys_lesser


@derived("turn", "states", "provinces", "treaties")
def purse(world: World, state: str) -> int:
    """What a state may spend on orders this turn: its treasury and what the turn leaves over."""
    return max(0, world.state(state).treasury + public_finance.surplus(world, state))


def cost(world: World, state: str, order: Order) -> int:
    """What an order costs in money, units."""
    match order:
        case Aid(amount=amount):
            return amount
        case Budget(army=army, fleet=fleet, invest=invest):
            return _budget_cost(world, state, army, fleet, invest)
    return 0


@derived("turn", "weights", "provinces")
def _budget_cost(world: World, state: str, army: int, fleet: int, invest: int) -> int:
    total = public_finance.revenue(world, state) * invest // BP
    for arm, growth in (("army", army), ("fleet", fleet)):
        units = public_finance.growth_units(world, state, arm, growth)
        if units > 0:
            total += public_finance.arms_price(world, state, arm, units)
    return total


def interest(world: World, state: str, order: Demand) -> str:
    """What a demand stands on: claim, treaty, border or rivalry; empty if on nothing."""
    rival = (state, order.of) in world.atlas.rivalries
    if order.stake == "cede":
        if order.subject not in world.atlas.province_index:
            return ""
        claimed = (state, order.subject) in world.atlas.claims
        lost = world.atlas.place(order.subject).owner == state
        if claimed or lost:
            return "claim"
        return "border" if order.subject in touched(world, state) else ""
    if order.stake == "renounce":
        treaty = world.treaty(int(order.subject)) if order.subject.isdecimal() else None
        if treaty is None or order.of not in treaty.parties or state in treaty.parties:
            return ""
        if treaty.against == state:
            return "treaty"
        return "rivalry" if rival and treaty.binding and not treaty.against else ""
    if world.state(order.of).posture < CALMEST_THAT_FIGHTS + 1:
        return ""
    if is_neighbour(world, state, order.of):
        return "border"
    return "rivalry" if rival else ""


@derived("provinces")
def touched(world: World, state: str) -> frozenset[str]:
    """The provinces next to a state's own, by land, strait or link."""
    return frozenset(near for own in world.owned(state) for near in world.atlas.neighbours(own.id))


def is_neighbour(world: World, first: str, second: str) -> bool:
    """Whether two states touch, by land or strait."""
    index = world.atlas.state_index
    return int(steps(world)[index[first], index[second]]) <= 2


def truce_until(world: World, first: str, second: str) -> int:
    """The last turn of a truce between two states; 0 if there is none."""
    return max(
        world.cooldown_until("truce", first, second), world.cooldown_until("truce", second, first)
    )


def within_reach(world: World, first: str, second: str) -> bool:
    """Whether one can make war on the other: they touch, or one sea crossing lies between."""
    index = world.atlas.state_index
    crossing = 2 * world.atlas.rules.sea_step
    return int(steps(world)[index[first], index[second]]) <= max(4, crossing)


def refusal(world: World, state: str, order: Order) -> Refusal | None:
    """Why one order by itself is not legal; None if it is."""
    standing = world.state(state)
    if not standing.alive:
        return Refusal("dead", (state,))
    target = _target(order)
    if target is not None:
        if target not in world.atlas.state_index:
            return Refusal("unknown_state", (target,))
        if target == state:
            return Refusal("oneself")
        if not world.state(target).alive:
            return Refusal("dead", (target,))
        if world.state(target).committed == 0:
            return Refusal("off_map", (target,))
    if standing.committed == 0 and not isinstance(order, Aid):
        return Refusal("off_map", (state,))
    reason = _by_kind(world, state, order)
    if reason is not None:
        return reason
    price = cost(world, state, order)
    if price > 0 and price > purse(world, state):
        return Refusal("no_money", (price, purse(world, state)))
    return None


def _by_kind(world: World, state: str, order: Order) -> Refusal | None:
    match order:
        case Offer():
            return _offer(world, state, order)
        case Denounce():
            return _denounce(world, state, order)
        case Demand():
            return _demand(world, state, order)
        case Aid():
            if world.at_war(state, order.to):
                return Refusal("at_war", (order.to,))
            return Refusal("amount") if order.amount <= 0 else None
        case Penetrate():
            return None if order.means in MEANS else Refusal("means")
        case Sound():
            return None
        case Budget():
            return _budget(world, order)
        case Posture():
            return _posture(world, state, order)
        case DeclareWar():
            return _declare(world, state, order)
        case Front():
            return _front(world, state, order)
        case OfferPeace():
            return _peace(world, state, order)


def check(world: World, state: str, orders: Sequence[Order]) -> list[tuple[Order, Refusal]]:
    """The orders of a set that cannot stand, in order, each with its reason.

    Earlier orders have precedence for envoys and money.
    """
    return split_legal(world, state, orders)[1]


def legal(world: World, state: str, orders: Sequence[Order]) -> tuple[Order, ...]:
    """The orders of a set that stand."""
    return split_legal(world, state, orders)[0]


def split_legal(
    world: World, state: str, orders: Sequence[Order]
) -> tuple[tuple[Order, ...], list[tuple[Order, Refusal]]]:
    """The orders of a set that stand, and those that do not, each in order."""
    stand: list[Order] = []
    refused: list[tuple[Order, Refusal]] = []
    left, money = envoys(world, state), purse(world, state)
    given: set[tuple[str, str]] = set()
    for order in orders:
        reason = refusal(world, state, order)
        price = 0 if reason is not None else cost(world, state, order)
        key = slot(order)
        if reason is None and key in given:
            reason = Refusal("twice", (order.kind, _target(order) or ""))
        if reason is None and isinstance(order, ENVOY_ORDERS) and left == 0:
            reason = Refusal("no_envoys", (envoys(world, state),))
        if reason is None and price > money:
            reason = Refusal("no_money", (price, money))
        if reason is not None:
            refused.append((order, reason))
            continue
        given.add(key)
        money -= price
        left -= isinstance(order, ENVOY_ORDERS)
        stand.append(order)
    return tuple(stand), refused


def _target(order: Order) -> str | None:
    match order:
        case Offer(to=target) | Aid(to=target) | OfferPeace(to=target):
            return target
        case Demand(of=target) | Penetrate(of=target) | Sound(of=target):
            return target
        case DeclareWar(on=target) | Front(enemy=target):
            return target
    return None


def slot(order: Order) -> tuple[str, str]:
    """What only one order of a turn can fill: its kind, and whom or what it is addressed to."""
    match order:
        case Denounce(treaty=number):
            return (order.kind, str(number))
        case OfferPeace(war=number, to=target):
            return (order.kind, f"{number} {target}")
    return (order.kind, _target(order) or "")


def _offer(world: World, state: str, order: Offer) -> Refusal | None:
    """Who declined is not asked again for some turns, but to renew what is about to end."""
    cooldowns = world.cooldown_until("offer", state, order.to)
    if cooldowns >= world.turn and not renews(world, state, order):
        return Refusal("offer_rests", (order.to, cooldowns + 1))
    if order.joins is None:
        return terms_refusal(world, state, order.to, order.terms)
    return accession_refusal(world, state, order.to, order.joins, order.terms)


def terms_refusal(world: World, state: str, to: str, terms: Terms) -> Refusal | None:
    """Why a treaty on these terms could not be offered by `state` to `to`; None if it could."""
    if not terms.obligations or len(set(terms.obligations)) != len(terms.obligations):
        return Refusal("no_obligation")
    if terms.against:
        if terms.against not in world.atlas.state_index or not world.state(terms.against).alive:
            return Refusal("unknown_state", (terms.against,))
        if terms.against in (state, to):
            return Refusal("against_party", (terms.against,))
        if not (
            within_reach(world, state, terms.against) or within_reach(world, to, terms.against)
        ):
            return Refusal("adversary_out_of_reach", (terms.against, to))
    if "offense" in terms.obligations and not terms.against:
        return Refusal("offense_needs_target")
    if not 1 <= terms.term <= LONGEST_TERM:
        return Refusal("term", (LONGEST_TERM,))
    if not 0 <= terms.burden <= BP // 10:
        return Refusal("burden", (BP // 10,))
    if world.at_war(state, to):
        return Refusal("at_war", (to,))
    if terms.binding:
        opposed = opposed_to(world, state, to) or opposed_to(world, to, state)
        if opposed is not None and not terms.secret:
            return Refusal("opposed", (to, opposed.id))
        if terms.against:
            clash = _bound_to(world, state, terms.against) or _bound_to(world, to, terms.against)
            if clash is not None and not terms.secret:
                return Refusal("bound_to_target", (terms.against, clash.id))
        if any({crisis.by, crisis.of} == {state, to} for crisis in world.crises):
            return Refusal("pact_in_crisis", (to,))
    if renewing(world, state, to, terms) is None and already_owed(world, state, to, terms):
        return Refusal("already_bound", (to,))
    return None


def accession_refusal(
    world: World, state: str, to: str, number: int | None, terms: Terms
) -> Refusal | None:
    """Why `to` could not be invited by `state` into the treaty of that number; None if it could.

    It joins on the treaty's own terms; what bars a treaty with any of the members bars it.
    """
    treaty = world.treaty(number) if number is not None else None
    shut = closed(state, treaty)
    if treaty is None or shut is not None:
        return shut
    if terms != treaty.terms:
        return Refusal("accession_terms", (treaty.id,))
    if to in treaty.parties:
        return Refusal("already_member", (to, treaty.id))
    if to == treaty.against:
        return Refusal("against_party", (to,))
    for member in treaty.parties:
        if world.at_war(member, to):
            return Refusal("at_war_with_member", (to, member))
        if treaty.binding:
            opposed = opposed_to(world, member, to) or opposed_to(world, to, member)
            if opposed is not None:
                return Refusal("opposed", (to, opposed.id))
    if treaty.binding and treaty.against:
        clash = _bound_to(world, to, treaty.against)
        if clash is not None:
            return Refusal("bound_to_target", (treaty.against, clash.id))
    return None


def closed(state: str, treaty: Treaty | None) -> Refusal | None:
    """Why `state` could invite nobody into a treaty; None if it could invite some."""
    if treaty is None or state not in treaty.parties:
        return Refusal("not_member", (treaty.id if treaty else 0,))
    if treaty.terms.secret:
        return Refusal("secret_closed", (treaty.id,))
    if treaty.notice_by:
        return Refusal("ending", (treaty.id,))
    return None


def opposed_to(world: World, state: str, other: str) -> Treaty | None:
    """A binding public treaty of `state` whose named adversary is `other`."""
    for treaty in world.treaties_of(state):
        if treaty.against == other and not treaty.terms.secret and treaty.binding:
            return treaty
    return None


def _bound_to(world: World, state: str, other: str) -> Treaty | None:
    for treaty in world.treaties_of(state):
        if treaty.binds(state, other) and not treaty.terms.secret and treaty.binding:
            return treaty
    return None


def already_owed(world: World, state: str, to: str, terms: Terms) -> bool:
    """Whether treaties between the two already hold all these terms would add."""
    owed = {
        (kind, treaty.against)
        for treaty in world.treaties_of(state)
        if treaty.binds(state, to) and not treaty.notice_by
        for kind in treaty.obligations
    }
    return all(
        (kind, terms.against) in owed or (kind != "offense" and (kind, "") in owed)
        for kind in terms.obligations
    )


def renewing(world: World, state: str, to: str, terms: Terms) -> Treaty | None:
    """The bilateral treaty that these terms would renew: one near its end, of like terms."""
    window = world.turn + world.atlas.rules.renewal_window
    for treaty in world.treaties_of(state):
        if (
            set(treaty.parties) == {state, to}
            and treaty.against == terms.against
            and set(treaty.obligations) == set(terms.obligations)
            and treaty.until <= window
        ):
            return treaty
    return None


def renews(world: World, state: str, offer: Offer) -> bool:
    """Whether an offer would renew a treaty; an invitation into one renews nothing."""
    return offer.joins is None and renewing(world, state, offer.to, offer.terms) is not None


def _denounce(world: World, state: str, order: Denounce) -> Refusal | None:
    treaty = world.treaty(order.treaty)
    if treaty is None or state not in treaty.parties:
        return Refusal("not_party", (order.treaty,))
    if treaty.notice_by and not order.breach:
        return Refusal("notice_given", (order.treaty,))
    return None


def _demand(world: World, state: str, order: Demand) -> Refusal | None:
    if order.stake not in STAKES:
        return Refusal("no_interest", (order.of,))
    if world.at_war(state, order.of):
        return Refusal("at_war", (order.of,))
    if world.turn <= world.atlas.rules.opening:
        return Refusal("opening", (world.atlas.rules.opening + 1,))
    for crisis in world.crises:
        if {crisis.by, crisis.of} == {state, order.of}:
            return Refusal("crisis_open", (order.of,))
    cooldowns = world.cooldown_until("demand", state, order.of)
    if cooldowns >= world.turn:
        return Refusal("demand_rests", (order.of, cooldowns + 1))
    truce = truce_until(world, state, order.of)
    if truce >= world.turn:
        return Refusal("truce", (order.of, truce + 1))
    if order.stake == "cede":
        if order.subject not in world.atlas.province_index:
            return Refusal("unknown_province", (order.subject,))
        if world.province(order.subject).owner != order.of:
            return Refusal("not_theirs", (order.of, order.subject))
        if len(world.owned(order.of)) == 1:
            return Refusal("last_province", (order.of, order.subject))
        if any(sheet.capital == order.subject for sheet in world.atlas.states):
            return Refusal("capital", (order.of, order.subject))
    if not interest(world, state, order):
        return Refusal("no_interest", (order.of,))
    return None


def _budget(world: World, order: Budget) -> Refusal | None:
    cap = world.atlas.rules.forces_growth_cap
    if not all(-BP <= growth <= cap for growth in (order.army, order.fleet)):
        return Refusal("growth", (cap,))
    return None if 0 <= order.invest <= BP else Refusal("amount")


def _posture(world: World, state: str, order: Posture) -> Refusal | None:
    now = world.state(state).posture
    if not 0 <= order.step < len(POSTURES) or order.step == now:
        return Refusal("posture_same", (now,))
    return None if abs(order.step - now) == 1 else Refusal("posture_step", (now,))


def _declare(world: World, state: str, order: DeclareWar) -> Refusal | None:
    if world.at_war(state, order.on):
        return Refusal("at_war", (order.on,))
    if world.state(state).posture < CALMEST_THAT_FIGHTS:
        return Refusal("too_calm", (world.state(state).posture,))
    if world.turn <= world.atlas.rules.opening:
        return Refusal("opening", (world.atlas.rules.opening + 1,))
    if any(order.on in war.friends(state) for war in world.wars):
        return Refusal("comrade", (order.on,))
    truce = truce_until(world, state, order.on)
    if truce >= world.turn:
        return Refusal("truce", (order.on, truce + 1))
    if not within_reach(world, state, order.on):
        return Refusal("out_of_reach", (order.on,))
    if order.aim and (
        order.aim not in world.atlas.province_index or world.province(order.aim).owner != order.on
    ):
        return Refusal("not_theirs", (order.on, order.aim))
    return None


def _front(world: World, state: str, order: Front) -> Refusal | None:
    if not world.at_war(state, order.enemy):
        return Refusal("not_at_war", (order.enemy,))
    return None if 0 <= order.weight <= 3 else Refusal("weight")


def _peace(world: World, state: str, order: OfferPeace) -> Refusal | None:
    war = world.war(order.war)
    if war is None or not war.side(state):
        return Refusal("no_war", (order.war,))
    if order.to not in war.enemies(state):
        return Refusal("not_at_war", (order.to,))
    leaders = (war.attackers[0], war.defenders[0])
    if state not in leaders and order.to not in leaders:
        return Refusal("not_leader", leaders)
    return peace_refusal(world, war, state, order.to, order.terms)


def peace_refusal(world: World, war: War, state: str, to: str, terms: PeaceTerms) -> Refusal | None:
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
