"""The planner that looks ahead: it plays each plan forward in its head, and takes the best."""

from collections.abc import Iterator, Mapping, Sequence
from math import exp, fsum, prod

from game.campaign import Campaign
from game.lab.players.imagined import SeenCampaign, play_on
from game.lab.players.plan_value import PlanValue
from game.lab.players.planner import Planner
from game.scoring import (
    AIM_POINTS,
    BROKEN_OBLIGATION,
    SECURITY_POINTS,
    AimStatus,
    Condition,
    aim_status,
    broken_obligations,
    first_counted,
)
from game.world.legality import legal
from game.world.orders import DeclareWar, Demand, Guarantee, Offer, Order
from game.world.peace_terms import score_of

TURNS_AHEAD = 2
"""How many turns each plan is played forward."""
IMAGINED = 2
"""In how many imagined campaigns each plan is tried; the same for all plans."""
PLANS = 4
"""The most plans that are tried."""
WITHOUT_INSIGHT = 100 / (AIM_POINTS + SECURITY_POINTS)
"""The factor on points where insight is not scored."""
SMALLER_IS_BETTER = frozenset({"bloc", "share_of", "war"})
"""Kinds of conditions that are met by a value at or below what is asked for."""
COUNTS = frozenset({"bound_power", "war"})
"""Kinds of conditions that are met or not, with nothing between."""
UNMET = 0.3
"""The chance that a condition which is not met now will be met in a later turn."""
STEEP = 8.0
"""How fast a condition becomes safe as its value passes what is asked for."""
TORN = 0.5
"""How many treaties it expects to break for each pact that is against another partner."""
AT_WAR, OCCUPIED = 0.4, 0.8
"""How much of a province that is to be taken counts while it is fought for, and once it is held."""


class AheadPlanner(Planner):
    """A planner that tries its own orders and some others in imagined campaigns."""

    def __init__(self, assumed: Mapping[str, float]) -> None:
        super().__init__(assumed)
        self.seen = SeenCampaign()
        self.insecurity = 0.0
        self.offers: list[Offer] = []
        """The offers that it weighed this turn, what promises most first."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The plan that scores most, as far as it can foresee."""
        self.seen.follow(campaign)
        if not campaign.history.turns:
            self.insecurity = mean_insecurity(campaign)
        plans = list(self._plans(campaign))
        if len(plans) == 1:
            return plans[0]
        values = [self.foreseen(campaign, plan) for plan in plans]
        return plans[max(range(len(plans)), key=lambda at: values[at])]

    def foreseen(self, campaign: Campaign, plan: Sequence[Order]) -> float:
        """The mean score that a plan comes to in imagined campaigns."""
        found = []
        for number in range(IMAGINED):
            imagined = self.seen.imagine(campaign, self.assumed, number)
            play_on(imagined, plan, Planner(self.assumed), TURNS_AHEAD)
            found.append(foreseen_score(imagined, self.assumed, self.insecurity))
        return fsum(found) / len(found)

    def _offers(self, seen: PlanValue) -> list[tuple[float, Offer]]:
        """As the planner weighs them; they are kept, to try others than the first."""
        found = super()._offers(seen)
        self.offers = [offer for _, offer in sorted(found, key=lambda one: (-one[0], one[1].to))]
        return found

    def _plans(self, campaign: Campaign) -> Iterator[tuple[Order, ...]]:
        """Sets of legal orders, all different: first what the planner does without looking."""
        seen = PlanValue(campaign, self.assumed)
        tried: set[tuple[Order, ...]] = set()
        for orders in self._changed(seen, list(super().orders(campaign))):
            plan = legal(seen.world, seen.me, orders)
            if plan not in tried:
                tried.add(plan)
                yield plan
            if len(tried) == PLANS:
                return

    def _changed(self, seen: PlanValue, orders: list[Order]) -> Iterator[list[Order]]:
        """The orders, and changes of them: with force or without, with other offers or none."""
        yield orders
        forceful = [one for one in orders if isinstance(one, (Demand, DeclareWar))]
        if forceful:
            yield [one for one in orders if one not in forceful]
        elif seen.victim and not seen.world.wars_of(seen.me):
            yield [Demand(seen.victim, "cede", seen.target), *orders]
            yield [DeclareWar(seen.victim, seen.target), *orders]
        diplomacy = [one for one in orders if isinstance(one, (Offer, Guarantee))]
        others = [one for one in orders if one not in diplomacy]
        for offer in self.offers:
            if offer not in diplomacy:
                yield [*others, offer, *(one for one in diplomacy if one.to != offer.to)]
        if diplomacy:
            yield others


def foreseen_score(campaign: Campaign, assumed: Mapping[str, float], before: float) -> float:
    """What a player may expect to score, 0 to 100 without insight, from where it stands.

    `before` is its insecurity at the start.
    """
    me = campaign.player or ""
    if not campaign.history.world.state(me).alive:
        return 0.0
    status = aim_status(campaign.history, me)
    after = mean_insecurity(campaign)
    security = SECURITY_POINTS * before / (before + after) if before + after > 0 else 0.0
    points = AIM_POINTS * _hoped_for(campaign, status, assumed) + security
    broken = float(broken_obligations(campaign.history, me))
    broken += TORN * PlanValue(campaign, assumed).torn()
    return WITHOUT_INSIGHT * points - BROKEN_OBLIGATION * broken


def mean_insecurity(campaign: Campaign) -> float:
    """The player's insecurity now, the mean of both lenses."""
    found = campaign.adviser.insecurity().values()
    return fsum(found) / len(found)


def _hoped_for(campaign: Campaign, status: AimStatus, assumed: Mapping[str, float]) -> float:
    """How much of its aim a player may expect to reach, 0 to 1."""
    if status.turns_needed:
        turns, played = campaign.setup.turns, len(campaign.history.turns)
        left = turns - max(played, first_counted(turns) - 1)
        stands = prod(_safety(one) for one in status.conditions)
        return min(1.0, (status.turns_stood + left * stands) / status.turns_needed)
    seen = PlanValue(campaign, assumed)
    if not seen.target or not seen.victim:
        return status.reached
    if seen.world.province(seen.target).holder == seen.me:
        return OCCUPIED
    fought = [war for war in seen.world.wars_of(seen.me) if seen.victim in war.enemies(seen.me)]
    if fought:
        ahead = 0.5 + score_of(fought[0], seen.me) / 20_000
        return AT_WAR * 2 * min(1.0, max(0.0, ahead)) * seen.chance(seen.victim)
    return AT_WAR * seen.chance(seen.victim)


def _safety(condition: Condition) -> float:
    """How likely a condition of an aim is to be met in a later turn, 0 to 1, by how it is now."""
    if condition.kind in COUNTS or not condition.needed:
        return 1.0 if condition.met else UNMET
    margin = condition.value / condition.needed - 1.0
    if condition.kind in SMALLER_IS_BETTER:
        margin = -margin
    return 1.0 / (1.0 + exp(-STEEP * margin))
