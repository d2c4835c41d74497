"""Making peace: the terms carried out, a war ended or one belligerent out of it."""

from dataclasses import replace

from game.engine.desk import Desk
from game.world.economy import revenue
from game.world.events import Fact
from game.world.legality import purse
from game.world.model import War
from game.world.orders import PeaceTerms
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
    if whole:
        end_war(desk, war)
    else:
        quit_war(desk, war, other if proposer in leaders else proposer)


def _taker(desk: Desk, war: War, province: str, maker: str) -> str:
    """Who gets a province that a peace moves: of the side that makes it, whoever won it.

    So spoils go by contribution; the war's aim, and what nobody won, go to the one who makes the
    peace: the leader's share (THEORY T6).
    """
    holder = desk.world.province(province).holder
    return holder if holder in war.friends(maker) and province != war.aim else maker


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
    give_back(desk)


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
