"""Talks: offers and aid are answered at once; then counters, which are final (THEORY W9, p. 47)."""

from collections.abc import Mapping
from dataclasses import replace

from game.engine.turn_context import Agreement, TurnContext, question_id
from game.world.legality import terms_refusal
from game.world.orders import Offer, Terms
from game.world.questions import AidQuestion, Answer, OfferQuestion


def talks(context: TurnContext) -> None:
    """Ask everyone who was offered something; then ask the senders of offers that were countered.

    What both want goes to `context.agreements`; which of them can stand together is settled when
    they are signed.
    """
    offers = {
        question_id("offer", who, offer.to): (who, rank, offer)
        for who, rank, offer in context.ordered(Offer)
    }
    gifts = {question_id("aid", gift.by, gift.to): gift for gift in context.gifts}
    answers = context.ask(
        (
            *(
                question
                for key, (who, _, offer) in offers.items()
                for question in _asked(context, key, who, offer)
            ),
            *(AidQuestion(key, gift.to, gift.by, gift.amount) for key, gift in gifts.items()),
        )
    )
    context.gifts = [
        replace(gift, accepted=answers[key] == "accept") for key, gift in gifts.items()
    ]
    counters: dict[str, Agreement] = {}
    for key, (who, rank, offer) in offers.items():
        if offer.joins is not None:
            _invited(context, who, rank, offer, answers)
            continue
        given = _meant(context, who, offer, answers[key])
        if isinstance(given, Terms):
            _tell(context, "treaty_countered", offer.to, who, given)
            final = question_id("counter", offer.to, who)
            counters[final] = Agreement(who, offer.to, given, rank)
        elif given == "accept":
            context.agreements.append(Agreement(who, offer.to, offer.terms, rank))
        else:
            _declined(context, who, offer.to, offer.terms)
    finals = context.ask(
        OfferQuestion(key, countered.by, countered.to, countered.terms, final=True)
        for key, countered in counters.items()
    )
    for key, countered in counters.items():
        if finals[key] == "accept":
            context.agreements.append(countered)
        else:
            _declined(context, countered.to, countered.by, countered.terms)


def _asked(context: TurnContext, key: str, who: str, offer: Offer) -> list[OfferQuestion]:
    """Who is asked about an offer: who it is made to; of an accession, the other members too."""
    joins, terms = offer.joins, offer.terms
    newcomer = "" if joins is None else offer.to
    asked = [OfferQuestion(key, offer.to, who, terms, joins=joins, newcomer=newcomer)]
    asked += [
        OfferQuestion(
            _of_member(who, offer, member), member, who, terms, joins=joins, newcomer=newcomer
        )
        for member in _other_members(context, who, offer)
    ]
    return asked


def _of_member(who: str, offer: Offer, member: str) -> str:
    return question_id("accession", who, offer.to, member)


def _other_members(context: TurnContext, who: str, offer: Offer) -> tuple[str, ...]:
    treaty = context.world.treaty(offer.joins) if offer.joins is not None else None
    return treaty.others(who) if treaty is not None else ()


def _invited(
    context: TurnContext, who: str, rank: int, offer: Offer, answers: Mapping[str, Answer]
) -> None:
    """An accession stands if the newcomer and every member agree in the same round (S6)."""
    terms = offer.terms
    against = [
        member
        for member in _other_members(context, who, offer)
        if answers[_of_member(who, offer, member)] != "accept"
    ]
    for member in against:
        context.emit(
            "accession_refused",
            member,
            offer.to,
            treaty=offer.joins or 0,
            obligations=terms.obligations,
            against=terms.against,
        )
    if answers[question_id("offer", who, offer.to)] != "accept":
        _declined(context, who, offer.to, terms)
    elif against:
        context.rest("offer", who, offer.to, context.rules.offer_rest)
    else:
        context.agreements.append(Agreement(who, offer.to, terms, rank, offer.joins))


def _meant(context: TurnContext, by: str, offer: Offer, given: Answer) -> Answer:
    """An answer as it counts: the offer's own terms accept it, impossible ones decline it.

    Whoever pays the burden in a counter, it is the first sender.
    """
    if not isinstance(given, Terms):
        return given
    if given == offer.terms:
        return "accept"
    return "decline" if terms_refusal(context.world, by, offer.to, given) else given


def _declined(context: TurnContext, by: str, asked: str, terms: Terms) -> None:
    context.emit(
        "treaty_declined",
        by,
        asked,
        (by, asked) if terms.secret else None,
        obligations=terms.obligations,
        against=terms.against,
    )
    context.rest("offer", by, asked, context.rules.offer_rest)


def _tell(context: TurnContext, kind: str, actor: str, target: str, terms: Terms) -> None:
    context.emit(
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
