"""Economy: revenue and upkeep, forces, investment, burdens, bankruptcy; and postures.

All is reckoned from the world as the phase found it, so that the order of states decides nothing.
Sources of money: revenue; debts written off in bankruptcy. Sinks: administration, upkeep,
garrisons, arms, investment, and the treasuries of the dead (end_of_turn). Transfers: aid
(validate_orders, settlements), indemnities (peace), burdens of treaties (here). `context.book`
counts both. Sources of men and ships: forces raised. Sinks: cuts, disbanding, losses in battle,
the forces of the dead.
"""

from dataclasses import replace

from game.engine.turn_context import TurnContext
from game.world import public_finance as money
from game.world.copies import with_changes
from game.world.legality import refusal
from game.world.model import State, World
from game.world.orders import Budget, Posture
from game.world.rules import BP


def state_budgets(context: TurnContext) -> None:
    """Money in, money out; then what cannot be paid goes home; then postures change."""
    world = context.world
    budgets = {who: order for who, _, order in context.ordered(Budget)}
    changed: dict[int, State] = {}
    for index, state in enumerate(world.states):
        if state.alive:
            changed[index] = _year(context, world, state, budgets.get(state.id, Budget()))
    context.change_states(changed)
    _postures(context)


def _year(context: TurnContext, world: World, state: State, budget: Budget) -> State:
    """One state's turn of housekeeping."""
    who = state.id
    revenue = money.revenue(world, who)
    due = {
        "administration": world.atlas.sheet(who).administration,
        "upkeep": money.upkeep(world, who),
        "garrisons": money.garrisons(world, who),
    }
    burdens = money.burdens(world, who)
    context.book["revenue"] += revenue
    for name, amount in due.items():
        context.book[name] -= amount
    treasury = state.treasury + revenue - sum(due.values()) - burdens
    state = _budget(context, world, state, treasury, budget, revenue)
    if state.treasury < 0:
        state = _bankrupt(context, state, revenue - sum(due.values()) - burdens, due["upkeep"])
    return state


def _budget(
    context: TurnContext, world: World, state: State, treasury: int, budget: Budget, revenue: int
) -> State:
    """Forces and investment as ordered; what can no longer be paid is left undone, cuts are not.

    `treasury` is what is left of money once all is paid that was due.
    """
    who = state.id
    army = money.growth_units(world, who, "army", budget.army)
    fleet = money.growth_units(world, who, "fleet", budget.fleet)
    raised, cut = (max(0, army), max(0, fleet)), (max(0, -army), max(0, -fleet))
    invested = revenue * budget.invest // BP
    arms = sum(
        money.arms_price(world, who, arm, units)
        for arm, units in zip(("army", "fleet"), raised, strict=True)
        if units
    )
    if arms + invested > max(0, treasury):
        context.emit("order_refused", who, witnesses=(), order="budget", reason="no_money")
        raised, invested, arms = (0, 0), 0, 0
    if any(raised):
        context.emit("forces_raised", who, army=raised[0], fleet=raised[1])
    if any(cut):
        context.emit("forces_cut", who, army=cut[0], fleet=cut[1])
    if invested:
        context.emit("invested", who, amount=invested)
    context.book["arms"] -= arms
    context.book["investment"] -= invested
    return with_changes(
        state,
        {
            "army": max(0, state.army + raised[0] - cut[0]),
            "fleet": max(0, state.fleet + raised[1] - cut[1]),
            "treasury": treasury - arms - invested,
            "invested": state.invested + money.investment_return(world, who, invested),
        },
    )


def _bankrupt(context: TurnContext, state: State, left: int, upkeep: int) -> State:
    """Who cannot pay writes off its debts and sends home the forces it cannot keep."""
    context.emit("bankrupt", state.id)
    context.book["debts written off"] -= state.treasury
    share = min(BP, -left * BP // upkeep + 1) if left < 0 and upkeep > 0 else 0
    army, fleet = state.army * share // BP, state.fleet * share // BP
    if army or fleet:
        context.emit("forces_disbanded", state.id, army=army, fleet=fleet)
    return replace(state, army=state.army - army, fleet=state.fleet - fleet, treasury=0)


def _postures(context: TurnContext) -> None:
    """Postures move a step, for all to see; one that a crisis moved already stays."""
    changed: dict[int, State] = {}
    world = context.world
    moved = {event.actor for event in context.events if event.kind == "posture_changed"}
    for who, _, order in context.ordered(Posture):
        if who in moved or refusal(world, who, order) is not None:
            continue
        state = world.state(who)
        changed[world.atlas.state_index[who]] = replace(state, posture=order.step)
        context.emit("posture_changed", who, step=order.step, before=state.posture)
    context.change_states(changed)
