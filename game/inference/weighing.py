"""The terms of a state's decisions through any lens, as the fit of the exponents needs them.

What does not depend on the lens (what the state saw, its options, what it took) is computed once.
For each new lens only views and terms are computed. Families of decisions in which the lens
matters little (demands, wars, aid) are left out: some evidence is lost, and no bias comes in.
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
"""The kinds of questions whose answers depend on the lens."""
_Taken = tuple[int, NDArray[np.bool_] | None, bool]
"""(index of what was taken, which options were open (None: all), whether it hesitates)."""
_UNIT = Scale(1.0, 1.0)
Weigh = Callable[[View], Floats]
"""A function from a view to the terms of a decision's options: [option, term]."""


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """The decisions that a state took at one moment, seeing the same world."""

    sight: Sight
    weighed: tuple[Weigh, ...]
    allowed: tuple[NDArray[np.bool_] | None, ...]


def _aligning(sight: Sight) -> Weigh:
    """The terms of alignment, as a function of the view."""
    return lambda seen: alignment_appraisal(seen, sight).terms


def _answering(sight: Sight, question: Question) -> Weigh:
    """The terms of answering a question, as a function of the view."""
    return lambda seen: question_appraisal(seen, sight, question).terms


class Weighing:
    """The decisions of one state in a campaign; `terms` gives their terms through any lens."""

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
        # Which options there are does not depend on the lens; BOT's view serves to list them.
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
        """The decisions with the terms of BOT's lens; only which rows they have matters later."""

    def __len__(self) -> int:
        return len(self.table)

    def _decisions(
        self, record: TurnRecord, beliefs: Beliefs
    ) -> list[tuple[Sight, list[Weigh], list[_Taken]]]:
        """The decisions of a turn, one entry a moment: (sight, [function to terms], [taken])."""
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
            # Only the options are read from this appraisal, so the scale does not matter.
            plain = view(there, BUILT_IN["BOT"].lens, _UNIT)
            for question in asked:
                appraisal = question_appraisal(plain, there, question)
                choice = classify_answer(appraisal, stage.answers[question.id])
                weighed.append(_answering(there, question))
                answers.append((choice.pick, choice.allowed, appraisal.hesitant))
            found.append((there, weighed, answers))
        return found

    def terms(self, lens: Lens) -> Floats:
        """Terms before weights, of the open options of all decisions: [row of `table`, term].

        The scale is computed for each lens at the start of the campaign (`calibrate`), as for a
        doctrine: otherwise a lens with small factors would look as if it did not care.
        """
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
        """Free the cached views of a lens that is not used again (a fit tries hundreds)."""
        for facts in self._facts.values():
            stale = [key for key in facts.cache if isinstance(key, tuple) and key[0] == lens]
            for key in stale:
                del facts.cache[key]
