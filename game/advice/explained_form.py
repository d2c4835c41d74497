"""A figure with its parts, written so that the parts shown give the figure shown."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from game.words import money, percent, share, signed
from game.words.rounding import rounded_parts
from game.world.rules import CROWN


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure."""

    label: str
    value: float
    text: str
    """The value as the player reads it."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with the parts that it is made of."""

    title: str
    value: float
    text: str
    """The value as the player reads it elsewhere too."""
    rule: str
    """How it is made, in a sentence."""
    how: Literal["sum", "product", "mean"]
    """How the parts are put together."""
    parts: tuple[Part, ...]

    @property
    def put_together(self) -> float:
        """What the parts give."""
        values = [part.value for part in self.parts]
        if self.how == "product":
            return math.prod(values)
        return sum(values) / (len(values) if self.how == "mean" else 1)


@dataclass(frozen=True, slots=True)
class Form:
    """How figures of a kind are written: as `value * times / per`, to so many decimals."""

    write: Callable[[float], str]
    """Makes the text of a value."""
    places: int
    times: float = 1.0
    per: float = 1.0
    change: Callable[[float], str] | None = None
    """Makes the text of every part but the first, where these are changes of it."""

    def steps(self, value: float) -> float:
        """A value in units of the last decimal that is shown."""
        return float(value * self.times / self.per * 10**self.places)

    def shown_steps(self, value: float) -> int:
        """The same as it is shown: a whole number."""
        shown = f"{value * self.times / self.per:.{self.places}f}"
        return int(shown.replace(".", ""))

    def part(self, value: float, steps: int, *, first: bool) -> str:
        """The text of a part that is shown as so many steps.

        Of one that is shown as nothing it may still say that it is little ("<1%").
        """
        shown = steps / 10**self.places * self.per / self.times
        if not steps:
            little = abs(self.per / self.times) * 0.49 / 10**self.places
            shown = math.copysign(min(abs(value), little), value)
        write = self.change if self.change is not None and not first else self.write
        return write(shown)


SHARE = Form(share, 2)
CHANGED_SHARE = Form(share, 2, change=signed)
SIGNED = Form(signed, 2)
PERCENT = Form(percent, 0, times=100.0)
CHANGED_PERCENT = Form(percent, 0, times=100.0, change=lambda part: f"{100 * part:+.0f}%")
MONEY = Form(lambda units: money(round(units)), 1, per=float(CROWN))
COUNT = Form(lambda count: f"{count:.0f}", 0)
POINTS = Form(lambda points: f"{points + 0.0:.1f}", 1)


def explained(
    title: str,
    value: float,
    rule: str,
    how: Literal["sum", "mean"],
    parts: Sequence[tuple[str, float]],
    form: Form,
) -> Explained:
    """A figure that is the sum or the mean of its (label, value) parts.

    The parts are rounded together, so that those shown give the figure shown.
    """
    values = [form.steps(part) for _, part in parts]
    shown = rounded_parts(values, form.shown_steps(value), mean=how == "mean")
    return Explained(
        title, value, form.write(value), rule, how,
        tuple(
            Part(label, part, form.part(part, steps, first=not at))
            for at, ((label, part), steps) in enumerate(zip(parts, shown, strict=True))
        ),
    )  # fmt: skip
