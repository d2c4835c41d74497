"""Leaders are succeeded by the heirs that the map names: in their year, or by chance."""

from dataclasses import replace

from game.engine.turn_context import TurnContext
from game.world.atlas import TURNS_A_YEAR, StateSheet
from game.world.model import State
from game.world.rules import BP


def successions(context: TurnContext) -> None:
    """Let new leaders come to lead the living states whose last one's time is over."""
    turn = context.world.turn
    changed: dict[int, State] = {}
    for place, state in enumerate(context.world.states):
        sheet = context.world.atlas.sheet(state.id)
        if not state.alive or not _is_due(context, state, sheet):
            continue
        heir = sheet.heirs[state.successions][0]
        before = context.world.leader(state.id)
        context.emit("leader_succeeded", state.id, leader=heir, predecessor=before)
        changed[place] = replace(state, successions=state.successions + 1, succeeded=turn)
    context.change_states(changed)


def _is_due(context: TurnContext, state: State, sheet: StateSheet) -> bool:
    """Whether the next heir succeeds at the end of this turn."""
    if state.successions >= len(sheet.heirs):
        return False
    world, rules = context.world, context.rules
    year = sheet.heirs[state.successions][1]
    if year is not None:
        return world.atlas.year(world.turn) >= year
    turns_a_year = TURNS_A_YEAR[world.atlas.step]
    led = (world.turn - state.succeeded) // turns_a_year
    led += 0 if state.successions else rules.led_before
    chance = min(BP, rules.succession * led) // turns_a_year
    return context.happens(chance, "succession", state.id, state.successions)
