"""The figures that the player sees, taken apart: `campaign.adviser.explanations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.advice import explained
from game.advice import forecast as forecasts
from game.advice.explained import READINGS
from game.advice.explained_choices import explained_forecast, explained_worth
from game.advice.explained_form import Explained
from game.advice.explained_matters import explained_matter, explained_order
from game.advice.explained_means import explained_means
from game.advice.explained_points import explained_points
from game.advice.imagined import Imagined
from game.theory.frame import Frame
from game.words.grammar import with_article
from game.world.model import World
from game.world.orders import Offer, Order
from game.world.questions import Answer, Question

if TYPE_CHECKING:
    from game.advice.order_values import Matter
    from game.campaign import Campaign


class Explanations:
    """What stands behind the figures of a campaign that somebody plays, as the player sees it."""

    def __init__(self, campaign: Campaign, frame: Frame, imagined: Imagined) -> None:
        self._campaign = campaign
        self._frame = frame
        self._imagined = imagined

    def state(self, state: str) -> tuple[Explained, ...]:
        """Share, danger under both readings and repute of a state; of one's own, its insecurity."""
        sight = self._campaign.sight
        if state == sight.me:
            found = [explained.explained_insecurity(sight, self._frame, one) for one in READINGS]
        elif sight.facts.there[sight.world.atlas.state_index[state]]:
            found = [
                explained.explained_danger(sight, self._frame, lens, state) for lens in READINGS
            ]
        else:
            return ()
        return (
            *found,
            explained.explained_share(sight.world, state),
            explained.explained_repute(*self._course, state, "reliability"),
            explained.explained_repute(*self._course, state, "resolve"),
        )

    def order(self, order: Order, *, countering: bool = False) -> tuple[Explained, ...]:
        """An order's forecast and what it is worth, under both readings, term by term."""
        found = self._forecast(order, countering=countering)
        if isinstance(order, Offer) and not countering:
            found += explained_order(self._campaign.sight, self._frame, order)
        return found

    def _forecast(self, order: Order, *, countering: bool = False) -> tuple[Explained, ...]:
        """Why who is asked by an order would say yes or no; nothing where nobody is asked."""
        campaign = self._campaign
        weighed = forecasts.weighed(campaign.sight, self._imagined, order, countering=countering)
        name = with_article(campaign.atlas.name(order.target)) if order.target else ""
        return explained_forecast(name, weighed) if weighed else ()

    def matter(self, matter: Matter) -> tuple[Explained, ...]:
        """The figure that a matter is about, then the odds and the worth of the order it suggests.

        Both readings, each with its parts.
        """
        campaign, me = self._campaign, self._campaign.sight.me
        match matter.kind:
            case "war" | "crisis":
                found = self.war(*campaign.adviser.war_sides(matter.state))
            case "budget":
                found = self.means()[:2]
            case "network":
                found = (explained.explained_network(*self._course, me, matter.state),)
            case _:
                found = explained_matter(
                    campaign.sight, self._imagined.estimate, self._frame, matter
                )
        if matter.order is None:
            return found
        return (
            *found,
            *self._forecast(matter.order),
            *explained_order(campaign.sight, self._frame, matter.order),
        )

    @property
    def _course(self) -> tuple[list[World], list[str]]:
        """What the player saw at the start of each turn so far and now, and the turns' dates."""
        worlds = [seen.world for seen in self._campaign.past_sights]
        return worlds, [self._campaign.atlas.date(turn) for turn in range(1, len(worlds))]

    def answer(self, question: Question, answer: Answer) -> tuple[Explained, ...]:
        """What an answer is worth to the player's security, under both readings, term by term."""
        return explained_worth(
            forecasts.weigh_terms(self._campaign.sight, self._frame, question, answer)
        )

    def war(self, attackers: tuple[str, ...], defenders: tuple[str, ...]) -> tuple[Explained, ...]:
        """The strengths of two sides of a war, which make its odds."""
        return explained.explained_strengths(self._campaign.world, attackers, defenders)

    def means(self) -> tuple[Explained, ...]:
        """The money and the envoys that the player has left this turn."""
        campaign = self._campaign
        return explained_means(
            campaign.sight.world, campaign.sight.me, campaign.purse, campaign.envoys_left
        )

    def points(self, most_insight: float | None = None) -> tuple[Explained, ...]:
        """The player's points so far, with what is sealed of them, and security's formula.

        `most_insight` is that of `Debriefing.most_insight`, which takes a moment to work out.
        """
        campaign = self._campaign
        score = campaign.debriefing.score(insight=campaign.over)
        sealed = not (campaign.over or campaign.setup.teaching)
        return explained_points(score, sealed=sealed, most_insight=most_insight)
