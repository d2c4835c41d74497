"""What every option of a choice offers: plain figures, and what any lens shows of it.

The figures of many choices are worked out side by side, through one lens at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.inference.act_figures import Treatment
from game.inference.deeds import Deed
from game.theory.doctrine import TERMS
from game.theory.families.alignment import adversaries
from game.theory.families.pact_worth import Pacts, each_of_its_own, hopes, pact_terms
from game.theory.lens import View, ties
from game.theory.view_batch import side_by_side
from game.world.sight import Floats, Sight

NAME, SEEK, ANSWER, SIDE, LEAVE = "name", "seek", "answer", "side", "leave"
FORM_COLUMNS = ("offense", "nonaggression", "consultation", "neutrality", "guarantee")
"""A column for each form of pact but defence, in the order of `pact_worth.FORMS`."""
OF_EITHER = (
    "kinship",
    "share",
    "strength",
    "nearness",
    "hostility",
    "armament",
    "wealth",
    "tie",
    "treatment",
)
COLUMNS = (
    *FORM_COLUMNS,
    "named",
    "paid",
    "secret",
    "accept",
    "accept named",
    "leave",
    *(f"partner {name}" for name in (*OF_EITHER, "habit")),
    *(f"adversary {name}" for name in (*OF_EITHER, "habit")),
    "prominent",
)
"""What can be said of an option without any lens: `ChoiceSet.plain` has them as columns. Shares,
nearness, hostility, armament and wealth are logarithms against the mean of all states; habit is the
logarithm of 1 and how often the state chose the same before; the rest as `act_figures.FIGURES`."""
COLUMN = {name: index for index, name in enumerate(COLUMNS)}
SEEN = (*TERMS, "opposed", "faced", "courted", "menace", "joined")
"""What a lens makes of an option: the terms of the pact it stands for (those that are sought times
how likely the partner is to agree); the logarithm of what one faces from its adversary, as a share
of what one faces from the most dangerous state, and that share itself; the share of its partner;
the logarithms of how dangerous its adversary and its partner look before any alliance is counted,
beside the most dangerous state."""
FAINT = 0.02
"""A danger below this share of the greatest counts as this share."""
FAINTEST = 1e-3
"""The same of a partner."""
SMALL = 1e-3
"""The least figure of which a logarithm is taken."""
Look = Callable[[Sequence[Sight]], Sequence[View]]
"""A function from what states see to their views through one lens."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A choice, without what a lens shows of its options."""

    turn: int
    deed: Deed
    kind: str
    sight: Sight
    pacts: Pacts
    """The options; in an answer the one pact that is offered."""
    taken: int
    plain: Floats
    """What can be said of the options without a lens: [option, column of COLUMNS].

    An answer has two: to decline, and to sign."""


class Options:
    """The options of several choices (at least one), to be looked at through one lens or many."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Lay them side by side; what a state saw once is looked at once."""
        once = {id(draft.sight): draft.sight for draft in drafts}
        places = {key: place for place, key in enumerate(once)}
        self.sights = list(once.values())
        sizes = np.array([len(draft.pacts.partner) for draft in drafts])
        pacts = each_of_its_own([draft.pacts for draft in drafts])
        of = np.array([places[id(draft.sight)] for draft in drafts])
        self.pacts = replace(pacts, of=np.repeat(of, sizes))
        kinds = np.repeat(np.array([draft.kind for draft in drafts]), sizes)
        self._hoped = np.isin(kinds, (NAME, SEEK))
        self._without_terms = np.isin(kinds, (SIDE, LEAVE))
        self._nothing = kinds == LEAVE
        # The first row of an answer, to decline, is 0 through every lens.
        declines = np.array([int(draft.kind == ANSWER) for draft in drafts])
        self._rows = np.arange(len(kinds)) + np.repeat(np.cumsum(declines), sizes)
        self.count = len(kinds) + int(declines.sum())
        """How many rows they have together."""

    def through(self, look: Look) -> Floats:
        """What a lens shows of every option, choice after choice: [row, column of SEEN]."""
        views = side_by_side(look(self.sights))
        pacts = self.pacts
        terms = pact_terms(views, pacts)
        terms[self._hoped] *= hopes(views, pacts)[self._hoped, None]
        terms[self._without_terms] = 0.0
        worst = np.maximum(views.mine.max(axis=1), 1e-12)[pacts.of]
        danger = views.mine[pacts.of, pacts.adversary] / worst
        opposed = np.where(pacts.named, np.log(np.maximum(danger, FAINT)), 0.0)
        faced = np.where(pacts.named, danger, 0.0)
        courted = views.mine[pacts.of, pacts.partner] / worst
        tau = views.tau / np.maximum(views.tau.max(axis=1, keepdims=True), 1e-12)
        menace = np.where(
            pacts.named, np.log(np.maximum(tau[pacts.of, pacts.adversary], FAINT)), 0.0
        )
        joined = np.log(np.maximum(tau[pacts.of, pacts.partner], FAINTEST))
        shown = np.column_stack([terms, opposed, faced, courted, menace, joined])
        shown[self._nothing] = 0.0
        rows = np.zeros((self.count, len(SEEN)))
        rows[self._rows] = shown
        return rows


def plain_figures(
    kind: str, sight: Sight, pacts: Pacts, treatment: Treatment, habits: tuple[Floats, Floats]
) -> Floats:
    """What can be said of the options without a lens: [option, column]; see `Draft`.

    `habits` says how often the state chose each partner and each adversary before: [state].
    """
    table = _states(sight, treatment)
    rows = np.zeros((len(pacts.partner), len(COLUMNS)))
    if kind == LEAVE:
        rows[1, COLUMN["leave"]] = 1.0
        return rows
    for form, name in enumerate(FORM_COLUMNS, start=1):
        rows[:, COLUMN[name]] = pacts.form == form
    rows[:, COLUMN["named"]] = pacts.named
    rows[:, COLUMN["paid"]] = pacts.burden
    rows[:, COLUMN["secret"]] = pacts.secret
    if kind == ANSWER:
        rows[:, COLUMN["accept"]] = 1.0
        rows[:, COLUMN["accept named"]] = pacts.named
    first, second = COLUMN["partner kinship"], COLUMN["adversary kinship"]
    width = len(OF_EITHER)
    rows[:, first : first + width] = table[pacts.partner]
    rows[:, first + width] = habits[0][pacts.partner]
    rows[:, second : second + width] = np.where(pacts.named[:, None], table[pacts.adversary], 0.0)
    rows[:, second + width] = np.where(pacts.named, habits[1][pacts.adversary], 0.0)
    rows[:, COLUMN["prominent"]] = pacts.named & _is_prominent(sight, pacts)
    return np.concatenate([np.zeros_like(rows), rows]) if kind == ANSWER else rows


def _is_prominent(sight: Sight, pacts: Pacts) -> NDArray[np.bool_]:
    """Whether each adversary is one of those that public facts suggest to the pair: [option]."""
    suggested, _ = adversaries(sight.facts)
    pairs = suggested[sight.index, pacts.partner]
    return np.asarray((pairs == pacts.adversary[:, None]).any(axis=1))


def _states(sight: Sight, treatment: Treatment) -> Floats:
    """The plain figures of every state: [state, figure of OF_EITHER]."""
    facts, me, world = sight.facts, sight.index, sight.world
    money = np.array([float(max(0, state.treasury)) for state in world.states])
    tied, _ = ties(world)
    treated = np.array([treatment.of(sight.me, state.id) for state in world.states])
    there = facts.there

    def log(figure: Floats) -> Floats:
        value = np.log(np.maximum(figure, SMALL))
        return np.asarray(value - value[there].mean())

    return np.column_stack(
        [
            facts.affinity[me],
            log(facts.c),
            facts.c / max(float(facts.c[there].max()), SMALL),
            log(facts.D[me]),
            log(sight.hostile),
            log(facts.O),
            log(money / max(1.0, float(money.sum()))),
            tied[me].astype(np.float64),
            np.tanh(treated),
        ]
    )
