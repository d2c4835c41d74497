"""What the lesson says: in a box at the foot of the campaign screen, in a line on other screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from game.tui.lesson.steps import STEPS
from game.tui.safe_text import line, lines

if TYPE_CHECKING:
    from game.tui.lesson.lesson import Lesson


INSISTS = 1.5
"""For how many seconds the box is marked after a key that the task does not allow yet."""


class LessonBox(Static):
    """The present step on the campaign screen: what it is about, and what is to be done."""

    HELP = (
        "The lesson: one new thing a turn. It goes on when you have done what the arrow says; x "
        "skips a step or ends the lesson. Left and resumed, it goes on in the turn where it was."
    )

    def __init__(self) -> None:
        super().__init__(id="lesson", markup=False)
        self.display = False

    def show(self, lesson: Lesson, skip: str) -> None:
        """Show the lesson's present step; `skip` is the key that skips it."""
        self.display = not lesson.ended and not lesson.campaign.over
        if not self.display:
            return
        step = lesson.step
        if step is None:
            done = "That was the lesson of this turn. Do as you like with what envoys are left."
            self.update(
                lines(line((done, "")), line(("→ ", "bold $text-accent"), "Space ends the turn."))
            )
            return
        taught = [one for one in STEPS if one.turn <= lesson.campaign.setup.turns]
        place = f"Lesson {taught.index(step) + 1} of {len(taught)}: "
        self.update(
            lines(
                line((place, "$text-muted"), (f"{step.title}. ", "bold $text-accent"),
                     lesson.written(step, "says")),
                line(("→ ", "bold $text-accent"), (lesson.written(step, "task"), "bold"),
                     (f"  ({skip} skips)", "$text-muted")),
            )
        )  # fmt: skip

    def insist(self) -> None:
        """Draw the eye to the task: it has to be done first."""
        self.add_class("-insisting")
        self.set_timer(INSISTS, lambda: self.remove_class("-insisting"))


class LessonLine(Static):
    """What the lesson says on another screen; nothing is shown where it says nothing."""

    def __init__(self) -> None:
        super().__init__(classes="lesson-line", markup=False)
        self.display = False

    def on_mount(self) -> None:
        """Note that the screen was opened, and show what is said on it."""
        lesson: Lesson | None = getattr(self.app, "lesson", None)
        if lesson is None:
            return
        name = type(self.screen).__name__
        said = lesson.words_on(name)
        lesson.saw(self.screen)
        if said:
            self.update(line(("Lesson: ", "bold $text-accent"), said))
            self.display = True
