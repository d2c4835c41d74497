"""The envelope: what each state follows, sealed from the player and from the inference.

A world holds nothing of this. It is drawn from the seed, unless the map or a flag says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from game.dice import draw
from game.theory.choice_rule import TEMPERATURE
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.rules import BP

MICRO = 1_000_000
"""Parts of a unit of temperature."""
NOISE = {"easy": 2.0, "normal": 1.0, "hard": 0.6}
"""What difficulty does to a rival's noise, and it does nothing else (DESIGN, The world)."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What a state follows. `ambition` in bp, `temperature` in millionths of the utility unit."""

    doctrine: str
    ambition: int
    temperature: int

    @property
    def noise(self) -> float:
        """The temperature of its choices."""
        return self.temperature / MICRO

    @property
    def drive(self) -> float:
        """Its ambition as a fraction."""
        return self.ambition / BP


Envelope = Mapping[str, Seat]


def seal(
    doc: MapDoc,
    world: World,
    seed: int,
    difficulty: str = "normal",
    doctrines: Mapping[str, str] | None = None,
) -> Envelope:
    """Draw the envelope of a campaign.

    Poles draw BOP or BOT, at least two of each where there are four or more; lesser states are BOT,
    for only Walt's theory covers them (THEORY W13). `doctrines` (state -> id) overrides the draw
    and the map.
    """
    chosen = {**{name: entry.doctrine for name, entry in doc.states.items()}, **(doctrines or {})}
    open_poles = [
        state.id for state in world.states if state.great and chosen.get(state.id) is None
    ]
    drawn = _draw_poles(world, seed, open_poles, chosen)
    temperature = round(TEMPERATURE * MICRO * NOISE[difficulty])
    seats = {}
    for state in world.states:
        entry = doc.states[state.id]
        ambition = entry.ambition
        if ambition is None:
            ambition = 0.2 + 0.6 * draw(seed, 0, "envelope", state.id, "ambition")
        doctrine = chosen.get(state.id) or drawn.get(state.id, "BOT")
        seats[state.id] = Seat(doctrine, round(ambition * BP), temperature)
    return seats


def _draw_poles(
    world: World,
    seed: int,
    open_poles: list[str],
    chosen: Mapping[str, str | None],
) -> dict[str, str]:
    """BOP or BOT for each open pole; the least certain give way where one is too rare."""
    chances = {name: draw(seed, 0, "envelope", name, "doctrine") for name in open_poles}
    drawn = {name: "BOP" if chance < 0.5 else "BOT" for name, chance in chances.items()}
    poles = [state.id for state in world.states if state.great]
    if len(poles) < 4:
        return drawn
    for wanted, other in (("BOP", "BOT"), ("BOT", "BOP")):
        fixed = sum(chosen.get(name) == wanted for name in poles)
        spare = sorted(
            (name for name in open_poles if drawn[name] == other),
            key=lambda name: (abs(chances[name] - 0.5), name),
        )
        while fixed + sum(value == wanted for value in drawn.values()) < 2 and spare:
            others = sum(chosen.get(name) == other for name in poles)
            others += sum(value == other for value in drawn.values())
            if others <= 2:
                break
            drawn[spare.pop(0)] = wanted
    return drawn
