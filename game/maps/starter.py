"""The small map that `maps new` writes: playable, and meant to be changed."""

import json
import re
from pathlib import Path

_TEXT = """\
{
  "$schema": "./map.schema.json",
  "format": 1,
  "id": "my-map",
  "title": "The Long Strand",
  "description": "Four states on one shore. The largest is far away; the nearest is armed.",
  "authors": ["You"],
  "license": "CC0-1.0",
  "sources": ["Invented"],
  "calendar": {"start": 1, "step": "year", "turns": 15},
  "grid": [
    "~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
    "~~aaa~~~~~~~~~~~~~~~~eee~~~~",
    "~aaaaaa~~~~ccc~~~~eeeeeeee~~",
    "~aaaabbbbcccccc~ddeeeeeeeee~",
    "~~aabbbbbcccccdddddeeffffff~",
    "~~~~bbbbbbccccddddddffffffff",
    "~i~~~bbbb~~cccddddddfffffff~",
    "~ii~~~bb~~~~~~~dddd~~ffff~~~",
    "~~~~~~~~~~~~~~~~dd~~~~~~~~~~"
  ],
  "legend": {
    "~": {"sea": "strand-sea"},
    "a": {"province": "northport"},
    "b": {"province": "westmark"},
    "c": {"province": "ironhill"},
    "d": {"province": "midvale"},
    "e": {"province": "highplain"},
    "f": {"province": "lowplain"},
    "i": {"province": "gannet-isle"}
  },
  "provinces": {
    "northport": {"name": "Northport", "owner": "NOR", "population": 4, "industry": 5},
    "westmark": {"name": "Westmark", "owner": "NOR", "population": 4, "industry": 3},
    "ironhill": {"name": "Ironhill", "owner": "IRO", "population": 6, "industry": 8, "terrain": "hills"},
    "midvale": {"name": "Midvale", "owner": "MID", "population": 5, "industry": 4},
    "highplain": {"name": "Highplain", "owner": "PLA", "population": 9, "industry": 9},
    "lowplain": {"name": "Lowplain", "owner": "PLA", "population": 8, "industry": 6},
    "gannet-isle": {"name": "Gannet Isle", "owner": null, "population": 0.1, "industry": 0, "terrain": "hills"}
  },
  "seas": {"strand-sea": {"name": "The Strand"}},
  "states": {
    "NOR": {"name": "Norrin", "adjective": "Norrine", "colour": "#4c78a8", "capital": "northport",
            "army": 60, "fleet": 20, "treasury": 6, "posture": 0.5, "ideology": "republic",
            "openness": 0.6, "leader": "First Speaker Anwen"},
    "IRO": {"name": "Irongate", "adjective": "Irongater", "colour": "#c44e52", "capital": "ironhill",
            "army": 110, "fleet": 6, "treasury": 3, "posture": 1, "ideology": "crown",
            "openness": 0.2, "ambition": 0.7, "leader": "King Bertram"},
    "MID": {"name": "Midvale", "adjective": "Midvaler", "colour": "#5f9e57", "capital": "midvale",
            "army": 55, "fleet": 5, "treasury": 5, "posture": 0.25, "ideology": "republic",
            "openness": 0.7, "leader": "the Council of Nine"},
    "PLA": {"name": "Plainsholm", "adjective": "Plainsholmer", "colour": "#d9a441", "capital": "highplain",
            "army": 120, "fleet": 12, "treasury": 6, "posture": 0.25, "ideology": "crown",
            "openness": 0.4, "leader": "Queen Maud the Patient"}
  },
  "treaties": [
    {"parties": ["NOR", "MID"], "obligations": ["consultation"], "term": 5}
  ],
  "beliefs": [
    {"of": "NOR", "about": "IRO", "hostile": 0.7},
    {"of": "NOR", "about": "PLA", "hostile": 0.1},
    {"of": "MID", "about": "IRO", "hostile": 0.6},
    {"of": "MID", "about": "PLA", "hostile": 0.2}
  ],
  "claims": [{"of": "IRO", "province": "westmark"}],
  "rivalries": [["NOR", "IRO"]],
  "ideologies": {"crown": {"name": "Crown"}, "republic": {"name": "Republic"}},
  "briefing": "Plainsholm is the strongest state of the Strand, far off and calm. Irongate is smaller, next door, and armed for attack. Which of the two is to be feared? Each court has its answer, and none will tell you.\\n\\nThis is a map to begin from; these lines are its briefing. The grid is drawn with the letters of the legend, one a cell; cells that share an edge are neighbours. A province without an owner is nobody's. Army, fleet, population and industry are in units of your own: only the shares count. A treasury of 10 is one turn of a state's revenue. Posture runs from 0, for defence, to 1, for attack. Leave doctrine and ambition out to have them drawn.\\n\\nAfter a change, `realpolitik maps check` tells every problem with its place, and `realpolitik maps show` draws the map. For an editor that completes as you type: `realpolitik maps schema > map.schema.json`, beside this file."
}
"""  # noqa: E501 (a province a line reads best)


def starter_text(identifier: str = "my-map") -> str:
    """The text of the small map with another id."""
    return _TEXT.replace('"id": "my-map"', f'"id": {json.dumps(identifier)}', 1)


def write_starter(path: Path) -> None:
    """Write the small map to a new file; its id is made from the file's name.

    Raises FileExistsError if there is a file already, OSError if it cannot be written.
    """
    identifier = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    with path.open("x", encoding="utf-8") as file:
        file.write(starter_text(identifier or "my-map"))
