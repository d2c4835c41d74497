"""A lesson under way: which step is next, and what the reader has done of it.

Where a campaign stands tells which steps are behind: a lesson that was left goes on at the first
step of its turn, and nothing of it is in the save.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from game.history import Setup
from game.tui.lesson.steps import CRISIS, STEPS, Step
from game.tui.screens.title_screen import FIRST_MAP, FIRST_STATE

if TYPE_CHECKING:
    from game.campaign import Campaign

DIFFICULTY = "easy"
SEED = 12
"""Dice with which the first three turns are what the lesson speaks of (RULES, First game)."""
DOCTRINES: Mapping[str, str] = {"OMB": "BOT", "VOR": "BOP"}
"""One neighbour of each doctrine, in every lesson; any other campaign draws them."""
TURNS = 8
"""How many turns the lesson has: one for each thing that it teaches, and the last."""


def is_lesson(setup: Setup) -> bool:
    """Whether a campaign was begun as the lesson: no other campaign of this map is as short."""
    return (setup.map.id, setup.player, setup.turns) == (FIRST_MAP, FIRST_STATE, TURNS)


class Lesson:
    """The steps of one campaign, and what the reader did since it was opened."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign: Campaign = campaign
        self.overlays: set[str] = set()
        """The overlays of the map that were shown."""
        self.opened: set[tuple[int, str, str]] = set()
        """(turn, class, the state that it is about or "") of all screens that were opened."""
        self.ended = False
        """Whether the reader wants no more of it."""
        self._skipped: set[str] = set()
        self._written: dict[tuple[str, str], str] = {}

    @property
    def turn(self) -> int:
        """The turn that is to be played; one more than the last once it is over."""
        return len(self.campaign.history.turns) + 1

    @property
    def step(self) -> Step | None:
        """The step that is to be done now; None if there is none in this turn."""
        if self.ended:
            return None
        due = (step for step in STEPS if step.turn == self.turn)
        return next((step for step in due if not self._is_done(step)), None)

    @property
    def holds_the_turn(self) -> Step | None:
        """The step that has to be done before the turn may be ended; None if none has to be."""
        step = self.step
        return step if step is not None and not step.by_ending_the_turn else None

    def _is_done(self, step: Step) -> bool:
        return step.id in self._skipped or step.done(self)

    def saw(self, screen: Any) -> None:
        """Note that a screen was opened."""
        about = str(getattr(screen, "state", "") or "")
        self.opened.add((self.turn, type(screen).__name__, about))

    def skip(self) -> None:
        """Go on without doing the present step."""
        step = self.step
        if step is not None:
            self._skipped.add(step.id)

    def written(self, step: Step, what: str) -> str:
        """What a step `says` or its `task`; worked out once, before the reader acts on it."""
        key = (step.id, what)
        if key not in self._written:
            said: str = getattr(step, what)(self)
            self._written[key] = said
        return self._written[key]

    def words_on(self, screen: str) -> str:
        """What the lesson says on a screen other than the map's; empty if it says nothing."""
        if self.ended:
            return ""
        if screen == "CrisisScreen":
            return CRISIS
        due = [step for step in STEPS if step.turn == self.turn and screen in step.inside]
        open_now = [step for step in due if not self._is_done(step)]
        said = (open_now or due)[:1]
        return said[0].inside[screen](self) if said else ""
