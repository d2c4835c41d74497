"""A program in the player's seat: what it must be able to do, and a campaign played out by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from game.world.legality import legal
from game.world.orders import Order
from game.world.questions import SILENCE, Answer, Question

if TYPE_CHECKING:
    from game.campaign import Campaign

Answers = dict[str, Answer]
"""Question id -> the answer."""


class Policy(Protocol):
    """One who plays the player's seat: it has a player's orders, and should look at no more than a
    player sees (`sight`, `world`, `events`, `legal_orders`, `adviser`).
    """

    def orders(self, campaign: Campaign, /) -> Sequence[Order]:
        """The turn's orders in rank order; those that cannot stand are left out."""

    def answer(self, campaign: Campaign, questions: Sequence[Question], /) -> Answers:
        """An answer for each question; silence for those left out."""


def play_out(campaign: Campaign, policy: Policy) -> None:
    """Play a campaign to its end, the policy in the player's seat.

    Raises Refused if nobody plays the campaign, and for an answer that is no option of a question.
    """
    while not campaign.over:
        sight = campaign.sight
        campaign.submit(legal(sight.world, sight.me, policy.orders(campaign)))
        while questions := campaign.questions():
            silent = {question.id: SILENCE[question.kind] for question in questions}
            campaign.answer({**silent, **policy.answer(campaign, questions)})
