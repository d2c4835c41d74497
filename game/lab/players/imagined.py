"""Turns played forward in a player's head: from what it saw, under what it assumes of its rivals.

Nothing here reads an envelope, the campaign's seed, or what the player did not see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from game import play
from game.campaign import Campaign
from game.campaign.notebook import Notebook
from game.campaign.policy import Policy
from game.campaign.saving import Parts
from game.dice import draw
from game.history import History, TurnRecord
from game.rivals.envelope import MICRO, Envelope, Seat
from game.scoring import UNDECIDED
from game.theory.choice_rule import TEMPERATURE
from game.theory.frame import Frame, frame
from game.world.beliefs import Beliefs
from game.world.knowledge import visible
from game.world.legality import legal
from game.world.model import World
from game.world.orders import Order
from game.world.rules import BP
from game.world.world_setup import build_world

MIDDLING = 0.5
"""The ambition assumed of every state, as in forecasts."""
SEEDS = 1_000_000
"""Seeds of imagined campaigns are drawn below this."""


@dataclass(slots=True)
class SeenCampaign:
    """A campaign as its player saw it, turn by turn, as far as it has been `follow`ed."""

    records: list[TurnRecord] = field(default_factory=list)
    """The turns that are over: seen worlds and visible events, no orders and no answers."""
    beliefs: list[Beliefs] = field(default_factory=list)
    """What all states believe, as the player estimates it: before each turn."""
    start: World | None = None
    measured_by: Frame | None = None

    def follow(self, campaign: Campaign) -> None:
        """Add what was seen since the last call; call it once each turn, before orders are given.

        Raises ValueError if a turn was left out.
        """
        seen, turns = campaign.sight.world, campaign.history.turns
        if self.start is None:
            doc = campaign.setup.map
            self.start = seen
            self.measured_by = frame(doc, seen, build_world(doc)[1])
        elif len(turns) == len(self.records) + 1:
            last, me = turns[-1], campaign.sight.me
            events = tuple(visible(last.events, me))
            before = self.records[-1].end if self.records else self.start
            self.records.append(TurnRecord(last.turn, before, {}, (), events, seen, ""))
        if len(turns) != len(self.records):
            raise ValueError(f"turn {len(self.records) + 1} was not followed")
        if len(self.beliefs) == len(self.records):
            self.beliefs.append(campaign.adviser.estimate)

    def imagine(self, campaign: Campaign, assumed: Mapping[str, float], number: int) -> Campaign:
        """A campaign that could be this one, where it stands now: the `number`-th that is drawn.

        A rival fears power with the probability that is assumed of it. Campaigns of the same turn
        and number have the same dice and doctrines, whatever is done in them.
        """
        assert self.start is not None
        assert self.measured_by is not None
        seed, again = (
            int(draw(0, campaign.turn, "imagined", campaign.sight.me, at) * SEEDS)
            for at in (number, number // 2)
        )
        setup = replace(campaign.setup, seed=seed)
        history = History(setup, self.start, tuple(self.records))
        envelope = _seats(history.world, again, assumed, mirrored=number % 2 == 1)
        position = play.Position(history, envelope, self.measured_by, tuple(self.beliefs))
        return Campaign(Parts(position, Notebook(now=dict(assumed))))


def _seats(world: World, seed: int, assumed: Mapping[str, float], *, mirrored: bool) -> Envelope:
    """A seat for each state. Draws come in pairs, of which one is the mirror of the other, so that
    what is assumed to be even is one half of the time each.
    """
    seats = {}
    for state in world.states:
        chance = draw(seed, 0, "imagined", state.id)
        chance = 1.0 - chance if mirrored else chance
        doctrine = "BOP" if chance < assumed.get(state.id, UNDECIDED) else "BOT"
        seats[state.id] = Seat(doctrine, round(MIDDLING * BP), round(TEMPERATURE * MICRO))
    return seats


def play_on(campaign: Campaign, orders: Sequence[Order], policy: Policy, turns: int) -> None:
    """Play some turns of a campaign: the first with these orders, the others without any.

    The policy answers what is asked.
    """
    sight = campaign.sight
    given = legal(sight.world, sight.me, orders)
    for _ in range(turns):
        if campaign.over:
            return
        campaign.submit(given)
        given = ()
        while questions := campaign.questions():
            campaign.answer({**play.silence(questions), **policy.answer(campaign, questions)})
