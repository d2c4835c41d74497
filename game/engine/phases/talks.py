"""Talks: offers and aid are answered, all at once; then counters, which are final (THEORY W9)."""

from dataclasses import replace

from game.engine.desk import Agreement, Desk, question_id
from game.world.legality import terms_refusal
from game.world.orders import Offer, Terms
from game.world.questions import AidQuestion, Answer, OfferQuestion


def talks(desk: Desk) -> None:
    """Ask everyone who was offered something; then ask the senders of offers that were countered.

    What both want goes to `desk.agreements`; which of them can stand together is settled when
    they are signed.
    """
    offers = {
        question_id("offer", who, offer.to): (who, rank, offer)
        for who, rank, offer in desk.ordered(Offer)
    }
    gifts = {question_id("aid", gift.by, gift.to): gift for gift in desk.gifts}
    answers = desk.ask(
        (
            *(
                OfferQuestion(key, offer.to, who, offer.terms)
                for key, (who, _, offer) in offers.items()
            ),
            *(AidQuestion(key, gift.to, gift.by, gift.amount) for key, gift in gifts.items()),
        )
    )
    desk.gifts = [replace(gift, accepted=answers[key] == "accept") for key, gift in gifts.items()]
    counters: dict[str, Agreement] = {}
    for key, (who, rank, offer) in offers.items():
        given = _meant(desk, who, offer, answers[key])
        if isinstance(given, Terms):
            _tell(desk, "treaty_countered", offer.to, who, given)
            final = question_id("counter", offer.to, who)
            counters[final] = Agreement(who, offer.to, given, rank)
        elif given == "accept":
            desk.agreements.append(Agreement(who, offer.to, offer.terms, rank))
        else:
            _declined(desk, who, offer.to, offer.terms)
    finals = desk.ask(
        OfferQuestion(key, countered.by, countered.to, countered.terms, final=True)
        for key, countered in counters.items()
    )
    for key, countered in counters.items():
        if finals[key] == "accept":
            desk.agreements.append(countered)
        else:
            _declined(desk, countered.to, countered.by, countered.terms)


def _meant(desk: Desk, by: str, offer: Offer, given: Answer) -> Answer:
    """An answer as it counts: the offer's own terms accept it, impossible ones decline it.

    Whoever pays the burden in a counter, it is the first sender.
    """
    if not isinstance(given, Terms):
        return given
    if given == offer.terms:
        return "accept"
    return "decline" if terms_refusal(desk.world, by, offer.to, given) else given


def _declined(desk: Desk, by: str, asked: str, terms: Terms) -> None:
    desk.tell(
        "treaty_declined",
        by,
        asked,
        (by, asked) if terms.secret else None,
        obligations=terms.obligations,
        against=terms.against,
    )
    desk.rest("offer", by, asked, desk.rules.offer_rest)


def _tell(desk: Desk, kind: str, actor: str, target: str, terms: Terms) -> None:
    desk.tell(
        kind,
        actor,
        target,
        (actor, target) if terms.secret else None,
        obligations=terms.obligations,
        against=terms.against,
        term=terms.term,
        secret=int(terms.secret),
        burden=terms.burden,
    )
