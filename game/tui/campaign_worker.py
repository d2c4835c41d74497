"""Runs the slow methods of a campaign in a thread, one at a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from game.tui.snapshot import Snapshot, take
from game.world.questions import Answer, Question

if TYPE_CHECKING:
    from game.campaign import Campaign

Result = TypeVar("Result")


class CampaignWorker:
    """Runs the slow steps of a campaign outside of the screen's thread, and saves after each."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.save_problem: Exception | None = None
        """Why the last step could not be saved; the campaign itself continues."""
        self.unsaved = False
        """Whether something was ordered or noted that is not on disk yet."""
        self._lock = threading.Lock()

    async def _run(self, step: Callable[[], Result]) -> Result:
        def locked() -> Result:
            with self._lock:
                return step()

        return await asyncio.to_thread(locked)

    async def snapshot(self, before: Snapshot | None = None) -> Snapshot:
        """Make the snapshot that the panels show."""
        return await self._run(lambda: take(self.campaign, before))

    async def end_turn(self) -> tuple[Question, ...]:
        """End the turn. Returns the questions to the player."""

        def step() -> tuple[Question, ...]:
            self.campaign.submit()
            self._save_or_note()
            return self.campaign.questions()

        return await self._run(step)

    async def answer(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """Give the answers. Returns the next questions to the player."""

        def step() -> tuple[Question, ...]:
            self.campaign.answer(dict(answers))
            self._save_or_note()
            return self.campaign.questions()

        return await self._run(step)

    async def questions(self) -> tuple[Question, ...]:
        """The questions that the player has to answer now."""
        return await self._run(self.campaign.questions)

    async def save(self) -> None:
        """Write the campaign where it is kept; one that has no file is not written.

        Where another program wrote the file since, the campaign goes on under another name:
        `save_problem` then says so.
        """
        await self._run(self._save)

    def save_before_leaving(self) -> None:
        """Wait for the turn that is being played, then write what is not on disk yet.

        Raises SaveProblem.
        """
        with self._lock:
            if self.unsaved:
                self._save()

    def _save_or_note(self) -> None:
        from game.files.file_problems import SaveProblem

        self.save_problem = None
        try:
            self._save()
        except SaveProblem as problem:
            self.save_problem = problem

    def _save(self) -> None:
        from game.files.file_problems import MovedOn, SaveProblem, shown

        path = self.campaign.file.path
        if path is None:
            return
        self.unsaved = False
        try:
            self.campaign.save()
        except MovedOn as moved:
            new = self.campaign.save_new(path.parent)
            self.save_problem = SaveProblem(f"{moved} It goes on under the name {shown(new)}.")
        except SaveProblem:
            self.unsaved = True
            raise
