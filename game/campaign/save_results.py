"""What a saved campaign came to so far, for lists of saves: it takes loading the save."""

from dataclasses import dataclass
from pathlib import Path

from game.campaign import Campaign
from game.messages import PlayerMessage


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The result of one save, under the rules of the present version."""

    map: str
    """The map's title."""
    state: str
    """The name of the player's state; empty if nobody plays."""
    aim: str
    """The title of the player's aim; empty if nobody plays."""
    reached: float
    """How much of the aim is reached, 0 to 1."""
    score: float | None
    """Points, 0 to 100; before the end without those for insight. None if nobody plays."""
    difficulty: str
    teaching: bool
    turns: int
    """How many turns were played."""
    over: bool


def save_result(path: Path) -> SaveResult | None:
    """The result of a save; None for one that cannot be loaded."""
    try:
        campaign = Campaign.load(path)
    except (PlayerMessage, OSError):
        return None
    setup, player = campaign.setup, campaign.player
    status = campaign.debriefing.aim_status
    score = campaign.debriefing.score(insight=campaign.over).total if player else None
    return SaveResult(
        map=campaign.atlas.title,
        state=campaign.atlas.name(player) if player else "",
        aim=status.aim.title if status is not None else "",
        reached=status.reached if status is not None else 0.0,
        score=score,
        difficulty=setup.difficulty,
        teaching=setup.teaching,
        turns=len(campaign.history.turns),
        over=campaign.over,
    )
