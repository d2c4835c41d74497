"""Conduct as evidence: every recorded decision, and how each doctrine would have weighed it.

The archives are open: secret orders and answers count too. Menus come from public facts, so they
are the same under every doctrine; what differs is what each option was worth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.history import History, TurnRecord
from game.inference.beliefs import rebuilt
from game.theory.choice import Appraisal
from game.theory.choices import (
    Taken,
    alignment_appraisal,
    classify,
    classify_alignment,
    classify_answer,
    family_of,
    other_appraisals,
    question_appraisal,
)
from game.theory.doctrine import BUILT_IN
from game.theory.families.alignment import AlignmentMenu
from game.theory.frame import Frame, frame
from game.theory.lens import View
from game.world.legality import envoys
from game.world.questions import Question
from game.world.sight import Floats, Sight, remembered, seen_by

DOCTRINES = tuple(BUILT_IN)
"""The hypotheses, in the order in which they are reported."""
FAMILIES = frozenset(
    {"alignment", "answers", "demand", "pledge", "exchange", "call", "join", "war", "aid"}
)
"""The families whose terms differ with the lens, and so tell doctrines apart."""
ORDERED = ("demand", "aid", "war")
"""Those of them that are orders after alignment, in order; the first takes an envoy."""
CARELESS = FAMILIES - {"alignment", "answers", "join"}
"""The families whose terms differ with the lens only in what a doctrine without a care for
security counts for nothing: such a doctrine is lent BOT's."""
FORESEEING = frozenset({"demand", "exchange", "war"})
"""The families in which it counts whom a state foresees to take a side (`Lens.alone`)."""
GAINING = "pledge"
"""The family in which one that counts poles alone counts gains too, were all of them poles."""
NEUTRAL_AMBITION = 0.5
"""The ambition at which menus are weighed; its effect on terms is integrated over afterwards."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One decision: what was open, what was taken, and each doctrine's raw terms."""

    turn: int
    state: str
    family: str
    taken: int
    allowed: NDArray[np.bool_] | None
    hesitant: bool
    terms: Mapping[str, Floats]
    """Doctrine -> [option, term]; doctrines with one lens share the array."""
    chosen: object
    """The order or the answer that was given (None: nothing)."""
    question: Question | None
    feared: Mapping[str, str]
    """Lens (BOP, BOT) -> the state that it shows as the most feared."""


def gather(history: History, states: Sequence[str] | None = None) -> Iterator[Evidence]:
    """Every decision of the given states (default: all), turn by turn."""
    beliefs = rebuilt(history)
    weigher = _Weigher(frame(history.setup.map, history.start, beliefs[0]))
    for place, record in enumerate(history.turns):
        wanted = [
            state.id
            for state in record.start.states
            if state.alive and state.committed > 0 and (states is None or state.id in states)
        ]
        for state in wanted:
            sight = seen_by(record.start, beliefs[place], state)
            yield from _orders(record, sight, weigher)
        for stage in record.stages:
            sights: dict[str, Sight] = {}
            for question in stage.questions:
                if question.asked not in wanted:
                    continue
                if question.asked not in sights:
                    sights[question.asked] = seen_by(stage.world, beliefs[place], question.asked)
                seen = sights[question.asked]
                yield from _answer(record.turn, seen, weigher, question, stage.answers)


class _Weigher:
    """How every doctrine weighs a decision; those that see it alike share what is made once."""

    def __init__(self, measured: Frame) -> None:
        self.measured = measured
        self._alike: dict[tuple[str, bool], Mapping[str, str]] = {}

    def weigh(
        self, family: str, sight: Sight, weigh: Callable[[View], Appraisal]
    ) -> dict[str, Appraisal]:
        """One appraisal a doctrine."""
        made: dict[str, Appraisal] = {}
        result = {}
        for name, first in self.alike(family, _all_are_poles(sight)).items():
            if first not in made:
                made[first] = weigh(self.measured.view(sight, first))
            result[name] = made[first]
        return result

    def alike(self, family: str, poles: bool) -> Mapping[str, str]:
        """Doctrine -> the first that weighs a family as it does; `poles`: where all are poles."""
        known = self._alike.get((family, poles))
        if known is None:
            firsts: dict[object, str] = {}
            known = self._alike[family, poles] = {
                name: firsts.setdefault(self._seen_as(name, family, poles), name)
                for name in DOCTRINES
            }
        return known

    def _seen_as(self, name: str, family: str, poles: bool) -> object:
        """What of a doctrine tells in a family (see `CARELESS` and `FORESEEING`)."""
        if family in CARELESS and self.measured.doctrines[name].weights.security == 0:
            name = "BOT"
        lens, scale = self.measured.doctrines[name].lens, self.measured.scales[name]
        if family not in FORESEEING:
            lens = lens.danger
        if poles and family != GAINING:
            lens = replace(lens, poles_only=False)
        return lens, scale


@remembered
def _all_are_poles(sight: Sight) -> bool:
    """Whether all in the system are great powers: to count poles alone is then to count all."""
    return bool(sight.facts.poles[sight.facts.there].all())


def _orders(record: TurnRecord, sight: Sight, weigher: _Weigher) -> Iterator[Evidence]:
    given = record.orders.get(sight.me, ())
    feared = most_feared(sight, weigher.measured)
    aligned = weigher.weigh("alignment", sight, lambda view: alignment_appraisal(view, sight))
    menu = aligned["BOT"].options
    assert isinstance(menu, AlignmentMenu)
    taken = classify_alignment(menu, sight, given)
    for choice in taken:
        yield _evidence(record.turn, sight, aligned, choice, None, feared)
    left = envoys(sight.world, sight.me) - sum(choice.pick > 0 for choice in taken)
    for family in ORDERED if left > 0 else ORDERED[1:]:
        weighed = weigher.weigh(family, sight, _order(sight, family))
        choice = classify(weighed["BOT"], given)
        yield _evidence(record.turn, sight, weighed, choice, None, feared)


def _order(sight: Sight, family: str) -> Callable[[View], Appraisal]:
    """How a family of orders after alignment is weighed."""
    return lambda view: other_appraisals(view, sight, NEUTRAL_AMBITION, 1, {family})[0]


def _answer(
    turn: int,
    sight: Sight,
    weigher: _Weigher,
    question: Question,
    answers: Mapping[str, object],
) -> Iterator[Evidence]:
    family = family_of(question)
    if family not in FAMILIES:
        return
    weighed = weigher.weigh(family, sight, lambda view: question_appraisal(view, sight, question))
    choice = classify_answer(weighed["BOT"], answers[question.id])  # type: ignore[arg-type]
    feared = most_feared(sight, weigher.measured)
    yield _evidence(turn, sight, weighed, choice, question, feared)


def _evidence(
    turn: int,
    sight: Sight,
    weighed: Mapping[str, Appraisal],
    choice: Taken,
    question: Question | None,
    feared: Mapping[str, str],
) -> Evidence:
    appraisal = weighed["BOT"]
    return Evidence(
        turn=turn,
        state=sight.me,
        family=appraisal.family,
        taken=choice.pick,
        allowed=choice.allowed,
        hesitant=appraisal.hesitant,
        terms={name: made.terms for name, made in weighed.items()},
        chosen=appraisal.options[choice.pick],
        question=question,
        feared=feared,
    )


@remembered
def most_feared(sight: Sight, measured: Frame) -> dict[str, str]:
    """Whom a state should fear most: through the lens of power, and of threat."""
    result = {}
    for lens in ("BOP", "BOT"):
        view = measured.view(sight, lens)
        faced = view.faced[view.me]
        place = int(np.argmax(faced))
        result[lens] = sight.world.states[place].id if float(faced[place]) > 0 else ""
    return result
