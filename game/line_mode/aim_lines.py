"""The player's aim on lines, and as figures for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from game.advice.aim_words import condition_words, status_words
from game.words import percent

if TYPE_CHECKING:
    from game.campaign import Campaign

SIGNS = {True: "met: ", False: "missing: ", None: ""}


def aim_lines(campaign: Campaign) -> list[str]:
    """How much of the aim is reached, and each condition with its value; none without an aim."""
    status = campaign.debriefing.aim_status
    if status is None:
        return []
    rows = status_words(status, campaign.atlas, campaign.setup.turns)
    return [
        f"Your aim: {status.aim.title}, {percent(status.reached)} of it reached.",
        *(f"  {SIGNS[met]}{said}" for met, said in rows),
    ]


def aim_figures(campaign: Campaign) -> dict[str, Any] | None:
    """The same for programs: shares are 0 to 1; None without an aim."""
    status = campaign.debriefing.aim_status
    if status is None:
        return None
    return {
        "id": status.aim.id,
        "kind": status.aim.kind,
        "title": status.aim.title,
        "reached": status.reached,
        "conditions": [
            {**asdict(one), "words": condition_words(one, campaign.atlas)}
            for one in status.conditions
        ],
        "turns_stood": status.turns_stood,
        "turns_needed": status.turns_needed,
    }
