"""The two-column forecast: what they would do if they fear power, if they fear threat, and by
our notebook; and what it is worth to us under both readings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from game.tui.safe_text import Part, fit, line, lines
from game.tui.widgets.bars import meter, sway
from game.words import percent, signed

if TYPE_CHECKING:
    from game.advice.forecast import Forecast

WIDTH = 11
COLUMN = 11
ROOM = 36
"""The width of a row with a bar, in cells."""
GAIN_REACH = 0.5
"""The gain at which a bar is full, in units of mean insecurity."""
READINGS = (("BOP", "by power"), ("BOT", "by threat"))
"""(lens, label of a gain under it), for the two readings."""


def gain_row(words: str, gain: float, *, slim: bool = False) -> Content:
    """One gain as a bar (unless `slim`) with its figure, coloured by its sign."""
    colour = "$text-success" if gain > 0.005 else "$text-error" if gain < -0.005 else ""
    figure = signed(gain) if abs(gain) >= 0.005 else "none"
    if slim:
        return line(f"  {words:<19}", (f"{figure:>4}", colour))
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


def chance_rows(forecast: "Forecast", *, slim: bool = False) -> list[Content]:
    """The chances under both readings and by the notebook, a row each, with bars unless `slim`."""
    chances = (
        ("if it fears power", forecast.if_power),
        ("if it fears threat", forecast.if_threat),
        ("by our notebook", forecast.blended),
    )
    return [
        line(f"  {words:<19}", ("" if slim else meter(chance, WIDTH), "$accent"),
             f" {percent(chance):>4}")
        for words, chance in chances
    ]  # fmt: skip


class ForecastCard(Static):
    """Chances and gains, drawn again with every change of an order."""

    DEFAULT_CSS = "ForecastCard { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }"

    _shown: "tuple[str, Forecast | None, Mapping[str, float] | None]" = ("", None, None)

    def show(
        self,
        question: str,
        forecast: "Forecast | None",
        gains: Mapping[str, float] | None = None,
    ) -> None:
        """Show a forecast, our gains, or both."""
        self._shown = (question, forecast, gains)
        self._draw()

    def on_resize(self) -> None:
        """Draw again, with bars if there is room."""
        self._draw()

    def _draw(self) -> None:
        question, forecast, gains = self._shown
        slim = 0 < self.size.width < ROOM
        rows: list[Content] = []
        if forecast is not None:
            rows += [line((question, "bold")), *chance_rows(forecast, slim=slim)]
            by_notebook = (
                f"notebook: {percent(forecast.note)}{'' if slim else ' that it fears power'}"
            )
            rows += [line((f"  ({by_notebook})", "$text-muted"))]
        if gains is not None:
            title = "Worth to our security" + ("" if slim else ", read")
            rows += [line((title, "bold"))]
            rows += [gain_row(words, gains.get(lens, 0.0), slim=slim) for lens, words in READINGS]
        self.update(lines(*rows))
