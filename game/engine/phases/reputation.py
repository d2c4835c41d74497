"""Repute: what is believed of a state's word and resolve drifts back; peace rests it."""

from dataclasses import replace

from game.engine.turn_context import TurnContext
from game.world.model import State


def reputation(context: TurnContext) -> None:
    """Reliability and resolve drift toward their start; out of war exhaustion wanes.

    An army stands down once its state is in no crisis and no war. The drift has no event: it is
    the same rule for all, every turn.
    """
    rules, world = context.rules, context.world
    changed: dict[int, State] = {}
    tense = {side for crisis in world.crises for side in (crisis.by, crisis.of)}
    fighting = {state for war in world.wars for state in (*war.attackers, *war.defenders)}
    for index, state in enumerate(world.states):
        if not state.alive:
            continue
        rested = replace(
            state,
            reliability=_toward(
                state.reliability, rules.reliability_start, rules.reliability_recovers
            ),
            resolve=_toward(state.resolve, rules.resolve_start, rules.resolve_recovers),
        )
        if state.id not in fighting:
            exhaustion = max(0, state.exhaustion - rules.exhaustion_recovers)
            rested = replace(rested, exhaustion=exhaustion)
            if state.mobilised and state.id not in tense:
                rested = replace(rested, mobilised=False)
                context.emit("demobilised", state.id)
        if rested != state:
            changed[index] = rested
    context.change_states(changed)


def _toward(figure: int, goal: int, step: int) -> int:
    return min(goal, figure + step) if figure < goal else max(goal, figure - step)
