"""The two readings: whom to fear by power alone, and whom by threat; and the player's aim."""

from textual.content import Content

from game import words
from game.tui.panels.panel_frame import TextPanel
from game.tui.safe_text import bar, fit, fit_name, line, lines
from game.tui.snapshot import Snapshot
from game.tui.widgets.aim_lines import aim_lines

HIGH = {"power": 0.2, "proximity": 0.6, "offense": 0.5, "intentions": 0.55}
"""The least value of a factor of threat, 0 to 1, that is named."""
SHOWN, SHOWN_WITH_AIM = 3, 2
"""How many states each reading names: without and with an aim below them."""
READINGS = (("BOP", "By power"), ("BOT", "By threat"))
BESIDE, GAP = 70, 3
"""The width from which the readings stand beside each other, and what is between, in cells."""
NAMES = {
    "power": "strong",
    "proximity": "near",
    "offense": "armed",
    "intentions": "hostile",
}


class Readings(TextPanel):
    """Both readings, side by side in one panel."""

    TITLE = "Two readings"
    HELP = (
        "The same world read twice. By power (Waltz): the strongest is to be feared, wherever it "
        "stands. By threat (Walt): who is strong, near, armed for attack and believed hostile. "
        "Where the two name different states, rivals who follow different theories will part "
        "ways. Insecurity is beside everybody's mean at the start, which is 1."
    )
    CLAIMS = ("W1", "T1", "W8")

    def text(self, snapshot: Snapshot, width: int) -> Content:
        """The states to fear most under either reading, then the aim with its conditions."""
        if width >= BESIDE:
            half = (width - GAP) // 2
            both = [self._reading(snapshot, lens, title, half) for lens, title in READINGS]
            rows = [line(left, " " * GAP, right) for left, right in zip(*both, strict=True)]
        else:
            rows = [
                row
                for lens, title in READINGS
                for row in self._reading(snapshot, lens, title, width)
            ]
        if snapshot.aim is not None:
            rows += aim_lines(snapshot.aim, snapshot.world.atlas, snapshot.turns, width)
        return lines(*rows)

    def _reading(self, snapshot: Snapshot, lens: str, title: str, width: int) -> list[Content]:
        readings = snapshot.readings[lens]
        me = snapshot.me
        first = sorted(
            (state for state in readings if state != me),
            key=lambda state: -readings[state].threat,
        )[: SHOWN_WITH_AIM if snapshot.aim is not None else SHOWN]
        level = snapshot.insecurity.get(lens)
        worry = f"insecurity {words.share(level)}" if level is not None else ""
        head = line((fit(title, max(1, width - len(worry))), "bold"), (worry, "$text-muted"))
        rows = [head]
        names = {state: snapshot.world.atlas.name(state) for state in first}
        name = min(18, max(8, width - 22), max(map(len, names.values()), default=8))
        for state in first:
            reading = readings[state]
            why = self._why(snapshot, lens, state)
            rows.append(
                line(
                    f" {fit_name(names[state], name)} ",
                    (bar(reading.threat, 5), "$primary" if lens == "BOP" else "$warning"),
                    " ",
                    (fit(why, max(0, width - name - 8)), "$text-muted"),
                )
            )
        return rows

    def _why(self, snapshot: Snapshot, lens: str, state: str) -> str:
        if lens == "BOP":
            share = words.percent(snapshot.share(state))
            mine = words.percent(snapshot.share(snapshot.me))
            return f"{share} to our {mine}"
        factors = snapshot.factors.get(state, {})
        named = [NAMES[factor] for factor in NAMES if factors.get(factor, 0) >= HIGH[factor]]
        if len(named) == len(NAMES):
            return "in all four ways"
        return " ".join(named) or "a little of each"
