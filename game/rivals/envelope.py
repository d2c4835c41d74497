"""The envelope: each state's doctrine, ambition, noise and temperament.

Hidden from player and inference; none of it is in a world. It is drawn from the seed unless the map
or a flag says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from game.dice import draw
from game.rivals.temperament import EVEN, Temperament, drawn
from game.theory.choice_rule import TEMPERATURE
from game.theory.doctrine import PLAIN, Habits, habit_factor
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.rules import BP

MICRO = 1_000_000
"""Temperatures are whole numbers of millionths of the unit of utility."""
NOISE = {"easy": 2.0, "normal": 1.0, "hard": 0.6}
"""Difficulty -> the factor on a rival's temperature, its only effect (DESIGN, The world)."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A state's entry. `ambition` in bp, `temperature` in millionths of the unit of utility."""

    doctrine: str
    ambition: int
    temperature: int
    habits: Habits = PLAIN
    """How it reckons otherwise than its doctrine says, in whole bp."""
    temperament: Temperament = EVEN
    """What it is like; it has no part in what it fears."""

    @property
    def noise(self) -> float:
        """The temperature of its choices, in the unit of utility."""
        return self.temperature / MICRO

    @property
    def drive(self) -> float:
        """Its ambition, 0 to 1."""
        return self.ambition / BP


Envelope = Mapping[str, Seat]


def seal(
    doc: MapDoc,
    world: World,
    seed: int,
    difficulty: str = "normal",
    doctrines: Mapping[str, str] | None = None,
    *,
    alike: bool = False,
) -> Envelope:
    """Draw the envelope of a campaign: state -> seat.

    Great powers draw BOP or BOT; if there are four or more, at least two get each. Lesser states
    are BOT, because only Walt's theory covers them (THEORY W13). `doctrines` (state -> id)
    overrides the map, and the map overrides the draw. Ambition is drawn evenly from 0.2 to 0.8.
    Each state has habits and a temperament of its own and is more or less steady, unless all are
    to be `alike` (for teaching): factors from a half to double, drawn evenly on their logarithm;
    traits drawn evenly.
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
        seat = Seat(doctrine, round(ambition * BP), temperature)
        seats[state.id] = seat if alike else _of_its_own(seat, seed, state.id, great=state.great)
    return seats


def _of_its_own(seat: Seat, seed: int, state: str, *, great: bool) -> Seat:
    """A seat with habits, a temperament and a steadiness of its own.

    How allies and odds count is a habit of great powers alone: each that has one sees another
    field of forces than the rest, which costs time where there are hundreds.
    """

    def factor(name: str) -> float:
        return habit_factor(draw(seed, 0, "envelope", state, name))

    habits = Habits(feeding=factor("feeding"), entanglement=factor("entanglement"))
    if great:
        habits = replace(habits, allies=factor("allies"), contest=factor("contest"))
    temperature = round(seat.temperature * factor("noise"))
    temper = drawn(lambda trait: draw(seed, 0, "envelope", state, trait))
    return replace(seat, habits=habits, temperature=temperature, temperament=temper)


def _draw_poles(
    world: World,
    seed: int,
    open_poles: list[str],
    chosen: Mapping[str, str | None],
) -> dict[str, str]:
    """BOP or BOT for each great power without a doctrine.

    If one of the two is too rare, the states whose draw was nearest to 0.5 change theirs.
    """
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
