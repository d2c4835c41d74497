"""Figures that come with the program as JSON beside this module."""

import json
from pathlib import Path
from typing import Any

VERDICT_RECORD = Path(__file__).with_name("verdict_record.json")
"""How often verdicts were right when that was measured (see `debrief.verdict_record`)."""
AIM_FIGURES = Path(__file__).with_name("aim_figures.json")
"""What a computer player reached of the shipped maps' aims (see `maps.aim_figures`)."""


def read_json(path: Path) -> Any:
    """What a file of the program holds."""
    return json.loads(path.read_text(encoding="utf-8"))
