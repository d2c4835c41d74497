"""The campaign turn by turn as one state saw it: power, threat and money of each, and pacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.advice.forecast import READINGS
from game.theory.frame import Frame
from game.world.model import Treaty
from game.world.sight import Sight

Series = Mapping[str, Sequence[float | None]]
"""State -> its value at the start of each turn; None where it is no longer there."""
MEASURES = ("power", "threat by power", "threat by threat", "treasury")


@dataclass(frozen=True, slots=True)
class SeenCourse:
    """What was seen at the start of every turn so far, and of the one to come."""

    series: Mapping[str, Series]
    """By measure: power is a share of the world's capability, 0 to 1; a threat is what the seeing
    state faces from another, in the unit of insecurity (THEORY W1, T1); treasury is in units."""
    treaties: Sequence[tuple[Treaty, ...]]
    """The treaties that it knew of, by turn."""


def seen_course(sights: Sequence[Sight], frame: Frame) -> SeenCourse:
    """What a state saw; `sights` are its own at the start of each turn, the first turn first."""
    ids = [state.id for state in sights[0].world.states]
    series: dict[str, dict[str, list[float | None]]] = {
        measure: {state: [] for state in ids} for measure in MEASURES
    }
    for sight in sights:
        faced = [view.faced[view.me] for view in (frame.view(sight, lens) for lens in READINGS)]
        for index, state in enumerate(ids):
            there = bool(sight.facts.there[index])
            values = (
                float(sight.facts.c[index]),
                *(None if state == sight.me else float(row[index]) for row in faced),
                float(sight.world.states[index].treasury),
            )
            for measure, value in zip(MEASURES, values, strict=True):
                series[measure][state].append(value if there else None)
    return SeenCourse(series, [sight.world.treaties for sight in sights])
