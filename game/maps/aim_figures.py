"""How hard the aims of the shipped maps are: what a computer player reached, as it was measured.

`python -m tests.aim_figures` measures and writes the file. A figure holds for an aim as it was
measured: where a map's author changed the aim, there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from game.files.program_data import AIM_FIGURES, read_json
from game.world.atlas import Aim


@dataclass(frozen=True, slots=True)
class AimFigure:
    """What a planner that knows every rival's doctrine reached of an aim."""

    reached: float
    """The mean share of the aim, 0 to 1."""
    campaigns: int
    """How many campaigns it played."""


def aim_figure(map_id: str, state: str, aim: Aim) -> AimFigure | None:
    """What was measured of an aim; None if nothing was, or the aim is not the one measured."""
    found = _measured().get(f"{map_id}/{state}/{aim.id}")
    if found is None or any(found[part] != asked for part, asked in asked_of(aim).items()):
        return None
    return AimFigure(found["reached"], found["campaigns"])


def asked_of(aim: Aim) -> dict[str, Any]:
    """All that an aim asks for, by which it is known again."""
    return {"kind": aim.kind, "target": aim.target, "turns": aim.turns, "side": aim.side}


@cache
def _measured() -> Mapping[str, Mapping[str, Any]]:
    """Map, state and aim -> what it asks for (`asked_of`), reached and campaigns."""
    return dict(read_json(AIM_FIGURES))
