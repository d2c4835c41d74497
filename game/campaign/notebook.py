"""The player's notebook: its beliefs of each rival, pinned evidence, ordered assessments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from game.campaign.refused import Refused


@dataclass(slots=True)
class Notebook:
    """What the player believes of each rival: the probability that it fears power, 0 to 1."""

    now: dict[str, float] = field(default_factory=dict)
    """State -> the probability, where the player wrote one."""
    pages: dict[int, dict[str, float]] = field(default_factory=dict)
    """Turn -> what it said at that turn's end."""
    pins: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """State -> the evidence pinned to its page: (turn, text)."""
    assessments: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    """State -> the assessments that were ordered of it: (turn, probability that it fears power)."""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """The notebook of a save."""
        return cls(
            now=dict(kept.get("now", {})),
            pages={int(turn): dict(page) for turn, page in kept.get("pages", {}).items()},
            pins={
                name: [(int(turn), str(text)) for turn, text in pins]
                for name, pins in kept.get("pins", {}).items()
            },
            assessments={
                name: [(int(turn), float(figure)) for turn, figure in made]
                for name, made in kept.get("assessments", {}).items()
            },
        )

    def kept(self) -> dict[str, Any]:
        """The notebook as a save keeps it."""
        kept: dict[str, Any] = {
            "now": self.now,
            "pages": {str(turn): page for turn, page in self.pages.items()},
            "pins": {name: [list(pin) for pin in pins] for name, pins in self.pins.items()},
        }
        if self.assessments:
            kept["assessments"] = {
                name: [list(one) for one in made] for name, made in self.assessments.items()
            }
        return kept

    def write(self, state: str, probability: float) -> None:
        """Write how likely it is that a state fears power. Raises Refused beyond 0 to 1."""
        if not 0.0 <= probability <= 1.0:
            raise Refused(f"The notebook takes a probability from 0 to 1; {probability:g} is none.")
        self.now[state] = probability

    def history(self, state: str) -> list[tuple[int, float]]:
        """What it said of a state at the end of each turn: (turn, probability), 0.5 if nothing."""
        return [(turn, page.get(state, 0.5)) for turn, page in sorted(self.pages.items())]

    def pin(self, state: str, turn: int, text: str) -> None:
        """Pin a piece of evidence to a state's page."""
        self.pins.setdefault(state, []).append((turn, text))

    def pinned(self, state: str) -> list[tuple[int, str]]:
        """The evidence pinned to a state's page: (turn, text)."""
        return self.pins.get(state, [])

    def assessed(self, state: str) -> list[tuple[int, float]]:
        """The assessments of a state: (turn, probability that it fears power), oldest first."""
        return self.assessments.get(state, [])

    def turn_page(self, turn: int) -> None:
        """Keep what it says now as what it said at a turn's end."""
        self.pages[turn] = dict(self.now)
