"""The two-column forecast: what they would do if they fear power, if they fear threat, and by
our notebook; and what it is worth to us under both readings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from game.tui.text import Part, fit, line, lines
from game.tui.widgets.bars import meter, sway
from game.words import percent, signed

if TYPE_CHECKING:
    from game.campaign import Forecast

WIDTH = 11
COLUMN = 11
GAIN_REACH = 0.5
"""The gain, in mean insecurities, at which its bar is full."""
READINGS = (("BOP", "by power"), ("BOT", "by threat"))
"""The two readings, and how a gain is labelled under each."""


def gain_row(words: str, gain: float) -> Content:
    """One gain as a bar with its figure, coloured by its sign."""
    colour = "$text-success" if gain > 0.005 else "$text-error" if gain < -0.005 else ""
    figure = signed(gain) if abs(gain) >= 0.005 else "none"
    return line(f"  {words:<19}", (sway(gain, GAIN_REACH, WIDTH // 2), colour), f" {figure:>4}")


def option_row(label: str, gains: Mapping[str, float] | None, width: int) -> Content:
    """An option with what it is worth under both readings, in columns (see `option_head`)."""
    parts: list[Part] = [fit(label, max(8, width - 2 * COLUMN))]
    for lens, _ in READINGS:
        gain = (gains or {}).get(lens, 0.0)
        colour = "$text-success" if gain > 0.005 else "$text-error" if gain < -0.005 else ""
        figure = "" if gains is None else signed(gain) if abs(gain) >= 0.005 else "none"
        parts.append((f"{figure:>{COLUMN}}", colour))
    return line(*parts)


def option_head(width: int) -> Content:
    """The heading of rows of options."""
    heads = "".join(f"{words:>{COLUMN}}" for _, words in READINGS)
    title = fit("Our answer, and what it is worth to our security", max(8, width - 2 * COLUMN))
    return line((title + heads, "$text-muted"))


def chance_rows(forecast: "Forecast") -> list[Content]:
    """The chances under both readings and by the notebook, a row each."""
    chances = (
        ("if it fears power", forecast.if_power),
        ("if it fears threat", forecast.if_threat),
        ("by our notebook", forecast.blended),
    )
    return [
        line(f"  {words:<19}", (meter(chance, WIDTH), "$accent"), f" {percent(chance):>4}")
        for words, chance in chances
    ]


class ForecastCard(Static):
    """Chances and gains, drawn again with every change of an order."""

    DEFAULT_CSS = "ForecastCard { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }"

    def show(
        self,
        question: str,
        forecast: "Forecast | None",
        gains: Mapping[str, float] | None = None,
    ) -> None:
        """Show a forecast, our gains, or both."""
        rows: list[Content] = []
        if forecast is not None:
            note = f"  (notebook: {percent(forecast.note)} that it fears power)"
            rows += [line((question, "bold")), *chance_rows(forecast)]
            rows += [line((note, "$text-muted"))]
        if gains is not None:
            rows += [line(("Worth to our security, read", "bold"))]
            rows += [gain_row(words, gains.get(lens, 0.0)) for lens, words in READINGS]
        self.update(lines(*rows))
