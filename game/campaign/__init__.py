"""One campaign as its users see it: the public Python API of the game, a thin face.

    from game import Campaign, load_map
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7)
    campaign.submit([...])              # the turn runs until questions wait or it is over
    campaign.answer({question.id: "accept" for question in campaign.questions()})
    campaign.save("mine.json")

The screen, `autoplay`, the tests and the laboratory all use it. Nothing here computes a rule.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from game import play, scoring
from game.campaign import saving
from game.campaign.adviser import Adviser
from game.campaign.checks import check_answers
from game.campaign.debriefing import Debriefing
from game.campaign.identity import Identity
from game.campaign.opening import opening
from game.campaign.pending_orders import PendingOrders
from game.campaign.refused import Refused
from game.campaign.shortcuts import Shortcuts
from game.campaign.worked_out import WorkedOut
from game.history import chain_start
from game.words.letters import letter, sender_of
from game.words.refusal_sentences import refuse
from game.world.atlas import Aim
from game.world.events import Event
from game.world.knowledge import visible
from game.world.legal_orders import LegalOrders, legal_orders
from game.world.legality import check, envoys, purse
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Answer, Question
from game.world.sight import Sight, seen_by

__all__ = ["Campaign", "Refused"]


class Campaign(Identity, Shortcuts):
    """A campaign under way. Make one with `new` or `load`.

    `notebook` is what the player wrote of its rivals, `file` where the campaign is saved.
    """

    def __init__(self, parts: saving.Parts, file: saving.CampaignFile | None = None) -> None:
        self._position = parts.position
        self._pending = PendingOrders(parts.pending)
        self._given: dict[str, tuple[Order, ...]] = {}
        self._sights: dict[str, tuple[World, Sight]] = {}
        self._summaries = parts.summaries
        self.notebook = parts.notebook
        self.file = file or saving.CampaignFile()
        self._worked_out = WorkedOut([parts.position.beliefs[0]])

    @classmethod
    def new(
        cls,
        map: MapDoc,
        *,
        player: str | None = None,
        seed: int | None = None,
        aim: str | None = None,
        teaching: bool = False,
        difficulty: str = "normal",
        turns: int | None = None,
        doctrines: Mapping[str, str] | None = None,
    ) -> Campaign:
        """Begin a campaign. Without a player the AI plays every state.

        `doctrines` (state -> doctrine) overrides map and draw; without a seed one is drawn; `turns`
        overrides the map's calendar. Raises Refused for an unknown state, doctrine or aim.
        """
        position = opening(
            map,
            player=player,
            seed=seed,
            aim=aim,
            teaching=teaching,
            difficulty=difficulty,
            turns=turns,
            doctrines=doctrines,
        )
        return cls(saving.Parts(position))

    @classmethod
    def load(cls, path: str | Path, *, hold: bool = False) -> Campaign:
        """Read a campaign back, at the very turn and question where it was left.

        With `hold` its file is held for this process alone, until `file.release`.
        Raises `file_problems.SaveProblem` in one sentence for a file that cannot be read.
        """
        file = saving.CampaignFile(path)
        if hold and Path(path).exists():
            file.hold()
        try:
            return cls(saving.from_saved(file.read()), file)
        except BaseException:
            file.release()
            raise

    def save(self, path: str | Path | None = None, *, over: bool = False) -> Path:
        """Write the campaign to a file, whole or not at all; returns where.

        A file that holds another campaign, or that another program wrote since it was read here,
        is written over only with `over`. Raises `files.file_problems.SaveProblem` in one sentence
        when it cannot be written.
        """
        return self.file.write(saving.to_saved(self._parts()), path, over=over)

    def save_new(self, folder: Path) -> Path:
        """Write the campaign under a name that nobody has yet, and hold that file; returns where.

        Raises `files.file_problems.SaveProblem` in one sentence when it cannot be written.
        """
        return self.file.begin(saving.to_saved(self._parts()), folder)

    def is_the_same_as(self, other: Campaign) -> bool:
        """Whether both were begun alike: the same map, seed, length, player and doctrines."""
        mine, theirs = self._position, other._position
        return (
            chain_start(self.setup) == chain_start(other.setup)
            and self.setup.engine_revision == other.setup.engine_revision
            and mine.envelope == theirs.envelope
        )

    def branch(self, turn: int) -> Campaign:
        """A new campaign that stands where this one stood before a turn; this one stays as it is.

        Chance is drawn by the same keys: what is ordered alike comes out alike. Raises Refused for
        a turn that was not reached.
        """
        if not 1 <= turn <= len(self.history.turns) + (not self.over):
            raise Refused(f"Turn {turn} was not reached; name one that was.")
        return Campaign(saving.before_turn(self._parts(), turn))

    def _parts(self) -> saving.Parts:
        return saving.Parts(self._position, self.notebook, self.pending, self._decision_summaries())

    def _decision_summaries(self) -> Sequence[saving.Summaries]:
        """What a save keeps of the AI states' decision records of each turn."""
        self._summaries = saving.summaries(self._position, self._summaries)
        self._position = play.without_records(self._position)
        return self._summaries

    # seeing

    @property
    def world(self) -> World:
        """The world as the player sees it; the true one where nobody plays, or once over."""
        if self.player is None or self.over:
            return self._position.world
        return self.sight.world

    @property
    def sight(self) -> Sight:
        """What the player sees now."""
        return self.sight_of(self._me)

    @property
    def past_sights(self) -> list[Sight]:
        """What the player saw at the start of each turn so far, and sees now."""
        before = zip(self.history.turns, self._position.beliefs, strict=False)
        return [*(seen_by(turn.start, held, self._me) for turn, held in before), self.sight]

    def sight_of(self, state: str) -> Sight:
        """What a state sees now, with its own beliefs."""
        world = self._position.world
        known = self._sights.get(state)
        if known is None or known[0] is not world:
            known = self._sights[state] = world, seen_by(world, self._position.beliefs[-1], state)
        return known[1]

    @property
    def events(self) -> list[tuple[int, Event]]:
        """Everything that happened as far as the player saw it; all of it once over."""
        return [
            (record.turn, happening)
            for record in self.history.turns
            for happening in self._visible(record.events)
        ]

    def report(self, turn: int | None = None) -> tuple[Event, ...]:
        """What the player saw happen in a turn; without one, in the last."""
        wanted = len(self.history.turns) if turn is None else turn
        if not 1 <= wanted <= len(self.history.turns):
            return ()
        return tuple(self._visible(self.history.turns[wanted - 1].events))

    def letter(self, event: Event, turn: int | None = None) -> str | None:
        """The letter that an event of a turn (without one, of the last) brought to the player.

        As its sender writes, signed by who led it then. None if it brought none.
        """
        sender = sender_of(event, self.atlas, self.player)
        wanted = len(self.history.turns) if turn is None else turn
        if sender is None or not 1 <= wanted <= len(self.history.turns):
            return None
        record = self.history.turns[wanted - 1]
        world = record.end if event.kind == "leader_succeeded" else record.start
        manner = self._position.envelope[sender].temperament.manner
        return letter(event, self.atlas, self.player, manner, world.leader(sender))

    def _visible(self, events: Sequence[Event]) -> Sequence[Event]:
        if self.player is None or self.over:
            return events
        return list(visible(events, self.player))

    # ordering

    @property
    def pending(self) -> tuple[Order, ...]:
        """The player's orders of this turn so far, in rank order."""
        return self._pending.orders

    def legal_orders(self, state: str | None = None) -> LegalOrders:
        """The forms of the orders that a state could give now."""
        name = state or self._me
        return legal_orders(self.sight_of(name).world, name)

    def refusal(self, order: Order, state: str | None = None) -> str | None:
        """Why an order cannot be added to what is pending, in a sentence; None if it can."""
        name = state or self._me
        beside = self.pending if name == self.player else self._given.get(name, ())
        return self._refusal(name, [order], beside)

    def _refusal(
        self, name: str, orders: Sequence[Order], beside: Sequence[Order] = ()
    ) -> str | None:
        """Why one of some orders cannot be given beside others, in a sentence; None if all can."""
        world = self.sight_of(name).world
        for refused, reason in check(world, name, (*beside, *orders)):
            if any(refused is order for order in orders):
                return refuse(reason, world, name)
        return None

    def order(self, order: Order) -> None:
        """Add an order. Raises Refused with the rule and what would make it legal."""
        self.replace((), [order])

    def replace(self, places: Collection[int], orders: Sequence[Order]) -> None:
        """Put orders, or none, in the place of the pending ones at `places`: one change to undo.

        The new orders take the ranks that become free; those beyond them go last. Raises Refused
        if one of them is illegal beside the orders that stay: then nothing is changed.
        """
        self._open_for_orders()
        if sentence := self._refusal(self._me, orders, self._pending.without(places)):
            raise Refused(sentence)
        self._pending.replace(places, orders)

    def _open_for_orders(self) -> None:
        """Refuse while a turn is under way: its orders are given."""
        if self._position.asking is not None:
            raise Refused("The turn waits for answers first.")

    def move(self, index: int, by: int) -> None:
        """Change a pending order's rank. Raises Refused while the turn waits for answers."""
        self._open_for_orders()
        self._pending.move(index, by)

    def undo(self) -> bool:
        """Take back the last change of the pending orders; whether there was one."""
        return self._position.asking is None and self._pending.undo()

    def redo(self) -> bool:
        """Make the last undone change again; whether there was one."""
        return self._position.asking is None and self._pending.redo()

    def submit(self, orders: Sequence[Order] | None = None, state: str | None = None) -> None:
        """Give a state's orders for the turn.

        For another state than the player's they are kept until the player's are given. The
        player's (without `orders`: those pending) end the turn, as does a call without a state
        where nobody plays: it then runs until questions wait or it is over.
        Raises Refused for an illegal order, naming it; nothing else is lost.
        """
        if self.over:
            raise Refused("The campaign is over.")
        self._open_for_orders()
        name = state or self.player
        if name is not None:
            if name not in self.atlas.state_index:
                raise Refused(f"There is no state {name!r} on this map.")
            given = tuple(self.pending if orders is None else orders)
            if sentence := self._refusal(name, given):
                raise Refused(sentence)
            self._given[name] = given
            if state is not None and state != self.player:
                return
        given_by_all, self._given = self._given, {}
        self._position = play.begin(self._position, given_by_all)
        self._turned()

    def questions(self, state: str | None = None) -> tuple[Question, ...]:
        """What waits for an answer of the player, or of another state that is played by hand."""
        name = state or self.player
        return tuple(asked for asked in self._position.waiting if asked.asked == name)

    def answer(self, answers: Mapping[str, Answer], state: str | None = None) -> None:
        """Answer what is asked; the turn runs on once everything that waits is answered.

        Raises Refused for an unknown question or an answer that is not among its options.
        """
        check_answers(self.questions(state), answers)
        self._position = play.answer(self._position, answers)
        self._turned()

    def _turned(self) -> None:
        """Begin a new list of orders and a new page of the notebook once a turn is over."""
        if self._position.asking is None:
            self._pending = PendingOrders()
            self.notebook.turn_page(len(self.history.turns))
            self._note_assessments()

    def _note_assessments(self) -> None:
        """Put the figures of the assessments made in the last turn into the notebook.

        Each is computed from what the player had seen by that turn's end, and saved: it stays
        what it was when it was made.
        """
        turn = len(self.history.turns)
        of = [
            happening.target
            for happening in self.report()
            if happening.kind == "assessment_made" and happening.actor == self.player
        ]
        for state, estimate in self.adviser.doctrine_estimates(of).items() if of else ():
            self.notebook.assessments.setdefault(state, []).append((turn, estimate.power))

    @property
    def envoys_left(self) -> int:
        """The player's envoys that have no order yet."""
        used = sum(order.envoys for order in self.pending)
        return envoys(self.sight.world, self._me) - used

    @property
    def purse(self) -> int:
        """Money left to spend after the pending orders, units."""
        world = self.sight.world
        spent = sum(order.cost(world, self._me) for order in self.pending)
        return purse(world, self._me) - spent

    @property
    def aim(self) -> Aim | None:
        """The player's aim."""
        return None if self.player is None else scoring.chosen_aim(self.history, self.player)

    @property
    def adviser(self) -> Adviser:
        """What the player can know and work out: forecasts, odds, matters."""
        return Adviser(self, self._position.frame, self._worked_out)

    @property
    def debriefing(self) -> Debriefing:
        """What the campaign shows and came to: debrief, exports, score."""
        return Debriefing(self, self._worked_out)
