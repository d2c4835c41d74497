"""Influence: aid and penetration (THEORY T10, T11).

Money goes to those already on one's side, and to the enemies of one's enemy; envoys go where a
society is open and worth knowing.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.theory.choice_rule import TERM, Appraisal
from game.theory.doctrine import TERMS
from game.theory.lens import Indices, View, ties
from game.world import public_finance
from game.world.legality import purse
from game.world.orders import Aid, Means, Penetrate
from game.world.rules import BP
from game.world.sight import Floats, Sight, remembered

AID_STEPS = (500, 1_000)
"""Amounts of aid on the menu, bp of the giver's revenue."""
WORTH = 0.5
"""What strengthening a friend is worth, of what it saves."""
PRICE = 0.5
"""What a turn's whole revenue given away costs."""
MEANS: tuple[tuple[Means, float, float], ...] = (
    ("envoys", 0.7, 0.6),
    ("lobby", 1.0, 1.0),
    ("propaganda", 1.3, 1.6),
)
"""The means of penetration: how far each reaches, how much it risks, beside lobbying."""
_REACH = np.array([reach for _, reach, _ in MEANS])
_RISKED = np.array([risked for _, _, risked in MEANS])
KNOWING = 0.05
"""What a network in a state is worth, of how dangerous it looks."""
RISK = 0.02
"""What the risk of a plot found out costs."""


@remembered
def recipients(sight: Sight) -> list[int]:
    """Who can be on the aid menu, by public facts: our partners, and the strongest's neighbours.

    At most six.
    """
    world, facts = sight.world, sight.facts
    partners = {
        world.atlas.state_index[other]
        for treaty in world.treaties_of(sight.me)
        for other in treaty.others(sight.me)
    }
    others = np.flatnonzero(facts.there)
    others = others[others != sight.index]
    strongest = int(others[facts.c[others].argmax()]) if len(others) else -1
    nearest = others[np.lexsort((facts.c[others], -facts.D[strongest, others]))].tolist()
    near = [m for m in nearest if m != strongest and m not in partners][:2]
    allies = sorted((m for m in partners if facts.there[m]), key=lambda m: (facts.c[m], m))[:4]
    return [*allies, *near]


@dataclass(frozen=True, slots=True, eq=False)
class _Gifts:
    """The aid that a state can give: the same under every lens."""

    options: tuple[Aid | None, ...]
    """Nothing first."""
    to: Indices
    """[gift]."""
    strengthened: Floats
    """By what part of its own revenue each helps its taker: [gift]."""
    nearness: Floats
    """How far the strength of its taker is one's own: [gift]."""
    terms: Floats
    """What each costs, and nothing of what it brings: [option, term]."""


@remembered
def _gifts(sight: Sight) -> _Gifts:
    world, me = sight.world, sight.me
    money = purse(world, me)
    revenue = max(1, public_finance.revenue(world, me))
    ids = [state.id for state in world.states]
    given = [
        (m, amount)
        for m in recipients(sight)
        for amount in (revenue * step // BP for step in AID_STEPS)
        if 0 < amount <= money
    ]
    theirs = [max(1, public_finance.revenue(world, ids[m])) for m, _ in given]
    to = np.array([m for m, _ in given], dtype=np.int64)
    amounts = np.array([amount for _, amount in given], dtype=np.int64)
    terms = np.zeros((1 + len(given), len(TERMS)))
    terms[1:, TERM["cost"]] = -PRICE * (amounts / revenue)
    return _Gifts(
        (None, *(Aid(ids[m], amount) for m, amount in given)),
        to,
        np.minimum(0.3, amounts / np.array(theirs, dtype=np.int64)),
        np.where(ties(world)[1][sight.index, to], 1.0, 0.4),
        terms,
    )


def appraise_aid(view: View, sight: Sight) -> Appraisal:
    """Whom to help with money, and how much; nothing first."""
    gifts = _gifts(sight)
    terms = gifts.terms.copy()
    if len(gifts.to):
        saved, tau = _worth_of_help(view)[gifts.to], view.tau[gifts.to]
        terms[1:, TERM["security"]] = WORTH * gifts.strengthened * saved * gifts.nearness
        terms[1:, TERM["feeding"]] = -0.3 * gifts.strengthened * tau / view.scale.unit
    return Appraisal("aid", gifts.options, terms, hesitant=True)


def _worth_of_help(view: View) -> Floats:
    """How far each one's strength stands against what I fear: shared danger, [state], the unit."""
    # Nobody faces anything from itself.
    shared = (view.faced[view.me] * view.faced).sum(axis=1)
    total = view.faced.sum(axis=1)
    part = np.zeros(len(total))
    np.divide(shared, total, out=part, where=total > 0)
    return part


def appraise_penetration(view: View, sight: Sight) -> Appraisal:
    """Whose society to work in; nothing first. The four strongest in reach are on the menu."""
    world, facts = sight.world, sight.facts
    strong_near = np.where(facts.there, facts.c * facts.D[view.me], -1.0)
    strong_near[view.me] = -1.0
    nearest = np.argsort(-strong_near, kind="stable")[:4]
    menu = nearest[strong_near[nearest] >= 0].tolist()
    ids = [world.states[m].id for m in menu]
    openness = np.array([world.atlas.states[m].openness / BP for m in menu])[:, None]
    depth = np.array([world.networks.get((sight.me, state), 0) / BP for state in ids])[:, None]
    danger = view.faced[view.me, menu][:, None]
    terms = np.zeros((1 + len(menu) * len(MEANS), len(TERMS)))
    known = KNOWING * danger * openness * (1 - depth) * _REACH
    risked = -RISK * (1.2 - openness) * _RISKED - 0.005
    terms[1:, TERM["security"]], terms[1:, TERM["cost"]] = known.ravel(), risked.ravel()
    options = (None, *(option for state in ids for option in _ways_into(state)))
    return Appraisal("penetration", options, terms, hesitant=True)


@lru_cache(maxsize=1024)
def _ways_into(state: str) -> tuple[Penetrate, ...]:
    """The orders to work in a society, by each of the means."""
    return tuple([Penetrate(state, means) for means, _, _ in MEANS])
