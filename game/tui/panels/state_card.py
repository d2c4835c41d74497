"""The card of the state under the cursor: its leader, means and treaties."""

from textual.content import Content

from game import words
from game.tui.panels.panel_frame import TextPanel
from game.tui.panels.states_panel import tie
from game.tui.safe_text import bar, line, lines, plain
from game.tui.snapshot import Snapshot
from game.words import grammar, phrases
from game.world.orders import BINDING
from game.world.rules import POSTURES

WARLIKE = 3
"""The posture, 0 to 4, from which the card has a warning."""


class StateCard(TextPanel):
    """A state at a glance; its dossier has the rest."""

    TITLE = "Card"
    HELP = (
        "The state under the cursor at a glance: its leader, its forces and posture, and its "
        "treaties as far as you know them. Enter on the map opens its dossier."
    )
    CLAIMS = ("S6", "T14")

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.state = ""

    def turn_to(self, state: str) -> None:
        """Show another state."""
        if state != self.state:
            self.state = state
            self.refill()

    def text(self, snapshot: Snapshot, width: int) -> Content:
        """The card of the chosen state, or of the player's."""
        del width
        id = self.state or snapshot.me
        if not id:
            return Content("")
        world, atlas = snapshot.world, snapshot.world.atlas
        state, sheet = world.state(id), atlas.sheet(id)
        self.rename(plain(f" {sheet.name} "))
        if not state.alive:
            return plain("It is no more.", "$text-muted")
        kind = "great power" if state.great else "lesser state"
        ideology = atlas.ideologies.get(sheet.ideology, "")
        about = ", ".join(part for part in (kind, ideology.lower()) if part)
        rows = []
        if leader := snapshot.world.leader(id):
            rows.append(plain(leader, "bold"))
        if id == snapshot.me:
            rows.append(line((f"your state: {about}", "$text-muted")))
        else:
            word, style = tie(snapshot, id)
            rows.append(line((word, style), "  ", (about, "$text-muted")))
        warlike = "$text-warning" if state.posture >= WARLIKE else ""
        rows.append(
            line(
                ("share ", "$text-muted"), words.percent(snapshot.share(id)),
                ("  army ", "$text-muted"), words.army(state.army, atlas),
                ("  fleet ", "$text-muted"), words.fleet(state.fleet, atlas),
            )
        )  # fmt: skip
        rows.append(line(("posture ", "$text-muted"), (POSTURES[state.posture], warlike)))
        if id != snapshot.me and id in snapshot.readings["BOP"]:
            for label, lens, hue in (("by power ", "BOP", "$primary"),
                                     ("by threat", "BOT", "$warning")):  # fmt: skip
                meter = bar(snapshot.threat(lens, id), 12)
                rows.append(line((f"{label} ", "$text-muted"), (meter, hue)))
        rows += self._ties(snapshot, id)
        return lines(*rows)

    def _ties(self, snapshot: Snapshot, id: str) -> list[Content]:
        world, atlas = snapshot.world, snapshot.world.atlas
        rows = []
        foes = dict.fromkeys(foe for war in world.wars_of(id) for foe in war.enemies(id))
        if foes:
            names = grammar.listed(grammar.with_article(atlas.name(foe)) for foe in foes)
            rows.append(line(("⚔ at war with ", "$text-error"), names))
        pacts = sorted(
            world.treaties_of(id),
            key=lambda treaty: not treaty.binding,
        )
        for treaty in pacts:
            others = ", ".join(atlas.name(other) for other in treaty.others(id))
            name = phrases.pact_name(treaty.obligations)
            if treaty.guarantor:
                name = "guaranteed by it" if treaty.guarantor == id else "guarantees it"
            foe = grammar.with_article(atlas.name(treaty.against)) if treaty.against else ""
            against = f" against {foe}" if treaty.against else ""
            left = phrases.term_left(treaty, snapshot.turn)
            secret = ", secret" if treaty.terms.secret else ""
            rows.append(
                line(
                    ("● " if treaty.obligations[0] in BINDING else "○ ", "$text-success"),
                    f"{others}: {name}{against}",
                    (f" ({left}{secret})", "$text-muted"),
                )
            )
        return rows
