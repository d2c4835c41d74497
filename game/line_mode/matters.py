"""What wants deciding, on lines; a suggested order is given by its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.advice.matter_words import promise_words
from game.line_mode.dialogue import Choice, Dialogue
from game.line_mode.figure_lines import figure_lines
from game.line_mode.order_menus import BACK
from game.words import order_labels as order_words
from game.words.grammar import sentence

if TYPE_CHECKING:
    from game.advice.matters import Matter
    from game.campaign import Campaign
    from game.world.orders import Order

FIGURES = Choice("figures", "What these figures are made of")


class Matters:
    """Lists the matters of a campaign's turn, and asks which suggested order is given."""

    def __init__(self, campaign: Campaign, dialogue: Dialogue) -> None:
        self._campaign, self._dialogue = campaign, dialogue

    def say(self) -> Sequence[Matter]:
        """Say all of them. Nothing is asked, so that a program can go on with its next command."""
        found = self._campaign.adviser.matters()
        self._dialogue.say(*(self._lines(found) or ["Nothing presses."]))
        return found

    def ask(self) -> Order | None:
        """The suggested order that is to be given; None where the reader went back."""
        found = self.say()
        orders = {
            str(at): matter.order
            for at, matter in enumerate(found, start=1)
            if matter.order is not None and self._campaign.refusal(matter.order) is None
        }
        choices = [Choice(at, f"Give: {self._say(order)}") for at, order in orders.items()]
        while found:
            chosen = self._dialogue.choose("What now?", [*choices, FIGURES, BACK])
            if chosen in orders:
                return orders[chosen]
            if chosen == BACK.id:
                break
            self._say_figures(found)
        return None

    def _lines(self, found: Sequence[Matter]) -> list[str]:
        """Each matter: what it is, both readings, and the order that meets it."""
        rows = []
        for matter in found:
            rows.append(f"{sentence(matter.title)} {matter.about}".rstrip())
            if matter.looks:
                rows += [f"  By power: {matter.looks[0]}.", f"  By threat: {matter.looks[1]}."]
            if matter.order is None:
                continue
            rows.append(f"  An order that meets it: {self._say(matter.order)}.")
            seen = self._campaign.adviser.forecast(matter.order)
            promises = zip(("power", "threat"), promise_words(matter, seen), strict=True)
            rows += [f"    By {reading}: {said}." for reading, said in promises if said]
            if refused := self._campaign.refusal(matter.order):
                rows.append(f"    {refused}")
        return rows

    def _say(self, order: Order) -> str:
        return order_words.say(order, self._campaign.world, self._campaign.player or "")

    def _say_figures(self, found: Sequence[Matter]) -> None:
        explain = self._campaign.adviser.explanations
        for matter in found:
            self._dialogue.say("", sentence(matter.title), *figure_lines(explain.matter(matter)))
