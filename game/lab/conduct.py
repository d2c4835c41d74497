"""What the states of a campaign saw and decided, as the rows of the scorecard need it.

The unit of counting is a state's own offer or answer (THEORY, How the scorecard judges). Whom a
state fears is taken from the lens of its true doctrine, or from both lenses where a row is blind.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.play import Position
from game.rivals.envelope import Seat
from game.theory.choice_rule import TERM, BriefRecord, Record, probabilities
from game.theory.families.alignment import AlignmentMenu
from game.theory.families.pact_worth import BINDS
from game.theory.frame import Frame
from game.theory.lens import Indices, View
from game.world.model import World
from game.world.orders import Terms
from game.world.questions import OfferQuestion, Question
from game.world.sight import Floats, Sight, seen_by

BALANCE, BANDWAGON, NEITHER = 0, 1, 2
Booleans = NDArray[np.bool_]


@dataclass(eq=False)
class Seen:
    """One state at the start of a turn, and what it sees."""

    turn: int
    me: int
    seat: Seat
    sight: Sight
    frame: Frame
    bound: Booleans
    """Which states are bound by treaty to fight beside each other: [state, state]."""

    @cached_property
    def view(self) -> View:
        """The view through the lens of its own doctrine."""
        return self.frame.view(self.sight, self.seat.doctrine, self.seat.habits)

    @cached_property
    def blind(self) -> Mapping[str, View]:
        """Lens (BOP, BOT) -> the view through it."""
        return {lens: self.frame.view(self.sight, lens) for lens in ("BOP", "BOT")}

    @cached_property
    def feared(self) -> tuple[int, ...]:
        """The state feared most, then the leader of the bloc feared most where that is another."""
        return most_feared(self.view, self.bound)

    @property
    def doctrine(self) -> str:
        """The doctrine whose conduct this is; empty outside a theory's scope.

        Lesser states are outside Waltz's theory (THEORY W13): what one does under BOP says nothing
        of it.
        """
        return "" if self.seat.doctrine == "BOP" and not self.pole else self.seat.doctrine

    @property
    def within(self) -> Booleans:
        """Which partners its theory speaks of: [state]; under BOP great powers (THEORY W13)."""
        facts = self.sight.facts
        return facts.poles if self.seat.doctrine == "BOP" else facts.there

    @property
    def pole(self) -> bool:
        """Whether it is a great power."""
        return bool(self.sight.facts.poles[self.me])

    @property
    def threat(self) -> float:
        """The danger from all others if nobody had an ally, in units of insecurity."""
        return float(self.view.tau.sum()) / self.view.scale.unit

    @property
    def chance_of_losing(self) -> float:
        """The chance to lose against each other state, averaged with threats as weights: 0 to 1."""
        total = float(self.view.tau.sum())
        return float((self.view.tau * self.view.chance).sum()) / total if total > 0 else 0.0

    def kinds(self, partner: Indices, against: Indices) -> Indices:
        """BALANCE, BANDWAGON or NEITHER for each pact: [pact].

        `partner` and `against` are indices of states: [pact]; against -1 names nobody.
        """
        result = np.full(len(partner), NEITHER, dtype=np.int64)
        for target in reversed(self.feared):
            result[against == target] = BALANCE
            result[partner == target] = BANDWAGON
        return result

    def kind(self, partner: int, against: int) -> int:
        """As `kinds`, for one pact."""
        return int(self.kinds(np.array([partner]), np.array([against]))[0])


class Choice:
    """A decision of the alignment family: what one envoy was sent to offer."""

    def __init__(self, seen: Seen, record: Record, rank: int) -> None:
        self.seen = seen
        self.record = record
        self.rank = rank
        """0 for the first envoy of the turn."""
        menu = record.options
        assert isinstance(menu, AlignmentMenu)
        self.menu = menu
        pacts = menu.pacts
        self.binding: Booleans = (BINDS[pacts.form] > 0) & seen.within[pacts.partner]
        """Which pacts on the menu are defence or offence pacts with partners that the doctrine
        speaks of: [pact]."""
        self.chances: Floats = record.probabilities[1 : 1 + len(pacts.partner)]
        """How likely each pact was: [pact]."""

    @cached_property
    def kinds(self) -> Indices:
        """BALANCE, BANDWAGON or NEITHER for each pact on the menu: [pact]."""
        return self.seen.kinds(self.menu.pacts.partner, self.menu.pacts.against)

    @cached_property
    def lottery(self) -> Floats:
        """How likely each pact would be if partner and adversary were drawn at random: [pact]."""
        return _lottery(self.menu.pacts.partner, self.menu.pacts.against, self.binding)

    @property
    def picked_binding(self) -> int:
        """The index of the defence or offence pact that was picked; -1 for anything else."""
        index = self.record.pick - 1
        return index if 0 <= index < len(self.chances) and self.binding[index] else -1

    def share(self, pacts: Booleans) -> float:
        """The probability that a binding pact out of `pacts` ([pact]) was chosen."""
        return float(self.chances[self.binding & pacts].sum())

    def drawn(self, pacts: Booleans) -> float:
        """The probability that a binding pact drawn at random is one of `pacts`: [pact]."""
        return float(self.lottery[pacts].sum())

    def without(self, *terms: str) -> Floats:
        """How likely each pact would be if some terms had weight 0: [pact].

        Only for the first envoy of a turn.
        """
        utility = self.record.terms.sum(axis=1)
        for term in terms:
            utility = utility - self.record.terms[:, TERM[term]]
        chances = probabilities(utility, self.seen.seat.noise, hesitant=True)
        return np.asarray(chances[1 : 1 + len(self.chances)])


def _lottery(partner: Indices, against: Indices, binding: Booleans) -> Floats:
    """Every distinct pair (partner, adversary) equally likely, among binding pacts: [pact]."""
    result = np.zeros(len(partner))
    if binding.any():
        keys = partner[binding] * 1_000 + against[binding]
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        result[binding] = 1.0 / (len(counts) * counts[inverse])
    return result


@dataclass(slots=True, eq=False)
class Reply:
    """An answer to a question, and the world in which it was given."""

    seen: Seen
    question: Question
    record: Record
    world: World
    """The world when it was asked."""

    def chance_of(self, option: Any) -> float:
        """The probability with which the state would choose an option."""
        options = list(self.record.options)
        return float(self.record.probabilities[options.index(option)]) if option in options else 0.0


@dataclass(slots=True, eq=False)
class _Observed:
    """Everything that was seen and decided in a campaign, in order."""

    seen: list[dict[int, Seen]]
    choices: list[Choice]
    replies: list[Reply]
    records: list[tuple[Seen, Record]]


class Conduct:
    """What the states of a campaign saw and decided, in the order in which it happened.

    It is computed when it is first needed, because some rows only need the worlds.
    """

    def __init__(self, position: Position) -> None:
        self.position = position
        self.history = position.history
        self.envelope = position.envelope
        self.atlas = position.history.start.atlas
        self.index = self.atlas.state_index
        self.ids = [state.id for state in position.history.start.states]
        self.ambition = np.array([position.envelope[name].drive for name in self.ids])

    @property
    def seen(self) -> list[dict[int, Seen]]:
        """By turn: state's index -> what it saw at the turn's start, if it decided anything."""
        return self._observed.seen

    @property
    def choices(self) -> list[Choice]:
        """Every decision of the alignment family."""
        return self._observed.choices

    @property
    def replies(self) -> list[Reply]:
        """Every answer."""
        return self._observed.replies

    @property
    def records(self) -> list[tuple[Seen, Record]]:
        """Every decision of an AI state, with the state that took it."""
        return self._observed.records

    @cached_property
    def _observed(self) -> _Observed:
        observed = _Observed([], [], [], [])
        for index in range(len(self.history.turns)):
            self._turn(observed, index)
        return observed

    @property
    def worlds(self) -> list[World]:
        """The world at the start of each turn, and the last one: one more than turns."""
        return [self.history.start, *(record.end for record in self.history.turns)]

    def _turn(self, observed: _Observed, index: int) -> None:
        """Add what the states saw and decided in one turn."""
        record = self.history.turns[index]
        made = {state: in_full(kept) for state, kept in self.position.records[index].items()}
        asked = [
            (question, stage.world)
            for stage in record.stages
            for question in stage.questions
            if question.asked in made
        ]
        answered = {
            state: iter(made[state][len(made[state]) - count :])
            for state in made
            if (count := sum(question.asked == state for question, _ in asked))
        }
        bound = bonds(record.start)
        here: dict[int, Seen] = {}
        for state in made:
            here[self.index[state]] = seen = self._see(index, state, bound)
            orders = len(made[state]) - sum(question.asked == state for question, _ in asked)
            rank = 0
            for one in made[state][:orders]:
                observed.records.append((seen, one))
                if isinstance(one.options, AlignmentMenu):
                    observed.choices.append(Choice(seen, one, rank))
                    rank += 1
        observed.seen.append(here)
        for question, world in asked:
            seen = here[self.index[question.asked]]
            one = next(answered[question.asked])
            observed.records.append((seen, one))
            observed.replies.append(Reply(seen, question, one, world))

    def _see(self, index: int, state: str, bound: Booleans) -> Seen:
        position = self.position
        sight = seen_by(self.history.turns[index].start, position.beliefs[index], state)
        seat = position.envelope[state]
        return Seen(index + 1, sight.index, seat, sight, position.frame, bound)

    def offers(self) -> Iterator[tuple[Reply, int, int]]:
        """Offers of defence and offence pacts, with their answers: (reply, by, against or -1).

        Only those that the doctrine of the answering state speaks of (`Seen.within`).
        """
        for reply in self.replies:
            question = reply.question
            if isinstance(question, OfferQuestion) and question.terms.binding:
                by = self.index[question.by]
                if reply.seen.within[by]:
                    yield reply, by, self.index.get(question.terms.against, -1)

    def alignments(self) -> Iterator[tuple[Seen, int, int]]:
        """Own offers and acceptances of binding pacts: (state, partner, adversary or -1)."""
        for choice in self.choices:
            index = choice.picked_binding
            if index >= 0:
                pacts = choice.menu.pacts
                yield choice.seen, int(pacts.partner[index]), int(pacts.against[index])
        for reply, by, against in self.offers():
            chosen = reply.record.chosen
            if chosen == "accept":
                yield reply.seen, by, against
            elif isinstance(chosen, Terms) and chosen.binding:
                yield reply.seen, by, self.index.get(chosen.against, -1)


def in_full(records: Sequence[BriefRecord]) -> list[Record]:
    """The full records of decisions. Raises ValueError where the campaign did not keep them."""
    full = [record.full for record in records if record.full is not None]
    if len(full) < len(records):
        raise ValueError("the campaign was begun without `full_records`")
    return full


def bonds(world: World) -> Booleans:
    """Which states are bound by treaty to fight beside each other: [state, state]."""
    count = len(world.states)
    result = np.zeros((count, count), dtype=np.bool_)
    index = world.atlas.state_index
    for treaty in world.treaties:
        if treaty.binding:
            for first in treaty.parties:
                for second in treaty.others(first):
                    result[index[first], index[second]] = True
    return result


def most_feared(view: View, bound: Booleans) -> tuple[int, ...]:
    """The state feared most, then the leader of the bloc feared most where that is another.

    Both are indices of states. A bloc is a state and those bound to it; states bound to the
    observer are left out of every bloc.
    """
    faced = view.faced[view.me].copy()
    if float(faced.max(initial=0.0)) <= 0:
        return ()
    first = int(np.argmax(faced))
    outside = ~bound[view.me]
    outside[view.me] = False
    blocs = (bound | np.eye(len(faced), dtype=np.bool_)) & outside[None, :] & outside[:, None]
    center = int(np.argmax(blocs @ faced))
    members = np.nonzero(blocs[center])[0]
    if len(members) < 2:
        return (first,)
    leader = int(members[np.argmax(view.facts.c[members])])
    return (first,) if leader == first else (first, leader)
