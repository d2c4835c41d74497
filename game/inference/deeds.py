"""What each state did in a turn, read from its orders and answers, and from events for the rest."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from game.history import TurnRecord
from game.inference.open_choices import (
    adversaries_open,
    demands_open,
    partners_open,
    present,
    wars_open,
)
from game.world.beliefs import Beliefs
from game.world.events import Event
from game.world.model import War, World
from game.world.orders import Aid, DeclareWar, Demand, Denounce, Guarantee, Offer, Order, Terms
from game.world.questions import (
    Answer,
    CallQuestion,
    JoinQuestion,
    OfferQuestion,
    PledgeQuestion,
    Question,
)
from game.world.sight import seen_by
from game.world.stage import Stage


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """An act without what the lenses show of it; its fields are those of `acts.Act`."""

    state: str
    kind: str
    chosen: str
    open: tuple[str, ...]
    opposed: bool
    world: World
    """The world in which it was done."""
    deed: object
    beside: str = ""
    own: bool = True
    kept: bool = False
    question: Question | None = None
    sides: tuple[tuple[str, ...], ...] = ()
    """Where whole sides stood open: who is on each of them; `open` names who leads them."""


def deeds(record: TurnRecord, states: AbstractSet[str], beliefs: Beliefs) -> Iterator[Deed]:
    """The deeds of some states in a turn, in the order in which they were done."""
    signed: set[tuple[str, str, str]] = set()
    for state in sorted(states):
        for order in record.orders.get(state, ()):
            yield from _ordered(record.start, state, order, beliefs)
            if isinstance(order, Offer):
                signed.add((state, order.to, order.terms.against))
    for stage in record.stages:
        for question in stage.questions:
            if question.asked in states:
                answer = stage.answers[question.id]
                yield from _answered(stage, question, answer)
                if isinstance(question, OfferQuestion):
                    terms = answer if isinstance(answer, Terms) else question.terms
                    signed.add((question.asked, question.by, terms.against))
    yield from _seen_alone(record, states, signed)


def _ordered(world: World, me: str, order: Order, beliefs: Beliefs) -> Iterator[Deed]:
    """What an order amounts to."""
    match order:
        case Offer():
            kept = order.renews(world, me)
            yield from _pact(
                world,
                me,
                order.to,
                order.terms,
                "offers",
                order,
                own=True,
                kept=kept,
                widens=order.joins is not None,
            )
        case Guarantee():
            open_to = partners_open(world, me, order.to)
            kept = order.renews(world, me) is not None
            yield Deed(me, "guarantees", order.to, open_to, False, world, order, kept=kept)
        case Denounce():
            yield from _leaving(world, me, order)
        case Demand():
            open_to = demands_open(seen_by(world, beliefs, me), order.of)
            yield Deed(me, "demands", order.of, open_to, True, world, order)
        case DeclareWar():
            open_to = wars_open(seen_by(world, beliefs, me), order.on)
            yield Deed(me, "attacks", order.on, open_to, True, world, order)
        case Aid():
            yield Deed(me, "aids", order.to, present(world, (me,)), False, world, order)
        case _:
            pass


def _pact(
    world: World,
    me: str,
    partner: str,
    terms: Terms,
    kind: str,
    done: object,
    *,
    own: bool,
    kept: bool = False,
    widens: bool = False,
    question: OfferQuestion | None = None,
    offering: tuple[str, ...] = (),
) -> Iterator[Deed]:
    """A treaty that is sought, signed or declined: with whom, and against whom.

    `widens`: its adversary stands already. `offering`: who offered something, where the partner
    was chosen among those.
    """
    foe = terms.against
    open_to = offering or partners_open(world, me, partner, foe)
    yield Deed(
        me, kind, partner, open_to, False, world, done, foe, own and not question, kept, question
    )
    if foe and foe != me and foe != partner:
        named = adversaries_open(world, me, partner, foe)
        yield Deed(me, kind, foe, named, True, world, done, partner, own, kept or widens, question)


def _leaving(world: World, me: str, order: Denounce) -> Iterator[Deed]:
    """A treaty that is left: of those with whom one stood, whom one left first of all."""
    treaty = world.treaty(order.treaty)
    if treaty is None or me not in treaty.parties:
        return
    with_me = {it for one in world.treaties_of(me) if one.owes(me) for it in one.others(me)}
    open_to = tuple(state for state in present(world) if state in with_me)
    left = [state for state in treaty.others(me) if state in open_to]
    if left:
        yield Deed(me, "leaves", left[0], open_to, True, world, order, treaty.against)


def _answered(stage: Stage, question: Question, answer: Answer) -> Iterator[Deed]:
    """What an answer amounts to; nothing where it takes no side."""
    world, me = stage.world, question.asked
    match question:
        case OfferQuestion():
            offering = {
                one.by
                for one in stage.questions
                if isinstance(one, OfferQuestion) and one.asked == me
            }
            others = tuple(state for state in present(world) if state in offering)
            partner = question.newcomer if question.newcomer not in ("", me) else question.by
            if isinstance(answer, Terms):
                kind, terms = "counters", answer
            else:
                kind, terms = ("signs" if answer == "accept" else "declines"), question.terms
            yield from _pact(
                world,
                me,
                partner,
                terms,
                kind,
                answer,
                own=kind == "counters",
                question=question,
                offering=others if partner in others else (*others, partner),
            )
        case PledgeQuestion() if answer in (question.by, question.of):
            helped = str(answer)
            foe = question.of if helped == question.by else question.by
            yield _side(world, question, answer, "pledges", (question.by, question.of), foe, helped)
        case JoinQuestion() if answer in ("attackers", "defenders"):
            war = next((one for one in world.wars if one.id == question.war), None)
            leaders = (question.by, question.of)
            helped, foe = leaders if answer == "attackers" else leaders[::-1]
            yield _side(world, question, answer, "joins", leaders, foe, helped, war)
        case CallQuestion():
            kind = "honours" if answer == "honour" else "refuses"
            foe = question.enemy
            yield Deed(
                me, kind, foe, (foe,), True, world, answer, question.by, False, False, question
            )
        case _:
            pass


def _side(
    world: World,
    question: PledgeQuestion | JoinQuestion,
    answer: Answer,
    kind: str,
    leaders: tuple[str, str],
    foe: str,
    helped: str,
    war: War | None = None,
) -> Deed:
    """A side that was taken: against whom, of two."""
    sides = ((leaders[0],), (leaders[1],)) if war is None else (war.attackers, war.defenders)
    pairs = zip(leaders, sides, strict=True)
    order = world.atlas.state_index
    ranked = sorted(pairs, key=lambda pair: order[pair[0]])
    return Deed(
        question.asked,
        kind,
        foe,
        tuple(leader for leader, _ in ranked),
        True,
        world,
        answer,
        helped,
        True,
        False,
        question,
        tuple(side for _, side in ranked),
    )


def _seen_alone(
    record: TurnRecord, states: AbstractSet[str], known: AbstractSet[tuple[str, str, str]]
) -> Iterator[Deed]:
    """Deeds of which an event alone is known: treaties that were negotiated out of sight."""
    for happening in record.events:
        if happening.kind != "treaty_signed":
            continue
        pair = (happening.actor, happening.target)
        foe = happening.text("against")
        for me, partner in (pair, pair[::-1]):
            if me in states and (me, partner, foe) not in known:
                yield from _signature(record.start, me, partner, foe, happening)


def _signature(world: World, me: str, partner: str, foe: str, happening: Event) -> Iterator[Deed]:
    """A signature of which nobody knows who asked for it."""
    kept = any(
        treaty.binds(me, partner) and treaty.against == foe for treaty in world.treaties_of(me)
    )
    open_to = partners_open(world, me, partner, foe)
    yield Deed(me, "signs", partner, open_to, False, world, happening, foe, False, kept)
    if foe and foe != me:
        named = adversaries_open(world, me, partner, foe)
        yield Deed(me, "signs", foe, named, True, world, happening, partner, False, kept)
