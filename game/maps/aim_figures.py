"""How hard the aims of the shipped maps are: what a computer player reached, as it was measured.

`python -m tests.aim_figures` measures and writes the file. A figure holds for an aim as it was
measured: where a map's author changed the aim, there is none.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from game.world.atlas import Aim

FILE = "aim_figures.json"


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
    if found is None or (found["kind"], found["target"]) != (aim.kind, aim.target):
        return None
    return AimFigure(found["reached"], found["campaigns"])


@cache
def _measured() -> dict[str, dict[str, Any]]:
    """Map, state and aim -> kind, target, reached and campaigns."""
    text = files("game.maps").joinpath(FILE).read_text(encoding="utf-8")
    return dict(json.loads(text))
