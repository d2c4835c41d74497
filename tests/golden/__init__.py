"""Golden campaigns: what each shipped map leads to with a fixed seed, whatever the machine.

`python -m tests.golden` writes them anew, after a change of rules that was meant.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CAMPAIGNS = (("five-crowns", 7, 12), ("europe-1909", 7, 8))
"""(map, seed, turns)."""


def path_of(map_id: str) -> Path:
    """Where a map's golden campaign is kept."""
    return FOLDER / f"{map_id}.json"


def measure(map_id: str, seed: int, turns: int) -> dict[str, Any]:
    """The digest of each turn, the campaign's own, and how often each kind of event happened."""
    from game import Campaign, load_map

    campaign = Campaign.new(load_map(map_id), seed=seed, turns=turns)
    while not campaign.over:
        campaign.submit()
    outcome = campaign.debriefing.outcome()
    return {
        "map": map_id,
        "seed": seed,
        "turns": turns,
        "chain": [record.digest for record in campaign.history.turns],
        "digest": outcome["digest"],
        "events": {kind: count for kind, count in outcome["events"].items() if count},
    }


def write() -> None:
    """Write every golden campaign anew."""
    for map_id, seed, turns in CAMPAIGNS:
        text = json.dumps(measure(map_id, seed, turns), indent=1) + "\n"
        path_of(map_id).write_text(text, encoding="utf-8")
