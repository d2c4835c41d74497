"""Battles: on each front the bolder or better placed attacks; ground is won, men are lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from game.engine.desk import Desk
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
from game.world.peace import realm, worth
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


def fight(desk: Desk) -> None:
    """Fight on all fronts, in rounds; within a round in the order of a keyed draw."""
    orders: dict[str, dict[str, Front]] = {}
    for who, _, order in desk.ordered(Front):
        orders.setdefault(who, {})[order.enemy] = order
    world = desk.world
    armies = {state: deploy(world, state, orders.get(state, {})) for state in contacts(world)}
    lines = _lines(world)
    for number in range(BATTLES[desk.world.atlas.step]):
        lines = [line for line in lines if not line.quiet]
        lines.sort(
            key=lambda line: (
                desk.chance("fronts", line.sides[0], line.sides[1], number),
                line.sides,
            )
        )
        for line in lines:
            attack = _chosen(desk, line, armies, orders)
            line.quiet = attack is None
            if attack is not None:
                _battle(desk, line, attack, armies, number)


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
    desk: Desk,
    line: Line,
    armies: Mapping[str, Deployment],
    orders: Mapping[str, Mapping[str, Front]],
) -> Attack | None:
    """Who attacks on a front, and where; nobody if none wants to or can.

    Where both would, the one with the better odds does. After a battle only its winner may go on.
    """
    war = desk.world.war(line.war)
    if war is None:
        return None
    wanted = []
    for attacker, defender in (line.sides, line.sides[::-1]):
        army = armies[attacker].attacking(defender)
        if (line.initiative and line.initiative != attacker) or army <= 0:
            continue
        strike = _where(desk, war, attacker, defender, army)
        if strike is None:
            continue
        chance = strike_odds(
            desk.world, attacker, defender, strike, army, armies[defender].defending(attacker)
        )
        if line.initiative and chance < desk.rules.march_on_at:
            continue
        if attacks(desk.world, attacker, chance, orders.get(attacker, {}).get(defender)):
            wanted.append(Attack(attacker, defender, strike, chance))
    if not wanted:
        return None
    return max(
        wanted,
        key=lambda plan: (plan.odds, desk.chance("first", plan.attacker, plan.defender)),
    )


def _where(desk: Desk, war: War, attacker: str, defender: str, army: int) -> Strike | None:
    """The best target whose ground the army could hold; among equals, by a keyed draw."""
    groups = (
        [strike for strike in group if occupation(desk.world, strike.province) <= army]
        for group in strikes(desk.world, war, attacker, defender)
    )
    best = next((group for group in groups if group), [])
    return min(
        best,
        key=lambda strike: (
            desk.chance("target", attacker, defender, strike.province),
            strike.province,
        ),
        default=None,
    )


def _battle(
    desk: Desk, line: Line, attack: Attack, armies: Mapping[str, Deployment], number: int
) -> None:
    """One battle. Losses go with the odds and a little luck; a win takes the ground."""
    attacker, defender, province = attack.attacker, attack.defender, attack.strike.province
    rules = desk.rules
    won = desk.happens(attack.odds, "battle", attacker, defender, province, number)
    width = rules.battle_width
    luck = BP - width + int(2 * width * desk.chance("losses", attacker, defender, province, number))
    engaged = {
        attacker: armies[attacker].attacking(defender),
        defender: armies[defender].defending(attacker),
    }
    committed = brought(desk.world, attacker, attack.strike, engaged[attacker])
    met = min(engaged[defender], 2 * committed)
    loss = 2 * rules.battle_loss * luck // BP
    lost = {
        attacker: min(committed, committed * loss // BP * (BP - attack.odds) // BP),
        defender: min(met, met * loss // BP * attack.odds // BP),
    }
    if attack.strike.landing:
        _at_sea(desk, attacker, defender, loss)
    for state, enemy in ((attacker, defender), (defender, attacker)):
        army = desk.world.state(state).army
        armies[state].lose(enemy, lost[state], engaged[state])
        desk.change_state(state, army=army - lost[state])
        desk.adjust(state, exhaustion=lost[state] * BP // max(1, army))
    line.initiative = attacker if won else defender
    desk.tell(
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
        score += _take(desk, line.war, attacker, defender, province)
        left = armies[attacker].lines
        left[defender] = max(0, left.get(defender, 0) - occupation(desk.world, province))
    _score(desk, line.war, attacker if won else defender, score)


def _at_sea(desk: Desk, attacker: str, defender: str, loss: int) -> None:
    """A landing that is opposed at sea costs both fleets."""
    fleets = {side: desk.world.state(side).fleet for side in (attacker, defender)}
    if fleets[defender] == 0:
        return
    sea = landing_odds(desk.world, attacker, defender)
    for side, against in ((attacker, BP - sea), (defender, sea)):
        lost = fleets[side] * loss // (BP * desk.rules.landing_spares) * against // BP
        desk.change_state(side, fleet=fleets[side] - lost)


def _take(desk: Desk, number: int, taker: str, loser: str, province: str) -> int:
    """Ground changes hands, or goes back to whose it was; returns the war score it is worth."""
    world = desk.world
    war = world.war(number)
    if war is None:
        return 0
    owner = world.province(province).owner
    freed = owner == taker or (world.at_war(owner, loser) and not world.at_war(owner, taker))
    desk.change_province(province, holder=owner if freed else taker)
    facts: dict[str, Fact] = {"war": number, "province": province, "from": loser}
    desk.tell("province_taken", taker, loser, None, **facts)
    desk.adjust(loser, exhaustion=desk.rules.exhaustion_province)
    side = realm(world, (loser, *war.friends(loser)))
    return desk.rules.score_ground + min(BP, worth(world, province) * BP // side)


def _score(desk: Desk, number: int, winner: str, score: int) -> None:
    war = desk.world.war(number)
    if war is None:
        return
    change = score if war.side(winner) == "attackers" else -score
    total = min(BP, max(-BP, war.score + change))
    desk.put_war(replace(war, score=total, last_battle=desk.world.turn))
