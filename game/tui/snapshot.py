"""All that the panels show, computed from a campaign at once, in a thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.scoring import AimStatus
from game.world import public_finance
from game.world.capability import capability
from game.world.events import Event
from game.world.model import World
from game.world.orders import Order
from game.world.rules import BP

if TYPE_CHECKING:
    from game.advice.matters import Matter
    from game.campaign import Campaign
    from game.campaign.adviser import Reading

LENSES = ("BOP", "BOT")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A campaign at a moment, as the player sees it."""

    world: World
    me: str
    turn: int
    turns: int
    date: str
    over: bool
    pending: tuple[Order, ...]
    envoys_left: int
    purse: int
    surplus: int
    readings: Mapping[str, Mapping[str, Reading]]
    """Lens -> state -> reading."""
    insecurity: Mapping[str, float]
    factors: Mapping[str, Mapping[str, float]]
    """State -> {factor: 0 to 1}, for the states feared most under either lens."""
    matters: tuple[Matter, ...]
    happened: tuple[Event, ...]
    """The events of the last turn that the player sees."""
    aim: AimStatus | None
    before: Mapping[str, tuple[float, float]]
    """State -> (share, threat by Walt) a turn ago; empty on the first turn."""

    def with_orders(self, campaign: Campaign) -> Snapshot:
        """The same snapshot with the player's present orders."""
        return replace(
            self,
            pending=campaign.pending,
            envoys_left=campaign.envoys_left,
            purse=campaign.purse,
        )

    def share(self, state: str) -> float:
        """A state's share of capability, 0 to 1."""
        index = self.world.atlas.state_index[state]
        return int(capability(self.world)[index]) / BP

    def threat(self, lens: str, state: str) -> float:
        """How dangerous a state is to me under a lens; the largest is about 1."""
        reading = self.readings[lens].get(state)
        return reading.threat if reading else 0.0


def take(campaign: Campaign, before: Snapshot | None = None) -> Snapshot:
    """A snapshot of a campaign; `before` is one of the turn before, to show what changed."""
    readings = {lens: campaign.adviser.readings(lens) for lens in LENSES}
    first = {
        state
        for lens in LENSES
        for state in sorted(readings[lens], key=lambda one: -readings[lens][one].threat)[:3]
    }
    earlier: dict[str, tuple[float, float]] = {}
    if before is not None and before.turn < campaign.turn:
        earlier = {
            state: (before.share(state), before.threat("BOT", state))
            for state in before.readings["BOP"]
        }
    elif before is not None:
        earlier = dict(before.before)
    return Snapshot(
        world=campaign.world,
        me=campaign.player or "",
        turn=campaign.turn,
        turns=campaign.setup.turns,
        date=campaign.date,
        over=campaign.over,
        pending=campaign.pending,
        envoys_left=campaign.envoys_left,
        purse=campaign.purse,
        surplus=public_finance.surplus(campaign.world, campaign.player or ""),
        readings=readings,
        insecurity=campaign.adviser.insecurity(),
        factors={state: campaign.adviser.threat_factors(state) for state in sorted(first)},
        matters=tuple(campaign.adviser.matters()[:3]),
        happened=campaign.report(),
        aim=campaign.debriefing.aim_status,
        before=earlier,
    )


def preview(world: World, me: str = "") -> Snapshot:
    """A snapshot of a map alone, before there is a campaign."""
    atlas = world.atlas
    return Snapshot(
        world=world,
        me=me,
        turn=1,
        turns=atlas.turns,
        date=atlas.date(1),
        over=False,
        pending=(),
        envoys_left=0,
        purse=0,
        surplus=0,
        readings={lens: {} for lens in LENSES},
        insecurity={},
        factors={},
        matters=(),
        happened=(),
        aim=None,
        before={},
    )
