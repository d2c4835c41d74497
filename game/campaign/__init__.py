"""One campaign as its users see it: the public Python API of the game, a thin face.

    from game import Campaign, load_map
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7)
    campaign.submit([...])              # the turn runs until questions wait or it is over
    campaign.answer({question.id: "accept" for question in campaign.questions()})
    campaign.save("mine.json")

The screen, `autoplay`, the tests and the laboratory all use it. Nothing here computes a rule.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game import play, scoring
from game.advice.best_offer import best_offer
from game.advice.decision_summary import summarise, summary_words
from game.advice.estimated_beliefs import estimate_beliefs, in_the_place_of
from game.advice.forecast import (
    Forecast,
    Stand,
    entries,
    forecast,
    next_step,
    stands,
    weigh,
    worth,
)
from game.advice.levers import Lever, levers
from game.advice.matters import Matter, matters
from game.campaign.notebook import Notebook
from game.campaign.pending_orders import PendingOrders
from game.engine.phases.influence import chance_found, depth_gained
from game.engine.phases.wars import standing_ultimatum
from game.history import History, Setup, chain_start, digest_of
from game.messages import PlayerMessage
from game.rivals.envelope import Seat, seal
from game.scoring import AimStatus, Score
from game.theory.choice_rule import Record
from game.theory.doctrine import doctrines as known_doctrines
from game.words.refusal_sentences import refuse
from game.world import public_finance
from game.world.atlas import Aim, Atlas
from game.world.beliefs import Beliefs
from game.world.capability import capability
from game.world.coalitions import coalitions
from game.world.events import FACTS, Event, visible
from game.world.legal_orders import LegalOrders, OrderForm, legal_orders
from game.world.legality import check, cost, envoys, is_neighbour, purse, refusal
from game.world.map_document import MapDoc, without_secrets
from game.world.model import World
from game.world.odds import war_odds
from game.world.orders import ENVOY_ORDERS, Means, Offer, Order
from game.world.questions import Answer, CrisisQuestion, OfferQuestion, Question
from game.world.rules import BP
from game.world.sight import Sight, seen_by
from game.world.world_setup import build_world

if TYPE_CHECKING:
    from game.advice.doctrine_estimate import DoctrineEstimate
    from game.debrief.analysis import Analysis
    from game.saves.save_file import SavedCampaign, SaveFile, Stamp

__all__ = [
    "Campaign",
    "Forecast",
    "Lever",
    "Matter",
    "OrderForm",
    "Reading",
    "Refused",
    "Score",
]


class Refused(PlayerMessage):
    """Something the rules forbid; its text is one sentence with the rule and the way out."""

    status = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """How dangerous a state looks through one lens."""

    threat: float
    """What I face from it, of the most that I face from anyone: 0 to 1."""
    share: float
    """Its share of the world's capability, 0 to 1."""
    rank: int
    """1 for the one that I should fear most."""


class Campaign:
    """A campaign under way. Make one with `new` or `load`."""

    def __init__(
        self,
        position: play.Position,
        notebook: Notebook | None = None,
        pending: Sequence[Order] = (),
        path: Path | None = None,
    ) -> None:
        self._position = position
        self._notebook = notebook or Notebook()
        self._pending = PendingOrders(pending)
        self._given: dict[str, tuple[Order, ...]] = {}
        self._sights: dict[str, tuple[World, Sight]] = {}
        self._estimates: list[Beliefs] = []
        self._told: list[Mapping[str, Any]] = []
        self._file: SaveFile | None = None
        self._stamp: Stamp | None = None
        self._analysis: Analysis | None = None
        self._doctrine_estimates: tuple[str, dict[str, DoctrineEstimate]] = ("", {})
        self.path = path

    # making and keeping

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

        `doctrines` (state -> doctrine) overrides map and draw. Raises Refused for an unknown
        state, doctrine or aim.
        """
        if player is not None:
            if player not in map.states:
                known = ", ".join(list(map.states)[:8])
                raise Refused(f"There is no state {player!r} on this map; it has {known}.")
            if map.states[player].committed_at(1) == 0:
                raise Refused(f"{map.states[player].name} stands off the map and cannot be played.")
        chosen = seed if seed is not None else secrets.randbelow(1_000_000)
        world, _ = build_world(map)
        _check_doctrines(map, doctrines or {})
        if aim is not None and player is not None:
            offered = [one.id for one in scoring.aims_of(world.atlas, player)]
            if aim not in offered:
                raise Refused(
                    f"There is no aim {aim!r} for {player}; choose of {', '.join(offered)}."
                )
        setup = Setup(
            map=without_secrets(map),
            seed=chosen,
            player=player,
            turns=turns or map.calendar.turns,
            aims={player: aim} if player and aim else {},
            teaching=teaching,
            difficulty=difficulty,
        )
        return cls(play.start(setup, seal(map, world, chosen, difficulty, doctrines)))

    def save(self, path: str | Path | None = None, *, over: bool = False) -> Path:
        """Write the campaign to a file, whole or not at all; returns where.

        A file that holds another campaign, or that another program wrote since it was read here,
        is written over only with `over`. Raises `files.file_problems.SaveProblem` in one sentence
        when it cannot be written.
        """
        from game.saves import save_file

        target = Path(path) if path is not None else self.path
        if target is None:
            self.save_new(save_file.saves_dir())
            self.release()
            target = self.path
            assert target is not None
        elif self._file is not None and target.absolute() in (self._file.path, self._file.asked):
            self._file.save(self._saved(), since=self._stamp)
            self._stamp = self._file.stamp
        else:
            since = self._stamp if target == self.path else None
            self._stamp = save_file.write(target, self._saved(), since=since, over=over)
        self.path = target
        return target

    def save_new(self, folder: Path) -> Path:
        """Write the campaign under a name that nobody has yet, and keep the save open (`hold`).

        Raises `files.file_problems.SaveProblem` in one sentence when it cannot be written.
        """
        from game.saves import save_file

        name = self.atlas.name(self.player) if self.player else ""
        self.release()
        self._file = save_file.begin(folder, self.setup.map.id, name, self._saved())
        self.path, self._stamp = self._file.path, self._file.stamp
        return self.path

    def hold(self) -> None:
        """Keep the save open for this process alone until `release`.

        Raises `files.file_problems.SaveInUse` in one sentence where another has it open.
        """
        from game.saves import save_file

        if self._file is None and self.path is not None:
            self._file = save_file.SaveFile(self.path)

    def release(self) -> None:
        """Let other processes write the save again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _saved(self) -> Any:
        from game.saves import save_file

        position = self._position
        return save_file.SavedCampaign(
            history=position.history,
            envelope={
                name: {
                    "doctrine": seat.doctrine,
                    "ambition": seat.ambition,
                    "temperature": seat.temperature,
                }
                for name, seat in position.envelope.items()
            },
            notebook=self._notebook.kept(),
            pending=self.pending if position.asking is None else position.orders[self._me],
            pending_answers=dict(position.answers) if position.asking is not None else {},
            beliefs=position.beliefs,
            records=tuple(self._tell_all()),
        )

    def _tell_all(self) -> list[Mapping[str, Any]]:
        """What is kept of every turn's decision records; each turn is told once."""
        for index in range(len(self._told), len(self._position.records)):
            world = self.history.turns[index].start
            self._told.append(
                {
                    state: [summarise(record, world, state) for record in made]
                    for state, made in self._position.records[index].items()
                }
            )
        return self._told

    @classmethod
    def load(cls, path: str | Path, *, hold: bool = False) -> Campaign:
        """Read a campaign back, at the very turn and question where it was left.

        With `hold` the save is kept open for this process, as by the method of that name.
        Raises `files.file_problems.SaveProblem` in one sentence for a file that cannot be read.
        """
        from game.saves import save_file

        if not hold or not Path(path).exists():
            saved, stamp = save_file.read_with_stamp(Path(path))
            campaign = cls._of(saved, Path(path))
            campaign._stamp = stamp
            return campaign
        file = save_file.SaveFile(path)
        try:
            campaign = cls._of(file.read(), Path(path))
        except BaseException:
            file.close()
            raise
        campaign._file, campaign._stamp = file, file.stamp
        return campaign

    @classmethod
    def _of(cls, saved: SavedCampaign, path: Path) -> Campaign:
        seats = {
            name: Seat(seat["doctrine"], seat["ambition"], seat["temperature"])
            for name, seat in saved.envelope.items()
        }
        opened = play.start(saved.history.setup, seats)
        position = replace(
            opened,
            history=saved.history,
            beliefs=tuple(saved.beliefs),
            records=tuple({} for _ in saved.history.turns),
        )
        campaign = cls(position, Notebook.read(saved.notebook), saved.pending, path)
        campaign._told = list(saved.records)
        if saved.pending_answers and campaign.player and not campaign.over:
            campaign._resume(saved.pending_answers)
        return campaign

    def _resume(self, answers: Mapping[str, Answer]) -> None:
        """Come back to the middle of a turn: the same orders, the answers given so far.

        Where today's rules refuse one of the orders, the turn waits for orders again.
        """
        from game.saves.references import is_answer

        if any(check(self.sight.world, self._me, self.pending)):
            return
        self._position = play.begin(self._position, {self._me: self.pending})
        while mine := {
            question.id: answers[question.id]
            for question in self._position.waiting
            if question.id in answers and is_answer(question, answers[question.id])
        }:
            self._position = play.answer(self._position, mine)

    # what it is

    def is_the_same_as(self, other: Campaign) -> bool:
        """Whether both were begun alike: the same map, seed, length, player and doctrines."""
        mine, theirs = self._position, other._position
        return (
            chain_start(self.setup) == chain_start(other.setup)
            and self.setup.engine_revision == other.setup.engine_revision
            and mine.envelope == theirs.envelope
        )

    @property
    def setup(self) -> Setup:
        """What the campaign was begun with."""
        return self._position.history.setup

    @property
    def history(self) -> History:
        """Every turn so far, as a value."""
        return self._position.history

    @property
    def atlas(self) -> Atlas:
        """What never changes: names, geography, starting figures, rules."""
        return self.history.start.atlas

    @property
    def player(self) -> str | None:
        """The player's state."""
        return self.setup.player

    @property
    def _me(self) -> str:
        if self.player is None:
            raise Refused("Nobody plays this campaign; name a state.")
        return self.player

    @property
    def seed(self) -> int:
        """The seed of all chance."""
        return self.setup.seed

    @property
    def turn(self) -> int:
        """The turn that is being ordered; once the campaign is over, the last one played."""
        return self.history.turn

    @property
    def turns(self) -> int:
        """How many turns the campaign runs."""
        return self.setup.turns

    @property
    def date(self) -> str:
        """The turn's date in the map's calendar."""
        return self.atlas.date(self.turn)

    @property
    def over(self) -> bool:
        """Whether the campaign has ended (see `History.over`)."""
        return self.history.over

    @property
    def decisions(self) -> tuple[Mapping[str, Sequence[Record]], ...]:
        """The AI states' decision records, a mapping a turn: open only where nobody plays.

        Raises Refused where somebody does: they would open the envelopes.
        """
        if self.player is not None and not self.over:
            raise Refused("Rivals' records are sealed until the campaign is over.")
        return self._position.records

    @property
    def digest(self) -> str:
        """The digest of the history and of what states believe."""
        return digest_of(self.history.digest, play.private_digest(self._position))

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

    def sight_of(self, state: str) -> Sight:
        """What a state sees now, with its own beliefs."""
        world = self._position.world
        known = self._sights.get(state)
        if known is None or known[0] is not world:
            known = (world, seen_by(world, self._position.beliefs[-1], state))
            self._sights[state] = known
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
        for record in self.history.turns:
            if record.turn == wanted:
                return tuple(self._visible(record.events))
        return ()

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
        return self._refusal(name, order, beside)

    def _refusal(self, name: str, order: Order, beside: Sequence[Order]) -> str | None:
        world = self.sight_of(name).world
        reason = refusal(world, name, order)
        if reason is None:
            for refused, why in check(world, name, (*beside, order)):
                if refused is order:
                    reason = why
        return None if reason is None else refuse(reason, world, name)

    def order(self, order: Order) -> None:
        """Add an order. Raises Refused with the rule and what would make it legal."""
        self._let(order, self.pending)
        self._pending.add(order)

    def replace(self, index: int, order: Order) -> None:
        """Put another order in the place of a pending one. Raises Refused; nothing is lost then."""
        self._let(order, self._pending.without(index))
        self._pending.put(index, order)

    def _let(self, order: Order, beside: Sequence[Order]) -> None:
        self._open_for_orders()
        sentence = self._refusal(self._me, order, beside)
        if sentence is not None:
            raise Refused(sentence)

    def _open_for_orders(self) -> None:
        """Refuse while a turn is under way: its orders are given."""
        if self._position.asking is not None:
            raise Refused("The turn waits for answers first.")

    def withdraw(self, index: int) -> None:
        """Take a pending order back. Raises Refused while the turn waits for answers."""
        self._open_for_orders()
        self._pending.change(self._pending.without(index))

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
            world = self.sight_of(name).world
            for _, why in check(world, name, given):
                raise Refused(refuse(why, world, name))
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
        waiting = {asked.id: asked for asked in self.questions(state)}
        for name, given in answers.items():
            if name not in waiting:
                raise Refused(f"Nobody asks {name!r} now.")
            question = waiting[name]
            if isinstance(given, str):
                if given not in question.options:
                    raise Refused(
                        f"{given!r} is no answer; choose of {', '.join(question.options)}."
                    )
            elif not isinstance(question, OfferQuestion) or not question.may_counter:
                raise Refused("Other terms can be put only against an offer that is not final.")
        self._position = play.answer(self._position, answers)
        self._turned()

    def _turned(self) -> None:
        """Clear the table when a turn is over."""
        if self._position.asking is not None:
            return
        self._pending = PendingOrders()
        self._notebook.turn_page(len(self.history.turns))

    # money and envoys

    @property
    def envoys_left(self) -> int:
        """The player's envoys that have no order yet."""
        used = sum(isinstance(order, ENVOY_ORDERS) for order in self.pending)
        return envoys(self.sight.world, self._me) - used

    @property
    def purse(self) -> int:
        """Money left to spend after the pending orders, units."""
        world = self.sight.world
        spent = sum(cost(world, self._me, order) for order in self.pending)
        return purse(world, self._me) - spent

    @property
    def surplus(self) -> int:
        """What a turn leaves over before orders, units."""
        return public_finance.surplus(self.sight.world, self._me)

    # advice: nothing here reads an envelope

    def readings(self, lens: str, of: str | None = None) -> dict[str, Reading]:
        """How dangerous each other state looks to the player (or to `of`, as imagined)."""
        sight = self._as(of)
        view = self._position.frame.view(sight, lens)
        faced = view.faced[view.me]
        largest = max(float(faced.max()), 1e-9)
        order = sorted(range(len(faced)), key=lambda index: (-float(faced[index]), index))
        ranks = {index: rank for rank, index in enumerate(order, start=1)}
        return {
            state.id: Reading(
                float(faced[index]) / largest, float(sight.facts.c[index]), ranks[index]
            )
            for index, state in enumerate(sight.world.states)
            if state.id != sight.me and sight.facts.there[index]
        }

    def factors(self, state: str, of: str | None = None) -> dict[str, float]:
        """The four factors of a state's threat to the player, each 0 to 1 (THEORY T1)."""
        sight = self._as(of)
        index = self.atlas.state_index[state]
        return {
            "power": float(sight.facts.c[index]),
            "proximity": min(1.0, float(sight.facts.D[sight.index, index])),
            "offense": float(sight.facts.O[index]),
            "intentions": float(sight.hostile[index]),
        }

    def insecurity(self, state: str | None = None) -> dict[str, float]:
        """How insecure the player (or another, as the player sees it) is under both lenses.

        1 is the mean at the start.
        """
        sight = self._as(state)
        frame = self._position.frame
        return {lens: frame.view(sight, lens).insecurity for lens in ("BOP", "BOT")}

    def _as(self, state: str | None) -> Sight:
        if state is None or state == self.player:
            return self.sight
        if self.player is None or self.over:
            return self.sight_of(state)
        return in_the_place_of(self.sight, state, self._estimate)

    @property
    def _estimate(self) -> Beliefs:
        """What the player can work out of others' beliefs, from what it saw."""
        if not self._estimates:
            self._estimates.append(self._position.beliefs[0])
        for record in self.history.turns[len(self._estimates) - 1 :]:
            self._estimates.append(
                estimate_beliefs(self._estimates[-1], record.end, record.events, self._me)
            )
        return self._estimates[-1]

    def forecast(
        self,
        order: Order,
        *,
        countering: bool = False,
        asked: str = "",
        ultimatum: bool = False,
    ) -> Forecast | None:
        """How likely another says yes to an order, in two columns; None if nobody answers it.

        An offer that is `countering` one of theirs leaves its burden to them. Into a treaty in
        force its members are asked too: `asked` names one of them. A demand is met at once, or as
        an `ultimatum`.
        """
        target = str(getattr(order, "to", "") or getattr(order, "of", ""))
        note = self._notebook.now.get(asked or target, 0.5)
        frame, member = self._position.frame, asked if asked != target else ""
        return forecast(
            self.sight,
            self._estimate,
            frame,
            order,
            note,
            countering=countering,
            member=member,
            ultimatum=ultimatum,
        )

    def weigh(self, question: Question, answer: Answer) -> dict[str, float]:
        """What an answer changes in the player's security under both readings; more is safer."""
        return weigh(self.sight, self._position.frame, question, answer)

    def worth(self, offer: Offer) -> dict[str, float]:
        """What an offer changes in the player's security if it is signed, under both readings."""
        return worth(self.sight, self._position.frame, offer)

    def best_offer(self, partners: Sequence[str] | None = None) -> Offer | None:
        """The legal offer (to one of `partners`) with the largest chance times gain."""
        others = [state for state in self.world.playing() if state != self._me]
        chosen = others if partners is None else partners
        notes = self._notebook.now
        return best_offer(self.sight, self._estimate, self._position.frame, notes, chosen)

    def odds(self, against: str, *, at_once: bool = False) -> int:
        """The chance, bp, of the player's side in a war with a state.

        That is the war under way, or else one that the player began after a crisis; then all count
        who would be called, by treaty or by a pledge in the crisis. With `at_once` it is declared
        now: a surprise where no ultimatum stands, after which less is owed.
        """
        world, me = self.sight.world, self._me
        for war in world.wars_of(me):
            if against in war.enemies(me):
                return war_odds(world, (me, *war.friends(me)), (against, *war.friends(against)))
        crisis = next((one for one in world.crises if {one.by, one.of} == {me, against}), None)
        pledges = crisis.pledges if crisis is not None else ()
        surprise = at_once and standing_ultimatum(world, me, against) is None
        return war_odds(world, *coalitions(world, me, against, pledges, surprise))

    def next_step(self, question: CrisisQuestion) -> dict[str, dict[str, float]]:
        """How likely the other side of a crisis yields, holds or climbs, under both readings."""
        return next_step(self.sight, self._estimate, self._position.frame, question)

    def penetration(self, of: str, means: Means) -> tuple[float, float]:
        """How much deeper work inside a state would take our network, and the chance that it is
        found out instead; 0 to 1 both.
        """
        world = self.sight.world
        gained = depth_gained(world, self._me, of, means)
        return gained / BP, chance_found(world, of, means) / BP

    def stands(self, by: str, of: str) -> list[Stand]:
        """By whom the bystanders of a crisis would stand under both readings."""
        return stands(self.sight, self._estimate, self._position.frame, by, of)

    def entries(self, on: str) -> list[Stand]:
        """On whose side others would enter a war that the player began, under both readings."""
        return entries(self.sight, self._estimate, self._position.frame, on)

    def matters(self) -> list[Matter]:
        """Up to three things that want deciding this turn."""
        if self.over:
            return []
        frame, notes = self._position.frame, self._notebook.now
        return matters(self.sight, self._estimate, frame, notes, self.report())

    def levers(self, state: str) -> list[Lever]:
        """What each act of the player would do to a state under each reading."""
        return levers(self.sight, self._estimate, self._position.frame, state)

    def reasons(self, state: str) -> list[str]:
        """What is known of a state's reasons in the last turn, from its own records.

        In teaching mode, or with a deep network there, all of them, by factor; else those of its
        dealings with the player, grouped by state, and the terms it would rather have signed.
        """
        told = self._told_of(state)
        depth = self.sight.world.networks.get((self._me, state), 0)
        if self.setup.teaching or depth >= DEEP:
            lines = [summary_words(entry, self.atlas, by_term=True) for entry in told]
        else:
            lines = [
                summary_words(entry, self.atlas, by_term=False)
                for entry in told
                if self._me in (entry["with"], entry["against"])
            ]
        return [line for line in lines if line]

    def _told_of(self, state: str) -> list[Mapping[str, Any]]:
        told = self._tell_all()
        return list(told[-1].get(state, ())) if told else []

    # the notebook

    @property
    def notebook(self) -> dict[str, float]:
        """The probability that each rival fears power, where the player wrote one."""
        return self._notebook.now

    def note(self, state: str, probability: float) -> None:
        """Write how likely it is that a state fears power, 0 to 1."""
        self._notebook.write(state, probability)

    def notebook_history(self, state: str) -> list[tuple[int, float]]:
        """What the notebook said of a state at the end of each turn."""
        return [(turn, page.get(state, 0.5)) for turn, page in sorted(self._notebook.pages.items())]

    def doctrine_estimate(self, state: str) -> DoctrineEstimate:
        """How the evidence so far leans on a rival, from what the player could see alone.

        It takes a moment the first time it is asked in a turn. Raises Refused where nobody plays.
        """
        return self._estimate_doctrines([state])[state]

    def _estimate_doctrines(self, states: Sequence[str]) -> Mapping[str, DoctrineEstimate]:
        from game.advice.doctrine_estimate import doctrine_estimates

        me, digest = self._me, self.history.digest
        if self._doctrine_estimates[0] != digest:
            self._doctrine_estimates = (digest, {})
        known = self._doctrine_estimates[1]
        missing = [state for state in states if state not in known]
        if missing:
            known.update(doctrine_estimates(self.history, me, missing))
        return known

    def pin(self, state: str, turn: int, text: str) -> None:
        """Pin a piece of evidence to a state's page."""
        self._notebook.pins.setdefault(state, []).append((turn, text))

    def pins(self, state: str) -> list[tuple[int, str]]:
        """The evidence pinned to a state's page: (turn, text)."""
        return self._notebook.pins.get(state, [])

    # aims, score, the end

    @property
    def aims(self) -> tuple[Aim, ...]:
        """The aims the player can choose among."""
        return scoring.aims_of(self.atlas, self._me)

    @property
    def aim(self) -> Aim | None:
        """The player's aim."""
        return None if self.player is None else scoring.chosen_aim(self.history, self.player)

    @property
    def aim_status(self) -> AimStatus | None:
        """How the player's aim stands: each condition, and how much is reached."""
        return None if self.player is None else scoring.aim_status(self.history, self.player)

    def score(self, state: str | None = None, *, insight: bool = True) -> Score:
        """A state's score so far; the player's without one.

        Without `insight` the notebook is left out, as where nobody keeps one.
        """
        name = state or self._me
        position = self._position
        before = play.mean_insecurity(position, 0, name)
        after = play.mean_insecurity(position, -1, name)
        error = None
        if insight and name == self.player and not self.setup.teaching:
            error = scoring.brier(self._notebook.pages, self._truth())
        return scoring.score(self.history, name, before, after, error)

    def _truth(self) -> dict[str, str]:
        """The doctrines the notebook is scored against: rivals among poles and neighbours."""
        start = self.history.start
        return {
            state.id: self._position.envelope[state.id].doctrine
            for state in start.states
            if state.id != self.player
            and state.committed > 0
            and (state.great or is_neighbour(start, self._me, state.id))
            and self._position.envelope[state.id].doctrine in ("BOP", "BOT")
        }

    def envelope(self) -> dict[str, str]:
        """The doctrines of all states: open once the campaign is over, or in teaching mode.

        Raises Refused while it is sealed.
        """
        if self.sealed:
            raise Refused("The envelopes are sealed until the campaign is over.")
        return {
            name: seat.doctrine
            for name, seat in self._position.envelope.items()
            if name != self.player
        }

    @property
    def sealed(self) -> bool:
        """Whether the envelopes are sealed: somebody plays, it is not over, nobody is taught."""
        return self.player is not None and not self.over and not self.setup.teaching

    @property
    def analysis(self) -> Analysis:
        """The inquiry into the conduct of all states so far: blind, and worked out once a turn."""
        from game.debrief.analysis import Analysis

        if self._analysis is None or self._analysis.history is not self.history:
            self._analysis = Analysis(self.history)
        return self._analysis

    def debrief(self, blind: bool = False, *, quick: bool = False) -> dict[str, Any]:
        """What conduct shows of every state's doctrine (the JSON of `debrief --format json`).

        Unless `blind`, the envelopes are opened beside it. A `quick` one leaves out what the
        player itself could have known. Raises Refused while the envelopes are sealed.
        """
        from game.debrief.report import debrief

        envelope = None if blind else self.envelope()
        if self.player is None or blind:
            return debrief(self.history, envelope, analysis=self.analysis)
        from game.debrief.player_part import rivals

        seen = None
        if not quick:
            leanings = self._estimate_doctrines(rivals(self.history))
            seen = {state: one.by_turn for state, one in leanings.items()}
        return debrief(
            self.history,
            envelope,
            pages=self._notebook.pages,
            seen=seen,
            analysis=self.analysis,
        )

    def fit(
        self,
        states: Sequence[str] | None = None,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Fit the exponents of some states' lenses (default: all), for the debriefs to come.

        It takes a minute or more; `on_progress(done, total)` is told how far it is and may raise
        `debrief.rerun.Stopped`, which keeps what is fitted.
        """
        made = self.analysis
        made.fit(list(made.findings) if states is None else states, on_progress)

    def rerun(
        self,
        state: str,
        doctrine: str,
        *,
        times: int = 5,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Mapping[str, Any]:
        """The played turns run again with a state's doctrine swapped (a row of `reruns`).

        The dice are the same; from the second run on the noise of choices is drawn anew, and every
        run has a twin without the swap. The player's seat keeps its recorded orders while they are
        legal, then follows what its conduct resembled. `on_progress(done, total)` is called every
        turn and may raise `debrief.rerun.Stopped`. Raises Refused while the envelopes are sealed,
        and for an unknown state or doctrine.
        """
        from game.debrief.rerun import rerun

        if self.sealed:
            raise Refused("The envelopes are sealed until the campaign is over.")
        _check_doctrines(self.setup.map, {state: doctrine})
        return rerun(
            self.history,
            self._position.envelope,
            state,
            doctrine,
            times=times,
            inferred=self._resembled,
            on_progress=on_progress,
        )

    @property
    def _resembled(self) -> str:
        """The doctrine that the player's conduct resembled most."""
        found = self.analysis.findings.get(self.player or "")
        if found is None:
            return "BOT"
        return max(found.posterior, key=lambda name: found.posterior[name])

    def write_debrief(
        self, path: str | Path, report: Mapping[str, Any], form: str, *, over: bool = False
    ) -> None:
        """Write a debrief as `md`, `html`, `json`, `text` or a packet (`zip`), whole or not at all.

        The folder is made where it is not there. A file that is there already is written over
        only with `over`, and stays as `.bak`. Raises `files.file_problems.CannotWrite` in one
        sentence, ValueError for another form.
        """
        from game.debrief import output_formats
        from game.files.exports import write_whole

        if form == "zip":
            opened = any("doctrine" in entry for entry in report["states"].values())
            content = output_formats.packet(report, self.saved_bytes() if opened else None)
        else:
            content = output_formats.written(report, form).encode()
        write_whole(path, content, make_folder=True, over=over)

    def saved_bytes(self) -> bytes:
        """The campaign as the bytes of a save, to hand on."""
        from game.saves import storage, to_tables

        return storage.to_bytes(to_tables.to_tables(self._saved()))

    def outcome(self) -> dict[str, Any]:
        """How the campaign stands, as `autoplay --json` prints it."""
        world = self._position.history.world
        counts = dict.fromkeys(FACTS, 0)
        for _, happening in self.history.events():
            counts[happening.kind] += 1
        share = capability(world)
        return {
            "map": self.setup.map.id,
            "seed": self.seed,
            "turns": len(self.history.turns),
            "digest": self.digest,
            "states": {
                state.id: {
                    "doctrine": None
                    if state.id == self.player
                    else self._position.envelope[state.id].doctrine,
                    "great": state.great,
                    "alive": state.alive,
                    "capability": int(share[index]) / BP,
                    "score": round(self.score(state.id).total, 1),
                }
                for index, state in enumerate(world.states)
            },
            "events": counts,
            "winner": scoring.winner(self.history) if self.player is None else None,
        }


DEEP = 6_000
"""Depth of a network from which a state's factors can be read, bp."""


def _check_doctrines(map: MapDoc, doctrines: Mapping[str, str]) -> None:
    known = known_doctrines(map)
    for state, doctrine in doctrines.items():
        if state not in map.states:
            raise Refused(f"There is no state {state!r} on this map.")
        if doctrine not in known:
            raise Refused(f"There is no doctrine {doctrine!r}; there are {', '.join(known)}.")
