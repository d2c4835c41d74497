"""What each rival was seen to do, and what each deed would mean under either reading.

The player judges: nothing here adds deeds up. Everything is read from what the player could see.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log
from typing import TypeVar

from game.advice.assurances import answers_witnessed
from game.advice.shown_habits import Answered
from game.advice.visible_history import visible_history
from game.history import History, TurnRecord
from game.inference.acts import Act, acts
from game.words.deed_clauses import answered, ordered
from game.words.deed_readings import (
    SAME_CHOICE,
    Place,
    forecast,
    repeated,
    silent,
    stands_against,
)
from game.words.event_sentences import describe_event
from game.words.grammar import Speech, sentence
from game.world.events import Event
from game.world.model import World
from game.world.orders import Offer, Terms
from game.world.questions import OfferQuestion
from game.world.sight import Floats

LEANINGS = (log(1.25), log(2.0), log(3.0))
"""From which log ratio of likelihoods on a deed leans by one, two and three pips."""
CARE = 2.0
"""How much likelier a state turns on one that is more dangerous: likelihoods are in proportion to
its danger to this power."""
OTHER_REASONS = 0.2
"""The share of choices that are made for reasons without danger: each state is then as likely."""
SLIGHT = 0.05
"""A danger that weighs in a choice no more than the absence of any, in the unit (1 is the mean
insecurity at the start): between states that are hardly to be feared, fear does not choose."""
ANSWERS = frozenset({"signs", "declines"})
"""Kinds of acts that answer an offer with yes or no."""
SILENT = frozenset({"declines", "refuses", "honours", "leaves"})
"""Kinds of acts that say nothing of whom a state fears: they have too many reasons."""


@dataclass(frozen=True, slots=True)
class WitnessedDeed:
    """One deed of a rival that the player witnessed or learnt of."""

    state: str
    turn: int
    date: str
    words: str
    """What it did, in a sentence."""
    leans: int
    """Pips: 1 to 3 where it leans to power, -1 to -3 to threat, 0 where it says nothing."""
    reason: str
    """Whom it would have to fear under each reading, or why it says nothing; a sentence."""


def witnessed_deeds(
    history: History, me: str, states: Iterable[str], answers: Iterable[Answered] = ()
) -> dict[str, list[WitnessedDeed]]:
    """The deeds of some states, the newest first, as far as `me` could see them.

    An offer that names an adversary is one deed. Of the deeds of a turn against the same state the
    first alone leans: the others are the same choice. `answers` are those to one's own offers,
    beside what was to be expected of them.
    """
    wanted = list(states)
    expected = {(one.turn, one.question): one for one in answers}
    seen = visible_history(history, me)
    together: dict[tuple[int, str, int, str], list[Act]] = {}
    for act in acts(seen, wanted):
        asked = act.question.id if act.question is not None else ""
        together.setdefault((act.turn, act.state, id(act.deed), asked), []).append(act)
    found: dict[str, list[WitnessedDeed]] = {state: [] for state in wanted}
    chosen: set[tuple[int, str, str]] = set()
    for same in together.values():
        act = next((one for one in same if one.opposed), same[0])
        deed = _deed(seen, me, act)
        if act.question is not None and act.kind in ANSWERS:
            answer = expected.get((act.turn, act.question.id))
            deed = deed if answer is None else _beside_forecast(deed, answer)
        if deed.leans:
            choice = (act.turn, act.state, act.chosen)
            if choice in chosen:
                deed = replace(deed, leans=0, reason=sentence(SAME_CHOICE))
            chosen.add(choice)
        found[act.state].append(deed)
    atlas = seen.start.atlas
    for state, turn, words, ratio, reason in answers_witnessed(seen, me, wanted):
        deed = WitnessedDeed(state, turn, atlas.date(turn), words, pips(ratio), reason)
        found[state] = sorted([*found[state], deed], key=lambda one: one.turn)
    return {state: deeds[::-1] for state, deeds in found.items()}


def leaning(act: Act) -> float:
    """How much likelier the choice is if the state fears power than if it fears threat, as a log.

    Under each reading the likelihood that a state turns on one of those that stand open is in
    proportion to its danger to the power `CARE`, but for the share `OTHER_REASONS`, in which each
    is as likely; that share is the larger, the less danger there is in any of them. 0 for an act
    that says nothing: who helps, refuses, keeps its word or leaves does not say against whom, and
    who goes on with what it did says nothing new (THEORY W8, T2).
    """
    if not act.opposed or act.kind in SILENT or not act.new or len(act.open) < 2:
        return 0.0
    at = act.open.index(act.chosen)
    return log(_likelihood(act.danger["BOP"], at) / _likelihood(act.danger["BOT"], at))


def answer_leaning(answer: Answered) -> float:
    """How much likelier an answer was if the state fears power than if it fears threat, as a log.

    But for the share `OTHER_REASONS` of answers, in which a yes is as likely as a no.
    """

    def likelihood(yes: float) -> float:
        given = yes if answer.signed else 1 - yes
        return (1 - OTHER_REASONS) * given + OTHER_REASONS / 2

    return log(likelihood(answer.if_power) / likelihood(answer.if_threat))


def _beside_forecast(deed: WitnessedDeed, answer: Answered) -> WitnessedDeed:
    """An answer to one's own offer, held against its forecast where the readings differ on it."""
    leans = pips(answer_leaning(answer))
    if not leans:
        return deed
    return replace(deed, leans=leans, reason=sentence(forecast(answer.if_power, answer.if_threat)))


def _likelihood(danger: Floats, at: int) -> float:
    most = float(danger.max())
    weights = (danger / max(most, 1e-9)) ** CARE
    chosen = float(weights[at] / weights.sum()) if float(weights.sum()) > 0 else 1 / len(danger)
    by_fear = (1 - OTHER_REASONS) * most / (most + SLIGHT)
    return by_fear * chosen + (1 - by_fear) / len(danger)


def pips(ratio: float) -> int:
    """A log ratio in pips, -3 to 3."""
    count = sum(abs(ratio) >= least for least in LEANINGS)
    return count if ratio > 0 else -count


def _deed(seen: History, me: str, act: Act) -> WitnessedDeed:
    """The deed of an act: of two that are one deed, of the one against an adversary."""
    record = seen.turns[act.turn - 1]
    world = _world(record, act)
    return WitnessedDeed(
        state=act.state,
        turn=act.turn,
        date=world.atlas.date(act.turn),
        words=_words(act, world, me),
        leans=pips(leaning(act)),
        reason=sentence(_reason(act, world, me)),
    )


def _world(record: TurnRecord, act: Act) -> World:
    """The world in which an act was done."""
    if act.question is not None:
        for stage in record.stages:
            if act.question in stage.questions:
                return stage.world
    return record.start


def _words(act: Act, world: World, me: str) -> str:
    if isinstance(act.deed, Event):
        return describe_event(act.deed, world.atlas, me)
    if act.question is not None:
        done = answered(_unpaid(act.deed), _unpaid(act.question), world)
    else:
        done = ordered(_unpaid(act.deed), "", act.state, world)
    return sentence(f"{Speech(world.atlas).plain(act.state)} {done}")


Thing = TypeVar("Thing")


def _unpaid(thing: Thing) -> Thing:
    """An offer, its terms or its question without what is paid: that says nothing of fear."""
    match thing:
        case Terms():
            return replace(thing, burden=0)
        case Offer() | OfferQuestion():
            return replace(thing, terms=replace(thing.terms, burden=0))
        case _:
            return thing


def _reason(act: Act, world: World, me: str) -> str:
    if not act.opposed or act.kind in SILENT:
        return silent(act.kind)
    if not act.new:
        return repeated(world.atlas.date(act.before) if act.before else "")
    speech = Speech(world.atlas, we=me)
    places = {lens: _place(act, lens) for lens in ("BOP", "BOT")}
    leans = pips(leaning(act))
    return stands_against(speech, act.chosen, len(act.open), places["BOP"], places["BOT"], leans)


def _place(act: Act, lens: str) -> Place:
    danger = act.danger[lens]
    chosen = float(danger[act.open.index(act.chosen)])
    rank = 1 + int((danger > chosen).sum()) if chosen > 0 else 0
    return Place(rank, act.worst(lens) if float(danger.max()) > 0 else "")
