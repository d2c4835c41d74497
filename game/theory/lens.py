"""The lens: how dangerous each state looks, and what stands against it (THEORY, The lens).

    tau_ij = k * c_j^alpha * D_ij^beta * O_j^gamma * I_ij^delta
    insecurity of i = sum over j of tau_ij * p_ij,   p_ij = E / (E + H)

E is what j's side can bring against i as the lens sees it, H what i's side can bring against j.
`Field` holds what is the same for every observer with the same lens and the same treaties in
sight; `View` adds one observer's beliefs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.theory.doctrine import PLAIN, Doctrine, Lens
from game.world.beliefs import Beliefs
from game.world.float_sums import in_order
from game.world.memo import derived
from game.world.model import World
from game.world.rules import BP
from game.world.sight import Facts, Floats, Sight, facts_of, seen_by
from game.world.terms import calms

Indices = NDArray[np.int64]

LEAST = 1e-4
"""The least value of any factor."""
OWN_INTENTIONS = 0.3
"""How hostile a state takes others to think it is: the value where nothing is stated."""
LEAST_UNIT = 1e-3
"""The floor of a doctrine's unit of insecurity."""
UNNAMED = 0.35
"""What a promise against nobody in particular is held to count for (THEORY W8)."""
RESTRAINED = 0.5
"""What a bloc-mate counts for against one to whom it has promised peace or neutrality."""
FOCUS = 30
"""How fast a danger counts for less, the further it stands below the greatest."""
DISINTERESTED = 0.25
"""What of a promise is believed of one that has nothing to fear from the adversary (THEORY T14)."""
HEGEMON = 3.0
"""How much more a great power is feared that could rule alone, of what its share says (H1)."""
HEGEMON_POWER = 3
"""How sharply a share of capability that could rule is told from others."""
TIES_WITH_ADVERSARY = 0.7
"""What a partner's promise against an adversary is worth when it has a tie with it (THEORY W10)."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What puts a doctrine on the common scale: made at turn 0, then frozen."""

    k: float
    unit: float
    """The doctrine's mean insecurity at turn 0; utilities are in this unit."""


# Not frozen, as `choice_rule.Appraisal` is not; nor are views.
@dataclass(slots=True, eq=False)
class Field:
    """What every observer with this lens and these treaties in sight sees alike."""

    weight: Floats
    """Capability as the lens counts it: [state]; 0 for lesser states where poles alone count."""
    threat: Floats
    """tau without k and without intentions: [observer, source]."""
    bring: Floats
    """What a state can bring against another in help of a third: [state, against]."""
    hostile_side: Floats
    """E: what a source's side can bring against a state: [state, source]."""
    own_side: Floats
    """H: what a state's side can bring against a source: [state, source]."""
    word: Floats
    """What a state's promise counts for by its record: [partner]."""
    interest: Floats
    """How far a promise is believed for its interest: [partner, against], up to 1."""
    drawn: Floats
    """What a state's promises against others would draw from one against each: [state, against]."""
    engaged: Floats
    """By how many treaties a state is bound to fight against each: [state, against]."""
    bound: NDArray[np.bool_]
    """Whether two states are bound by any pact that calms: [state, state]."""
    tied: NDArray[np.bool_]
    """Whether two states have any treaty: [state, state]."""
    trust: Floats
    """What a promise against another is worth for one's ties with it: [partner, against]."""
    chance: Floats
    """p: how likely a source's side is to prevail over a state's: [state, source]."""


@dataclass(slots=True, eq=False)
class View:
    """The world through one state's lens. All arrays are by state, in the world's order."""

    me: int
    field: Field
    facts: Facts
    scale: Scale
    lens: Lens
    intentions: Floats
    """I^delta: what the lens makes of my beliefs about each."""
    credible: Floats
    """What each one's promise to me is worth for its intentions: 1 for all but the hostile."""
    tau: Floats
    """How dangerous each looks to me, before alliances."""
    chance: Floats
    """p: how likely each is to prevail over my side."""
    insecurity: float
    """In the doctrine's unit: 1 is the mean at turn 0."""
    faced: Floats
    """What each state faces from each, as I see it: tau * p, [state, source], in the unit."""
    strength: float
    """My own capability as I count it (also where the lens leaves lesser states out)."""
    cache: dict[str, Any] = dataclass_field(default_factory=dict)
    """What was worked out of this view already; keyed by its maker."""


def dread(view: View) -> Floats:
    """What one faces from each, the more so the nearer it stands to what is faced most: [state].

    Nobody fights for another for a shade of fear; who towers over the rest is stood against.
    """
    return np.asarray(dread_of_all(view)[view.me])


def dread_of_all(view: View) -> Floats:
    """What each state dreads from each, as one sees it: [state, source]."""
    known: Floats | None = view.cache.get("dread")
    if known is None:
        worst = np.maximum(view.faced.max(axis=1, keepdims=True), 1e-12)
        known = view.cache["dread"] = view.faced * (view.faced / worst) ** FOCUS
    return known


def field_of(sight: Sight, lens: Lens) -> Field:
    """The field of a lens over what a state sees; remembered with the world's facts."""
    return fields_of([sight], [lens])[0]


def fields_of(sights: Sequence[Sight], lenses: Sequence[Lens]) -> list[Field]:
    """The fields of lenses, which are alike but for their habits, each over what its state sees.

    Those that are new, of one world and the same treaties, are made in one go.
    """
    keys = [
        (lens.field, tuple([treaty.id for treaty in sight.treaties]))
        for sight, lens in zip(sights, lenses, strict=True)
    ]
    new: dict[tuple[int, tuple[int, ...]], tuple[Sight, list[Lens]]] = {}
    for sight, (lens, signed) in zip(sights, keys, strict=True):
        if (lens, signed) not in sight.facts.cache:
            group = new.setdefault((id(sight.facts), signed), (sight, []))[1]
            if lens not in group:
                group.append(lens)
    for (_, signed), (sight, group) in new.items():
        cache = sight.facts.cache
        common = ("without habits", replace(group[0], habits=PLAIN), signed)
        if common not in cache:
            cache[common] = _make_ground(sight.world, sight.facts, group[0])
        made = _make_fields(sight.world, sight.facts, group, cache[common])
        cache.update(zip([(lens, signed) for lens in group], made, strict=True))
    return [sight.facts.cache[key] for sight, key in zip(sights, keys, strict=True)]


def contests(lenses: Sequence[Lens], *, axes: int) -> Floats | float:
    """The exponents of the contest of lenses, for `prevailing`: 1 where it is 1 for all.

    Else by lens, to be set beside arrays by lens first that have so many axes.
    """
    if all(lens.habits.contest == 1 for lens in lenses):
        return 1.0
    return np.array([lens.habits.contest for lens in lenses]).reshape(-1, *[1] * (axes - 1))


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """The part of a field that is the same whatever the habits of who looks."""

    weight: Floats
    threat: Floats
    bring: Floats
    attack: Floats
    interest: Floats
    drawn: Floats


def _make_ground(world: World, facts: Facts, lens: Lens) -> _Ground:
    alpha, beta, gamma, _ = lens.exponents
    counted = facts.poles & facts.there if lens.poles_only else facts.there
    weight = np.where(counted, power(np.maximum(facts.c, LEAST), alpha), 0.0)
    near = power(facts.D, beta)
    offense = power(np.maximum(facts.O, LEAST), gamma)
    looming = np.where(counted, power(np.clip(could_rule(facts) * facts.c, LEAST, 1), alpha), 0.0)
    threat = near * (looming * offense)[None, :]
    np.fill_diagonal(threat, 0.0)
    threat[~facts.there] = 0.0
    bring = weight[:, None] * near
    drawn = world.atlas.rules.dilution / BP * _drawn(promises(world), weight, near, threat)
    attack = bring * offense[:, None]
    return _Ground(weight, threat, bring, attack, _interest(threat), drawn)


def _make_fields(
    world: World, facts: Facts, lenses: Sequence[Lens], ground: _Ground
) -> list[Field]:
    """The fields of lenses that are alike but for their habits; arrays are by lens first."""
    weight, bring, attack = ground.weight, ground.bring, ground.attack
    count = len(weight)
    sides = np.empty((2, len(lenses), count, count))
    sides[0], sides[1] = weight[:, None], attack
    rules = world.atlas.rules
    allies = np.array([lens.habits.allies for lens in lenses])
    word = np.minimum(1.0, rules.ally_counts / BP * allies)[:, None] * facts.reliability
    given = promises(world)
    tied, bound = ties(world)
    trust = np.where(tied, TIES_WITH_ADVERSARY, 1.0)
    mate = rules.bloc_mate_counts / BP
    index = world.atlas.state_index
    promised = _promised(given, word, ground.interest, ground.drawn)
    help_given = _help(given, promised, bring, attack, trust, restraints(world), mate)
    # Each promise is added to the row of its holder in the tables of all lenses: [side, lens, row].
    rows = np.arange(0, sides.size // count, count).reshape(2, -1, 1) + given.holder
    cells = rows[..., None] * count + np.arange(count)
    np.add.at(sides.reshape(-1), cells.reshape(-1), help_given.reshape(-1))
    own, hostile = sides[0], np.ascontiguousarray(sides[1].transpose(0, 2, 1))
    for war in world.wars:
        for side, other in (
            (war.attackers, war.defenders),
            (war.defenders, war.attackers),
        ):
            foes = [index[foe] for foe in other]
            for first in side:
                for second in side:
                    if first != second and not bound[index[first], index[second]]:
                        a, b = index[first], index[second]
                        own[:, a, foes] += mate * bring[b, foes]
                        hostile[:, foes, a] += mate * attack[b, foes]
    chance = prevailing(hostile, own, contests(lenses, axes=3))
    engaged = engagements(world)
    return [
        Field(
            weight=weight,
            threat=ground.threat,
            bring=bring,
            hostile_side=hostile[at],
            own_side=own[at],
            word=word[at],
            interest=ground.interest,
            drawn=ground.drawn,
            engaged=engaged,
            bound=bound,
            tied=tied,
            trust=trust,
            chance=chance[at],
        )
        for at in range(len(lenses))
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Promises:
    """Every promise of help in force, each way, as arrays: [promise]."""

    holder: Indices
    helper: Indices
    against: Indices
    """-1 where nobody is named."""
    worth: Floats
    """What it counts for beside a promise to fight: less where the two only consult."""


@derived("treaties")
def promises(world: World) -> Promises:
    """The promises of help in all treaties, in their order."""
    index = world.atlas.state_index
    mate = world.atlas.rules.bloc_mate_counts / BP
    rows: list[tuple[int, int, int, float]] = []
    for treaty in world.treaties:
        worth = 1.0 if treaty.binding else (mate if "consultation" in treaty.obligations else 0)
        if not worth:
            continue
        against = index.get(treaty.against, -1)
        rows += [
            (index[holder], index[helper], against, worth)
            for holder in treaty.parties
            for helper in treaty.helpers(holder)
        ]
    return Promises(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.int64),
        np.array([row[3] for row in rows], dtype=np.float64),
    )


def could_rule(facts: Facts) -> Floats:
    """How much more dangerous a great power looks for what it could become: [state], 1 and more.

    A share that could rule alone frightens more than in proportion: c^n / (c^n + (1 - c)^n) of a
    great power's share of capability, beside the linear share (Levy & Thompson 2005; THEORY H1).
    """
    share = np.where(facts.poles & facts.there, np.minimum(facts.c, 1.0), 0.0)
    rules, others = share**HEGEMON_POWER, (1.0 - share) ** HEGEMON_POWER
    return np.asarray(1.0 + HEGEMON * rules / np.maximum(rules + others, 1e-12))


def _interest(threat: Floats) -> Floats:
    """How far each one's word against each is believed for its interest: [partner, against].

    Who fears the adversary itself most of all is believed wholly; who does not fear it, little
    (THEORY T14; Walt; Morrow). By what danger shows, before any alliance is counted.
    """
    worst = np.maximum(threat.max(axis=1, keepdims=True), 1e-12)
    return np.asarray(DISINTERESTED + (1.0 - DISINTERESTED) * threat / worst)


def _drawn(given: "Promises", weight: Floats, near: Floats, threat: Floats) -> Floats:
    """What each one's promises against others would draw from one against each: [state, against].

    A promise draws by how strong the one it is against is beside who gave it, and how near; two
    against the same draw once, for it is one war. One against nobody in particular draws, less,
    by whom its holder has most to fear from. A holder outside the lens draws nothing.
    """
    count = len(weight)
    draw = np.zeros((count, count))
    foe = np.where(given.against >= 0, given.against, threat[given.holder].argmax(axis=1))
    helper, holder = given.helper, given.holder
    part = weight[foe] / np.maximum(weight[foe] + weight[helper], 1e-12) * near[holder, foe]
    part = part * given.worth * np.where(given.against >= 0, 1.0, UNNAMED) * (weight[holder] > 0)
    np.maximum.at(draw, (helper, foe), part)
    return np.asarray(draw.sum(axis=1, keepdims=True) - draw)


def _promised(given: "Promises", word: Floats, interest: Floats, drawn: Floats) -> Floats:
    """What each promise in force would count for against each: [lens, promise, state].

    `word` is by lens first.
    """
    holder, helper = given.holder, given.helper
    less = 1.0 + np.maximum(drawn[helper], drawn[holder])
    return np.asarray((given.worth * word[:, helper])[..., None] * interest[helper] / less)


def _help(
    given: Promises,
    promised: Floats,
    bring: Floats,
    attack: Floats,
    trust: Floats,
    restrained: NDArray[np.bool_],
    mate: float,
) -> Floats:
    """What each promise adds: to its holder's side against each, and against each beside it.

    To the holder against the named adversary, or against all; [side, lens, promise, state]. In the
    eyes of others than the named adversary, the two are bloc-mates still (THEORY W1).
    """
    holder, helper, against = given.holder, given.helper, given.against
    each = np.arange(len(holder))
    named = np.flatnonzero(against >= 0)
    promised = np.where(against[:, None] < 0, promised * UNNAMED, promised)
    stood_by = promised * trust[helper] * bring[helper]
    only = stood_by[:, named, against[named]]
    stood_by[:, named] = 0.0
    stood_by[:, named, against[named]] = only
    stood_by[:, each, helper] = 0.0
    share = promised.copy()
    whole = promised[:, named, against[named]]
    share[:, named] *= mate
    share[:, named, against[named]] = whole
    share = np.where(restrained[helper], share * RESTRAINED, share)
    share[:, each, helper] = 0.0
    share[:, each, holder] = 0.0
    return np.stack([stood_by, share * attack[helper]])


def _factor(values: Floats, exponent: float) -> Floats:
    """A factor of the lens, within its bounds, to its exponent."""
    if exponent == 0:
        return np.ones_like(values)
    return power(np.minimum(np.maximum(values, LEAST), 1.0), exponent)


def power(values: Floats, exponent: float) -> Floats:
    """`values ** exponent`, exact where the exponent is 0 or 1."""
    if exponent == 0:
        return np.ones_like(values)
    return values if exponent == 1 else np.power(np.maximum(values, LEAST), exponent)


def prevailing(hostile: Floats, own: Floats, contest: Floats | float) -> Floats:
    """How likely one side is to prevail over another: E^n / (E^n + H^n), by default with n 1.

    `contest` is n; an array of them holds no 1.
    """
    if isinstance(contest, float) and contest == 1:
        return np.asarray(hostile / np.maximum(hostile + own, 1e-12))
    odds = np.maximum(own, 1e-12) / np.maximum(hostile, 1e-12)
    return np.where(hostile > 0, 1.0 / (1.0 + odds**contest), 0.0)


def averted(
    hostile: Floats, own: Floats, chance: Floats, more: Floats, contest: Floats | float
) -> Floats:
    """How far `more` on one's own side takes down a source's `chance` to prevail."""
    if isinstance(contest, float) and contest == 1:
        total = np.maximum(hostile + own, 1e-12)
        return np.asarray(chance * (1 - total / (total + more)))
    return np.asarray(chance - prevailing(hostile, own + more, contest))


@derived("treaties")
def engagements(world: World) -> Floats:
    """By how many treaties each state is bound to fight against each: [state, against]."""
    result = np.zeros((len(world.states), len(world.states)))
    index = world.atlas.state_index
    for treaty in world.treaties:
        if treaty.binding and treaty.against:
            for party in treaty.parties:
                result[index[party], index[treaty.against]] += 1.0
    return result


@derived("treaties")
def restraints(world: World) -> NDArray[np.bool_]:
    """Who has promised whom peace or neutrality: [state, state]."""
    result = np.zeros((len(world.states), len(world.states)), dtype=np.bool_)
    index = world.atlas.state_index
    for treaty in world.treaties:
        if {"nonaggression", "neutrality"} & set(treaty.obligations):
            for first in treaty.parties:
                for second in treaty.others(first):
                    result[index[first], index[second]] = True
    return result


@derived("treaties")
def ties(world: World) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who has any treaty with whom, and who one that calms: [state, state] each.

    Defence, offence and nonaggression pacts calm (a consultation does not).
    """
    count = len(world.states)
    tied = np.zeros((count, count), dtype=np.bool_)
    bound = np.zeros((count, count), dtype=np.bool_)
    index = world.atlas.state_index
    for treaty in world.treaties:
        calming = calms(treaty.obligations)
        for first in treaty.parties:
            for second in treaty.others(first):
                a, b = index[first], index[second]
                tied[a, b] = True
                bound[a, b] = bound[a, b] or calming
    return tied, bound


def view(sight: Sight, lens: Lens, scale: Scale) -> View:
    """What a state sees through a lens."""
    return views([sight], lens, scale)[0]


def views(sights: Sequence[Sight], lens: Lens | Sequence[Lens], scale: Scale) -> list[View]:
    """What states see (at least one), each of its world of one campaign, through a lens.

    Through one for all, or each through its own; these are alike but for their habits, and in none
    or all of them the contest is 1 (see `view_batch.alike`).
    """
    lenses = [lens] * len(sights) if isinstance(lens, Lens) else lens
    fields = fields_of(sights, lenses)
    calm = sights[0].world.atlas.rules.pact_calms / BP
    me = [sight.index for sight in sights]
    alpha, _, _, delta = lenses[0].exponents
    believed = np.array([sight.hostile for sight in sights])
    believed[np.arange(len(sights)), me] = OWN_INTENTIONS
    bound = np.array([field.bound[i] for i, field in zip(me, fields, strict=True)])
    mine = np.where(bound, believed * calm, believed)
    intentions = _factor(mine, delta)
    placed = _factor(believed, delta)
    credible = _factor((1.0 - mine) / (1.0 - OWN_INTENTIONS), delta)
    strength = [
        float(max(sight.facts.c[i], LEAST)) ** alpha for i, sight in zip(me, sights, strict=True)
    ]
    threat = np.array([field.threat[i] for i, field in zip(me, fields, strict=True)])
    tau = scale.k * threat * intentions
    own = np.array(
        [
            field.own_side[i] + (whole - field.weight[i])
            for i, field, whole in zip(me, fields, strength, strict=True)
        ]
    )
    hostile = np.array([field.hostile_side[i] for i, field in zip(me, fields, strict=True)])
    chance = prevailing(hostile, own, contests(lenses, axes=2))
    in_person = tau * chance / scale.unit
    insecurity = in_person.sum(axis=1).tolist()
    made = []
    for index, (i, field) in enumerate(zip(me, fields, strict=True)):
        faced = scale.k * field.threat * placed[index] * field.chance / scale.unit
        faced[i] = in_person[index]
        made.append(
            View(
                me=i,
                field=field,
                facts=sights[index].facts,
                scale=scale,
                lens=lenses[index],
                intentions=intentions[index],
                credible=credible[index],
                tau=tau[index],
                chance=chance[index],
                insecurity=insecurity[index],
                faced=faced,
                strength=strength[index],
            )
        )
    return made


def calibrate(world: World, beliefs: Beliefs, doctrine: Doctrine) -> Scale:
    """The scale of a doctrine, from the world and the beliefs at turn 0.

    k is the inverse of the mean over the doctrine's scope of the observers' row sums of tau; the
    unit is their mean insecurity, with a floor. Both are frozen for the campaign: computed anew
    each turn they would abolish the security dilemma.
    """
    plain = Scale(1.0, 1.0)
    facts = facts_of(world)
    scope = facts.poles & facts.there if doctrine.lens.poles_only else facts.there
    sights = [
        seen_by(world, beliefs, state.id)
        for state, within in zip(world.states, scope, strict=True)
        if within
    ]
    if not sights:
        return plain
    each = views(sights, doctrine.lens, plain)
    mean = in_order(float(seen.tau.sum()) for seen in each) / len(each)
    k = 1.0 / mean if mean > 0 else 1.0
    unit = k * in_order(seen.insecurity for seen in each) / len(each)
    return Scale(k, max(unit, LEAST_UNIT))
