"""Writes the golden saves of this format and engine revision; those of others are left alone.

`python -m tests.golden_saves`, after a new format or a new ENGINE_REVISION.
"""

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

from game import Campaign, load_map
from game.history import ENGINE_REVISION
from game.saves.save_header import FORMAT
from game.world.orders import Budget, Penetrate, Sound

FOLDER = Path(__file__).parent
FAMILY = f"format-{FORMAT}-revision-{ENGINE_REVISION}"


def play(campaign: Campaign, turns: int) -> Campaign:
    """Play turns without orders; whatever is asked gets its last answer."""
    while len(campaign.history.turns) < turns and not campaign.over:
        if campaign.player is not None and campaign.questions():
            campaign.answer({asked.id: asked.options[-1] for asked in campaign.questions()})
        else:
            campaign.submit()
    return campaign


def with_pending_orders() -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7)
    others = [state for state in campaign.atlas.state_index if state != "ALD"]
    campaign.notebook.write(others[0], 0.7)
    play(campaign, 3)
    for order in (Penetrate(others[0]), Sound(others[1]), Budget(army=100)):
        campaign.order(order)
    campaign.notebook.pin(others[0], 2, "It armed beside us.")
    return campaign


def amid_questions() -> Campaign:
    """The first campaign, by seed, that asks two things at once; one of them is answered."""
    for seed in range(1, 200):
        campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=seed)
        while not campaign.over:
            asked = campaign.questions()
            if len(asked) > 1:
                campaign.answer({asked[0].id: asked[0].options[0]})
                if campaign.questions():
                    return campaign
            elif asked:
                campaign.answer({asked[0].id: asked[0].options[-1]})
            else:
                campaign.submit()
    raise LookupError("no campaign asks two things at once")


def described(campaign: Campaign) -> dict[str, Any]:
    """What a test compares a golden save with."""
    return {
        "turns": len(campaign.history.turns),
        "player": campaign.player,
        "digest": campaign.history.digest,
        "private": campaign.digest,
        "pending": len(campaign.pending),
        "questions": [asked.id for asked in campaign.questions()] if campaign.player else [],
        "over": campaign.over,
        "notebook": campaign.notebook.now,
        "envelope": {
            name: [seat.doctrine, seat.ambition, seat.temperature]
            for name, seat in campaign._position.envelope.items()
        },
        "revision": ENGINE_REVISION,
    }


def main() -> None:
    campaigns = {
        "player": with_pending_orders(),
        "questions": amid_questions(),
        "ended": play(Campaign.new(load_map("five-crowns"), player="ALD", seed=3, turns=3), 3),
        "ai": play(Campaign.new(load_map("five-crowns"), seed=4, turns=3), 3),
    }
    for name, campaign in campaigns.items():
        with tempfile.TemporaryDirectory() as folder:
            content = campaign.save(Path(folder) / "a.json").read_bytes()
        path = FOLDER / f"{FAMILY}-{name}.json.gz"
        path.write_bytes(gzip.compress(content, 9, mtime=0))
    held = {f"{FAMILY}-{name}": described(campaign) for name, campaign in campaigns.items()}
    (FOLDER / f"{FAMILY}.json").write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
