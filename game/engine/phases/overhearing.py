"""Overhearing: talks of the turn become known to more than those who talked.

By leaks, to all; by envoys sent to listen and by networks, to who has them where a talk was held.
What they know of then is recorded in the witnesses of events (`world.knowledge`).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from game.engine.turn_context import TurnContext
from game.world.events import TALKS
from game.world.orders import Penetrate, Sound
from game.world.rules import BP, Rules

Pair = tuple[str, str]
"""Two states, by id."""
TREATY_TALKS = frozenset({"treaty_offered", "treaty_countered", "treaty_declined"})
"""The kinds of events that tell of a treaty that was not signed."""


def overhearing(context: TurnContext) -> None:
    """Leaks first; then each listener hears, by a keyed draw, of each talk where it sits.

    All that two states dealt with each other in a turn is one talk: who hears of it knows it whole,
    the answer too. A talk in which a secret treaty was signed is not heard; that treaty may leak,
    or be found by a network.
    """
    talks = _talks(context)
    secret = {
        pair_of(it.actor, it.target)
        for it in context.events
        if it.kind == "treaty_signed" and it.number("secret")
    }
    learnt: dict[Pair, set[str]] = {pair: set() for pair in talks}
    for pair in talks:
        if pair not in secret and _leaks(context, pair):
            learnt[pair].update(context.world.atlas.state_index)
    held: dict[str, list[Pair]] = {}
    for pair in talks:
        for where in pair:
            held.setdefault(where, []).append(pair)
    reports_owed = {(who, order.of) for who, _, order in context.ordered(Sound)}
    reports_owed |= {(who, order.of) for who, _, order in context.ordered(Penetrate)}
    for (who, where), chance in _listeners(context).items():
        others = [pair for pair in held.get(where, ()) if who not in pair]
        heard = [
            pair
            for pair in others
            if pair not in secret and context.happens(chance, "hear", who, where, *pair)
        ]
        for pair in heard:
            learnt[pair].add(who)
        if heard or (who, where) in reports_owed:
            context.emit("talks_reported", who, where, (who,), held=len(others), heard=len(heard))
    make_known(context, learnt)


def make_known(
    context: TurnContext, learnt: Mapping[Pair, Collection[str]], kinds: Collection[str] = TALKS
) -> None:
    """Let states know of this turn's talks: two who talked, by id -> who learns of it."""
    context.events = [
        replace(it, witnesses=tuple(sorted({*(it.witnesses or ()), *learnt[pair]})))
        if it.kind in kinds and learnt.get(pair := pair_of(it.actor, it.target))
        else it
        for it in context.events
    ]


def chance_to_hear(rules: Rules, depth: int, *, envoy: bool) -> int:
    """The chance, bp, to hear of a talk: by a network of that depth (bp), and by an envoy sent.

    In proportion to the depth (THEORY T11, p. 49).
    """
    return min(BP, rules.network_hears * depth // BP + envoy * rules.sounding_hears)


def _listeners(context: TurnContext) -> dict[Pair, int]:
    """(who, where it listens) -> the chance, bp, that it hears of a talk held there."""
    envoys = {(who, order.of) for who, _, order in context.ordered(Sound)}
    networks = context.world.networks
    return {
        pair: chance_to_hear(context.rules, networks.get(pair, 0), envoy=pair in envoys)
        for pair in sorted(envoys.union(networks))
    }


def pair_of(first: str, second: str) -> Pair:
    """Two states, by id."""
    return (first, second) if first <= second else (second, first)


def _talks(context: TurnContext) -> list[Pair]:
    """Every two that talked this turn, in the order in which they began."""
    return list(
        dict.fromkeys(pair_of(it.actor, it.target) for it in context.events if it.kind in TALKS)
    )


def _leaks(context: TurnContext, pair: Pair) -> bool:
    """Whether an offer of a treaty between two becomes known to all; tells so."""
    offers = [
        it
        for it in context.events
        if it.kind == "treaty_offered" and pair_of(it.actor, it.target) == pair
    ]
    if not offers or not context.happens(context.rules.talks_leak, "talks", *pair):
        return False
    for offer in offers:
        context.emit(
            "talks_leaked",
            offer.actor,
            offer.target,
            obligations=offer["obligations"],
            against=offer["against"],
        )
    return True
