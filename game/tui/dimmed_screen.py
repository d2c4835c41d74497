"""What stands behind a dialog, dimmed: each style once, for the same ones return all the time."""

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen


class DimmedScreen(BackgroundScreen):
    """As Textual's own, which mixes the colours of every piece of every line anew."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """The pieces of the screen behind, dimmed by a colour."""
        for segment in segments:
            text, style, control = segment
            yield segment if control else Segment(text, _dimmed(style, color))


@lru_cache(maxsize=8_192)
def _dimmed(style: Style | None, color: Color) -> Style | None:
    (dimmed,) = BackgroundScreen.process_segments([Segment("x", style)], color)
    return dimmed.style
