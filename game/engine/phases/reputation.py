"""Repute: what is believed of a state's word and resolve drifts back; peace rests it."""

from game.engine.turn_context import TurnContext
from game.world.copies import with_changes
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
        reliability = _toward(
            state.reliability, rules.reliability_start, rules.reliability_recovers
        )
        resolve = _toward(state.resolve, rules.resolve_start, rules.resolve_recovers)
        exhaustion, mobilised = state.exhaustion, state.mobilised
        if state.id not in fighting:
            exhaustion = max(0, exhaustion - rules.exhaustion_recovers)
            if mobilised and state.id not in tense:
                mobilised = False
                context.emit("demobilised", state.id)
        rested = {
            "reliability": reliability,
            "resolve": resolve,
            "exhaustion": exhaustion,
            "mobilised": mobilised,
        }
        if any(getattr(state, name) != figure for name, figure in rested.items()):
            changed[index] = with_changes(state, rested)
    context.change_states(changed)


def _toward(figure: int, goal: int, step: int) -> int:
    return min(goal, figure + step) if figure < goal else max(goal, figure - step)
