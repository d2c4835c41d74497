"""A planner that also gives the orders suggested by the turn's matters, if envoys are left."""

from collections.abc import Sequence

from game.campaign import Campaign
from game.lab.players.planner import Planner
from game.world.legality import legal
from game.world.orders import Order


class AttentivePlanner(Planner):
    """Gives its own orders first, then each order that a matter suggests and that is legal."""

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        """The planner's orders, and those that the matters suggest."""
        world, me = campaign.sight.world, campaign.player or ""
        given = legal(world, me, super().orders(campaign))
        matters = campaign.adviser.matters()
        suggested = [matter.order for matter in matters if matter.order is not None]
        return legal(world, me, (*given, *suggested))
