"""Influence: aid and penetration (THEORY T10, T11).

Money goes to those already on one's side, and to the enemies of one's enemy; envoys go where a
society is open and worth knowing.
"""

from dataclasses import dataclass

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
    others = np.flatnonzero(facts.there)
    others = others[others != view.me]
    strong_near = facts.c[others] * facts.D[view.me, others]
    menu = others[np.argsort(-strong_near, kind="stable")[:4]].tolist()
    options: list[Penetrate | None] = [None]
    rows = [np.zeros(len(TERMS))]
    for m in menu:
        state, sheet = world.states[m], world.atlas.states[m]
        depth = world.networks.get((sight.me, state.id), 0) / BP
        openness = sheet.openness / BP
        danger = float(view.faced[view.me, m])
        for means, reach, risk in MEANS:
            row = np.zeros(len(TERMS))
            row[TERM["security"]] = KNOWING * danger * openness * (1 - depth) * reach
            row[TERM["cost"]] = -RISK * (1.2 - openness) * risk - 0.005
            options.append(Penetrate(state.id, means))
            rows.append(row)
    return Appraisal("penetration", tuple(options), np.array(rows), hesitant=True)
