"""Assurances for the player: what one would be worth before it is asked, and as deeds of rivals."""

from collections.abc import Iterable, Iterator
from math import log

import numpy as np

from game.advice.estimated_beliefs import in_the_place_of
from game.advice.forecast import AMBITION, READINGS, Forecast
from game.advice.imagined import Imagined
from game.history import History, TurnRecord
from game.inference.replay import Replay
from game.theory.choice_rule import TEMPERATURE
from game.theory.doctrine import term_weights
from game.theory.families.assurance import likely_as_asked
from game.theory.frame import Frame
from game.words.deed_readings import Place, stands_against
from game.words.event_sentences import describe_event
from game.words.grammar import Speech, sentence
from game.world.beliefs import Beliefs
from game.world.events import Event
from game.world.model import Crisis, World
from game.world.orders import AskAssurance
from game.world.sight import Sight, seen_by

LIES = 0.6
"""The share of answers that are taken to say nothing of danger: a word may be a lie."""
CARE = 2.0
"""How much likelier a state turns on one that is more dangerous (`witnessed_deeds.CARE`)."""
ASIDE, NO_ANSWER = "who stands aside stands against nobody", "it says nothing of what it fears"
WORD_KEPT = "it kept its word, whoever it was given to"
WORD_BROKEN = "a word is broken for many reasons"


def forecast(sight: Sight, imagined: Imagined, order: AskAssurance, note: float) -> Forecast:
    """How likely who is asked would do so if the crisis ended in war now, as I imagine it.

    It is what an honest answer would rest on; the answer may be a lie.
    """
    theirs, frame = in_the_place_of(sight, order.of, imagined.estimate), imagined.frame
    chances = [
        sum(
            share
            * likely_as_asked(
                frame.view(theirs, reading, habits),
                theirs,
                order.crisis,
                order.beside,
                term_weights(frame.doctrines[reading].weights, AMBITION),
                TEMPERATURE,
            )
            for habits, share in imagined.habits(order.of, reading)
        )
        for reading in READINGS
    ]
    return Forecast(chances[0], chances[1], note * chances[0] + (1 - note) * chances[1], note)


def answers_witnessed(
    seen: History, me: str, states: Iterable[str]
) -> Iterator[tuple[str, int, str, float, str]]:
    """What rivals assured, and what became of it, as far as the history `seen` shows it.

    Gives (state, turn, words, log ratio of likelihoods: above 0 for power, reason), in order.
    """
    wanted = set(states)
    told = [
        (record, happening)
        for record in seen.turns
        for happening in record.events
        if happening.kind in ("assurance_given", "assurance_kept", "assurance_broken")
        and happening.actor in wanted
    ]
    if not told:
        return
    replay = Replay(seen)
    for record, happening in told:
        words = describe_event(happening, seen.start.atlas, me)
        if happening.kind == "assurance_given":
            ratio, reason = _meaning(
                record, happening, replay.beliefs[record.turn - 1], replay.frame, me
            )
        else:
            ratio = 0.0
            reason = WORD_KEPT if happening.kind == "assurance_kept" else WORD_BROKEN
        yield happening.actor, record.turn, words, ratio, sentence(reason)


def _meaning(
    record: TurnRecord, said: Event, beliefs: Beliefs, measured: Frame, me: str
) -> tuple[float, str]:
    """(log ratio of likelihoods, why) of an answer: against whom it stands, of the two sides."""
    world, crisis = _moment(record, said)
    if crisis is None or said["answer"] == "none":
        return 0.0, NO_ANSWER
    ally = said.actor in world.bound_to(said.target)
    foe = stands_against_whom(crisis, said, ally=ally)
    if not foe:
        return 0.0, ASIDE
    sides = (crisis.by, crisis.of)
    index = world.atlas.state_index
    sight = seen_by(world, beliefs, said.actor)
    danger = {}
    for lens in READINGS:
        view = measured.view(sight, lens)
        danger[lens] = np.array([float(view.faced[view.me, index[side]]) for side in sides])
    at = sides.index(foe)
    places = {}
    for lens, row in danger.items():
        rank = 1 + int((row > row[at]).sum()) if row[at] > 0 else 0
        places[lens] = Place(rank, sides[int(np.argmax(row))] if float(row.max()) > 0 else "")
    ratio = log(_likelihood(danger["BOP"], at) / _likelihood(danger["BOT"], at))
    speech = Speech(world.atlas, we=me)
    leans = 1 if ratio > log(1.25) else -1 if ratio < -log(1.25) else 0
    return ratio, stands_against(speech, foe, 2, places["BOP"], places["BOT"], leans)


def _moment(record: TurnRecord, said: Event) -> tuple[World, Crisis | None]:
    """The world in which an answer was given, and the crisis that it was about."""
    number = said.number("crisis")
    for stage in record.stages:
        for question in stage.questions:
            if question.kind == "assurance" and question.asked == said.actor:
                crisis = stage.world.crisis(number)
                if crisis is not None:
                    return stage.world, crisis
    return record.start, record.start.crisis(number)


def stands_against_whom(crisis: Crisis, said: Event, *, ally: bool) -> str:
    """Against which side an answer stands; empty for neither.

    Who will not stand aside stands against who asked, or where it is its `ally` against the other.
    """
    beside, yes = said.text("beside"), said["answer"] == "accept"
    other = {crisis.by: crisis.of, crisis.of: crisis.by}
    if beside:
        return other[beside] if yes else beside
    if yes or said.target not in other:
        return ""
    return other[said.target] if ally else said.target


def _likelihood(danger: np.ndarray[tuple[int], np.dtype[np.float64]], at: int) -> float:
    """How likely a state takes that side against one of two, by how dangerous each looks to it."""
    weights = (danger / max(float(danger.max()), 1e-9)) ** CARE
    chosen = float(weights[at] / weights.sum()) if float(weights.sum()) > 0 else 0.5
    return (1 - LIES) * chosen + LIES / 2
