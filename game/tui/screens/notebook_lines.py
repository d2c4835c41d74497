"""The lines of the notebook about one rival: what is known of it, and its deeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content

from game.tui.safe_text import fit, line, lines
from game.words.deed_readings import fears, leaning_words, surely
from game.world.atlas import Atlas
from game.world.orders import Assess

if TYPE_CHECKING:
    from game.advice.witnessed_deeds import WitnessedDeed
    from game.campaign import Campaign

PIPS = 3
LEANING = 12
"""Cells of a deed's pips and their reading."""
WIDE = 90
"""Cells from which the reason of a deed stands below its words, and not below its pips."""
SHOWN = 4
"""Assessments that are shown, the latest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a deed, or a line that was pinned elsewhere."""

    turn: int
    date: str
    words: str
    pinned: bool
    leans: int = 0
    reason: str = ""

    def drawn(self, width: int) -> Content:
        """Date, pips and deed, wrapped beside them; below it the reason, or beside it if short."""
        mark = "◆ " if self.pinned else "  "
        head = f"{mark}{self.date}  "
        indent = " " * (len(head) + LEANING)
        room = max(20, width - len(indent))
        quiet = "" if self.leans or not self.reason else "$text-muted"
        first, *rest = wrap(self.words, room) or [""]
        rows = [line((head, "$text-accent"), self._pips, (first, quiet))]
        rows += [line((indent + row, quiet)) for row in rest]
        if quiet and not rest and len(first) + len(self.reason) < room:
            return line(rows[0], (f" {self.reason}", quiet))
        if width < WIDE:
            indent = " " * len(head)
        why = wrap(self.reason, width - len(indent))
        rows += [line((indent + row, "$text-muted")) for row in why]
        return lines(*rows)

    @property
    def _pips(self) -> Content:
        """The pips, and to which reading they lean."""
        if not self.reason:
            return line(" " * LEANING)
        count = abs(self.leans)
        drawn = ("●" * count).ljust(PIPS, "○") if count else " " * PIPS
        style = {1: "$text-primary", -1: "$text-warning"}.get((self.leans > 0) - (self.leans < 0))
        return line((fit(f"{drawn} {leaning_words(self.leans)}", LEANING), style or "$text-muted"))


def entries_of(
    deeds: Sequence[WitnessedDeed],
    pins: Sequence[tuple[int, str]],
    atlas: Atlas,
    *,
    silent: bool,
) -> tuple[list[Entry], int]:
    """The lines about a rival, the newest first, and how many silent deeds are left out."""
    left = list(pins)
    found, hidden = [], 0
    for deed in deeds:
        pinned = (deed.turn, deed.words) in left
        if pinned:
            left.remove((deed.turn, deed.words))
        if deed.leans == 0 and not silent and not pinned:
            hidden += 1
            continue
        found.append(Entry(deed.turn, deed.date, deed.words, pinned, deed.leans, deed.reason))
    found += [Entry(turn, atlas.date(max(1, turn)), words, True) for turn, words in left]
    return sorted(found, key=lambda entry: -entry.turn), hidden


def head_lines(campaign: Campaign, state: str, estimate: float | None) -> Content:
    """Whom the rival would fear under each reading, and what assessments of it said."""
    name = campaign.atlas.name(state)
    rows = []
    if campaign.player:
        said = fears(campaign.atlas, campaign.player, campaign.adviser.feared(state))
        rows.append(line((name, "bold"), (" would fear ", "$text-muted"), said))
    made = campaign.notebook.assessed(state)
    figures = ", ".join(
        f"{campaign.atlas.date(turn)} {surely(share)}" for turn, share in made[-SHOWN:]
    )
    assessed = line(("Assessed: ", "$text-muted"), figures or "never")
    if Assess(state) in campaign.pending:
        assessed = line(assessed, ("; one is ordered for the end of this turn", "$text-muted"))
    if estimate is not None:
        assessed = line(assessed, ("   All that we saw says: ", "$text-muted"), surely(estimate))
    return lines(*rows, assessed)
