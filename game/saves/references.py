"""Whether what a save names is there: states, provinces, facts of the right kind, figures in range.

The types are checked where the JSON is read. Here it is seen to that nothing names a state or a
province that the map has not, so that whoever reads a loaded campaign can look up what it names.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from game.history import TurnRecord
from game.world.atlas import Atlas
from game.world.events import FACTS, Event
from game.world.model import RUNGS, Assurance, Crisis, Province, State, Treaty, War, World
from game.world.orders import PeaceTerms, Terms
from game.world.questions import Answer, OfferQuestion, Question
from game.world.rules import BP, POSTURES

MOST = 10**15
"""No figure of a world is larger."""

STATE_FACTS = frozenset({"against", "beside", "by", "did", "enemy", "from"})
"""Facts of events that name a state, or nobody."""
PROVINCE_FACTS = frozenset({"province", "aim"})
"""Facts that name a province, or none."""
SEVERAL_PROVINCES = frozenset({"takes", "gives"})
SEVERAL_STATES = frozenset({"restores"})
SEVERAL_WORDS = frozenset({"obligations"})
WORDS = frozenset(
    {
        "answer",
        "interest",
        "leader",
        "means",
        "order",
        "predecessor",
        "reason",
        "side",
        "stake",
        "subject",
        "why",
    }
)
NUMBERS = frozenset(
    {
        "amount", "army", "attacker_losses", "before", "burden", "crisis", "defender_losses",
        "depth", "disarm", "fleet", "heard", "held", "indemnity", "odds", "renews", "rung", "secret", "separate",
        "share", "step", "surprise", "term", "treaty", "war", "won",
    }
)  # fmt: skip
WITHOUT_TARGET = frozenset(
    {
        "bankrupt", "demobilised", "leader_succeeded", "forces_cut", "forces_disbanded", "forces_raised", "invested",
        "mobilised", "order_refused", "pole_fallen", "pole_risen", "posture_changed",
        "power_committed", "province_annexed", "state_eliminated", "state_restored", "war_ended",
    }
)  # fmt: skip
"""Kinds of events that may concern nobody else."""

_STATES = frozenset({"to", "of", "on", "enemy", "by", "asked"})
_STATES_OR_NOBODY = frozenset({"against", "beside", "newcomer"})


def check_turn(record: TurnRecord) -> None:
    """Raise ValueError where a turn names what the map has not, or holds an impossible figure."""
    atlas = record.start.atlas
    names = _Names(atlas)
    for state, orders in record.orders.items():
        names.state(state)
        for order in orders:
            check_names(order, atlas)
    for one in record.events:
        _check_event(one, names)
    before = record.start
    for stage in record.stages:
        check_world(stage.world, before)
        before = stage.world
        for question in stage.questions:
            check_names(question, atlas)
        _check_answers(stage.questions, stage.answers, atlas)
    check_world(record.end, before)


class _Names:
    """Looks names up in a map's tables. Every method raises ValueError for an unknown one."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._states = atlas.state_index
        self._provinces = atlas.province_index

    def state(self, name: str) -> None:
        if name not in self._states:
            raise ValueError(f"there is no state {name!r}: states that there are not")

    def heirs(self, state: str) -> int:
        """How many heirs a state has."""
        return len(self._atlas.sheet(state).heirs)

    def state_or_nobody(self, name: str) -> None:
        if name:
            self.state(name)

    def province(self, name: str) -> None:
        if name and name not in self._provinces:
            raise ValueError(f"there is no province {name!r}")

    def states(self, several: Iterable[str]) -> None:
        for name in several:
            self.state(name)

    def provinces(self, several: Iterable[str]) -> None:
        for name in several:
            self.province(name)


def check_names(thing: Any, atlas: Atlas) -> None:
    """Raise ValueError where an order, a question or terms name what the map has not."""
    names = _Names(atlas)
    kind: Any = type(thing)
    for part in _parts(kind):
        value = getattr(thing, part)
        if isinstance(value, Terms | PeaceTerms):
            check_names(value, atlas)
        elif part in _STATES:
            names.state(value)
        elif part in _STATES_OR_NOBODY:
            names.state_or_nobody(value)
        elif part == "aim":
            names.province(value)
        elif part in SEVERAL_PROVINCES:
            names.provinces(value)
        elif part in SEVERAL_STATES:
            names.states(value)
        elif isinstance(value, int):
            _within(value, -MOST, MOST)


def _check_answers(
    questions: Iterable[Question], answers: Mapping[str, Answer], atlas: Atlas
) -> None:
    asked = {question.id: question for question in questions}
    for name, given in answers.items():
        question = asked.get(name)
        if question is None or not is_answer(question, given):
            raise ValueError(f"{name!r} is not answered so")
        if isinstance(given, Terms):
            check_names(given, atlas)


def is_answer(question: Question, given: Answer) -> bool:
    """Whether a question can be answered so."""
    if isinstance(given, Terms):
        return isinstance(question, OfferQuestion) and question.may_counter
    return given in question.options


def _check_event(one: Event, names: _Names) -> None:
    names.state(one.actor)
    if one.target or one.kind not in WITHOUT_TARGET:
        names.state(one.target)
    if one.witnesses is not None:
        names.states(one.witnesses)
    for name, value in zip(FACTS[one.kind], one.facts, strict=False):
        _check_fact(name, value, names)


def _check_fact(name: str, value: Any, names: _Names) -> None:
    if name in NUMBERS:
        _within(value if isinstance(value, int) else None, -MOST, MOST)
        return
    several = name in SEVERAL_PROVINCES | SEVERAL_STATES | SEVERAL_WORDS
    known = several or name in STATE_FACTS | PROVINCE_FACTS | WORDS
    if known and not isinstance(value, tuple if several else str):
        raise ValueError(f"{name} is not {'several names' if several else 'text'}")
    if name in STATE_FACTS:
        names.state_or_nobody(value)
    elif name in PROVINCE_FACTS:
        names.province(value)
    elif name in SEVERAL_PROVINCES:
        names.provinces(value)
    elif name in SEVERAL_STATES:
        names.states(value)


def check_world(world: World, before: World | None = None) -> None:
    """Raise ValueError where a world names what the map has not, or holds an impossible figure.

    What it has in common with the world `before`, which was checked, is not looked at again.
    """
    atlas = world.atlas
    names = _Names(atlas)
    _within(world.turn, 1, MOST)
    _within(world.next_id, 1, MOST)
    ids = [state.id for state in world.states], [one.id for one in world.provinces]
    if ids != (list(atlas.state_index), list(atlas.province_index)):
        raise ValueError("other states or provinces than the map's")
    for part in ("states", "provinces", "treaties", "wars", "crises", "assurances"):
        rows = getattr(world, part)
        known = set(map(id, getattr(before, part))) if before is not None else set()
        for row in rows:
            if id(row) not in known:
                _ROWS[type(row)](row, names)
    for part in ("cooldowns", "aid", "leverage", "networks", "soundings"):
        table = getattr(world, part)
        if before is None or table is not getattr(before, part):
            for key, value in table.items():
                _within(value, -MOST, MOST)
                # A cooldown is of (what, who, whom), and whom may be the number of a war.
                one = part == "cooldowns" and key[0] != "wronged"
                names.states(key[1:2] if one else key[1:] if part == "cooldowns" else key)


def _check_state(row: State, names: _Names) -> None:
    for value in (row.army, row.fleet, row.invested, row.exhaustion):
        _within(value, 0, MOST)
    _within(row.treasury, -MOST, MOST)
    _within(row.posture, 0, len(POSTURES) - 1)
    for value in (row.resolve, row.reliability, row.committed):
        _within(value, 0, BP)
    _within(row.successions, 0, names.heirs(row.id))
    _within(row.succeeded, 0, MOST)


def _check_province(row: Province, names: _Names) -> None:
    names.state_or_nobody(row.owner)
    names.state_or_nobody(row.holder)
    _within(row.annexed, -1, MOST)


def _check_treaty(row: Treaty, names: _Names) -> None:
    names.states(row.parties)
    names.states(row.known_to)
    for name in (row.payer, row.notice_by, row.terms.against):
        names.state_or_nobody(name)
    if len(set(row.parties)) < 2:
        raise ValueError("a treaty has two parties at least")


def _check_war(row: War, names: _Names) -> None:
    for side in (row.attackers, row.defenders, row.asked):
        names.states(side)
    for name in (row.opened_by, row.opened_on):
        names.state_or_nobody(name)
    names.province(row.aim)
    if not row.attackers or not row.defenders:
        raise ValueError("a war has two sides")


def _check_crisis(row: Crisis, names: _Names) -> None:
    names.states((row.by, row.of))
    for pledge in row.pledges:
        names.states(pledge)
    _within(row.rung, 0, len(RUNGS) - 1)


def _check_assurance(row: Assurance, names: _Names) -> None:
    names.states((row.by, row.of, row.to, row.giver))
    names.state_or_nobody(row.beside)
    for value in (row.id, row.crisis, row.turn):
        _within(value, 1, MOST)
    if row.answer not in ("accept", "refuse", "none"):
        raise ValueError(f"{row.answer!r} is no answer to who asks for an assurance")


_ROWS: Mapping[type, Callable[[Any, _Names], None]] = {
    State: _check_state,
    Province: _check_province,
    Treaty: _check_treaty,
    War: _check_war,
    Crisis: _check_crisis,
    Assurance: _check_assurance,
}


def _within(value: int | None, least: int, most: int) -> None:
    if value is None or not least <= value <= most:
        raise ValueError(f"{value!r} is no number from {least} to {most}")


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind))
