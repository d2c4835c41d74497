"""Orders as labels, in the imperative and without a full stop; and the terms of treaties."""

from game.words import money
from game.words.grammar import Speech, article, listed
from game.words.phrases import MEANS, pact_in_full, peace, posture, to_meet_in, treaty_of
from game.world import public_finance
from game.world.atlas import Atlas
from game.world.model import World
from game.world.orders import (
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
from game.world.rules import BP

MANIFOLD = 5.0
"""The growth from which a percentage says nothing any more."""


def say(order: Order, world: World, me: str = "") -> str:
    """An order in the imperative: "Offer Italy a defense pact against France for 6 turns".

    `me`, if given, is who gives it: its treaties are then named by the partner alone.
    """
    speech = Speech(world.atlas, you=me or None)
    match order:
        case Offer(to=to, joins=number) if number is not None:
            return f"Invite {speech.plain(to)} into {_treaty(world, speech, number, me)}"
        case Offer(to=to, terms=offered):
            return f"Offer {speech.plain(to)} {pact_in_full(speech, offered, me)}"
        case Denounce(treaty=number, breach=breach):
            named = _treaty(world, speech, number, me)
            return f"Break {named} at once" if breach else f"Give notice of the end of {named}"
        case Demand():
            return f"Demand that {_demanded(order, world, speech)}"
        case Aid(to=to, amount=amount):
            return f"Offer {speech.plain(to)} {money(amount)} in aid"
        case Penetrate(of=of, means=means):
            return f"Work inside {speech.plain(of)} {MEANS.get(means, '')}".rstrip()
        case Sound(of=of):
            return f"Send an envoy to listen in {speech.plain(of)}"
        case Budget():
            return _budget(order, world, me)
        case Posture(step=step):
            return f"Move to {article(posture(step))} posture"
        case DeclareWar(on=on, aim=aim):
            what = f", for {speech.place(aim)}" if aim else ""
            return f"Attack {speech.plain(on)} without an ultimatum{what}"
        case Front(enemy=enemy, weight=weight, attack=attack):
            stance = "attack" if attack else "hold"
            return f"Against {speech.plain(enemy)}: {stance}, weight {weight}"
        case OfferPeace(to=to, terms=offered_peace):
            return f"Offer {speech.plain(to)} {peace_terms(offered_peace, world.atlas, me, to, me)}"


def arm_growth(world: World, state: str, arm: str, growth: int) -> float:
    """By what share of itself an army or a fleet changes, for a budget's `growth` in bp.

    A small arm may grow by more than the budget's figure, which is of the yearly limit.
    """
    standing = world.state(state)
    have = standing.army if arm == "army" else standing.fleet
    return public_finance.growth_units(world, state, arm, growth) / max(1, have)


def growth_words(share: float) -> str:
    """A change of an arm: "+14%"; an arm that was next to nothing is begun anew."""
    return f"{share:+.0%}" if share < MANIFOLD else "built up from next to nothing"


def terms(terms: Terms, atlas: Atlas, me: str = "", payer: str = "") -> str:
    """The terms of a treaty: "a secret defense pact against France for 6 turns".

    `payer` pays the burden, if there is one; without it, "its sender".
    """
    return pact_in_full(Speech(atlas, you=me or None), terms, payer)


def standing(terms: Terms, atlas: Atlas, me: str = "") -> str:
    """The terms of a treaty in force, but for how long: "a secret defense pact against France"."""
    return pact_in_full(Speech(atlas, you=me or None), terms, term=False)


def peace_terms(terms: PeaceTerms, atlas: Atlas, proposer: str, other: str, me: str = "") -> str:
    """The terms of a peace that `proposer` offers: "a white peace", "peace: France cedes Alsace".

    `me` is who is spoken to, if one of them.
    """
    speech = Speech(atlas, you=me or None)
    moved = peace(
        speech,
        proposer,
        other,
        terms.takes,
        terms.gives,
        terms.indemnity,
        terms.disarm,
        terms.restores,
    )
    if not moved:
        return "a white peace"
    return f"peace: {moved}"


def _treaty(world: World, speech: Speech, number: int, me: str) -> str:
    treaty = world.treaty(number)
    return treaty_of(speech, treaty, me) if treaty else "a treaty no longer in force"


def _demanded(order: Demand, world: World, speech: Speech) -> str:
    met = to_meet_in(world, speech, order.of, order.stake, order.subject)
    return f"{speech.plain(order.of)} {met}"


def _budget(order: Budget, world: World, me: str) -> str:
    """What a budget changes: of whoever gives it, by how much each arm truly grows."""
    parts = [
        f"{arm} {growth_words(arm_growth(world, me, arm, change) if me else change / BP)}"
        for arm, change in (("army", order.army), ("fleet", order.fleet))
        if change
    ]
    if order.invest:
        parts.append(f"{order.invest / BP:.0%} of revenue invested")
    return f"Budget: {listed(parts) or 'as last year'}"
