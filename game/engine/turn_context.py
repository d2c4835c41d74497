"""The desk on which one turn is resolved: the world as it stands, what was ordered, what happened.

Phases read and change the desk alone. It is made anew for each resolution and thrown away after,
so `resolve` stays pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from game.dice import Draw
from game.messages import Interruption
from game.world.copies import with_changes
from game.world.events import TALKS, Event, Fact, event
from game.world.memo import replaced, share_memo
from game.world.model import Crisis, Province, State, Treaty, War, World, changed_in_states
from game.world.orders import Order, Terms
from game.world.questions import SILENCE, Answer, OfferQuestion, Question
from game.world.rules import BP, Rules
from game.world.stage import Stage

OrderType = TypeVar("OrderType")


class Unanswered(Interruption):
    """Raised by `TurnContext.ask` for a question without an answer; `resolve` returns Asking."""

    def __init__(self, world: World, questions: tuple[Question, ...]) -> None:
        super().__init__("questions await an answer")
        self.world = world
        self.questions = questions


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty that both want: signed in the settlements unless another forbids it."""

    by: str
    to: str
    terms: Terms
    rank: int
    """Its rank among the offers of `by`."""
    joins: int | None = None
    """The treaty in force that `to` joins by it."""


@dataclass(frozen=True, slots=True)
class Gift:
    """Aid in escrow, and whether it was accepted."""

    by: str
    to: str
    amount: int
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """A war about to begin."""

    by: str
    on: str
    aim: str
    surprise: bool
    rank: int
    """Its rank among the declarations of `by`; those from an ultimatum come before (-1)."""
    pledges: tuple[tuple[str, str], ...] = ()
    """(who, stands by whom)."""


class TurnContext:
    """The workspace of one resolution. `world` is the world as it stands now."""

    def __init__(
        self,
        world: World,
        orders: Mapping[str, Sequence[Order]],
        answers: Mapping[str, Answer],
        draw: Draw,
    ) -> None:
        self.world = world
        self.orders = orders
        self.answers = answers
        self.events: list[Event] = []
        self.stages: list[Stage] = []
        self.agreements: list[Agreement] = []
        self.gifts: list[Gift] = []
        self.declarations: list[Declaration] = []
        self.book: defaultdict[str, int] = defaultdict(int)
        """Money that came into the world (above 0) or left it (below), by what made it so."""
        self.forces_of_the_dead = 0
        """Men of states that were eliminated: they leave the world with them."""
        self._draw = draw

    def copy(self, answers: Mapping[str, Answer]) -> "TurnContext":
        """The desk as it is now, to work on apart, with what was answered since."""
        other = TurnContext(self.world, self.orders, answers, self._draw)
        other.events = list(self.events)
        other.stages = list(self.stages)
        other.agreements = list(self.agreements)
        other.gifts = list(self.gifts)
        other.declarations = list(self.declarations)
        other.book = self.book.copy()
        other.forces_of_the_dead = self.forces_of_the_dead
        return other

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.world.atlas.rules

    def chance(self, phase: str, actor: str, *subject: str | int) -> float:
        """The draw for this turn, phase, actor and subject: in [0, 1)."""
        return self._draw(self.world.turn, phase, actor, *subject)

    def happens(self, likelihood: int, phase: str, actor: str, *subject: str | int) -> bool:
        """Whether something of that likelihood (bp) happens."""
        return int(self.chance(phase, actor, *subject) * BP) < likelihood

    def ordered(self, kind: type[OrderType]) -> list[tuple[str, int, OrderType]]:
        """Every order of a kind: (who, its rank among that state's orders of the kind, order).

        In the world's order of states; phases must not let that order decide anything.
        """
        return [
            (state.id, rank, order)
            for state in self.world.states
            for rank, order in enumerate(
                order for order in self.orders.get(state.id, ()) if type(order) is kind
            )
        ]

    def ask(self, questions: Iterable[Question]) -> Mapping[str, Answer]:
        """Ask several states at once; their answers by question id.

        What is no answer to its question counts as silence. Raises Unanswered when one has not
        answered yet.
        """
        asked = tuple(questions)
        if not asked:
            return {}
        if any(question.id not in self.answers for question in asked):
            raise Unanswered(self.world, asked)
        given = {
            question.id: plain_answer(question, self.answers[question.id]) for question in asked
        }
        self.stages.append(Stage(self.world, asked, given))
        return given

    def emit(
        self,
        kind: str,
        actor: str,
        target: str = "",
        witnesses: Iterable[str] | None = None,
        **facts: Fact,
    ) -> None:
        """Record that something happened. Without witnesses all see it; talks, who talks alone."""
        if witnesses is None and kind in TALKS:
            witnesses = (actor, target)
        self.events.append(event(kind, actor, target, witnesses, **facts))

    def change(self, **changes: Any) -> None:
        """Replace parts of the world."""
        self._change(replaced(changes), changes)

    def _change(self, parts: frozenset[str], changes: Mapping[str, Any]) -> None:
        """Replace parts of the world; what reads no others than `parts` has to be made anew."""
        old = self.world
        self.world = with_changes(old, changes)
        share_memo(self.world, old, parts)

    def change_state(self, id: str, **changes: Any) -> State:
        """Replace parts of a state; returns it as it is now."""
        index = self.world.atlas.state_index[id]
        state = with_changes(self.world.states[index], changes)
        self.change_states({index: state})
        return state

    def change_states(self, changed: Mapping[int, State]) -> None:
        """Replace several states at once, by their place in the world's order."""
        if not changed:
            return
        old = self.world
        states = tuple(changed.get(index, state) for index, state in enumerate(old.states))
        before = [old.states[index] for index in changed]
        self._change(changed_in_states(before, list(changed.values())), {"states": states})

    def pay(self, amounts: Mapping[str, int]) -> None:
        """Add to several treasuries at once (below 0: take from them)."""
        index = self.world.atlas.state_index
        self.change_states(
            {
                index[id]: with_changes(state, {"treasury": state.treasury + amount})
                for id, amount in amounts.items()
                if amount and (state := self.world.state(id))
            }
        )

    def change_province(self, id: str, **changes: Any) -> Province:
        """Replace parts of a province; returns it as it is now."""
        index = self.world.atlas.province_index[id]
        province = with_changes(self.world.provinces[index], changes)
        provinces = self.world.provinces
        self.change(provinces=(*provinces[:index], province, *provinces[index + 1 :]))
        return province

    def new_id(self) -> int:
        """A number for a new treaty, war or crisis."""
        number = self.world.next_id
        self.change(next_id=number + 1)
        return number

    def put_treaty(self, treaty: Treaty) -> None:
        """Add a treaty, or replace the one of its number."""
        self.change(treaties=_put(self.world.treaties, treaty))

    def drop_treaty(self, number: int) -> None:
        """Take a treaty out of force."""
        self.change(treaties=tuple(old for old in self.world.treaties if old.id != number))

    def put_war(self, war: War) -> None:
        """Add a war, or replace the one of its number."""
        self.change(wars=_put(self.world.wars, war))

    def drop_war(self, number: int) -> None:
        """Take a war out of the world."""
        self.change(wars=tuple(old for old in self.world.wars if old.id != number))

    def put_crisis(self, crisis: Crisis) -> None:
        """Add a crisis, or replace the one of its number."""
        self.change(crises=_put(self.world.crises, crisis))

    def drop_crisis(self, number: int) -> None:
        """Close a crisis."""
        self.change(crises=tuple(old for old in self.world.crises if old.id != number))

    def rest(self, who: str, whom: str, **turns: int) -> None:
        """Let things rest between two states: each for that many turns after this one."""
        until = {(what, who, whom): self.world.turn + some for what, some in turns.items()}
        self.change(cooldowns={**self.world.cooldowns, **until})

    def adjust(self, id: str, **bp: int) -> State:
        """Add to a state's bp figures (resolve, reliability, exhaustion), kept within 0 and BP."""
        state = self.world.state(id)
        changes = {
            name: min(BP, max(0, getattr(state, name) + change)) for name, change in bp.items()
        }
        return self.change_state(id, **changes)


def question_id(kind: str, *parts: str | int) -> str:
    """A question's name, made of what is asked; no two lists of parts give the same."""
    written = (str(part).replace("%", "%25").replace(":", "%3A") for part in parts)
    return ":".join((kind, *written))


def plain_answer(question: Question, answer: Answer) -> Answer:
    """An answer as it counts: what is no answer to the question is silence."""
    if isinstance(answer, Terms):
        countered = isinstance(question, OfferQuestion) and question.may_counter
        return answer if countered else SILENCE[question.kind]
    return answer if answer in question.options else SILENCE[question.kind]


Numbered = TypeVar("Numbered", Treaty, War, Crisis)


def _put(items: tuple[Numbered, ...], new: Numbered) -> tuple[Numbered, ...]:
    result: list[Numbered] = [new if item.id == new.id else item for item in items]
    if new not in result:
        result.append(new)
    return tuple(result)
