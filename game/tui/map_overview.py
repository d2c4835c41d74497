"""An overview of a map before a campaign: its states, how safe they are, their aims."""

from dataclasses import dataclass

from game import words
from game.messages import PlayerMessage
from game.world.atlas import Aim
from game.world.legality import is_neighbour
from game.world.model import World

HARD, EASY = 1.2, 0.8
"""Insecurity / mean insecurity: above the one a state is hard to lead, below the other easy."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A state that the player can lead."""

    id: str
    name: str
    leader: str
    position: str
    """Its situation, in a line."""
    hardness: str
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MapOverview:
    """A map that can be played."""

    world: World
    title: str
    summary: str
    description: str
    briefing: str
    seats: tuple[Seat, ...]
    """The default first, then in the order of the map."""

    def seat(self, id: str) -> Seat:
        """The entry of a state; the first entry for an unknown id."""
        return next((seat for seat in self.seats if seat.id == id), self.seats[0])


@dataclass(frozen=True, slots=True)
class Unplayable:
    """A map that cannot be played, and why in a sentence."""

    sentence: str


def map_overview(map: str) -> MapOverview | Unplayable:
    """Read a map and compute how safe its states are. Slow: call it in a thread."""
    from game.campaign import Campaign
    from game.maps.load import load_map

    try:
        doc = load_map(map)
    except (PlayerMessage, OSError) as problem:
        return Unplayable(str(problem))
    campaign = Campaign.new(doc, player=None, seed=0)
    world = campaign.world
    atlas = world.atlas
    seats = []
    for state in world.states:
        if state.committed == 0:
            continue
        level = campaign.adviser.insecurity(state.id)
        mean = sum(level.values()) / max(1, len(level))
        hardness = "hard" if mean >= HARD else "gentle" if mean <= EASY else "fair"
        sheet = atlas.sheet(state.id)
        seats.append(
            Seat(
                state.id,
                sheet.name,
                sheet.leader,
                _position(campaign, state.id),
                hardness,
                campaign_aims(world, state.id),
            )
        )
    poles = sum(state.great for state in world.states)
    span = f"{atlas.turns} turns, beginning in {atlas.date(1)}"
    summary = f"{len(seats)} states, {poles} great; {span}"
    return MapOverview(world, doc.title, summary, doc.description, doc.briefing, tuple(seats))


def campaign_aims(world: World, state: str) -> tuple[Aim, ...]:
    """The aims that a state can choose."""
    from game.scoring import aims_of

    return aims_of(world.atlas, state)


def _position(campaign: object, id: str) -> str:
    from game.world.capability import capability
    from game.world.rules import BP

    world: World = campaign.world  # type: ignore[attr-defined]
    shares = capability(world)
    index = world.atlas.state_index[id]
    rank = int((shares > shares[index]).sum()) + 1
    near = [
        state.id for state in world.states if state.id != id and is_neighbour(world, id, state.id)
    ]
    allies = world.bound_to(id)
    rivals = [other for one, other in world.atlas.rivalries if one == id]
    kind = "great power" if world.state(id).great else "lesser state"
    return (
        f"A {kind}, number {rank} of {len(world.playing())} in capability "
        f"({words.percent(int(shares[index]) / BP)}); "
        f"{_count(len(near), 'neighbour')}, {_count(len(allies), 'ally', 'allies')}, "
        f"{_count(len(rivals), 'rival')}."
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"
