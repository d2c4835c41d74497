"""Settlements: endings that were given notice, breaches, peace, new treaties, aid, in order."""

from collections import Counter
from collections.abc import Iterable

from game.engine.phases.peace import conclude
from game.engine.phases.treaty_changes import leave, sign_all, witnesses
from game.engine.turn_context import TurnContext, question_id
from game.world.capability import capability
from game.world.legality import refusal
from game.world.orders import Denounce, OfferPeace
from game.world.peace_terms import must_accept
from game.world.questions import PeaceQuestion


def settlements(context: TurnContext) -> None:
    """What was agreed, denounced and given is carried out.

    Money: aid leaves escrow for the recipient, or goes back; indemnities pass from treasury to
    treasury.
    """
    _endings(context)
    _breaches(context)
    _notices(context)
    _peace(context)
    sign_all(context)
    _aid(context)


def _endings(context: TurnContext) -> None:
    """Who gave notice last turn leaves now; of several the strongest last, as in breaches."""
    for treaty in context.world.treaties:
        for who in _weakest_first(context, treaty.leavers):
            leave(context, treaty, who, treaty.why_leaves(who) or "notice")


def _weakest_first(context: TurnContext, states: Iterable[str]) -> list[str]:
    """Some states by capability, the least first; of equals, by id."""
    shares, index = capability(context.world), context.world.atlas.state_index
    return sorted(states, key=lambda state: (int(shares[index[state]]), state))


def _breaches(context: TurnContext) -> None:
    """Who denounces without notice breaks its word, also where several do so at once.

    Nothing enforces a treaty but what others make it cost (THEORY S2, p. 46). Of several the
    strongest leaves last, so that each is told of as one who left.
    """
    standing = {treaty.id: treaty for treaty in context.world.treaties}
    broken: dict[str, list[Denounce]] = {}
    for who, _, order in context.ordered(Denounce):
        if order.breach:
            broken.setdefault(who, []).append(order)
    for who in _weakest_first(context, broken):
        for order in broken[who]:
            treaty = standing.get(order.treaty)
            if treaty is not None and who in treaty.parties:
                leave(context, treaty, who, order.why or "breach", broken=True)
                context.adjust(who, reliability=-context.rules.reliability_breach)


def _notices(context: TurnContext) -> None:
    """Notice given now ends the party's bond next turn; several may give it at once."""
    given: dict[int, dict[str, str]] = {}
    for who, _, order in context.ordered(Denounce):
        if not order.breach:
            given.setdefault(order.treaty, {})[who] = order.why
    for number, leavers in given.items():
        treaty = context.world.treaty(number)
        if treaty is None:
            continue
        leaving = {who: why for who, why in leavers.items() if who in treaty.parties}
        for who, why in leaving.items():
            for other in treaty.others(who):
                context.emit(
                    "notice_given",
                    who,
                    other,
                    witnesses(treaty),
                    treaty=number,
                    obligations=treaty.obligations,
                    why=why,
                )
        context.put_treaty(treaty.with_leavers(leaving))


def _peace(context: TurnContext) -> None:
    """Peace offers are answered; the exhausted have no choice (RULES, War)."""
    offers = {
        question_id("peace", who, order.war, order.to): (who, rank, order)
        for who, rank, order in context.ordered(OfferPeace)
    }
    forced: set[str] = set()
    asked: list[PeaceQuestion] = []
    for key, (who, _, order) in offers.items():
        war = context.world.war(order.war)
        if war is not None and must_accept(context.world, war, who, order.to, order.terms):
            forced.add(key)
        else:
            asked.append(PeaceQuestion(key, order.to, who, order.war, order.terms))
    answers = context.ask(asked)
    accepted = []
    for key, (who, rank, order) in offers.items():
        if key in forced or answers[key] == "accept":
            accepted.append((rank, context.chance("peace", who, order.to, order.war), who, order))
        else:
            context.emit("peace_refused", who, order.to, war=order.war)
    for _, _, who, order in sorted(accepted, key=lambda item: item[:3]):
        if refusal(context.world, who, order) is None:
            conclude(context, order.war, who, order.to, order.terms)


def _aid(context: TurnContext) -> None:
    """Aid is delivered, or goes back to who gave it."""
    paid: Counter[str] = Counter()
    delivered = dict(context.world.aid)
    for gift in context.gifts:
        enemies = context.world.at_war(gift.by, gift.to)
        taken = gift.accepted and context.world.state(gift.to).alive and not enemies
        paid[gift.to if taken else gift.by] += gift.amount
        if taken:
            pair = (gift.by, gift.to)
            delivered[pair] = delivered.get(pair, 0) + gift.amount
        context.emit("aid_given" if taken else "aid_refused", gift.by, gift.to, amount=gift.amount)
    if paid:
        context.pay(paid)
        context.change(aid=delivered)
