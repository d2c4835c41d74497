"""A moment of a campaign, forked: one thing changed, and what each state would then do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from game.theory.choice_rule import TEMPERATURE, Appraisal, probabilities, utilities
from game.theory.choices import alignment_appraisal, question_appraisal
from game.theory.doctrine import term_weights
from game.theory.frame import Frame, frame
from game.theory.lens import View
from game.world.beliefs import Beliefs, learn
from game.world.events import Event
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.orders import Offer, Order
from game.world.questions import Question
from game.world.sight import Sight, seen_by
from game.world.world_setup import build_world
from tests.worlds import tiny_doc

AMBITION = 0.5


@dataclass(frozen=True)
class Moment:
    """A world, what is believed in it, and the frozen frame by which it is measured."""

    world: World
    beliefs: Beliefs
    frame: Frame

    def with_world(self, world: World) -> "Moment":
        """The same with another world."""
        return replace(self, world=world)

    def having_seen(self, events: Sequence[Event]) -> "Moment":
        """The same after everybody learned from some events."""
        return replace(self, beliefs=learn(self.beliefs, self.world, events))

    def believing(self, observer: str, observed: str, hostile: int) -> "Moment":
        """The same with one belief changed, bp."""
        index = self.world.atlas.state_index
        table = self.beliefs.hostile.copy()
        table[index[observer], index[observed]] = hostile
        return replace(self, beliefs=Beliefs(table, self.beliefs.ground))

    def sight(self, me: str) -> Sight:
        """What a state sees, computed afresh."""
        return seen_by(self.world, self.beliefs, me)

    def view(self, me: str, doctrine: str) -> View:
        """The world through a state's lens."""
        return self.frame.view(self.sight(me), doctrine)

    def insecurity(self, me: str, doctrine: str = "BOT") -> float:
        """How insecure a state feels, in the doctrine's unit."""
        return self.view(me, doctrine).insecurity

    def orders(self, me: str, doctrine: str, ambition: float = AMBITION) -> dict[Order, float]:
        """How likely a state's next envoy goes on each errand."""
        sight = self.sight(me)
        appraisal = alignment_appraisal(self.frame.view(sight, doctrine), sight)
        return self.chances(appraisal, doctrine, ambition)

    def wishes(self, me: str, doctrine: str, ambition: float = AMBITION) -> dict[Order, float]:
        """By how much a state would rather send an envoy on each errand than do nothing."""
        sight = self.sight(me)
        appraisal = alignment_appraisal(self.frame.view(sight, doctrine), sight)
        weights = term_weights(self.frame.doctrines[doctrine].weights, ambition)
        worth = utilities(appraisal.terms, weights)
        menu = appraisal.options
        return {menu[place]: float(worth[place] - worth[0]) for place in range(1, len(menu))}

    def answers(
        self, question: Question, doctrine: str, ambition: float = AMBITION
    ) -> dict[Any, float]:
        """How likely each answer to a question is."""
        sight = self.sight(question.asked)
        appraisal = question_appraisal(self.frame.view(sight, doctrine), sight, question)
        return self.chances(appraisal, doctrine, ambition)

    def family(
        self,
        appraise: Callable[..., Appraisal],
        me: str,
        doctrine: str,
        ambition: float = AMBITION,
        *more: Any,
    ) -> dict[Any, float]:
        """How likely each option of a family of orders is."""
        sight = self.sight(me)
        return self.chances(
            appraise(self.frame.view(sight, doctrine), sight, *more), doctrine, ambition
        )

    def chances(
        self, appraisal: Appraisal, doctrine: str, ambition: float = AMBITION
    ) -> dict[Any, float]:
        """How likely each option of an appraisal is."""
        weights = term_weights(self.frame.doctrines[doctrine].weights, ambition)
        utility = utilities(appraisal.terms, weights)
        likely = probabilities(utility, TEMPERATURE, appraisal.hesitant)
        options = (appraisal.options[place] for place in range(len(appraisal.options)))
        return dict(zip(options, (float(chance) for chance in likely), strict=True))


def moment(doc: MapDoc | None = None, **parts: Any) -> Moment:
    """A map's opening; a tiny map's unless one is given."""
    doc = doc or tiny_doc(**parts)
    world, beliefs = build_world(doc)
    return Moment(world, beliefs, frame(doc, world, beliefs))


def against(chances: dict[Order, float], foe: str) -> float:
    """How likely a binding offer against a state is."""
    return sum(
        chance
        for order, chance in chances.items()
        if isinstance(order, Offer)
        and order.terms.against == foe
        and {"defense", "offense"} & set(order.terms.obligations)
    )


def with_partner(chances: dict[Order, float], partner: str, binding: bool = True) -> float:
    """How likely an offer to a state is; of a binding pact, unless said."""
    return sum(
        chance
        for order, chance in chances.items()
        if isinstance(order, Offer)
        and order.to == partner
        and (not binding or {"defense", "offense"} & set(order.terms.obligations))
    )


def distance(first: dict[Any, float], second: dict[Any, float]) -> float:
    """How far two forecasts of one choice are apart, 0 to 1."""
    keys = set(first) | set(second)
    return float(np.sum([abs(first.get(key, 0) - second.get(key, 0)) for key in keys])) / 2
