"""Every recorded decision, with the terms by which each doctrine would have weighed its options.

A `History` holds secret orders and answers too, and they count. The options of a decision follow
from public facts, so they are the same under every doctrine; only their terms differ.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from game.history import History, TurnRecord
from game.inference.replay import deciding, replaying
from game.theory.choice_rule import Appraisal
from game.theory.choices import (
    Taken,
    alignment_appraisals,
    classify,
    classify_alignment,
    classify_answer,
    family_of,
    order_appraisal,
    question_appraisals,
)
from game.theory.doctrine import BUILT_IN
from game.theory.families.alignment import AlignmentMenu
from game.theory.families.expected_coalitions import would_stand
from game.theory.frame import Frame
from game.theory.lens import View
from game.world.beliefs import Beliefs
from game.world.legality import envoys
from game.world.memo import remembering
from game.world.questions import Answer, Question
from game.world.sight import Floats, Sight, remembered, seen_by

DOCTRINES = tuple(BUILT_IN)
"""The hypotheses, in the order in which they are reported."""
FAMILIES = frozenset(
    {"alignment", "answers", "demand", "pledge", "exchange", "call", "join", "war", "aid"}
)
"""The families of decisions whose terms differ with the lens: only they tell doctrines apart."""
ORDERED = ("demand", "aid", "war")
"""Those of them that are orders given after alignment, in that order; the first costs an envoy."""
CARELESS = FAMILIES - {"alignment", "answers", "join"}
"""The families whose terms differ with the lens only in what security is worth. A doctrine whose
security weight is 0 gives the same utilities through any lens there, so BOT's terms are used."""
FORESEEING = frozenset({"demand", "exchange", "war"})
"""The families whose terms depend on whom a state expects to take a side (see `Lens.alone`)."""
GAINING = "pledge"
"""The family where a lens of poles alone differs even if all states are poles: it counts gains."""
NEUTRAL_AMBITION = 0.5
"""The ambition, 0 to 1, with which options are listed and declared weights are made."""
CELLS_AT_ONCE = 8192
"""The limit of a batch: sights times pairs of states. A larger batch leaves the processor's cache
and is slower."""
Thing = TypeVar("Thing")
Asked = tuple[Sight, Question, Answer]
"""(what the asked state sees at that moment, the question, its answer)."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One decision: its options, the one that was taken, and each doctrine's raw terms."""

    turn: int
    state: str
    family: str
    taken: int
    """The index of the option that was taken."""
    allowed: NDArray[np.bool_] | None
    """Which options were open: [option]; None: all."""
    hesitant: bool
    """Whether the state first asks if the best option is better than doing nothing."""
    terms: Mapping[str, Floats]
    """Doctrine -> terms before weights: [option, term]. Doctrines with one lens share the array."""
    chosen: object
    """The order or the answer that was given (None: nothing)."""
    question: Question | None
    feared: Mapping[str, str]
    """Lens (BOP, BOT) -> the state that it shows as the most feared."""


def gather(history: History, states: Sequence[str] | None = None) -> Iterator[Evidence]:
    """Every decision of the given states (default: all), turn by turn."""
    states_there = len(history.start.states)
    with replaying(history) as replay:
        weigher = _Weigher(replay.frame, max(1, CELLS_AT_ONCE // states_there**2))
    # A turn's states order once each, and are asked about as often.
    for turns in _portions(range(len(history.turns)), max(1, weigher.most // states_there)):
        with remembering([world for at in turns for world in history.turns[at].worlds]):
            moments = [_moment(history.turns[at], replay.beliefs[at], states) for at in turns]
            yield from weigher.evidence(moments)


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """A turn as its states see it: a sight for each that orders, and all questions in order."""

    record: TurnRecord
    sights: Sequence[Sight]
    asked: Sequence[Asked]


def _moment(record: TurnRecord, beliefs: Beliefs, states: Sequence[str] | None) -> _Moment:
    """The decisions of a turn; `beliefs` are those at its start."""
    wanted = deciding(record, states)
    asked: list[Asked] = []
    for stage in record.stages:
        sights: dict[str, Sight] = {}
        for question in stage.questions:
            who = question.asked
            if who in wanted and family_of(question) in FAMILIES:
                if who not in sights:
                    sights[who] = seen_by(stage.world, beliefs, who)
                asked.append((sights[who], question, stage.answers[question.id]))
    return _Moment(record, [seen_by(record.start, beliefs, state) for state in wanted], asked)


def _portions(things: Sequence[Thing], most: int) -> Iterator[Sequence[Thing]]:
    """Cut a sequence into parts of at most `most` items, in order."""
    for start in range(0, len(things), most):
        yield things[start : start + most]


class _Weigher:
    """Appraises decisions under every doctrine; doctrines that agree share one appraisal."""

    def __init__(self, measured: Frame, most: int) -> None:
        self.measured = measured
        self.most = most
        """The largest batch, in sights."""
        self._alike: dict[tuple[str, bool, bool], Mapping[str, str]] = {}

    def weigh(
        self,
        family: str,
        sights: Sequence[Sight],
        weigh: Callable[[Sequence[View]], Sequence[Appraisal]],
    ) -> list[dict[str, Appraisal]]:
        """For each of the sights (at least one): doctrine -> its appraisal."""
        poles = all(_all_are_poles(sight) for sight in sights)
        alike = self.alike(family, poles, self._foresees(family, sights))
        made = {
            first: weigh(self.measured.views(sights, first))
            for first in dict.fromkeys(alike.values())
        }
        return [
            {name: made[first][index] for name, first in alike.items()}
            for index in range(len(sights))
        ]

    def evidence(self, moments: Sequence[_Moment]) -> Iterator[Evidence]:
        """The decisions of some turns, in their order."""
        sights = [sight for moment in moments for sight in moment.sights]
        asked = [it for moment in moments for it in moment.asked]
        aligned, answered = iter(self.aligned(sights)), iter(self.answered(asked))
        for moment in moments:
            for sight in moment.sights:
                yield from _orders(moment.record, sight, next(aligned), self)
            for sight, question, answer in moment.asked:
                yield _answer(moment.record.turn, sight, question, answer, next(answered), self)

    def aligned(self, sights: Sequence[Sight]) -> Iterator[dict[str, Appraisal]]:
        """The appraisals of the alignment family, one a sight, in order."""
        for some in _portions(sights, self.most):
            yield from self.weigh("alignment", some, _aligning(some))

    def answered(self, asked: Sequence[Asked]) -> Sequence[Mapping[str, Appraisal]]:
        """The appraisals of answers, one a question, in order; a kind is weighed in one batch."""
        kinds: dict[type, list[int]] = {}
        for index, (_, question, _) in enumerate(asked):
            kinds.setdefault(type(question), []).append(index)
        found: list[Mapping[str, Appraisal]] = [{}] * len(asked)
        for indices in kinds.values():
            for some in _portions(indices, self.most):
                these = [asked[index] for index in some]
                sights = [sight for sight, _, _ in these]
                every = self.weigh(family_of(these[0][1]), sights, _answering(these))
                for index, made in zip(some, every, strict=True):
                    found[index] = made
        return found

    def _foresees(self, family: str, sights: Sequence[Sight]) -> bool:
        """Whether the terms of a family can depend on whom a state expects to take a side.

        In an attack they cannot where nobody would take a side. BOT's view answers that for every
        doctrine of this kind, because they see danger through the same lens.
        """
        if family in FORESEEING and family in ORDERED:
            return any(would_stand(self.measured.view(sight, "BOT"), sight) for sight in sights)
        return family in FORESEEING

    def alike(self, family: str, poles: bool, foresees: bool) -> Mapping[str, str]:
        """Doctrine -> the first doctrine that gives a family the same terms.

        `poles`: whether all states are poles. `foresees`: see `_foresees`.
        """
        known = self._alike.get((family, poles, foresees))
        if known is None:
            firsts: dict[object, str] = {}
            known = self._alike[family, poles, foresees] = {
                name: firsts.setdefault(self._seen_as(name, family, poles, foresees), name)
                for name in DOCTRINES
            }
        return known

    def _seen_as(self, name: str, family: str, poles: bool, foresees: bool) -> object:
        """A key: doctrines with equal keys give a family equal terms."""
        if family in CARELESS and self.measured.doctrines[name].weights.security == 0:
            name = "BOT"
        lens, scale = self.measured.doctrines[name].lens, self.measured.scales[name]
        if not foresees:
            lens = lens.danger
        if poles and family != GAINING:
            lens = replace(lens, poles_only=False)
        return lens, scale


@remembered
def _all_are_poles(sight: Sight) -> bool:
    """Whether all states are poles: a lens of poles alone then counts everybody."""
    return bool(sight.facts.poles[sight.facts.there].all())


def _orders(
    record: TurnRecord, sight: Sight, aligned: Mapping[str, Appraisal], weigher: _Weigher
) -> Iterator[Evidence]:
    """The decisions behind a state's orders of a turn: alignment first, then `ORDERED`."""
    given = record.orders.get(sight.me, ())
    feared = most_feared(sight, weigher.measured)
    menu = aligned["BOT"].options
    assert isinstance(menu, AlignmentMenu)
    taken = classify_alignment(menu, sight, given)
    for choice in taken:
        yield _evidence(record.turn, sight, aligned, choice, None, feared)
    # Each pact that was sought or left cost an envoy; a demand needs one of those left.
    left = envoys(sight.world, sight.me) - sum(choice.pick > 0 for choice in taken)
    for family in ORDERED if left > 0 else ORDERED[1:]:
        (weighed,) = weigher.weigh(family, [sight], _order(sight, family))
        choice = classify(weighed["BOT"], given)
        yield _evidence(record.turn, sight, weighed, choice, None, feared)


def _aligning(sights: Sequence[Sight]) -> Callable[[Sequence[View]], Sequence[Appraisal]]:
    """A function from views to the appraisals of alignment, one a sight."""
    return lambda views: alignment_appraisals(views, sights)


def _order(sight: Sight, family: str) -> Callable[[Sequence[View]], Sequence[Appraisal]]:
    """A function from one view to the appraisal of a family of orders."""
    return lambda views: [order_appraisal(views[0], sight, NEUTRAL_AMBITION, family)]


def _answer(
    turn: int,
    sight: Sight,
    question: Question,
    answer: Answer,
    weighed: Mapping[str, Appraisal],
    weigher: _Weigher,
) -> Evidence:
    """The decision behind an answer."""
    choice = classify_answer(weighed["BOT"], answer)
    feared = most_feared(sight, weigher.measured)
    return _evidence(turn, sight, weighed, choice, question, feared)


def _answering(asked: Sequence[Asked]) -> Callable[[Sequence[View]], Sequence[Appraisal]]:
    """A function from views to the appraisals of answers, one a question."""
    questions = [(sight, question) for sight, question, _ in asked]
    return lambda views: question_appraisals(views, questions)


def _evidence(
    turn: int,
    sight: Sight,
    weighed: Mapping[str, Appraisal],
    choice: Taken,
    question: Question | None,
    feared: Mapping[str, str],
) -> Evidence:
    """Make the record of a decision. Options are the same in every doctrine: BOT's are read."""
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
    """Lens (BOP, BOT) -> the state that endangers `sight.me` most; empty where none does."""
    result = {}
    for lens in ("BOP", "BOT"):
        view = measured.view(sight, lens)
        faced = view.faced[view.me]
        index = int(np.argmax(faced))
        result[lens] = sight.world.states[index].id if float(faced[index]) > 0 else ""
    return result
