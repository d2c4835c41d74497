"""Signing and leaving treaties, whatever the reason: used by every phase that does either."""

from dataclasses import replace

from game.engine.turn_context import Agreement, TurnContext
from game.world.coalitions import without_party
from game.world.legality import accession_refusal, terms_refusal
from game.world.model import Treaty
from game.world.orders import DeclareWar, Demand, Guarantee, Terms

LIGHT = ("consultation",)
"""Obligations so light that leaving them breaks no word."""


def leave(
    context: TurnContext, treaty: Treaty, state: str, why: str, *, broken: bool = False
) -> None:
    """Take a party out of a treaty; it goes on among the rest if they are two or more.

    Unless the strongest leaves: that ends it for all (THEORY W12, p. 47). `broken` tells of it as a
    broken word; what that costs is the caller's to say. A party that had gone already in the same
    breath is told of, and changes nothing more. A guarantee ends as a whole, whoever of the two it
    is that leaves, and only its giver breaks a word by it.
    """
    if not treaty.owes(state):
        end(context, treaty, why)
        return
    if treaty.guarantor and not broken:
        context.emit(
            "guarantee_withdrawn", state, treaty.others(state)[0], treaty=treaty.id, why=why
        )
        context.drop_treaty(treaty.id)
        return
    kind = "treaty_broken" if broken else "treaty_ended"
    for other in treaty.others(state):
        context.emit(
            kind,
            state,
            other,
            witnesses(treaty),
            treaty=treaty.id,
            obligations=treaty.obligations,
            why=why,
        )
        if broken and not treaty.terms.secret:
            context.rest(other, state, wronged=context.rules.wrong_remembered)
    now = context.world.treaty(treaty.id)
    if now is None:
        return
    rest = without_party(context.world, now, state)
    if rest is not None:
        context.put_treaty(rest)
    elif len(now.others(state)) > 1:
        end(context, now.without(state), "leader")
    else:
        context.drop_treaty(now.id)


def end(context: TurnContext, treaty: Treaty, why: str) -> None:
    """End a treaty for all its parties."""
    first, *rest = treaty.parties
    for other in rest:
        context.emit(
            "treaty_ended",
            first,
            other,
            witnesses(treaty),
            treaty=treaty.id,
            obligations=treaty.obligations,
            why=why,
        )
    context.drop_treaty(treaty.id)


def tear_up(context: TurnContext, state: str, enemy: str) -> None:
    """Entering a war against a partner breaks every treaty with it, once for one's name."""
    shared = [treaty for treaty in context.world.treaties_of(state) if enemy in treaty.parties]
    heavy = [one for one in shared if one.obligations != LIGHT and one.owes(state)]
    for treaty in shared:
        leave(context, treaty, state, "war", broken=treaty in heavy)
    if heavy:
        context.adjust(state, reliability=-context.rules.reliability_breach)


def witnesses(treaty: Treaty) -> tuple[str, ...] | None:
    """Who sees what happens to a treaty: everyone, or those who know of a secret one."""
    return (*treaty.parties, *treaty.known_to) if treaty.terms.secret else None


def sign_all(context: TurnContext) -> None:
    """Sign what was agreed, the senders' higher ranks first, then by a keyed draw.

    What an earlier signature forbids lapses without blame. Two offers of one kind that crossed
    and were both accepted make one treaty. A new treaty replaces an older one between the same
    two that it covers. Then guarantees are given, which no signature forbids.
    """
    ordered = sorted(
        context.agreements,
        key=lambda pact: (pact.rank, context.chance("talks", pact.by, pact.to), pact.by, pact.to),
    )
    signed: set[tuple[frozenset[str], frozenset[str], str]] = set()
    for pact in ordered:
        terms = pact.terms
        if pact.joins is not None:
            _accede(context, pact, pact.joins)
            continue
        kind = (frozenset((pact.by, pact.to)), frozenset(terms.obligations), terms.against)
        if kind in signed:
            continue
        refused = terms_refusal(context.world, pact.by, pact.to, terms) or terms_refusal(
            context.world, pact.to, pact.by, terms
        )
        if refused is not None or (terms.binding and _falls_out(context, pact)):
            _lapse(context, pact)
            continue
        signed.add(kind)
        _sign(context, pact)
    _guarantee_all(context)


def _guarantee_all(context: TurnContext) -> None:
    """Give every guarantee that was ordered, unless a signature of this turn forbids it."""
    ordered = sorted(
        context.ordered(Guarantee),
        key=lambda item: (item[1], context.chance("guarantee", item[0], item[2].to), item[0]),
    )
    turn, term = context.world.turn, context.rules.offer_term
    for who, _, order in ordered:
        refused = order.refusal(context.world, who)
        if refused is not None:
            context.emit("order_refused", who, witnesses=(), order=order.kind, reason=refused.code)
            continue
        renewed = order.renews(context.world, who)
        if renewed is not None:
            end(context, renewed, "renewed")
        parties, terms = (who, order.to), Terms(("guarantee",), term=term)
        number = context.new_id()
        context.put_treaty(Treaty(number, parties, terms, signed=turn, until=turn + term))
        context.emit("guarantee_given", who, order.to, treaty=number, term=term)


def _falls_out(context: TurnContext, pact: Agreement) -> bool:
    """Whether one of the two makes a demand or war on the other in this very turn."""
    return any(
        (isinstance(order, Demand) and order.of == other)
        or (isinstance(order, DeclareWar) and order.on == other)
        for state, other in ((pact.by, pact.to), (pact.to, pact.by))
        for order in context.orders.get(state, ())
    )


def _lapse(context: TurnContext, pact: Agreement) -> None:
    terms = pact.terms
    context.emit(
        "treaty_lapsed",
        pact.by,
        pact.to,
        obligations=terms.obligations,
        against=terms.against,
    )


def _accede(context: TurnContext, pact: Agreement, number: int) -> None:
    """One more party to a treaty in force, which runs on as it was signed.

    Where two members invited the same newcomer, it joins once.
    """
    treaty, terms = context.world.treaty(number), pact.terms
    if treaty is not None and pact.to in treaty.parties:
        return
    refused = accession_refusal(context.world, pact.by, pact.to, number, terms)
    if treaty is None or refused is not None:
        _lapse(context, pact)
        return
    context.put_treaty(replace(treaty, parties=(*treaty.parties, pact.to)))
    context.emit(
        "treaty_signed",
        pact.by,
        pact.to,
        None,
        treaty=number,
        obligations=terms.obligations,
        against=terms.against,
        term=treaty.until - context.world.turn,
        secret=0,
        burden=terms.burden,
        renews=number,
    )


def _sign(context: TurnContext, pact: Agreement) -> None:
    terms = pact.terms
    renewed = 0
    for old in context.world.treaties_of(pact.by):
        covered = set(old.obligations) <= set(terms.obligations) and old.against == terms.against
        if set(old.parties) == {pact.by, pact.to} and covered:
            end(context, old, "renewed")
            renewed = old.id
    number = context.new_id()
    turn = context.world.turn
    context.put_treaty(
        Treaty(
            number,
            (pact.by, pact.to),
            terms,
            signed=turn,
            until=turn + terms.term,
            payer=pact.by if terms.burden else "",
        )
    )
    context.emit(
        "treaty_signed",
        pact.by,
        pact.to,
        (pact.by, pact.to) if terms.secret else None,
        treaty=number,
        obligations=terms.obligations,
        against=terms.against,
        term=terms.term,
        secret=int(terms.secret),
        burden=terms.burden,
        renews=renewed,
    )
