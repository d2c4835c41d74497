"""Which orders are worth giving, by either reading: what a matter may suggest.

Each family of orders is weighed under both lenses by one who cares for his own security; an order
is worth while where the mean of both is more than nothing. Pacts are weighed as if signed, times
the chance that they are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from game.advice.forecast import AMBITION, READINGS, forecast, worth, worth_terms
from game.advice.imagined import Imagined
from game.advice.leaving import Leaving, likeliest_to_leave
from game.theory.choice_rule import Appraisal, utilities
from game.theory.choices import alignment_appraisal, other_appraisals
from game.theory.doctrine import Weights, term_weights
from game.theory.frame import Frame
from game.words.grammar import Speech
from game.world.legality import refusal
from game.world.orders import Assess, DeclareWar, Demand, Offer, Order, Sound
from game.world.sight import Floats, Sight

LEAST = 0.005
"""What an order must be worth to be suggested, in the unit: what shows as a hundredth."""
HOPE = 0.1
"""The chance of a yes below which an order that needs one is not suggested."""
FRESH = 3
"""Turns in which what an envoy heard, or weighed, is still fresh."""
TRIED = 10
"""How many of the pacts on the menu are weighed as if signed."""


@dataclass(frozen=True, slots=True)
class OrderValue:
    """An order, and what it is worth to one's own security under each reading, in the unit."""

    order: Order
    by_power: float
    by_threat: float

    @property
    def mean(self) -> float:
        """The mean of both readings."""
        return (self.by_power + self.by_threat) / 2


def disputed(by_power: float, by_threat: float) -> bool:
    """Whether the readings differ on what something is worth: in sign, or by what would show."""
    opposed = (by_power >= LEAST) != (by_threat >= LEAST)
    return opposed or abs(by_power - by_threat) >= 4 * LEAST


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to decide: what it is, about whom, and the order that would meet it."""

    title: str
    kind: str
    state: str
    order: Order | None = None
    looks: tuple[str, str] | None = None
    """How it looks if power is feared, and if threat is, where that differs."""
    worth: tuple[float, float] | None = None
    """What the order is worth to our security by power and by threat, in the unit."""
    about: str = ""
    """What lies behind it, in a sentence; empty where the title says all."""

    @property
    def differs(self) -> bool:
        """Whether the readings differ on it: on how it looks, or on what the order is worth."""
        return self.looks is not None or (self.worth is not None and disputed(*self.worth))


@dataclass(frozen=True, slots=True, eq=False)
class OrderValues:
    """What can be worked out for one state in one turn; each family is weighed once."""

    sight: Sight
    imagined: Imagined
    notebook: Mapping[str, float]
    _weighed: dict[str, list[OrderValue]]
    _signed: dict[Offer, OrderValue]
    _chances: dict[Offer, float]
    _taken: list[Order]
    """What a matter has suggested already: it is not suggested twice."""
    _leaving: list[Leaving | None]
    """The partner likeliest to leave us, once that was asked."""
    assessed: Mapping[str, int] = field(default_factory=dict)
    """State -> the turn in which its deeds were last assessed."""

    @classmethod
    def of(
        cls,
        sight: Sight,
        imagined: Imagined,
        notebook: Mapping[str, float],
        assessed: Mapping[str, int] | None = None,
    ) -> "OrderValues":
        """Weigh every family for a state."""
        weighed: dict[str, list[OrderValue]] = {}
        for by_power, by_threat in zip(
            *(_appraisals(sight, imagined.frame, lens) for lens in READINGS), strict=True
        ):
            weighed[by_power.family] = _weigh(by_power, by_threat)
        return cls(sight, imagined, notebook, weighed, {}, {}, [], [], assessed or {})

    def best(
        self, family: str, fits: Callable[[Order], bool] = lambda _: True
    ) -> OrderValue | None:
        """The legal order of a family that is worth most; None where none is worth anything."""
        for one in self._weighed.get(family, ()):
            if one.mean < LEAST:
                return None
            if fits(one.order) and self.open_to_us(one.order):
                return one
        return None

    def matter(
        self,
        title: str,
        kind: str,
        state: str,
        met_by: OrderValue | None = None,
        *,
        looks: tuple[str, str] | None = None,
        about: str = "",
    ) -> Matter:
        """A matter; it suggests what would meet it only where that is worth something."""
        if met_by is None or met_by.mean < LEAST:
            return Matter(title, kind, state, None, looks, None, about)
        worth = (met_by.by_power, met_by.by_threat)
        self._taken.append(met_by.order)
        return Matter(title, kind, state, met_by.order, looks, worth, about)

    def name(self, state: str) -> str:
        """A state's name as it stands within a sentence."""
        return Speech(self.sight.world.atlas).plain(state)

    def short(self, state: str) -> str:
        """A state's name as it stands in a headline, without an article."""
        name = self.sight.world.atlas.name(state)
        return name[4:] if name.lower().startswith("the ") else name

    def faced(self) -> list[list[float]]:
        """What we face from each state, by power and by threat: [reading][state]."""
        sight = self.sight
        return [
            [float(danger) for danger in view.faced[view.me]]
            for view in (self.imagined.frame.view(sight, lens) for lens in READINGS)
        ]

    def feared(self) -> tuple[str, str]:
        """Whom we should fear most by power, and by threat."""
        ids = [state.id for state in self.sight.world.states]
        by_power, by_threat = (ids[row.index(max(row))] for row in self.faced())
        return by_power, by_threat

    def ranks(self, state: str) -> tuple[int, int]:
        """The place of a state among those we should fear, from 1, by power and by threat."""
        at = self.sight.world.atlas.state_index[state]
        first, second = (1 + sum(other > row[at] for other in row) for row in self.faced())
        return first, second

    def open_to_us(self, order: Order) -> bool:
        """Whether the rules allow an order by itself, and no matter suggests it yet."""
        return order not in self._taken and refusal(self.sight.world, self.sight.me, order) is None

    def pact(self, fits: Callable[[Offer], bool] = lambda _: True) -> OrderValue | None:
        """The pact that promises most: its worth once signed, times the chance that it is.

        One that would hardly ever be signed, by what the notebook says, is left out: who declines
        is not asked again for some turns, and may tell the adversary.
        """
        best, most = None, 0.0
        for offer in self._offers(fits):
            one = self.signed(offer)
            if one.mean < LEAST or self.chance(offer) < HOPE:
                continue
            promise = one.mean * self.chance(offer)
            if promise > most:
                best, most = one, promise
        return best

    def likeliest_to_leave(self) -> Leaving | None:
        """The partner who is free to leave us and likeliest to, as we imagine it."""
        if not self._leaving:
            imagined = self.imagined
            found = likeliest_to_leave(self.sight, imagined.estimate, imagined.frame)
            self._leaving.append(found)
        return self._leaving[0]

    def signed(self, offer: Offer) -> OrderValue:
        """What a pact is worth once it is signed."""
        known = self._signed.get(offer)
        if known is None:
            gains = worth(self.sight, self.imagined.frame, offer)
            known = OrderValue(offer, *(gains[lens] for lens in READINGS))
            self._signed[offer] = known
        return known

    def chance(self, offer: Offer) -> float:
        """How likely a pact is signed, blended by the notebook, 0 to 1."""
        if offer not in self._chances:
            note = self.notebook.get(offer.to, 0.5)
            seen = forecast(self.sight, self.imagined, offer, note)
            self._chances[offer] = seen.blended if seen else 0.0
        return self._chances[offer]

    def hopeful(self, order: Order) -> bool:
        """Whether the other side of an order is at all likely to agree."""
        seen = forecast(self.sight, self.imagined, order, 0.5)
        return seen is not None and seen.blended >= HOPE

    def demand(
        self, fits: Callable[[Order], bool] = lambda _: True, *, hopeless: bool = False
    ) -> OrderValue | None:
        """The demand that is worth most, of no partner of ours; None where there is none.

        One that is hardly ever yielded to is left out, unless `hopeless` ones are wanted too.
        """
        partners = self.sight.world.bound_to(self.sight.me)

        def sensible(order: Order) -> bool:
            return (
                isinstance(order, Demand)
                and order.of not in partners
                and fits(order)
                and (hopeless or self.hopeful(order))
            )

        return self.best("demand", sensible)

    def listening(self, state: str) -> OrderValue | None:
        """An envoy who listens in a state; None where one was there of late."""
        world, me = self.sight.world, self.sight.me
        heard = world.soundings.get((me, state))
        fresh = heard is not None and world.turn - heard <= FRESH
        if fresh or not self.open_to_us(Sound(state)):
            return None
        for one in self._weighed["alignment"]:
            if isinstance(one.order, Sound):
                return OrderValue(Sound(state), one.by_power, one.by_threat)
        return None

    def assessing(self, state: str) -> OrderValue | None:
        """An envoy who weighs what was seen of a state: worth what listening is; None if none is
        free, or one has done so of late."""
        done = self.assessed.get(state)
        fresh = done is not None and self.sight.world.turn - done <= FRESH
        if fresh or not self.open_to_us(Assess(state)):
            return None
        for one in self._weighed["alignment"]:
            if isinstance(one.order, Sound):
                return OrderValue(Assess(state), one.by_power, one.by_threat)
        return None

    def _offers(self, fits: Callable[[Offer], bool]) -> Iterator[Offer]:
        left = TRIED
        for one in self._weighed["alignment"]:
            order = one.order
            if isinstance(order, Offer) and fits(order) and self.open_to_us(order):
                yield order
                left -= 1
            if left == 0:
                return


def order_terms(sight: Sight, frame: Frame, order: Order) -> dict[str, Floats]:
    """What `OrderValues` weighs an order by, term by term: reading -> [term].

    A pact is weighed as if signed; listening in one state, or weighing what was seen of it, as
    listening in any. Empty for an order that is on no menu.
    """
    if isinstance(order, Offer):
        return worth_terms(sight, frame, order)
    weights = term_weights(Weights(), AMBITION)
    for both in zip(*(_appraisals(sight, frame, lens) for lens in READINGS), strict=True):
        for at, option in enumerate(both[0].options):
            listens = isinstance(order, Sound | Assess) and isinstance(option, Sound)
            if at and (listens or option == order):
                rows = (np.asarray((one.terms[at] - one.terms[0]) * weights) for one in both)
                return dict(zip(READINGS, rows, strict=True))
    return {}


def against(*states: str) -> Callable[[Offer], bool]:
    """Fits offers that name one of the states as the adversary."""
    return lambda offer: offer.terms.against in states


def offered_to(*states: str) -> Callable[[Offer], bool]:
    """Fits offers to one of the states."""
    return lambda offer: offer.to in states


def _appraisals(sight: Sight, frame: Frame, lens: str) -> list[Appraisal]:
    view = frame.view(sight, lens)
    return [alignment_appraisal(view, sight), *other_appraisals(view, sight, AMBITION, 1)]


def _weigh(by_power: Appraisal, by_threat: Appraisal) -> list[OrderValue]:
    """Every order of a family beside giving none, what is worth most first.

    No war is ever suggested, nor a breach.
    """
    weights = term_weights(Weights(), AMBITION)
    first, second = (utilities(one.terms, weights) for one in (by_power, by_threat))
    found = []
    for at in range(1, len(first)):
        order = by_power.options[at]
        if not isinstance(order, DeclareWar) and not getattr(order, "breach", False):
            gains = (float(one[at] - one[0]) for one in (first, second))
            found.append(OrderValue(order, *gains))
    return sorted(found, key=lambda one: -one.mean)
