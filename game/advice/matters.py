"""Matters: up to three things that want deciding this turn, each one key from its order (RULES).

They are generated from what the player can see. Where the two readings differ on whom to fear,
that is a matter too.
"""

from collections.abc import Callable
from dataclasses import dataclass

from game.scoring import hostile_bloc
from game.theory.choice import utilities
from game.theory.choices import alignment_appraisal
from game.theory.doctrine import Weights, term_weights
from game.theory.families.sides import chance_of_war, would_defend
from game.theory.frame import Frame
from game.world.legality import interest, refusal
from game.world.orders import Budget, Demand, Offer, Order, Terms
from game.world.sight import Sight

MOST = 3
"""Matters shown at a time."""
DANGEROUS_ODDS = 0.6
"""A chance of another's victory over us that is worth a matter."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to decide: what it is, about whom, and the order that would meet it."""

    title: str
    kind: str
    """expiring, crisis, war, window, readings, chance or opening."""
    state: str
    order: Order | None = None
    looks: tuple[str, str] | None = None
    """How it looks if power is feared, and if threat is, where that differs."""


def matters(sight: Sight, frame: Frame) -> list[Matter]:
    """The matters of a turn, the most pressing first."""
    found = [
        *_crises(sight),
        *_wars(sight),
        *_expiring(sight),
        *_readings(sight, frame),
        *_windows(sight),
        *_chances(sight, frame),
        *_openings(sight, frame),
    ]
    seen: set[tuple[str, str]] = set()
    result = []
    for matter in found:
        if (matter.kind, matter.state) not in seen:
            seen.add((matter.kind, matter.state))
            result.append(matter)
    kept = result[:MOST]
    differing = [matter for matter in result if matter.looks]
    if differing and not any(matter.looks for matter in kept):
        kept[-1] = differing[0]
    return kept


def _crises(sight: Sight) -> list[Matter]:
    names = sight.world.atlas.name
    return [
        Matter(
            f"{names(crisis.by)} and {names(crisis.of)} stand frozen in a crisis",
            "crisis",
            crisis.by if crisis.of == sight.me else crisis.of,
        )
        for crisis in sight.world.crises
        if sight.me in (crisis.by, crisis.of)
    ]


def _wars(sight: Sight) -> list[Matter]:
    names = sight.world.atlas.name
    return [
        Matter(f"War with {names(war.enemies(sight.me)[0])}", "war", war.enemies(sight.me)[0])
        for war in sight.world.wars_of(sight.me)
    ]


def _expiring(sight: Sight) -> list[Matter]:
    result = []
    world = sight.world
    for treaty in world.treaties_of(sight.me):
        if treaty.until > world.turn + 1:
            continue
        other = treaty.others(sight.me)[0]
        when = "this turn" if treaty.until <= world.turn else "next turn"
        title = f"The pact with {world.atlas.name(other)} lapses {when}"
        order = Offer(
            other, Terms(treaty.obligations, treaty.against, world.atlas.rules.offer_term)
        )
        open_to_us = refusal(world, sight.me, order) is None
        result.append(Matter(title, "expiring", other, order if open_to_us else None))
    return result


def _readings(sight: Sight, frame: Frame) -> list[Matter]:
    feared = []
    for doctrine in ("BOP", "BOT"):
        view = frame.view(sight, doctrine)
        row = view.faced[view.me]
        place = max(range(len(row)), key=lambda j: (float(row[j]), -j))
        feared.append(sight.world.states[place].id)
    if feared[0] == feared[1]:
        return []
    name = sight.world.atlas.name
    looks = (f"fear {name(feared[0])}", f"fear {name(feared[1])}")
    title = f"Whom to fear: {name(feared[0])} or {name(feared[1])}?"
    return [Matter(title, "readings", feared[1], _pact_against(sight, frame, feared[1]), looks)]


def _windows(sight: Sight) -> list[Matter]:
    world, me = sight.world, sight.me
    result = []
    for state in world.states:
        rival = (me, state.id) in world.atlas.rivalries
        if not rival or not state.alive or world.at_war(me, state.id):
            continue
        win = chance_of_war(sight, (state.id,), (me, *would_defend(sight, me, state.id)))
        if win >= DANGEROUS_ODDS:
            title = f"{world.atlas.name(state.id)} could beat us: {win:.0%}"
            result.append(Matter(title, "window", state.id, _arming(sight)))
    return result


def _chances(sight: Sight, frame: Frame) -> list[Matter]:
    """Demands that we could make and win."""
    world, me = sight.world, sight.me
    result = []
    for owner, province in sorted(world.atlas.claims):
        holder = world.province(province).owner
        if owner != me or not holder or holder == me:
            continue
        order = Demand(holder, "cede", province)
        if refusal(world, me, order) is None and interest(world, me, order):
            name, place = world.atlas.name(holder), world.atlas.place(province).name
            looks = _looks_of_bullying(sight, frame, holder)
            result.append(
                Matter(f"Our claim to {place} against {name}", "chance", holder, order, looks)
            )
    return result


def _looks_of_bullying(sight: Sight, frame: Frame, holder: str) -> tuple[str, str] | None:
    index = sight.world.atlas.state_index[holder]
    by_power = frame.view(sight, "BOP").faced[sight.index, index]
    by_threat = frame.view(sight, "BOT").faced[sight.index, index]
    if abs(by_power - by_threat) < 0.05:
        return None
    return (
        "noticed only if our share grows",
        "makes us look hostile to all who are near",
    )


def _openings(sight: Sight, frame: Frame) -> list[Matter]:
    """The bloc against us, and the strongest state that is bound to nobody."""
    world, me = sight.world, sight.me
    bloc = hostile_bloc(world, me)
    result = []
    if bloc > 0.25:
        title = f"A hostile bloc holds {bloc:.0%} of the world's means"
        result.append(Matter(title, "ring", me, _pact_against(sight, frame, "")))
    view = frame.view(sight, "BOT")
    free = [
        state.id
        for state in world.states
        if state.great
        and state.id != me
        and not any(treaty.binds(me, state.id) for treaty in world.treaties)
    ]
    if free:
        least = min(
            free, key=lambda name: (float(view.faced[view.me, world.atlas.state_index[name]]), name)
        )
        title = f"{world.atlas.name(least)} is bound to us by nothing"
        result.append(Matter(title, "opening", least, _pact_with(sight, frame, least)))
    return result


def _arming(sight: Sight) -> Order | None:
    """A budget that would narrow a dangerous gap, if there is money for it."""
    order = Budget(army=800)
    return order if refusal(sight.world, sight.me, order) is None else None


def _pact_against(sight: Sight, frame: Frame, feared: str) -> Order | None:
    """A pact that our own fears would ask for: by threat, against that state where one is named."""
    return _best(sight, frame, lambda offer: not feared or offer.terms.against == feared)


def _pact_with(sight: Sight, frame: Frame, partner: str) -> Order | None:
    """The pact with a state that our own fears would ask for: by threat."""
    return _best(sight, frame, lambda offer: offer.to == partner)


def _best(sight: Sight, frame: Frame, fits: Callable[[Offer], bool]) -> Order | None:
    """The offer that is worth most to our own security, by threat, among those that fit."""
    appraisal = alignment_appraisal(frame.view(sight, "BOT"), sight)
    worth = utilities(appraisal.terms, term_weights(Weights(), 0.0))
    for place in sorted(range(1, len(worth)), key=lambda place: (-float(worth[place]), place)):
        offer = appraisal.options[place]
        if isinstance(offer, Offer) and fits(offer):
            return offer if refusal(sight.world, sight.me, offer) is None else None
    return None
