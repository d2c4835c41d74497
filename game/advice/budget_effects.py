"""What arms and posture change for oneself, all else as it is: insecurity, and upkeep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from game.advice.forecast import READINGS
from game.theory.frame import Frame
from game.world import public_finance
from game.world.beliefs import Beliefs
from game.world.memo import changed
from game.world.model import World
from game.world.orders import Budget, Order, Posture
from game.world.sight import Sight, seen_by


@dataclass(frozen=True, slots=True)
class BudgetEffects:
    """What budget and posture change for the state that gives them."""

    insecurity: dict[str, tuple[float, float]]
    """Reading (BOP, BOT) -> the insecurity now and then, in the unit."""
    upkeep: int
    """By how much the outgoings of each later turn grow, units; below 0 if they shrink."""


def budget_effects(
    sight: Sight, estimate: Beliefs, frame: Frame, orders: Sequence[Order]
) -> BudgetEffects:
    """The effects of budgets and postures if all others stayed as they are.

    How others answer to it is no part of it: the levers of each rival tell that (THEORY S9).
    """
    now, then = sight.world, _armed(sight.world, sight.me, orders)
    after = seen_by(then, estimate, sight.me)
    insecurity = {
        lens: (frame.view(sight, lens).insecurity, frame.view(after, lens).insecurity)
        for lens in READINGS
    }
    upkeep = public_finance.outgoings(then, sight.me) - public_finance.outgoings(now, sight.me)
    return BudgetEffects(insecurity, upkeep)


def _armed(world: World, me: str, orders: Sequence[Order]) -> World:
    """The world once the forces and the posture that the orders ask for are there."""
    state = world.state(me)
    for order in orders:
        if isinstance(order, Budget):
            army = public_finance.growth_units(world, me, "army", order.army)
            fleet = public_finance.growth_units(world, me, "fleet", order.fleet)
            state = replace(state, army=state.army + army, fleet=state.fleet + fleet)
        elif isinstance(order, Posture):
            state = replace(state, posture=order.step)
    states = tuple(state if one.id == me else one for one in world.states)
    return changed(world, states=states)
