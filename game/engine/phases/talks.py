"""Talks: offers and aid are answered at once; then counters, which are final (THEORY W9, p. 47).

Who declined a pact against a third state may tell that state of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from game.engine.phases.overhearing import TREATY_TALKS, make_known, pair_of
from game.engine.turn_context import Agreement, TurnContext, question_id
from game.world.legality import may_tell, terms_refusal
from game.world.model import World
from game.world.orders import Offer, Terms
from game.world.questions import AidQuestion, Answer, OfferQuestion, TellQuestion, tell_id


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
    declined: list[TellQuestion] = []
    for key, (who, rank, offer) in offers.items():
        if offer.joins is not None:
            _invited(context, who, rank, offer, answers)
            continue
        given = _meant(context, who, offer, answers[key])
        if isinstance(given, Terms):
            _countered(context, offer.to, who, given)
            final = question_id("counter", offer.to, who)
            counters[final] = Agreement(who, offer.to, given, rank)
        elif given == "accept":
            context.agreements.append(Agreement(who, offer.to, offer.terms, rank))
        else:
            _declined(context, who, offer.to, offer.terms)
            declined.append(TellQuestion(tell_id(key), offer.to, who, offer.terms))
    finals = context.ask(
        OfferQuestion(key, countered.by, countered.to, countered.terms, final=True)
        for key, countered in counters.items()
    )
    for key, countered in counters.items():
        if finals[key] == "accept":
            context.agreements.append(countered)
        else:
            by, asked, terms = countered.to, countered.by, countered.terms
            _declined(context, by, asked, terms)
            declined.append(TellQuestion(tell_id(key), asked, by, terms))
    _tell(context, declined)


def _tell(context: TurnContext, declined: Iterable[TellQuestion]) -> None:
    """Ask who declined a pact whether it tells the adversary; who is told learns of the talks.

    The adversary takes it up with who made the offer, who so learns that it was told of.
    """
    asked = [question for question in declined if may_tell(context.world, question)]
    answers = context.ask(asked)
    for question in asked:
        if answers[question.id] != "accept":
            continue
        teller, by, terms = question.asked, question.by, question.terms
        context.emit(
            "offer_told",
            teller,
            terms.against,
            (teller, terms.against, by),
            by=by,
            obligations=terms.obligations,
            against=terms.against,
        )
        make_known(context, {pair_of(teller, by): (terms.against,)}, TREATY_TALKS)


def _asked(context: TurnContext, key: str, who: str, offer: Offer) -> list[OfferQuestion]:
    """Who is asked about an offer: who it is made to; of an accession, the other members too."""
    joins, terms = offer.joins, offer.terms
    newcomer = "" if joins is None else offer.to
    asked = [OfferQuestion(key, offer.to, who, terms, joins=joins, newcomer=newcomer)]
    asked += [
        OfferQuestion(
            _of_member(who, offer, member), member, who, terms, joins=joins, newcomer=newcomer
        )
        for member in members_asked(context.world, who, offer)
    ]
    return asked


def _of_member(who: str, offer: Offer, member: str) -> str:
    return question_id("accession", who, offer.to, member)


def members_asked(world: World, who: str, offer: Offer) -> tuple[str, ...]:
    """Who is asked beside the newcomer: of an accession, every member but the inviter."""
    treaty = world.treaty(offer.joins) if offer.joins is not None else None
    return treaty.others(who) if treaty is not None else ()


def _invited(
    context: TurnContext, who: str, rank: int, offer: Offer, answers: Mapping[str, Answer]
) -> None:
    """An accession stands if the newcomer and every member agree in the same round (S6)."""
    terms = offer.terms
    against = [
        member
        for member in members_asked(context.world, who, offer)
        if answers[_of_member(who, offer, member)] != "accept"
    ]
    for member in against:
        context.emit(
            "accession_refused",
            member,
            offer.to,
            (who, offer.to, *members_asked(context.world, who, offer)),
            treaty=offer.joins or 0,
            obligations=terms.obligations,
            against=terms.against,
        )
    if answers[question_id("offer", who, offer.to)] != "accept":
        _declined(context, who, offer.to, terms)
    elif against:
        _rests(context, who, offer.to)
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
        obligations=terms.obligations,
        against=terms.against,
    )
    _rests(context, by, asked)


def _countered(context: TurnContext, actor: str, target: str, terms: Terms) -> None:
    context.emit(
        "treaty_countered",
        actor,
        target,
        obligations=terms.obligations,
        against=terms.against,
        term=terms.term,
        secret=int(terms.secret),
        burden=terms.burden,
    )


def _rests(context: TurnContext, by: str, asked: str) -> None:
    """What was declined is not offered again for some turns, and is remembered for longer."""
    rules = context.rules
    context.rest(by, asked, offer=rules.offer_rest, declined=rules.asking_remembered)
