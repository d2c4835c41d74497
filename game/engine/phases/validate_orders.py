"""Sealed dispatches: orders that the rules forbid fall away, money goes into escrow."""

from collections import Counter

from game.engine.phases.talks import members_asked
from game.engine.turn_context import Gift, TurnContext
from game.world.legality import split_legal
from game.world.orders import Aid, Offer, OfferPeace, Order


def validate_orders(context: TurnContext) -> None:
    """Narrow the orders to those that stand, and make known what is offered.

    Money: aid leaves the giver's treasury for `context.gifts`.
    """
    standing: dict[str, tuple[Order, ...]] = {}
    for state in context.world.states:
        given = context.orders.get(state.id, ())
        if not given:
            continue
        standing[state.id], refused = split_legal(context.world, state.id, given)
        for order, reason in refused:
            context.emit(
                "order_refused", state.id, witnesses=(), order=order.kind, reason=reason.code
            )
    context.orders = standing
    _escrow(context)
    for who, _, offer in context.ordered(Offer):
        terms = offer.terms
        context.emit(
            "treaty_offered",
            who,
            offer.to,
            (who, offer.to, *members_asked(context.world, who, offer)),
            obligations=terms.obligations,
            against=terms.against,
            term=terms.term,
            secret=int(terms.secret),
            burden=terms.burden,
        )
    for who, _, peace in context.ordered(OfferPeace):
        context.emit(
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


def _escrow(context: TurnContext) -> None:
    paid: Counter[str] = Counter()
    for who, _, aid in context.ordered(Aid):
        context.gifts.append(Gift(who, aid.to, aid.amount))
        context.emit("aid_offered", who, aid.to, amount=aid.amount)
        paid[who] -= aid.amount
    context.pay(paid)
