"""Small worlds to test on, and turns played on them by hand."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from game.dice import dice
from game.engine.turn import Asking, Turn, resolve
from game.world.beliefs import Beliefs
from game.world.events import Event
from game.world.map_document import MapDoc, from_data
from game.world.model import Crisis, State, Treaty, War, World
from game.world.orders import Order, Terms
from game.world.questions import SILENCE, Answer, Question
from game.world.world_setup import build_world

Answering = Callable[[Question], Answer] | Mapping[str, str]
"""How questions are answered: a function, or one answer a kind of question (else silence)."""


def tiny_data(
    names: Sequence[str] = ("AAA", "BBB", "CCC", "DDD"), *, sea: bool = False, **parts: Any
) -> dict[str, Any]:
    """A map of states in a row from west to east, each of two provinces, one north of the other.

    AAA owns `aaa-north` and `aaa-south`, and so on; each touches only its neighbours in the row.
    With `sea`, open water washes every northern province. `parts` add to the map: `provinces` and
    `states` by entry, everything else whole.
    """
    north, south = "ABCDEFGHIJKL", "abcdefghijkl"
    count = len(names)
    grid = [
        *(["~" * (2 * count)] if sea else []),
        "".join(2 * key for key in north[:count]),
        "".join(2 * key for key in south[:count]),
    ]
    legend: dict[str, Any] = {"~": {"sea": "open"}} if sea else {}
    provinces: dict[str, Any] = {}
    entries: dict[str, Any] = {}
    for place, state in enumerate(names):
        for key, part in ((north[place], "north"), (south[place], "south")):
            name = f"{state.lower()}-{part}"
            legend[key] = {"province": name}
            provinces[name] = {"owner": state, "population": 10, "industry": 10}
        entries[state] = {
            "name": f"Land of {state}",
            "capital": f"{state.lower()}-north",
            "army": 100,
            "fleet": 10,
            "treasury": 10,
        }
    data: dict[str, Any] = {
        "format": 1,
        "id": "tiny",
        "title": "Tiny",
        "grid": grid,
        "legend": legend,
        "seas": {"open": {"name": "Open Sea"}} if sea else {},
        "provinces": provinces,
        "states": entries,
    }
    for name, part in parts.items():
        if name in ("provinces", "states"):
            for key, change in part.items():
                data[name][key] = {**data[name].get(key, {}), **change}
        else:
            data[name] = part
    return data


def tiny_doc(names: Sequence[str] = ("AAA", "BBB", "CCC", "DDD"), **parts: Any) -> MapDoc:
    """The map of `tiny_data`."""
    return from_data(tiny_data(names, **parts))


def tiny_world(names: Sequence[str] = ("AAA", "BBB", "CCC", "DDD"), **parts: Any) -> World:
    """The world of `tiny_data` at the start."""
    return tiny_start(names, **parts)[0]


def tiny_start(
    names: Sequence[str] = ("AAA", "BBB", "CCC", "DDD"), **parts: Any
) -> tuple[World, Beliefs]:
    """The world of `tiny_data` at the start, and its beliefs."""
    return build_world(tiny_doc(names, **parts))


def with_state(world: World, state: str, **changes: Any) -> World:
    """The world with one state changed."""
    return replace(
        world,
        states=tuple(replace(s, **changes) if s.id == state else s for s in world.states),
    )


def with_province(world: World, province: str, **changes: Any) -> World:
    """The world with one province changed."""
    return replace(
        world,
        provinces=tuple(replace(p, **changes) if p.id == province else p for p in world.provinces),
    )


def with_treaty(
    world: World, *parties: str, until: int = 20, payer: str = "", signed: int = 0, **terms: Any
) -> World:
    """The world with one more treaty; `terms` as of `Terms`, a defence pact unless said."""
    given = Terms(**{"obligations": ("defense",), **terms})
    treaty = Treaty(world.next_id, parties, given, signed, until, payer)
    return replace(world, treaties=(*world.treaties, treaty), next_id=world.next_id + 1)


def with_war(
    world: World, attackers: Sequence[str], defenders: Sequence[str], **changes: Any
) -> World:
    """The world with one more war."""
    facts = {"since": world.turn, "aim": "", "surprise": False, "last_battle": world.turn}
    war = War(world.next_id, tuple(attackers), tuple(defenders), **{**facts, **changes})
    return replace(world, wars=(*world.wars, war), next_id=world.next_id + 1)


def with_crisis(world: World, by: str, of: str, **changes: Any) -> World:
    """The world with one more crisis: a demand to stand down unless said."""
    facts = {"stake": "stand_down", "subject": "", "interest": "border", "since": world.turn}
    crisis = Crisis(world.next_id, by, of, **{**facts, **changes})
    return replace(world, crises=(*world.crises, crisis), next_id=world.next_id + 1)


def play_turn(
    world: World,
    orders: Mapping[str, Sequence[Order]] | None = None,
    answering: Answering | None = None,
    seed: int = 1,
) -> Turn:
    """One whole turn, every question answered."""
    answers: dict[str, Answer] = {}
    while True:
        result = resolve(world, orders or {}, answers, dice(seed))
        if isinstance(result, Turn):
            return result
        for question in result.questions:
            assert question.id not in answers, f"asked twice: {question.id}"
            answers[question.id] = _answer(question, answering or {})


def first_questions(
    world: World, orders: Mapping[str, Sequence[Order]] | None = None, seed: int = 1
) -> tuple[Question, ...]:
    """What is asked first in a turn; nothing if nothing is."""
    result = resolve(world, orders or {}, {}, dice(seed))
    return result.questions if isinstance(result, Asking) else ()


def _answer(question: Question, answering: Answering) -> Answer:
    if callable(answering):
        return answering(question)
    return answering.get(question.kind, SILENCE[question.kind])


def events_of(turn: Turn, kind: str) -> list[Event]:
    """The events of one kind, in order."""
    return [event for event in turn.events if event.kind == kind]


def state_of(turn: Turn, state: str) -> State:
    """A state after the turn."""
    return turn.world.state(state)


def any_answer(seed: int) -> Callable[[Question], Answer]:
    """Answers at random, the same for the same question; offers are sometimes countered."""

    def answer(question: Question) -> Answer:
        lot = random.Random(f"{seed} {question}")
        if question.kind == "offer" and not question.final and lot.random() < 0.2:
            return replace(question.terms, term=lot.randint(0, 13), burden=lot.randint(0, 1_100))
        return lot.choice(question.options)

    return answer
