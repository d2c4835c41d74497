"""The planner: a computer player that assumes a doctrine for each rival and plays for its score.

Right assumptions help it to foresee who would sign what, who would yield to a demand, and who
would enter a war on which side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game.campaign import Campaign
from game.campaign.policy import Answers
from game.lab.players.plan_value import AIM_POINTS, SECURITY_POINTS, PlanValue
from game.world.legality import envoys, may_give_notice, renewing
from game.world.orders import (
    Aid,
    Budget,
    DeclareWar,
    Demand,
    Denounce,
    Front,
    Guarantee,
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
    AssuranceQuestion,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
    TellQuestion,
)
from game.world.rules import BP

TERM = 8
"""The length, in turns, of the treaties that it offers."""
WORTH_AN_ENVOY = 0.05
"""The least expected points for which it sends an offer."""
DOOR = 1.0
"""A pact against a state rules out a pact with it. The share of that lost value that counts."""
LIKELY_WIN = 0.55
"""The least odds at which it climbs in a crisis, or goes to war, for its aim."""
CERTAIN_WIN = 0.7
"""The least odds at which it attacks for its aim without a demand first."""
LIKELY_YIELD = 0.5
"""The least chance that the other side of a crisis yields next at which it does not give way."""
HOPELESS = 0.3
"""The odds below which it yields when the other side climbs."""
GIVEN = 0.5
"""The share of its money that it gives away as aid in peace."""
BURDEN = 500
"""The burden that it offers for a pact it needs and can pay for, bp of its revenue."""
LAST_TURNS = 5
"""In so many last turns all its money goes into arms."""
RAISED = (1_200, 800, 400, 200)
"""The growth rates of forces that it tries, the first it can pay for is taken; bp a turn."""


class Planner:
    """Plays for its score. `assumed`: rival -> assumed probability that it follows BOP."""

    def __init__(self, assumed: Mapping[str, float]) -> None:
        self.assumed = dict(assumed)

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The orders of a turn: war and peace, demands, offers, posture, aid and budget."""
        for state, probability in self.assumed.items():
            campaign.notebook.write(state, probability)
        seen = PlanValue(campaign, self.assumed)
        return [
            *self._notices(seen),
            *self._wars(seen),
            *self._demands(seen),
            *self._envoys(seen),
            *self._posture(seen),
            *(gifts := self._aid(seen)),
            *self._budget(seen, sum(gift.amount for gift in gifts)),
        ]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """The answer to a question, by what each option is worth in points."""
        seen = PlanValue(campaign, self.assumed)
        return {question.id: self._answer(seen, question) for question in questions}

    # orders

    def _notices(self, seen: PlanValue) -> list[Denounce]:
        """Notice of treaties with the state it means to attack, and with that state's defenders.

        Given in time, notice breaks no obligation. If its aim needs a strong side, it also leaves
        a partner that weakens the side by dilution.
        """
        unwanted = seen.bonds_with_victim()
        if seen.outweighed:
            unwanted += [one for one in seen.diluting() if one not in unwanted]
        return [
            Denounce(treaty.id)
            for treaty in unwanted
            if treaty.owes(seen.me)
            and may_give_notice(treaty, seen.me)
            and treaty.until > seen.world.turn + 1
        ]

    def _envoys(self, seen: PlanValue) -> list[Offer | Guarantee]:
        """The offers and guarantees with the most expected points, as many as it has envoys."""
        best: list[tuple[float, Offer | Guarantee]] = [
            *self._offers(seen),
            *self._guarantees(seen),
        ]
        best.sort(key=lambda one: (-one[0], one[1].to, one[1].kind))
        return [
            order
            for points, order in best[: envoys(seen.world, seen.me)]
            if points >= WORTH_AN_ENVOY
        ]

    def _guarantees(self, seen: PlanValue) -> list[tuple[float, Guarantee]]:
        """What a guarantee of each state in its circle would be worth, in points.

        Nobody need agree to it, so that no assumption about the other counts.
        """
        orders = [
            Guarantee(name)
            for name in seen.circle()
            if name not in (seen.victim, *seen.defenders())
        ]
        return [
            (seen.security_of(order), order)
            for order in orders
            if seen.campaign.refusal(order) is None
        ]

    def _offers(self, seen: PlanValue) -> list[tuple[float, Offer]]:
        """The offer with the most expected points to each partner, and these points.

        A pact against a state costs the value of the pact with that state that it rules out.
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
        return [
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

    def _would_pay(self, seen: PlanValue) -> bool:
        """Whether it needs a pact and can pay a burden for it every turn."""
        world, me = seen.world, seen.me
        return seen.outweighed and surplus(world, me) * BP > revenue(world, me) * BURDEN

    def _drafts(self, seen: PlanValue, partner: str, pays: bool) -> list[Offer]:
        """The treaties it considers with a partner: against states that either of them fears."""
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
        """Demands for its aim, where the other may yield or could be beaten."""
        demands: list[Demand] = []
        aim = seen.campaign.aim
        if seen.victim and not self._waits(seen):
            demand = Demand(seen.victim, "cede", seen.target)
            forecast = seen.campaign.adviser.forecast(demand) if self._open(seen, demand) else None
            belief = self.assumed.get(seen.victim, 0.5)
            if forecast is not None:
                yields = belief * forecast.if_power + (1 - belief) * forecast.if_threat
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
        """Whether it waits for its treaties with the victim to end (while there is time)."""
        early = seen.campaign.turn * 2 < seen.campaign.setup.turns
        return early and bool(seen.bonds_with_victim())

    def _open(self, seen: PlanValue, demand: Demand) -> bool:
        return bool(demand.interest(seen.world, seen.me)) and (
            seen.campaign.refusal(demand) is None
        )

    def _wars(self, seen: PlanValue) -> list[Order]:
        """Orders in a war: fronts, and an offer of peace for its aim."""
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
        """What to take in a peace: its target, or else a province that it claims and holds."""
        if seen.target in self._owned(seen, enemy):
            return (seen.target,)
        for province in seen.world.owned(enemy):
            if (seen.me, province.id) in seen.world.atlas.claims and province.holder == seen.me:
                return (province.id,)
        return ()

    def _owned(self, seen: PlanValue, state: str) -> set[str]:
        return {province.id for province in seen.world.owned(state)}

    def _posture(self, seen: PlanValue) -> list[Posture]:
        """Forward if it has a target; else as defensive as states that follow BOT would like."""
        now = seen.world.state(seen.me).posture
        near = seen.circle(6)
        by_threat = sum(1 - self.assumed.get(name, 0.5) for name in near) / max(1, len(near))
        wanted = 4 if seen.victim else 2 if by_threat < 0.35 else 1
        if seen.world.wars_of(seen.me):
            wanted = 3
        step = (wanted > now) - (wanted < now)
        return [Posture(now + step)] if step else []

    def _aid(self, seen: PlanValue) -> list[Aid]:
        """A gift to the state in its circle that it most likely makes less hostile.

        Aid makes a state that follows BOT less hostile and hardly changes one that follows BOP
        (THEORY T10); among equals the strongest gets it. It gives nothing when it needs the money
        for arms: in a war, for a target province, or while its side is no match.
        """
        circle = seen.circle()
        amount = int(seen.campaign.purse * GIVEN)
        spent = seen.victim or seen.outweighed or seen.world.wars_of(seen.me)
        if spent or not circle or amount <= 0:
            return []
        gift = Aid(min(circle, key=lambda name: self.assumed.get(name, 0.5)), amount)
        return [gift] if seen.campaign.refusal(gift) is None else []

    def _budget(self, seen: PlanValue, given: int) -> list[Budget]:
        """Invest early; arm for a war, for a strong side, and at the end; with what aid leaves.

        Except in a war it spends a turn's income and a part of the treasury at most: forces whose
        upkeep it cannot pay are disbanded later.
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
            if seen.campaign.refusal(budget) is None and (budget.cost(seen.world, seen.me) <= most):
                return [budget]
        return []

    # answers

    def _answer(self, seen: PlanValue, question: Question) -> Answer:
        """The answer to one question, by its kind."""
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
            case TellQuestion():
                return "decline"
            case AssuranceQuestion():
                return "none"
        return "accept"

    def _call(self, seen: PlanValue, question: CallQuestion) -> Answer:
        """Honour a call, unless that breaks treaties with more than one state on the other side."""
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
        """In a crisis: climb for its aim if it would win or the other would yield; yield if it
        would lose and the other would not.
        """
        crisis = seen.world.crisis(question.crisis)
        if crisis is None:
            return "hold"
        chance, gives_way = seen.chance(question.by), seen.gives_way(question)
        if crisis.by == seen.me:
            likely = chance >= LIKELY_WIN or gives_way >= LIKELY_YIELD
            if likely and "climb" in question.options:
                return "climb"
            return "yield" if crisis.rung >= 1 and chance < HOPELESS else "hold"
        precious = crisis.stake == "cede"
        if chance < HOPELESS and gives_way < LIKELY_YIELD and not precious:
            return "yield"
        return "hold"

    def _pledge(self, seen: PlanValue, question: PledgeQuestion) -> Answer:
        """With the aim "broker", pledge to the stronger side, so that the weaker one yields."""
        aim = seen.campaign.aim
        if aim is None or aim.kind != "broker":
            return "none"
        sides = [side for side in (question.by, question.of) if side in question.options]
        army = {side: seen.world.state(side).army for side in sides}
        return max(sides, key=lambda side: (army[side], side)) if sides else "none"

    def _join(self, seen: PlanValue, question: JoinQuestion) -> Answer:
        """Join a war against its victim if that side wins; else stay out."""
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
        """Accept a peace that gives it its aim; any peace when it is losing."""
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
