"""Matters that stand open: whom to fear, a rival's window, a free power, money, soundings."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from game.advice.estimated_beliefs import confidence, in_the_place_of
from game.advice.forecast import READINGS
from game.advice.order_values import Matter, OrderValues, against, disputed, offered_to
from game.scoring.coalition_shares import bloc_against, hostile_bloc
from game.theory.families.expected_coalitions import chance_of_war, would_defend
from game.words.grammar import listed
from game.world import public_finance
from game.world.events import Event
from game.world.legality import is_neighbour
from game.world.orders import Budget, Demand, Denounce, Guarantee, Offer, Order, Penetrate, Posture
from game.world.rules import BP, POSTURES

DANGEROUS_ODDS = 0.6
"""A chance of another's victory over us that is worth a matter."""
RING = 0.25
"""The share of a hostile bloc that is worth a matter."""
CERTAIN = 0.25
"""The doubt, 0 to 1, below which a notebook's guess needs no listening."""
LISTENED = 2
"""States to which it is suggested at a time to listen."""


LIKELY = 0.005
"""What leaving must be worth to a partner for us to be told that it may leave."""

PACE = 2
"""By how many places the kinds of matters move on each turn."""


def standing_matters(counsel: OrderValues, happened: Sequence[Event]) -> Iterator[Matter]:
    """What could be decided this turn as well as another: each kind leads in its turn, and a second
    matter of a kind comes after the first of every other."""
    declined = {
        event.target
        for event in happened
        if event.kind == "treaty_declined" and event.actor == counsel.sight.me
    }
    kinds: list[Callable[[], Iterator[Matter]]] = [
        lambda: _readings(counsel, declined),
        lambda: _windows(counsel),
        lambda: _free(counsel, declined),
        lambda: _claims(counsel),
        lambda: _soundings(counsel),
        lambda: _posture(counsel),
        lambda: _burdens(counsel),
        lambda: _networks(counsel),
        lambda: _aid(counsel),
        lambda: _money(counsel),
        lambda: _ring(counsel),
        lambda: may_leave(counsel, lately=False),
    ]
    first = (counsel.sight.world.turn - 1) * PACE % len(kinds)
    left = []
    for kind in (*kinds[first:], *kinds[:first]):
        found = kind()
        yield from islice(found, 1)
        left.append(found)
    yield from chain.from_iterable(left)


def _readings(counsel: OrderValues, declined: set[str]) -> Iterator[Matter]:
    """Whom to fear: two states, where the readings name different ones."""
    feared = counsel.feared()
    if feared[0] == feared[1]:
        title = f"By either reading we fear {counsel.name(feared[0])}"
        yield counsel.matter(title, "readings", feared[0], None)
        return
    by_power, by_threat = (counsel.name(state) for state in feared)
    met = counsel.pact(lambda offer: offer.terms.against in feared and offer.to not in declined)
    met = met or counsel.listening(feared[1]) or counsel.listening(feared[0])
    looks = (f"fear {by_power}", f"fear {by_threat}")
    title = f"Fear {counsel.name(feared[0])} or {counsel.name(feared[1])}?"
    yield counsel.matter(title, "readings", feared[1], met, looks=looks)


def _windows(counsel: OrderValues) -> Iterator[Matter]:
    """Rivals who could beat us, if they came: help against them, calm, or arms."""
    sight = counsel.sight
    world, me = sight.world, sight.me
    for state in world.states:
        rival = (me, state.id) in world.atlas.rivalries
        if not rival or not state.alive or world.at_war(me, state.id):
            continue
        win = chance_of_war(sight, (state.id,), (me, *would_defend(sight, me, state.id)))
        if win < DANGEROUS_ODDS:
            continue
        met = counsel.pact(against(state.id)) or (
            counsel.best("arms", _more_army) or counsel.listening(state.id)
        )
        title = f"{counsel.short(state.id)} could beat us: {win:.0%}"
        about = "Its chance in a war against us and all who have promised us help."
        yield counsel.matter(title, "window", state.id, met, about=about)


def _more_army(order: Order) -> bool:
    return isinstance(order, Budget) and order.army > 0


def _free(counsel: OrderValues, declined: set[str]) -> Iterator[Matter]:
    """The states without a bond to us with whom a pact promises most; great powers first."""
    world, me = counsel.sight.world, counsel.sight.me
    unbound = {
        state.id: state.great
        for state in world.states
        if state.id not in (me, *declined)
        and not any(treaty.binds(me, state.id) for treaty in world.treaties)
    }
    for great in (True, False):
        met = counsel.pact(offered_to(*(one for one in unbound if unbound[one] == great)))
        if met is not None and isinstance(met.order, Offer):
            other = met.order.to
            title = f"No bond with {counsel.name(other)}"
            yield counsel.matter(title, "opening", other, met)
    met = counsel.best("alignment", lambda one: isinstance(one, Guarantee))
    if met is not None and isinstance(met.order, Guarantee):
        other = met.order.to
        title = f"{counsel.short(other)} in others' hands?"
        about = "Who took it would be more to be feared; our guarantee would deter it."
        yield counsel.matter(title, "guarantee", other, met, about=about)


def _claims(counsel: OrderValues) -> Iterator[Matter]:
    """A demand that would help us; it is suggested only where they might yield."""
    atlas = counsel.sight.world.atlas
    met = counsel.demand()
    shown = met or counsel.demand(hopeless=True)
    if shown is None or not isinstance(shown.order, Demand):
        return
    order = shown.order
    name = counsel.short(order.of)
    looks = ("noticed only if our share grows", "makes us look hostile to all who are near")
    if order.stake == "cede":
        title = f"Our claim to {atlas.place(order.subject).name} against {name}"
    elif order.stake == "renounce":
        title = f"{name} holds a pact against us"
    else:
        title = f"{name} stands ready to attack"
    yield counsel.matter(title, "chance", order.of, met, looks=looks)


def _soundings(counsel: OrderValues) -> Iterator[Matter]:
    """The states of which it would help most to know whether they fear power or threat."""
    sight = counsel.sight
    world, me = sight.world, sight.me
    weights = {}
    for index, state in enumerate(world.states):
        if not sight.facts.there[index] or state.id == me:
            continue
        doubt = 1 - 2 * abs(counsel.notebook.get(state.id, 0.5) - 0.5)
        if doubt > CERTAIN and (state.great or is_neighbour(world, me, state.id)):
            unknown = max(0.1, 1 - confidence(sight, state.id))
            weights[state.id] = doubt * unknown * float(sight.facts.c[index])
    dearest = sorted(weights, key=lambda one: (-weights[one], one))
    unheard = [one for one in dearest if counsel.listening(one) is not None]
    for other in unheard[:LISTENED]:
        met = counsel.listening(other)
        fears = _fears_of(counsel, other)
        looks = None
        if fears[0] != fears[1]:
            by_power, by_threat = (f"it fears {_us(counsel, one)} most" for one in fears)
            looks = (by_power, by_threat)
        about = "An envoy who listens there makes every forecast of it surer."
        title = f"What does {counsel.name(other)} fear?"
        yield counsel.matter(title, "sounding", other, met, looks=looks, about=about)
    heard = [one for one in dearest if one not in unheard]
    for other in heard[:1]:
        met = counsel.assessing(other)
        if met is not None:
            about = "An envoy who weighs what we saw of it brings back a figure for the notebook."
            title = f"What do our reports of {counsel.name(other)} say?"
            yield counsel.matter(title, "assessment", other, met, about=about)


def _fears_of(counsel: OrderValues, state: str) -> tuple[str, str]:
    """Whom a state would fear most under each reading, as far as we can put ourselves there."""
    theirs = in_the_place_of(counsel.sight, state, counsel.imagined.estimate)
    ids = [one.id for one in counsel.sight.world.states]
    found = []
    for lens in READINGS:
        view = counsel.imagined.frame.view(theirs, lens)
        row = view.faced[view.me]
        found.append(ids[max(range(len(row)), key=lambda j: (float(row[j]), -j))])
    return found[0], found[1]


def _us(counsel: OrderValues, state: str) -> str:
    return "us" if state == counsel.sight.me else counsel.name(state)


def _posture(counsel: OrderValues) -> Iterator[Matter]:
    """A step up or down that our own fears ask for."""
    me = counsel.sight.me
    met = counsel.best("posture")
    if met is None or not isinstance(met.order, Posture):
        return
    calmer = met.order.step < counsel.sight.world.state(me).posture
    now = POSTURES[counsel.sight.world.state(me).posture]
    title = f"Our {now} posture alarms others" if calmer else f"Our {now} posture invites attack"
    looks = (
        ("to those who fear power it says nothing", "those who fear threat are calmed")
        if calmer
        else ("to those who fear power it says nothing", "those who fear threat are alarmed")
    )
    yield counsel.matter(title, "posture", me, met, looks=looks)


def _burdens(counsel: OrderValues) -> Iterator[Matter]:
    """A treaty that binds us more than it helps, whichever of the readings is true."""
    world, me = counsel.sight.world, counsel.sight.me
    met = counsel.best("alignment", lambda one: isinstance(one, Denounce))
    if met is None or min(met.by_power, met.by_threat) < 0:
        return
    treaty = world.treaty(met.order.treaty) if isinstance(met.order, Denounce) else None
    if treaty is not None:
        other = treaty.others(me)[0]
        title = f"The pact with {counsel.short(other)} burdens us"
        about = "What it asks of us weighs more than what it promises; notice ends it cheaply."
        yield counsel.matter(title, "burden", other, met, about=about)


def _networks(counsel: OrderValues) -> Iterator[Matter]:
    """A society where a network would show most."""
    world, me = counsel.sight.world, counsel.sight.me
    met = counsel.best("penetration")
    if met is None or not isinstance(met.order, Penetrate):
        return
    other = met.order.of
    depth = world.networks.get((me, other), 0) / BP
    title = f"Our network in {counsel.short(other)} is {depth:.0%} deep"
    if not depth:
        title = f"{counsel.short(other)} is open to our people"
    yield counsel.matter(
        title, "network", other, met,
        about="From 60% deep its reasons can be read; each attempt may be found out.",
    )  # fmt: skip


def _aid(counsel: OrderValues) -> Iterator[Matter]:
    """Money to a friend, where it strengthens whom we need."""
    met = counsel.best("aid")
    if met is not None:
        other = str(getattr(met.order, "to", ""))
        title = f"{counsel.short(other)} could use our money"
        yield counsel.matter(title, "aid", other, met)


def _money(counsel: OrderValues) -> Iterator[Matter]:
    """What is worth buying with what lies in the treasury."""
    world, me = counsel.sight.world, counsel.sight.me
    spends_more = public_finance.surplus(world, me) < 0
    met = counsel.best("arms", _cuts if spends_more else _grows)
    if met is None or not isinstance(met.order, Budget):
        return
    title = (
        "We spend more than we take in" if spends_more
        else "Our forces could grow" if _more_army(met.order) or met.order.fleet > 0
        else "Money lies idle that could be invested"
    )  # fmt: skip
    yield counsel.matter(title, "budget", me, met)


def _cuts(order: Order) -> bool:
    return isinstance(order, Budget) and order.army < 0


def _grows(order: Order) -> bool:
    return isinstance(order, Budget) and not _cuts(order)


def _ring(counsel: OrderValues) -> Iterator[Matter]:
    """The bloc against us, and the pact that would best match it."""
    world, me = counsel.sight.world, counsel.sight.me
    bloc = hostile_bloc(world, me)
    if bloc > RING:
        leader, *others = (state for state, _ in bloc_against(world, me))
        beside = listed(counsel.name(state) for state in others)
        about = f"{counsel.name(leader)}, a rival or bound against us"
        about += f", and who would fight beside it: {beside}." if others else ", alone."
        about = about[:1].upper() + about[1:]
        yield counsel.matter(
            f"Hostile bloc: {bloc:.0%} of all power", "ring", me, counsel.pact(), about=about
        )


def may_leave(counsel: OrderValues, *, lately: bool) -> Iterator[Matter]:
    """The partner who is free to leave us and likeliest to, as we imagine it.

    `lately`: only one whose term ends now, or ended last turn; otherwise only one who has been free
    for longer, and has stayed. Nothing while another partner is leaving.
    """
    if any(treaty.leavers for treaty in counsel.sight.world.treaties_of(counsel.sight.me)):
        return
    likely = counsel.likeliest_to_leave()
    if likely is None or max(likely.worth) < LIKELY:
        return
    other, treaty, (by_power, by_threat) = likely.partner, likely.treaty, likely.worth
    if lately != (counsel.sight.world.turn <= treaty.until + 1):
        return
    title = f"{counsel.short(other)} may leave our pact"
    about = "The term of the pact is over: notice breaks no word, and ends it a turn later."
    looks = None
    if disputed(by_power, by_threat):
        looks = (_parts(by_power), _parts(by_threat))
    met = counsel.pact(against(treaty.against)) if treaty.against else None
    yield counsel.matter(title, "parting", other, met, looks=looks, about=about)


def _parts(gain: float) -> str:
    return "it has reason to leave" if gain >= LIKELY else "it has reason to stay"
