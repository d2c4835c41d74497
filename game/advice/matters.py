"""Matters: up to three things that want deciding this turn, each one key from its order (RULES).

They are generated from what the player can see. What presses comes first: crises, wars, lapsing
treaties, what was signed or begun last turn. What merely stands open takes turns. An order is
suggested only where it is worth something, and one matter at least looks different under the two
readings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from game.advice.order_values import LEAST, Matter, OrderValue, OrderValues, against, disputed
from game.advice.recent_matters import recent_matters
from game.advice.standing_matters import standing_matters
from game.theory.frame import Frame
from game.world.beliefs import Beliefs
from game.world.events import Event
from game.world.orders import Offer, OfferPeace, Order, Terms
from game.world.sight import Sight

__all__ = ["MOST", "Matter", "matters"]

MOST = 3
"""Matters shown at a time."""
PRESSING = ("crisis", "war", "expiring")
"""Kinds that give their place to no other matter."""


def matters(
    sight: Sight,
    estimate: Beliefs,
    frame: Frame,
    notebook: Mapping[str, float],
    happened: Sequence[Event] = (),
) -> list[Matter]:
    """The matters of a turn, the most pressing first; `happened` is what was seen of the last."""
    counsel = OrderValues.of(sight, estimate, frame, notebook)
    found = chain(
        _crises(counsel),
        _wars(counsel),
        _expiring(counsel),
        recent_matters(counsel, happened),
        standing_matters(counsel, happened),
    )
    return _chosen(found)


def _chosen(found: Iterable[Matter]) -> list[Matter]:
    """The first three about different things, of which one looks different by the readings."""
    kept: list[Matter] = []
    for matter in found:
        known = (matter.kind, matter.state) in {(one.kind, one.state) for one in kept}
        if len(kept) < MOST and not known:
            kept.append(matter)
        elif matter.differs and not known and kept[-1].kind not in PRESSING:
            kept[-1] = matter
        if len(kept) == MOST and any(one.differs for one in kept):
            break
    return kept


def _makes(gain: float) -> str:
    if abs(gain) < LEAST:
        return "changes nothing for us"
    return f"makes us {'safer' if gain > 0 else 'less safe'}"


def _crises(counsel: OrderValues) -> Iterator[Matter]:
    world, me = counsel.sight.world, counsel.sight.me
    for crisis in world.crises:
        if me in (crisis.by, crisis.of):
            other = crisis.by if crisis.of == me else crisis.of
            title = f"Frozen crisis with {counsel.short(other)}"
            yield counsel.matter(title, "crisis", other, _help_against(counsel, other))


def _wars(counsel: OrderValues) -> Iterator[Matter]:
    world, me = counsel.sight.world, counsel.sight.me
    for war in world.wars_of(me):
        enemy = war.enemies(me)[0]
        peace = counsel.best("peace", partial(_ends, war.id))
        met = peace if peace is not None and counsel.hopeful(peace.order) else None
        met = met or _help_against(counsel, enemy)
        yield counsel.matter(f"War with {counsel.short(enemy)}", "war", enemy, met)


def _help_against(counsel: OrderValues, enemy: str) -> OrderValue | None:
    return counsel.pact(against(enemy)) or counsel.listening(enemy)


def _ends(war: int, order: Order) -> bool:
    return isinstance(order, OfferPeace) and order.war == war


def _expiring(counsel: OrderValues) -> Iterator[Matter]:
    """The treaties that run out: one matter, with the renewal that is worth most."""
    world, me = counsel.sight.world, counsel.sight.me
    lapsing = []
    for treaty in world.treaties_of(me):
        if treaty.until > world.turn + 1:
            continue
        other = treaty.others(me)[0]
        terms = Terms(treaty.obligations, treaty.against, world.atlas.rules.offer_term)
        renewal = Offer(other, terms)
        worth = counsel.signed(renewal) if counsel.open_to_us(renewal) else None
        lapsing.append((-worth.mean if worth else 1.0, treaty.until, treaty.id, other, worth))
    if not lapsing:
        return
    lapsing.sort(key=lambda one: one[:3])
    _, until, _, other, worth = lapsing[0]
    when = "this turn" if until <= world.turn else "next turn"
    title = f"Pact with {counsel.short(other)} lapses {when}"
    about = _worth_renewing(worth)
    if len(lapsing) > 1:
        more = len(lapsing) - 1
        about += (
            " One more of our treaties runs out as well."
            if more == 1
            else (f" {more} more of our treaties run out as well.")
        )
    looks = None
    if worth is not None and worth.mean < LEAST and disputed(worth.by_power, worth.by_threat):
        by_power, by_threat = (
            f"to renew it {_makes(gain)}" for gain in (worth.by_power, worth.by_threat)
        )
        looks = (by_power, by_threat)
    yield counsel.matter(title, "expiring", other, worth, looks=looks, about=about)


def _worth_renewing(worth: OrderValue | None) -> str:
    """Whether the treaty is worth renewing as it stands."""
    if worth is None:
        return "It cannot be renewed as it stands."
    if worth.mean >= LEAST:
        return "It is worth renewing."
    return "To renew it as it stands is worth nothing to us now; other terms may be."
