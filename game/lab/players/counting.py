"""What is counted while a computer player plays a campaign out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from game.campaign import Campaign
from game.campaign.policy import Answers, Policy, play_out
from game.scoring import own_side
from game.world.legality import legal
from game.world.orders import Order
from game.world.questions import Question


@dataclass(frozen=True, slots=True)
class Played:
    """A campaign that was played out, and what was counted on the way."""

    campaign: Campaign
    decisions: tuple[int, ...]
    """By turn: orders given, answers given (a question put and weighed is decided, also by a no;
    whether to tell of what one declines is one decision with it), and guesses in the notebook that
    were changed."""
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


def play_and_count(campaign: Campaign, policy: Policy) -> Played:
    """Play a campaign out by a policy. Raises Refused if nobody plays the campaign."""
    counted = _Counted(policy)
    play_out(campaign, counted)
    if campaign.player and campaign.world.state(campaign.player).alive:
        counted.gathered.append(own_side(campaign.world, campaign.player))
    return Played(
        campaign,
        tuple(counted.decisions),
        tuple(counted.matters),
        max(counted.gathered, default=0.0),
    )


@dataclass(slots=True)
class _Counted:
    """A policy that does what another does, and counts it."""

    policy: Policy
    decisions: list[int] = field(default_factory=list)
    matters: list[int] = field(default_factory=list)
    gathered: list[float] = field(default_factory=list)
    """The share on one's own side at the start of each turn."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The other's orders that stand."""
        sight, guesses = campaign.sight, dict(campaign.notebook.now)
        self.gathered.append(own_side(sight.world, sight.me))
        self.matters.append(len(campaign.adviser.matters()))
        given = legal(sight.world, sight.me, self.policy.orders(campaign))
        written = campaign.notebook.now.items()
        changed = sum(guesses.get(state) != now for state, now in written)
        self.decisions.append(len(given) + changed)
        return given

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        """The other's answers."""
        answered = self.policy.answer(campaign, questions)
        kinds = {asked.id: asked.kind for asked in questions}
        self.decisions[-1] += sum(kinds[id] != "tell" for id in answered)
        self.matters[-1] += len(questions)
        return answered
