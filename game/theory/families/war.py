"""War and peace: to attack, to honour a call, to join, to end it (THEORY S7, T5, T6, T14).

War must be possible and uncommon: ambition, windows and fear of what comes start it.
"""

import numpy as np

from game.theory.choice_rule import TERM, Appraisal
from game.theory.doctrine import TERMS
from game.theory.families.crisis import (
    CLAIMED,
    FACE,
    STRONGER,
    WAR_FOUGHT,
    WAR_LOST,
    WEARINESS,
    land_value,
    tired,
)
from game.theory.families.expected_coalitions import chance_of_war, foreseen
from game.theory.families.pact_worth import PACT
from game.theory.lens import View, dread, ties
from game.world.float_sums import in_order
from game.world.fronts import contacts
from game.world.legality import refusal
from game.world.model import War
from game.world.orders import DeclareWar, Front, OfferPeace, PeaceTerms
from game.world.peace_terms import price, restorable
from game.world.questions import CallQuestion, JoinQuestion, PeaceQuestion
from game.world.rules import BP
from game.world.sight import Floats, Sight, remembered

MOST_VICTIMS = 6
"""States on the menu of surprise wars."""
SURPRISE = 0.12
"""What an attack without an ultimatum costs in the world's eyes."""
PREVENT = 0.30
"""What taking down one that is feared is worth, of the fear."""
WEIGHT = 3
"""The weight of a main front."""
FRONT = 0.15
"""What striking at one that is feared is worth, of the fear."""
RIDE = 0.5
"""What siding in another's war is worth, of the difference in fear."""
JOINING = 0.9
"""What of the costs of a war falls on one who joins it."""
PLUNDER = 1.2
"""What a loser's share of the world is worth to one who joins its victor."""
PRIDE = 0.10
"""What a peace costs at home, before anybody is tired of the war."""
INDEMNITY = 2_500
"""The indemnity on the menu, bp of a turn's revenue."""
RESTORED = 0.05
"""What a state that rises again between oneself and its conqueror is worth."""
OWED = 0.13
"""What keeping one's word is worth in itself, beside what is believed of it after."""
PRESSING = 0.50
"""What fighting on against one that is feared is worth while one prevails, of the fear."""
WEARY = 0.40
"""What whole exhaustion is worth being rid of."""


@remembered
def war_options(sight: Sight) -> tuple[DeclareWar | None, ...]:
    """Whom one could fall upon: rivals, claims and neighbours in reach, by public facts."""
    world, me = sight.world, sight.me
    if world.wars_of(me):
        return (None,)
    wanted: dict[str, str] = {}
    for province in sorted(what for owner, what in world.atlas.claims if owner == me):
        holder = world.province(province).owner
        if holder and holder != me:
            wanted.setdefault(holder, province)
    for rival in sorted(second for first, second in world.atlas.rivalries if first == me):
        wanted.setdefault(rival, "")
    options: list[DeclareWar | None] = [None]
    for enemy, aim in wanted.items():
        order = DeclareWar(enemy, aim)
        if refusal(world, me, order) is None:
            options.append(order)
    return tuple(options[: 1 + MOST_VICTIMS])


def appraise_declaring(view: View, sight: Sight) -> Appraisal:
    """Whom to attack without a word; nobody first.

    A partner is attacked the less for the tie, and may be attacked all the same (THEORY T5, p. 48).
    """
    options = war_options(sight)
    if len(options) == 1:
        return Appraisal("war", options, np.zeros((1, len(TERMS))), hesitant=True)
    victims = _victims(sight)
    terms, edge = _prospects(sight, foreseen(view, sight, victims))
    terms = terms.copy()
    enemies = [sight.world.atlas.state_index[victim] for victim in victims]
    terms[1:, TERM["security"]] = PREVENT * view.faced[view.me, enemies] * edge
    return Appraisal("war", options, terms, hesitant=True)


@remembered
def _victims(sight: Sight) -> tuple[str, ...]:
    """Whom one could fall upon: [attack]."""
    return tuple([option.on for option in war_options(sight) if option is not None])


@remembered
def _prospects(sight: Sight, sides: tuple[tuple[str, ...], ...]) -> tuple[Floats, Floats]:
    """What attacks are worth but for the fear that they end, and how far each favours me, -1 to 1.

    `sides` are those against whom one would fight (see `foreseen`): the same whatever the lens
    that foresees them. Returns ([option, term], [attack]).
    """
    attacks = [option for option in war_options(sight) if option is not None]
    index = sight.world.atlas.state_index
    bound = ties(sight.world)[1][sight.index]
    terms = np.zeros((1 + len(attacks), len(TERMS)))
    edge = np.zeros(len(attacks))
    for place, (attack, side) in enumerate(zip(attacks, sides, strict=True)):
        win = chance_of_war(sight, (sight.me,), side)
        edge[place] = 2 * win - 1
        taken = float(sight.facts.c[index[attack.on]])
        aim = land_value(sight.world, attack.aim) + CLAIMED if attack.aim else 0.0
        row = terms[1 + place]
        row[TERM["stake"]] = win * (taken * 0.5 + aim)
        row[TERM["spoils"]] = PLUNDER * win * taken
        row[TERM["repute"]] = -FACE * 0.3 - SURPRISE
        row[TERM["cost"]] = -WAR_FOUGHT - WAR_LOST * (1 - win) - WEARINESS * tired(sight)
        if bound[index[attack.on]]:
            row[TERM["repute"]] -= FACE * 0.4
    return terms, edge


def appraise_call(view: View, sight: Sight, question: CallQuestion) -> Appraisal:
    """Casus foederis: refuse, or honour it (THEORY T14)."""
    world = sight.world
    index = world.atlas.state_index
    enemy, caller = index[question.enemy], index[question.by]
    war = world.war(question.war)
    win = _chance_in(sight, war, question.by, question.enemy)
    terms = np.zeros((2, len(TERMS)))
    fear = _worse(view, sight, war, question.by, question.enemy)
    honour = terms[1]
    honour[TERM["security"]] = RIDE * fear + 0.06 * min(1.5, view.insecurity)
    honour[TERM["strength"]] = STRONGER * float(view.facts.c[caller] - view.facts.c[enemy])
    honour[TERM["repute"]] = OWED + FACE * world.atlas.rules.reliability_refused_call / BP
    honour[TERM["cost"]] = -JOINING * (WAR_FOUGHT + WAR_LOST * (1 - win))
    honour[TERM["ideology"]] = (
        0.05 * float(view.facts.affinity[view.me, caller]) / (1 + view.insecurity)
    )
    if view.field.bound[view.me, enemy]:
        honour[TERM["repute"]] -= FACE * 0.3
    if war is not None:
        honour[TERM["repute"]] += _own_word(sight, war, war.side(question.by))
    return Appraisal("call", ("refuse", "honour"), terms)


def appraise_join(view: View, sight: Sight, question: JoinQuestion) -> Appraisal:
    """Stay out, or join a side: against what is feared, or for spoils when the victor shows."""
    world = sight.world
    index = world.atlas.state_index
    war = world.war(question.war)
    order = ("none", *(option for option in question.options if option != "none"))
    terms = np.zeros((len(order), len(TERMS)))
    for place, option in enumerate(order):
        if option == "none" or war is None:
            continue
        leader, foe = (
            (question.by, question.of) if option == "attackers" else (question.of, question.by)
        )
        win = _chance_in(sight, war, leader, foe)
        fear = _worse(view, sight, war, leader, foe)
        losers = war.defenders if option == "attackers" else war.attackers
        prize = in_order(float(view.facts.c[index[loser]]) for loser in losers)
        share = view.strength / (view.strength + float(view.facts.c[index[leader]]))
        terms[place, TERM["security"]] = RIDE * fear * _weight_in(view, index[leader])
        terms[place, TERM["spoils"]] = PLUNDER * prize * share * max(0.0, 2 * win - 1)
        gap = float(view.facts.c[index[leader]] - view.facts.c[index[foe]])
        terms[place, TERM["strength"]] = STRONGER * gap
        terms[place, TERM["ideology"]] = (
            0.05
            * float(
                view.facts.affinity[view.me, index[leader]]
                - view.facts.affinity[view.me, index[foe]]
            )
            / (1 + view.insecurity)
        )
        terms[place, TERM["pact"]] = PACT
        terms[place, TERM["cost"]] = -JOINING * (WAR_FOUGHT + WAR_LOST * (1 - win))
        if any(view.field.bound[view.me, index[loser]] for loser in losers):
            terms[place, TERM["repute"]] = -FACE * 0.4
        terms[place, TERM["repute"]] += _own_word(sight, war, option)
    return Appraisal("join", order, terms, hesitant=True)


def _own_word(sight: Sight, war: War, side: str) -> float:
    """What it is worth in repute to enter a war on a side, by what one assured others in private.

    To keep one's word saves, and to break it costs, the reliability that all see (THEORY T14).
    """
    leaders = {war.opener, war.victim}
    worth = 0
    for said in sight.world.assurances:
        if said.giver != sight.me or {said.by, said.of} != leaders or not said.word_given:
            continue
        if said.answer == "refuse":
            worth += 1
        elif said.beside:
            worth += 1 if war.side(said.beside) == side else -1
        elif war.side(said.to) != side:
            worth -= 1
    return FACE * worth * sight.world.atlas.rules.reliability_broken_assurance / BP


def _weight_in(view: View, leader: int) -> float:
    """How far it matters that I fight: my strength beside the leader's, up to 1 for its equal."""
    c = view.facts.c
    return min(1.0, float(c[view.me]) / max(float(c[leader]), 1e-9))


def _worse(view: View, sight: Sight, war: War | None, friend: str, foe: str) -> float:
    """How much more one dreads the side of a foe than that of a friend, all of each (W1, W2)."""
    index = sight.world.atlas.state_index
    dreaded = dread(view)
    mine, theirs = _sides_of(war, friend, foe)
    beside = in_order(float(dreaded[index[state]]) for state in mine if state != sight.me)
    return in_order(float(dreaded[index[state]]) for state in theirs) - beside


def _chance_in(sight: Sight, war: War | None, friend: str, foe: str) -> float:
    """My side's chance in a war that I would be in."""
    mine, theirs = _sides_of(war, friend, foe)
    return chance_of_war(sight, (*mine, sight.me), theirs)


def _sides_of(war: War | None, friend: str, foe: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All who fight beside a friend, and all against it; the two alone where no war is known."""
    if war is None:
        return (friend,), (foe,)
    sides = war.attackers, war.defenders
    return sides if friend in war.attackers else sides[::-1]


@remembered
def peace_options(sight: Sight) -> tuple[OfferPeace | None, ...]:
    """Peace with the other side's leader: white, for a province held or lost, or at a price.

    Only a leader offers for its side; others may leave by a separate white peace.
    """
    world, me = sight.world, sight.me
    options: list[OfferPeace | None] = [None]
    for war in world.wars_of(me):
        mine = war.attackers if war.side(me) == "attackers" else war.defenders
        enemy = war.enemies(me)[0]
        offers = [PeaceTerms()]
        if mine[0] == me:
            offers += _leaders_offers(sight, war)
        for terms in offers:
            order = OfferPeace(war.id, enemy, terms)
            if refusal(world, me, order) is None:
                options.append(order)
    return tuple(options)


def _leaders_offers(sight: Sight, war: War) -> list[PeaceTerms]:
    """What a leader can put on the table: land held, money, disarmament; or land lost."""
    world, me = sight.world, sight.me
    mine = war.attackers if war.side(me) == "attackers" else war.defenders
    held = [
        province.id
        for province in world.provinces
        if province.owner in war.enemies(me) and province.holder in mine
    ]
    if war.aim in held:
        held = [war.aim, *(province for province in held if province != war.aim)]
    offers = [PeaceTerms(indemnity=INDEMNITY), PeaceTerms(disarm=True)] if held else []
    offers += [PeaceTerms(takes=tuple(held[:count])) for count in (1, 2, 3) if len(held) >= count]
    offers += [PeaceTerms(restores=(dead,)) for dead in restorable(world, war.enemies(me))[:1]]
    if held:
        offers.append(PeaceTerms(takes=(held[0],), indemnity=INDEMNITY))
    lost = [
        province.id
        for province in world.provinces
        if province.owner in mine and province.holder in war.enemies(me)
    ]
    if lost:
        offers += [PeaceTerms(gives=(lost[0],)), PeaceTerms(indemnity=-INDEMNITY)]
    return offers


def appraise_peace_offer(view: View, sight: Sight) -> Appraisal:
    """What peace to offer; none first."""
    options = peace_options(sight)
    terms = np.zeros((len(options), len(TERMS)))
    for index, option in enumerate(options):
        if option is not None:
            war = sight.world.war(option.war)
            if war is not None:
                terms[index] = _peace_terms(view, sight, war, option.to, option.terms, mine=True)
                likely = _would_accept(sight, war, option)
                terms[index] *= likely
    return Appraisal("peace", options, terms, hesitant=True)


def _would_accept(sight: Sight, war: War, offer: OfferPeace) -> float:
    """How likely the other side takes it, from its exhaustion and the score."""
    tired = sight.world.state(offer.to).exhaustion / BP
    sign = 1 if war.side(sight.me) == "attackers" else -1
    winning = sign * war.score / BP
    asked = 1.6 * price(sight.world, offer.terms) / BP
    return min(0.95, max(0.03, 0.25 + tired + winning - asked))


def appraise_peace(view: View, sight: Sight, question: PeaceQuestion) -> Appraisal:
    """Whether to take the peace that is offered; decline first."""
    war = sight.world.war(question.war)
    terms = np.zeros((2, len(TERMS)))
    if war is not None:
        terms[1] = _peace_terms(view, sight, war, question.by, question.terms, mine=False)
    return Appraisal("peace", ("decline", "accept"), terms)


def _peace_terms(
    view: View, sight: Sight, war: War, other: str, offered: PeaceTerms, *, mine: bool
) -> Floats:
    """What ending a war on these terms is worth against fighting on: [term]."""
    world = sight.world
    terms = np.zeros(len(TERMS))
    side = war.attackers if war.side(sight.me) == "attackers" else war.defenders
    win = chance_of_war(sight, side, war.enemies(sight.me))
    won = in_order(land_value(sight.world, province) + 0.05 for province in offered.takes)
    won -= in_order(land_value(sight.world, province) + 0.05 for province in offered.gives)
    won += 0.2 * offered.indemnity / BP + (0.06 if offered.disarm else 0.0)
    won += RESTORED * len(offered.restores)
    tired = world.state(sight.me).exhaustion / BP
    sign = 1 if war.side(sight.me) == "attackers" else -1
    fear = float(view.faced[view.me, world.atlas.state_index[other]])
    terms[TERM["stake"]] = won if mine else -won
    terms[TERM["cost"]] = WEARY * tired - PRIDE
    terms[TERM["repute"]] = -0.25 * (win - 0.5) - 0.10 * sign * war.score / BP
    terms[TERM["security"]] = -PRESSING * fear * (2 * win - 1)
    return terms


@remembered
def front_options(sight: Sight) -> tuple[Front | None, ...]:
    """Where to lay the weight: as it comes, or on one enemy, or hold against one."""
    options: list[Front | None] = [None]
    met = contacts(sight.world).get(sight.me, ())
    for enemy in met:
        if len(met) > 1:
            options.append(Front(enemy, WEIGHT, True))
        options.append(Front(enemy, 1, False))
    return tuple(options)


def appraise_fronts(view: View, sight: Sight) -> Appraisal:
    """The Schlieffen question: against whom to lay the weight, and against whom to hold."""
    options = front_options(sight)
    index = sight.world.atlas.state_index
    aims = {war.aim for war in sight.world.wars_of(sight.me) if war.aim}
    terms = np.zeros((len(options), len(TERMS)))
    for place, option in enumerate(options):
        if option is None:
            continue
        enemy = index[option.enemy]
        win = chance_of_war(sight, (sight.me,), (option.enemy,))
        sign = 1.0 if option.attack else -1.0
        fear = float(view.faced[view.me, enemy])
        terms[place, TERM["security"]] = FRONT * sign * fear * (2 * win - 1)
        if any(sight.world.province(aim).owner == option.enemy for aim in aims):
            terms[place, TERM["stake"]] = 0.04 * sign
        terms[place, TERM["cost"]] = -0.01 - 0.05 * sign * (0.5 - win)
    return Appraisal("front", options, terms, hesitant=True)
