"""The campaign screen's part of the lesson: showing it, holding the turn for it, leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from game.tui.actions import BY_ID
from game.tui.lesson.lesson import Lesson, is_lesson
from game.tui.lesson.lesson_box import LessonBox
from game.tui.map_view import MapView
from game.tui.screen_registry import screen

if TYPE_CHECKING:
    from game.campaign import Campaign

PANELS = ("map", "states", "matters", "dispatches", "readings", "orders")


class Teaching(Screen[None]):
    """The actions of the campaign screen that concern the lesson; in other campaigns, nothing."""

    campaign: Campaign
    lesson: Lesson | None = None

    def begin_lesson(self) -> None:
        """Begin or go on with the lesson if the campaign is one; cards find it at the app."""
        app: Any = self.app
        self.lesson = Lesson(self.campaign) if is_lesson(self.campaign.setup) else None
        app.lesson = self.lesson

    def on_unmount(self) -> None:
        """The lesson is over for the other screens once its campaign is left."""
        app: Any = self.app
        if getattr(app, "lesson", None) is self.lesson:
            app.lesson = None

    def on_screen_resume(self) -> None:
        """What was opened above this screen may have been the task."""
        self.teach()

    def teach(self) -> None:
        """Show the step that is next, and mark the panel that it is about."""
        if self.lesson is None:
            return
        self.lesson.overlays.add(self.query_one(MapView).overlay)
        skip = BY_ID["skip_lesson_step"].keys_for(self.app)
        self.query_one(LessonBox).show(self.lesson, skip)
        step = self.lesson.step
        for name in PANELS:
            self.query_one(f"#{name}").set_class(step is not None and step.panel == name, "-taught")

    def held_by_lesson(self) -> bool:
        """Whether the turn may not be ended yet; then the box with the task is shown to say why."""
        step = self.lesson.holds_the_turn if self.lesson is not None else None
        if step is None or self.lesson is None or self.campaign.over or self.campaign.questions():
            return False
        self.app.bell()
        self.query_one(LessonBox).insist()
        return True

    @work(group="lesson", exclusive=True)
    async def action_skip_lesson_step(self) -> None:
        """Skip the present step, or end the lesson and play on without it."""
        if self.lesson is None or self.lesson.ended:
            return
        buttons = [("stay", "Go on with it"), ("skip", "Skip this step"), ("end", "End the lesson")]
        sentence = (
            "Skip a step of the lesson, or end it? Without the lesson the campaign goes on as any "
            "other."
        )
        chosen = await self.app.push_screen_wait(screen("ask", sentence, buttons))
        if chosen == "skip":
            self.lesson.skip()
        elif chosen == "end":
            self.lesson.ended = True
        self.teach()
