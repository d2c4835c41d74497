"""Matters: up to three things that want deciding this turn, each one key from its order (RULES).

They are generated from what the player can see. What presses comes first: crises, wars, partners
who leave or may, what was signed or begun last turn. What merely stands open takes turns. An order
is suggested only where it is worth something, and one matter at least looks different under the
two readings.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from game.advice.imagined import Imagined
from game.advice.order_values import Matter, OrderValue, OrderValues, against
from game.advice.recent_matters import recent_matters
from game.advice.standing_matters import may_leave, standing_matters
from game.world.events import Event
from game.world.model import Treaty
from game.world.orders import Offer, OfferPeace, Order
from game.world.sight import Sight

__all__ = ["MOST", "Matter", "matters"]

MOST = 3
"""Matters shown at a time."""
PRESSING = ("crisis", "war", "parting")
"""Kinds that give their place to no other matter."""


def matters(
    sight: Sight,
    imagined: Imagined,
    notebook: Mapping[str, float],
    happened: Sequence[Event] = (),
    assessed: Mapping[str, int] | None = None,
) -> list[Matter]:
    """The matters of a turn, the most pressing first; `happened` is what was seen of the last.

    `assessed` is state -> the turn in which its deeds were last assessed.
    """
    counsel = OrderValues.of(sight, imagined, notebook, assessed)
    found = chain(
        _crises(counsel),
        _wars(counsel),
        _partings(counsel),
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


def _crises(counsel: OrderValues) -> Iterator[Matter]:
    world, me = counsel.sight.world, counsel.sight.me
    for crisis in world.crises:
        if me in (crisis.by, crisis.of):
            other = crisis.by if crisis.of == me else crisis.of
            title = f"Frozen crisis with {counsel.short(other)}"
            about = (
                "Others can be asked in private, by an envoy, what they would do if it ends in war."
            )
            met = _help_against(counsel, other)
            yield counsel.matter(title, "crisis", other, met, about=about)


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


def _partings(counsel: OrderValues) -> Iterator[Matter]:
    """A partner who leaves us next turn, or else has just become free to and is likely to."""
    world, me = counsel.sight.world, counsel.sight.me
    ours = world.treaties_of(me)
    for treaty in ours:
        leaver = next((state for state in treaty.leavers if state != me), None)
        if leaver is not None and treaty.owes(leaver):
            title = f"{counsel.short(leaver)} leaves our pact next turn"
            yield counsel.matter(title, "parting", leaver, counsel.pact(_like(treaty)))
            return
    yield from may_leave(counsel, lately=True)


def _like(treaty: Treaty) -> Callable[[Offer], bool]:
    """Fits offers that would do what a treaty did."""
    return lambda offer: offer.terms.against == treaty.against and offer.terms.binding
