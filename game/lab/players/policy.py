"""The protocol of a computer player, and the loop in which one plays a campaign to its end."""

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
    """A computer player: it sees and may order what a human player can."""

    def orders(self, campaign: Campaign, /) -> Sequence[Order]:
        """The orders of the turn, most important first; illegal ones are skipped."""

    def answer(self, campaign: Campaign, questions: Sequence[Question], /) -> Answers:
        """The answers by question id; a question without one is answered by silence."""


@dataclass(frozen=True, slots=True)
class Played:
    """A campaign played to its end, and what was counted on the way."""

    campaign: Campaign
    decisions: tuple[int, ...]
    """By turn: how many decisions the player took. A decision is an order, an answer (a refusal
    too), or a changed guess in the notebook."""
    matters: tuple[int, ...]
    """By turn: how many matters were shown and questions asked."""
    own_side: float
    """The largest share of the world's capability that was on the player's side, 0 to 1."""

    @property
    def longest_without_matter(self) -> int:
        """The longest run of turns without a matter or a question."""
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
        shown = len(campaign.matters())
        guesses = dict(campaign.notebook)
        given = legal(world, me, policy.orders(campaign))
        made = len(given)
        made += sum(guesses.get(state) != now for state, now in campaign.notebook.items())
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
