"""The record: what ends with the turn ends, great powers rise and fall, the next turn begins."""

from dataclasses import replace

from game.engine.desk import Desk
from game.engine.phases.peace import give_back, quit_war
from game.engine.phases.treaties import end, leave
from game.world.atlas import Ints
from game.world.capability import capability
from game.world.model import State, World
from game.world.rules import Rules


def record(desk: Desk) -> None:
    """Close the turn. Money: the treasuries of the dead leave the world."""
    _eliminate(desk)
    _treaties(desk)
    _crises(desk)
    _commit(desk)
    turn = desk.world.turn + 1
    rests = {key: until for key, until in desk.world.rests.items() if until >= turn}
    desk.change(turn=turn, rests=rests)
    _poles(desk)


def _eliminate(desk: Desk) -> None:
    """A state whose last province is gone is no more; its wars, treaties and crises end."""
    owners = {province.owner for province in desk.world.provinces}
    for state in desk.world.living():
        if state.id in owners or not desk.world.atlas.sheet(state.id).capital:
            continue
        desk.book["treasuries of the dead"] -= state.treasury
        desk.forces_of_the_dead += state.army
        for war in desk.world.wars_of(state.id):
            quit_war(desk, war, state.id)
        for treaty in desk.world.treaties_of(state.id):
            leave(desk, treaty, state.id, "death")
        desk.change_state(
            state.id, alive=False, great=False, army=0, fleet=0, treasury=0, mobilised=False
        )
        give_back(desk)
        desk.tell("state_eliminated", state.id)
        _forget(desk, state.id)


def _forget(desk: Desk, dead: str) -> None:
    world = desk.world
    desk.change(
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


def _treaties(desk: Desk) -> None:
    """Treaties end with their term, with their adversary's death, or with a war among parties."""
    for treaty in desk.world.treaties:
        if treaty.until <= desk.world.turn:
            end(desk, treaty, "expired")
        elif treaty.against and not desk.world.state(treaty.against).alive:
            end(desk, treaty, "death")
        else:
            for party in treaty.parties:
                now = desk.world.treaty(treaty.id)
                if now is None:
                    break
                if any(desk.world.at_war(party, other) for other in now.others(party)):
                    leave(desk, now, party, "war")


def _crises(desk: Desk) -> None:
    """A crisis between enemies is part of their war; one with the dead is over."""
    world = desk.world
    for crisis in world.crises:
        dead = not (world.state(crisis.by).alive and world.state(crisis.of).alive)
        if dead or world.at_war(crisis.by, crisis.of):
            desk.drop_crisis(crisis.id)


def _commit(desk: Desk) -> None:
    """A power off the map enters the system when the map says so: from next turn on."""
    for state in desk.world.living():
        for turn, share in desk.world.atlas.sheet(state.id).commitments:
            if turn == desk.world.turn + 1 and share != state.committed:
                desk.change_state(state.id, committed=share)
                desk.tell("power_committed", state.id, share=share)


def _poles(desk: Desk) -> None:
    """Great powers rise and fall by their share of capability (THEORY, Poles).

    Told with the turn that ends. At least two stand while two states live in the system.
    """
    world, rules = desk.world, desk.rules
    shares = capability(world)
    ranked = sorted(
        (state for state in world.living() if state.committed > 0),
        key=lambda state: (
            -int(shares[world.atlas.state_index[state.id]]),
            desk.chance("poles", state.id),
        ),
    )
    great = {state.id for state in ranked if _is_great(world, state, shares, rules)}
    for state in ranked:
        if len(great) >= 2:
            break
        if world.atlas.sheet(state.id).great is not False:
            great.add(state.id)
    changed: dict[int, State] = {}
    for place, state in enumerate(world.states):
        if (state.id in great) != state.great:
            changed[place] = replace(state, great=state.id in great)
            desk.tell("pole_risen" if state.id in great else "pole_fallen", state.id)
    desk.change_states(changed)


def _is_great(world: World, state: State, shares: Ints, rules: Rules) -> bool:
    fixed = world.atlas.sheet(state.id).great
    if fixed is not None:
        return fixed
    share = int(shares[world.atlas.state_index[state.id]])
    return share >= (rules.pole_falls if state.great else rules.pole_rises)
