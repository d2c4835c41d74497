"""What a computer player is, and how one plays a campaign out through the public API."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from game.campaign import Campaign
from game.scoring import own_side
from game.world.legality import legal
from game.world.orders import Order
from game.world.questions import SILENCE, Answer, Question

Answers = dict[str, Answer]


class Policy(Protocol):
    """One who plays the player's seat: it sees what a player sees, and has a player's orders."""

    def orders(self, campaign: Campaign, /) -> Sequence[Order]:
        """The turn's orders in rank order; those that cannot stand are left out."""

    def answer(self, campaign: Campaign, questions: Sequence[Question], /) -> Answers:
        """An answer for each question; silence for those left out."""


@dataclass(frozen=True, slots=True)
class Played:
    """A campaign that was played out, and what was counted on the way."""

    campaign: Campaign
    decisions: tuple[int, ...]
    """By turn: orders given, answers given (a question put and weighed is decided, also by a no),
    and guesses in the notebook that were changed."""
    matters: tuple[int, ...]
    """By turn: matters shown and questions asked."""
    own_side: float
    """The largest share of the world's capability ever gathered on one's own side, 0 to 1."""

    @property
    def longest_without_matter(self) -> int:
        """The most turns running in which nothing wanted deciding."""
        longest = run = 0
        for shown in self.matters:
            run = 0 if shown else run + 1
            longest = max(longest, run)
        return longest


def play_out(
    campaign: Campaign,
    policy: Policy,
    after_turn: Callable[[Campaign], None] | None = None,
) -> Played:
    """Play a campaign to its end by a policy. Raises Refused if nobody plays the campaign."""
    decisions: list[int] = []
    matters: list[int] = []
    gathered = 0.0
    while not campaign.over:
        world, me = campaign.sight.world, campaign.player or ""
        gathered = max(gathered, own_side(world, me))
        shown = len(campaign.adviser.matters())
        guesses = dict(campaign.notebook.now)
        given = legal(world, me, policy.orders(campaign))
        made = len(given)
        made += sum(guesses.get(state) != now for state, now in campaign.notebook.now.items())
        campaign.submit(given)
        while questions := campaign.questions():
            silent = {question.id: SILENCE[question.kind] for question in questions}
            answered = policy.answer(campaign, questions)
            answers = {**silent, **answered}
            made += len(answered)
            shown += len(questions)
            campaign.answer(answers)
        decisions.append(made)
        matters.append(shown)
        if after_turn is not None:
            after_turn(campaign)
    world = campaign.world
    if campaign.player and world.state(campaign.player).alive:
        gathered = max(gathered, own_side(world, campaign.player))
    return Played(campaign, tuple(decisions), tuple(matters), gathered)
