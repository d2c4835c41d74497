"""The player's score above the tabs: its parts and the aim."""

from typing import TYPE_CHECKING

from textual.content import Content

from game.tui.aim_words import reached
from game.tui.safe_text import line, lines, plain
from game.words import percent

if TYPE_CHECKING:
    from game.campaign import Campaign


def score_lines(campaign: "Campaign") -> Content:
    """The score, its parts and the aim; empty where nobody plays."""
    if not campaign.player:
        return plain("")
    score = campaign.debriefing.score()
    total = (f"Score {score.total:.0f} of 100", "bold $text-accent")
    chosen = campaign.aim
    aim = line(("" if chosen is None else reached(chosen, score.aim), "$text-muted"))
    if not campaign.world.state(campaign.player).alive:
        words = "   your state did not live to the end, and nothing else counts"
        return lines(line(total, words), aim)
    insight = "not scored" if score.insight is None else f"{score.insight:.0f} of 25"
    parts = (
        f"   aim {percent(score.aim)} reached · security {score.security:.0f} of 25 · "
        f"insight {insight}"
    )
    return lines(line(total, (parts, "$text-muted")), aim)
