"""Sealed dispatches: orders that the rules forbid fall away, money goes into escrow."""

from collections import Counter

from game.engine.desk import Desk, Gift
from game.world.legality import sift
from game.world.orders import Aid, Offer, OfferPeace, Order


def dispatches(desk: Desk) -> None:
    """Narrow the orders to those that stand, and make known what is offered.

    Money: aid leaves the giver's treasury for `desk.gifts`.
    """
    standing: dict[str, tuple[Order, ...]] = {}
    for state in desk.world.states:
        given = desk.orders.get(state.id, ())
        if not given:
            continue
        standing[state.id], refused = sift(desk.world, state.id, given)
        for order, reason in refused:
            desk.tell("order_refused", state.id, witnesses=(), order=order.kind, reason=reason.code)
    desk.orders = standing
    _escrow(desk)
    for who, _, offer in desk.ordered(Offer):
        terms = offer.terms
        desk.tell(
            "treaty_offered",
            who,
            offer.to,
            (who, offer.to) if terms.secret else None,
            obligations=terms.obligations,
            against=terms.against,
            term=terms.term,
            secret=int(terms.secret),
            burden=terms.burden,
        )
    for who, _, peace in desk.ordered(OfferPeace):
        desk.tell(
            "peace_offered",
            who,
            peace.to,
            war=peace.war,
            takes=peace.terms.takes,
            gives=peace.terms.gives,
            indemnity=peace.terms.indemnity,
            disarm=int(peace.terms.disarm),
            restores=peace.terms.restores,
        )


def _escrow(desk: Desk) -> None:
    paid: Counter[str] = Counter()
    for who, _, aid in desk.ordered(Aid):
        desk.gifts.append(Gift(who, aid.to, aid.amount))
        desk.tell("aid_offered", who, aid.to, amount=aid.amount)
        paid[who] -= aid.amount
    desk.pay(paid)
