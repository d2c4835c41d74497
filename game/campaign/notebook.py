"""The player's notebook: what it believes each rival fears, turn by turn, and what it pinned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(slots=True)
class Notebook:
    """What the player believes of each rival: the probability that it fears power."""

    now: dict[str, float] = field(default_factory=dict)
    pages: dict[int, dict[str, float]] = field(default_factory=dict)
    """Turn -> what it said at that turn's end."""
    pins: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """State -> the evidence pinned to its page: (turn, text)."""

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
        )

    def kept(self) -> dict[str, Any]:
        """The notebook as a save keeps it."""
        return {
            "now": self.now,
            "pages": {str(turn): page for turn, page in self.pages.items()},
            "pins": {name: [list(pin) for pin in pins] for name, pins in self.pins.items()},
        }

    def write(self, state: str, probability: float) -> None:
        """Write how likely it is that a state fears power, 0 to 1."""
        self.now[state] = min(1.0, max(0.0, probability))

    def turn_page(self, turn: int) -> None:
        """Keep what it says now as what it said at a turn's end."""
        self.pages[turn] = dict(self.now)
