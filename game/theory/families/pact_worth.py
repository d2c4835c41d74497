"""What a pact is worth: the terms by which every offer, answer and farewell is weighed.

The same for all doctrines (S4, S6, W1-W5, T1-T4, T8); what a doctrine does not see or care about
is a factor or a weight of zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.theory.choice_rule import TERM
from game.theory.doctrine import TERMS
from game.theory.families.payments import MONEY_OF_A_TERM, bought
from game.theory.lens import FOCUS, LEAST, UNNAMED, Indices, averted, prevailing
from game.theory.view_batch import Views
from game.world.model import Treaty
from game.world.orders import Obligation
from game.world.rules import BP
from game.world.sight import Floats, Sight

ENTANGLEMENT = 0.04
"""My share of what a partner faces, as a cost of being bound to it (THEORY, Utility)."""
FEEDING = 1.3
"""What my strength adds to a partner, the more so the nearer it stands to what I fear most."""
DENIAL = 0.8
"""What keeping a partner from its adversary is worth, of what that one would grow by it."""
PROVOKES = 0.06
"""How much more hostile the named adversary of a pact is thought to become, to whose lens that
matters: a weak partner's help against the far stronger is worth less than its anger."""
STILL_PROVOKES = 0.5
"""What of that is left for who is bound against it already."""
OWN_QUARREL = 0.7
"""How much less a partner's quarrel drags one into what is one's own quarrel anyway."""
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
PACT = 0.6
"""What any pact is worth to one who wants, or shuns, pacts."""
UPHEAVAL = 0.008
"""What leaving any treaty costs in standing."""
INERTIA = 0.002
"""Reluctance to leave a treaty for each turn of its age (THEORY W11)."""
INERTIA_CAP = 0.010
"""Most that age alone holds a treaty together."""
KINDRED = 0.02
"""The help at which kinship counts half: it chooses among those who would help, and signs nothing
by itself (THEORY W8, T8)."""
FOREMOST = 5.2
"""What help against the one that is feared most counts for, of what it saves."""
TIED = np.array([0.017, 0.030, 0.020, 0.012, 0.020, 0.017])
"""What any promise of a form costs in freedom of action, whoever has it (Morrow 1991)."""
SAME_WAR = 0.25
"""What of that is left where one is bound by another treaty against the same adversary."""
SIGNING = 0.013
"""What putting one's name to what another offers costs: nobody signs what is worth nothing."""
HOPE = 0.02
"""How sharply a sender tells who would agree from who would not."""

DETERRENCE = 8.0
"""What it is worth to keep another out of a feared state's hands, of what would be faced then."""
UNREQUITED = 0.012
"""What it costs to promise where nothing is promised in return."""

DEFENSE, OFFENSE, NONAGGRESSION, CONSULTATION, NEUTRALITY, GUARANTEE = range(6)
FORMS: tuple[tuple[Obligation, ...], ...] = (
    ("defense",),
    ("offense",),
    ("nonaggression",),
    ("consultation",),
    ("neutrality",),
    ("guarantee",),
)
"""The obligations that the menu holds, by form; a guarantee is what I alone would owe."""
HELP = np.array([1.0, 1.0, 0.0, 0.4, 0.0, 0.0])
"""How far a form of pact adds a partner's strength to one's own."""
GIVEN = np.array([1.0, 1.0, 0.0, 0.4, 0.0, 1.0])
"""How far it adds my own strength to the partner's."""
SHIELD = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0])
"""Whether it is weighed by what it keeps the partner from, having nothing else to bring me."""
CALM = np.array([1.0, 1.0, 1.0, 0.0, 0.5, 0.0])
"""Whether a form of pact calms what one believes of the partner."""
DRAG = np.array([1.0, 2.0, 0.0, 0.1, 0.0, 1.0])
"""How far a form of pact drags one into the partner's quarrels."""
FEED = np.array([1.0, 1.2, 0.15, 0.3, 0.05, 1.0])
"""How far a form of pact feeds the partner's strength."""
KIN = np.array([0.7, 0.5, 0.5, 0.7, 0.2, 0.2])
"""How far a form of pact expresses kinship."""
BINDS = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0])
"""Whether a form is a defence or an offence pact, which binds me to the partner and it to me."""
ASIDE = np.array([0.0, 0.0, 0.03, 0.0, 0.07, 0.0])
"""What keeping a partner of those one faces out of their quarrels is worth, of what is faced."""
SECRECY = 0.15
"""What a secret that may leak costs (RULES, Alliances)."""


_BY_FORM = np.array([HELP, CALM, DRAG, FEED, KIN, BINDS, ASIDE, GIVEN, SHIELD])


# Not frozen, as `choice_rule.Appraisal` is not; nor are pacts.
@dataclass(slots=True, eq=False)
class Places:
    """Where arrays by view hold what they say of each pact: [option], for `take`.

    To take from an array at such places is several times as fast as by two or three indices.
    """

    partner: Indices
    """In [view, state]: of the partner."""
    adversary: Indices
    """The same of the adversary; of the first state where nobody is named."""
    pair: Indices
    """In [view, state, state]: of the partner and the adversary."""
    mine: Indices
    """The same of me and the adversary."""
    to_me: Indices
    """The same of the partner and me."""
    promised: Indices
    """In [view, state, state and all]: of the partner and the adversary, or all."""


@dataclass(eq=False)
class Pacts:
    """Pacts that could be, as arrays: [option]. `against` is -1 where nobody is named."""

    partner: Indices
    against: Indices
    form: Indices
    burden: Floats
    """What the partner pays me, as a share of my revenue; below 0 what I pay."""
    secret: NDArray[np.bool_]
    of: Indices | int = 0
    """By which of several views each is weighed: [option]; 0 where there is but one."""

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
        """What the form says, a row each in the order of `_BY_FORM`."""
        return _BY_FORM[:, self.form]

    def places(self, seen: Views) -> Places:
        """Where the arrays of the views by which these are weighed speak of each."""
        count, v = seen.weight.shape[1], self.of
        me = seen.me[v]
        partner = v * count + self.partner
        against = np.where(self.named, self.against, count)
        return Places(
            partner,
            v * count + self.adversary,
            partner * count + self.adversary,
            (v * count + me) * count + self.adversary,
            partner * count + me,
            partner * (count + 1) + against,
        )

    def where(self, chosen: NDArray[np.bool_]) -> "Pacts":
        """Those that are chosen: [option] -> bool."""
        of = self.of if isinstance(self.of, int) else self.of[chosen]
        return Pacts(
            self.partner[chosen],
            self.against[chosen],
            self.form[chosen],
            self.burden[chosen],
            self.secret[chosen],
            of,
        )

    def part(self, start: int, stop: int) -> "Pacts":
        """Some of them, of those that one view weighs."""
        some = slice(start, stop)
        return Pacts(
            self.partner[some],
            self.against[some],
            self.form[some],
            self.burden[some],
            self.secret[some],
        )


PactRow = tuple[int, int, int, int, int]
"""A pact: partner, against, form, what I pay in bp of my revenue, whether it is secret."""


def pacts_of(first: Indices, rows: Sequence[PactRow]) -> Pacts:
    """Pacts as arrays, to be weighed by one view: those of a table of such rows, then some more."""
    table = np.concatenate([first, np.array(rows, dtype=np.int64).reshape(len(rows), 5)])
    return Pacts(
        table[:, 0], table[:, 1], table[:, 2], -table[:, 3] / BP, table[:, 4].astype(np.bool_)
    )


def each_of_its_own(pacts: Sequence[Pacts], views: Sequence[int] | None = None) -> Pacts:
    """Several lists of pacts as one, each to be weighed by the view in its place.

    `views` are the places of the views where that is not so.
    """
    of = range(len(pacts)) if views is None else views
    if len(pacts) == 1 and of[0] == 0:
        return pacts[0]
    return Pacts(
        np.concatenate([some.partner for some in pacts]),
        np.concatenate([some.against for some in pacts]),
        np.concatenate([some.form for some in pacts]),
        np.concatenate([some.burden for some in pacts]),
        np.concatenate([some.secret for some in pacts]),
        np.repeat(of, [len(some.partner) for some in pacts]),
    )


def form_of(obligations: Sequence[str]) -> int:
    """The form on the menu nearest to a set of obligations: its most binding one."""
    if "offense" in obligations:
        return OFFENSE
    if "defense" in obligations:
        return DEFENSE
    if "guarantee" in obligations:
        return GUARANTEE
    if "nonaggression" in obligations:
        return NONAGGRESSION
    return NEUTRALITY if "neutrality" in obligations else CONSULTATION


def pact_terms(seen: Views, pacts: Pacts, held: NDArray[np.bool_] | None = None) -> Floats:
    """The raw terms of each pact, for the state whose view it is: [option, term].

    What it is worth is reckoned against its adversary (THEORY W8, p. 47); to be bound to a stronger
    partner gives influence away (THEORY T4, p. 48). `held` tells which are in force already: they
    are weighed by what would be lost with them, never as a new gain.
    """
    v, named, at = pacts.of, pacts.named, pacts.places(seen)
    _, _, drag, feed, kinship, binds, aside, given, shield = pacts.by_form
    strength = seen.strength[v]

    security, provoked = _new_security(seen, pacts, at)
    if held is not None and held.any():
        kept = pacts.where(held)
        security[held] = lost_security(seen, kept) + _denied(seen, kept, kept.places(seen))
        provoked[held] = 0.0
    security += aside * seen.kept_out.take(at.partner)
    if shield.any():
        security += shield * _kept_from_others(seen, in_force=False).take(at.partner)

    weight = seen.weight.take(at.partner)
    share = strength / np.maximum(strength + weight, 1e-12)
    worst = _worst_of_mine(seen)[v]
    shared = 1.0 - OWN_QUARREL * seen.mine.take(at.adversary) / worst
    beside = _faced_beside(seen).take(at.partner)
    dragged = np.where(named, seen.faced.take(at.pair) * shared, beside * UNNAMED)
    stronger = np.maximum(weight - strength, 0.0)
    gain = _promised_by_me(seen).take(at.promised) * given

    terms = np.zeros((len(named), len(TERMS)))
    terms[:, TERM["security"]] = security
    entanglement, feeding = ENTANGLEMENT * seen.entanglement[v], FEEDING * seen.feeding[v]
    terms[:, TERM["entanglement"]] = -entanglement * drag * share * dragged - provoked
    feared = seen.mine.take(at.partner)
    terms[:, TERM["feeding"]] = -feeding * feed * share * feared * _stronger_side(seen, pacts, at)
    rank = feared / worst
    asymmetry = stronger / np.maximum(weight + strength, 1e-12)
    yoke = binds * asymmetry * (1 + SUBJECTION * rank)
    already = seen.engaged.take(at.mine) - (0.0 if held is None else held)
    terms[:, TERM["autonomy"]] = -AUTONOMY * yoke - _ties(pacts, already)
    kin = kinship * seen.affinity.take(at.partner) * security / (security + KINDRED)
    terms[:, TERM["ideology"]] = IDEOLOGY * kin / (1 + seen.insecurity[v])
    terms[:, TERM["gains"]] = -GAINS * gain
    added = 2 * share * (1 - share)
    won = seen.capability.take(at.adversary) * added * (1 - seen.chance.take(at.adversary))
    terms[:, TERM["spoils"]] = SPOILS * np.where(pacts.form == OFFENSE, won, 0.0)
    terms[:, TERM["strength"]] = STRENGTH * binds * seen.capability.take(at.partner)
    terms[:, TERM["pact"]] = PACT
    received, given_away = np.maximum(pacts.burden, 0.0), np.maximum(-pacts.burden, 0.0)
    terms[:, TERM["leverage"]] = bought(security, MONEY_OF_A_TERM * received)
    terms[:, TERM["cost"]] = -MONEY_OF_A_TERM * given_away - SECRECY * pacts.secret
    terms[:, TERM["cost"]] -= UNREQUITED * shield
    return terms


def _denied(seen: Views, pacts: Pacts, at: Places) -> Floats:
    """What the partner's fall would add to its adversary, as far as my promise averts it: [pact].

    Who lets others fall one by one faces the victor alone (THEORY W1, W6).
    """
    averts = _promised_by_me(seen).take(at.promised) / np.maximum(seen.faced.take(at.pair), 1e-12)
    grows = seen.weight.take(at.partner) / np.maximum(seen.weight.take(at.adversary), 1e-12)
    mine = seen.mine.take(at.adversary)
    worth = DENIAL * mine * np.minimum(grows, 1.0) * averts * pacts.by_form[0]
    return np.asarray(np.where(pacts.named, worth, 0.0))


def _ties(pacts: Pacts, engaged: Floats) -> Floats:
    """What each pact costs in freedom of action: [pact].

    Little where one is bound already to fight whom it is against, for it is the same war.
    """
    same = pacts.named & (engaged > 0)
    return np.asarray(TIED[pacts.form] * np.where(same, SAME_WAR, 1.0))


def _new_security(seen: Views, pacts: Pacts, at: Places) -> tuple[Floats, Floats]:
    """What each pact would save that is not in force, and what it would provoke: [pact], the unit.

    The more so the nearer its adversary stands to what is feared most: whom a state names is whom
    it fears.
    """
    v, named, mine = pacts.of, pacts.named, seen.mine.take(at.adversary)
    helped, calmed, _, _, _, binds, *_ = pacts.by_form
    trust = seen.credible.take(at.partner) * seen.trust.take(at.pair)
    help_named = helped * _promised_to_me(seen, at) * trust * seen.bring.take(at.pair)
    hostile, own, chance = (
        part.take(at.adversary) for part in (seen.hostile, seen.own, seen.chance)
    )
    saved = seen.tau.take(at.adversary) * averted(
        hostile, own, chance, help_named, seen.contest_at(v)
    )
    saved = saved + _denied(seen, pacts, at)
    left = np.maximum(mine - saved, 0.0)
    known = seen.engaged.take(at.mine) > 0
    news = ~pacts.secret * np.where(known, STILL_PROVOKES, 1.0)
    delta = seen.intentions[v]
    provoked = PROVOKES * delta * binds * news
    nearness = foremost(mine / _worst_of_mine(seen)[v])
    saved, provoked = saved * nearness, np.where(named, provoked * left * nearness, 0.0)
    from_all = _saved_from_all(seen).take(at.partner)
    security: Floats = np.where(named, saved, from_all * helped * UNNAMED)
    calm = 1.0 - 0.9**delta
    calmed = calmed * calm * seen.tau.take(at.partner) * seen.chance.take(at.partner)
    calmed = calmed * ~seen.bound.take(at.partner)
    return security + calmed, provoked


def foremost(beside_worst: Floats) -> Floats:
    """What help against one counts for, by how near it stands to what is feared most (0 to 1)."""
    return np.asarray(FOREMOST * beside_worst**FOCUS)


def _promised_to_me(seen: Views, at: Places) -> Floats:
    """What a partner's promise against its adversary would count for: [pact], 0 to 1.

    By its record, its interest, and what its other promises, or mine, would draw.
    """
    drawn = np.maximum(seen.drawn.take(at.pair), seen.drawn.take(at.mine))
    return np.asarray(seen.word.take(at.partner) * seen.interest.take(at.pair) / (1.0 + drawn))


def _stronger_side(seen: Views, pacts: Pacts, at: Places) -> Floats:
    """By what part a partner's side, brought against me, exceeds the adversary's: [pact], 0 to 1.

    To join the stronger side feeds it, to join the weaker does not (THEORY W2, p. 47). Where no
    adversary is named, the strongest other side stands for it.
    """
    theirs, strongest = seen.hostile.take(at.partner), _strongest_but(seen).take(at.partner)
    other = np.where(pacts.named, seen.hostile.take(at.adversary), strongest)
    return np.asarray(np.clip(1.0 - other / np.maximum(theirs, 1e-12), 0.0, 1.0))


def _strongest_but(seen: Views) -> Floats:
    """The strongest side that can be brought against me but each state's own: [view, state]."""
    known = seen.cache.get("strongest but")
    if known is None:
        first = seen.hostile.argmax(axis=1)
        rest = seen.hostile.copy()
        each = np.arange(len(first))
        rest[each, first] = 0.0
        known = np.repeat(seen.hostile.max(axis=1)[:, None], rest.shape[1], axis=1)
        known[each, first] = rest.max(axis=1)
        seen.cache["strongest but"] = known
    return known


def hopes(seen: Views, pacts: Pacts) -> Floats:
    """How likely each partner is to agree, as the sender imagines it: [option].

    It puts its own lens in the partner's place: what my promise would save it, less what it would
    be dragged into and what it would feed. So nobody begs of those to whom it has nothing to give.
    """
    v, named, at = pacts.of, pacts.named, pacts.places(seen)
    helped, calm, drag, feed, *_ = pacts.by_form
    strength, weight = seen.strength[v], seen.weight.take(at.partner)
    gain = _promised_by_me(seen).take(at.promised) * helped
    share = weight / np.maximum(strength + weight, 1e-12)
    faced, worst = seen.faced.take(at.pair), _worst(seen).take(at.partner)
    shared = 1.0 - OWN_QUARREL * faced / worst
    beside = (seen.insecurity[v] - seen.mine.take(at.partner)) * UNNAMED
    dragged = np.where(named, seen.mine.take(at.adversary) * shared, beside)
    feared = seen.faced.take(at.to_me)
    of_me, of_it = seen.hostile_side.take(at.to_me), seen.hostile_side.take(at.pair)
    of_it = np.where(named, of_it, _strongest_sides(seen).take(at.partner))
    fed = feared * np.clip(1.0 - of_it / np.maximum(of_me, 1e-12), 0.0, 1.0)
    gain = gain * np.where(named, foremost(faced / worst), UNNAMED)
    calmed = calm * 0.1 * feared * (seen.intentions[v] != 0)
    net = (
        gain
        + calmed
        - ENTANGLEMENT * seen.entanglement[v] * drag * share * dragged
        - FEEDING * seen.feeding[v] * feed * share * fed
        - _ties(pacts, seen.engaged.take(at.pair))
        - SIGNING
    )
    paid = MONEY_OF_A_TERM * np.maximum(-pacts.burden, 0.0)
    net = net + bought(gain + calmed, paid * strength / np.maximum(weight, strength))
    agrees = 1.0 / (1.0 + np.exp(-np.clip(net / HOPE, -30, 30)))
    return np.asarray(np.where(pacts.form == GUARANTEE, 1.0, agrees))


def _kept_from_others(seen: Views, *, in_force: bool) -> Floats:
    """What my guarantee of each would save me by keeping it out of others' hands: [view, state].

    Over all sources: how much I would face from one that held the state's means and stood where it
    stands, beyond what I face from it now; times how likely it is to move against the state; times
    how far my promise takes down its chance to prevail there (or, where it is in force, keeps it
    down). All as my lens sees it, in the unit of insecurity. One that is in reach and near counts
    for a lens that sees nearness; for one that sees power alone, what its means would add.
    """
    known = seen.cache.get(f"kept from others {in_force}")
    if known is not None:
        return known
    each, me, states = np.arange(len(seen.me)), seen.me, np.arange(seen.weight.shape[1])
    contest = seen.contest_by(axes=3)
    near = np.maximum(seen.near, LEAST) ** seen.proximity[:, None]
    # What I bring to a state's side, as the lens will count it: a promise against nobody named.
    # It counts by my record, my own interest against each source, and what else would draw on it.
    drawn = np.maximum(seen.drawn[each, me][:, None, :], seen.drawn)
    word = (seen.word[each, me][:, None] * seen.interest[each, me])[:, None, :] / (1.0 + drawn)
    promised = UNNAMED * word * (seen.strength[:, None] * near)[:, :, None]
    now = seen.chance_of_each
    without = np.maximum(seen.own_side - promised * in_force, 1e-12)
    before = prevailing(seen.hostile_side, without, contest)
    after = prevailing(seen.hostile_side, without + promised, contest)
    # How dangerous each source looks to each state, before what stands on its side: in [0, 1).
    danger = np.divide(seen.faced, now, out=np.zeros_like(seen.faced), where=now > 0)
    moves = danger / (1.0 + danger)
    # What I would face from each source beside what I face: its means grow, and it comes nearer.
    means = seen.weight[:, :, None] / np.maximum(seen.weight, 1e-12)[:, None, :]
    nearer = np.maximum(near[:, :, None], near[:, None, :]) / near[:, None, :]
    added = seen.mine[:, None, :] * ((1.0 + means) * nearer - 1.0)
    saved = moves * (before - after) * added
    saved[:, states, states] = 0.0
    saved[each, :, me] = 0.0
    result = DETERRENCE * np.asarray(saved.sum(axis=2))
    seen.cache[f"kept from others {in_force}"] = result
    return result


def _worst(seen: Views) -> Floats:
    """What each faces from whom it faces most from, as I see it: [view, state]."""
    known = seen.cache.get("worst")
    if known is None:
        known = seen.cache["worst"] = np.maximum(seen.faced.max(axis=2), 1e-12)
    return known


def _worst_of_mine(seen: Views) -> Floats:
    """What I face from whom I face most from: [view]."""
    return np.asarray(_worst(seen)[np.arange(len(seen.me)), seen.me])


def _strongest_sides(seen: Views) -> Floats:
    """The strongest side but mine that can be brought against each: [view, state]."""
    known = seen.cache.get("strongest sides")
    if known is None:
        sides = seen.hostile_side.copy()
        sides[np.arange(len(seen.me)), :, seen.me] = 0.0
        known = seen.cache["strongest sides"] = sides.max(axis=2)
    return known


def _faced_beside(seen: Views) -> Floats:
    """What each partner faces from all but me: [view, partner]."""
    from_me = np.take_along_axis(seen.faced, seen.me[:, None, None], axis=2)[..., 0]
    return np.asarray(seen.faced.sum(axis=2) - from_me)


def _saved_from_all(seen: Views) -> Floats:
    """What each partner's promise against everyone would save: [view, partner]."""
    known = seen.cache.get("saved from all")
    if known is not None:
        return known
    each = np.arange(len(seen.me))
    drawn = np.maximum(seen.drawn, seen.drawn[each, seen.me][:, None])
    help_all = seen.word[:, :, None] * seen.interest / (1.0 + drawn) * seen.bring
    trusted = seen.credible[:, :, None] * seen.trust
    hostile, own, chance = (part[:, None] for part in (seen.hostile, seen.own, seen.chance))
    contest = seen.contest_by(axes=3)
    saved = seen.tau[:, None] * averted(hostile, own, chance, help_all * trusted, contest)
    states = np.arange(saved.shape[1])
    saved[:, states, states] = 0.0
    result = seen.cache["saved from all"] = np.asarray(saved.sum(axis=2))
    return result


def _promised_by_me(seen: Views) -> Floats:
    """What my promise would save each from each, as I see it, in the unit.

    [view, partner, against]; the last, that of -1, is what it would save it from all together.
    """
    known = seen.cache.get("promised by me")
    if known is not None:
        return known
    each, me = np.arange(len(seen.me)), seen.me
    near = np.where(seen.proximity[:, None] != 0, seen.near, 1.0)
    drawn = np.maximum(seen.drawn, seen.drawn[each, me][:, None])
    promised = (seen.word[each, me][:, None] * seen.interest[each, me])[:, None] / (1.0 + drawn)
    brought = promised * seen.strength[:, None, None] * near[:, None]
    contest = seen.contest_by(axes=3)
    if isinstance(contest, float):
        total = np.maximum(seen.hostile_side + seen.own_side, 1e-12)
        saved: Floats = seen.faced * (1 - total / (total + brought))
    else:
        after = prevailing(seen.hostile_side, seen.own_side + brought, contest)
        before = prevailing(seen.hostile_side, seen.own_side, contest)
        saved = seen.faced * (1 - after / np.maximum(before, 1e-12))
    saved[each, :, me] = 0.0
    saved[seen.weight <= 0] = 0.0
    result = np.concatenate([saved, saved.sum(axis=2, keepdims=True)], axis=2)
    seen.cache["promised by me"] = result
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Treaties in force as pacts with each of their other parties in the system."""

    rows: Sequence[PactRow]
    """All, a treaty's own beside one another."""
    places: Mapping[int, int]
    """A treaty's number -> its place among those that have other parties in the system."""
    starts: Sequence[int]
    """Each one's first pact: [treaty]."""
    roots: Floats
    """The root of how many pacts each is: [treaty]."""
    reluctance: Floats
    """To leave each, for the upheaval and its age: [treaty]."""


def kept_by(sight: Sight, treaties: Sequence[Treaty]) -> Kept:
    """Treaties that a state is in, as they are now.

    Age adds a small reluctance to leave, up to a cap (THEORY W11, p. 47).
    """
    index = sight.world.atlas.state_index
    rows: list[PactRow] = []
    starts: list[int] = []
    roots: list[float] = []
    places: dict[int, int] = {}
    reluctance: list[float] = []
    for treaty in treaties:
        others = [index[party] for party in treaty.others(sight.me)]
        there = [other for other in others if sight.facts.there[other]]
        if there:
            places[treaty.id] = len(starts)
            starts.append(len(rows))
            roots.append(len(there) ** 0.5)
            age = max(0, sight.world.turn - treaty.signed)
            upheaval = 0.0 if treaty.past_term(sight.world.turn) else UPHEAVAL
            reluctance.append(-upheaval - min(INERTIA_CAP, INERTIA * age))
            against, form = index.get(treaty.against, -1), form_of(treaty.obligations)
            rows += [(other, against, form, 0, 0) for other in there]
    return Kept(rows, places, starts, np.array(roots), np.array(reluctance))


def leaving_terms(kept: Kept, worth: Floats) -> Floats:
    """The raw terms of leaving treaties: what keeping each is worth, turned round: [treaty, term].

    `worth` are the terms of their pacts, as held: [pact, term].
    """
    if not kept.starts:
        return np.zeros((0, len(TERMS)))
    terms = 0.0 - np.add.reduceat(worth, kept.starts, axis=0) / kept.roots[:, None]
    terms[:, TERM["inertia"]] = kept.reluctance
    terms[:, TERM["pact"]] = -PACT
    return np.asarray(terms)


def lost_security(seen: Views, kept: Pacts) -> Floats:
    """What each pact in force saves now, that would be lost with it: [pact], in the unit.

    One that has settled with whom it is promised against is trusted less (THEORY W10, p. 47).
    """
    v, partner, against = kept.of, kept.partner, kept.against
    me = seen.me[v]
    trust = seen.credible[v, partner][:, None] * seen.trust[v, partner]
    drawn = np.maximum(seen.drawn[v, partner], seen.drawn[v, me])
    promised = seen.word[v, partner][:, None] * seen.interest[v, partner] / (1.0 + drawn)
    given = HELP[kept.form][:, None] * promised * trust * seen.bring[v, partner]
    states = np.arange(given.shape[1])
    given[~kept.named] *= UNNAMED
    given[kept.named[:, None] & (states != against[:, None])] = 0.0
    given[np.arange(len(partner)), partner] = 0.0
    hostile, own = seen.hostile[v], np.maximum(seen.own[v] - given, 0.0)
    contest = seen.contest_at(v)
    contest = contest if isinstance(contest, float) else contest[:, None]
    without = prevailing(hostile, own, contest)
    lost = np.asarray((seen.tau[v] * (without - seen.chance[v])).sum(axis=1))
    shields = SHIELD[kept.form]
    if shields.any():
        lost += shields * _kept_from_others(seen, in_force=True)[v, partner]
    calm = 0.9 ** -seen.intentions[v] - 1.0
    calmed = CALM[kept.form] * calm * seen.tau[v, partner] * seen.chance[v, partner]
    return np.asarray(lost + calmed * seen.bound[v, partner])
