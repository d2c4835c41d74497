"""Crises: what to demand, whether to yield, hold or climb, and by whom to stand (THEORY S4, T2).

Odds are the true ones, by real distance, whatever the doctrine; what is feared, and so what a
stand is worth and who is foreseen to take one, is seen through the lens.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np

from game.theory.choice_rule import TERM, Appraisal
from game.theory.doctrine import TERMS
from game.theory.families.bargaining import dropping, pressed, yielding
from game.theory.families.expected_coalitions import (
    chance_of_war,
    foreseen,
    would_attack,
    would_stand,
)
from game.theory.families.others_word import assured_chance
from game.theory.families.pact_worth import PACT
from game.theory.lens import View, dread, ties
from game.world.atlas import Atlas
from game.world.coalitions import coalitions
from game.world.legality import refusal, touched
from game.world.memo import derived
from game.world.model import Treaty, World
from game.world.orders import Demand
from game.world.questions import CrisisQuestion, PledgeQuestion
from game.world.rules import ATTACK_FACTOR, BP
from game.world.sight import Floats, Sight, remembered

MOST_DEMANDS = 8
"""Demands on a menu at the most."""
MOST_COVETED = 2
"""Neighbours at the most whose border land is on a menu without a claim: the weakest."""
CLAIMED = 0.24
"""What a claimed province is worth beyond its means."""
HOMELAND = 0.20
"""What one's own land is worth beyond that to who has held it from the start."""
COVETED = 0.03
"""What a neighbour's border land is worth beyond its means, without a claim to it."""
LAND = 2.5
"""What a share of the world's means is worth in land."""
PROVOKING = 0.010
"""What a demand costs in others' eyes."""
CLIMBING = 0.01
"""What each rung of the ladder costs in effort."""
WAR_LOST = 0.46
"""What a lost war costs."""
WAR_FOUGHT = 0.055
"""What any war costs."""
BRUNT = 0.55
"""What a war costs that is begun on a stronger one, whoever helps, of how far it is stronger."""
WEARINESS = 0.40
"""What going to war wholly exhausted would cost."""
FACE = 0.35
"""What a whole measure of resolve is worth."""
TAKING_SIDES = 0.042
"""What taking sides in another's quarrel costs."""
STAND = 0.45
"""What a stand against one that is feared is worth, of the difference in fear."""
STRUCK = 0.3
"""What beating one that is feared is worth, of the fear; half to who would rather be left alone."""
STRONGER = 0.3
"""What standing with the stronger is worth to one who joins the stronger, of the difference."""
PRIZE = 0.6
"""What a share of the world taken from a beaten enemy is worth beside the stake."""
GROWN = 1.0
"""What land costs that is ceded to one that is feared, of the fear times its growth."""
WAVERS = 0.04
"""What of a measure of resolve is lost by holding, for each rung; one more for who demands."""
CLIMBS = 0.5
"""How likely the other is thought to climb when one holds."""
DROPPED = 0.06
"""What of a measure of resolve is lost by dropping a demand at once."""
RISKED = (0.10, 0.30, 1.0)
"""How likely the next rung ends in war, at demand, mobilisation, ultimatum."""


@remembered
def demand_options(sight: Sight) -> tuple[Demand | None, ...]:
    """The demands that can be made, by public facts: claims, hostile pacts, offensive postures."""
    world, me = sight.world, sight.me
    demands = [*claimed(world).get(me, ()), *_coveted(world, me)]
    for treaty in world.treaties:
        if treaty.against == me and treaty.binding:
            demands += [Demand(party, "renounce", str(treaty.id)) for party in treaty.parties]
    demands += [demand for demand in _to_stand_down(world) if demand.of != me]
    legal = (demand for demand in demands if refusal(world, me, demand) is None)
    return (None, *islice(legal, MOST_DEMANDS))


@derived("standing")
def _to_stand_down(world: World) -> list[Demand]:
    """A demand on everybody whose posture is offensive."""
    return [Demand(state.id, "stand_down") for state in world.states if state.posture > 2]


@derived("provinces")
def claimed(world: World) -> Mapping[str, Sequence[Demand]]:
    """By state, the land that it claims of others, and then what it has lost to them."""
    wanted = [*sorted(world.atlas.claims), *((it.owner, it.id) for it in world.atlas.provinces)]
    demands: dict[str, list[Demand]] = {}
    for state, province in wanted:
        holder = world.province(province).owner
        if state and holder and holder != state:
            demands.setdefault(state, []).append(Demand(holder, "cede", province))
    return demands


def _coveted(world: World, me: str) -> list[Demand]:
    """The richest border land of the weakest neighbours, to which one has no claim but nearness."""
    richest = _richest_border_land(world, me)
    weakest = sorted(richest, key=lambda owner: (world.state(owner).army, owner))
    return [richest[owner] for owner in weakest[:MOST_COVETED]]


@derived("provinces")
def _richest_border_land(world: World, state: str) -> Mapping[str, Demand]:
    """By neighbour, a demand for the richest land at its border to which one has no claim."""
    richest: dict[str, Demand] = {}
    for place in sorted(touched(world, state), key=lambda it: (-land_value(world, it), it)):
        owner = world.province(place).owner
        if owner and owner != state and owner not in richest and len(world.owned(owner)) > 1:
            demand = Demand(owner, "cede", place)
            if demand.interest(world, state) == "border":
                richest[owner] = demand
    return richest


def appraise_demand(view: View, sight: Sight) -> Appraisal:
    """What to demand of whom; nothing first."""
    options = demand_options(sight)
    if len(options) == 1:
        return Appraisal("demand", options, np.zeros((1, len(TERMS))), hesitant=True)
    terms, yields = _prospects(sight, foreseen(view, sight, _asked(sight)))
    terms = terms.copy()
    # Land brings no relief, whatever the lens.
    for index, demand in enumerate(options):
        if demand is not None and demand.stake != "cede":
            terms[index, TERM["security"]] = _relief(view, sight, demand) * yields[index - 1]
    return Appraisal("demand", options, terms, hesitant=True)


@remembered
def _asked(sight: Sight) -> tuple[str, ...]:
    """Of whom something can be demanded, each once."""
    return tuple(dict.fromkeys(demand.of for demand in demand_options(sight) if demand is not None))


@remembered
def _prospects(sight: Sight, sides: tuple[tuple[str, ...], ...]) -> tuple[Floats, Floats]:
    """What demands are worth but for the relief that they bring, and how likely each is met.

    `sides` are those against whom one would fight (see `foreseen`): the same whatever the lens
    that foresees them. Returns ([option, term], [demand]).
    """
    demands = [option for option in demand_options(sight) if option is not None]
    chances = {
        side[0]: chance_of_war(sight, (sight.me, *would_attack(sight, sight.me, side[0])), side)
        for side in sides
    }
    win = np.array([chances[demand.of] for demand in demands])
    asked = np.array([yielding(sight, it.of, chances[it.of], 0, it.stake) for it in demands])
    met = np.array([pressed(sight, it.of, chances[it.of], it.stake) for it in demands])
    gain = np.array([_gain(sight, demand) for demand in demands])
    only_asked = _asking(gain, asked)
    to_the_end = _pressing(sight, demands, gain, met, win)
    presses = to_the_end.sum(axis=1) > only_asked.sum(axis=1)
    terms = np.zeros((1 + len(demands), len(TERMS)))
    terms[1:] = np.where(presses[:, None], to_the_end, only_asked)
    terms[1:, TERM["cost"]] -= PROVOKING
    bound, index = ties(sight.world)[1][sight.index], sight.world.atlas.state_index
    terms[1:, TERM["repute"]] -= FACE * 0.4 * bound[[index[demand.of] for demand in demands]]
    return terms, np.where(presses, met, asked)


def _asking(gain: Floats, met: Floats) -> Floats:
    """Demands that are dropped where they are not met at once: [demand, term]."""
    terms = np.zeros((len(gain), len(TERMS)))
    terms[:, TERM["stake"]] = gain * met
    terms[:, TERM["repute"]] = -FACE * DROPPED * (1 - met)
    return terms


def _pressing(
    sight: Sight, demands: Sequence[Demand], gain: Floats, met: Floats, win: Floats
) -> Floats:
    """Demands that are pressed up the ladder, to war where they are never met: [demand, term]."""
    index = sight.world.atlas.state_index
    war = 1 - met
    prize = np.array([float(sight.facts.c[index[demand.of]]) for demand in demands])
    brunt = np.array([outmatched(sight, demand.of) for demand in demands])
    lost = WAR_FOUGHT + WAR_LOST * (1 - win) + BRUNT * brunt + WEARINESS * tired(sight)
    terms = np.zeros((len(demands), len(TERMS)))
    terms[:, TERM["stake"]] = gain * (met + war * win) + PRIZE * war * win * prize
    terms[:, TERM["spoils"]] = PRIZE * war * win * prize
    terms[:, TERM["cost"]] = -war * lost - CLIMBING * len(RISKED)
    return terms


def stake_terms(view: View, sight: Sight, demand: Demand, *, demander: bool) -> Floats:
    """What a demand's object is worth to the demander, or to the one who is asked: [term]."""
    terms = np.zeros(len(TERMS))
    if demander:
        terms[TERM["stake"]] = _gain(sight, demand)
        terms[TERM["security"]] = _relief(view, sight, demand)
    elif demand.stake == "cede":
        home = sight.world.atlas.place(demand.subject).owner == sight.me
        kept = CLAIMED + (HOMELAND if home else 0.0)
        terms[TERM["stake"]] = land_value(sight.world, demand.subject) + kept
    elif demand.stake == "stand_down":
        terms[TERM["stake"]] = 0.03
    elif (treaty := _renounced(sight, demand)) is not None:
        index = sight.world.atlas.state_index
        others = [index[party] for party in treaty.others(sight.me)]
        terms[TERM["security"]] = 0.08 * min(1.0, view.insecurity)
        terms[TERM["ideology"]] = 0.02 * float(view.facts.affinity[view.me, others].sum())
    return terms


def _gain(sight: Sight, demand: Demand) -> float:
    """What a demand's object is worth in itself to the demander."""
    if demand.stake == "cede":
        claimed = demand.interest(sight.world, sight.me) == "claim"
        return land_value(sight.world, demand.subject) + (CLAIMED if claimed else COVETED)
    return 0.02 if demand.stake == "stand_down" else 0.0


def _relief(view: View, sight: Sight, demand: Demand) -> float:
    """What the demander has to fear the less once a demand is met, in the unit."""
    index = sight.world.atlas.state_index
    source = index[demand.of]
    faced = float(view.faced[view.me, source])
    if demand.stake == "stand_down":
        step = sight.world.state(demand.of).posture
        drop = 1 - ATTACK_FACTOR[max(0, step - 1)] / ATTACK_FACTOR[step]
        return faced * drop * view.lens.exponents[2]
    treaty = _renounced(sight, demand)
    if treaty is None:
        return 0.0
    ally = max(
        (view.field.weight[index[party]] for party in treaty.helpers(demand.of)), default=0.0
    )
    whole = view.field.hostile_side[view.me, source]
    return faced * min(0.5, 0.75 * float(ally) / max(float(whole), 1e-9)) * 0.5


def _renounced(sight: Sight, demand: Demand) -> Treaty | None:
    """The treaty that is to be renounced, if it is in force."""
    known = demand.stake == "renounce" and demand.subject.isdigit()
    return sight.world.treaty(int(demand.subject)) if known else None


def _growth(view: View, sight: Sight, demand: Demand, by: str) -> float:
    """By what part of itself one grows by the land that it demands, 0 to 1."""
    if demand.stake != "cede":
        return 0.0
    share = float(view.facts.c[sight.world.atlas.state_index[by]])
    return min(1.0, land_value(sight.world, demand.subject) / LAND / max(share, 1e-9))


def outmatched(sight: Sight, other: str) -> float:
    """How far another is stronger than oneself, squared as odds are: 0 to 1 (THEORY H12)."""
    c, index = sight.facts.c, sight.world.atlas.state_index
    beside = float(c[sight.index]) / max(float(c[index[other]]), 1e-9)
    return max(0.0, 1.0 - beside**2)


def tired(sight: Sight) -> float:
    """How exhausted one is, 0 to 1: nobody rushes from one war into the next."""
    return sight.world.state(sight.me).exhaustion / BP


@lru_cache(maxsize=4)
def _means(atlas: Atlas) -> tuple[int, int]:
    """The people and the industry of all provinces, at least 1 each."""
    people = sum(sheet.population for sheet in atlas.provinces) or 1
    return people, sum(sheet.industry for sheet in atlas.provinces) or 1


def land_value(world: World, province: str) -> float:
    """What a province's means are worth."""
    place = world.atlas.place(province)
    people, works = _means(world.atlas)
    return LAND * (place.population / people + place.industry / works) / 3


def appraise_exchange(view: View, sight: Sight, question: CrisisQuestion) -> Appraisal:
    """One exchange: hold (as silence would), yield, or climb where that is open."""
    world, me, other = sight.world, sight.me, question.by
    crisis = world.crisis(question.crisis)
    order = ("hold", *(option for option in question.options if option != "hold"))
    terms = np.zeros((len(order), len(TERMS)))
    if crisis is None:
        return Appraisal("exchange", order, terms)
    demander = crisis.by == me
    sides = coalitions(world, crisis.by, crisis.of, crisis.pledges)
    mine, theirs = sides if demander else sides[::-1]
    if demander:
        theirs = (*theirs, *would_stand(view, sight).get(crisis.of, ()))
        win = chance_of_war(sight, mine, theirs)
    else:
        win = 1.0 - chance_of_war(sight, theirs, mine)
    win = assured_chance(sight, crisis, mine, theirs, win)
    demand = Demand(crisis.of, crisis.stake, crisis.subject)
    stake = stake_terms(view, sight, demand, demander=demander)
    danger = float(view.faced[view.me, world.atlas.state_index[other]])
    rules = world.atlas.rules
    rung = crisis.rung
    for index, option in enumerate(order):
        if option == "hold":
            terms[index, TERM["repute"]] = -FACE * WAVERS * (rung + demander)
            terms[index, TERM["cost"]] = -0.03 * (question.exchange - 1)
            if not demander:
                war = CLIMBS * RISKED[min(rung, 2)]
                terms[index] -= stake * war * (1 - win)
                terms[index, TERM["cost"]] -= war * (WAR_FOUGHT + WAR_LOST * (1 - win))
        elif option == "yield":
            if demander:
                lost = rules.resolve_back_down[min(rung, 2)] / BP
                terms[index, TERM["repute"]] = -FACE * lost
            else:
                terms[index] = -stake
                terms[index, TERM["repute"]] -= FACE * rules.resolve_yield / BP
                grows = _growth(view, sight, demand, other)
                terms[index, TERM["security"]] -= (0.04 + GROWN * grows) * danger
        else:
            if demander:
                met = pressed(sight, other, win, crisis.stake, rung + 1)
                war = 1 - met
                terms[index] = stake * (met + war * win)
                prize = float(view.facts.c[world.atlas.state_index[other]])
                terms[index, TERM["spoils"]] += PRIZE * war * win * prize
                terms[index, TERM["stake"]] += PRIZE * war * win * prize
            else:
                drops = dropping(sight, other, win)
                war = (1 - drops) * RISKED[min(rung, 2)]
                terms[index] = stake * (drops * 0.4 - war * (1 - win))
            struck = STRUCK if demander else STRUCK / 2
            terms[index, TERM["security"]] += war * (win - 0.5) * struck * danger
            terms[index, TERM["cost"]] = -CLIMBING - war * (WAR_FOUGHT + WAR_LOST * (1 - win))
            terms[index, TERM["cost"]] -= war * WEARINESS * tired(sight)
            if demander:
                terms[index, TERM["cost"]] -= war * BRUNT * outmatched(sight, other)
    return Appraisal("exchange", order, terms)


def appraise_pledge(view: View, sight: Sight, question: PledgeQuestion) -> Appraisal:
    """By whom to stand in a crisis between others: by nobody, or by the one that is feared less.

    To stand by one is an alignment too, though nothing is signed (THEORY S5, p. 48).
    """
    index = sight.world.atlas.state_index
    order = ("none", *(option for option in question.options if option != "none"))
    terms = np.zeros((len(order), len(TERMS)))
    dreaded = dread(view)
    for place, option in enumerate(order):
        if option == "none":
            continue
        against = question.of if option == question.by else question.by
        friend, foe = index[option], index[against]
        fear = float(dreaded[foe] - dreaded[friend])
        mine: tuple[str, ...] = (option, sight.me)
        win = chance_of_war(sight, mine, (against,))
        terms[place, TERM["security"]] = STAND * fear
        terms[place, TERM["ideology"]] = (
            0.04
            * float(view.facts.affinity[view.me, friend] - view.facts.affinity[view.me, foe])
            / (1 + view.insecurity)
        )
        terms[place, TERM["entanglement"]] = -0.5 * (WAR_FOUGHT * 0.4 + WAR_LOST * (1 - win) * 0.25)
        if view.field.bound[view.me, friend]:
            terms[place, TERM["repute"]] = FACE * 0.15
        if view.field.bound[view.me, foe]:
            terms[place, TERM["repute"]] -= FACE * 0.5
        terms[place, TERM["cost"]] = -TAKING_SIDES
        terms[place, TERM["pact"]] = PACT
        gap = float(view.facts.c[friend] - view.facts.c[foe])
        terms[place, TERM["strength"]] = STRONGER * gap
        gain = float(view.field.weight[friend]) if view.lens.poles_only else 0.0
        terms[place, TERM["gains"]] = -0.1 * gain
    return Appraisal("pledge", order, terms, hesitant=True)
