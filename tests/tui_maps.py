"""A small map for tests of the screen: six states, names as hostile as a test wants them."""

from typing import Any

from game.world.map_document import MapDoc, from_data

ROWS = (
    "~~~~~~~~~~~~~~~~~~~~",
    "~~aaaabbbb~~~~gggg~~",
    "~aaaaabbbbbcccggggg~",
    "~aaaaabbbbcccccggg~~",
    "~~aaeeebbbccccdddg~~",
    "~~~eeeeebbbccddddd~~",
    "~~~~eeeeeffffddddd~~",
    "~~~~~eee~ffff~ddd~~~",
    "~~~~~~~~~~~~~~~~~~~~",
)


def small_map(**names: str) -> MapDoc:
    """The map; `names` gives states other names by their ids (ALF, BRA, CHA, DEL, ECH, FOX)."""
    owners = {"a": "ALF", "b": "BRA", "c": "CHA", "d": "DEL", "e": "ECH", "f": "FOX", "g": "CHA"}
    sizes = {"ALF": 30, "BRA": 40, "CHA": 60, "DEL": 35, "ECH": 20, "FOX": 6}
    data: dict[str, Any] = {
        "format": 1,
        "id": "small",
        "title": names.get("title", "A small world"),
        "briefing": names.get("briefing", "Six states share a shore."),
        "calendar": {"start": 1900, "turns": 4},
        "grid": list(ROWS),
        "legend": {"~": {"sea": None}, **{key: {"province": f"p{key}"} for key in owners}},
        "provinces": {
            f"p{key}": {
                "name": names.get(f"p{key}", f"Land of {key.upper()}"),
                "owner": owner,
                "population": sizes[owner],
                "industry": sizes[owner],
            }
            for key, owner in owners.items()
        },
        "states": {
            state: {
                "name": names.get(state, state.title()),
                "army": size * 10,
                "fleet": size,
                "leader": names.get("leader", f"The head of {state.title()}"),
            }
            for state, size in sizes.items()
        },
        "rivalries": [["ALF", "BRA"]],
        "treaties": [{"parties": ["BRA", "CHA"], "obligations": ["defense"], "against": "ALF"}],
        "claims": [{"of": "BRA", "province": "pa"}],
    }
    return from_data(data)
