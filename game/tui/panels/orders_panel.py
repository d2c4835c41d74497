"""The orders of this turn, the most important first, and the money that is left."""

from textual.widgets.option_list import Option

from game import words
from game.tui.panels.panel_frame import ListPanel
from game.tui.safe_text import line, plain
from game.tui.snapshot import Snapshot
from game.words import order_labels as order_words


class Orders(ListPanel):
    """This turn's orders."""

    TITLE = "Orders of this turn"
    HELP = (
        "What you will do this turn, the highest rank first: where two offers of yours that "
        "exclude each other are both accepted, the higher stands and the other lapses without "
        "blame. Delete removes the marked order, [ and ] change its rank, u takes the last "
        "change back. Space ends the turn: everybody's orders are opened at once."
    )
    CLAIMS = ("S4", "W9")

    def fill(self, snapshot: Snapshot) -> list[Option]:
        """The orders; if there are none, how to give one."""
        options = []
        for number, order in enumerate(snapshot.pending):
            text = order_words.say(order, snapshot.world, snapshot.me)
            sign = "✉ " if order.envoys else "· "
            row = line((f"{number + 1} ", "$text-muted"), (sign, "$text-accent"), text)
            options.append(Option(row, id=f"order:{number}"))
        if not options:
            hints = ("No orders yet.", "o offers a treaty, b sets the budget, space ends the turn.")
            if snapshot.over:
                hints = ("The campaign is over.", "space opens the debrief, esc leaves.")
            for hint in hints:
                options.append(Option(line((hint, "$text-muted")), disabled=True))
        left, purse = snapshot.envoys_left, words.money(snapshot.purse)
        noun = "envoy" if left == 1 else "envoys"
        self.border_subtitle = plain(f" {left} {noun} left · {purse} to spend ")
        return options

    @property
    def marked(self) -> int | None:
        """The index of the marked order."""
        if self.highlighted is None or self.snapshot is None:
            return None
        return self.highlighted if self.highlighted < len(self.snapshot.pending) else None
