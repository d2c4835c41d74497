"""How many points of score a plan is worth, as far as a player can foresee."""

from collections.abc import Mapping
from dataclasses import dataclass

from game.campaign import Campaign
from game.scoring import asks_for_a_match, hostile_bloc, own_side, strongest_other
from game.theory.families.expected_coalitions import would_attack, would_defend
from game.world.legality import is_neighbour, renewing, within_reach
from game.world.memo import changed
from game.world.model import Treaty, World
from game.world.odds import war_odds
from game.world.orders import Guarantee, Offer, Terms
from game.world.questions import CrisisQuestion, OfferQuestion
from game.world.rules import BP

AIM_POINTS = 200 / 3
"""The points of a whole aim when insight is not scored (50 of 75, scaled to 100)."""
SECURITY_POINTS = 25 / 3
"""The points that one unit less of insecurity is worth, near the insecurity of the start."""
SAFE, LOST = 1.1, 0.7
"""Own side over the strongest other side: safely a match from SAFE on, no match below LOST."""
ROOM = 0.02
"""By how much more than the aim asks (share of capability) a league should hold."""
SWAY = 0.25
"""The difference in fear, 0 to 1, from which it is certain whose side a bystander takes."""


@dataclass(frozen=True, slots=True)
class PlanValue:
    """A campaign as a planner sees it under what it assumes of the rivals.

    `assumed` is the probability that each rival fears power; 0.5 for those left out.
    """

    campaign: Campaign
    assumed: Mapping[str, float]

    @property
    def me(self) -> str:
        """The state it plays."""
        return self.campaign.player or ""

    @property
    def world(self) -> World:
        """The world as it sees it."""
        return self.campaign.sight.world

    @property
    def target(self) -> str:
        """The province that its aim is to take; empty for any other aim."""
        aim = self.campaign.aim
        return str(aim.target) if aim is not None and aim.kind == "take" else ""

    @property
    def victim(self) -> str:
        """The owner of its target; empty if there is no target, or the target is its own."""
        owner = self.world.province(self.target).owner if self.target else ""
        return "" if owner == self.me else owner

    def defenders(self) -> tuple[str, ...]:
        """The states that have promised to defend the victim."""
        return would_defend(self.campaign.sight, self.victim, self.me) if self.victim else ()

    def bonds_with_victim(self) -> list[Treaty]:
        """Its treaties with the victim and with those who would defend it."""
        if not self.victim:
            return []
        others = {self.victim, *self.defenders()} - {self.me}
        return [
            treaty
            for treaty in self.world.treaties_of(self.me)
            if any(party in others for party in treaty.parties)
        ]

    @property
    def outweighed(self) -> bool:
        """Whether its aim needs a stronger side than it has now."""
        aim = self.campaign.aim
        if aim is not None and aim.kind == "league":
            return own_side(self.world, self.me) < float(aim.target) + ROOM
        return (
            aim is not None
            and asks_for_a_match(aim)
            and _match(self.world, self.me, aim.side) < 1.0
        )

    def diluting(self) -> list[Treaty]:
        """The pact without which its side would be strongest: each partner dilutes the others."""
        world, me = self.world, self.me
        before = own_side(world, me)
        without = {
            treaty.id: own_side(_ended(world, treaty), me)
            for treaty in world.treaties_of(me)
            if treaty.binding
        }
        best = max(without, key=lambda number: (without[number], -number), default=-1)
        return [one for one in world.treaties if one.id == best and without[best] > before]

    def circle(self, most: int = 9) -> list[str]:
        """Great powers, neighbours, rivals and the victim, the strongest first."""
        world = self.world
        share = self.campaign.adviser.readings("BOP")
        near = [
            name
            for name in share
            if world.state(name).great
            or is_neighbour(world, self.me, name)
            or (self.me, name) in world.atlas.rivalries
            or name == self.victim
        ]
        return sorted(near, key=lambda name: (-share[name].share, name))[:most]

    def fears(self, of: str) -> dict[str, float]:
        """State -> how much `state` fears it, by the assumed doctrine; the largest is 1."""
        belief = self.assumed.get(of, 0.5)
        by_power = self.campaign.adviser.readings("BOP", of)
        by_threat = self.campaign.adviser.readings("BOT", of)
        return {
            name: belief * reading.threat + (1 - belief) * by_threat[name].threat
            for name, reading in by_power.items()
        }

    def dangers(self) -> dict[str, float]:
        """State -> how dangerous it is to the player, the mean of both readings, 0 to 1."""
        by_power = self.campaign.adviser.readings("BOP")
        by_threat = self.campaign.adviser.readings("BOT")
        return {name: (by_power[name].threat + by_threat[name].threat) / 2 for name in by_power}

    def bystanders(self, enemy: str) -> tuple[list[str], list[str]]:
        """(on the enemy's side, on mine): who would enter a war with an enemy.

        First those bound by treaty; then great powers in reach, against whom they fear more.
        """
        world = self.world
        theirs = list(would_defend(self.campaign.sight, enemy, self.me))
        mine = [
            ally for ally in would_attack(self.campaign.sight, self.me, enemy) if ally not in theirs
        ]
        for name in self.circle():
            if name in (enemy, *theirs, *mine) or not within_reach(world, name, enemy):
                continue
            if world.state(name).posture < 2:
                continue
            fears = self.fears(name)
            difference = fears.get(enemy, 0.0) - fears.get(self.me, 0.0)
            if difference < -SWAY:
                theirs.append(name)
            elif difference > SWAY:
                mine.append(name)
        return theirs, mine

    def chance(self, enemy: str) -> float:
        """The chance, 0 to 1, to win a war begun against an enemy, with all who would enter it."""
        theirs, mine = self.bystanders(enemy)
        return war_odds(self.world, (self.me, *mine), (enemy, *theirs)) / BP

    def gives_way(self, question: CrisisQuestion) -> float:
        """The chance, 0 to 1, that the other side of a crisis yields in the same exchange."""
        replies = self.campaign.adviser.crisis_replies(question)
        belief = self.assumed.get(question.by, 0.5)
        by_power, by_threat = (replies[lens].get("yield", 0.0) for lens in ("BOP", "BOT"))
        return belief * by_power + (1 - belief) * by_threat

    def torn(self) -> int:
        """How many of its pacts are against a state that it is bound to defend or attack beside."""
        bound = self.world.bound_to(self.me)
        return sum(one.against in bound for one in self.world.treaties_of(self.me))

    def gain(self, partner: str, terms: Terms) -> float:
        """The points that a signed treaty with a partner would be worth."""
        asked = OfferQuestion("plan", self.me, partner, terms)
        weighed = self.campaign.adviser.answer_gain(asked, "accept")
        security = SECURITY_POINTS * sum(weighed.values()) / len(weighed)
        return security + self._toward_aim(partner, terms)

    def security_of(self, order: Guarantee) -> float:
        """The points that a guarantee would be worth for security."""
        weighed = self.campaign.adviser.order_gain(order)
        return SECURITY_POINTS * sum(weighed.values()) / len(weighed)

    def _toward_aim(self, partner: str, terms: Terms) -> float:
        """The points that a treaty is worth for the aim, beside security."""
        aim = self.campaign.aim
        if aim is None:
            return 0.0
        me, ending = self.me, renewing(self.world, self.me, partner, terms)
        world = self.world if ending is None else _ended(self.world, ending)
        signed = Treaty(-1, (me, partner), terms, world.turn, world.turn + terms.term)
        after = changed(world, treaties=(*world.treaties, signed))
        if asks_for_a_match(aim):
            match = _match(after, me, aim.side) - _match(world, me, aim.side)
            bloc = hostile_bloc(world, me)
            ring = aim.kind == "break_ring" and bloc > float(aim.target)
            return AIM_POINTS * (match + (bloc - hostile_bloc(after, me) if ring else 0.0))
        if aim.kind == "league":
            missing = float(aim.target) - own_side(world, me)
            return AIM_POINTS * min(missing, own_side(after, me) - own_side(world, me)) * 2
        if aim.kind == "take" and self.victim:
            if partner == self.victim:
                return -AIM_POINTS
            if "offense" in terms.obligations and terms.against == self.victim:
                theirs, mine = self.bystanders(self.victim)
                sides = (self.victim, *(one for one in theirs if one != partner))
                helped = war_odds(world, (me, *mine, partner), sides) / BP
                return AIM_POINTS * 0.5 * max(0.0, helped - self.chance(self.victim))
        return 0.0

    def acceptance(self, offer: Offer) -> float:
        """The chance, 0 to 1, that an offer is accepted, by the assumed doctrine of the other."""
        forecast = self.campaign.adviser.forecast(offer)
        if forecast is None:
            return 0.0
        belief = self.assumed.get(offer.to, 0.5)
        return belief * forecast.if_power + (1 - belief) * forecast.if_threat


def _match(world: World, state: str, needed: float) -> float:
    """How safely a state's side is a match for the strongest other, 0 (LOST) to 1 (SAFE).

    It must be `needed` times as strong.
    """
    odds = own_side(world, state) / max(1e-6, needed * strongest_other(world, state))
    return min(1.0, max(0.0, (odds - LOST) / (SAFE - LOST)))


def _ended(world: World, treaty: Treaty) -> World:
    """The world without a treaty."""
    return changed(world, treaties=tuple(one for one in world.treaties if one.id != treaty.id))
