"""What the rules ask of every order, and what several of them share: treaties, reach, truces.

What one kind of order asks for itself is in its file in `orders`. A refusal is a typed reason, of
which `words` makes a sentence. Everything here reads a world or a seen world alike: what binds a
state, it knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.world import public_finance
from game.world.capability import steps
from game.world.memo import derived
from game.world.model import Treaty, World
from game.world.questions import OfferQuestion, TellQuestion
from game.world.rules import BP
from game.world.terms import Terms

if TYPE_CHECKING:
    from game.world.orders import Order

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
    return bool(reaches(world)[index[first], index[second]])


@derived("provinces")
def reaches(world: World) -> NDArray[np.bool_]:
    """Who is within reach of whom: [state, state]."""
    crossing = 2 * world.atlas.rules.sea_step
    return np.asarray(steps(world) <= max(4, crossing))


def refusal(world: World, state: str, order: Order) -> Refusal | None:
    """Why one order by itself is not legal; None if it is."""
    standing = world.state(state)
    if not standing.alive:
        return Refusal("dead", (state,))
    target = order.target
    if target is not None:
        if target not in world.atlas.state_index:
            return Refusal("unknown_state", (target,))
        if target == state:
            return Refusal("oneself")
        if not world.state(target).alive:
            return Refusal("dead", (target,))
        if world.state(target).committed == 0:
            return Refusal("off_map", (target,))
    if standing.committed == 0 and not order.off_map:
        return Refusal("off_map", (state,))
    reason = order.refusal(world, state)
    if reason is not None:
        return reason
    price = order.cost(world, state)
    if price > 0 and price > purse(world, state):
        return Refusal("no_money", (price, purse(world, state)))
    return None


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
        price = 0 if reason is not None else order.cost(world, state)
        if reason is None and order.slot in given:
            reason = Refusal("twice", (order.kind, order.target or ""))
        if reason is None and order.envoys > left:
            reason = Refusal("no_envoys", (envoys(world, state),))
        if reason is None and price > money:
            reason = Refusal("no_money", (price, money))
        if reason is not None:
            refused.append((order, reason))
            continue
        given.add(order.slot)
        money -= price
        left -= order.envoys
        stand.append(order)
    return tuple(stand), refused


def terms_refusal(world: World, state: str, to: str, terms: Terms) -> Refusal | None:
    """Why a treaty on these terms could not be offered by `state` to `to`; None if it could."""
    if not terms.obligations or len(set(terms.obligations)) != len(terms.obligations):
        return Refusal("no_obligation")
    if "guarantee" in terms.obligations:
        return Refusal("one_sided")
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
    if treaty.guarantor:
        return Refusal("one_sided")
    if treaty.terms.secret:
        return Refusal("secret_closed", (treaty.id,))
    if treaty.leavers:
        return Refusal("ending", (treaty.id,))
    return None


def opposed_to(world: World, state: str, other: str) -> Treaty | None:
    """A binding public treaty of `state` whose named adversary is `other`."""
    return _by_party_and_adversary(world).get((state, other))


@derived("treaties")
def _by_party_and_adversary(world: World) -> Mapping[tuple[str, str], Treaty]:
    """(party, named adversary) -> the first such treaty that is binding and public."""
    found: dict[tuple[str, str], Treaty] = {}
    for treaty in world.treaties:
        if treaty.against and treaty.binding and not treaty.terms.secret:
            for party in treaty.parties:
                found.setdefault((party, treaty.against), treaty)
    return found


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
        if treaty.binds(state, to) and not treaty.leavers
        for kind in treaty.obligations
    }
    return all(
        (kind, terms.against) in owed or (kind != "offense" and (kind, "") in owed)
        for kind in terms.obligations
    )


def may_be_renewed(world: World, treaty: Treaty) -> bool:
    """Whether a treaty's term is over or so near its end that a new one may take its place."""
    return treaty.until <= world.turn + world.atlas.rules.renewal_window


def renewing(world: World, state: str, to: str, terms: Terms) -> Treaty | None:
    """The bilateral treaty that these terms would renew: one near its end, of like terms."""
    for treaty in world.treaties_of(state):
        if (
            set(treaty.parties) == {state, to}
            and treaty.against == terms.against
            and set(treaty.obligations) == set(terms.obligations)
            and may_be_renewed(world, treaty)
        ):
            return treaty
    return None


def may_give_notice(treaty: Treaty, state: str) -> bool:
    """Whether a party may give notice: it has not yet, and the treaty outlasts those who have."""
    return state not in treaty.leavers and len(treaty.parties) - len(treaty.leavers) > 1


def may_tell(world: World, question: OfferQuestion | TellQuestion) -> bool:
    """Whether who declines a pact can tell its adversary: one in the system, and no enemy at war.

    Of an invitation into a treaty nothing is told.
    """
    told = question.terms.against
    if isinstance(question, OfferQuestion) and question.joins is not None:
        return False
    return told in world.playing() and not world.at_war(question.asked, told)
