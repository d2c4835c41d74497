"""The player's score above the tabs: its parts and the aim."""

from typing import TYPE_CHECKING

from textual.content import Content

from game.debrief.score_words import score_parts
from game.tui.safe_text import line, lines, plain
from game.tui.widgets.aim_lines import aim_lines

if TYPE_CHECKING:
    from game.campaign import Campaign


AIM_WIDTH = 60
"""Cells of the line with the aim's title and its meter."""


def score_lines(campaign: "Campaign", *, short: bool = False) -> Content:
    """The score, its parts and the aim; empty where nobody plays.

    Where it has to be `short` the conditions of the aim are left out.
    """
    if not campaign.player:
        return plain("")
    score = campaign.debriefing.score()
    total = (f"Score {score.total:.1f} of 100", "bold $text-accent")
    status = campaign.debriefing.aim_status
    aim = (
        aim_lines(status, campaign.atlas, campaign.setup.turns, AIM_WIDTH)
        if status is not None
        else []
    )
    if short:
        aim = aim[:1]
    if not campaign.world.state(campaign.player).alive:
        words = "   your state did not live to the end, and nothing else counts"
        return lines(line(total, words), *aim)
    parts = f"   {' · '.join(score_parts(score))}"
    return lines(line(total, (parts, "$text-muted")), *aim)
