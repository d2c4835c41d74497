"""Internal balancing: arms and posture (THEORY S3, S9; RULES, State and forces).

Arms raise one's own side against all that one fears. Posture readies for attack, and frightens.
"""

from dataclasses import dataclass

import numpy as np

from game.theory.choice_rule import TERM, Appraisal
from game.theory.doctrine import TERMS
from game.theory.lens import View, prevailing
from game.world import public_finance
from game.world.legality import purse
from game.world.orders import Budget, Posture
from game.world.rules import BP, POSTURES
from game.world.sight import Floats, Sight, remembered

MONEY = 0.10
"""What a turn's whole revenue is worth to a state with a turn's revenue in hand."""
HORIZON = 12.0
"""Turns over which a state counts what an investment will bring."""
READY = 0.03
"""What each step away from the posture one needs costs, squared."""
TURNING = 0.03
"""What changing course costs at home."""
FRIGHT = 0.012
"""What an offensive step costs one who knows that it frightens others."""

BUDGETS = (
    Budget(),
    Budget(army=400),
    Budget(army=800),
    Budget(army=1_200),
    Budget(fleet=600),
    Budget(fleet=1_200),
    Budget(army=800, fleet=800),
    Budget(army=1_200, fleet=1_200),
    Budget(invest=500),
    Budget(invest=1_000),
    Budget(army=400, invest=500),
    Budget(army=-500),
    Budget(army=-1_500, fleet=-500),
)
"""The budgets on every state's menu: nothing, three paces of arming, investment, disarming."""
PACES = tuple(
    dict.fromkeys(change for it in BUDGETS for change in (("army", it.army), ("fleet", it.fleet)))
)
"""The changes of an arm that stand in them, each once."""
INVESTED = tuple(dict.fromkeys(budget.invest for budget in BUDGETS))
"""What is invested in them, each once, bp of revenue."""


@dataclass(frozen=True, slots=True, eq=False)
class _Budgets:
    """The budgets that a state can pay: the same under every lens."""

    options: tuple[Budget, ...]
    grown: Floats
    """By how much each changes its share of capability: [option]."""
    terms: Floats
    """What each costs and brings in, and nothing of what it saves: [option, term]."""


@remembered
def _budgets(sight: Sight) -> _Budgets:
    world, me = sight.world, sight.me
    available = purse(world, me)
    prices = [budget.cost(world, me) for budget in BUDGETS]
    payable = [at for at, price in enumerate(prices) if price <= available]
    revenue = max(1, public_finance.revenue(world, me))
    army = max(1, sum([state.army for state in world.states]))
    fleet = sum([state.fleet for state in world.states])
    left = world.state(me).treasury + public_finance.surplus(world, me)
    added = {(arm, pace): public_finance.growth_units(world, me, arm, pace) for arm, pace in PACES}
    gains = {
        part: public_finance.investment_return(world, me, revenue * part // BP) * HORIZON / revenue
        for part in INVESTED
    }
    sheet = world.atlas.sheet(me)
    grown: list[float] = []
    costs: list[float] = []
    for at in payable:
        budget, price = BUDGETS[at], prices[at]
        more_army, more_fleet = added["army", budget.army], added["fleet", budget.fleet]
        share = more_army / army
        if fleet:
            share = (share + more_fleet / fleet) / 2
        grown.append(share / 3)
        upkeep = more_army * sheet.army_upkeep + more_fleet * sheet.fleet_upkeep
        dearer = price + 3 * (upkeep / public_finance.UPKEEP_PER)
        worth = MONEY / max(0.25, 0.4 + (left - price) / revenue)
        costs.append(-worth * dearer / revenue + MONEY * gains[budget.invest])
    terms = np.zeros((len(payable), len(TERMS)))
    terms[:, TERM["cost"]] = costs
    return _Budgets(tuple([BUDGETS[at] for at in payable]), np.array(grown), terms)


def appraise_arms(view: View, sight: Sight) -> Appraisal:
    """The budgets that a state can pay, as it weighs them.

    The less secure, the more haste: so others' arming is answered (THEORY S9, p. 46), and those
    without an ally arm more (THEORY S3, p. 49).
    """
    budgets = _budgets(sight)
    terms = budgets.terms.copy()
    terms[:, TERM["security"]] = view.insecurity * security_of_growth(view, budgets.grown)
    return Appraisal("arms", budgets.options, terms)


def security_of_growth(view: View, shares: Floats) -> Floats:
    """What each change of one's own share of capability would save, in the unit: [change]."""
    field, me = view.field, view.me
    hostile = field.hostile_side[me]
    own = field.own_side[me] + (view.strength - field.weight[me])
    grown = np.maximum(view.strength + shares, 1e-4)[:, None]
    larger = np.maximum(own + grown - view.strength, 1e-9)
    after = prevailing(hostile, larger, view.lens.habits.contest)
    return np.asarray((view.tau / view.scale.unit * (view.chance - after)).sum(axis=1))


def appraise_posture(view: View, sight: Sight, ambition: float) -> Appraisal:
    """Stay, a step up, a step down: nearness to the posture that one's fears and aims ask for.

    Fear and ambition ask for readiness. One whose lens sees offence and intentions knows that
    others' does too, and counts their fright.
    """
    now = sight.world.state(sight.me).posture
    at_war = bool(sight.world.wars_of(sight.me))
    fear = min(1.0, max(-1.0, view.insecurity - 1.0))
    wanted = 2.0 + 1.2 * fear + 1.6 * (ambition - 0.5) + (1.5 if at_war else 0.0)
    wanted = min(len(POSTURES) - 1.0, max(0.0, wanted))
    options: list[Posture | None] = [None]
    options += [Posture(step) for step in (now + 1, now - 1) if 0 <= step < len(POSTURES)]
    terms = np.zeros((len(options), len(TERMS)))
    sees_fright = view.lens.exponents[2] > 0 or view.lens.exponents[3] > 0
    for index, option in enumerate(options):
        step = now if option is None else option.step
        terms[index, TERM["stake"]] = -READY * (step - wanted) ** 2
        if sees_fright:
            terms[index, TERM["entanglement"]] = -FRIGHT * (step - now)
    terms[1:, TERM["cost"]] = -TURNING
    return Appraisal("posture", tuple(options), terms, hesitant=True)
