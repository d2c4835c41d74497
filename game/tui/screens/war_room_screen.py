"""The war room: all wars with forces, odds, exhaustion and score; and orders of war."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static

from game.tui.safe_text import fit, fit_name, line, lines, plain
from game.tui.screens.dialog_base import Dialog
from game.tui.screens.war_dialogs import DeclareDialog, FrontsDialog, PeaceDialog
from game.tui.widgets.bars import meter, sway
from game.words import army, percent, signed
from game.words.grammar import listed
from game.world.legality import within_reach
from game.world.model import War, World
from game.world.odds import war_odds
from game.world.orders import Order
from game.world.peace_terms import score_of
from game.world.rules import BP, POSTURES

if TYPE_CHECKING:
    from game.campaign import Campaign

BAR = 10
SCORE_HALF = 6


class WarRoom(Dialog[Sequence[Order] | None]):
    """Dismisses with the orders that were made in it, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "declare", "Declare war"),
        Binding("f", "fronts", "Fronts"),
        Binding("p", "peace", "Offer peace"),
    ]

    about = (
        "Every war we know of: who fights, how weary they are, the odds that are really "
        "used, and the score that terms of peace are bought with. Strength shrinks with "
        "distance, and over the sea with the fleet. At peace it shows what an attack would "
        "face, all counted who are bound to come in (S7)."
    )

    def __init__(self, campaign: "Campaign", state: str | None = None) -> None:
        super().__init__(campaign)
        self._state = state
        world = campaign.world
        self._ours = [war for war in world.wars if war.side(self.me)]
        self._others = [war for war in world.wars if not war.side(self.me)]

    def heading(self) -> str:
        """Whether the player is at war."""
        if self._ours:
            enemies = {enemy for war in self._ours for enemy in war.enemies(self.me)}
            names = listed(self.spoken(enemy) for enemy in sorted(enemies))
            return f"War room: we are at war with {names}"
        return "War room: we are at peace"

    def body(self) -> ComposeResult:
        """A card for each war; without wars, the forces in peace."""
        for war in (*self._ours, *self._others):
            yield Static(self._card(war), classes="part")
        if not self._ours:
            yield Static(self._balance(), classes="part", id="balance")

    def buttons(self) -> ComposeResult:
        """What can be ordered."""
        if self._can_order:
            yield Button("Declare war", id="declare", variant="warning", compact=True)
            if self._ours:
                yield Button("Fronts", id="fronts", variant="primary", compact=True)
                yield Button("Offer peace", id="peace", variant="primary", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """The safe button has the focus."""
        self.query_one("#back", Button).focus()

    @property
    def _can_order(self) -> bool:
        return bool(self.me) and not self.campaign.over

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Fronts and peace only in a war."""
        if action == "declare":
            return self._can_order
        if action in ("fronts", "peace"):
            return self._can_order and bool(self._ours)
        return super().check_action(action, parameters)

    def _card(self, war: War) -> Content:
        """One war: sides, forces, exhaustion, odds, score, war aim, occupied provinces."""
        world = self.campaign.world
        since = self.atlas.date(max(1, war.since))
        about = f", about {self.atlas.place(war.aim).name}" if war.aim else ""
        leaders = f"{self.opening(war.attackers[0])} against {self.spoken(war.defenders[0])}"
        rows = [line((f"{leaders}, since {since}{about}", "bold"))]
        for title, side in (("attack", war.attackers), ("defend", war.defenders)):
            for index, state in enumerate(side):
                rows.append(self._belligerent(world, title if index == 0 else "", state))
        odds = war_odds(world, war.attackers, war.defenders) / BP
        if self.me in war.defenders:
            odds = 1 - odds
        ours = bool(war.side(self.me))
        whose = "ours" if ours else "the attackers'"
        rows.append(
            line(f"  odds, {whose:<15} ", (meter(odds, BAR), "$accent"), f" {percent(odds)}")
        )
        score = (score_of(war, self.me) if ours else war.score) / BP
        rows.append(
            line(
                f"  score, {whose:<14} ",
                (sway(score, 0.5, SCORE_HALF), "$accent"),
                f" {signed(score)}",
            )
        )
        held = [
            f"{self.spoken(province.holder)} holds {self.atlas.place(province.id).name}"
            for province in world.provinces
            if province.holder != province.owner
            and {province.holder, province.owner} <= {*war.attackers, *war.defenders}
        ]
        if held:
            rows.append(line("  ", "; ".join(held)))
        return lines(*rows)

    def _belligerent(self, world: World, title: str, state: str) -> Content:
        standing = world.state(state)
        weary = standing.exhaustion / BP
        name = "You" if state == self.me else self.name_of(state)
        return line(
            (f"  {title:<8}", "$text-muted"),
            f"{fit(name, 18)} army {fit(army(standing.army, self.atlas), 7)}",
            (f"{POSTURES[standing.posture]:<14}", "$text-muted"),
            "weary ",
            (meter(weary, 8), "$warning"),
            f" {percent(weary)}",
        )

    def _balance(self) -> Content:
        """In peace: the odds of the player's side against each neighbour it could attack."""
        if not self.me:
            return plain("Nobody plays this campaign.")
        world = self.campaign.world
        reachable = [state for state, _ in self.others() if within_reach(world, self.me, state)]
        rows = [
            line(
                (
                    "If we attacked now: our chance, against it and all who are bound to defend it",
                    "bold",
                )
            )
        ]
        for state in reachable:
            odds = self.campaign.adviser.war_odds(state, at_once=True) / BP
            rows.append(
                line(
                    f"  {fit_name(self.name_of(state), 22)} ",
                    (meter(odds, BAR), "$accent"),
                    f" {percent(odds):>4}",
                )
            )
        return lines(*(rows if reachable else [plain("Nobody is within our armies' reach.")]))

    def _take(self, result: Any) -> None:
        if result is not None:
            self.dismiss(result)

    def action_declare(self) -> None:
        """Declare war."""
        self.app.push_screen(DeclareDialog(self.campaign, self._state), self._take)

    def action_fronts(self) -> None:
        """Set fronts."""
        self.app.push_screen(FrontsDialog(self.campaign), self._take)

    def action_peace(self) -> None:
        """Offer peace."""
        self.app.push_screen(PeaceDialog(self.campaign, self._state), self._take)
