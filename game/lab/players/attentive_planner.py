"""The attentive: a planner who also meets the matters of each turn with what envoys are left."""

from collections.abc import Sequence

from game.campaign import Campaign
from game.lab.players.planner import Planner
from game.world.legality import legal
from game.world.orders import Order


class AttentivePlanner(Planner):
    """Gives its own orders first, then whatever order a matter suggests that still stands."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The planner's orders, and those that meet the matters."""
        world, me = campaign.sight.world, campaign.player or ""
        given = legal(world, me, super().orders(campaign))
        matters = campaign.adviser.matters()
        suggested = [matter.order for matter in matters if matter.order is not None]
        return legal(world, me, (*given, *suggested))
