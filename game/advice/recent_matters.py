"""Matters that last turn raised: pacts against us, partners in talks, leaks, quarrels."""

from collections.abc import Iterator, Sequence
from functools import partial

from game.advice.order_values import Matter, OrderValue, OrderValues, against, offered_to
from game.world.events import Event
from game.world.orders import Aid, Demand, Order

TALKS = ("treaty_offered", "treaty_countered", "treaty_signed")
QUARRELS = {
    "war_declared": "War: {by} and {of}",
    "crisis_open": "Crisis: {by} and {of}",
    "demand_yielded": "{of} yielded to {by}",
    "demand_withdrawn": "{by} backed down before {of}",
}
"""What between two others is worth a matter, the gravest first."""


def recent_matters(counsel: OrderValues, happened: Sequence[Event]) -> Iterator[Matter]:
    """What wants deciding because of what was seen last turn, the most pressing first."""
    yield from _against_us(counsel, happened)
    yield from _leaks(counsel, happened)
    yield from _partners_in_talks(counsel, happened)
    yield from _quarrels(counsel, happened)


def _against_us(counsel: OrderValues, happened: Sequence[Event]) -> Iterator[Matter]:
    """Pacts that name us and are new to us."""
    me = counsel.sight.me
    names = counsel.short
    for event in happened:
        if event.kind not in ("treaty_signed", "treaty_leaked") or event["against"] != me:
            continue
        pair = sorted((event.actor, event.target), key=lambda one: (-_fear(counsel, one), one))
        met = (
            counsel.demand(partial(_renounces, pair))
            or counsel.pact(against(*pair))
            or counsel.listening(pair[0])
        )
        title = f"Pact against us: {names(pair[0])} and {names(pair[1])}"
        yield counsel.matter(title, "against", pair[0], met, looks=_ranks(counsel, pair[0]))


def _leaks(counsel: OrderValues, happened: Sequence[Event]) -> Iterator[Matter]:
    """Secret treaties of others that came to light."""
    me, names = counsel.sight.me, counsel.short
    for event in happened:
        if event.kind != "treaty_leaked" or event["against"] == me:
            continue
        pair = [one for one in (event.actor, event.target) if one != me]
        if pair:
            title = f"A secret pact of {names(pair[-1])} is out"
            yield counsel.matter(title, "leak", pair[-1], counsel.listening(pair[-1]))


def _partners_in_talks(counsel: OrderValues, happened: Sequence[Event]) -> Iterator[Matter]:
    """Partners of ours who treat with those we fear, or with our rivals."""
    world, me = counsel.sight.world, counsel.sight.me
    feared = _foes(counsel)
    partners = {other for treaty in world.treaties_of(me) for other in treaty.others(me)}
    for event in happened:
        if event.kind not in TALKS or event["against"] == me or me in (event.actor, event.target):
            continue
        for partner, foe in ((event.actor, event.target), (event.target, event.actor)):
            if partner in partners and foe in feared and foe not in partners:
                done = "signed" if event.kind == "treaty_signed" else "treats"
                names = counsel.short
                title = f"{names(partner)} {done} with {names(foe)}"
                met = _bind_closer(counsel, partner)
                about = f"{counsel.name(partner)} is a partner of ours, {counsel.name(foe)} none."
                yield counsel.matter(
                    title,
                    "talks",
                    partner,
                    met,
                    looks=_ranks(counsel, foe),
                    about=about[:1].upper() + about[1:],
                )


def _bind_closer(counsel: OrderValues, partner: str) -> OrderValue | None:
    """A pact more with a partner; else an envoy who listens there."""
    return counsel.pact(offered_to(partner)) or counsel.listening(partner)


def _quarrels(counsel: OrderValues, happened: Sequence[Event]) -> Iterator[Matter]:
    """Crises and wars of others, where one of them is a partner of ours or one we fear."""
    world, me = counsel.sight.world, counsel.sight.me
    names, near = counsel.short, _foes(counsel) | world.bound_to(me)
    for kind, words in QUARRELS.items():
        for pair in _quarrelling(counsel, happened, kind):
            if me in pair or not all(pair) or not near.intersection(pair):
                continue
            title = words.format(by=names(pair[0]), of=names(pair[1]))
            stronger, weaker = sorted(pair, key=lambda one: (-_share(counsel, one), one))
            met = counsel.pact(offered_to(*pair)) or (
                counsel.best("aid", partial(_helps, weaker)) or counsel.listening(stronger)
            )
            yield counsel.matter(title, "quarrel", stronger, met, looks=_ranks(counsel, stronger))


def _quarrelling(
    counsel: OrderValues, happened: Sequence[Event], kind: str
) -> list[tuple[str, str]]:
    """Between whom there is a quarrel of a kind: crises as they stand, the rest as it happened."""
    if kind == "crisis_open":
        return [(crisis.by, crisis.of) for crisis in counsel.sight.world.crises]
    return [(event.actor, event.target) for event in happened if event.kind == kind]


def _renounces(parties: Sequence[str], order: Order) -> bool:
    return isinstance(order, Demand) and order.stake == "renounce" and order.of in parties


def _helps(state: str, order: Order) -> bool:
    return isinstance(order, Aid) and order.to == state


def _foes(counsel: OrderValues) -> set[str]:
    """Our rivals, and whom either reading fears most."""
    world, me = counsel.sight.world, counsel.sight.me
    rivals = {other for one, other in world.atlas.rivalries if one == me}
    return rivals | set(counsel.feared())


def _fear(counsel: OrderValues, state: str) -> float:
    index = counsel.sight.world.atlas.state_index[state]
    return sum(row[index] for row in counsel.faced())


def _share(counsel: OrderValues, state: str) -> float:
    return float(counsel.sight.facts.c[counsel.sight.world.atlas.state_index[state]])


def _ranks(counsel: OrderValues, state: str) -> tuple[str, str] | None:
    """How high a state stands among those we fear, where the two readings differ on it."""
    by_power, by_threat = counsel.ranks(state)
    if by_power == by_threat:
        return None
    name = counsel.name(state)
    return f"{name} is number {by_power} of those we fear", f"it is number {by_threat}"
