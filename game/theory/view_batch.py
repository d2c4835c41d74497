"""Several views, each through its own lens, side by side, to be weighed in one go.

The views are of states of one campaign, each of its own world: of several states in one turn, or of
several turns. The rules are the same for many as for one, and arrays of a few states cost little
more for many.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.theory.doctrine import Lens
from game.theory.lens import Indices, View
from game.world.sight import Floats


# Not frozen, as `choice_rule.Appraisal` is not.
@dataclass(slots=True, eq=False)
class Views:
    """What several of `View`, their fields and facts hold, by view (see `alike`)."""

    proximity: Floats
    """The exponent of the lens: [view]."""
    intentions: Floats
    """The exponent of the lens: [view]."""
    contest: Floats | float
    """The exponent of the contest between two sides: 1 where it is 1 for all, else [view]."""
    feeding: Floats
    """The habit of that name: [view]."""
    entanglement: Floats
    """The habit of that name: [view]."""
    me: Indices
    """Whose views these are: [view]."""
    strength: Floats
    """[view]."""
    insecurity: Floats
    """[view]."""
    credible: Floats
    """[view, state]."""
    tau: Floats
    """In the unit: [view, state]."""
    chance: Floats
    """[view, state]."""
    faced: Floats
    """[view, state, source]."""
    mine: Floats
    """What I face from each: [view, source]."""
    weight: Floats
    """[view, state]."""
    bound: NDArray[np.bool_]
    """Who is bound to me by a pact that calms: [view, state]."""
    hostile: Floats
    """What each one's side can bring against me: [view, source]."""
    own: Floats
    """What my side can bring against each, I counting whole: [view, source]."""
    hostile_side: Floats
    """[view, state, source]."""
    own_side: Floats
    """[view, state, source]."""
    word: Floats
    """[view, partner]."""
    interest: Floats
    """[view, partner, against]."""
    drawn: Floats
    """[view, state, against]."""
    engaged: Floats
    """[view, state, against]."""
    bring: Floats
    """[view, state, against]."""
    trust: Floats
    """[view, partner, against]."""
    chance_of_each: Floats
    """How likely a source's side is to prevail over a state's: [view, state, source]."""
    kept_out: Floats
    """What I face from all with whom each has a treaty: [view, state]."""
    capability: Floats
    """Share of all: [view, state]."""
    near: Floats
    """Proximity to me: [view, state]."""
    affinity: Floats
    """To me: [view, state]."""
    cache: dict[str, Floats] = field(default_factory=dict)
    """What was worked out of these views already; keyed by its maker."""

    def contest_at(self, v: Indices | int) -> Floats | float:
        """The exponent of the contest for each of those views: 1 where it is 1 for all."""
        return self.contest if isinstance(self.contest, float) else self.contest[v]

    def contest_by(self, *, axes: int) -> Floats | float:
        """The same beside arrays by view first that have so many axes."""
        if isinstance(self.contest, float):
            return self.contest
        return self.contest.reshape(-1, *[1] * (axes - 1))


def alike(lens: Lens) -> Hashable:
    """A key: views through lenses that have the same can be set side by side."""
    return lens.habits.contest == 1


def alone(view: View) -> Views:
    """One view as such views are weighed; remembered with it."""
    habits = view.lens.habits
    key = f"alone {habits.feeding} {habits.entanglement}"
    known: Views | None = view.cache.get(key)
    if known is None:
        known = view.cache[key] = side_by_side([view])
    return known


def side_by_side(views: Sequence[View]) -> Views:
    """Views through lenses that are `alike` (at least one), set side by side."""
    first, alone = views[0], len(views) == 1
    _, proximity, _, intentions = zip(*[view.lens.exponents for view in views], strict=True)

    def of_each(part: Callable[[View], Any]) -> NDArray[Any]:
        # A single view's own arrays are only looked at, not copied: at many states that is slow.
        return np.asarray(part(first))[None] if alone else np.array([part(it) for it in views])

    def habit(name: str) -> Floats:
        return np.array([getattr(view.lens.habits, name) for view in views])

    each, me = np.arange(len(views)), np.array([view.me for view in views])
    strength, weight = of_each(lambda view: view.strength), of_each(lambda view: view.field.weight)
    faced = of_each(lambda view: view.faced)
    hostile_side = of_each(lambda view: view.field.hostile_side)
    own_side = of_each(lambda view: view.field.own_side)
    return Views(
        proximity=np.array(proximity, dtype=np.float64),
        intentions=np.array(intentions, dtype=np.float64),
        contest=1.0 if first.lens.habits.contest == 1 else habit("contest"),
        feeding=habit("feeding"),
        entanglement=habit("entanglement"),
        me=me,
        strength=strength,
        insecurity=of_each(lambda view: view.insecurity),
        credible=of_each(lambda view: view.credible),
        tau=of_each(lambda view: view.tau / view.scale.unit),
        chance=of_each(lambda view: view.chance),
        faced=faced,
        mine=faced[each, me],
        weight=weight,
        bound=of_each(lambda view: view.field.bound[view.me]),
        hostile=hostile_side[each, me],
        own=own_side[each, me] + (strength - weight[each, me])[:, None],
        hostile_side=hostile_side,
        own_side=own_side,
        word=of_each(lambda view: view.field.word),
        interest=of_each(lambda view: view.field.interest),
        drawn=of_each(lambda view: view.field.drawn),
        engaged=of_each(lambda view: view.field.engaged),
        bring=of_each(lambda view: view.field.bring),
        trust=of_each(lambda view: view.field.trust),
        chance_of_each=of_each(lambda view: view.field.chance),
        kept_out=of_each(lambda view: view.field.tied @ view.faced[view.me]),
        capability=of_each(lambda view: view.facts.c),
        near=of_each(lambda view: view.facts.D[view.me]),
        affinity=of_each(lambda view: view.facts.affinity[view.me]),
    )
