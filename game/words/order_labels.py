"""Orders as labels, in the imperative and without a full stop; and the terms of treaties."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from game.words import money
from game.words.assurance_words import crisis_words, to_stand
from game.words.grammar import Speech, article, listed, possessive
from game.words.phrases import MEANS, pact_in_full, peace, posture, to_meet_in, treaty_of
from game.world import public_finance
from game.world.atlas import Atlas
from game.world.model import World
from game.world.orders import (
    AskAssurance,
    Budget,
    DeclareWar,
    Demand,
    Denounce,
    Front,
    Offer,
    OfferPeace,
    Order,
    PeaceTerms,
    Terms,
)
from game.world.rules import BP

MANIFOLD = 5.0
"""The growth from which a percentage says nothing any more."""


def say(order: Order, world: World, me: str = "") -> str:
    """An order in the imperative: "Offer Italy a defense pact against France for 6 turns".

    `me`, if given, is the state that gives it; its treaties are then named by the partner alone.
    """
    return ORDER_WORDS[order.kind].say(order, world, Speech(world.atlas, you=me or None), me)


def deed_of(order: Order, world: World, state: str) -> str | None:
    """What a state did by an order, as a verb and its object; None where nobody tells of it."""
    deed = ORDER_WORDS[order.kind].deed
    return None if deed is None else deed(order, world, Speech(world.atlas), state)


@dataclass(frozen=True, slots=True)
class OrderWords:
    """How a kind of order is spoken of."""

    noun: str
    """In a report, after whose it is: "offer of a treaty"."""
    given: str
    """What a turn's orders hold already: "an offer to {}", with the target's name."""
    say: Callable[[Any, World, Speech, str], str]
    """In the imperative: of the order, the world, the speech, and who gives it."""
    deed: Callable[[Any, World, Speech, str], str] | None = None
    """What was done by it, in a debrief: a verb in the past and its object."""


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
    """The terms of a treaty without its duration: "a secret defense pact against France"."""
    return pact_in_full(Speech(atlas, you=me or None), terms, term=False)


def peace_terms(terms: PeaceTerms, atlas: Atlas, proposer: str, other: str, me: str = "") -> str:
    """The terms of a peace that `proposer` offers: "a white peace", "peace: France cedes Alsace".

    `me` is the state addressed, if it is one of them.
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


def _offer(order: Offer, world: World, speech: Speech, me: str) -> str:
    if order.joins is not None:
        return f"Invite {speech.plain(order.to)} into {_treaty(world, speech, order.joins, me)}"
    return f"Offer {speech.plain(order.to)} {pact_in_full(speech, order.terms, me)}"


def _offered(order: Offer, world: World, speech: Speech, _: str) -> str:
    pact = standing(order.terms, world.atlas)
    if order.joins is not None:
        return f"invited {speech.plain(order.to)} into {pact}"
    return f"offered {speech.plain(order.to)} {pact}"


def _denounce(order: Denounce, world: World, speech: Speech, me: str) -> str:
    named = _treaty(world, speech, order.treaty, me)
    return f"Break {named} at once" if order.breach else f"Give notice of the end of {named}"


def _denounced(order: Denounce, world: World, speech: Speech, state: str) -> str:
    treaty = world.treaty(order.treaty)
    what = treaty_of(speech, treaty, state) if treaty else "a treaty"
    return f"broke {what}" if order.breach else f"gave notice of the end of {what}"


def _demand(order: Demand, world: World, speech: Speech, _: str) -> str:
    met = to_meet_in(world, speech, order.of, order.stake, order.subject)
    return f"Demand that {speech.plain(order.of)} {met}"


def _demanded(order: Demand, world: World, speech: Speech, _: str) -> str:
    if order.stake == "cede":
        return f"demanded {speech.place(order.subject)} of {speech.plain(order.of)}"
    met = to_meet_in(world, speech, order.of, order.stake, order.subject)
    return f"demanded that {speech.plain(order.of)} {met}"


def _budget(order: Budget, world: World, _: Speech, me: str) -> str:
    parts = [
        f"{arm} {growth_words(arm_growth(world, me, arm, change) if me else change / BP)}"
        for arm, change in (("army", order.army), ("fleet", order.fleet))
        if change
    ]
    if order.invest:
        parts.append(f"{order.invest / BP:.0%} of revenue invested")
    return f"Budget: {listed(parts) or 'as last year'}"


def _declare_war(order: DeclareWar, _: World, speech: Speech, __: str) -> str:
    what = f", for {speech.place(order.aim)}" if order.aim else ""
    return f"Attack {speech.plain(order.on)} without an ultimatum{what}"


def _front(order: Front, _: World, speech: Speech, __: str) -> str:
    stance = "attack" if order.attack else "hold"
    return f"Against {speech.plain(order.enemy)}: {stance}, weight {order.weight}"


def _offer_peace(order: OfferPeace, world: World, speech: Speech, me: str) -> str:
    offered = peace_terms(order.terms, world.atlas, me, order.to, me)
    return f"Offer {speech.plain(order.to)} {offered}"


def _ask_assurance(order: AskAssurance, world: World, speech: Speech, me: str) -> str:
    about = crisis_words(world.crisis(order.crisis), speech)
    stand = "stand by us" if order.beside == me else to_stand(speech, order.beside, "")
    return f"Ask {speech.plain(order.of)} in private whether it would {stand} in {about}"


def _asked_assurance(order: AskAssurance, _: World, speech: Speech, state: str) -> str:
    stand = to_stand(speech, order.beside, state)
    return f"asked {speech.plain(order.of)} in private whether it would {stand}"


ORDER_WORDS: dict[str, OrderWords] = {
    "offer": OrderWords("offer of a treaty", "an offer to {}", _offer, _offered),
    "denounce": OrderWords("denunciation", "an end to that treaty", _denounce, _denounced),
    "guarantee": OrderWords(
        "guarantee",
        "a guarantee to {}",
        lambda order, _, speech, __: (
            f"Guarantee {speech.plain(order.to)}, in public, against anybody"
        ),
        lambda order, _, speech, __: f"gave {speech.plain(order.to)} a guarantee",
    ),
    "demand": OrderWords("demand", "a demand on {}", _demand, _demanded),
    "ask_assurance": OrderWords(
        "question for an assurance",
        "a question to {} about that crisis",
        _ask_assurance,
        _asked_assurance,
    ),
    "aid": OrderWords(
        "aid",
        "aid for {}",
        lambda order, _, speech, __: f"Offer {speech.plain(order.to)} {money(order.amount)} in aid",
        lambda order, _, speech, __: f"offered aid to {speech.plain(order.to)}",
    ),
    "penetrate": OrderWords(
        "work abroad",
        "work inside {}",
        lambda order, _, speech, __: (
            f"Work inside {speech.plain(order.of)} {MEANS.get(order.means, '')}".rstrip()
        ),
        lambda order, _, speech, __: f"worked inside {speech.plain(order.of)}",
    ),
    "sound": OrderWords(
        "sounding",
        "an envoy to listen in {}",
        lambda order, _, speech, __: f"Send an envoy to listen in {speech.plain(order.of)}",
        lambda order, _, speech, __: f"sent an envoy to sound {speech.plain(order.of)}",
    ),
    "assess": OrderWords(
        "assessment",
        "an assessment of {}",
        lambda order, _, speech, __: f"Have {possessive(speech.plain(order.of))} deeds assessed",
    ),
    "budget": OrderWords("budget", "a budget", _budget),
    "posture": OrderWords(
        "change of posture",
        "a change of posture",
        lambda order, *_: f"Move to {article(posture(order.step))} posture",
    ),
    "declare_war": OrderWords(
        "declaration of war",
        "an attack on {}",
        _declare_war,
        lambda order, _, speech, __: f"fell upon {speech.plain(order.on)}",
    ),
    "front": OrderWords("order to the front", "orders for the front against {}", _front),
    "offer_peace": OrderWords(
        "offer of peace",
        "an offer of peace to {}",
        _offer_peace,
        lambda order, _, speech, __: f"offered peace to {speech.plain(order.to)}",
    ),
}
"""How each kind of order is spoken of, by the name of the kind."""
