"""Making peace: the terms carried out, a war ended or one belligerent out of it."""

from dataclasses import replace

from game.engine.desk import Desk
from game.engine.phases.treaties import strongest
from game.world.capability import capability
from game.world.economy import UPKEEP_PER, revenue
from game.world.events import Fact
from game.world.legality import purse
from game.world.model import War
from game.world.orders import PeaceTerms
from game.world.peace import parties_for
from game.world.rules import BP


def conclude(desk: Desk, number: int, proposer: str, other: str, terms: PeaceTerms) -> None:
    """Peace between two enemies: between leaders it ends the war, else one leaves it."""
    war = desk.world.war(number)
    if war is None:
        return
    leaders = (war.attackers[0], war.defenders[0])
    whole = proposer in leaders and other in leaders
    desk.tell(
        "peace_made",
        proposer,
        other,
        war=number,
        takes=terms.takes,
        gives=terms.gives,
        indemnity=terms.indemnity,
        disarm=int(terms.disarm),
        restores=terms.restores,
        separate=int(not whole),
    )
    if terms.indemnity:
        payer, paid = (other, proposer) if terms.indemnity > 0 else (proposer, other)
        _indemnity(desk, payer, paid, abs(terms.indemnity))
    for province in terms.takes:
        annex(desk, province, _taker(desk, war, province, proposer))
    for province in terms.gives:
        annex(desk, province, _taker(desk, war, province, other))
    if terms.disarm:
        _disarm(desk, other)
    for dead in terms.restores:
        restore(desk, dead, proposer, parties_for(war, other, proposer))
    if whole:
        end_war(desk, war)
        return
    quitter = other if proposer in leaders else proposer
    _desert(desk, war, quitter)
    quit_war(desk, war, quitter)


def _desert(desk: Desk, war: War, quitter: str) -> None:
    """Who leaves its comrades to fight on is believed less; nobody blames the exhausted."""
    spent = desk.world.state(quitter).exhaustion > desk.rules.exhaustion_must_answer
    if war.friends(quitter) and not spent:
        desk.adjust(quitter, reliability=-desk.rules.reliability_separate_peace)


def restore(desk: Desk, dead: str, by: str, owners: tuple[str, ...]) -> None:
    """A dead state lives again on what some own of its land, with a small army and no money.

    Men: its army is raised from the people it gets back.
    """
    world = desk.world
    back = [
        (place.id, province.owner)
        for place, province in zip(world.atlas.provinces, world.provinces, strict=True)
        if place.owner == dead and province.owner in owners
    ]
    if world.state(dead).alive or not back:
        return
    for province, _ in back:
        desk.change_province(province, owner=dead, holder=dead, annexed=-1)
    rules = desk.rules
    desk.change_state(
        dead,
        alive=True,
        resolve=rules.resolve_start,
        reliability=rules.reliability_start,
        exhaustion=0,
        invested=0,
    )
    keeps = revenue(desk.world, dead) * rules.restored_army // BP
    army = keeps * UPKEEP_PER // max(1, world.atlas.sheet(dead).army_upkeep)
    desk.change_state(dead, army=army)
    facts: dict[str, Fact] = {"from": back[0][1]}
    desk.tell("state_restored", dead, by, None, **facts)
    desk.tell("forces_raised", dead, army=army, fleet=0)


def _taker(desk: Desk, war: War, province: str, maker: str) -> str:
    """Who gets a province that a peace moves: of the side that makes it, whoever lost or won it.

    What was taken from a comrade goes back to it. So spoils go by contribution; what nobody won
    goes to the one who makes the peace, the leader's share, and the war's aim to the one who began
    it (THEORY T6, p. 48).
    """
    holder = desk.world.province(province).holder
    comrades = war.friends(maker)
    native = desk.world.atlas.place(province).owner
    if native in comrades:
        return native
    if province == war.aim:
        return war.opener if war.opener in comrades else maker
    return holder if holder in comrades else maker


def annex(desk: Desk, province: str, taker: str) -> None:
    """A province passes to a new owner by right of conquest; its own lost land comes back whole."""
    before = desk.world.province(province).owner
    native = desk.world.atlas.place(province).owner == taker
    annexed = -1 if native else desk.world.turn
    desk.change_province(province, owner=taker, holder=taker, annexed=annexed)
    facts: dict[str, Fact] = {"province": province, "from": before}
    desk.tell("province_annexed", taker, before, None, **facts)


def _indemnity(desk: Desk, payer: str, paid: str, share: int) -> None:
    """A share of a turn's revenue, as far as the payer's purse reaches."""
    due = revenue(desk.world, payer) * share // BP
    amount = min(due, purse(desk.world, payer))
    desk.pay({payer: -amount, paid: amount})


def _disarm(desk: Desk, state: str) -> None:
    """Half the army goes home."""
    army = desk.world.state(state).army
    desk.change_state(state, army=army - army // 2)
    desk.tell("forces_disbanded", state, army=army // 2, fleet=0)


def end_war(desk: Desk, war: War) -> None:
    """A war is over for all: a truce holds, occupied land goes back."""
    for attacker in war.attackers:
        for defender in war.defenders:
            _truce(desk, attacker, defender)
    desk.drop_war(war.id)
    desk.tell("war_ended", war.attackers[0], war.defenders[0], war=war.id)
    give_back(desk)


def quit_war(desk: Desk, war: War, state: str) -> None:
    """One belligerent is out of a war; if its side is empty, the war is over."""
    if not war.friends(state):
        end_war(desk, war)
        return
    for enemy in war.enemies(state):
        _truce(desk, state, enemy)
    desk.put_war(war.without(state))
    led = state in (war.attackers[0], war.defenders[0])
    follow_the_strongest(desk, war.id, (war.side(state), state) if led else None)
    give_back(desk)


def follow_the_strongest(desk: Desk, number: int, gone: tuple[str, str] | None = None) -> None:
    """The lead of each side passes to its strongest member (THEORY W12, p. 47).

    From a leader that is there, only where a comrade is clearly stronger, so that equals do not
    take it by turns; from one that is `gone` (side, who), to the strongest of the rest.
    """
    war = desk.world.war(number)
    if war is None:
        return
    shares, index = capability(desk.world), desk.world.atlas.state_index
    for side in ("attackers", "defenders"):
        members = war.attackers if side == "attackers" else war.defenders
        best, first = strongest(desk.world, members), members[0]
        if gone is not None and gone[0] == side:
            first = gone[1]
        elif int(shares[index[best]]) * BP < int(shares[index[first]]) * desk.rules.leads_at:
            continue
        if best != first:
            war = war.led_by(best)
            desk.put_war(war)
            desk.tell("lead_passed", best, first, war=number, side=side)


def white_peace(desk: Desk, war: War) -> None:
    """A war that nobody can or will go on with ends as it began."""
    conclude(desk, war.id, war.attackers[0], war.defenders[0], PeaceTerms())


def give_back(desk: Desk) -> None:
    """Occupied land goes back to its owner where the two are no longer at war."""
    world = desk.world
    if all(province.holder == province.owner for province in world.provinces):
        return
    provinces = tuple(
        province
        if province.holder == province.owner or world.at_war(province.holder, province.owner)
        else replace(province, holder=province.owner)
        for province in world.provinces
    )
    if provinces != world.provinces:
        desk.change(provinces=provinces)


def _truce(desk: Desk, first: str, second: str) -> None:
    one, other = sorted((first, second))
    desk.rest("truce", one, other, desk.rules.truce)
