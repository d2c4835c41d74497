"""The campaign screen's turns: ending them in a thread, asking questions, leaving the game."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from game.messages import PlayerMessage
from game.tui.map_view import MapView
from game.tui.panels.dispatches_panel import headlines
from game.tui.panels.key_bar import KeyBar
from game.tui.safe_text import notify, plain
from game.tui.screen_registry import screen
from game.world.questions import Answer, Question

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.tui.campaign_worker import CampaignWorker
    from game.tui.lesson.lesson import Lesson
    from game.tui.snapshot import Snapshot

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
UNTOLD = 0.25
"""Seconds that a turn may take before it is said that it is being played: to say so paints all."""
REMINDED_FROM = 3
"""The first turn in which the player is reminded of an empty notebook."""
MOST_PASSED = 12
"""The most turns that one key passes."""
STOPS = 3
"""Passing stops at an event of at least this weight."""


class TurnLoop(Screen[None]):
    """The actions of the campaign screen that concern turns."""

    campaign: Campaign
    driver: CampaignWorker
    snapshot: Snapshot | None
    busy: bool
    show: Callable[[Snapshot], None]
    _ticker: Timer | None = None
    _since = 0.0
    _notebook_asked = False
    lesson: Lesson | None
    held_by_lesson: Callable[[], bool]
    _in_turn = False
    """Whether a turn is being played or reported, from its key to the end of its report."""

    def begin(self) -> None:
        """Show the campaign; if it was left in the middle of a turn, go on there."""
        self._in_one_worker(self._begin())

    def action_end_turn(self) -> None:
        """End the turn; after the last one, read the debrief again."""
        if not self._in_turn and not self.held_by_lesson():
            self._in_one_worker(self._end() if self.campaign.over else self._play(1))

    def action_pass_turns(self) -> None:
        """Pass turns until something awaits the player."""
        if not self._in_turn and not self.held_by_lesson():
            self._in_one_worker(self._end() if self.campaign.over else self._play(MOST_PASSED))

    def _in_one_worker(self, steps: Coroutine[Any, Any, None]) -> None:
        """Do it in a worker; `_in_turn` is set at once, so that a second key begins nothing."""

        async def steps_alone() -> None:
            try:
                await steps
            finally:
                self._in_turn = False

        self._in_turn = True
        self.run_worker(steps_alone(), group="turn", exit_on_error=True)

    async def _begin(self) -> None:
        self.show(await self.driver.snapshot())
        questions = await self.driver.questions()
        if questions:
            await self._see_through(questions)
        elif self.campaign.over:
            await self._end()

    async def _play(self, most: int) -> None:
        """End turns, up to `most`; stop for a question, a matter of weight, or the end."""
        waiting = await self.driver.questions()
        if waiting:
            await self._see_through(waiting, self.snapshot)
            return
        for passed in range(most):
            before = self.snapshot
            self._wait("Orders are opened; the other capitals are thinking")
            try:
                questions = await self.driver.end_turn()
            except PlayerMessage as problem:
                notify(self.app, problem, severity="error", timeout=12)
                return
            finally:
                self._go_on()
            if questions:
                await self._see_through(questions, before)
                return
            snapshot = await self.driver.snapshot(before)
            self._flash(before, snapshot)
            self.show(snapshot)
            if snapshot.over:
                await self._end()
                return
            weighty = any(weight >= STOPS for weight, _ in headlines(snapshot))
            pressing = any(matter.kind in ("crisis", "war") for matter in snapshot.matters)
            if passed + 1 == most or (most > 1 and (weighty or pressing)):
                if most > 1:
                    turns = "1 turn" if passed == 0 else f"{passed + 1} turns"
                    notify(self.app, f"Passed {turns}.", timeout=3)
                await self._report()
                return

    async def _see_through(
        self, questions: tuple[Question, ...], before: Snapshot | None = None
    ) -> None:
        """Ask the player and continue until the turn is over; then show the report."""
        ahead: dict[str, Answer] = {}
        while questions:
            known = {one.id: ahead[one.id] for one in questions if one.id in ahead}
            answers: dict[str, Answer] = dict(known)
            if rest := [one for one in questions if one.id not in known]:
                given = await self.app.push_screen_wait(screen("answers", self.campaign, rest))
                if given is None:
                    notify(self.app, "The turn waits for your answers: space asks again.")
                    return
                asked = {one.id for one in rest}
                answers |= {id: answer for id, answer in given.items() if id in asked}
                ahead |= {id: answer for id, answer in given.items() if id not in asked}
            self._wait("Your word is out; the others take theirs")
            try:
                questions = await self.driver.answer(answers)
            finally:
                self._go_on()
        snapshot = await self.driver.snapshot(before or self.snapshot)
        self._flash(before, snapshot)
        self.show(snapshot)
        if snapshot.over:
            await self._end()
        else:
            await self._report()

    async def _report(self) -> None:
        played = len(self.campaign.history.turns)
        await self.app.push_screen_wait(screen("report", self.campaign, played))
        await self._ask_for_the_notebook()
        if self.snapshot is not None:
            self.query_one(MapView).focus()

    async def _ask_for_the_notebook(self) -> None:
        """Once, after the first turns: remind the player of an empty notebook."""
        campaign = self.campaign
        if self._notebook_asked or campaign.turn < REMINDED_FROM or campaign.setup.teaching:
            return
        if self.lesson is not None and not self.lesson.ended:
            return  # A step of the lesson is about it.
        self._notebook_asked = True
        if campaign.notebook.now:
            return
        sentence = (
            "You have watched them for some turns: what does each rival fear, power or threat? "
            "Your notebook is empty; a quarter of the score is how early and how well it knows. "
            "It also sharpens every forecast. n opens it at any time."
        )
        buttons = [("open", "Open the notebook"), ("later", "Later")]
        if await self.app.push_screen_wait(screen("ask", sentence, buttons)) == "open":
            await self.app.push_screen_wait(screen("notebook", campaign))
            await self.try_to_save()

    async def _end(self) -> None:
        await self.app.push_screen_wait(screen("debrief", self.campaign))

    def _flash(self, before: Snapshot | None, after: Snapshot) -> None:
        """Highlight the provinces that changed their owner."""
        if before is None:
            return
        changed = frozenset(
            new.id
            for old, new in zip(before.world.provinces, after.world.provinces, strict=True)
            if (old.owner, old.holder) != (new.owner, new.holder)
        )
        self.call_after_refresh(self.query_one(MapView).flash, changed)

    # the note that something is going on

    def _wait(self, what: str) -> None:
        """Play a turn: nothing can be ordered, and what takes long is said."""
        self.busy = True
        self._since = monotonic()

        def tick() -> None:
            gone = monotonic() - self._since
            if gone < UNTOLD:
                return
            if not self.has_class("-busy"):
                self.add_class("-busy")
                self._show_keys()
            sign = SPINNER[int(gone * 10) % len(SPINNER)]
            seconds = f"  {gone:.0f} s" if gone >= 2 else ""
            self.query_one("#progress", Static).update(plain(f"{sign} {what}{seconds}"))

        self._ticker = self.set_interval(0.1, tick)

    def _show_keys(self) -> None:
        """Show which keys do something now."""
        self.refresh_bindings()
        self.query_one(KeyBar).refresh()

    def _go_on(self) -> None:
        self.busy = False
        if self._ticker is not None:
            self._ticker.stop()
        if self.has_class("-busy"):
            self.remove_class("-busy")
            self._show_keys()
        if self.driver.save_problem is not None:
            notify(self.app, self.driver.save_problem, severity="error", timeout=12)
            self.driver.save_problem = None

    # saving and leaving

    async def try_to_save(self) -> bool:
        """Save. Returns whether it worked; if not, shows why."""
        from game.files.file_problems import SaveProblem

        try:
            await self.driver.save()
        except SaveProblem as problem:
            notify(self.app, problem, severity="error", timeout=12)
            return False
        if self.driver.save_problem is not None:
            notify(self.app, self.driver.save_problem, severity="warning", timeout=12)
            self.driver.save_problem = None
        return True

    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """Save, then to the title or out."""
        stay = "Stay" if self.campaign.over else "Play on"
        buttons = [("stay", stay), ("title", "To the title"), ("quit", "Quit")]
        sentence = "Leave the campaign? It is saved, with this turn's orders."
        if self.campaign.over:
            sentence = "Leave the campaign? It is over and saved; its debrief can be read again."
        if self.busy:
            sentence = "A turn is being played; leaving waits for it. Leave the campaign?"
        chosen = await self.app.push_screen_wait(screen("ask", sentence, buttons))
        if chosen not in ("title", "quit"):
            return
        if not await self.try_to_save():
            buttons = [("stay", "Play on"), ("leave", "Leave without saving")]
            sentence = (
                "The campaign could not be saved. What was ordered since the last save is lost."
            )
            if await self.app.push_screen_wait(screen("ask", sentence, buttons)) != "leave":
                return
        self.campaign.file.release()
        if chosen == "quit":
            self.app.exit()
        else:
            self.dismiss(None)

    def action_help(self) -> None:
        """Help about the focused thing."""
        title, about, claims = "", "", ()
        for focused in self.focused.ancestors_with_self if self.focused is not None else ():
            about = getattr(focused, "HELP", "")
            if about:
                title = getattr(focused, "TITLE", "") or type(focused).__name__
                claims = getattr(focused, "CLAIMS", ())
                break
        self.app.push_screen(screen("help", title, about, claims=claims))
