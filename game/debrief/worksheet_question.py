"""One question about a campaign, for a class."""

from dataclasses import dataclass

from game.page.blocks import Faint, Text
from game.words.doctrine_readings import cited


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the campaign, where to look, and what is expected."""

    asked: str
    look: str
    """The section of the debrief in which the answer can be found."""
    answer: tuple[Text, ...]


def because(ids: tuple[str, ...]) -> Faint:
    """The claims that an answer rests on, in brackets, with their pages."""
    return Faint(f" ({cited(ids)})")
