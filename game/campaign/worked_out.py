"""What was worked out of a campaign and need not be worked out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.advice.shown_habits import AnswersRead
from game.world.beliefs import Beliefs

if TYPE_CHECKING:
    from game.advice.doctrine_estimate import DoctrineEstimate
    from game.advice.witnessed_deeds import WitnessedDeed
    from game.debrief.analysis import Analysis


@dataclass(slots=True)
class WorkedOut:
    """The results that the adviser and the debriefing of a campaign keep.

    The campaign holds this, and makes adviser and debriefing when they are asked for: it refers to
    nothing that refers to it, so that its memory is freed as soon as it is dropped.
    """

    estimates: list[Beliefs]
    """What the player can work out of others' beliefs: at the start, and after each turn."""
    answers_read: AnswersRead = field(default_factory=AnswersRead)
    """What others' answers to the player's offers showed so far."""
    doctrine_estimates: dict[str, DoctrineEstimate] = field(default_factory=dict)
    """Rival -> which doctrine its conduct shows, of the history with the digest below."""
    estimated_digest: str = ""
    deeds: Mapping[str, Sequence[WitnessedDeed]] = field(default_factory=dict)
    """Rival -> what the player saw it do, of the history with the digest below."""
    deeds_digest: str = ""
    analysis: Analysis | None = None
    """The inquiry into the history as it stood when it was last asked for."""
