"""A state's decisions weighed again through any lens: what the exponents' fit is made of.

What does not depend on a lens (sights, menus, what was taken) is worked out once; a lens then costs
a view a moment and the terms. Families in which the lens says little beside true odds are left
out: that loses a little evidence and biases nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.history import History, TurnRecord
from game.inference.likelihood import Table, table
from game.inference.rebuilt_beliefs import rebuilt
from game.theory.choices import (
    alignment_appraisal,
    classify_alignment,
    classify_answer,
    question_appraisal,
)
from game.theory.doctrine import BUILT_IN, TERMS, Doctrine, Lens
from game.theory.families.alignment import AlignmentMenu
from game.theory.frame import frame
from game.theory.lens import Scale, View, calibrate, view
from game.world.beliefs import Beliefs
from game.world.questions import (
    CallQuestion,
    JoinQuestion,
    OfferQuestion,
    PledgeQuestion,
    Question,
)
from game.world.sight import Floats, Sight, facts_of, seen_by

ASKED = (OfferQuestion, PledgeQuestion, CallQuestion, JoinQuestion)
"""The questions whose answers the lens decides."""
_Taken = tuple[int, NDArray[np.bool_] | None, bool]
_UNIT = Scale(1.0, 1.0)
Weigh = Callable[[View], Floats]
"""The terms of a decision's options through a view: [option, term]."""


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """Decisions taken with one sight."""

    sight: Sight
    weighed: tuple[Weigh, ...]
    allowed: tuple[NDArray[np.bool_] | None, ...]


def _aligning(sight: Sight) -> Weigh:
    return lambda seen: alignment_appraisal(seen, sight).terms


def _answering(sight: Sight, question: Question) -> Weigh:
    return lambda seen: question_appraisal(seen, sight, question).terms


class Weighing:
    """One state's conduct in a campaign, to be weighed through any lens."""

    def __init__(
        self, history: History, state: str, beliefs: Sequence[Beliefs] | None = None
    ) -> None:
        self.state = state
        self._beliefs = beliefs or rebuilt(history)
        self._start = history.start
        self._moments: list[_Moment] = []
        self._facts = {id(facts_of(history.start)): facts_of(history.start)}
        measured = frame(history.setup.map, history.start, self._beliefs[0])
        own = BUILT_IN["BOT"].lens
        options = []
        for index, record in enumerate(history.turns):
            player = record.start.state(state)
            if not player.alive or player.committed == 0:
                continue
            for sight, weighed, taken in self._decisions(record, self._beliefs[index]):
                seen = measured.view(sight, "BOT")
                found = [weigh(seen) for weigh in weighed]
                for terms, (pick, allowed, hesitant) in zip(found, taken, strict=True):
                    options.append((terms, pick, allowed, hesitant))
                self._facts[id(sight.facts)] = sight.facts
                self._moments.append(_Moment(sight, tuple(weighed), tuple(row[1] for row in taken)))
        self._forget(own)
        self.table: Table = table(options)
        """The decisions laid flat, as the lens of threat shows them."""

    def __len__(self) -> int:
        return len(self.table)

    def _decisions(
        self, record: TurnRecord, beliefs: Beliefs
    ) -> list[tuple[Sight, list[Weigh], list[_Taken]]]:
        """(sight, how each decision is weighed, (pick, allowed, hesitant) of each)."""
        sight = seen_by(record.start, beliefs, self.state)
        menu = AlignmentMenu(sight)
        given = record.orders.get(self.state, ())
        chosen = classify_alignment(menu, sight, given)
        aligned = [_aligning(sight)] * len(chosen)
        found: list[tuple[Sight, list[Weigh], list[_Taken]]] = [
            (sight, aligned, [(choice.pick, choice.allowed, True) for choice in chosen])
        ]
        for stage in record.stages:
            asked = [
                one for one in stage.questions if one.asked == self.state and isinstance(one, ASKED)
            ]
            if not asked:
                continue
            there = seen_by(stage.world, beliefs, self.state)
            weighed: list[Weigh] = []
            answers: list[_Taken] = []
            plain = view(there, BUILT_IN["BOT"].lens, _UNIT)
            for question in asked:
                appraisal = question_appraisal(plain, there, question)
                choice = classify_answer(appraisal, stage.answers[question.id])
                weighed.append(_answering(there, question))
                answers.append((choice.pick, choice.allowed, appraisal.hesitant))
            found.append((there, weighed, answers))
        return found

    def terms(self, lens: Lens) -> Floats:
        """All decisions' raw terms through a lens, on its own scale: [row, term] of `table`."""
        scale = calibrate(
            self._start, self._beliefs[0], Doctrine("", lens, BUILT_IN["BOT"].weights)
        )
        rows = []
        for moment in self._moments:
            seen = view(moment.sight, lens, scale)
            known: dict[int, Floats] = {}
            for weigh, allowed in zip(moment.weighed, moment.allowed, strict=True):
                found = known.get(id(weigh))
                if found is None:
                    found = known[id(weigh)] = weigh(seen)
                rows.append(found if allowed is None else found[allowed])
        self._forget(lens)
        return np.concatenate(rows) if rows else np.zeros((0, len(TERMS)))

    def _forget(self, lens: Lens) -> None:
        """Let go of the fields of a lens that will not be looked through again."""
        for facts in self._facts.values():
            stale = [key for key in facts.cache if isinstance(key, tuple) and key[0] == lens]
            for key in stale:
                del facts.cache[key]
