"""The moments of a campaign as its states saw them, rebuilt from the public history alone: blind.

Worlds come from the history's stages, beliefs from public events; nothing sealed is read.
"""

from game.history import TurnRecord
from game.inference.evidence import NEUTRAL_AMBITION, Evidence
from game.inference.replay import Replay
from game.theory.choice_rule import Appraisal
from game.theory.choices import alignment_appraisal, order_appraisal, question_appraisal
from game.theory.lens import View
from game.world.model import World
from game.world.questions import Question
from game.world.sight import Sight, seen_by


class DecisionReplay(Replay):
    """What each state saw, and how a doctrine would have weighed it."""

    def record(self, turn: int) -> TurnRecord:
        """A turn as it was played. Raises IndexError for one that was not."""
        return self.history.turns[turn - 1]

    def world(self, turn: int, question: Question | None = None) -> World:
        """The world at a turn's start, or at the stage in which a question was asked."""
        record = self.record(turn)
        if question is not None:
            for stage in record.stages:
                if any(asked.id == question.id for asked in stage.questions):
                    return stage.world
        return record.start

    def sight(self, turn: int, state: str, question: Question | None = None) -> Sight:
        """What a state saw then, with the beliefs it had."""
        return seen_by(self.world(turn, question), self.beliefs[turn - 1], state)

    def view(self, sight: Sight, doctrine: str) -> View:
        """The same through a doctrine's lens."""
        return self.frame.view(sight, doctrine)

    def weighed(self, one: Evidence, doctrine: str) -> tuple[Sight, Appraisal]:
        """A decision's whole menu as a doctrine would have weighed it, before weights."""
        sight = self.sight(one.turn, one.state, one.question)
        view = self.view(sight, doctrine)
        if one.question is not None:
            return sight, question_appraisal(view, sight, one.question)
        if one.family == "alignment":
            return sight, alignment_appraisal(view, sight)
        return sight, order_appraisal(view, sight, NEUTRAL_AMBITION, one.family)
