"""Settlements: endings that were given notice, breaches, peace, new treaties, aid, in order."""

from collections import Counter
from dataclasses import replace

from game.engine.desk import Desk, question_id
from game.engine.phases.peace import conclude
from game.engine.phases.treaties import leave, sign_all, witnesses
from game.world.capability import capability
from game.world.legality import refusal
from game.world.model import Treaty
from game.world.orders import Denounce, OfferPeace
from game.world.peace import must_accept
from game.world.questions import PeaceQuestion


def settlements(desk: Desk) -> None:
    """What was agreed, denounced and given is carried out.

    Money: aid leaves escrow for the recipient, or goes back; indemnities pass from treasury to
    treasury.
    """
    _endings(desk)
    _breaches(desk)
    _notices(desk)
    _peace(desk)
    sign_all(desk)
    _aid(desk)


def _endings(desk: Desk) -> None:
    """Who gave notice last turn leaves now."""
    for treaty in desk.world.treaties:
        if treaty.notice_by:
            leave(desk, treaty, treaty.notice_by, "notice")


def _breaches(desk: Desk) -> None:
    """Who denounces without notice breaks its word, also where several do so at once.

    Nothing enforces a treaty but what others make it cost (THEORY S2, p. 46). Of several the
    strongest leaves last, so that each is told of as one who left.
    """
    standing = {treaty.id: treaty for treaty in desk.world.treaties}
    shares, index = capability(desk.world), desk.world.atlas.state_index
    leavers = sorted(
        desk.ordered(Denounce), key=lambda item: (int(shares[index[item[0]]]), item[0])
    )
    for who, _, order in leavers:
        treaty = standing.get(order.treaty)
        if order.breach and treaty is not None and who in treaty.parties:
            leave(desk, treaty, who, "breach", broken=True)
            desk.adjust(who, reliability=-desk.rules.reliability_breach)


def _notices(desk: Desk) -> None:
    """Notice given now ends the party's bond next turn.

    Where several give it at once, the whole treaty ends with the next turn.
    """
    given: dict[int, list[str]] = {}
    for who, _, order in desk.ordered(Denounce):
        if not order.breach:
            given.setdefault(order.treaty, []).append(who)
    for number, leavers in given.items():
        treaty = desk.world.treaty(number)
        if treaty is None or treaty.notice_by:
            continue
        for who in leavers:
            for other in treaty.others(who):
                desk.tell(
                    "notice_given",
                    who,
                    other,
                    witnesses(treaty),
                    treaty=number,
                    obligations=treaty.obligations,
                )
        first = min(leavers, key=lambda who: (desk.chance("notice", who, number), who))
        until = treaty.until if len(leavers) == 1 else min(treaty.until, desk.world.turn + 1)
        desk.put_treaty(_noticed(treaty, first, until))


def _noticed(treaty: Treaty, who: str, until: int) -> Treaty:
    return replace(treaty, notice_by=who, until=until)


def _peace(desk: Desk) -> None:
    """Peace offers are answered; the exhausted have no choice (RULES, War)."""
    offers = {
        question_id("peace", who, order.war, order.to): (who, rank, order)
        for who, rank, order in desk.ordered(OfferPeace)
    }
    forced: set[str] = set()
    asked: list[PeaceQuestion] = []
    for key, (who, _, order) in offers.items():
        war = desk.world.war(order.war)
        if war is not None and must_accept(desk.world, war, who, order.to, order.terms):
            forced.add(key)
        else:
            asked.append(PeaceQuestion(key, order.to, who, order.war, order.terms))
    answers = desk.ask(asked)
    accepted = []
    for key, (who, rank, order) in offers.items():
        if key in forced or answers[key] == "accept":
            accepted.append((rank, desk.chance("peace", who, order.to, order.war), who, order))
        else:
            desk.tell("peace_refused", who, order.to, war=order.war)
    for _, _, who, order in sorted(accepted, key=lambda item: item[:3]):
        if refusal(desk.world, who, order) is None:
            conclude(desk, order.war, who, order.to, order.terms)


def _aid(desk: Desk) -> None:
    """Aid is delivered, or goes back to who gave it."""
    paid: Counter[str] = Counter()
    delivered = dict(desk.world.aid)
    for gift in desk.gifts:
        taken = gift.accepted and desk.world.state(gift.to).alive
        paid[gift.to if taken else gift.by] += gift.amount
        if taken:
            pair = (gift.by, gift.to)
            delivered[pair] = delivered.get(pair, 0) + gift.amount
        desk.tell("aid_given" if taken else "aid_refused", gift.by, gift.to, amount=gift.amount)
    if paid:
        desk.pay(paid)
        desk.change(aid=delivered)
