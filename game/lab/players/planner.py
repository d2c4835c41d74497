"""The planner: a player who assumes doctrines of the rivals and plays for its score.

Knowing the doctrines pays through three doors: who would sign what, who would yield, and who would
be drawn into a war, on which side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game.campaign import Campaign
from game.campaign.policy import Answers
from game.lab.players.plan_value import AIM_POINTS, SECURITY_POINTS, PlanValue
from game.world.legality import cost, envoys, interest, may_give_notice, renewing
from game.world.orders import (
    Aid,
    Budget,
    DeclareWar,
    Demand,
    Denounce,
    Front,
    Offer,
    OfferPeace,
    Order,
    PeaceTerms,
    Posture,
    Terms,
)
from game.world.peace_terms import score_of
from game.world.public_finance import revenue, surplus
from game.world.questions import (
    Answer,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
)
from game.world.rules import BP

TERM = 8
"""Turns for which it offers treaties."""
WORTH_AN_ENVOY = 0.05
"""Points from which an offer is worth sending."""
DOOR = 1.0
"""What a door that a pact closes counts for, of what might have come through it."""
LIKELY_WIN = 0.55
"""Odds from which it goes up the ladder, or to war, for its aim."""
CERTAIN_WIN = 0.7
"""Odds from which it attacks for its aim without a demand."""
HOPELESS = 0.3
"""Odds below which it gives way when others go up the ladder."""
GIVEN = 0.5
"""What of its purse it gives away in aid, in peace."""
BURDEN = 500
"""What it pays for a partner's promise where it needs one and can, bp of its revenue."""
LAST_TURNS = 5
"""Turns before the end in which money goes into arms alone."""
RAISED = (1_200, 800, 400, 200)
"""The growths of forces that it tries to pay for, bp."""


class Planner:
    """Plays for its score, assuming for each rival how likely it is to fear power."""

    def __init__(self, assumed: Mapping[str, float]) -> None:
        self.assumed = dict(assumed)

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """War and peace, demands, offers, posture, and what is left of the money."""
        for state, probability in self.assumed.items():
            campaign.notebook.write(state, probability)
        seen = PlanValue(campaign, self.assumed)
        return [
            *self._notices(seen),
            *self._wars(seen),
            *self._demands(seen),
            *self._offers(seen),
            *self._posture(seen),
            *(gifts := self._aid(seen)),
            *self._budget(seen, sum(gift.amount for gift in gifts)),
        ]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """Each question by what it is worth in points."""
        seen = PlanValue(campaign, self.assumed)
        return {question.id: self._answer(seen, question) for question in questions}

    # orders

    def _notices(self, seen: PlanValue) -> list[Denounce]:
        """Notice to whom it means to attack, and to those who would defend it: cheap in time.

        Where its side has to be a match for any other, to a partner that only dilutes it.
        """
        unwanted = seen.bonds_with_victim()
        if seen.outweighed:
            unwanted += [one for one in seen.diluting() if one not in unwanted]
        return [
            Denounce(treaty.id)
            for treaty in unwanted
            if may_give_notice(treaty, seen.me) and treaty.until > seen.world.turn + 1
        ]

    def _offers(self, seen: PlanValue) -> list[Offer]:
        """The offers of the most expected points, one a partner.

        A pact against somebody closes the door to it: what it might have signed is lost.
        """
        pays = self._would_pay(seen)
        drafts = {
            partner: [
                (seen.acceptance(offer) * gain, offer)
                for offer in self._drafts(seen, partner, pays)
                if (gain := seen.gain(partner, offer.terms)) > 0
            ]
            for partner in seen.circle()
        }
        doors = {
            partner: max((points for points, _ in found), default=0.0)
            for partner, found in drafts.items()
        }
        best = [
            max(
                (
                    (points - DOOR * doors.get(offer.terms.against, 0.0), offer)
                    for points, offer in found
                ),
                key=lambda one: one[0],
            )
            for found in drafts.values()
            if found
        ]
        best.sort(key=lambda one: (-one[0], one[1].to))
        return [
            offer
            for points, offer in best[: envoys(seen.world, seen.me)]
            if points >= WORTH_AN_ENVOY
        ]

    def _would_pay(self, seen: PlanValue) -> bool:
        """Whether it needs a promise and can pay for it, year after year."""
        world, me = seen.world, seen.me
        return seen.outweighed and surplus(world, me) * BP > revenue(world, me) * BURDEN

    def _drafts(self, seen: PlanValue, partner: str, pays: bool) -> list[Offer]:
        """The treaties it would think of with a partner: against whom it or the other fears."""
        if seen.victim and partner in (seen.victim, *seen.defenders()):
            return []
        named = {*_worst(seen.dangers()), *_worst(seen.fears(partner))} - {seen.me, partner}
        if seen.victim:
            named.add(seen.victim)
        drafts = [Terms(("defense",), "", TERM), Terms(("nonaggression",), "", TERM)]
        drafts += [Terms(("defense",), name, TERM) for name in sorted(named)]
        signed = [
            Terms(treaty.obligations, treaty.against, TERM)
            for treaty in seen.world.treaties_of(seen.me)
        ]
        drafts += [terms for terms in signed if renewing(seen.world, seen.me, partner, terms)]
        if seen.victim:
            drafts.append(Terms(("offense",), seen.victim, TERM))
        if pays:
            drafts += [replace(terms, burden=BURDEN) for terms in drafts if terms.binding]
        wanted = [terms for terms in drafts if terms.against != partner]
        offers = []
        for terms in wanted:
            for offer in (Offer(partner, terms), Offer(partner, replace(terms, secret=True))):
                if seen.campaign.refusal(offer) is None:
                    offers.append(offer)
                    break
        return offers

    def _demands(self, seen: PlanValue) -> list[Demand]:
        """What its aim wants of others, where they may yield or could be beaten."""
        demands: list[Demand] = []
        aim = seen.campaign.aim
        if seen.victim and not self._waits(seen):
            demand = Demand(seen.victim, "cede", seen.target)
            told = seen.campaign.adviser.forecast(demand) if self._open(seen, demand) else None
            belief = self.assumed.get(seen.victim, 0.5)
            if told is not None:
                yields = belief * told.if_power + (1 - belief) * told.if_threat
                if yields > 0.3 or seen.chance(seen.victim) >= LIKELY_WIN:
                    demands.append(demand)
        if aim is not None and aim.kind == "break_ring":
            demands += [
                demand
                for treaty in seen.world.treaties
                if treaty.against == seen.me
                for party in treaty.parties
                if self._open(seen, demand := Demand(party, "renounce", str(treaty.id)))
                and seen.chance(party) >= LIKELY_WIN
            ][:1]
        if aim is not None and aim.kind == "grow":
            wanted = [
                Demand(holder, "cede", province)
                for owner, province in sorted(seen.world.atlas.claims)
                if owner == seen.me
                and (holder := seen.world.province(province).owner)
                and holder != seen.me
            ]
            demands += [
                demand
                for demand in wanted
                if self._open(seen, demand) and seen.chance(demand.of) >= LIKELY_WIN
            ][:1]
        return demands

    def _waits(self, seen: PlanValue) -> bool:
        """Whether it waits, while there is time, for its bonds with the victim to end."""
        early = seen.campaign.turn * 2 < seen.campaign.setup.turns
        return early and bool(seen.bonds_with_victim())

    def _open(self, seen: PlanValue, demand: Demand) -> bool:
        return bool(interest(seen.world, seen.me, demand)) and (
            seen.campaign.refusal(demand) is None
        )

    def _wars(self, seen: PlanValue) -> list[Order]:
        """Fronts, and peace for what it came for."""
        orders: list[Order] = []
        world, me = seen.world, seen.me
        for war in world.wars_of(me):
            enemies = war.enemies(me)
            leader = enemies[0]
            for enemy in enemies:
                chief = enemy in (leader, seen.victim)
                orders.append(Front(enemy, 3 if chief else 1))
            mine = war.attackers if war.side(me) == "attackers" else war.defenders
            takes = self._spoils(seen, leader) if mine[0] == me else ()
            if takes:
                orders.append(OfferPeace(war.id, leader, PeaceTerms(takes=takes)))
            elif score_of(war, me) <= 0 and seen.target not in self._owned(seen, leader):
                orders.append(OfferPeace(war.id, leader))
        attacks = seen.victim and not world.wars_of(me) and not self._waits(seen)
        if attacks and seen.chance(seen.victim) >= CERTAIN_WIN:
            orders.append(DeclareWar(seen.victim, seen.target))
        return orders

    def _spoils(self, seen: PlanValue, enemy: str) -> tuple[str, ...]:
        """What it would take from an enemy: the aim first, else one claim that it holds."""
        if seen.target in self._owned(seen, enemy):
            return (seen.target,)
        for province in seen.world.owned(enemy):
            if (seen.me, province.id) in seen.world.atlas.claims and province.holder == seen.me:
                return (province.id,)
        return ()

    def _owned(self, seen: PlanValue, state: str) -> set[str]:
        return {province.id for province in seen.world.owned(state)}

    def _posture(self, seen: PlanValue) -> list[Posture]:
        """Forward for one who has something to take; else as calm as those who see threats ask."""
        now = seen.world.state(seen.me).posture
        near = seen.circle(6)
        by_threat = sum(1 - self.assumed.get(name, 0.5) for name in near) / max(1, len(near))
        wanted = 4 if seen.victim else 2 if by_threat < 0.35 else 1
        if seen.world.wars_of(seen.me):
            wanted = 3
        step = (wanted > now) - (wanted < now)
        return [Posture(now + step)] if step else []

    def _aid(self, seen: PlanValue) -> list[Aid]:
        """A gift to the one of those that matter which it most likely calms.

        Aid calms one that fears threats and little moves one that fears power (THEORY T10); of
        equals the strongest is calmed. None is given by who has to arm: at war, for a province that
        money does not buy, or for a side that is no match for another.
        """
        circle = seen.circle()
        amount = int(seen.campaign.purse * GIVEN)
        spent = seen.victim or seen.outweighed or seen.world.wars_of(seen.me)
        if spent or not circle or amount <= 0:
            return []
        gift = Aid(min(circle, key=lambda name: self.assumed.get(name, 0.5)), amount)
        return [gift] if seen.campaign.refusal(gift) is None else []

    def _budget(self, seen: PlanValue, given: int) -> list[Budget]:
        """Investment early, arms for a war, for a side and at the end, from what is not given away.

        But for a war it spends what a turn brings in and its part of the treasury, no more: whoever
        arms beyond what it can keep is the weaker for it.
        """
        left = seen.campaign.setup.turns - seen.campaign.turn
        war = bool(seen.world.wars_of(seen.me)) or bool(seen.victim)
        aim = seen.campaign.aim
        growing = aim is not None and aim.kind == "grow"
        early = left > max(LAST_TURNS, seen.campaign.setup.turns // 2)
        if early and not war and not growing and not seen.outweighed:
            choices = [Budget(army=200, invest=share) for share in (1_500, 1_000, 500)]
        else:
            choices = [Budget(army=pace, fleet=fleet) for pace in RAISED for fleet in (pace, 0)]
        purse = seen.campaign.purse - given
        lasting = max(0, surplus(seen.world, seen.me)) + purse // max(1, left)
        most = purse if war else min(purse, lasting)
        for budget in choices:
            if seen.campaign.refusal(budget) is None and (
                cost(seen.world, seen.me, budget) <= most
            ):
                return [budget]
        return []

    # answers

    def _answer(self, seen: PlanValue, question: Question) -> Answer:
        match question:
            case OfferQuestion(by=by, terms=terms):
                return "accept" if seen.gain(by, terms) > 0 else "decline"
            case CrisisQuestion():
                return self._exchange(seen, question)
            case PledgeQuestion():
                return self._pledge(seen, question)
            case JoinQuestion():
                return self._join(seen, question)
            case PeaceQuestion():
                return self._peace(seen, question)
            case CallQuestion():
                return self._call(seen, question)
        return "accept"

    def _call(self, seen: PlanValue, question: CallQuestion) -> Answer:
        """Keep its word, unless that would break it to more than one on the other side."""
        war = seen.world.war(question.war)
        if war is None:
            return "honour"
        enemies = war.attackers if question.enemy in war.attackers else war.defenders
        torn = [
            treaty
            for treaty in seen.world.treaties_of(seen.me)
            if any(enemy in treaty.parties for enemy in enemies)
        ]
        return "refuse" if len(torn) > 1 else "honour"

    def _exchange(self, seen: PlanValue, question: CrisisQuestion) -> Answer:
        """Up the ladder for its aim where it would win; down where it would lose."""
        crisis = seen.world.crisis(question.crisis)
        if crisis is None:
            return "hold"
        chance = seen.chance(question.by)
        if crisis.by == seen.me:
            if chance >= LIKELY_WIN and "climb" in question.options:
                return "climb"
            return "yield" if crisis.rung >= 1 and chance < HOPELESS else "hold"
        precious = crisis.stake == "cede"
        if chance < HOPELESS and not precious:
            return "yield"
        return "hold"

    def _pledge(self, seen: PlanValue, question: PledgeQuestion) -> Answer:
        """A broker stands by the stronger side, so that the weaker gives way; others by none."""
        aim = seen.campaign.aim
        if aim is None or aim.kind != "broker":
            return "none"
        sides = [side for side in (question.by, question.of) if side in question.options]
        army = {side: seen.world.state(side).army for side in sides}
        return max(sides, key=lambda side: (army[side], side)) if sides else "none"

    def _join(self, seen: PlanValue, question: JoinQuestion) -> Answer:
        """Against the victim, where that side wins; else out of it."""
        war = seen.world.war(question.war)
        if war is None or not seen.victim:
            return "none"
        for side, foes in (("attackers", war.defenders), ("defenders", war.attackers)):
            if (
                side in question.options
                and foes[0] == seen.victim
                and seen.chance(seen.victim) >= LIKELY_WIN
            ):
                return side
        return "none"

    def _peace(self, seen: PlanValue, question: PeaceQuestion) -> Answer:
        """A peace that leaves it its aim; any, when it is losing."""
        war = seen.world.war(question.war)
        if war is None:
            return "accept"
        if seen.target in question.terms.gives:
            return "accept"
        losing = score_of(war, seen.me) < 0
        takes = len(question.terms.takes)
        if takes:
            return (
                "accept" if losing and seen.world.state(seen.me).exhaustion > 6_000 else "decline"
            )
        weighed = seen.campaign.adviser.answer_gain(question, "accept")
        worth = SECURITY_POINTS * sum(weighed.values()) / len(weighed)
        wanting = seen.victim in war.enemies(seen.me) and not losing
        return "accept" if worth - (AIM_POINTS if wanting else 0.0) > -1.0 else "decline"


def _worst(fears: Mapping[str, float]) -> list[str]:
    """The two that are feared most."""
    return sorted(fears, key=lambda name: (-fears[name], name))[:2]
