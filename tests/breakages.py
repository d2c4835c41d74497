"""Determinism broken on purpose. `python tests/breakages.py NAME` prints the broken digest."""

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest import mock

from golden import measure

from game.engine.turn import PHASES
from game.engine.turn_context import TurnContext

MAP, SEED, TURNS = "five-crowns", 7, 4


def with_phase(phase: Callable[[TurnContext], None]) -> Any:
    """One more phase at each turn's end."""
    return mock.patch("game.engine.turn.PHASES", (*PHASES, phase))


def float_in_the_world() -> Any:
    """A treasury that is not a whole number."""

    def interest(context: TurnContext) -> None:
        first = context.world.states[0]
        context.change_state(first.id, treasury=first.treasury + 0.5)

    return with_phase(interest)


def reordered_set() -> Any:
    """A phase that tells of states in the order of a set."""

    def herald(context: TurnContext) -> None:
        for name in {state.id for state in context.world.states}:
            context.emit("pole_risen", name)

    return with_phase(herald)


def shared_stream() -> Any:
    """One stream of chance for everything, instead of a draw by key."""

    def dice(seed: int) -> Callable[..., float]:
        stream = random.Random(seed)
        return lambda *key: stream.random()

    return mock.patch("game.play.dice", dice)


def clock_in_the_dice() -> Any:
    """Chance that is not the seed's."""

    def dice(seed: int) -> Callable[..., float]:
        return lambda *key: random.random()

    return mock.patch("game.play.dice", dice)


def forgotten_event() -> Any:
    """A turn that leaves no trace of its last event."""
    import game.play as play

    resolve = play.resolve

    def careless(*given: Any) -> Any:
        result = resolve(*given)
        events = getattr(result, "events", ())
        return replace(result, events=events[:-1]) if events else result

    return mock.patch("game.play.resolve", careless)


BREAKAGES: dict[str, Callable[[], Any]] = {
    breakage.__name__: breakage
    for breakage in (
        reordered_set,
        float_in_the_world,
        shared_stream,
        clock_in_the_dice,
        forgotten_event,
    )
}

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    with BREAKAGES[name]() if name else mock.patch.dict({}):
        print(measure(MAP, SEED, TURNS)["digest"])
