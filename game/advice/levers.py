"""The levers card: what each act would do to a state if it fears power, and if it fears threat.

Each line is computed: the act is tried on one's own seen world and the other's insecurity towards
us is compared under both lenses (RULES, What moves whom).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from game.advice.estimated_beliefs import in_the_place_of
from game.theory.frame import Frame
from game.world.beliefs import Beliefs
from game.world.capability import capability
from game.world.model import World
from game.world.rules import BP
from game.world.sight import Sight, seen_by


@dataclass(frozen=True, slots=True)
class Lever:
    """An act of ours and what it would do to a state under each reading."""

    act: str
    if_power: str
    if_threat: str
    moves: tuple[float, float]
    """The change in what it fears from us, in the unit, under each reading."""


def levers(sight: Sight, estimate: Beliefs, frame: Frame, state: str) -> list[Lever]:
    """What each act of ours would do to what `state` fears from us."""
    acts: list[tuple[str, Callable[[World, Beliefs], tuple[World, Beliefs]]]] = []
    me = sight.me
    standing = sight.world.state(me)
    if standing.posture > 0:
        acts.append(("We calm our posture by a step", lambda w, b: _posture(w, b, me, -1)))
    if standing.posture < 4:
        acts.append(("We take a more offensive posture", lambda w, b: _posture(w, b, me, +1)))
    acts.append(("We raise our army by a tenth", lambda w, b: (_army(w, me, 11, 10), b)))
    acts.append(("We cut our army by a tenth", lambda w, b: (_army(w, me, 9, 10), b)))
    acts.append(
        ("We bully a lesser state near it", lambda w, b: (w, _hostility(w, b, me, state, 1)))
    )
    acts.append(
        ("We honour its call, or pledge to it", lambda w, b: (w, _hostility(w, b, me, state, -1)))
    )
    before = _fear(sight.world, estimate, frame, me, state)
    result = []
    for act, change in acts:
        world, beliefs = change(sight.world, estimate)
        after = _fear(world, beliefs, frame, me, state)
        moves = (after[0] - before[0], after[1] - before[1])
        result.append(
            Lever(act, describe(moves[0], before[0]), describe(moves[1], before[1]), moves)
        )
    return result


def describe(change: float, before: float) -> str:
    """A change in fear in words, by its size against the fear there was."""
    part = change / max(before, 1e-6)
    if abs(part) < 0.01:
        return "nothing"
    size = "a little " if abs(part) < 0.08 else "" if abs(part) < 0.25 else "much "
    return f"{size}{'alarmed' if change > 0 else 'calmed'} ({part:+.0%})"


def _fear(world: World, beliefs: Beliefs, frame: Frame, me: str, state: str) -> tuple[float, float]:
    sight = seen_by(world, beliefs, me)
    theirs = in_the_place_of(sight, state, beliefs)
    index = world.atlas.state_index[me]
    fears = []
    for doctrine in ("BOP", "BOT"):
        view = frame.view(theirs, doctrine)
        fears.append(float(view.faced[view.me, index]))
    return fears[0], fears[1]


def _change(world: World, state: str, **changes: Any) -> World:
    index = world.atlas.state_index[state]
    states = list(world.states)
    states[index] = replace(states[index], **changes)
    return replace(world, states=tuple(states))


def _posture(world: World, beliefs: Beliefs, me: str, step: int) -> tuple[World, Beliefs]:
    changed = _change(world, me, posture=world.state(me).posture + step)
    shift = step * world.atlas.rules.hostile_posture
    return changed, _shifted(world, beliefs, me, shift)


def _army(world: World, me: str, numerator: int, denominator: int) -> World:
    return _change(world, me, army=world.state(me).army * numerator // denominator)


def _hostility(world: World, beliefs: Beliefs, me: str, state: str, sign: int) -> Beliefs:
    rules = world.atlas.rules
    shift = rules.hostile_bullying if sign > 0 else -rules.hostile_kept_promise
    return _shifted(world, beliefs, me, shift, only=None if sign > 0 else state)


def _shifted(
    world: World, beliefs: Beliefs, me: str, shift: int, only: str | None = None
) -> Beliefs:
    hostile = beliefs.hostile.copy()
    index = world.atlas.state_index
    if only is None:
        hostile[:, index[me]] += shift
    else:
        hostile[index[only], index[me]] += shift
    return Beliefs(hostile.clip(100, 9_900), beliefs.ground)


def share_of(world: World, state: str) -> float:
    """A state's share of the world's capability, 0 to 1."""
    return int(capability(world)[world.atlas.state_index[state]]) / BP
