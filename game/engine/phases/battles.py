"""Battles: on each front the bolder or better placed attacks; ground is won, men are lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from game.engine.turn_context import TurnContext
from game.world.events import Fact
from game.world.fronts import (
    Deployment,
    Strike,
    attacks,
    brought,
    contacts,
    deploy,
    occupation,
    strike_odds,
    strikes,
)
from game.world.model import War, World
from game.world.odds import landing_odds
from game.world.orders import Front
from game.world.peace_terms import realm, worth
from game.world.rules import BP

BATTLES = {"year": 2, "season": 1, "month": 1}
"""Most battles on one front in a turn, by the length of a turn."""


@dataclass(slots=True)
class Line:
    """A front: two enemies, and the war they meet in."""

    war: int
    sides: tuple[str, str]
    initiative: str = ""
    """Who won the last battle there and may march on; empty before the first."""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack about to be made."""

    attacker: str
    defender: str
    strike: Strike
    odds: int


def fight(context: TurnContext) -> None:
    """Fight on all fronts, in rounds; within a round in the order of a keyed draw."""
    orders: dict[str, dict[str, Front]] = {}
    for who, _, order in context.ordered(Front):
        orders.setdefault(who, {})[order.enemy] = order
    world = context.world
    armies = {state: deploy(world, state, orders.get(state, {})) for state in contacts(world)}
    lines = _lines(world)
    for number in range(BATTLES[context.world.atlas.step]):
        lines = [line for line in lines if not line.quiet]
        lines.sort(
            key=lambda line: (
                context.chance("fronts", line.sides[0], line.sides[1], number),
                line.sides,
            )
        )
        for line in lines:
            attack = _chosen(context, line, armies, orders)
            line.quiet = attack is None
            if attack is not None:
                _battle(context, line, attack, armies, number)


def _lines(world: World) -> list[Line]:
    """Where enemies meet: one front a pair, in the oldest war they share."""
    met = contacts(world)
    lines: dict[frozenset[str], Line] = {}
    for war in world.wars:
        for attacker in war.attackers:
            for defender in war.defenders:
                if defender in met.get(attacker, ()):
                    pair = frozenset((attacker, defender))
                    lines.setdefault(pair, Line(war.id, (attacker, defender)))
    return list(lines.values())


def _chosen(
    context: TurnContext,
    line: Line,
    armies: Mapping[str, Deployment],
    orders: Mapping[str, Mapping[str, Front]],
) -> Attack | None:
    """Who attacks on a front, and where; nobody if none wants to or can.

    Where both would, the one with the better odds does. After a battle only its winner may go on.
    """
    war = context.world.war(line.war)
    if war is None:
        return None
    wanted = []
    for attacker, defender in (line.sides, line.sides[::-1]):
        army = armies[attacker].attacking(defender)
        if (line.initiative and line.initiative != attacker) or army <= 0:
            continue
        strike = _where(context, war, attacker, defender, army)
        if strike is None:
            continue
        chance = strike_odds(
            context.world, attacker, defender, strike, army, armies[defender].defending(attacker)
        )
        if line.initiative and chance < context.rules.march_on_at:
            continue
        if attacks(context.world, attacker, chance, orders.get(attacker, {}).get(defender)):
            wanted.append(Attack(attacker, defender, strike, chance))
    if not wanted:
        return None
    return max(
        wanted,
        key=lambda plan: (plan.odds, context.chance("first", plan.attacker, plan.defender)),
    )


def _where(
    context: TurnContext, war: War, attacker: str, defender: str, army: int
) -> Strike | None:
    """The best target whose ground the army could hold; among equals, by a keyed draw."""
    groups = (
        [strike for strike in group if occupation(context.world, strike.province) <= army]
        for group in strikes(context.world, war, attacker, defender)
    )
    best = next((group for group in groups if group), [])
    return min(
        best,
        key=lambda strike: (
            context.chance("target", attacker, defender, strike.province),
            strike.province,
        ),
        default=None,
    )


def _battle(
    context: TurnContext, line: Line, attack: Attack, armies: Mapping[str, Deployment], number: int
) -> None:
    """One battle. Losses go with the odds and a little luck; a win takes the ground."""
    attacker, defender, province = attack.attacker, attack.defender, attack.strike.province
    rules = context.rules
    won = context.happens(attack.odds, "battle", attacker, defender, province, number)
    width = rules.battle_width
    luck = (
        BP - width + int(2 * width * context.chance("losses", attacker, defender, province, number))
    )
    engaged = {
        attacker: armies[attacker].attacking(defender),
        defender: armies[defender].defending(attacker),
    }
    committed = brought(context.world, attacker, attack.strike, engaged[attacker])
    met = min(engaged[defender], 2 * committed)
    loss = 2 * rules.battle_loss * luck // BP
    lost = {
        attacker: min(committed, committed * loss // BP * (BP - attack.odds) // BP),
        defender: min(met, met * loss // BP * attack.odds // BP),
    }
    if attack.strike.landing:
        _at_sea(context, attacker, defender, loss)
    for state, enemy in ((attacker, defender), (defender, attacker)):
        army = context.world.state(state).army
        armies[state].lose(enemy, lost[state], engaged[state])
        context.change_state(state, army=army - lost[state])
        context.adjust(state, exhaustion=lost[state] * BP // max(1, army))
    line.initiative = attacker if won else defender
    context.emit(
        "battle_fought",
        attacker,
        defender,
        war=line.war,
        province=province,
        odds=attack.odds,
        won=int(won),
        attacker_losses=lost[attacker],
        defender_losses=lost[defender],
    )
    score = rules.score_battle
    if won:
        score += _take(context, line.war, attacker, defender, province)
        left = armies[attacker].lines
        left[defender] = max(0, left.get(defender, 0) - occupation(context.world, province))
    _score(context, line.war, attacker if won else defender, score)


def _at_sea(context: TurnContext, attacker: str, defender: str, loss: int) -> None:
    """A landing that is opposed at sea costs both fleets."""
    fleets = {side: context.world.state(side).fleet for side in (attacker, defender)}
    if fleets[defender] == 0:
        return
    sea = landing_odds(context.world, attacker, defender)
    for side, against in ((attacker, BP - sea), (defender, sea)):
        lost = fleets[side] * loss // (BP * context.rules.landing_spares) * against // BP
        context.change_state(side, fleet=fleets[side] - lost)


def _take(context: TurnContext, number: int, taker: str, loser: str, province: str) -> int:
    """Ground changes hands, or goes back to whose it was; returns the war score it is worth."""
    world = context.world
    war = world.war(number)
    if war is None:
        return 0
    owner = world.province(province).owner
    freed = owner == taker or (world.at_war(owner, loser) and not world.at_war(owner, taker))
    context.change_province(province, holder=owner if freed else taker)
    facts: dict[str, Fact] = {"war": number, "province": province, "from": loser}
    context.emit("province_taken", taker, loser, None, **facts)
    context.adjust(loser, exhaustion=context.rules.exhaustion_province)
    side = realm(world, (loser, *war.friends(loser)))
    return context.rules.score_ground + min(BP, worth(world, province) * BP // side)


def _score(context: TurnContext, number: int, winner: str, score: int) -> None:
    war = context.world.war(number)
    if war is None:
        return
    change = score if war.side(winner) == "attackers" else -score
    total = min(BP, max(-BP, war.score + change))
    context.put_war(replace(war, score=total, last_battle=context.world.turn))
