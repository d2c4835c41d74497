"""The acts of states: whom each stood against or with, among those that stood open, turn by turn.

An act is one choice of a state: whom an offer names, who is offered it, whose side is taken, of
whom something is demanded. Not acting is no act, and whoever only goes on with what it did makes no
new one. An offer that names an adversary is two acts: one with its partner, one against the other.
Everything is read from a history alone; it may be one that shows only what some state saw.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.history import History
from game.inference.act_figures import LENSES, Treatment, dangers, figures, most_feared
from game.inference.deeds import Deed, deeds
from game.inference.replay import replaying
from game.theory.frame import Frame
from game.world.beliefs import Beliefs
from game.world.questions import Question
from game.world.sight import Floats, Sight, seen_by

AGAIN = 3
"""A choice that was made anew within so many turns before is only kept up: it is not new."""
REFUSALS = frozenset({"declines", "refuses"})
"""The kinds of acts by which a state did not do what it was asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """One choice of one state among the states that stood open."""

    turn: int
    state: str
    kind: str
    """offers, counters, signs, declines, guarantees, pledges, joins, honours, refuses, demands,
    attacks, leaves or aids."""
    chosen: str
    """Whom it chose (in a refusal: whom it was asked to choose)."""
    open: tuple[str, ...]
    """Whom it could have chosen, `chosen` among them, in the order of the world's states."""
    opposed: bool
    """Whether it stands against `chosen`; otherwise with it. Who leaves a treaty turns against
    the partner."""
    beside: str
    """The other end of the same deed: the partner of one that is opposed, or the adversary that
    was named to a partner; empty where there is none."""
    own: bool
    """Whether the choice was its own, and not an answer to what others put before it."""
    kept: bool
    """Whether it only goes on with what stands: it renews a treaty, or widens one."""
    before: int
    """The last turn before this one in which it chose the same anew, in the same sense; 0 if
    none."""
    danger: Mapping[str, Floats]
    """Lens (BOP, BOT) -> how dangerous each of `open` looked to it: [open], 1 is the mean
    insecurity at the start (as `theory.lens.View.faced`)."""
    figures: Mapping[str, Floats]
    """Plain public figures of each of `open`: [open] (see `act_figures.FIGURES`)."""
    feared: Mapping[str, str]
    """Lens -> whom it had most to fear of all states, open or not; empty for nobody."""
    deed: object
    """The order or the answer that was given; the event where only that is known."""
    question: Question | None = None

    @property
    def new(self) -> bool:
        """Whether it is a choice of its turn, and not one that is only kept up."""
        return not self.kept and (self.before == 0 or self.turn - self.before > AGAIN)

    @property
    def refused(self) -> bool:
        """Whether it did not do what it was asked for."""
        return self.kind in REFUSALS

    @property
    def crucial(self) -> bool:
        """Whether it stands against somebody where the two readings point at different states."""
        foes = set(self.feared.values())
        return self.opposed and not self.refused and len(foes) == len(LENSES) and "" not in foes

    def worst(self, lens: str) -> str:
        """The most dangerous of those that stood open, by one lens."""
        return self.open[int(np.argmax(self.danger[lens]))]


def acts(history: History, states: Sequence[str] | None = None) -> list[Act]:
    """The acts of some states (default: all), in order of time."""
    found: list[Act] = []
    with replaying(history) as replay:
        treatment = Treatment()
        for record, beliefs, deciding in replay.turns(states):
            done = list(deeds(record, set(deciding), beliefs))
            found += _seen(record.turn, done, beliefs, replay.frame, treatment)
            treatment.learn(record.events)
    return _dated(found)


def _seen(
    turn: int, done: Sequence[Deed], beliefs: Beliefs, measured: Frame, treatment: Treatment
) -> Iterator[Act]:
    """The deeds of a turn as their states saw what stood open."""
    sights: dict[tuple[int, str], Sight] = {}
    by_world: dict[int, list[Sight]] = {}
    for deed in done:
        place = (id(deed.world), deed.state)
        if place not in sights:
            sights[place] = seen_by(deed.world, beliefs, deed.state)
            by_world.setdefault(id(deed.world), []).append(sights[place])
    for some in by_world.values():
        for lens in LENSES:
            measured.views(some, lens)
    for deed in done:
        sight = sights[id(deed.world), deed.state]
        yield Act(
            turn=turn,
            state=deed.state,
            kind=deed.kind,
            chosen=deed.chosen,
            open=deed.open,
            opposed=deed.opposed,
            beside=deed.beside,
            own=deed.own,
            kept=deed.kept,
            before=0,
            danger=dangers(deed, sight, measured),
            figures=figures(deed, sight, treatment),
            feared=most_feared(sight, measured),
            deed=deed.deed,
            question=deed.question,
        )


def _dated(found: Iterable[Act]) -> list[Act]:
    """The acts with the turns in which the same was last chosen anew."""
    last: dict[tuple[str, str, bool], int] = {}
    this_turn: dict[tuple[str, str, bool], tuple[int, int]] = {}
    result = []
    for act in found:
        key = (act.state, act.chosen, act.opposed)
        if act.refused:
            result.append(act)
            continue
        # Several acts of one turn with the same end are all dated by the turn before it.
        turn, before = this_turn.get(key, (0, 0))
        if turn != act.turn:
            before = last.get(key, 0)
            this_turn[key] = (act.turn, before)
        made = replace(act, before=before)
        if made.new:
            last[key] = act.turn
        result.append(made)
    return result
