"""What a pact is worth: the terms by which every offer, answer and farewell is weighed.

The same for all doctrines (S4, S6, W1-W5, T1-T4, T8); what a doctrine does not see or care about
is a factor or a weight of zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.theory.choice import TERM
from game.theory.doctrine import TERMS
from game.theory.lens import (
    UNNAMED,
    Indices,
    View,
    averted,
    prevailing,
)
from game.world.model import Treaty
from game.world.orders import Obligation
from game.world.sight import Floats, Sight

ENTANGLEMENT = 0.04
"""My share of what a partner faces, as a cost of being bound to it (THEORY, Utility)."""
FEEDING = 1.3
"""What my strength adds to a partner, the more so the nearer it stands to what I fear most."""
AUTONOMY = 0.04
"""What is given away to a stronger partner (THEORY T4)."""
SUBJECTION = 1.5
"""How much more is given away to the one that is feared most."""
IDEOLOGY = 0.05
"""What a wholly kindred ideology is worth to a state without fears (THEORY T8)."""
GAINS = 0.08
"""How a partner's gain weighs for one who counts gains relatively (THEORY W5)."""
SPOILS = 0.6
"""What a conquered share of the world is worth to one who lives for spoils."""
STRENGTH = 0.6
"""What a partner's share is worth to one who joins the stronger."""
PACT = 0.12
"""What any pact is worth to one who wants, or shuns, pacts."""
UPHEAVAL = 0.008
"""What leaving any treaty costs in standing."""
INERTIA = 0.002
"""Reluctance to leave a treaty for each turn of its age (THEORY W11)."""
INERTIA_CAP = 0.010
"""Most that age alone holds a treaty together."""
HOPE = 0.02
"""How sharply a sender tells who would agree from who would not."""

DEFENSE, OFFENSE, NONAGGRESSION, CONSULTATION, NEUTRALITY = range(5)
FORMS: tuple[tuple[Obligation, ...], ...] = (
    ("defense",),
    ("offense",),
    ("nonaggression",),
    ("consultation",),
    ("neutrality",),
)
"""The obligations that the menu offers, by form."""
HELP = np.array([1.0, 1.0, 0.0, 0.4, 0.0])
"""How far a form of pact adds a partner's strength to one's own."""
CALM = np.array([1.0, 1.0, 1.0, 0.0, 0.5])
"""Whether a form of pact calms what one believes of the partner."""
DRAG = np.array([1.0, 2.0, 0.0, 0.1, 0.0])
"""How far a form of pact drags one into the partner's quarrels."""
FEED = np.array([1.0, 1.2, 0.15, 0.3, 0.05])
"""How far a form of pact feeds the partner's strength."""
KIN = np.array([0.7, 0.5, 0.5, 0.7, 0.2])
"""How far a form of pact expresses kinship."""
BINDS = np.array([1.0, 1.0, 0.0, 0.0, 0.0])
"""Whether a form is an alignment."""
ASIDE = np.array([0.0, 0.0, 0.03, 0.0, 0.07])
"""What keeping a partner of those one faces out of their quarrels is worth, of what is faced."""
SECRECY = 0.03
"""What a secret that may leak costs (RULES, Alliances)."""
MONEY_OF_A_TERM = 0.6
"""What a whole turn's revenue, paid each turn of a treaty, is worth."""


_BY_FORM = np.array([HELP, CALM, DRAG, FEED, KIN, BINDS, ASIDE])


@dataclass(frozen=True, eq=False)
class Pacts:
    """Pacts that could be, as arrays: [option]. `against` is -1 where nobody is named."""

    partner: Indices
    against: Indices
    form: Indices
    burden: Floats
    """What the partner pays me, as a share of my revenue; below 0 what I pay."""
    secret: NDArray[np.bool_]

    @cached_property
    def named(self) -> NDArray[np.bool_]:
        """Whether an adversary is named: [option]."""
        return self.against >= 0

    @cached_property
    def adversary(self) -> Indices:
        """Who it is; the first state where nobody is named: [option]."""
        return np.where(self.named, self.against, 0)

    @cached_property
    def by_form(self) -> Floats:
        """What the form says, each a row: help, calm, drag, feed, kin, binds, aside."""
        return _BY_FORM[:, self.form]


def joined(pacts: Sequence[Pacts]) -> Pacts:
    """Several lists of pacts as one."""
    return Pacts(
        np.concatenate([some.partner for some in pacts]),
        np.concatenate([some.against for some in pacts]),
        np.concatenate([some.form for some in pacts]),
        np.concatenate([some.burden for some in pacts]),
        np.concatenate([some.secret for some in pacts]),
    )


def form_of(obligations: Sequence[str]) -> int:
    """The form on the menu nearest to a set of obligations: its most binding one."""
    if "offense" in obligations:
        return OFFENSE
    if "defense" in obligations:
        return DEFENSE
    if "nonaggression" in obligations:
        return NONAGGRESSION
    return NEUTRALITY if "neutrality" in obligations else CONSULTATION


def pact_terms(view: View, affinity: Floats, pacts: Pacts) -> Floats:
    """The raw terms of each pact, for `view`'s state: [option, term].

    What it is worth is reckoned against its adversary (THEORY W8, p. 47); to be bound to a stronger
    partner gives influence away (THEORY T4, p. 48).
    """
    field, me, unit = view.field, view.me, view.scale.unit
    m, named, a = pacts.partner, pacts.named, pacts.adversary
    helped, calmed, drag, feed, kinship, binds, aside = pacts.by_form
    hostile, own = field.hostile_side[me], field.own_side[me] + (view.strength - field.weight[me])
    habits = view.lens.habits
    tau = view.tau / unit
    faced = view.faced[me]

    trust = view.credible[m] * field.trust[m, a]
    help_named = helped * field.promise[me, m] * trust * field.bring[m, a]
    saved_named = tau[a] * averted(hostile[a], own[a], view.chance[a], help_named, habits.contest)
    everyone = _saved_from_all(view, tau, hostile, own)
    security = np.where(named, saved_named, everyone[m] * helped * UNNAMED)
    delta = view.lens.exponents[3]
    calm = 1.0 - 0.9**delta if delta else 0.0
    security += calmed * calm * tau[m] * view.chance[m] * ~field.bound[me, m]
    security += aside * (field.tied @ faced)[m]

    weight = field.weight[m]
    share = view.strength / np.maximum(view.strength + weight, 1e-12)
    facing = view.faced.sum(axis=1) - view.faced[:, me]
    dragged = np.where(named, view.faced[m, a], facing[m])
    stronger = np.maximum(weight - view.strength, 0.0)
    gain = _promised_by_me(view)[m, pacts.against] * helped

    terms = np.zeros((len(m), len(TERMS)))
    terms[:, TERM["security"]] = security
    entanglement, feeding = ENTANGLEMENT * habits.entanglement, FEEDING * habits.feeding
    terms[:, TERM["entanglement"]] = -entanglement * drag * share * dragged
    rank = faced[m] / max(float(faced.max()), 1e-12)
    terms[:, TERM["feeding"]] = -feeding * feed * share * faced[m] * rank**2
    asymmetry = stronger / np.maximum(weight + view.strength, 1e-12)
    terms[:, TERM["autonomy"]] = -AUTONOMY * binds * asymmetry * (1 + SUBJECTION * rank)
    kin = kinship * affinity[me, m]
    terms[:, TERM["ideology"]] = IDEOLOGY * kin / (1 + view.insecurity)
    terms[:, TERM["gains"]] = -GAINS * gain
    added = 2 * share * (1 - share)
    won = view.facts.c[a] * added * (1 - view.chance[a])
    terms[:, TERM["spoils"]] = SPOILS * np.where(pacts.form == OFFENSE, won, 0.0)
    terms[:, TERM["strength"]] = STRENGTH * binds * view.facts.c[m]
    terms[:, TERM["pact"]] = PACT
    terms[:, TERM["cost"]] = MONEY_OF_A_TERM * pacts.burden - SECRECY * pacts.secret
    return terms


def hopes(view: View, pacts: Pacts) -> Floats:
    """How likely each partner is to agree, as the sender imagines it: [option].

    It puts its own lens in the partner's place: what my promise would save it, less what it would
    be dragged into and what it would feed. So nobody begs of those to whom it has nothing to give.
    """
    field, me, habits = view.field, view.me, view.lens.habits
    m, named, a = pacts.partner, pacts.named, pacts.adversary
    helped, calm, drag, feed, *_ = pacts.by_form
    gain = _promised_by_me(view)[m, pacts.against] * helped
    share = field.weight[m] / np.maximum(view.strength + field.weight[m], 1e-12)
    mine = view.faced[me]
    dragged = np.where(named, mine[a], view.insecurity - mine[m])
    feared = view.faced[m, me]
    fed = feared**3 / (np.maximum(view.faced.max(axis=1), 1e-12) ** 2)[m]
    calmed = calm * 0.1 * feared if view.lens.exponents[3] else 0.0
    net = (
        gain
        + calmed
        - ENTANGLEMENT * habits.entanglement * drag * share * dragged
        - FEEDING * habits.feeding * feed * share * fed
    )
    paid = MONEY_OF_A_TERM * np.maximum(-pacts.burden, 0.0)
    net = net + paid * view.strength / np.maximum(field.weight[m], view.strength)
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(net / HOPE, -30, 30))))


def _saved_from_all(view: View, tau: Floats, hostile: Floats, own: Floats) -> Floats:
    """What each partner's promise against everyone would save: [partner]."""
    known = view.cache.get("saved from all")
    if known is not None:
        return known
    field = view.field
    help_all = field.promise[view.me][:, None] * field.bring
    trusted = view.credible[:, None] * field.trust
    contest = view.lens.habits.contest
    saved = tau * averted(hostile, own, view.chance, help_all * trusted, contest)
    np.fill_diagonal(saved, 0.0)
    result = np.asarray(saved.sum(axis=1))
    view.cache["saved from all"] = result
    return result


def _promised_by_me(view: View) -> Floats:
    """What my promise would save each from each, as I see it, in the unit: [partner, against].

    The last column, that of -1, is what it would save it from all together.
    """
    known = view.cache.get("promised by me")
    if known is not None:
        return known
    field, me = view.field, view.me
    near = view.facts.D[me] if view.lens.exponents[1] else np.ones_like(view.facts.c)
    brought = field.promise[:, me][:, None] * view.strength * near[None, :]
    contest = view.lens.habits.contest
    if contest == 1:
        total = np.maximum(field.hostile_side + field.own_side, 1e-12)
        saved: Floats = view.faced * (1 - total / (total + brought))
    else:
        after = prevailing(field.hostile_side, field.own_side + brought, contest)
        saved = view.faced * (1 - after / np.maximum(field.chance, 1e-12))
    saved[:, me] = 0.0
    saved[field.weight <= 0] = 0.0
    saved = np.column_stack([saved, saved.sum(axis=1)])
    view.cache["promised by me"] = saved
    return saved


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Treaties in force as pacts with each of their other parties in the system."""

    pacts: Pacts
    """All, a treaty's own beside one another."""
    places: Mapping[int, int]
    """A treaty's number -> its place among those that have other parties in the system."""
    parts: Sequence[slice]
    """Each one's pacts: [treaty]."""
    roots: Floats
    """The root of how many pacts each is: [treaty]."""
    reluctance: Floats
    """To leave each, for the upheaval and its age: [treaty]."""


def kept_by(sight: Sight, treaties: Sequence[Treaty]) -> Kept:
    """Treaties that a state is in, as they are now.

    Age adds a small reluctance to leave, up to a cap (THEORY W11, p. 47).
    """
    index = sight.world.atlas.state_index
    rows: list[tuple[int, int, int]] = []
    parts: list[slice] = []
    places: dict[int, int] = {}
    reluctance: list[float] = []
    for treaty in treaties:
        others = [index[party] for party in treaty.others(sight.me)]
        there = [other for other in others if sight.facts.there[other]]
        if there:
            places[treaty.id] = len(parts)
            parts.append(slice(len(rows), len(rows) + len(there)))
            age = max(0, sight.world.turn - treaty.signed)
            reluctance.append(-UPHEAVAL - min(INERTIA_CAP, INERTIA * age))
            against, form = index.get(treaty.against, -1), form_of(treaty.obligations)
            rows += [(other, against, form) for other in there]
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
    return Kept(
        Pacts(
            table[:, 0],
            table[:, 1],
            table[:, 2],
            np.zeros(len(rows)),
            np.zeros(len(rows), dtype=np.bool_),
        ),
        places,
        parts,
        np.array([(part.stop - part.start) ** 0.5 for part in parts]),
        np.array(reluctance),
    )


def leaving_terms(view: View, kept: Kept, worth: Floats) -> Floats:
    """The raw terms of leaving treaties: what keeping each is worth, turned round: [treaty, term].

    `worth` are the terms of their pacts: [pact, term].
    """
    if not kept.parts:
        return np.zeros((0, len(TERMS)))
    worth = worth.copy()
    worth[:, TERM["security"]] = _lost_security(view, kept.pacts)
    whole = np.array([worth[part].sum(axis=0) for part in kept.parts])
    terms = 0.0 - whole / kept.roots[:, None]
    terms[:, TERM["inertia"]] = kept.reluctance
    terms[:, TERM["pact"]] = -PACT
    return terms


def _lost_security(view: View, kept: Pacts) -> Floats:
    """What the promise of each pact in force saves now: [pact], in the unit.

    One that has settled with whom it is promised against is trusted less (THEORY W10, p. 47).
    """
    field, me = view.field, view.me
    hostile, own = field.hostile_side[me], field.own_side[me] + (view.strength - field.weight[me])
    tau = view.tau / view.scale.unit
    partner, against = kept.partner, kept.against
    trust = view.credible[partner, None] * field.trust[partner]
    promised = HELP[kept.form] * field.promise[me, partner]
    given = promised[:, None] * trust * field.bring[partner]
    named = against >= 0
    given[~named] *= UNNAMED
    given[named[:, None] & (np.arange(len(own)) != against[:, None])] = 0.0
    given[np.arange(len(partner)), partner] = 0.0
    without = prevailing(hostile, np.maximum(own - given, 0.0), view.lens.habits.contest)
    return np.asarray((tau * (without - view.chance)).sum(axis=1))
