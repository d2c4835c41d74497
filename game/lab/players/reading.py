"""Players that know of their rivals what they saw: one plans by it, one copies it and follows."""

from collections.abc import Mapping, Sequence

from game.campaign import Campaign
from game.campaign.policy import Answers
from game.lab.players.planner import Planner
from game.world.orders import Aid, Order
from game.world.public_finance import surplus
from game.world.questions import Question

BOUGHT = 0.25
"""The share of its surplus that `Follow` gives to the partner whose help it needs most."""


def read(campaign: Campaign) -> Mapping[str, float]:
    """Rival -> how likely it follows BOP, from all that the player has seen of it."""
    me = campaign.player or ""
    rivals = [state for state in campaign.sight.world.playing() if state != me]
    found = campaign.adviser.doctrine_estimates(rivals)
    return {state: estimate.power for state, estimate in found.items()}


class Reader:
    """A planner that is told nothing: it begins at 50/50 and infers, from what it sees alone."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The planner's orders, by what the deeds of each rival show so far."""
        self.planner.assumed = dict(read(campaign))
        return self.planner.orders(campaign)

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """The planner's answers."""
        return self.planner.answer(campaign, questions)


class Follow:
    """Copies what the deeds show into its notebook and does what the screen values most.

    It gives every order that a matter suggests, makes the best offer, pays whom that is made to,
    and gives each question the answer that is worth most to its security.
    """

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The suggested orders; those that cannot stand beside one another are left out."""
        for state, power in read(campaign).items():
            campaign.notebook.write(state, power)
        given = [one.order for one in campaign.adviser.matters() if one.order is not None]
        best = campaign.adviser.best_offer()
        if best is None:
            return given
        world, me = campaign.sight.world, campaign.sight.me
        amount = int(BOUGHT * max(0, surplus(world, me)))
        bought = [Aid(best.to, amount)] if amount else []
        return [*given, best, *bought]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """To each what is worth most, by the mean of both readings."""
        return {question.id: _dearest(campaign, question) for question in questions}


def _dearest(campaign: Campaign, question: Question) -> str:
    def worth(option: str) -> float:
        gain = campaign.adviser.answer_gain(question, option)
        return sum(gain.values())

    return max(question.options, key=worth)
