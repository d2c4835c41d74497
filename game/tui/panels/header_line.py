"""The header line: the campaign, the turn, the player's state and its means."""

from rich.cells import cell_len
from textual.widgets import Static

from game import words
from game.tui.safe_text import Part, line
from game.tui.snapshot import Snapshot
from game.world import legality
from game.world.rules import POSTURES


class Header(Static):
    """One line; in a narrow window the least important parts are left out."""

    def __init__(self) -> None:
        super().__init__(id="header")
        self.snapshot: Snapshot | None = None

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot."""
        self.snapshot = snapshot
        self._write()

    def on_resize(self) -> None:
        """Write again what fits."""
        self._write()

    def _write(self) -> None:
        snapshot = self.snapshot
        if snapshot is None or not self.size.width:
            return
        atlas = snapshot.world.atlas
        turn = f"turn {min(snapshot.turn, snapshot.turns)} of {snapshot.turns}"
        left: list[tuple[int, list[Part]]] = [
            (2, [(f"{atlas.title}  ", "bold $text-accent")]),
            (0, [(f"{snapshot.date}", "bold"), ("  ", "")]),
            (1, [(f"{turn}", "$text-muted")]),
        ]
        right: list[tuple[int, list[Part]]] = []
        if snapshot.me:
            state = snapshot.world.state(snapshot.me)
            all_envoys = legality.envoys(snapshot.world, snapshot.me)
            sign = "+" if snapshot.surplus >= 0 else "−"
            money = f"{words.money(state.treasury)} {sign}{words.money(abs(snapshot.surplus))}"
            right = [
                (0, [(atlas.name(snapshot.me).upper(), "bold $text-primary")]),
                (1, _pair("treasury", money)),
                (1, _pair("envoys", f"{snapshot.envoys_left}/{all_envoys}")),
                (3, _pair("army", words.army(state.army, atlas))),
                (4, _pair("fleet", words.fleet(state.fleet, atlas))),
                (5, _pair("posture", POSTURES[state.posture])),
            ]
        room = self.size.width - 2
        for keep in range(5, -1, -1):
            first = [part for rank, parts in left if rank <= keep for part in parts]
            second: list[Part] = []
            for rank, parts in right:
                if rank <= keep:
                    second += [*parts, "   "]
            second = second[:-1]
            used = sum(_length(part) for part in (*first, *second))
            if used + 2 <= room or keep == 0:
                gap = " " * max(1, room - used)
                self.update(line(" ", *first, gap, *second))
                return


def _pair(label: str, value: str) -> list[Part]:
    return [(f"{label} ", "$text-muted"), value]


def _length(part: Part) -> int:
    return cell_len(part[0] if isinstance(part, tuple) else str(part))
