"""Players that learn what their rivals fear from what they see alone."""

from collections.abc import Sequence
from functools import partial

from game.campaign import Campaign
from game.campaign.policy import Answers
from game.lab.players.ahead_planner import AheadPlanner
from game.scoring import UNDECIDED
from game.world.orders import Order
from game.world.questions import SILENCE, Question


class Follow:
    """Does what the screen suggests: copies the evidence, and takes what is valued most.

    Its orders are those that the turn's matters suggest, its answer to a question is the option
    that adds most to security, and its notebook is the estimate from what it saw.
    """

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The order of each matter, and the offer that promises most if it is a gain."""
        copy_evidence(campaign)
        suggested = [one.order for one in campaign.adviser.matters() if one.order is not None]
        promising = campaign.adviser.best_offer()
        if promising is not None and sum(campaign.adviser.order_gain(promising).values()) > 0:
            suggested.append(promising)
        return suggested

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """The option that adds most to security, in the mean of both readings; silence if equal."""

        def gain(question: Question, option: str) -> tuple[float, bool]:
            added = campaign.adviser.answer_gain(question, option)
            return sum(added.values()), option == SILENCE[question.kind]

        return {
            question.id: max(question.options, key=partial(gain, question))
            for question in questions
        }


class Reader(AheadPlanner):
    """A planner that assumes 50/50 of its rivals at first, and then what the evidence says."""

    def __init__(self) -> None:
        super().__init__({})

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The planner's orders, under what it has seen by now."""
        self.assumed.update(copy_evidence(campaign))
        return super().orders(campaign)


def copy_evidence(campaign: Campaign) -> dict[str, float]:
    """Write of each great power what its conduct shows, as far as the player saw it.

    Returns what was written: state -> the probability that it fears power. No envelope is read.
    """
    world, me = campaign.sight.world, campaign.player
    rivals = [
        one.id for one in world.states if one.great and one.id in world.playing() and one.id != me
    ]
    if not campaign.history.turns:
        found = dict.fromkeys(rivals, UNDECIDED)
    else:
        estimates = campaign.adviser.doctrine_estimates(rivals)
        found = {state: estimate.power for state, estimate in estimates.items()}
    for state, probability in found.items():
        campaign.notebook.write(state, probability)
    return found
