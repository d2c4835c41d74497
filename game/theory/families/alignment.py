"""Alignment: whom to bind oneself with, against whom, and what to leave (S4, S6, W1-W5, T1-T4).

The menu depends on public facts alone. Every pact on it is weighed by the same terms, whatever
the doctrine; what a doctrine does not see or care about is a factor or a weight of zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from game.theory.choice import TERM, Appraisal
from game.theory.doctrine import TERMS
from game.theory.lens import TIES_WITH_ADVERSARY, UNNAMED, View
from game.world.legality import BINDING
from game.world.model import Treaty
from game.world.orders import Denounce, Obligation, Offer, Sound, Terms
from game.world.sight import Facts, Floats, Sight

Indices = NDArray[np.int64]

ENTANGLEMENT = 0.10
"""My share of what a partner faces, as a cost of being bound to it (THEORY, Utility)."""
FEEDING = 0.36
"""What my strength adds to a partner that I fear."""
AUTONOMY = 0.03
"""What is given away to a stronger partner (THEORY T4)."""
IDEOLOGY = 0.08
"""What a wholly kindred ideology is worth to a state without fears (THEORY T8)."""
GAINS = 0.25
"""How a partner's gain weighs for one who counts gains relatively (THEORY W5)."""
SPOILS = 0.6
"""What a conquered share of the world is worth to one who lives for spoils."""
STRENGTH = 0.6
"""What a partner's share is worth to one who joins the stronger."""
PACT = 0.12
"""What any binding pact is worth to one who wants, or shuns, pacts."""
ENVOY = 0.02
"""What sending an envoy costs."""
UPHEAVAL = 0.015
"""What leaving any treaty costs in standing."""
INERTIA = 0.004
"""Reluctance to leave a treaty for each turn of its age (THEORY W11)."""
INERTIA_CAP = 0.02
"""Most that age alone holds a treaty together."""
HOPE = 0.02
"""How sharply a sender tells who would agree from who would not."""
LISTEN = 0.025
"""What a sounding is worth."""

DEFENSE, OFFENSE, NONAGGRESSION, CONSULTATION = range(4)
FORMS: tuple[tuple[Obligation, ...], ...] = (
    ("defense",),
    ("offense",),
    ("nonaggression",),
    ("consultation",),
)
"""The obligations that the menu offers, by form."""
HELP = np.array([1.0, 1.0, 0.0, 0.4])
"""How far a form of pact adds a partner's strength to one's own."""
CALM = np.array([1.0, 1.0, 1.0, 0.0])
"""Whether a form of pact calms what one believes of the partner."""
DRAG = np.array([1.0, 2.0, 0.0, 0.1])
"""How far a form of pact drags one into the partner's quarrels."""
FEED = np.array([1.0, 1.2, 0.15, 0.3])
"""How far a form of pact feeds the partner's strength."""
KIN = np.array([0.7, 0.5, 0.5, 0.7])
"""How far a form of pact expresses kinship."""
BINDS = np.array([1.0, 1.0, 0.0, 0.0])
"""Whether a form is an alignment."""


@dataclass(frozen=True, slots=True, eq=False)
class Pacts:
    """Pacts that could be, as arrays: [option]. `against` is -1 where nobody is named."""

    partner: Indices
    against: Indices
    form: Indices
    burden: Floats
    """What the partner pays me, as a share of my revenue; below 0 what I pay."""


def form_of(obligations: Sequence[str]) -> int:
    """The form on the menu nearest to a set of obligations: its most binding one."""
    if "offense" in obligations:
        return OFFENSE
    if "defense" in obligations:
        return DEFENSE
    return NONAGGRESSION if {"nonaggression", "neutrality"} & set(obligations) else CONSULTATION


def pact_terms(view: View, affinity: Floats, pacts: Pacts) -> Floats:
    """The raw terms of each pact, for `view`'s state: [option, term]."""
    field, me, unit = view.field, view.me, view.scale.unit
    m, form = pacts.partner, pacts.form
    named = pacts.against >= 0
    a = np.where(named, pacts.against, 0)
    hostile, own = field.hostile_side[me], field.own_side[me] + (view.strength - field.weight[me])
    total = np.maximum(hostile + own, 1e-12)
    tau = view.tau / unit

    trust = np.where(field.tied[m, a], TIES_WITH_ADVERSARY, 1.0)
    help_named = HELP[form] * field.promise[m] * trust * field.bring[m, a]
    saved_named = tau[a] * view.chance[a] * (1 - total[a] / (total[a] + help_named))
    everyone = _saved_from_all(view, tau, total)
    security = np.where(named, saved_named, everyone[m] * HELP[form] * UNNAMED)
    delta = view.lens.exponents[3]
    calm = 1.0 - 0.9**delta if delta else 0.0
    security = security + CALM[form] * calm * tau[m] * view.chance[m] * ~field.bound[me, m]

    share = view.strength / np.maximum(view.strength + field.weight[m], 1e-12)
    facing = view.faced.sum(axis=1) - view.faced[:, me]
    dragged = np.where(named, view.faced[m, a], facing[m])
    stronger = np.maximum(field.weight[m] - view.strength, 0.0)
    gain = _partner_gain(view, m, a, named) * HELP[form]

    terms = np.zeros((len(m), len(TERMS)))
    terms[:, TERM["security"]] = security
    terms[:, TERM["entanglement"]] = -ENTANGLEMENT * DRAG[form] * share * dragged
    terms[:, TERM["feeding"]] = -FEEDING * FEED[form] * share * view.faced[me, m]
    terms[:, TERM["autonomy"]] = (
        -AUTONOMY * BINDS[form] * stronger / np.maximum(field.weight[m] + view.strength, 1e-12)
    )
    kin = KIN[form] * affinity[me, m]
    terms[:, TERM["ideology"]] = IDEOLOGY * kin / (1 + view.insecurity)
    terms[:, TERM["gains"]] = -GAINS * gain
    won = np.where(form == OFFENSE, view.facts.c[a] * share * (1 - view.chance[a]), 0.0)
    terms[:, TERM["spoils"]] = SPOILS * won
    terms[:, TERM["strength"]] = STRENGTH * BINDS[form] * view.facts.c[m]
    terms[:, TERM["pact"]] = PACT * BINDS[form]
    terms[:, TERM["cost"]] = pacts.burden
    return terms


def hopes(view: View, pacts: Pacts) -> Floats:
    """How likely each partner is to agree, as the sender imagines it: [option].

    It puts its own lens in the partner's place: what my promise would save it, less what it would
    be dragged into and what it would feed. So nobody begs of those to whom it has nothing to give.
    """
    field, me = view.field, view.me
    m, form = pacts.partner, pacts.form
    named = pacts.against >= 0
    a = np.where(named, pacts.against, 0)
    gain = _partner_gain(view, m, a, named) * HELP[form]
    share = field.weight[m] / np.maximum(view.strength + field.weight[m], 1e-12)
    mine = view.faced[me]
    dragged = np.where(named, mine[a], view.insecurity - mine[m])
    feared = view.faced[m, me]
    calmed = CALM[form] * 0.1 * feared if view.lens.exponents[3] else 0.0
    net = (
        gain
        + calmed
        - ENTANGLEMENT * DRAG[form] * share * dragged
        - FEEDING * FEED[form] * share * feared
    )
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(net / HOPE, -30, 30))))


def _saved_from_all(view: View, tau: Floats, total: Floats) -> Floats:
    """What each partner's promise against everyone would save: [partner]."""
    field = view.field
    help_all = field.promise[:, None] * field.bring
    trusted = np.where(field.tied, TIES_WITH_ADVERSARY, 1.0)
    saved = tau * view.chance * (1 - total / (total + help_all * trusted))
    np.fill_diagonal(saved, 0.0)
    return np.asarray(saved.sum(axis=1))


def _partner_gain(view: View, m: Indices, a: Indices, named: NDArray[np.bool_]) -> Floats:
    """What a partner would be saved by my promise, as I see it, in the unit: [option]."""
    field, me = view.field, view.me
    near = view.facts.D[me] if view.lens.exponents[1] else np.ones_like(view.facts.c)
    brought = field.promise[me] * view.strength * near
    total = np.maximum(field.hostile_side + field.own_side, 1e-12)
    saved = view.faced * (1 - total / (total + brought[None, :]))
    saved[:, me] = 0.0
    saved[field.weight <= 0] = 0.0
    everything = saved.sum(axis=1)
    return np.asarray(np.where(named, saved[m, a], everything[m]))
    return np.asarray(np.where(named, saved[m, a], everything[m]))


def adversaries(facts: Facts) -> tuple[Indices, NDArray[np.bool_]]:
    """Who a pact of each pair could be against: at most four, by public facts alone.

    The two strongest, and the two most menacing to either (strong, near, armed). Returns
    ([state, state, 4], whether each is a choice of its own). Remembered with the facts.
    """
    known: tuple[Indices, NDArray[np.bool_]] | None = facts.cache.get("adversaries")
    if known is not None:
        return known
    count = len(facts.c)
    menace = facts.c * facts.O * facts.D
    chosen = np.zeros((count, count, 4), dtype=np.int64)
    valid = np.zeros((count, count, 4), dtype=np.bool_)
    strongest = np.argsort(-facts.c, kind="stable")[:4]
    for i in range(count):
        first_two = np.empty((count, 2), dtype=np.int64)
        for m in range(count):
            others = [int(a) for a in strongest if a not in (i, m)][:2]
            first_two[m] = [*others, i, i][:2]
        both = np.maximum(menace[i][None, :], menace)
        both[:, i] = -1.0
        np.fill_diagonal(both, -1.0)
        both[np.arange(count), first_two[:, 0]] = -1.0
        both[np.arange(count), first_two[:, 1]] = -1.0
        both[:, ~facts.there] = -1.0
        second_two = np.argsort(-both, axis=1, kind="stable")[:, :2]
        chosen[i] = np.concatenate([first_two, second_two], axis=1)
        valid[i, :, :2] = (first_two != i) & facts.there[first_two]
        valid[i, :, 2:] = np.take_along_axis(both, second_two, axis=1) > 0
    facts.cache["adversaries"] = (chosen, valid)
    return chosen, valid


class AlignmentMenu(Sequence[Offer | Denounce | Sound | None]):
    """The alignment options of a state: nothing, then pacts, then treaties to leave, then one ear.

    Built from public facts and its own treaties.
    """

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        world, me = sight.world, sight.index
        self.ids = [state.id for state in world.states]
        chosen, valid = adversaries(sight.facts)
        partners = self._partners()
        rows: list[tuple[int, int, int]] = []
        blocked = self._bound_publicly(sight.me)
        for m in partners:
            theirs = self._bound_publicly(self.ids[m])
            owed = self._owed(self.ids[m])
            for slot in range(4):
                a = int(chosen[me, m, slot])
                if not valid[me, m, slot] or a in blocked or a in theirs:
                    continue
                if ("defense", self.ids[a]) not in owed and ("defense", "") not in owed:
                    rows.append((m, a, DEFENSE))
                if slot in (0, 2) and ("offense", self.ids[a]) not in owed:
                    rows.append((m, a, OFFENSE))
            if ("defense", "") not in owed:
                rows.append((m, -1, DEFENSE))
            if not owed & {("nonaggression", ""), ("defense", ""), ("neutrality", "")}:
                rows.append((m, -1, NONAGGRESSION))
            if not owed:
                rows.append((m, -1, CONSULTATION))
        table = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
        self.pacts = Pacts(table[:, 0], table[:, 1], table[:, 2], np.zeros(len(rows)))
        self.leaving = [treaty for treaty in world.treaties_of(sight.me) if not treaty.notice_by]
        self.listening = self._whom_to_hear()

    def _partners(self) -> list[int]:
        """Who can be offered anything: in the system, not at war with us, not resting."""
        world, me = self.sight.world, self.sight.me
        result = []
        for m, state in enumerate(world.states):
            if state.id == me or not state.alive or state.committed == 0:
                continue
            if world.at_war(me, state.id) or world.rests_until("offer", me, state.id) >= world.turn:
                continue
            if self._opposed(me, state.id) or self._opposed(state.id, me):
                continue
            result.append(m)
        return result

    def _opposed(self, state: str, other: str) -> bool:
        return any(
            treaty.against == other and not treaty.terms.secret and _is_binding(treaty)
            for treaty in self.sight.world.treaties_of(state)
        )

    def _bound_publicly(self, state: str) -> set[int]:
        index = self.sight.world.atlas.state_index
        return {
            index[other]
            for treaty in self.sight.world.treaties_of(state)
            if not treaty.terms.secret and _is_binding(treaty)
            for other in treaty.others(state)
        }

    def _owed(self, other: str) -> set[tuple[str, str]]:
        """What the two owe each other already and not for renewal: (obligation, against)."""
        world = self.sight.world
        window = world.turn + world.atlas.rules.renewal_window
        return {
            (kind, treaty.against)
            for treaty in world.treaties_of(self.sight.me)
            if treaty.binds(self.sight.me, other)
            and not treaty.notice_by
            and not (treaty.until <= window and len(treaty.parties) == 2)
            for kind in treaty.obligations
        }

    def _whom_to_hear(self) -> int:
        """The strongest of those in reach of our curiosity whom we heard longest ago."""
        world, me = self.sight.world, self.sight.me
        best = (0, 0.0, -1)
        for m, state in enumerate(world.states):
            if state.id == me or not self.sight.facts.there[m]:
                continue
            since = world.turn - world.soundings.get((me, state.id), -10)
            candidate = (min(since, 10), float(self.sight.facts.c[m]), m)
            if candidate[:2] > best[:2]:
                best = candidate
        return best[2]

    def __len__(self) -> int:
        return 1 + len(self.pacts.partner) + len(self.leaving) + (self.listening >= 0)

    @overload
    def __getitem__(self, place: int) -> Offer | Denounce | Sound | None: ...
    @overload
    def __getitem__(self, place: slice) -> "Sequence[Offer | Denounce | Sound | None]": ...
    def __getitem__(
        self, place: int | slice
    ) -> "Offer | Denounce | Sound | Sequence[Offer | Denounce | Sound | None] | None":
        """The order that an option stands for; None for nothing."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        if place == 0:
            return None
        place -= 1
        if place < len(self.pacts.partner):
            against = int(self.pacts.against[place])
            return Offer(
                self.ids[int(self.pacts.partner[place])],
                Terms(
                    FORMS[int(self.pacts.form[place])],
                    self.ids[against] if against >= 0 else "",
                    self.sight.world.atlas.rules.offer_term,
                ),
            )
        place -= len(self.pacts.partner)
        if place < len(self.leaving):
            return Denounce(self.leaving[place].id)
        return Sound(self.ids[self.listening])

    def partner_of(self, place: int) -> int:
        """Whom an option addresses; -1 for nothing and for treaties to leave."""
        return int(self.partners_by_option[place])

    @property
    def partners_by_option(self) -> Indices:
        """Whom each option addresses: [option]."""
        result = np.full(len(self), -1, dtype=np.int64)
        result[1 : 1 + len(self.pacts.partner)] = self.pacts.partner
        if self.listening >= 0:
            result[-1] = self.listening
        return result

    def place_of(self, order: Offer | Denounce | Sound) -> int:
        """The option nearest to an order: exact where it is on the menu, else the same kind.

        0 where the order addresses nobody on the menu.
        """
        index = self.sight.world.atlas.state_index
        if isinstance(order, Denounce):
            for number, treaty in enumerate(self.leaving):
                if treaty.id == order.treaty:
                    return 1 + len(self.pacts.partner) + number
            return 0
        if isinstance(order, Sound):
            return len(self) - 1 if self.listening >= 0 else 0
        partner = index.get(order.to, -1)
        form = form_of(order.terms.obligations)
        against = index.get(order.terms.against, -1)
        fits = [
            (
                int(self.pacts.form[at]) != form,
                int(self.pacts.against[at]) != against,
                int(self.pacts.against[at]) != -1,
                at,
            )
            for at in np.nonzero(self.pacts.partner == partner)[0]
        ]
        return 1 + int(min(fits)[3]) if fits else 0


def _is_binding(treaty: Treaty) -> bool:
    return any(kind in BINDING for kind in treaty.obligations)


def appraise(view: View, menu: AlignmentMenu) -> Appraisal:
    """The alignment menu as a state weighs it."""
    terms = np.zeros((len(menu), len(TERMS)))
    pacts = len(menu.pacts.partner)
    worth = pact_terms(view, view.facts.affinity, menu.pacts)
    terms[1 : 1 + pacts] = worth * hopes(view, menu.pacts)[:, None]
    terms[1:, TERM["cost"]] -= ENVOY
    for number, treaty in enumerate(menu.leaving):
        terms[1 + pacts + number] += leaving_terms(view, menu.sight, treaty)
    if menu.listening >= 0:
        terms[-1, TERM["stake"]] += LISTEN
    return Appraisal("alignment", menu, terms, hesitant=True)


def leaving_terms(view: View, sight: Sight, treaty: Treaty) -> Floats:
    """The raw terms of leaving a treaty: what keeping it is worth, turned round: [term]."""
    index = sight.world.atlas.state_index
    others = [index[party] for party in treaty.others(sight.me) if sight.facts.there[index[party]]]
    terms = np.zeros(len(TERMS))
    if not others:
        return terms
    form = form_of(treaty.obligations)
    count = len(others)
    against = index.get(treaty.against, -1)
    pacts = Pacts(
        np.array(others, dtype=np.int64),
        np.full(count, against, dtype=np.int64),
        np.full(count, form, dtype=np.int64),
        np.zeros(count),
    )
    worth = pact_terms(view, sight.facts.affinity, pacts)
    worth[:, TERM["security"]] = _lost_security(view, others, against, form)
    terms -= worth.sum(axis=0) / count**0.5
    age = max(0, sight.world.turn - treaty.signed)
    terms[TERM["inertia"]] = -UPHEAVAL - min(INERTIA_CAP, INERTIA * age)
    terms[TERM["pact"]] = -PACT * BINDS[form]
    return terms


def _lost_security(view: View, others: Sequence[int], against: int, form: int) -> Floats:
    """What each partner's promise saves now: [partner], in the unit."""
    field, me = view.field, view.me
    hostile, own = field.hostile_side[me], field.own_side[me] + (view.strength - field.weight[me])
    tau = view.tau / view.scale.unit
    lost = []
    for other in others:
        given = HELP[form] * field.promise[other] * field.bring[other]
        given = given if against >= 0 else given * UNNAMED
        if against >= 0:
            given = np.where(np.arange(len(given)) == against, given, 0.0)
        given = given.copy()
        given[other] = 0.0
        without = hostile / np.maximum(hostile + np.maximum(own - given, 0.0), 1e-12)
        lost.append(float((tau * (without - view.chance)).sum()))
    return np.array(lost)
