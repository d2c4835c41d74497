"""The record: what ends with the turn ends, great powers rise and fall, the next turn begins."""

from dataclasses import replace

from game.engine.phases.peace import give_back, quit_war
from game.engine.phases.treaty_changes import end, leave
from game.engine.turn_context import TurnContext
from game.world.atlas import Ints
from game.world.capability import capability
from game.world.model import State, World
from game.world.rules import Rules


def end_of_turn(context: TurnContext) -> None:
    """Close the turn. Money: the treasuries of the dead leave the world."""
    _eliminate(context)
    _treaties(context)
    _crises(context)
    _commit(context)
    turn = context.world.turn + 1
    cooldowns = {key: until for key, until in context.world.cooldowns.items() if until >= turn}
    context.change(turn=turn, cooldowns=cooldowns)
    _poles(context)


def _eliminate(context: TurnContext) -> None:
    """A state whose last province is gone is no more; its wars, treaties and crises end."""
    owners = {province.owner for province in context.world.provinces}
    for state in context.world.living():
        if state.id in owners or not context.world.atlas.sheet(state.id).capital:
            continue
        context.book["treasuries of the dead"] -= state.treasury
        context.forces_of_the_dead += state.army
        for war in context.world.wars_of(state.id):
            quit_war(context, war, state.id)
        for treaty in context.world.treaties_of(state.id):
            leave(context, treaty, state.id, "death")
        context.change_state(
            state.id, alive=False, great=False, army=0, fleet=0, treasury=0, mobilised=False
        )
        give_back(context)
        context.emit("state_eliminated", state.id)
        _forget(context, state.id)


def _forget(context: TurnContext, dead: str) -> None:
    world = context.world
    context.change(
        **{
            name: {pair: value for pair, value in table.items() if dead not in pair}
            for name, table in (
                ("aid", world.aid),
                ("leverage", world.leverage),
                ("networks", world.networks),
                ("soundings", world.soundings),
            )
        }
    )


def _treaties(context: TurnContext) -> None:
    """Treaties run on, but for a fixed term, their adversary's death, or war among parties."""
    for treaty in context.world.treaties:
        if treaty.fixed and treaty.until <= context.world.turn:
            end(context, treaty, "expired")
        elif treaty.against and not context.world.state(treaty.against).alive:
            end(context, treaty, "death")
        else:
            for party in treaty.parties:
                now = context.world.treaty(treaty.id)
                if now is None:
                    break
                if any(context.world.at_war(party, other) for other in now.others(party)):
                    leave(context, now, party, "war")


def _crises(context: TurnContext) -> None:
    """A crisis between enemies is part of their war; one with the dead is over."""
    world = context.world
    for crisis in world.crises:
        dead = not (world.state(crisis.by).alive and world.state(crisis.of).alive)
        if dead or world.at_war(crisis.by, crisis.of):
            context.drop_crisis(crisis.id)


def _commit(context: TurnContext) -> None:
    """A power off the map enters the system when the map says so: from next turn on."""
    for state in context.world.living():
        for turn, share in context.world.atlas.sheet(state.id).commitments:
            if turn == context.world.turn + 1 and share != state.committed:
                context.change_state(state.id, committed=share)
                context.emit("power_committed", state.id, share=share)


def _poles(context: TurnContext) -> None:
    """Great powers rise and fall by their share of capability (THEORY, Poles).

    Told with the turn that ends. At least two stand while two states live in the system.
    """
    world, rules = context.world, context.rules
    shares = capability(world)
    ranked = sorted(
        (state for state in world.living() if state.committed > 0),
        key=lambda state: (
            -int(shares[world.atlas.state_index[state.id]]),
            context.chance("poles", state.id),
        ),
    )
    great = {state.id for state in ranked if _is_great(world, state, shares, rules)}
    for state in ranked:
        if len(great) >= 2:
            break
        if world.atlas.sheet(state.id).great is not False:
            great.add(state.id)
    changed: dict[int, State] = {}
    for index, state in enumerate(world.states):
        if (state.id in great) != state.great:
            changed[index] = replace(state, great=state.id in great)
            context.emit("pole_risen" if state.id in great else "pole_fallen", state.id)
    context.change_states(changed)


def _is_great(world: World, state: State, shares: Ints, rules: Rules) -> bool:
    fixed = world.atlas.sheet(state.id).great
    if fixed is not None:
        return fixed
    share = int(shares[world.atlas.state_index[state.id]])
    return share >= (rules.pole_falls if state.great else rules.pole_rises)
