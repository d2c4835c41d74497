"""Fixed scripts: players that always do the same. None should beat a planner."""

from collections.abc import Sequence

from game.campaign import Campaign
from game.campaign.policy import Answers
from game.dice import draw
from game.world.legality import envoys, is_neighbour
from game.world.model import World
from game.world.orders import (
    Aid,
    Budget,
    Demand,
    Offer,
    Order,
    Posture,
    Terms,
)
from game.world.questions import Question

FASTEST = 1_200
"""The fastest growth of forces that a budget allows, bp a turn."""
MOST_OFFENSIVE = 4
"""The last of the five postures."""
LIKELY_WIN = 5_000
"""The least odds at which a bully climbs in a crisis, bp."""


class Pass:
    """Orders nothing and answers with silence."""

    def orders(self, _campaign: Campaign) -> Sequence[Order]:
        """Nothing."""
        return ()

    def answer(self, _campaign: Campaign, _questions: Sequence[Question]) -> Answers:
        """Silence."""
        return {}


class KeepsItsWord:
    """The base of the scripts below: it honours calls and answers nothing else."""

    def answer(self, _campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """Honour every call; silence to all else."""
        return {question.id: "honour" for question in questions if question.kind == "call"}


class DefendAndSign(KeepsItsWord):
    """Offers a defence pact to everybody, the strongest first, and signs whatever it is offered."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """As many defence pacts as there are envoys."""
        world, me = campaign.sight.world, _me(campaign)
        return [Offer(other, Terms(("defense",))) for other in _free(campaign, world, me)]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """Sign everything."""
        return {
            **super().answer(campaign, questions),
            **{question.id: "accept" for question in questions if question.kind == "offer"},
        }


class Arm(KeepsItsWord):
    """Spends all it has on army and fleet, every turn."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The fastest growth of forces that it can pay for."""
        return _armed(campaign)


class Bully(KeepsItsWord):
    """Arms, takes an offensive posture, and demands all it may, from the weakest state first."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """Demands, a step toward the offensive, arms."""
        world, me = campaign.sight.world, _me(campaign)
        forms = {form.kind: form for form in campaign.legal_orders()}
        found: Sequence[Demand] = forms["demand"].domains["demand"] if "demand" in forms else ()
        demands = sorted(found, key=lambda one: (world.state(one.of).army, one.of, one.stake))
        posture = world.state(me).posture
        step = [Posture(posture + 1)] if posture < MOST_OFFENSIVE else []
        return [*demands, *step, *_armed(campaign)]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """Climb if the odds are even or better; else hold."""
        answers = super().answer(campaign, questions)
        for question in questions:
            if question.kind == "crisis" and "climb" in question.options:
                strong = campaign.adviser.war_odds(question.by) >= LIKELY_WIN
                answers[question.id] = "climb" if strong else "hold"
        return answers


class Bribe(KeepsItsWord):
    """Gives its money to great powers and neighbours, and offers them pacts."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """Half its money in equal gifts, and defence pacts with a burden paid to the partner."""
        world, me = campaign.sight.world, _me(campaign)
        friends = [
            other
            for other in world.playing()
            if other != me and (world.state(other).great or is_neighbour(world, me, other))
        ]
        share = campaign.purse // (2 * max(1, len(friends)))
        gifts = [Aid(other, share) for other in friends if share > 0]
        pacts = [
            Offer(other, Terms(("defense",), burden=500)) for other in _free(campaign, world, me)
        ]
        return [*gifts, *pacts]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """Sign everything."""
        return {
            **super().answer(campaign, questions),
            **{question.id: "accept" for question in questions if question.kind == "offer"},
        }


class JoinTheStrongest(KeepsItsWord):
    """Allies with the strongest other state alone, and takes its side in every quarrel."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """A defence pact for the strongest, and a little aid."""
        strongest = _strongest(campaign)
        return [
            Offer(strongest, Terms(("defense",))),
            Aid(strongest, max(1, campaign.purse // 8)),
        ]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """Sign with it, pledge to it, join its side."""
        answers = super().answer(campaign, questions)
        strongest = _strongest(campaign)
        for question in questions:
            match question.kind:
                case "offer" if question.by == strongest:
                    answers[question.id] = "accept"
                case "pledge" if strongest in question.options:
                    answers[question.id] = strongest
                case "join":
                    war = campaign.world.war(question.war)
                    side = war.side(strongest) if war is not None else ""
                    if side in question.options:
                        answers[question.id] = side
        return answers


class Random:
    """Draws orders and answers at random, by the campaign's seed."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """A few legal orders at random."""

        def keyed(*subject: str | int) -> float:
            return draw(campaign.setup.seed, campaign.turn, "player", _me(campaign), *subject)

        return campaign.legal_orders().sample(keyed)

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """One of the options at random."""
        return {
            question.id: question.options[
                int(
                    draw(campaign.setup.seed, campaign.turn, "answer", _me(campaign), question.id)
                    * len(question.options)
                )
            ]
            for question in questions
        }


def _me(campaign: Campaign) -> str:
    return campaign.player or ""


def _free(campaign: Campaign, world: World, me: str) -> list[str]:
    """Those who could be offered a defence pact, the strongest first, one for each envoy."""
    share = {name: reading.share for name, reading in campaign.adviser.readings("BOP").items()}
    terms = Terms(("defense",))
    open_to = [
        other
        for other in sorted(share, key=lambda name: (-share[name], name))
        if campaign.refusal(Offer(other, terms)) is None
    ]
    return open_to[: envoys(world, me)]


def _armed(campaign: Campaign) -> list[Order]:
    """The budget with the fastest growth of forces that it can pay for."""
    paces = (FASTEST, FASTEST * 2 // 3, FASTEST // 3, FASTEST // 6)
    for budget in (*(Budget(army=pace, fleet=pace) for pace in paces), Budget(army=FASTEST // 6)):
        if campaign.refusal(budget) is None:
            return [budget]
    return []


def _strongest(campaign: Campaign) -> str:
    share = campaign.adviser.readings("BOP")
    return min(share, key=lambda name: (-share[name].share, name))
