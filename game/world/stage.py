"""A moment within a turn at which states were asked for their word."""

from collections.abc import Mapping
from dataclasses import dataclass

from game.world.model import World
from game.world.questions import Answer, Question


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """The world as it stood when questions were asked, and how they were answered."""

    world: World
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    """By question id."""
